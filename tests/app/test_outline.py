"""What there is of an indicator, asked of slices: the same as when all rows are looked through, and a refusal where slices would lie."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest

from app import figures, outline
from app.release import Release
from app.remembered import remembered


@pytest.mark.parametrize("indicator_id", ["alg_misdrijven", "mh_slachtoffers", "mh_slachtoffers_vorm"])
def test_slices_hold_exactly_the_rows_of_their_areas(indicator_id: str, release: Release) -> None:
    indicator = next(one for one in release.indicators if one.id == indicator_id)
    values = release.values_of(indicator_id)
    for area in figures.areas_of(release.names):
        expected = values.filter((pl.col("area_level") == area.level) & (pl.col("area_code") == area.code))
        assert outline.of_areas(release, indicator, area).equals(expected)


def test_values_that_are_not_sorted_by_area_are_refused_and_never_shown_under_another_name(release: Release) -> None:
    indicator = next(one for one in release.indicators if one.id == "mh_slachtoffers")
    shuffled = dataclasses.replace(release, by_indicator={indicator.id: release.values_of(indicator.id).sample(fraction=1.0, shuffle=True, seed=1)})
    with pytest.raises(ValueError, match="not sorted by area"):
        outline.of_areas(shuffled, indicator, figures.areas_of(release.names)[0])


def test_what_is_kept_belongs_to_one_release_and_goes_with_it(release: Release) -> None:
    asked = []

    @remembered(4)
    def name(release: Release, word: str) -> str:
        asked.append(word)
        return f"{release.id} {word}"

    assert [name(release, "a"), name(release, "a")] == [f"{release.id} a"] * 2
    other = dataclasses.replace(release, id="another")
    assert name(other, "a") == "another a"
    assert asked == ["a", "a"]
    assert other.kept is not release.kept
