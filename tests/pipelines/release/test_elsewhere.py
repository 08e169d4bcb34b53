"""What others have published of persons is known to everybody: whatever is withheld must not follow from it."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from pipelines.disclosure.earlier import recall, unguard
from pipelines.disclosure.figures import read_figures
from pipelines.disclosure.model import DisclosureError
from pipelines.release.elsewhere import with_elsewhere
from tests.pipelines.disclosure.frames import entry
from tests.pipelines.release.cases import cells, states

AGES = {"0-17": 2, "18-22": 25, "23-59": 30, "60+": 3}
MINORS = {"area_level": "regio", "area_code": "DH", "period_grain": "jaar", "period": "2023", "uitsplitsing": {"leeftijd": "0-17"}, "aantal": 2, "noemer": None}


def victims() -> pl.DataFrame:
    """Sixty persons by age, of whom two and three are too few to show."""
    return pl.concat([cells({("regio", "DH"): 60}), *(cells({("regio", "DH"): count}, breakdown=("leeftijd", age)) for age, count in AGES.items())])


def asked(*elsewhere: dict[str, Any]) -> list[dict[str, Any]]:
    """Entry `i` of which a quarter of a table is enough, with what others have published."""
    plain = entry("i", breakdowns=("leeftijd",), additivity="som", elsewhere=list(elsewhere))
    return [{**plain, "policy": {audience: {**policy, "share": 0.25} for audience, policy in plain["policy"].items()}}]


def withheld(*elsewhere: dict[str, Any]) -> set[str]:
    found = states(victims(), asked(*elsewhere))
    assert found["regio", "DH", "2023", "totaal"] == "waarde"
    return {category for (*_, category), state in found.items() if state == "geheim"}


def test_two_small_counts_hide_each_other_until_one_of_them_is_known() -> None:
    assert withheld() == {"0-17", "60+"}
    beside = withheld(MINORS) - {"0-17", "60+"}
    assert beside, "the total less what is shown and the two minors would be the three of 60 and older"


def test_what_others_have_published_is_not_shown_for_that() -> None:
    assert "0-17" in withheld(MINORS)


def test_a_published_figure_that_is_no_longer_what_we_count_gives_nothing_away() -> None:
    assert withheld({**MINORS, "aantal": 4}) == {"0-17", "60+"}


def test_a_published_figure_of_a_period_that_the_release_does_not_have_changes_nothing() -> None:
    assert withheld({**MINORS, "period": "2019"}) == {"0-17", "60+"}


@pytest.mark.parametrize(("count", "is_guarded"), [(20, False), (4, True)])
def test_what_a_published_part_leaves_of_its_whole_needs_no_room_unless_it_is_small(count: int, *, is_guarded: bool) -> None:
    share = cells({("regio", "DH"): 2}, per=100, denominator=pl.lit(2.0 + count))
    catalogue = [entry("i", per=100, elsewhere=[{**MINORS, "uitsplitsing": {}, "aantal": 2, "noemer": 2 + count}])]
    figures = read_figures(share, catalogue)
    known = with_elsewhere(None, share, catalogue)
    assert known is not None
    part = known.filter(pl.col("count") == 2)  # others have said the part alone
    found = unguard(figures._replace(counts=recall(figures.counts.with_columns(threshold=pl.lit(5)), part))).counts
    assert found.filter(pl.col("count") == count)["is_guarded"].to_list() == [is_guarded]


@pytest.mark.parametrize("order", [("leeftijd", "geslacht"), ("geslacht", "leeftijd")])
def test_a_published_crossing_is_found_in_whichever_order_it_is_written(order: tuple[str, str]) -> None:
    category = {"leeftijd": "0-17", "geslacht": "man"}
    crossed = cells({("regio", "DH"): 2}, breakdown=("leeftijd", "0-17")).with_columns(dimension_2=pl.lit("geslacht"), category_2=pl.lit("man"))
    catalogue = [entry("i", breakdowns=("leeftijd", "geslacht"), elsewhere=[{**MINORS, "uitsplitsing": {name: category[name] for name in order}}])]
    told = with_elsewhere(None, crossed, catalogue)
    assert told is not None
    assert told.select("count", "is_shown").rows() == [(2.0, True)]


def test_a_published_share_has_its_whole_beside_it() -> None:
    share = cells({("regio", "DH"): 20}, per=100, denominator=pl.lit(40.0))
    told = with_elsewhere(None, share, [entry("i", per=100, elsewhere=[{**MINORS, "uitsplitsing": {}, "aantal": 20, "noemer": 40}])])
    assert told is not None
    assert sorted(told["count"]) == [20.0, 20.0, 40.0]


@pytest.mark.parametrize("wrong", [{"uitsplitsing": {"leeftijd": "0-18"}}, {"area_code": "Den Haag"}])
def test_a_published_figure_that_no_row_has_is_refused_for_misspelt_it_protects_nobody(wrong: dict[str, Any]) -> None:
    with pytest.raises(DisclosureError, match="1 figures of i that others have published them, and no figure has their area or category"):
        withheld({**MINORS, **wrong})
