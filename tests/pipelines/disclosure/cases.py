"""Small tables for the tests of disclosure control, and the states that protection gives their cells."""

from __future__ import annotations

from typing import Any

import polars as pl

from pipelines.disclosure import area_parents, audit, check_certificate, protect
from tests.pipelines.disclosure.frames import areas, finish

PARENTS = area_parents(areas())
KEY = ["indicator_id", "area_level", "area_code", "period_grain", "period", "dimension_1", "category_1", "dimension_2", "category_2"]


def cells(counts: dict[tuple[str, str], float], *, period: str = "2023", breakdown: tuple[str, str] = ("totaal", "totaal"), **more: Any) -> pl.DataFrame:
    """A table of indicator `i` from area → count, as a mart has it."""
    per = more.pop("per", None)
    grain = more.pop("grain", "jaar" if len(period) == 4 else "kwartaal" if "Q" in period else "maand")
    rows = [("i", level, code, grain, period, *breakdown, "totaal", "totaal", float(count)) for (level, code), count in counts.items()]
    return finish(pl.DataFrame(rows, schema=[*KEY, "numerator"], orient="row").with_columns(**more), per)


def states(values: pl.DataFrame, policy: list[dict[str, Any]], audience: str = "professional") -> dict[tuple[str, str, str, str], str]:
    """State per (level, area, period, category) after protection; the audit of the outcome must hold."""
    public = protect(values, policy, audience, PARENTS)
    certificate = audit(public, policy, audience, PARENTS)
    assert certificate["findings"] == []
    assert check_certificate(public.to_arrow(), certificate) == []
    hidden = public.filter(~pl.col("state").is_in(["waarde", "voorlopig", "nihil"])).select("value", "numerator", "denominator", "lower", "upper")
    assert hidden.null_count().row(0) == (hidden.height,) * 5
    return {
        (level, area, period, category): state
        for level, area, period, category, state in public.select("area_level", "area_code", "period", "category_1", "state").rows()
    }
