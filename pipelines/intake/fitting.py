"""The right file for the wrong delivery: headings that name another contract better are refused with the name of that one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from data_contracts import all_contracts
from data_contracts.base import Contract
from pipelines.intake.reading import Extract, headings_of, normalise, open_extract
from pipelines.intake.refusal import DeliveryRefused

MOST_BYTES_TRIED = 5_000_000  # a file without a heading of its contract is read again by each other one: 30 times at most


def open_fitting(path: Path, name: str, contract: type[Contract]) -> Extract:
    """Reads a file as `open_extract` does. Raises DeliveryRefused(`andere_levering`) for one that lacks columns of its
    contract and names every column of another, more than it names of its own."""
    try:
        extract = open_extract(path, name, contract)
    except DeliveryRefused as refusal:
        if refusal.rule == "kolom_ontbreekt" and path.stat().st_size <= MOST_BYTES_TRIED:
            for other in _others(contract):
                _try(path, name, contract, other)
        raise
    for other in _others(contract):
        _refuse_if_other(name, extract.headings, contract, other)
    return extract


def _others(contract: type[Contract]) -> list[type[Contract]]:
    delivered = [other for other in all_contracts() if not other.terms().is_fetched and other.terms().delivery != contract.terms().delivery]
    return sorted(delivered, key=lambda other: -len(other.kinds()))


def _try(path: Path, name: str, contract: type[Contract], other: type[Contract]) -> None:
    try:
        headings = open_extract(path, name, other).headings
    except DeliveryRefused:
        return
    _refuse_if_other(name, headings, contract, other)


def _refuse_if_other(name: str, headings: Iterable[str], contract: type[Contract], other: type[Contract]) -> None:
    plain = {normalise(heading) for heading in headings}
    own, theirs = ({column for heading, column in headings_of(each).items() if heading in plain} for each in (contract, other))
    if len(own) < len(contract.kinds()) and len(own) < len(theirs) == len(other.kinds()):
        right, wrong = other.terms(), contract.terms()
        raise DeliveryRefused(
            "andere_levering",
            f"{name}: dit zijn de kolommen van de levering {right.delivery} ({right.title}), niet van {wrong.delivery} ({wrong.title}). "
            f"Laat de bestandsnaam beginnen met {right.delivery}, of lever het goede bestand aan.",
        )
