"""The planted faults: what goes wrong at partners, each in one file of one delivery."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import polars as pl

from tests.benchmarks.faults import DOOR, Fault, Rows

Change = Callable[[pl.DataFrame, Rows], pl.DataFrame | None]


def times(column: str, factor: float, where: pl.Expr | None = None) -> Change:
    """A count multiplied and rounded down, where a condition holds."""
    changed = (pl.col(column) * factor).floor().cast(pl.Int64)
    return lambda rows, _: rows.with_columns(pl.when(pl.lit(value=True) if where is None else where).then(changed).otherwise(pl.col(column)).alias(column))


def amount(column: str, factor: float) -> Change:
    """An amount or percentage in another unit."""
    return lambda rows, _: rows.with_columns(pl.col(column) * factor)


def without(where: pl.Expr) -> Change:
    """Rows that were left out."""
    return lambda rows, _: rows.filter(~where)


def first_part(share: float) -> Change:
    """A file that was cut off."""
    return lambda rows, _: rows.head(int(rows.height * share))


def swapped(column: str, one: str, other: str) -> Change:
    """Two words of a column in each other's place."""
    return lambda rows, _: rows.with_columns(pl.col(column).replace({one: other, other: one}))


def swapped_columns(one: str, other: str) -> Change:
    """Two columns in each other's place."""
    return lambda rows, _: rows.with_columns(pl.col(other).alias(one), pl.col(one).alias(other))


def merged(column: str, word: str, into: str, *key: str) -> Change:
    """A word that is counted under another from now on."""

    def change(rows: pl.DataFrame, _: Rows) -> pl.DataFrame:
        renamed = rows.with_columns(pl.col(column).replace({word: into}))
        return renamed.group_by(*key, maintain_order=True).sum().select(rows.columns) if key else renamed

    return change


def filled(column: str, word: str | None, *key: str) -> Change:
    """A column with the same word, or nothing, in every row."""

    def change(rows: pl.DataFrame, _: Rows) -> pl.DataFrame:
        same = rows.with_columns(pl.lit(word, dtype=rows.schema[column]).alias(column))
        return same.group_by(*key, maintain_order=True).sum().select(rows.columns) if key else same

    return change


def copied(column: str, back: int) -> Change:
    """The figures of so many quarters (or months) back under the name of this period."""

    def change(rows: pl.DataFrame, other: Rows) -> pl.DataFrame:
        period = str(rows[column][0])
        per_year, mark = (4, "Q") if "Q" in period else (12, "-")
        number = int(period[:4]) * per_year + int(period[5:]) - 1 - back
        width = 1 if mark == "Q" else 2
        before = f"{number // per_year}{mark}{number % per_year + 1:0{width}d}"
        return other(before).with_columns(pl.lit(period).alias(column)).select(rows.columns)

    return change


def rounded(column: str) -> Change:
    """Counts rounded to fives."""
    return lambda rows, _: rows.with_columns(((pl.col(column) / 5).round() * 5).cast(pl.Int64))


def repeated(times_over: int, key: str) -> Change:
    """Every case again under another number, so that nothing looks doubled."""

    def change(rows: pl.DataFrame, _: Rows) -> pl.DataFrame:
        letters = "DFGHJKMNP"
        again = [rows.with_columns((pl.col(key).str.slice(0, 3) + letters[number] + pl.col(key).str.slice(4)).alias(key)) for number in range(times_over)]
        return pl.concat(again).unique(key, keep="first", maintain_order=True)

    return change


def doubled(rows: pl.DataFrame, _: Rows) -> pl.DataFrame:
    """Every row twice."""
    return pl.concat([rows, rows])


def empty(rows: pl.DataFrame, _: Rows) -> pl.DataFrame:
    """A heading and no rows."""
    return rows.clear()


def never_came(_: pl.DataFrame, __: Rows) -> None:
    """No file."""


def quarter_of(column: str, number: int) -> pl.Expr:
    """Rows of one quarter of a year's file."""
    return pl.col(column).str.ends_with(f"Q{number}")


def later(column: str, months: int) -> Change:
    """Dates some months on."""
    return lambda rows, _: rows.with_columns(pl.col(column).dt.offset_by(f"{months}mo"))


def years_before(year: int, back: int) -> Callable[[bytes], bytes]:
    """An answer of CBS in which the population of a year is that of an earlier one."""

    def change(content: bytes) -> bytes:
        answer = json.loads(content)
        known = {(row["RegioS"], row["Measure"], row["Leeftijd"], row["Geslacht"], row["Perioden"]): row["Value"] for row in answer["value"]}
        for row in answer["value"]:
            if row["Perioden"] == f"{year}JJ00":
                row["Value"] = known[row["RegioS"], row["Measure"], row["Leeftijd"], row["Geslacht"], f"{year - back}JJ00"]
        return json.dumps(answer).encode()

    return change


def one_more(region: str) -> Callable[[bytes], bytes]:
    """A StatLine file in which the newest figure of a region is one too high."""
    line = re.compile(rf'("{re.escape(region)}".*;")(\d+)"')
    return lambda content: line.sub(lambda found: f'{found[1]}{int(found[2]) + 1}"', content.decode("utf-8-sig")).encode()


ONLINE, YOUTH, HALT, NLA = "politie_online_registraties", "politie_jeugd_verdachten", "halt_verwijzingen", "nla_meldingen"
VICTIMS, POLICE, SUSPECTS, PVO = "comensha_slachtoffers", "politie_mensenhandel", "politie_online_verdachten", "pvo_ondernemers"

