"""A partner tests a file before sending it: the same door and the same contract, and nothing is stored."""

from __future__ import annotations

from pathlib import Path

from data_contracts.base import Contract
from pipelines.intake.checking import Judgement, judge
from pipelines.intake.reading import read_extract
from pipelines.intake.screening import refuse_personal_data


def try_file(file: Path, contract: type[Contract]) -> Judgement:
    """Judges a file on the spot. Raises DeliveryRefused with the sentence that the partner would get."""
    extract = read_extract(file.name, file.read_bytes(), contract)
    refuse_personal_data(file.name, extract, open_data=not contract.terms().confidential)
    return judge(file.name, extract, contract)
