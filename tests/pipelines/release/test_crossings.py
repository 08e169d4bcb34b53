"""Tables by two breakdowns at once, where neither stands alone."""

from __future__ import annotations

import polars as pl

from tests.pipelines.disclosure.frames import GEMEENTEN, entry
from tests.pipelines.release.cases import cells, disclosed


def test_what_is_told_apart_in_two_ways_at_once_adds_up_where_neither_way_alone_is_told() -> None:
    def crossed(sex: str, kind: str, count: int) -> pl.DataFrame:
        more = {"dimension_2": pl.lit("soort"), "category_2": pl.lit(kind)}
        return cells({("district", district): count if district == "D" else 9 for district in GEMEENTEN}, breakdown=("geslacht", sex), **more)

    counts = {("m", "x"): 7, ("m", "y"): 8, ("v", "x"): 5, ("v", "y"): 0}
    total = cells({("district", district): 20 if district == "D" else 36 for district in GEMEENTEN})
    values = pl.concat([total, *(crossed(*group, count) for group, count in counts.items())])
    told = disclosed(values, [entry("i", breakdowns=("geslacht", "soort"))]).values.filter(pl.col("area_code") == "D")
    assert (told["state"] == "geheim").sum() != 1  # the one would be what the others leave of 20
