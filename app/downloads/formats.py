"""The formats that a reader can choose from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.catalogue import Indicator
from app.downloads.bundle import DUTCH_ENDING, bundle
from app.downloads.csvw import csvw_archive
from app.downloads.dutch import dutch_csv
from app.downloads.extract import Extract, file_stem, make_extract
from app.downloads.parquet import parquet
from app.downloads.picture import pictures
from app.downloads.view import Choice
from app.downloads.workbook import workbook
from app.release import Release


@dataclass(frozen=True)
class FileFormat:
    """A format: `label` and `caption` for the reader, how it is made, the ending of its name and its media type."""

    label: str
    caption: str
    make: Callable[[Extract], bytes]
    ending: str
    mime: str


FORMATS = {
    "xlsx": FileFormat("Excel (XLSX)", "Met een blad toelichting", workbook, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "excel_csv": FileFormat("CSV voor Nederlands Excel", "Puntkomma's en decimale komma", dutch_csv, DUTCH_ENDING, "text/csv"),
    "csvw": FileFormat(
        "CSV voor andere programma's", "Met een beschrijving van de kolommen (CSVW), samen in een zip", csvw_archive, "_csvw.zip", "application/zip"
    ),
    "parquet": FileFormat("Parquet", "Voor Python en R", parquet, ".parquet", "application/vnd.apache.parquet"),
    "zip": FileFormat("Alles in een zip", "Alle formaten, met plaatjes van de pagina, leesmij, licentie en definities", bundle, ".zip", "application/zip"),
}


@dataclass(frozen=True)
class PictureFormat:
    """A kind of picture, as a FileFormat is one of figures."""

    label: str
    caption: str
    ending: str
    mime: str


PICTURES = {
    "png": PictureFormat("Plaatje (PNG)", "Voor een rapport, presentatie of bericht", ".png", "image/png"),
    "svg": PictureFormat("Tekening (SVG)", "Blijft scherp op elke grootte", ".svg", "image/svg+xml"),
}


def make_picture(code: str, release: Release, indicator: Indicator, view: Choice, kind: str) -> bytes:
    """One drawing of the view as a picture; `kind` is the drawing's own."""
    return pictures(make_extract(release, indicator, view), code, kind)[kind]


def picture_name(code: str, release: Release, indicator: Indicator, view: Choice, kind: str) -> str:
    """The name of that picture."""
    return f"{file_stem(release, indicator, view)}_{kind}{PICTURES[code].ending}"


def make_file(code: str, release: Release, indicator: Indicator, view: Choice | None = None) -> bytes:
    """The file in the format `code`: of what `view` shows, or of the whole indicator. Equal input gives equal bytes."""
    return FORMATS[code].make(make_extract(release, indicator, view))


def file_name(code: str, release: Release, indicator: Indicator, view: Choice | None = None) -> str:
    """The name of that file."""
    return file_stem(release, indicator, view) + FORMATS[code].ending
