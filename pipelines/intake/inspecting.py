"""The door: what is known of a file before anything of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.intake.fitting import open_fitting
from pipelines.intake.refusal import DeliveryRefused
from pipelines.intake.screening import refuse_personal_data
from pipelines.intake.versions import version_for


@dataclass(frozen=True)
class Inspection:
    """A file that may be stored: its number of rows."""

    rows: int


def inspect_file(path: Path, name: str, delivery: str) -> Inspection:
    """Reads the file at `path`, called `name`, as a delivery, and looks for personal data. Raises DeliveryRefused."""
    contract = version_for(path, name, delivery)
    extract = open_fitting(path, name, contract)
    try:
        refuse_personal_data(name, extract, contract)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):  # pages of Parquet are read here for the first time; the error may quote one
        raise DeliveryRefused("onleesbaar", f"{name}: het bestand is beschadigd. Maak het opnieuw en lever het opnieuw aan.") from None
    return Inspection(extract.height)
