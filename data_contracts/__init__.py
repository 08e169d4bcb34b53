"""What partners promised: one Pandera model per delivery. `all_contracts()` finds them, so a new file is enough."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from data_contracts.base import Contract


@functools.cache
def all_contracts() -> tuple[type[Contract], ...]:
    """Every contract class in the theme folders, ordered by delivery id."""
    for module in pkgutil.walk_packages(__path__, prefix=f"{__name__}."):
        importlib.import_module(module.name)
    return tuple(sorted(Contract.__subclasses__(), key=lambda contract: contract.terms().delivery))


def contract_of(delivery: str) -> type[Contract]:
    """The contract of a delivery id; raises KeyError with the known ids when there is none."""
    known = {contract.terms().delivery: contract for contract in all_contracts()}
    if delivery not in known:
        raise KeyError(f"unknown delivery {delivery!r}; known: {', '.join(known)}")
    return known[delivery]