FAULTS = (
    Fault("a halved month", ONLINE, times("aantal", 0.5)),
    Fault("a basisteam that vanishes", ONLINE, without(pl.col("basisteam") == "D1")),
    Fault("counts rounded to fives", ONLINE, rounded("aantal")),
    Fault("aangifte and melding swapped", ONLINE, swapped("soort", "aangifte", "melding")),
    Fault("a month of which the last third is missing", ONLINE, first_part(0.67)),
    Fault("the month of a year ago once more", ONLINE, copied("maand", 12)),
    Fault("damage in cents", ONLINE, amount("schadebedrag", 100.0), "fout", "2026-09"),
    Fault("a quarter that stands twice", YOUTH, doubled, DOOR),
    Fault("the quarter before once more", YOUTH, copied("kwartaal", 1)),
    Fault("two basisteams swapped", YOUTH, swapped("basisteam_woonplaats", "D1", "D3")),
    Fault("age groups swapped", YOUTH, swapped("leeftijd", "12-17", "18-23")),
    Fault("an earlier quarter halved", YOUTH, times("aantal", 0.5, quarter_of("kwartaal", 2)), file="2024"),
    Fault("a file with a heading only", YOUTH, empty, DOOR),
    Fault("counts ten times too high", YOUTH, times("aantal", 10), "fout"),
    Fault("the largest gemeente is missing", HALT, without(pl.col("gemeente") == "GM0518")),
    Fault(
        "zeros for what is not known yet",
        HALT,
        lambda rows, _: rows.with_columns(pl.lit(0, dtype=pl.Int64).alias(name) for name in ("aantal", "afgerond", "geslaagd")),
        "fout",
    ),
    Fault("a category merged into another", HALT, merged("delict", "geweld", "overig", "gemeente", "kwartaal", "leeftijd", "delict")),
    Fault("a quarter missing in the file of a year", HALT, without(quarter_of("kwartaal", 3)), file="2025"),
    Fault("columns geslaagd and aantal swapped", HALT, swapped_columns("geslaagd", "aantal"), DOOR),
    Fault("sector always onbekend", NLA, filled("sector", "onbekend", "gemeente", "kwartaal", "sector", "soort"), DOOR),
    Fault("melding and onderzoek swapped", NLA, swapped("soort", "melding", "onderzoek")),
    Fault("a gemeente that never takes part", NLA, without(pl.col("gemeente") == "GM0637"), file="*"),
    Fault("minus signs", NLA, times("aantal", -1), DOOR),
    Fault("gemeente left empty", VICTIMS, filled("gemeente", None)),
    Fault("every victim four times under other numbers", VICTIMS, repeated(4, "pseudoniem")),
    Fault("melder always politie", VICTIMS, filled("melder", "politie")),
    Fault("the newest quarter never came", VICTIMS, never_came),
    Fault("dates a month later", "meldpunt_meldingen", later("datum", 1)),
    Fault("restaurants counted as overig", "heit_controles", merged("branche", "restaurant", "overig"), file="2026-07|2026-08|2026-09"),
    Fault("half of the controls missing", "heit_controles", without(pl.int_range(pl.len()) % 2 == 0), file="2025"),
    Fault("signals ten times too high", "riec_casuistiek", times("signalen", 10), "waarschuwing"),
    Fault("one of two Zorg- en Veiligheidshuizen missing", "zvh_pga", without(pl.col("zorgregio") == "HM")),
    Fault("the quarter of a year ago once more", "zvh_pga", copied("kwartaal", 4)),
    Fault("two columns swapped", "zvh_pga", swapped_columns("pga_casussen", "zorgmeldingen")),
    Fault("figures of one gemeente at another", PVO, swapped("gemeente", "GM0518", "GM0553")),
    Fault("counts ten times too high", PVO, times("aantal", 10), "fout"),
    Fault(
        "an old area: one gemeente with the cases of three",
        PVO,
        merged("gemeente", "GM0546", "GM0547", "gemeente", "kwartaal", "bedrijfsgrootte", "incidentsoort"),
    ),
    Fault("cases ten times too high", "om_zaken", times("aantal", 10)),
    Fault("signals three times as many, CoMensha as before", POLICE, times("aantal", 3, pl.col("soort") == "signaal")),
    Fault("signaal and aangifte swapped", POLICE, swapped("soort", "signaal", "aangifte")),
    Fault("a quarter missing in the file of a year", POLICE, without(quarter_of("kwartaal", 1)), file="2024"),
    Fault("role always onbekend", SUSPECTS, filled("rol", "onbekend", "basisteam", "kwartaal", "leeftijdsgroep", "geslacht", "rol")),
    Fault("men and women swapped", SUSPECTS, swapped("geslacht", "man", "vrouw")),
    Fault("two motives swapped", "helpwanted_sextortion", swapped("motief", "financieel", "ander")),
    Fault("a third of the quarter", "helpwanted_sextortion", times("aantal", 0.34)),
    Fault("nobody placed, for a year", "avim_opvang", lambda rows, _: rows.with_columns(pl.lit(0, dtype=pl.Int64).alias("geplaatst")), file="2025"),
    Fault("columns bezet and capaciteit swapped", "opvang_bedden", swapped_columns("bezet", "capaciteit"), DOOR),
    Fault("one gemeente missing", "leerplicht_verzuim", without(pl.col("gemeente") == "GM0503")),
    Fault("two gemeenten missing", "gemeente_basisniveau", without(pl.col("gemeente").is_in(["GM0513", "GM0637"]))),
    Fault("the newest quarter never came", "dealbreakers_deelname", never_came),
    Fault("the population of the wrong year", "cbs_bevolking", years_before(2025, 1)),
    Fault("a total off by one", "politie_misdrijven", one_more("Den Haag (RE)"), "let op"),
    Fault("percentages as fractions", "cbs_veiligheidsmonitor", lambda rows, _: rows.with_columns(pl.col(pl.Float64) / 100)),
)
