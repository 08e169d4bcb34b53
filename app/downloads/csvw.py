"""Plain CSV for machines, and beside it what its columns are: metadata in the vocabulary of W3C "CSV on the Web"
(https://www.w3.org/TR/tabular-metadata/)."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from app import wording
from app.downloads.archive import pack
from app.downloads.columns import COLUMNS, KEY, NOTE, NUMBERS, RELEASE_ID, TEXTS
from app.downloads.dutch import number_text, safe_cell
from app.downloads.extract import MAKER, Extract, about, file_stem, states_text

PLAIN_COLUMNS = (*COLUMNS, RELEASE_ID, NOTE)


def plain_csv(extract: Extract) -> bytes:
    """CSV as RFC 4180 has it: UTF-8 without BOM, commas, decimal points, the columns of a release.

    `release_id` and `note` (the synthetic statement) end each row, so that the file says what it is without its metadata too.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in PLAIN_COLUMNS])
    ending = [extract.release.id, safe_cell(extract.release.synthetic_note or "")]
    for row in extract.rows.iter_rows():
        texts, numbers = row[: len(TEXTS)], row[len(TEXTS) :]
        writer.writerow([*map(safe_cell, texts), *(number_text(number, ".") for number in numbers), *ending])
    return text.getvalue().encode("utf-8")


def csvw_metadata(extract: Extract, file_name: str) -> bytes:
    """The metadata of `plain_csv`, which is found under `file_name` beside it; the convention is `<file_name>-metadata.json`."""
    said = dict(about(extract))
    release = extract.release
    table = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": file_name,
        "dc:title": extract.indicator.name,
        "dc:description": " ".join([said.get("definitie", ""), *filter(None, [release.synthetic_note]), said["keuze"]]).strip(),
        "dc:identifier": f"{release.id}/{extract.indicator.id}",
        "dc:created": {"@value": f"{extract.made_at.isoformat(timespec='seconds')}Z", "@type": "xsd:dateTime"},
        "dc:source": extract.sources,
        "dc:publisher": MAKER,
        "dc:rights": said["licentie"],
        "dialect": {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True, "headerRowCount": 1, "commentPrefix": None},
        "notes": [{"onderwerp": subject, "uitleg": text} for subject, text in [*about(extract), ("standen", states_text())]],
        "tableSchema": {"columns": [_column(column.name, column.heading, column.meaning) for column in PLAIN_COLUMNS], "primaryKey": KEY},
    }
    return (json.dumps(table, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _column(name: str, heading: str, meaning: str) -> dict[str, Any]:
    """One column. A text may begin with an apostrophe that keeps a spreadsheet from taking it for a formula."""
    number = name in NUMBERS
    kind: Any = "number" if number else "string"
    if name == "state":
        kind = {"base": "string", "format": "|".join(wording.STATE_MEANING)}
    return {
        "name": name,
        "titles": [name, heading],
        "dc:description": meaning,
        "datatype": kind,
        "required": not number and name != NOTE.name,
        "null": "",
    }


def csvw_archive(extract: Extract) -> bytes:
    """A zip of the plain CSV and its metadata, which a browser could not take along as one file."""
    return pack(csvw_files(extract), extract.made_at)


def csvw_files(extract: Extract) -> dict[str, bytes]:
    """The plain CSV and its metadata under their names."""
    name = f"{file_stem(extract.release, extract.indicator, extract.view)}.csv"
    return {name: plain_csv(extract), f"{name}-metadata.json": csvw_metadata(extract, name)}
