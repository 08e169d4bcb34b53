"""The door: what is known of a file before anything of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data_contracts import contract_of
from pipelines.intake.reading import read_extract
from pipelines.intake.screening import refuse_personal_data


@dataclass(frozen=True)
class Inspection:
    """A file that may be stored: its number of rows."""

    rows: int


def inspect_file(path: Path, name: str, delivery: str) -> Inspection:
    """Reads the file at `path`, called `name`, as a delivery, and looks for personal data. Raises DeliveryRefused."""
    contract = contract_of(delivery)
    extract = read_extract(name, path.read_bytes(), contract)
    refuse_personal_data(name, extract, open_data=not contract.terms().confidential)
    return Inspection(extract.rows.height)
