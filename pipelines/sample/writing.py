"""Writes the sample into an inbox: a year of a delivery is made, cut into its files, dressed, and forgotten."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import polars as pl

from pipelines.sample.files import dress, file_name, put_file
from pipelines.sample.layouts import choose_layout
from pipelines.sample.makers import MAKERS
from pipelines.sample.plan import PROVISIONAL, PartnerFile, plan_files, rows_of
from pipelines.sample.victims import early_fourth_quarter

STRANGE_YEAR, STRANGE_KIND = 2024, "datingfraude"  # one row of one online file names a kind that no contract knows


def write_sample(inbox: Path, *, seed: int = 2023, scale: float = 1.0, today: dt.date) -> list[Path]:
    """Writes synthetic files of all deliveries and registers that partners send, and gives their paths in order of sending.

    The published figures (`PUBLISHED_FIGURES`) are met at any seed and scale. `scale` (1 is the region, 1000 a national load
    test) multiplies records; counts get rows until their grid of areas, periods and categories is full, and grow from there.
    One year of one delivery is in memory at a time. Files of the same name are replaced. Raises ValueError for a scale under
    1, a negative seed, or a date at which nothing is due yet.
    """
    if scale < 1 or seed < 0:
        raise ValueError(f"scale must be 1 or more and seed 0 or more, not {scale} and {seed}")
    inbox.mkdir(parents=True, exist_ok=True)
    by_year = sorted(plan_files(today), key=lambda file: (file.contract.terms().delivery, file.year))
    written = []
    for (delivery, year), files in itertools.groupby(by_year, key=lambda file: (file.contract.terms().delivery, file.year)):
        made = MAKERS[delivery](year, seed, scale)
        written += [(file.sent, write_file(inbox, file, final_rows(file, made, seed), seed)) for file in files if made.height]
    return [path for _, path in sorted(written)]


def write_file(inbox: Path, file: PartnerFile, rows: pl.DataFrame, seed: int) -> Path:
    """Dresses the rows of one file in its partner's layout and puts it in the inbox."""
    layout = choose_layout(file.contract, file.period, rows.height)
    content = dress(rows, file.contract, file.period, layout, seed=seed)
    return put_file(inbox / file_name(file, layout), content, file.sent, packed=layout.suffix if layout.zipped else "")


def final_rows(file: PartnerFile, made: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The rows that a file holds: its period out of the whole year, fewer in a provisional version."""
    delivery = file.contract.terms().delivery
    if file.note == PROVISIONAL and delivery == "comensha_slachtoffers":
        return early_fourth_quarter(made, seed=seed)
    rows = rows_of(file, made)
    if file.note == PROVISIONAL:
        return rows.head(max(1, rows.height * 9 // 10))
    if delivery == "politie_online_registraties" and file.year == STRANGE_YEAR:
        return pl.concat([rows, rows.head(1).with_columns(pl.lit(STRANGE_KIND).alias("delictsoort"), pl.lit(1, dtype=pl.Int64).alias("aantal"))])
    return rows
