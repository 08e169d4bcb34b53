"""From the release's own area list to a frame of children and parents, which protector and auditor both are given."""

from __future__ import annotations

import polars as pl

PARENT_SCHEMA = {"child_level": pl.String, "child_code": pl.String, "parent_level": pl.String, "parent_code": pl.String}
COLUMNS = (("district_code", "district"), ("zorgregio_code", "zorgregio"), ("abc_code", "abc"))


def area_parents(areas: pl.DataFrame) -> pl.DataFrame:
    """Child level and code → parent level and code, from `areas` (area_level, area_code, district_code, zorgregio_code,
    abc_code).

    Each of the last three columns names the area of its level in which a row lies whole, and is empty where it lies in none.
    Every area lies in the one regio. The rows `onbekend` and `elders` are no areas and get no parent here.
    """
    real = areas.filter(~pl.col("area_code").is_in(["onbekend", "elders"]))
    child = [pl.col("area_level").alias("child_level"), pl.col("area_code").alias("child_code")]
    links = [
        real.filter(pl.col(column).is_not_null() & (pl.col("area_level") != level)).select(
            *child, pl.lit(level).alias("parent_level"), pl.col(column).cast(pl.String).alias("parent_code")
        )
        for column, level in COLUMNS
    ]
    regions = real.filter(pl.col("area_level") == "regio").select(pl.lit("regio").alias("parent_level"), pl.col("area_code").alias("parent_code"))
    if regions.height == 1:
        links.append(real.filter(pl.col("area_level") != "regio").select(*child).join(regions, how="cross"))
    return pl.concat([link.select(list(PARENT_SCHEMA)).cast(PARENT_SCHEMA) for link in links]).unique(maintain_order=True)  # type: ignore[arg-type]
