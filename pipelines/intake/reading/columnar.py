"""Parquet: the schema and the declared sizes first, then a lazy scan, so that ten million rows are never in memory at once."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from data_contracts.base import Contract
from pipelines.intake import limits
from pipelines.intake.reading.extract import SOURCE_ROW, Extract, headings_of, matches
from pipelines.intake.refusal import DeliveryRefused

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq


def _longest(file: pq.ParquetFile, column: pa.Field) -> int:
    """Bytes of the longest text of a column that is kept as a dictionary. Polars hashes such a text for every row: a megabyte a
    million times took 120 s, where the dictionary alone is read in 0.02 s."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_string(column.type.value_type) and not pa.types.is_large_string(column.type.value_type):
        return 0
    dictionaries = (chunk.dictionary for place in range(file.num_row_groups) for chunk in file.read_row_group(place, [column.name])[0].chunks)
    return max((pc.max(pc.binary_length(texts)).as_py() or 0 for texts in dictionaries), default=0)


def read_parquet(name: str, source: Path | bytes, contract: type[Contract]) -> Extract:
    """Scans Parquet from disk or memory; columns keep their types. Raises DeliveryRefused; ValueError and PolarsError: unreadable."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(source if isinstance(source, Path) else io.BytesIO(source)) as file:
            declared = file.metadata
            groups = [declared.row_group(place) for place in range(declared.num_row_groups)]
            rows, width = declared.num_rows, declared.num_columns
            largest = max((group.total_byte_size for group in groups), default=0)
            nested = [column.name for column in file.schema_arrow if pa.types.is_nested(column.type)]
            longest = max((_longest(file, column) for column in file.schema_arrow if pa.types.is_dictionary(column.type)), default=0)
            binary = [column.name for column in file.schema_arrow if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)]
    except (pa.ArrowException, OSError) as error:
        raise ValueError("parquet") from error
    if nested or binary:
        raise DeliveryRefused(
            "onleesbaar",
            f"{name}: {len(nested + binary)} kolom(men) bevatten geneste of binaire waarden ({', '.join(nested + binary)}). Lever platte kolommen aan.",
        )
    for found, most, what in (
        (longest, limits.MOST_BYTES_CELL, "bytes in een cel"),
        (width, limits.MOST_COLUMNS, "kolommen"),
        (rows, limits.MOST_ROWS, "rijen"),
        (rows * width, limits.MOST_CELLS_PARQUET, "cellen"),
        (largest, limits.MOST_BYTES_ROW_GROUP, "bytes in een rijgroep"),
    ):
        if found > most:
            raise DeliveryRefused("onleesbaar", f"{name}: het bestand heeft {found} {what}, meer dan de {most} die worden gelezen. Lever het in delen aan.")
    if not rows:
        raise DeliveryRefused("leeg", f"{name}: er staan geen gegevens in. Lever het bestand met gegevens aan, of meld dat er niets te melden is.")
    scan = pl.scan_parquet(source if isinstance(source, Path) else io.BytesIO(source), glob=False)
    headings = scan.collect_schema().names()
    known = headings_of(contract)
    if matches(headings, known) < min(2, len(known)):
        columns = ", ".join(contract.kinds())
        raise DeliveryRefused("kolom_ontbreekt", f"{name}: de kolommen zijn niet die van het contract ({columns}). Controleer de levering.")
    if SOURCE_ROW in headings:
        raise DeliveryRefused("kolom_onbekend", f"{name}: de kolomkop '{SOURCE_ROW}' is van de Ketenmonitor zelf. Geef de kolom een andere kop.")
    # the row index of the scan itself: behind `with_row_index` a slice reads the file from its start
    numbered = pl.scan_parquet(source if isinstance(source, Path) else io.BytesIO(source), glob=False, row_index_name=SOURCE_ROW, row_index_offset=1)
    numbered = numbered.with_columns(pl.col(SOURCE_ROW).cast(pl.Int64))
    return Extract(numbered, headings, rows, {"rijgroepen": len(groups)})
