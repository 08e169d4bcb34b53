"""OData version 3 (politie, and the older feed of CBS): a measure is a column, keys are padded with spaces, null has no reason."""

from __future__ import annotations

from typing import Any

from data_contracts.base import Lookup, ODataTable
from pipelines.intake.connectors.paging import ServiceUnreachable, fetch_rows
from pipelines.intake.odata import UNEXPLAINED, pack

FULL_PAGE = 10_000  # rows: the feed gives no more at once, the older ODataApi refuses more


def fetch_slice(base_url: str, table: ODataTable, slice_: str) -> bytes:
    """All rows of one slice of a table as observations, in the form in which they are landed (see `pipelines/intake/odata.py`).

    Texts lose the spaces that they are padded with; a null gets the attribute `Unexplained`. Every lookup of the contract
    is asked as a list of its own and written to its rows. Raises ServiceUnreachable when the service does not answer, has
    no rows, or lacks a column of the contract.
    """
    rows = _fetch(base_url, f"{table.table}/TypedDataSet", [*table.fields, table.measure], {"$filter": table.filter_of(slice_)})
    observations = [
        {"Measure": table.measure, "Value": row[table.measure], "ValueAttribute": "None" if row[table.measure] is not None else UNEXPLAINED}
        | {field: row[field] for field in table.fields}
        for row in rows
    ]
    for column, lookup in table.lookups.items():
        texts = _texts(base_url, lookup)
        for observation in observations:
            observation[column] = texts.get(observation[lookup.key])
    return pack(table, slice_, source=f"{base_url}/{table.table}", observations=observations)


def _texts(base_url: str, lookup: Lookup) -> dict[str, str]:
    entries = _fetch(base_url, lookup.entries, list(dict.fromkeys((lookup.match, lookup.text))), {})
    return {entry[lookup.match]: entry[lookup.text] for entry in entries}


def _fetch(base_url: str, path: str, columns: list[str], params: dict[str, str]) -> list[dict[str, Any]]:
    rows = fetch_rows(base_url, path, {**params, "$select": ",".join(columns), "$format": "json"}, link="odata.nextLink", full_page=FULL_PAGE)
    lacking = [column for column in columns if not rows or column not in rows[0]]
    if lacking:
        raise ServiceUnreachable(f"{base_url} ({path}): " + (f"no {', '.join(lacking)}" if rows else "no rows"))
    return [{column: row[column].strip() if isinstance(row[column], str) else row[column] for column in columns} for row in rows]
