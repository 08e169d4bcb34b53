"""Which figures an audience never sees, whatever their size: the breakdowns and categories that policy names in `never`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from pipelines.disclosure.model import DisclosureError
from pipelines.policy import AudiencePolicy


def never_shown(values: pl.DataFrame, policies: Mapping[str, AudiencePolicy | None]) -> np.ndarray:
    """The rows of `values` (the 15 columns of a release) that policy (by indicator_id) never shows.

    Raises DisclosureError for a category that no row has though its breakdown is there: misspelt, it would be shown.
    """
    found, absent, present = np.zeros(values.height, dtype=bool), set[str](), set[str]()
    for indicator_id, policy in policies.items():
        for name in policy.never if policy else ():
            dimension, _, category = name.partition("=")
            rows = _rows(values, indicator_id, dimension, category)
            if rows.any():
                present.add(name)
            elif _rows(values, indicator_id, dimension, "").any():
                absent.add(name)
            found |= rows
    if strange := sorted(absent - present):
        raise DisclosureError(f"policy never shows {', '.join(strange)}, and no figure has it: correct `never` in the policy file")
    return found


def _rows(values: pl.DataFrame, indicator_id: str, dimension: str, category: str) -> np.ndarray:
    """Rows of an indicator with a category of a breakdown; with an empty category, of any."""
    named = [(pl.col(f"dimension_{k}") == dimension) & ((pl.col(f"category_{k}") == category) | (category == "")) for k in (1, 2)]
    return values.select((pl.col("indicator_id") == indicator_id) & pl.any_horizontal(named)).to_series().to_numpy()
