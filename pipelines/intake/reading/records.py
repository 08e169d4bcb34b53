"""JSON: a list of flat records, `{"value": [...]}` as OData gives it, or a record per line; and landed answers of OData."""

from __future__ import annotations

import json
from typing import Any, NoReturn

import polars as pl

from data_contracts.base import Contract
from pipelines.intake.odata import unpack
from pipelines.intake.reading.decoding import decode
from pipelines.intake.reading.extract import SOURCE_ROW, Extract, headings_of, matches
from pipelines.intake.reading.workbooks import text_of
from pipelines.intake.refusal import DeliveryRefused


def read_records(name: str, content: bytes, contract: type[Contract]) -> Extract:
    """Reads JSON as text. Raises DeliveryRefused; ValueError, KeyError or TypeError when it has another form."""
    if table := contract.terms().odata:
        return Extract.of(*unpack(name, content, table))
    blocks, encoding = decode(name, content)
    text = b"".join(blocks).decode()
    try:
        found = json.loads(text, parse_constant=_no_number)
        form = "json"
    except json.JSONDecodeError:
        found = [json.loads(line, parse_constant=_no_number) for line in text.split("\n") if line.strip()]
        form = "json per regel"
    found = [found] if isinstance(found, dict) and "value" not in found else found
    records: list[dict[str, Any]] = found["value"] if isinstance(found, dict) else found
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise TypeError("no list of records")
    if not records:
        raise DeliveryRefused("leeg", f"{name}: er staan geen gegevens in. Lever het bestand met gegevens aan, of meld dat er niets te melden is.")
    headings = list(dict.fromkeys(heading for record in records for heading in record if not heading.startswith("@odata")))
    nested = [heading for heading in headings if any(isinstance(record.get(heading), dict | list) for record in records)]
    if nested:
        raise DeliveryRefused("onleesbaar", f"{name}: {len(nested)} veld(en) bevatten geneste waarden ({', '.join(nested)}). Lever platte records aan.")
    known = headings_of(contract)
    if matches(headings, known) < min(2, len(known)) or SOURCE_ROW in headings:
        columns = ", ".join(contract.kinds())
        raise DeliveryRefused("kolom_ontbreekt", f"{name}: de velden zijn niet die van het contract ({columns}). Controleer de levering.")
    data = {heading: [text_of(record.get(heading)) for record in records] for heading in headings}
    rows = pl.DataFrame(data, schema=dict.fromkeys(headings, pl.String)).with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(SOURCE_ROW))
    return Extract.of(rows, {"codering": encoding, "opmaak": form})


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")
