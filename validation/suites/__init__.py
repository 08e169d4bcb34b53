"""One module per mart and question; `all_suites()` lists them in the order of the quality page."""

from __future__ import annotations

from collections.abc import Callable

from validation.checks import Suite
from validation.suites import (
    leveringen,
    mart_indicators_completeness,
    mart_indicators_composition,
    mart_indicators_copies,
    mart_indicators_history,
    mart_indicators_plausibility,
    mart_indicators_rates,
    mart_reconciliation,
    mart_sources,
    release_in_use,
)
from validation.tables import Tables

MODULES = (
    leveringen,
    mart_indicators_completeness,
    mart_indicators_plausibility,
    mart_indicators_composition,
    mart_indicators_history,
    mart_indicators_copies,
    mart_indicators_rates,
    mart_reconciliation,
    mart_sources,
    release_in_use,
)


def all_suites() -> dict[str, Callable[[Tables], Suite]]:
    """Suite name → the function that builds it, so that one that cannot be built does not take the others with it."""
    return {module.NAME: module.build_suite for module in MODULES}
