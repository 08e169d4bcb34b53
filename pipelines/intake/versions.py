"""Contract versions stand side by side: a file is met at the door and judged by the version of its period."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from data_contracts import contract_of, versions_of
from data_contracts.base import Contract
from pipelines.intake.columns import columns_of
from pipelines.intake.convert import convert
from pipelines.intake.file_periods import period_of_name, periods_of
from pipelines.intake.reading import open_extract
from pipelines.intake.refusal import DeliveryRefused


def version_for(path: Path, name: str, delivery: str) -> type[Contract]:
    """The version that the period of the file's name falls under, else that of its rows; the newest where nothing tells.

    The file is read only where its name says no period and there is more than one version. Raises DeliveryRefused for a
    file that no version can read, or whose rows are of another version than its columns.
    """
    newest = contract_of(delivery)
    said = period_of_name(name, newest.terms())
    if said or len(versions_of(delivery)) == 1:
        return contract_of(delivery, said)
    refusals = []
    for contract in reversed(versions_of(delivery)):
        try:
            periods = _periods_in(path, name, contract)
        except DeliveryRefused as refusal:
            refusals.append(refusal)
            continue
        if not periods or contract_of(delivery, periods[-1]) is contract:
            return contract
    if refusals:
        raise refusals[0]
    raise DeliveryRefused(
        "periode",
        f"{name}: de rijen gaan over perioden van een andere versie van de leveringsafspraak dan hun kolommen. Gebruik de afspraak van de periode.",
    )


def _periods_in(path: Path, name: str, contract: type[Contract]) -> list[str]:
    extract, column = open_extract(path, name, contract), contract.terms().period_column
    heading = columns_of(name, extract.headings, contract)[column]
    cells = extract.rows.select(pl.col(heading).alias(column), "source_row").unique(column).collect()
    return periods_of(convert(cells, contract)[0][column], contract.terms())
