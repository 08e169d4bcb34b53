"""Which area lies in which follows from the area list of a release alone: no code of an area stands in the program."""

from __future__ import annotations

import polars as pl

from pipelines.disclosure.areas import area_parents
from tests.pipelines.disclosure.frames import areas


def parents_of(level: str, code: str, frame: pl.DataFrame) -> set[tuple[str, str]]:
    return set(area_parents(frame).filter(child_level=level, child_code=code).select("parent_level", "parent_code").rows())


def test_a_district_of_den_haag_and_its_basisteams_lie_in_abc() -> None:
    assert parents_of("district", "A", areas()) == {("zorgregio", "HGL"), ("abc", "ABC"), ("regio", "DH")}
    assert ("abc", "ABC") in parents_of("basisteam", "C4", areas())
    assert ("abc", "ABC") in parents_of("gemeente", "GM0518", areas())


def test_another_area_of_several_districts_needs_rows_and_no_code() -> None:
    changed = areas().with_columns(
        pl.when((pl.col("area_level") == "district") & pl.col("area_code").is_in(["D", "E"])).then(pl.lit("DE")).otherwise("abc_code").alias("abc_code")
    )
    assert ("abc", "DE") in parents_of("district", "D", changed)
    assert ("abc", "ABC") not in parents_of("district", "D", changed)


def test_a_rest_lies_in_nothing_and_the_region_neither() -> None:
    assert parents_of("district", "onbekend", areas()) == parents_of("regio", "DH", areas()) == set()
