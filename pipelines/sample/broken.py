"""Deliberately faulty files for `ketenmonitor sample --broken`: one of each kind that a partner or the werkgroep meets.

Each starts from the newest good file of its delivery and breaks it in one way. Names, numbers and addresses in them are made
up: the BSN is the one that the government's own test sets use, addresses lie under example.nl.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines.sample.files import dress, put_file
from pipelines.sample.formats import member
from pipelines.sample.layouts import Layout
from pipelines.sample.makers import MAKERS
from pipelines.sample.plan import PartnerFile, plan_files, rows_of

Table = list[list[str]]
BOMB_BYTES = 64_000_000  # zeros: 64 MB out of a zip of 62 kB, a thousandfold
ACCEPTED = "geaccepteerd"


@dataclass(frozen=True)
class Fault:
    """One faulty file. `rule` is what intake must say of it: the rule of a refusal (`DeliveryRefused.rule`), or `geaccepteerd`
    when good rows go on and bad ones are set apart. `change` breaks the table (header first), `spoil` the bytes after; `source`
    is the delivery that the rows are of, when it is another."""

    name: str
    delivery: str
    rule: str
    change: Callable[[Table], Table] = list
    spoil: Callable[[bytes], bytes] = bytes
    source: str = ""
    suffix: str = "csv"


def write_broken(inbox: Path, *, seed: int, today: dt.date) -> list[Path]:
    """Writes the faulty files into `inbox`, sent after all others, and gives their paths. A delivery of which nothing is due
    at `today` gives none."""
    newest = {file.contract.terms().delivery: file for file in plan_files(today) if not file.note}
    sent = dt.datetime.combine(today - dt.timedelta(days=1), dt.time(15), tzinfo=dt.UTC)
    paths = []
    for place, fault in enumerate(fault for fault in FAULTS if fault.delivery in newest):
        file = newest[fault.delivery]
        content = fault.spoil(_text(fault.change(_table(newest[fault.source or fault.delivery], seed))))
        stem = f"{file.stem}_fout_{fault.name}" if fault.rule != "onbekende_levering" else fault.name
        paths.append(put_file(inbox / f"{stem}.{fault.suffix}", [content], sent + dt.timedelta(seconds=place)))
    return paths


def _table(file: PartnerFile, seed: int) -> Table:
    rows = rows_of(file, MAKERS[file.contract.terms().delivery](file.year, seed, 1.0))
    content = b"".join(dress(rows, file.contract, file.period, Layout(), seed=seed)).decode()
    return list(csv.reader(io.StringIO(content), delimiter=";"))


def _text(table: Table) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows(table)
    return buffer.getvalue().encode()


def _set(column: str, value: str, *, every: int | None = None) -> Callable[[Table], Table]:
    """Writes `value` in a column: of each so manieth row, or of the first only."""

    def change(table: Table) -> Table:
        place = table[0].index(column)
        return [
            [*row[:place], value, *row[place + 1 :]] if number == 1 or (every and number and number % every == 0) else row for number, row in enumerate(table)
        ]

    return change


def _add(heading: str, value: str) -> Callable[[Table], Table]:
    return lambda table: [[*row, value if number else heading] for number, row in enumerate(table)]


def _drop(column: str) -> Callable[[Table], Table]:
    return lambda table: [[cell for cell, heading in zip(row, table[0], strict=True) if heading != column] for row in table]


def _total(column: str, total: str) -> Callable[[Table], Table]:
    """A row of totals under the table, with a sum that is not the sum."""
    return lambda table: [*table, ["Totaal", *(total if heading == column else "" for heading in table[0][1:])]]


def _double_keys(column: str) -> Callable[[Table], Table]:
    """The first row a second time, with another count."""

    def change(table: Table) -> Table:
        place = table[0].index(column)
        return table + [[*row[:place], str(int(row[place] or 0) + 1), *row[place + 1 :]] for row in table[1:2]]

    return change


def _other_quarter(column: str) -> Callable[[Table], Table]:
    """The quarter before, as in last quarter's file under this quarter's name."""

    def change(table: Table) -> Table:
        place = table[0].index(column)
        return [table[0], *([*row[:place], f"{row[place][:5]}{int(row[place][5:]) - 1 or 4}", *row[place + 1 :]] for row in table[1:])]

    return change


def _swap(place: str, other: str) -> Callable[[Table], Table]:
    """Two columns change their contents, not their headings."""

    def change(table: Table) -> Table:
        one, two = table[0].index(place), table[0].index(other)
        return [table[0], *([row[{one: two, two: one}.get(number, number)] for number in range(len(row))] for row in table[1:])]

    return change


def _zip(name: str) -> Callable[[bytes], bytes]:
    def spoil(content: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(member(name), content)
        return buffer.getvalue()

    return spoil


def _formulas(content: bytes) -> bytes:
    """A workbook whose counts are formulas that no program ever calculated: no cached value, so no count."""
    import xlsxwriter

    rows = list(csv.reader(io.StringIO(content.decode()), delimiter=";"))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Gegevens")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
            if number:
                sheet.write_formula(number, rows[0].index("aantal"), '=IF(TRUE,"","")', None, "")
    return buffer.getvalue()


FAULTS = (
    Fault("half_bestand", "comensha_slachtoffers", "half", spoil=lambda content: content[: len(content) * 2 // 3]),
    Fault("afgekapte_zip", "zvh_pga", "onleesbaar", spoil=lambda content: _zip("zvh_pga.csv")(content)[:-200], suffix="zip"),
    Fault("leeg", "politie_jeugd_verdachten", "leeg", spoil=lambda _: b""),
    Fault("alleen_kop", "pvo_ondernemers", "leeg", change=lambda table: table[:1]),
    Fault("vorig_kwartaal", "politie_jeugd_verdachten", "periode", change=_other_quarter("kwartaal")),
    Fault("totaal_klopt_niet", "politie_online_registraties", "totaal", change=_total("aantal", "12345")),
    Fault("bsn_als_pseudoniem", "comensha_slachtoffers", "persoonsgegevens", change=_set("pseudoniem", "999990019", every=9)),
    Fault("geboortedatum", "meldpunt_meldingen", "persoonsgegevens", change=_add("Geboortedatum", "14-02-1987")),
    Fault("namen", "heit_controles", "persoonsgegevens", change=_add("Naam eigenaar", "Jan Voorbeeld")),
    Fault("mailadres_in_titel", "rsiv_activiteiten", "persoonsgegevens", change=_set("activiteit", "Training, mail j.voorbeeld@example.nl", every=8)),
    Fault("onbekende_kolom", "halt_verwijzingen", "kolom_onbekend", change=_add("wijk", "Binnenstad")),
    Fault("kolom_ontbreekt", "nla_meldingen", "kolom_ontbreekt", change=_drop("sector")),
    Fault("te_veel_foute_rijen", "halt_verwijzingen", "te_veel_fouten", change=_set("delict", "spijbelen of zo", every=4)),
    Fault("negatieve_aantallen", "politie_online_verdachten", ACCEPTED, change=_set("aantal", "-3")),
    Fault("dubbele_sleutels", "politie_mensenhandel", ACCEPTED, change=_double_keys("aantal")),
    Fault("dag_bestaat_niet", "opvang_bedden", ACCEPTED, change=_set("datum", "31-02-2026")),
    Fault("meer_geplaatst_dan_gezocht", "avim_opvang", ACCEPTED, change=_set("geplaatst", "400")),
    Fault("gemeente_bestaat_niet", "zvh_pga", ACCEPTED, change=_set("gemeente", "Ter Aar")),
    Fault("formule_als_tekst", "rsiv_activiteiten", ACCEPTED, change=_set("doelgroep", "=1+1")),
    Fault("formules_zonder_waarde", "politie_jeugd_verdachten", "te_veel_fouten", spoil=_formulas, suffix="xlsx"),
    Fault("bestand_van_andere_partner", "pvo_ondernemers", "andere_levering", source="zvh_pga"),
    Fault("kolommen_verwisseld", "halt_verwijzingen", "te_veel_fouten", change=_swap("leeftijd", "delict")),
    Fault("zip_bom", "om_zaken", "onleesbaar", spoil=lambda content: _zip("om_zaken.csv")(content + bytes(BOMB_BYTES)), suffix="zip"),
    Fault("pad_buiten_de_zip", "om_zaken", "onleesbaar", spoil=_zip("../../om_zaken.csv"), suffix="zip"),
    Fault("geen_csv", "dealbreakers_deelname", "onleesbaar", spoil=lambda _: bytes(range(256)) * 20),
    Fault("overzicht_mensenhandel_versie_definitief", "nla_meldingen", "onbekende_levering"),
)
