"""Reads a partner's file into text: one frame of strings, and what had to be guessed to get there.

Everything stays text here, because a reader that guesses types turns `007` into 7 and `31-02-2024` into nothing.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from data_contracts.base import Contract, ODataTable
from pipelines.intake.refusal import DeliveryRefused

SUFFIXES = (".csv", ".txt", ".xlsx", ".json")
HEADER_WITHIN = 30  # rows: the longest title block seen in StatLine and partner files was 9
MOST_CELLS = 20_000_000  # a sheet that declares more is a bomb: 4 KiB with cells A1 and XFD1048576 asks calamine for 512 GiB
MOST_BYTES_UNPACKED = 1_000_000_000
TOTALS = {"totaal", "total", "eindtotaal", "totaal generaal"}


@dataclass(frozen=True)
class Extract:
    """A file as text. `rows` has the file's own headings and `source_row` (line or sheet row, from 1); `guesses` says
    what was guessed: encoding, delimiter, sheet, header row, totals rows left out."""

    rows: pl.DataFrame
    guesses: dict[str, str | int] = field(default_factory=dict)


def normalise(heading: str) -> str:
    """A heading without case, accents, punctuation and stray spaces: `Schade-bedrag (€) ` → `schade_bedrag`."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def headings_of(contract: type[Contract]) -> dict[str, str]:
    """Every normalised heading under which a column may come, with the contract's column."""
    aliases = contract.terms().aliases
    names = {column: (column, *aliases.get(column, ())) for column in contract.kinds()}
    return {normalise(name): column for column, spellings in names.items() for name in spellings}


def read_extract(name: str, content: bytes, contract: type[Contract]) -> Extract:
    """Reads the bytes of a file called `name` as the contract's delivery. Raises DeliveryRefused."""
    if not content.strip():
        raise DeliveryRefused("leeg", f"{name}: het bestand is leeg. Lever het opnieuw aan, met een kopregel en gegevens.")
    suffix = Path(name).suffix.lower()
    try:
        if suffix == ".xlsx":
            return _read_workbook(name, content, contract)
        table = contract.terms().odata
        if suffix == ".json" and table:
            return _read_odata(name, content, table)
        if suffix in {".csv", ".txt"}:
            return _read_text(name, content, contract)
    except (ValueError, KeyError, TypeError, IndexError, zipfile.BadZipFile, csv.Error, UnicodeError, pl.exceptions.PolarsError) as error:
        raise DeliveryRefused(
            "onleesbaar", f"{name}: het bestand is niet te lezen als {suffix} ({type(error).__name__}). Controleer of de upload heel is en lever opnieuw aan."
        ) from None
    raise DeliveryRefused("onleesbaar", f"{name}: dit bestandstype wordt niet gelezen. Lever aan als csv of xlsx.")


def _decode(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def _read_text(name: str, content: bytes, contract: type[Contract]) -> Extract:
    text, encoding = _decode(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    known = headings_of(contract)
    head = "\n".join(text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN])
    delimiter = max(";,\t|", key=lambda mark: max((_matches(row, known) for row in csv.reader(io.StringIO(head), delimiter=mark)), default=0))
    rows = [(number, row) for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1)]
    guesses: dict[str, str | int] = {"codering": encoding, "scheidingsteken": delimiter}
    statline = _read_statline(rows)
    if statline is not None:
        return Extract(statline, guesses | {"opmaak": "StatLine"})
    return _table(name, rows, contract, guesses)


def _matches(row: Sequence[str], known: dict[str, str]) -> int:
    return len({known[normalise(cell)] for cell in row if normalise(cell) in known})


def _table(name: str, rows: list[tuple[int, list[str]]], contract: type[Contract], guesses: dict[str, str | int]) -> Extract:
    """Finds the header row, checks that every row is whole, leaves out empty, source and totals rows."""
    known = headings_of(contract)
    head = rows[:HEADER_WITHIN]
    place = max(range(len(head)), key=lambda index: _matches(head[index][1], known), default=0)
    if not head or _matches(head[place][1], known) < min(2, len(known)):
        columns = ", ".join(contract.kinds())
        raise DeliveryRefused("kolom_ontbreekt", f"{name}: er is geen kopregel gevonden met de kolommen van het contract ({columns}). Controleer de levering.")
    header = [cell.strip() for cell in head[place][1]]
    while header and not header[-1]:
        header.pop()
    body = [(number, row) for number, row in rows[place + 1 :] if any(cell.strip() for cell in row) and not _is_footer(row)]
    if not body:
        raise DeliveryRefused(
            "leeg", f"{name}: er staan geen gegevens onder de kopregel. Lever het bestand met gegevens aan, of meld dat er niets te melden is."
        )
    torn = [number for number, row in body if len(row) < len(header) or any(cell.strip() for cell in row[len(header) :])]
    if torn:
        raise DeliveryRefused(
            "half",
            f"{name}: {len(torn)} rij(en) hebben een ander aantal velden dan de kopregel ({len(header)}), de eerste is regel {torn[0]}. "
            "Waarschijnlijk is het bestand half geschreven: lever het opnieuw en volledig aan.",
        )
    frame = pl.DataFrame(
        {"source_row": [number for number, _ in body]}
        | {title: [row[index].strip() for _, row in body] for index, title in enumerate(_distinct(name, header))},
        schema_overrides={"source_row": pl.Int64},
    )
    return Extract(frame, guesses | {"kopregel": head[place][0]})


