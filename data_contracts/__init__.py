"""What partners promised: one Pandera model per delivery. `all_contracts()` finds them, so a new file is enough."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from data_contracts.base import Contract, end_of_period, start_of_period


@functools.cache
def _versions() -> dict[str, tuple[type[Contract], ...]]:
    for module in pkgutil.walk_packages(__path__, prefix=f"{__name__}."):
        importlib.import_module(module.name)
    found: dict[str, list[type[Contract]]] = {}
    for contract in sorted(Contract.__subclasses__(), key=lambda contract: (contract.terms().delivery, contract.terms().from_period)):
        found.setdefault(contract.terms().delivery, []).append(contract)
    return {delivery: tuple(versions) for delivery, versions in found.items()}


def all_contracts() -> tuple[type[Contract], ...]:
    """The newest contract of every delivery, ordered by delivery id."""
    return tuple(versions[-1] for versions in _versions().values())


def versions_of(delivery: str) -> tuple[type[Contract], ...]:
    """Every version of a delivery's contract, oldest first; raises KeyError with the known ids when there is none."""
    if delivery not in _versions():
        raise KeyError(f"unknown delivery {delivery!r}; known: {', '.join(_versions())}")
    return _versions()[delivery]


def contract_of(delivery: str, period: str | None = None) -> type[Contract]:
    """The contract by which a delivery is judged: the newest, or the version that `period` falls under.

    Raises KeyError with the known ids for an unknown delivery.
    """
    versions = versions_of(delivery)
    if period is None:
        return versions[-1]
    until = end_of_period(period)  # not as text: a file about the year 2023 is of a version that holds from 2023Q1
    fitting = [version for version in versions if not version.terms().from_period or start_of_period(version.terms().from_period) <= until]
    return fitting[-1] if fitting else versions[0]
