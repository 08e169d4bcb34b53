"""OData version 4 (the CBS of today): a row is one measure, and says itself why it has no value."""

from __future__ import annotations

from data_contracts.base import ODataTable
from pipelines.intake.connectors.paging import ServiceUnreachable, fetch_rows
from pipelines.intake.odata import pack


def fetch_slice(base_url: str, table: ODataTable, slice_: str) -> bytes:
    """All observations of one slice of a table, in the form in which they are landed (see `pipelines/intake/odata.py`).

    Raises ServiceUnreachable when the service does not answer, has no observations, or lacks a dimension of the contract.
    """
    path = f"{table.table}/Observations"
    observations = fetch_rows(base_url, path, {"$filter": table.filter_of(slice_)}, link="@odata.nextLink")
    lacking = {"Measure", "Value", "ValueAttribute", *table.fields} - set(observations[0] if observations else ())
    if lacking:
        raise ServiceUnreachable(f"{base_url} ({path}, {slice_}): " + (f"no {', '.join(sorted(lacking))}" if observations else "no observations"))
    return pack(table, slice_, source=f"{base_url}/{table.table}", observations=observations)
