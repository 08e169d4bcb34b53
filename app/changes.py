"""What changed between two releases, for one audience. Pure: two releases in, counts of figures and names out; no figure itself."""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl

from app import wording
from app.figures import NUMERIC
from app.release import VALUE_COLUMNS, Release

KEY, NUMBERS = VALUE_COLUMNS[:9], VALUE_COLUMNS[10:]


class Change(NamedTuple):
    """How many figures of one indicator are other than before: new ones (of a new period, mostly), gone ones, changed numbers, made final, withheld
    from now on, and shown from now on."""

    name: str
    new: int
    gone: int
    changed: int
    final: int
    withheld: int
    shown: int

    @property
    def is_any(self) -> bool:
        """Whether anything changed at all."""
        return any(self[1:])

    @property
    def row(self) -> dict[str, str]:
        """A row for a table."""
        heads = ("Nieuw", "Vervallen", "Ander getal", "Vastgesteld", "Nu geheim", "Nu getoond")
        return {"Indicator": self.name} | {head: wording.format_number(count) if count else "" for head, count in zip(heads, self[1:], strict=True)}


def changes(new: Release, old: Release) -> list[Change]:
    """Per indicator that changed, in the order of the newer catalogue, those that are gone last."""
    names = {indicator.id: indicator.name for indicator in (*new.indicators, *old.indicators)}
    found = [_change(name, new.values_of(indicator_id), old.values_of(indicator_id)) for indicator_id, name in names.items()]
    return [change for change in found if change.is_any]


def _change(name: str, new: pl.DataFrame, old: pl.DataFrame) -> Change:
    both = new.join(old, on=KEY, how="inner", suffix="_old", nulls_equal=True)
    is_number, was_number = pl.col("state").is_in(NUMERIC), pl.col("state_old").is_in(NUMERIC)
    differs = pl.any_horizontal(pl.col(number).ne_missing(pl.col(f"{number}_old")) for number in NUMBERS)
    tests = {
        "changed": is_number & was_number & differs,
        "final": (pl.col("state_old") == "voorlopig") & (pl.col("state") == "waarde") & ~differs,
        "withheld": (pl.col("state") == "geheim") & was_number,
        "shown": is_number & (pl.col("state_old") == "geheim"),
    }
    counts = both.select(test.sum().alias(which) for which, test in tests.items()).row(0, named=True)
    return Change(name, new.height - both.height, old.height - both.height, **counts)


def deliveries(new: Release, old: Release) -> list[tuple[str, str]]:
    """Deliveries of which this release has files that the older one had not: title, and the periods that they are about."""
    before = {(one.get("delivery"), one.get("sha256")) for one in _used(old)}
    fresh: dict[str, set[str]] = {}
    for one in _used(new):
        if (one.get("delivery"), one.get("sha256")) not in before:
            fresh.setdefault(str(one.get("delivery")), set()).update(one.get("periods", []))
    return sorted((str(new.contract(name).get("title", name)), _span(periods)) for name, periods in fresh.items())


def new_periods(new: Release, old: Release) -> list[tuple[str, str]]:
    """Indicators with a figure of a period that the older release had none of: name, and the newest of these periods. What is newest comes first."""
    found = []
    for indicator in new.indicators:
        filled = [_filled(release.values_of(indicator.id)) for release in (new, old)]
        if fresh := filled[0] - filled[1]:
            found.append((indicator.name, max(fresh, key=wording.end_of_period)))
    return sorted(found, key=lambda one: wording.end_of_period(one[1]), reverse=True)


def _filled(values: pl.DataFrame) -> set[str]:
    return set(values.filter(pl.col("state") != "onbekend")["period"].unique().to_list())


def _used(release: Release) -> list[dict[str, Any]]:
    return [one for one in release.manifest.get("deliveries", []) if one.get("used", True)]


def _span(periods: set[str]) -> str:
    known = sorted(periods, key=wording.end_of_period)
    if not known:
        return "zonder periode"
    ends = [wording.format_period(period) for period in dict.fromkeys((known[0], known[-1]))]
    return " tot en met ".join(ends)
