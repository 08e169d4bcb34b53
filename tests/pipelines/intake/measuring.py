"""Measures the door: what it finds of planted personal data, and how often it refuses a clean file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from data_contracts import all_contracts
from data_contracts.base import Contract
from pipelines.intake.screening import NEVER_ALLOWED, PROSE, screen
from tests.pipelines.intake.planted import Maker, extract_of

COLUMN, CELL = "kolom met namen", "één naam in een cel"


@dataclass(frozen=True)
class Measured:
    """Of each kind how many were planted and how many found; of the clean files how many there were, and what was said of those
    that were refused."""

    planted: Counter[str]
    found: Counter[str]
    clean: int
    refused: list[str]

    @property
    def share(self) -> float:
        """The part of the planted identifiers that was found; names are counted apart."""
        kinds = self.planted.keys() - {COLUMN, CELL}
        return sum(self.found[kind] for kind in kinds) / sum(self.planted[kind] for kind in kinds)

    def __str__(self) -> str:
        identifiers = sum(number for kind, number in self.planted.items() if kind not in {COLUMN, CELL})
        head = f"the door: {self.share:.2%} of {identifiers:,} planted identifiers found, {len(self.refused)} of {self.clean:,} clean files refused"
        return f"{head}\n  " + ", ".join(f"{kind} {self.found[kind]}/{number}" for kind, number in self.planted.items())


def measure(seed: int, *, clean: int, planted: int, names: int) -> Measured:
    """Screens `clean` files without personal data, `planted` files with one identifier in a random cell of a random file, and
    twice `names` files with names: a column of them, and one in a cell."""
    maker, contracts = Maker(seed), all_contracts()
    refused = []
    for number in range(clean):
        contract = contracts[number % len(contracts)]
        refused += [f"{contract.terms().delivery} {said}" for said in _said(contract, maker.clean_frame(contract, maker.random.randint(3, 40)))]
    kinds = list(maker.planted)
    tried = Counter([*(kinds[number % len(kinds)] for number in range(planted)), *[COLUMN, CELL] * names])
    found = Counter({kind: sum(_plant_column(maker) if kind == COLUMN else _plant_cell(maker, kind) for _ in range(number)) for kind, number in tried.items()})
    return Measured(tried, found, clean, refused)


def _said(contract: type[Contract], columns: Mapping[str, list[str]]) -> list[str]:
    return [f"{finding.column}: {finding.kind}" for finding in screen(f"{contract.terms().delivery}_2026Q3.csv", extract_of(columns), contract)]


def _plant_cell(maker: Maker, kind: str) -> bool:
    """Whether one identifier in a random cell is found; contact details go where no contract allows them, sentences where no
    contract asks for text."""
    contract = maker.random.choice(all_contracts())
    columns = maker.clean_frame(contract, maker.random.randint(3, 40))
    fitting = [
        column
        for column, field in contract.kinds().items()
        if (kind in NEVER_ALLOWED or column not in contract.terms().allowed) and (kind != PROSE or field["kind"] != "text")
    ]
    cells = columns[maker.random.choice(fitting)]
    cells[maker.random.randrange(len(cells))] = maker.full_name() if kind == CELL else maker.planted[kind]()
    return bool(_said(contract, columns))


def _plant_column(maker: Maker) -> bool:
    """Whether a column of names is found: under a heading of the contract, one that says nothing, or one that says it."""
    contract = maker.random.choice(all_contracts())
    columns = maker.clean_frame(contract, maker.random.randint(6, 40))
    fitting = [column for column in columns if column not in contract.terms().allowed]
    name, rows = maker.names(), len(columns[fitting[0]])
    columns[maker.random.choice([maker.random.choice(fitting), "kolom 12", "naam slachtoffer"])] = [name() for _ in range(rows)]
    return bool(_said(contract, columns))
