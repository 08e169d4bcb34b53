"""What others have published of persons is known to everybody: whatever is withheld must not follow from it."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from pipelines.disclosure.model import DisclosureError
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


@pytest.mark.parametrize("wrong", [{"uitsplitsing": {"leeftijd": "0-18"}}, {"area_code": "Den Haag"}])
def test_a_published_figure_that_no_row_has_is_refused_for_misspelt_it_protects_nobody(wrong: dict[str, Any]) -> None:
    with pytest.raises(DisclosureError, match="1 figures of i that others have published them, and no figure has their area or category"):
        withheld({**MINORS, **wrong})
