"""The public figures as CSV (RFC 4180): UTF-8 without BOM, commas, decimal points, an empty cell for a number that is not there."""

from __future__ import annotations

import re

import polars as pl

from pipelines.release.layout import COLUMNS, NUMBERS

#: Where a spreadsheet could see a formula begin: first in a cell, also behind blanks, quotes and in full width, and behind a sign at which a
#: program that expects another separator would cut the cell in two. As in app/downloads, which makes CSV for readers.
FORMULA = re.compile(r'(?:\A["\s]*|(?<=[;,\t\r\n])"*)(?=[=+\-@＝＋－＠])')
LARGEST_WHOLE = 2**53


def open_csv(values: pl.DataFrame) -> bytes:
    """Values (the 15 columns, protected) as CSV, in their order. A text that a spreadsheet could take for a formula gets an apostrophe; a
    number has every digit that it has, and a whole one no decimals."""
    texts = [pl.col(name).replace(_apostrophes(values[name])) for name in COLUMNS if name not in NUMBERS]
    content: bytes = values.select(*texts, *map(_digits, NUMBERS)).write_csv(line_terminator="\r\n").encode()
    return content


def same_figures(content: bytes, values: pl.DataFrame) -> bool:
    """Whether CSV of open figures says of every cell what values say: state and numbers, row by row."""
    told = ("state", *NUMBERS)
    read = pl.read_csv(content, columns=told, schema_overrides={name: values.schema[name] for name in told}).select(told)
    return read.equals(values.select(told))


def _apostrophes(texts: pl.Series) -> dict[str, str]:
    safe = {text: FORMULA.sub(r"\g<0>'", text) for text in texts.unique().sort().to_list()}
    return {text: instead for text, instead in safe.items() if instead != text}


def _digits(name: str) -> pl.Expr:
    number = pl.col(name)
    whole = (number == number.round()) & (number.abs() <= LARGEST_WHOLE)
    return pl.when(whole).then(number.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(number.cast(pl.String)).alias(name)
