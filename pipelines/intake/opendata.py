"""Open data from its service, else from recorded answers, else the newest landed copy, else a synthetic stand-in.

The register says for every slice which it was, and the release repeats it.
"""

from __future__ import annotations

import json
from pathlib import Path

from data_contracts.base import Contract
from pipelines.intake import odata, register
from pipelines.intake.receiving import Notice, keep
from pipelines.resources import Settings


def gather_open_data(settings: Settings, contract: type[Contract], *, ask_service: bool) -> list[Notice]:
    """Lands what can be had of an open delivery; `ask_service` is true for `ketenmonitor pull` only, so that a run needs
    no network. One notice per slice."""
    table = contract.terms().odata
    return [_gather(settings, contract, slice_, ask_service=ask_service) for slice_ in (table.slices if table else ("",))]


def _gather(settings: Settings, contract: type[Contract], slice_: str, *, ask_service: bool) -> Notice:
    delivery, table = contract.terms().delivery, contract.terms().odata
    label = f"{delivery} ({slice_})" if slice_ else delivery
    trouble = ""
    if ask_service and table:
        try:
            content = odata.fetch_slice(settings.cbs_url, table, slice_, retrieved_at=register.now().isoformat(timespec="seconds"))
            return _keep(settings, contract, slice_, content, "service", f"Opgehaald bij {settings.cbs_url} (tabel {table.table})")
        except odata.ServiceUnreachable as error:
            trouble = f" De dienst is niet bereikt: {error}."
    recorded = _recorded(settings.open_data, contract, slice_)
    if recorded:
        content, note = recorded
        return _keep(settings, contract, slice_, content, "recorded", note, trouble)
    with register.open_register(settings.register) as lines:
        newest = lines.execute(
            "select * from received where delivery = ? and slice = ? order by origin = 'synthetic', id desc limit 1", (delivery, slice_)
        ).fetchone()
    if newest:
        return Notice(
            delivery, label, "known", f"{label}: de laatst opgehaalde gegevens blijven gelden ({newest['origin_note']}, {newest['received_at'][:10]}).{trouble}"
        )
    return _keep(settings, contract, slice_, _stand_in(settings, contract, slice_), "synthetic", "Synthetisch: geen echte gegevens bereikbaar", trouble)


def _keep(settings: Settings, contract: type[Contract], slice_: str, content: bytes, origin: str, note: str, trouble: str = "") -> Notice:
    delivery = contract.terms().delivery
    name = f"{delivery}{'_' + slice_ if slice_ else ''}.{'json' if contract.terms().odata else 'csv'}"
    with register.open_register(settings.register) as lines:
        new = keep(settings, lines, contract, name, content, origin=origin, note=note, slice_=slice_)
    return Notice(delivery, name, "received" if new else "known", f"{name}: {'ontvangen' if new else 'ongewijzigd'}. {note}.{trouble}")


def _recorded(folder: Path | None, contract: type[Contract], slice_: str) -> tuple[bytes, str] | None:
    """The recorded answer of a slice with the Dutch note of its origin, when the folder has one."""
    terms = contract.terms()
    files = sorted(folder.glob(terms.recorded)) if folder and terms.recorded else []
    if not files:
        return None
    if not terms.odata:
        return files[-1].read_bytes(), f"Opgenomen bestand {files[-1].name} van {terms.partner}"
    codes = set(terms.odata.slices[slice_])
    observations = [row for file in files for row in json.loads(file.read_bytes())["value"] if row[terms.odata.slice_dimension] in codes]
    if not observations:
        return None
    index = json.loads((files[0].parent / "index.json").read_bytes())
    content = odata.pack(terms.odata, slice_, source=index["source"], retrieved_at=index["capturedAt"], observations=observations)
    return content, f"Opgenomen antwoord van {terms.partner}, tabel {terms.odata.table}, {index['capturedAt'][:10]}"


def _stand_in(settings: Settings, contract: type[Contract], slice_: str) -> bytes:
    from pipelines import sample

    match contract.terms().delivery:
        case "politie_misdrijven":
            return sample.stand_in_misdrijven(range(2022, 2026))
        case "cbs_bevolking":
            return sample.stand_in_bevolking(slice_, _landed_totals(settings, contract))
        case other:
            raise KeyError(f"no stand-in for {other}")


def _landed_totals(settings: Settings, contract: type[Contract]) -> dict[tuple[str, int], int] | None:
    """Inhabitants by (gemeente, year) of the newest landed slice `totaal`: a stand-in of the young keeps to real totals."""
    with register.open_register(settings.register) as lines:
        newest = lines.execute(
            "select * from received where delivery = ? and slice = 'totaal' order by origin = 'synthetic', id desc limit 1", (contract.terms().delivery,)
        ).fetchone()
    table = contract.terms().odata
    if not newest or not table:
        return None
    answer = json.loads((settings.landing / newest["delivery"] / f"{newest['sha256']}{newest['suffix']}").read_bytes())
    rows = [row for row in answer["value"] if row["Measure"] == table.measure and row["Value"] is not None]
    return {(row["RegioS"].strip(), int(row["Perioden"][:4])): int(row["Value"]) for row in rows}
