"""Good files of many kinds, and ways in which they break: seeded, so that the same number makes the same file."""

from __future__ import annotations

import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable, Mapping

import polars as pl

from tests.pipelines.intake.hostile_archives import zipped
from tests.pipelines.intake.hostile_tables import sheet, sheet_rows, workbook

DELIVERY = "comensha_slachtoffers"
SECRET = "ZQ7X9"  # stands in every pseudonym, and so in no sentence
HEADER = "pseudoniem;meldkwartaal;melder;zorgregio;gemeente;leeftijdsgroep;geslacht;nationaliteitsgroep;uitbuitingsvormen;sector"
ROWS = [
    f"{SECRET}-{number:05d};2026Q3;{('politie', 'zorgcoördinatie')[number % 2]};Haaglanden;{('Delft', '', 'Den Haag')[number % 3]};30-39;vrouw;EU;"
    f"{('arbeid', 'seksueel')[number % 2]};{('horeca', 'bouw', '')[number % 3]}"
    for number in range(80)
]
GRID = [line.split(";") for line in (HEADER, *ROWS)]


def _text(delimiter: str = ";", encoding: str = "utf-8", end: str = "\r\n", title: str = "", *, quotes: bool = False) -> bytes:
    lines = [[f'"{cell}"' for cell in row] if quotes else row for row in GRID]
    return (title + end.join(delimiter.join(row) for row in lines) + end).encode(encoding)


def _parquet(compression: str) -> bytes:
    buffer = io.BytesIO()
    _frame().write_parquet(buffer, compression=compression)  # type: ignore[arg-type]
    return buffer.getvalue()


def _frame() -> pl.DataFrame:
    return pl.DataFrame(GRID[1:], schema=GRID[0], orient="row").with_columns(pl.all().replace("", None))


def _excel(title_rows: int) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("Toelichting").write(0, 0, "Synthetische voorbeelddata")
        page = book.add_worksheet("Gegevens")
        for number in range(title_rows):
            page.write(number, 0, "Slachtoffers")
        for number, row in enumerate(GRID, start=title_rows):
            page.write_row(number, 0, row)
    return buffer.getvalue()


def _records() -> bytes:
    return json.dumps([dict(zip(GRID[0], row, strict=True)) for row in GRID[1:]]).encode()


GOOD: Mapping[str, tuple[str, bytes]] = {
    **{f"csv {mark!r} {code}": (".csv", _text(mark, code)) for mark in ";,|" for code in ("utf-8", "utf-8-sig", "cp1252")},
    "csv utf-16": (".csv", _text(encoding="utf-16")),
    "csv utf-16 little end": (".csv", b"\xff\xfe" + _text("\t", "utf-16-le")),
    "csv with quotes": (".csv", _text(quotes=True)),
    "csv with a title": (".csv", _text(title="Slachtoffers\r\n\r\n")),
    "csv of an old Mac": (".csv", _text(end="\r")),
    "txt": (".txt", _text("\t", end="\n")),
    "tsv": (".tsv", _text("\t")),
    "xlsx": (".xlsx", _excel(0)),
    "xlsx with a title": (".xlsx", _excel(3)),
    "xlsx with texts in its cells": (".xlsx", workbook(GRID)),
    "ods": (".ods", sheet(sheet_rows(GRID))),
    **{f"parquet {packed}": (".parquet", _parquet(packed)) for packed in ("zstd", "snappy", "uncompressed")},
    "json": (".json", _records()),
    "zip of csv": (".zip", zipped({f"{DELIVERY}.csv": _text()})),
    "zip of xlsx": (".zip", zipped({f"{DELIVERY}.xlsx": _excel(0)})),
    "zip of parquet": (".zip", zipped({f"{DELIVERY}.parquet": _parquet("zstd")}, zipfile.ZIP_STORED)),
}
Mutation = Callable[[random.Random, bytes], bytes]


def _flip(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 3, 20])):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _replace(what: bytes, *by: bytes) -> Mutation:
    return lambda chance, content: content.replace(what, chance.choice(by), chance.choice([1, 5, -1]))


def _insert(*pieces: bytes) -> Mutation:
    def insert(chance: random.Random, content: bytes) -> bytes:
        place = chance.randrange(len(content))
        return content[:place] + chance.choice(pieces) * chance.choice([1, 2, 50]) + content[place:]

    return insert


def _cut(chance: random.Random, content: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(content)) for _ in range(2))
    return chance.choice([content[:start], content[start:], content[:start] + content[end:]])


def _repeat(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    piece = content[start : start + chance.choice([1, 40, 400])]
    return content[:start] + piece * chance.choice([2, 100, 5_000]) + content[start:]


def _double_header(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join([*lines[: chance.randrange(len(lines)) + 1], *lines[:1], *lines[1:]])


def _shuffle(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def _recode(chance: random.Random, content: bytes) -> bytes:
    text = content.decode("latin-1")
    return chance.choice([text.encode(code) for code in ("utf-8", "utf-16", "utf-16-be", "utf-32", "utf-7", "cp500")])


def _inside(mutation: Mutation) -> Mutation:
    """The same, inside one entry of a zip or workbook, which is packed again as it should be."""

    def inside(chance: random.Random, content: bytes) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):  # broken by an earlier mutation
            return mutation(chance, content)
        name = chance.choice([name for name, packed in entries.items() if packed])
        return zipped(entries | {name: mutation(chance, entries[name])})

    return inside


def _pack(name: str, filling: bytes = b"") -> Mutation:
    return lambda chance, content: zipped({name: content + filling * chance.choice([1_000, 200_000])})


TEXT = (
    _insert(b'"', b"\0", b"\r", b"\n", b"\xe2\x80\xae", b"\xff\xfe", b";", b"\x1b[2J", b"9" * 400, b"=cmd|' /C calc'!A0"),
    _replace(b";", b",", b"\t", b"|", b";;", b""),
    _replace(b"2026Q3", b"2026Q9", b"0206Q3", b"31-02-2026", b"NaN", b"1e400", b""),
    _replace(b"\r\n", b"\n", b"\r", b"\n\r", b"\x85", b""),
    _replace(b"arbeid", b"\xd0\xb0rbeid", b"ARBEID  ", b"'arbeid", b"{}", b"<x>"),
    _double_header,
    _shuffle,
    _recode,
)
BYTES = (_flip, _cut, _repeat, _insert(b"\0", b"PK\x03\x04", b"\xff"), _pack("../../x.csv"), _pack("bom.csv", b"\0" * 1_000), _pack(f"{DELIVERY}.csv"), _recode)
MUTATIONS = (*BYTES, *TEXT, *map(_inside, (_flip, _cut, _repeat, *TEXT)))


def mutant(seed: int) -> tuple[str, str, bytes]:
    """The kind, suffix and bytes of one file that was good: the kinds take turns, one to three mutations each, sometimes under the
    suffix of another kind."""
    chance = random.Random(seed)
    kind = list(GOOD)[seed % len(GOOD)]
    suffix, content = GOOD[kind]
    for _ in range(chance.choice([1, 1, 2, 3])):
        content = chance.choice(MUTATIONS)(chance, content) or b" "
    packed = content.startswith(b"PK") and suffix not in {".zip", ".xlsx", ".ods"}
    suffix = ".zip" if packed and chance.random() < 0.8 else chance.choice([one for one, _ in GOOD.values()]) if chance.random() < 0.05 else suffix
    return kind, suffix, content
