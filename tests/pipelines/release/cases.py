"""Small tables for the tests of disclosure control, and the states that their cells have in a release."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from pipelines.disclosure.areas import area_parents
from pipelines.release.disclose import Disclosed, disclose
from pipelines.release.memory import Memory
from pipelines.release.proof import proof_problems
from tests.pipelines.disclosure.frames import areas, finish

PARENTS = area_parents(areas())
KEY = ["indicator_id", "area_level", "area_code", "period_grain", "period", "dimension_1", "category_1", "dimension_2", "category_2"]


def cells(counts: dict[tuple[str, str], float], *, period: str = "2023", breakdown: tuple[str, str] = ("totaal", "totaal"), **more: Any) -> pl.DataFrame:
    """A table of indicator `i` from area → count, as a mart has it."""
    per = more.pop("per", None)
    grain = more.pop("grain", "jaar" if len(period) == 4 else "kwartaal" if "Q" in period else "maand")
    rows = [("i", level, code, grain, period, *breakdown, "totaal", "totaal", float(count)) for (level, code), count in counts.items()]
    return finish(pl.DataFrame(rows, schema=[*KEY, "numerator"], orient="row").with_columns(**more), per)


def disclosed(
    values: pl.DataFrame,
    catalogue: list[dict[str, Any]],
    audience: str = "professional",
    *,
    parents: pl.DataFrame = PARENTS,
    before: pl.DataFrame | None = None,
) -> Disclosed:
    """What an audience may see of a first release; its proof must hold."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = disclose(values, catalogue, audience, parents, memory=Memory(Path(folder)), before=before, in_use=None)
        for title, table in outcome.proof.items():
            pq.write_table(table, Path(folder) / f"{title}.parquet")
        assert list(proof_problems(Path(folder), outcome.values, catalogue, audience)) == []
    return outcome


def states(values: pl.DataFrame, catalogue: list[dict[str, Any]], audience: str = "professional") -> dict[tuple[str, str, str, str], str]:
    """State per (level, area, period, category) of what an audience may see."""
    public = disclosed(values, catalogue, audience).values
    hidden = public.filter(~pl.col("state").is_in(["waarde", "voorlopig", "nihil"])).select("value", "numerator", "denominator", "lower", "upper")
    assert hidden.null_count().row(0) == (hidden.height,) * 5
    return {
        (level, area, period, category): state
        for level, area, period, category, state in public.select("area_level", "area_code", "period", "category_1", "state").rows()
    }
