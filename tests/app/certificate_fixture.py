"""The certificates of the small release: its tables counted as the pipelines count them, and a policy with one exception."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from pipelines.release.tables import count_tables

#: The public policy has one exception, for this indicator.
EXCEPTION = "mh_slachtoffers"
POLICY = {
    "professional": {"share": 0.9, "deepest": 3, "decoys": 0.005, "never": [], "bevestigd": False},
    "publiek": {"share": 0.9, "deepest": 2, "decoys": 0.005, "never": [], "bevestigd": False},
}
NEVER = ["nationaliteitsgroep", "leeftijdsgroep=0-17"]


def certificate(entries: Sequence[dict[str, Any]], values: pl.DataFrame, audience: str) -> dict[str, Any]:
    """What certificate.json says of the audience. values: of the small release, which has the same figures for both audiences; the public certificate
    is of figures of which no breakdown is shown, so that the two differ."""
    persons = {str(entry["indicator_id"]): entry for entry in entries if entry["person_related"]}
    policy = {name: dict(POLICY[audience]) for name in persons}
    if audience == "publiek":
        policy[EXCEPTION] |= {"never": NEVER}
        values = values.with_columns(state=pl.when(pl.col("dimension_1") == "totaal").then("state").otherwise(pl.lit("geheim")))
    return {
        "audience": audience,
        "thresholds": {name: int(entry[f"threshold_{audience}"]) for name, entry in persons.items()},
        "policy": policy,
        "attackers": ["buitenstaander"],
        "indicators": count_tables(values, persons),
        "universes": [],
    }
