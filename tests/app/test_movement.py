"""Which figures count as moved, what is new in a release, and the overview that shows both."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from app import changes, movement, tiles
from app.catalogue import Indicator
from app.figures import Area
from app.release import Release
from tests.app.conftest import page_html
from tests.app.release_fixture import catalogue, write_release

OpenPage = Callable[..., AppTest]
REGION = Area("regio", "DH", "Eenheid Den Haag")
REGION_TOTAL = (pl.col("area_code") == "DH") & (pl.col("dimension_1") == "totaal") & (pl.col("period_grain") == "jaar")
Numbers = dict[str, tuple[float, float, float]]


def indicator_of(release: Release, indicator_id: str = "mh_slachtoffers") -> Indicator:
    return next(one for one in release.indicators if one.id == indicator_id)


def with_figures(release: Release, numbers: Numbers, state: str = "waarde", indicator_id: str = "mh_slachtoffers") -> Release:
    """The release with value, lower and upper of the region's figure in these years, and no other year of it."""
    rows = release.values_of(indicator_id).filter(REGION_TOTAL & pl.col("period").is_in(list(numbers)))
    told = pl.DataFrame([(period, *three) for period, three in numbers.items()], schema=["period", "value", "lower", "upper"], orient="row")
    mine = rows.drop("value", "lower", "upper").join(told, on="period").with_columns(state=pl.lit(state)).select(rows.columns)
    return dataclasses.replace(release, by_indicator={**release.by_indicator, indicator_id: mine})


def sentences(release: Release, indicator_id: str = "mh_slachtoffers") -> list[str]:
    return [move.sentence for move in movement.moved(release, REGION, REGION) if move.indicator.id == indicator_id]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"2024": (3.0, 2.6, 3.4), "2025": (4.0, 3.5, 4.5)}, ["Hoger dan in 2024"]),
        ({"2024": (4.0, 3.5, 4.5), "2025": (3.0, 2.6, 3.4)}, ["Lager dan in 2024"]),
        ({"2024": (3.0, 1.0, 7.0), "2025": (4.0, 2.0, 9.0)}, []),
        ({"2024": (3.0, 2.6, 3.5), "2025": (4.0, 3.5, 4.5)}, []),
        ({"2025": (4.0, 3.5, 4.5)}, []),
    ],
)
def test_a_figure_moved_when_its_interval_lies_apart_from_the_one_before(numbers: Numbers, said: list[str], release: Release) -> None:
    assert sentences(with_figures(release, numbers)) == said


def test_a_withheld_figure_and_one_without_an_interval_are_never_said_to_move(release: Release) -> None:
    assert sentences(with_figures(release, {"2024": (3.0, 2.6, 3.4), "2025": (9.0, 8.0, 10.0)}, "geheim")) == []
    assert movement.moved(release, REGION, REGION) == []


def test_nothing_is_compared_across_a_break_in_the_series(release: Release) -> None:
    numbers = {"2021": (3.0, 2.9, 3.1), "2022": (4.0, 3.9, 4.1)}
    assert sentences(with_figures(release, numbers, indicator_id="alg_misdrijven"), "alg_misdrijven") == []
    later = {"2020": (1.0, 0.9, 1.1)} | {"2024": (3.0, 2.9, 3.1), "2025": (4.0, 3.9, 4.1)}
    assert sentences(with_figures(release, later, indicator_id="alg_misdrijven"), "alg_misdrijven") == ["Hoger dan in 2024"]


def test_the_clearest_move_comes_first(release: Release) -> None:
    moving = with_figures(release, {"2024": (3.0, 2.6, 3.4), "2025": (4.0, 3.5, 4.5)})
    both = with_figures(moving, {"2024": (3.0, 2.9, 3.1), "2025": (9.0, 8.0, 10.0)}, indicator_id="ja_verdachten_12_23")
    assert [move.indicator.id for move in movement.moved(both, REGION, REGION)] == ["ja_verdachten_12_23", "mh_slachtoffers"]


def test_a_tile_says_when_its_source_came_and_when_the_next_is_due(release: Release) -> None:
    assert tiles.dates_text(release, indicator_of(release, "oc_registraties")) == "Bijgewerkt 20 november 2026. Volgende levering uiterlijk 31 oktober 2026."
    late = release.deliveries.with_columns(status=pl.lit("te laat"))
    told = tiles.dates_text(dataclasses.replace(release, deliveries=late), indicator_of(release, "oc_registraties"))
    assert told == "Bijgewerkt 20 november 2026. De volgende levering is te laat; verwacht uiterlijk 31 oktober 2026."


def test_a_period_is_new_when_the_older_release_had_no_figure_of_it(release: Release) -> None:
    older = {name: values.filter(pl.col("period") != "2025") for name, values in release.by_indicator.items()}
    found = changes.new_periods(release, dataclasses.replace(release, by_indicator=older))
    assert ("Geregistreerde (mogelijke) slachtoffers mensenhandel", "2025") in found
    assert changes.new_periods(release, release) == []


def test_the_overview_shows_a_figure_per_theme_and_says_that_nothing_moved(open_page: OpenPage) -> None:
    html = page_html(open_page())
    firsts = {entry["theme"]: entry["indicator_id"] for entry in reversed(catalogue())}
    assert all(f'data-indicator="{first}"' in html for first in firsts.values())
    assert html.count("In dit thema is niets duidelijk veranderd") == len(firsts)
    assert "Dit is de eerste release." in html


def test_the_overview_says_what_is_new_since_the_release_before(own_copy: Path, open_page: OpenPage) -> None:
    write_release(own_copy, "2026-11-23T0900-77aa")
    html = page_html(open_page())
    assert "Er zijn geen nieuwe leveringen en geen nieuwe perioden." in html
