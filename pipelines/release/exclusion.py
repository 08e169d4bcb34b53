"""What decisions of the werkgroep do to a release: a series that was excluded goes out as `onbekend`, with a note that says why.

Exclusion comes after protection. Persons are protected as if the figure went out, so that nobody who subtracts what is shown from a total finds
a small count in the place of an excluded one; sums that hold the figure stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import polars as pl

from pipelines.decisions import Decisions
from pipelines.release.layout import NUMBERS

EXCLUDED = "uitgesloten"
NOTE_TITLE = "Uitgesloten door de werkgroep"
NOTE_KEY = ("indicator_id", "area_level", "area_code", "period")


def steering(findings: Sequence[Mapping[str, Any]], decisions: Decisions) -> list[dict[str, Any]]:
    """Decisions that steer a release with these findings: `uitgesloten`, and `akkoord` on severity fout. One entry each: finding, severity,
    decision, at, role, text, delivery, indicator_id, area_code, period. A decision on a finding that is not there steers nothing."""
    steer = []
    for finding in findings:
        entry = decisions.latest.get(finding["id"])
        if entry is not None and (entry["decision"] == EXCLUDED or (entry["decision"] == "akkoord" and finding["severity"] == "fout")):
            told = {name: entry[name] for name in ("decision", "at", "role", "text")}
            about = {name: finding.get(name) for name in ("severity", "delivery", "indicator_id", "area_code", "period")}
            steer.append({"finding": finding["id"], **told, **about})
    return steer


def excluded_rows(steer: Iterable[Mapping[str, Any]], catalogue: Sequence[Mapping[str, Any]]) -> pl.Expr:
    """Which rows of values are excluded: those of the indicator of a decision, or of all that its delivery is a source of, in its area and period
    where it names one; breakdowns too."""
    tests = [test for one in steer if one["decision"] == EXCLUDED and (test := _rows_of(one, catalogue)) is not None]
    return reduce(or_, tests, pl.lit(value=False))


def _rows_of(one: Mapping[str, Any], catalogue: Sequence[Mapping[str, Any]]) -> pl.Expr | None:
    if one["indicator_id"]:
        indicators = [one["indicator_id"]]
    else:
        indicators = [str(entry["indicator_id"]) for entry in catalogue if one["delivery"] and one["delivery"] in (entry.get("sources") or ())]
    if not indicators:
        return None
    where = [pl.col(name) == one[name] for name in ("area_code", "period") if one[name]]
    return reduce(and_, where, pl.col("indicator_id").is_in(indicators))


def without_excluded(published: pl.DataFrame, excluded: pl.Expr) -> pl.DataFrame:
    """Values (the 15 columns, protected) in which the excluded rows are `onbekend`, without a number."""
    return published.with_columns(
        pl.when(excluded).then(pl.lit("onbekend")).otherwise(pl.col("state")).alias("state"),
        *(pl.when(~excluded).then(name).alias(name) for name in NUMBERS),
    )


def notes_to_excluded(
    steer: Iterable[Mapping[str, Any]], values: pl.DataFrame, catalogue: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]
) -> pl.DataFrame:
    """A note of the werkgroep (a row of the register duiding, with the columns of `schema`) to each area of each series that was excluded: in its
    period, or in the newest where all periods are."""
    notes = [pl.DataFrame(schema=dict(schema))]
    for one in steer:
        if one["decision"] == EXCLUDED and (test := _rows_of(one, catalogue)) is not None:
            rows = values.filter(test).select(NOTE_KEY).sort(NOTE_KEY).unique(NOTE_KEY[:3], keep="last", maintain_order=True)
            said = {"titel": NOTE_TITLE, "tekst": one["text"], "opgesteld_door": "Werkgroep Ketenmonitor", "zichtbaar_voor": "iedereen"}
            number = pl.concat_str(pl.lit(f"besluit {one['finding']}"), *NOTE_KEY[1:], separator=" ")
            told = rows.with_columns(duiding_id=number, datum=pl.lit(one["at"][:10]).str.to_date(), **{name: pl.lit(text) for name, text in said.items()})
            notes.append(told.select(pl.col(name).cast(kind) for name, kind in schema.items()))
    return pl.concat(notes)
