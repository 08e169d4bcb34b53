"""Which areas are of a gemeente: itself, what it is cut into, and what it lies in."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl


def own_areas(areas: pl.DataFrame, gemeenten: Iterable[str]) -> list[str]:
    """Codes of these gemeenten and of the areas around them, for the areas of a release: wijken, district, zorgregio and the region; of Den Haag
    also the districts and basisteams into which it is cut."""
    mine = areas.filter((pl.col("area_level") == "gemeente") & pl.col("area_code").is_in(list(gemeenten)))
    around = {code for name in ("district_code", "zorgregio_code", "abc_code") for code in mine[name].drop_nulls()}
    inside = areas.filter(
        (pl.col("area_level") == "regio")
        | pl.col("abc_code").is_in(mine["abc_code"].drop_nulls().implode())
        # a CBS code of a wijk begins with the digits of its gemeente
        | ((pl.col("area_level") == "wijk") & pl.format("GM{}", pl.col("area_code").str.slice(2, 4)).is_in(mine["area_code"].implode()))
    )
    return sorted({*mine["area_code"], *around, *inside["area_code"]})
