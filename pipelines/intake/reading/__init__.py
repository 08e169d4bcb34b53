"""Reads a partner's file into a table, and says what had to be guessed to get there.

Everything stays text here, because a reader that guesses types turns `007` into 7 and `31-02-2024` into nothing; only
Parquet brings types of its own. One file per form: `delimited` (CSV), `workbooks` (XLSX, ODS), `columnar` (Parquet),
`records` (JSON), `archives` (zip).
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import lzma
import mmap
import string
import zipfile
import zlib
from pathlib import Path
from xml.etree.ElementTree import ParseError

import polars as pl

from data_contracts.base import Contract
from pipelines.intake import limits
from pipelines.intake.reading.decoding import Content
from pipelines.intake.reading.extract import MISSING, SOURCE_ROW, TOTALS, Extract, headings_of, normalise
from pipelines.intake.refusal import DeliveryRefused

__all__ = ["SOURCE_ROW", "SUFFIXES", "TOTALS", "Extract", "headings_of", "normalise", "open_extract", "read_extract"]

TEXTS, WORKBOOKS = (".csv", ".txt", ".tsv"), (".xlsx", ".ods")
SUFFIXES = (*TEXTS, *WORKBOOKS, ".parquet", ".json", ".zip")
BLANK = string.whitespace.encode() + codecs.BOM_UTF8 + codecs.BOM_UTF16
UNREADABLE = (
    *(ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError, NotImplementedError, EOFError),
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, csv.Error, ParseError, pl.exceptions.PolarsError),
)


def open_extract(path: Path, name: str, contract: type[Contract]) -> Extract:
    """Reads the file at `path`, which the partner called `name`, as the contract's delivery. Parquet is scanned from disk and a
    CSV is mapped, so neither is in memory twice. Raises DeliveryRefused."""
    suffix, size = Path(name).suffix.lower(), path.stat().st_size
    _refuse_size(name, suffix, size)
    if suffix == ".parquet" and size:
        return _guarded(name, path, contract)
    if suffix in TEXTS and size:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return read_extract(name, content, contract)
    return read_extract(name, path.read_bytes(), contract)


def read_extract(name: str, content: Content, contract: type[Contract]) -> Extract:
    """Reads the bytes of a file called `name` as the contract's delivery. Raises DeliveryRefused."""
    _refuse_size(name, Path(name).suffix.lower(), len(content))
    if not content[:1000].strip(BLANK) and not content[:].strip(BLANK):
        raise DeliveryRefused("leeg", f"{name}: het bestand is leeg. Lever het opnieuw aan, met een kopregel en gegevens.")
    return _guarded(name, content, contract)


def _refuse_size(name: str, suffix: str, size: int) -> None:
    most = limits.MOST_BYTES_TEXT if suffix in TEXTS else limits.MOST_BYTES_RECORDS if suffix == ".json" else limits.MOST_BYTES
    if size > most:
        raise DeliveryRefused(
            "onleesbaar", f"{name}: het bestand is groter dan de {most / 1e6:.0f} MB die als {suffix} wordt gelezen. Lever het in delen aan, of als Parquet."
        )


def _guarded(name: str, source: Content | Path, contract: type[Contract]) -> Extract:
    """Every error of a reader, which may quote a cell, becomes a refusal that does not."""
    suffix = Path(name).suffix.lower()
    with contextlib.suppress(*UNREADABLE):
        return _with_missing_counted(_read(name, suffix, source, contract), contract)
    raise DeliveryRefused("onleesbaar", f"{name}: het bestand is niet te lezen als {suffix}. Controleer of de upload heel is en lever opnieuw aan.")


def _read(name: str, suffix: str, source: Content | Path, contract: type[Contract]) -> Extract:
    """Each form is imported only where it is met: pyarrow and calamine take 0.3 s."""
    if suffix == ".parquet":
        from pipelines.intake.reading.columnar import read_parquet

        return read_parquet(name, source if isinstance(source, Path) else source[:], contract)
    assert not isinstance(source, Path)
    if suffix in TEXTS:
        from pipelines.intake.reading.delimited import read_delimited

        return read_delimited(name, source, contract)
    if suffix in WORKBOOKS:
        from pipelines.intake.reading.workbooks import read_workbook

        return read_workbook(name, source[:], contract)
    if suffix == ".json":
        from pipelines.intake.reading.records import read_records

        return read_records(name, source[:], contract)
    if suffix == ".zip":
        from pipelines.intake.reading.archives import only_file_of

        inner, content = only_file_of(name, source[:], tuple(known for known in SUFFIXES if known != ".zip"))
        _refuse_size(name, Path(inner).suffix.lower(), len(content))
        extract = _read(name, Path(inner).suffix.lower(), content, contract)
        return Extract(extract.rows, extract.headings, extract.height, {"bestand in de zip": inner, **extract.guesses})
    raise DeliveryRefused("onleesbaar", f"{name}: dit bestandstype wordt niet gelezen. Lever aan als csv, xlsx, ods, parquet, json of zip.")


def _with_missing_counted(extract: Extract, contract: type[Contract]) -> Extract:
    """Tells how many cells of number columns say `.`, `x` or `n.b.`: convert.py reads them as missing, without a failure."""
    known, kinds, types = headings_of(contract), contract.kinds(), extract.rows.collect_schema()
    columns = [heading for heading in extract.headings if kinds.get(known.get(normalise(heading), ""), {}).get("kind") in {"count", "number"}]
    texts = [heading for heading in columns if types[heading] == pl.String]
    if not texts:
        return extract
    letterless = [pl.col(heading).filter(pl.col(heading).str.contains(r"^[^\d<]")) for heading in texts]
    found = extract.rows.select(text.str.strip_chars().str.to_lowercase().is_in(MISSING).sum() for text in letterless).collect()
    signs = int(found.sum_horizontal().item())
    return Extract(extract.rows, extract.headings, extract.height, extract.guesses | ({"tekens voor ontbrekend": signs} if signs else {}))
