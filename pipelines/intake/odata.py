"""The landed form of an answer of an open-data service, and how it is read: the same for OData versions 3 and 4.

`{table, measure, slice, source, value: [{Measure, Value, ValueAttribute, <dimensions>, <lookups>}]}`. It holds no moment of
fetching, so that an unchanged answer has the same bytes and is recognised; the register knows when it came.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import polars as pl

from data_contracts.base import ODataTable
from pipelines.intake.refusal import DeliveryRefused

UNEXPLAINED = "Unexplained"  # our own word beside those of CBS: version 3 gives null for not known, impossible and secret alike


def pack(table: ODataTable, slice_: str, *, source: str, observations: Iterable[dict[str, Any]]) -> bytes:
    """The form in which an answer is landed."""
    content = {"table": table.table, "measure": table.measure, "slice": slice_, "source": source, "value": list(observations)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def unpack(name: str, content: bytes, table: ODataTable) -> tuple[pl.DataFrame, dict[str, str | int]]:
    """The landed answer called `name` as text: the contract's columns and source_row, and what was left out.

    Only the contract's measure counts, and rows within its scope. A row without a value is left out when the service says
    `Impossible` (the cell cannot exist) or gives no reason at all, as version 3 does: it is never a zero. Any other
    reason refuses the answer. Raises DeliveryRefused; KeyError, TypeError or ValueError when it has another form.
    """
    wanted = [row for row in json.loads(content)["value"] if row["Measure"] == table.measure]
    scope = [row for row in wanted if all(re.search(pattern, str(row[field])) for field, pattern in table.scope.items())]
    filled = [row for row in scope if row["Value"] is not None]
    other = sum(row["Value"] is None and row["ValueAttribute"] not in ("Impossible", UNEXPLAINED) for row in scope)
    if other:
        raise DeliveryRefused(
            "onleesbaar", f"{name}: {other} waarneming(en) hebben geen waarde, om een andere reden dan 'Impossible'. Haal de tabel opnieuw op."
        )
    if not filled:
        raise DeliveryRefused("leeg", f"{name}: het antwoord bevat geen waarnemingen van {table.measure} binnen het contract. Haal de tabel opnieuw op.")
    sources = {column: dimension for dimension, column in table.columns.items()} | {column: column for column in table.lookups}
    data = {column: [_text(row[field], field, table) for row in filled] for column, field in sources.items()}
    data |= {column: [text] * len(filled) for column, text in table.constants.items()}
    data[table.value_column] = [_text(row["Value"], "Value", table) for row in filled]
    frame = pl.DataFrame(data, schema=dict.fromkeys(data, pl.String)).with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("source_row"))
    return frame, {"tabel": table.table, "buiten bereik": len(wanted) - len(scope), "zonder waarde": len(scope) - len(filled)}


def _text(value: object, field: str, table: ODataTable) -> str | None:
    """A cell as text: the contract's word for a code, the year of a yearly period, a whole number without a decimal point."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    year = text[:4] if field == "Perioden" and text.endswith("JJ00") else text
    return table.codes.get(field, {}).get(text, year)