def _is_footer(row: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(filled) == 1 and filled[0].lower().startswith(("bron:", "bron ", "toelichting:"))


def _distinct(name: str, header: list[str]) -> list[str]:
    twice = {title for title in header if header.count(title) > 1}
    if twice or "source_row" in header:
        raise DeliveryRefused("kolom_onbekend", f"{name}: {len(twice) or 1} kolomkop(pen) komen dubbel voor of zijn leeg. Geef elke kolom een eigen kop.")
    return header


def _read_statline(rows: list[tuple[int, list[str]]]) -> pl.DataFrame | None:
    """A StatLine download: rows `Onderwerp`, `Perioden` and a region heading, then a value per topic and year; else None.

    One row comes out per region and period, with a column per topic; a cell with a dot or nothing is no observation.
    """
    marks = {normalise(row[0]): index for index, (_, row) in reversed(list(enumerate(rows[:HEADER_WITHIN]))) if row}
    if not {"onderwerp", "perioden"} <= marks.keys():
        return None
    topics, periods = rows[marks["onderwerp"]][1], rows[marks["perioden"]][1]
    start = max(marks["onderwerp"], marks["perioden"]) + 1
    region = rows[start][1][0]
    cells = [
        (row[0].strip(), periods[index].strip(), topics[index].strip(), row[index].strip())
        for _, row in rows[start + 1 :]
        if len(row) == len(topics)
        for index in range(1, len(row))
        if row[index].strip() not in {"", ".", "-", "x"}
    ]
    long = pl.DataFrame(cells, schema=[region, "Perioden", "topic", "value"], orient="row")
    wide = long.pivot("topic", index=[region, "Perioden"], values="value")
    return wide.select(pl.int_range(1, pl.len() + 1).alias("source_row"), pl.all())  # several periods share a line of the file


def _read_workbook(name: str, content: bytes, contract: type[Contract]) -> Extract:
    _refuse_oversized_workbook(name, content)
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {title: workbook.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in workbook.sheet_names}
    except python_calamine.CalamineError as error:
        raise ValueError("workbook") from error
    known = headings_of(contract)
    score = {title: max((_matches([_as_text(cell) for cell in row], known) for row in rows[:HEADER_WITHIN]), default=0) for title, rows in sheets.items()}
    best = max(score, key=lambda title: score[title])
    rows = [(number, [_as_text(cell) for cell in row]) for number, row in enumerate(sheets[best], start=1)]
    return _table(name, rows, contract, {"blad": best})


def _refuse_oversized_workbook(name: str, content: bytes) -> None:
    """Looks at the declared cells before a reader that would allocate for them (it aborts the process, uncatchable)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        too_big = unpacked > MOST_BYTES_UNPACKED
        for entry in archive.infolist():
            if too_big or not re.fullmatch(r"xl/worksheets/[^/]+\.xml", entry.filename):
                continue
            cells = re.findall(rb'r="([A-Z]{1,3})(\d{1,7})"', archive.read(entry))
            columns = max((_column_number(letters) for letters in {letters for letters, _ in cells}), default=0)
            too_big = columns * max((int(row) for _, row in cells), default=0) > MOST_CELLS
    if too_big:
        raise DeliveryRefused("onleesbaar", f"{name}: de werkmap is te groot om veilig te openen. Verwijder lege of verborgen cellen ver buiten de tabel.")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _read_odata(name: str, content: bytes, table: ODataTable) -> Extract:
    """The answer of an OData v4 service as `odata.py` keeps it: observations of one measure, `Impossible` ones left out."""
    answer = json.loads(content)
    observations: Iterable[dict[str, object]] = answer["value"]
    wanted = [row for row in observations if row["Measure"] == table.measure]
    possible = [row for row in wanted if row["Value"] is not None]
    missing = [row for row in wanted if row["Value"] is None and row["ValueAttribute"] != "Impossible"]
    if missing:
        raise DeliveryRefused("onleesbaar", f"{name}: {len(missing)} waarneming(en) zonder waarde en zonder de reden 'Impossible'. Haal de tabel opnieuw op.")
    scope = [row for row in possible if str(row["RegioS"]).startswith("GM") and str(row["Perioden"]).endswith("JJ00")]
    if not scope:
        raise DeliveryRefused("leeg", f"{name}: het antwoord bevat geen waarnemingen van {table.measure} per gemeente en jaar. Haal de tabel opnieuw op.")
    data: dict[str, list[object]] = {"source_row": list(range(1, len(scope) + 1))}
    for dimension, column in table.columns.items():
        codes = table.codes.get(dimension, {})
        texts = [str(row[dimension]).strip() for row in scope]
        data[column] = [codes.get(text, text[:4] if dimension == "Perioden" else text) for text in texts]
    data[table.value_column] = [_as_text(row["Value"]) for row in scope]
    return Extract(pl.DataFrame(data, schema_overrides={"source_row": pl.Int64}), {"tabel": table.table, "buiten bereik": len(list(wanted)) - len(scope)})
