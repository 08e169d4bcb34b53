"""Parquet: the fifteen columns of a release, with their origin in the schema."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq

from app.downloads.columns import NUMBERS, TEXTS
from app.downloads.extract import Extract, about, states_text


def parquet(extract: Extract) -> bytes:
    """Parquet with what must be said of the figures in the metadata of the schema: a Dutch text per subject, and all that a
    machine wants to know under `ketenmonitor`."""
    release = extract.release
    machine = {"release_id": release.id, "audience": release.audience, "synthetic": release.is_synthetic, "filters": extract.filters}
    metadata = dict(about(extract)) | {"standen": states_text(), "ketenmonitor": json.dumps(machine)}
    fields = [pa.field(name, pa.string(), nullable=False) for name in TEXTS] + [pa.field(name, pa.float64()) for name in NUMBERS]
    table = pa.table([extract.rows[field.name].to_arrow().cast(field.type) for field in fields], schema=pa.schema(fields, metadata=metadata))
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue().to_pybytes()
