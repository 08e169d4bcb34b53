"""Open data from its service, else from recorded answers, else the newest landed copy, else a synthetic stand-in.

The register says for every slice which it was, and the release repeats it.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

from data_contracts.base import Contract, ODataTable
from pipelines.intake import odata, register
from pipelines.intake.connectors import odata_v3, odata_v4
from pipelines.intake.connectors.paging import ServiceUnreachable
from pipelines.intake.receiving import Notice, keep
from pipelines.lineage import as_stage
from pipelines.resources import Settings

NOT_REACHED = "dienst_niet_bereikt"


@as_stage("fetch")
def gather_open_data(settings: Settings, contract: type[Contract], *, ask_service: bool) -> list[Notice]:
    """Lands what can be had of an open delivery; `ask_service` is true for a pull only, so that a run needs no network.
    One notice per slice; none for a delivery that is not fetched."""
    if not contract.terms().is_fetched:
        return []
    table = contract.terms().odata
    return [_gather(settings, contract, slice_, ask_service=ask_service) for slice_ in (table.slices if table else ("",))]


def _gather(settings: Settings, contract: type[Contract], slice_: str, *, ask_service: bool) -> Notice:
    delivery, table = contract.terms().delivery, contract.terms().odata
    label = f"{delivery} ({slice_})" if slice_ else delivery
    trouble = ""
    if ask_service and table:
        url = settings.service_url(table.service)
        try:
            fetch_slice = odata_v3.fetch_slice if table.version == 3 else odata_v4.fetch_slice
            return _keep(settings, contract, slice_, fetch_slice(url, table, slice_), "service", f"Opgehaald bij {url} (tabel {table.table})")
        except ServiceUnreachable as error:
            trouble = f" De dienst is niet bereikt: {error}."
    if recorded := _recorded(settings.open_data, contract, slice_):
        content, note, suffix = recorded
        return _keep(settings, contract, slice_, content, "recorded", note, trouble, suffix)
    newest = _newest(settings, delivery, slice_)
    if newest:
        sentence = f"{label}: de laatst opgehaalde gegevens blijven gelden ({newest['origin_note']}, {newest['received_at'][:10]}).{trouble}"
        return Notice(delivery, label, "known", sentence, NOT_REACHED if trouble else None)
    content, suffix = _stand_in(settings, contract, slice_)
    return _keep(settings, contract, slice_, content, "synthetic", "Synthetisch: geen echte gegevens bereikbaar", trouble, suffix)


def _newest(settings: Settings, delivery: str, slice_: str) -> sqlite3.Row | None:
    """The newest landed file of a slice, real before synthetic."""
    with register.open_register(settings.register) as lines:
        query = "select * from received where delivery = ? and slice = ? order by origin = 'synthetic', id desc limit 1"
        row: sqlite3.Row | None = lines.execute(query, (delivery, slice_)).fetchone()
    return row


def _keep(
    settings: Settings, contract: type[Contract], slice_: str, content: bytes, origin: str, note: str, trouble: str = "", suffix: str = ".json"
) -> Notice:
    delivery = contract.terms().delivery
    name = f"{delivery}{'_' + slice_ if slice_ else ''}{suffix}"
    with register.open_register(settings.register) as lines:
        new = keep(settings, lines, contract, name, content, origin=origin, note=note, slice_=slice_)
    return Notice(
        delivery,
        name,
        "received" if new else "known",
        f"{name}: {'ontvangen' if new else 'ongewijzigd'}. {note}.{trouble}",
        rule=NOT_REACHED if trouble else None,
    )


def _recorded(folder: Path | None, contract: type[Contract], slice_: str) -> tuple[bytes, str, str] | None:
    """What was recorded of a slice, the Dutch note of its origin and its suffix, when the folder has it."""
    terms = contract.terms()
    files = sorted(folder.glob(terms.recorded)) if folder and terms.recorded else []
    if not files:
        return None
    newest, table = files[-1], terms.odata
    if table is None or newest.suffix != ".json":
        content = _pack_wijken(newest, table) if table and newest.suffix == ".geojson" else newest.read_bytes()
        return content, f"Opgenomen bestand {newest.name} van {terms.partner}", ".json" if newest.suffix == ".geojson" else newest.suffix
    wanted = table.slices[slice_].items()
    rows = (row for file in files for row in json.loads(file.read_bytes())["value"])
    observations = [row for row in rows if all(row[dimension] in codes for dimension, codes in wanted)]
    if not observations:
        return None
    index = json.loads((newest.parent / "index.json").read_bytes())
    content = odata.pack(table, slice_, source=index["source"], observations=observations)
    return content, f"Opgenomen antwoord van {terms.partner}, tabel {table.table}, {index['capturedAt'][:10]}", ".json"


def _pack_wijken(file: Path, table: ODataTable) -> bytes:
    """A recorded Wijk- en Buurtkaart (GeoJSON) as the service would answer: its properties without its borders, and the
    veiligheidsregio of each gemeente from the list `gemeente_codes_*.csv` beside it where there is one."""
    regios: dict[str, str] = {}
    for codes in sorted(file.parent.glob("gemeente_codes_*.csv")):
        with codes.open(encoding="utf-8", newline="") as lines:
            regios |= {row["gemeentecode"]: row["veiligheidsregiocode"] for row in csv.DictReader(lines)}
    wijken = [feature["properties"] for feature in json.loads(file.read_bytes())["features"]]
    observations = [
        {"Measure": table.measure, "Value": wijk["population"], "ValueAttribute": "None", "WijkenEnBuurten": wijk["code"], "Gemeentenaam_1": wijk["gemeente"]}
        | {"naam": wijk["name"], "gemeente": wijk["gemeentecode"], "regio": regios.get(wijk["gemeentecode"])}
        for wijk in wijken
    ]
    return odata.pack(table, "", source=file.name, observations=observations)


def _stand_in(settings: Settings, contract: type[Contract], slice_: str) -> tuple[bytes, str]:
    from pipelines import sample
    from pipelines.sample.denominators import stand_in_denominator
    from pipelines.sample.gebieden import stand_in_gebieden

    match contract.terms().delivery:
        case "politie_misdrijven":
            return sample.stand_in_misdrijven(range(2022, 2026)), ".csv"
        case "cbs_bevolking":
            return sample.stand_in_bevolking(slice_, _landed_totals(settings, contract)), ".json"
        case "cbs_gebieden":
            return stand_in_gebieden(), ".json"
        case "cbs_huishoudens" | "cbs_bedrijven" if table := contract.terms().odata:
            return stand_in_denominator(table), ".json"
        case other:
            raise KeyError(f"no stand-in for {other}")


def _landed_totals(settings: Settings, contract: type[Contract]) -> dict[tuple[str, int], int] | None:
    """Inhabitants by (gemeente, year) of the newest landed slice `totaal`: a stand-in of ages and sexes keeps to real totals."""
    newest, table = _newest(settings, contract.terms().delivery, "totaal"), contract.terms().odata
    if not newest or not table:
        return None
    answer = json.loads((settings.landing / newest["delivery"] / f"{newest['sha256']}{newest['suffix']}").read_bytes())
    rows = [row for row in answer["value"] if row["Measure"] == table.measure and row["Value"] is not None]
    return {(row["RegioS"].strip(), int(row["Perioden"][:4])): int(row["Value"]) for row in rows}
