"""Dresses a made frame as a partner's file, and puts it in the inbox whole, with the time at which it was sent."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from pipelines.sample import formats
from pipelines.sample.formats import Sheet
from pipelines.sample.layouts import Layout
from pipelines.sample.spelling import spell

if TYPE_CHECKING:
    from data_contracts.base import Contract
    from pipelines.sample.plan import PartnerFile

SLICE = 50_000  # rows that are spelled at once: a million rows of text as Python objects would take gigabytes
Kinds = Mapping[str, Mapping[str, object]]


def file_name(file: PartnerFile, layout: Layout) -> str:
    """`comensha_slachtoffers_2023Q4_voorlopig.csv`; a zipped file has the suffix of the zip."""
    return f"{file.stem}.{'zip' if layout.zipped else layout.suffix}"


def dress(frame: pl.DataFrame, contract: type[Contract], period: str, layout: Layout, *, seed: int) -> Iterator[bytes]:
    """The bytes of a partner file, in pieces: `frame` (columns of the contract, areas as codes) in the layout's format and
    spelling.

    The same arguments give the same bytes. The file's own totals row, if any, is right.
    """
    terms, kinds = contract.terms(), contract.kinds()
    generator = np.random.default_rng([seed, *terms.delivery.encode(), *period.encode()])
    headings = dict(layout.headings or {column: column for column in kinds})
    parts = [*frame.iter_slices(SLICE), *([_sum_counts(frame, kinds)] if layout.totals else [])]
    texts = (
        {column: spell(part[column], kinds[column], layout.spelling, generator, bounds=layout.bounds).rename(heading) for column, heading in headings.items()}
        for part in parts
    )
    if layout.suffix in {"csv", "tsv", "txt"}:
        return formats.write_text(Sheet(contract, period, headings, layout), (pl.DataFrame(list(part.values())) for part in texts))
    typed = [
        pl.DataFrame([_cells(part[column], text, kinds[column], layout) for column, text in spelled.items()])
        for part, spelled in zip(parts, texts, strict=True)
    ]
    return iter([formats.WRITERS[layout.suffix](Sheet(contract, period, headings, layout), pl.concat(typed, how="vertical_relaxed"))])


def put_file(path: Path, content: Iterable[bytes], sent: dt.datetime, *, packed: str = "") -> Path:
    """Writes beside, sets the moment of sending as modification time, and renames: a reader sees a whole file or none.

    With `packed` the file becomes a zip, and the content its one member with that suffix.
    """
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        if packed:
            with zipfile.ZipFile(file, "w") as archive, archive.open(formats.member(f"{path.stem}.{packed}"), "w") as inner:
                inner.writelines(content)
        else:
            file.writelines(content)
    os.utime(beside, (sent.timestamp(), sent.timestamp()))
    os.replace(beside, path)
    return path


def _sum_counts(frame: pl.DataFrame, kinds: Kinds) -> pl.DataFrame:
    """The row `Totaal`: its name stands in the column of the area, the sums under the counts, nothing elsewhere."""
    area = next(column for column in frame.columns if kinds[column]["kind"] == "area")
    sums = [pl.col(column).sum() for column in frame.columns if kinds[column]["kind"] in {"count", "number"}]
    return frame.select(*sums, pl.lit("Totaal").alias(area)).match_to_schema(frame.schema, missing_columns="insert")


def _cells(series: pl.Series, text: pl.Series, field: Mapping[str, object], layout: Layout) -> pl.Series:
    """Numbers stay numbers, dates too where the layout says so or the format has nothing else; the rest is text."""
    kind = str(field["kind"])
    bounded = layout.bounds and field.get("bounded")
    if (kind in {"count", "number"} and not bounded) or (kind == "date" and (layout.date_cells or layout.suffix == "parquet")):
        return series.rename(text.name)
    if kind == "flag" and layout.suffix in {"parquet", "json"}:
        return series.rename(text.name)
    if kind in {"year", "flag"} and text.drop_nulls().str.contains(r"^\d+$").all():
        return text.cast(pl.Int64)
    return text
