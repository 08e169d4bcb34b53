"""The rule of disclosure control, case by case."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from pipelines.disclosure.model import DisclosureError
from pipelines.policy import PolicyBroken
from tests.pipelines.disclosure.frames import GEMEENTEN, SIX, entry
from tests.pipelines.release.cases import KEY, cells, disclosed, states
from tests.pipelines.release.inputs import small_values


def test_one_small_count_withholds_the_whole_table_zeros_included() -> None:
    found = states(cells({("gemeente", "GM0503"): 40, ("gemeente", "GM0603"): 4, ("gemeente", "GM1783"): 0}), [entry("i")])
    assert set(found.values()) == {"geheim"}


def test_a_table_with_all_counts_at_the_threshold_is_published() -> None:
    found = states(cells({("gemeente", "GM0503"): 5, ("gemeente", "GM0603"): 9}), [entry("i")])
    assert set(found.values()) == {"waarde"}
    assert set(states(cells({("gemeente", "GM0503"): 5, ("gemeente", "GM0603"): 9}), [entry("i")], "publiek").values()) == {"geheim"}


def test_a_small_count_in_one_year_withholds_the_other_years_too() -> None:
    values = pl.concat([cells({("regio", "DH"): 4}, period="2022"), cells({("regio", "DH"): 56}, period="2023")])
    assert set(states(values, [entry("i")]).values()) == {"geheim"}


@pytest.mark.parametrize(("numerator", "denominator"), [(3, 40), (20, 23), (20, 20)])
def test_a_share_counts_numerator_denominator_and_the_rest(numerator: float, denominator: float) -> None:
    values = cells({("regio", "DH"): numerator}, per=100, denominator=pl.lit(float(denominator)))
    assert set(states(values, [entry("i", per=100)]).values()) == {"geheim"}
    good = cells({("regio", "DH"): 20}, per=100, denominator=pl.lit(40.0))
    assert set(states(good, [entry("i", per=100)]).values()) == {"waarde"}


def test_figures_that_are_not_about_persons_are_left_as_they_are() -> None:
    values = cells({("gemeente", "GM0503"): 0, ("gemeente", "GM0603"): 1})
    assert disclosed(values, [entry("i", person_related=False)], "publiek").values.equals(values)


@pytest.mark.parametrize(
    "policy",
    [
        [],
        [entry("j")],
        [entry("i"), entry("i")],
        [entry("i", threshold_professional=None)],
        [entry("i", threshold_professional=0)],
        [entry("i", person_related=None)],
        [entry("i", policy=None)],
        [{"indicator_id": "i"}],
    ],
)
def test_what_the_catalogue_does_not_say_plainly_is_withheld(policy: list[dict[str, Any]]) -> None:
    assert set(states(cells({("regio", "DH"): 500}), policy).values()) == {"geheim"}


def test_a_breakdown_that_the_catalogue_does_not_name_is_withheld() -> None:
    values = pl.concat([cells({("regio", "DH"): 90}), cells({("regio", "DH"): 90}, breakdown=("geslacht", "man"))])
    found = states(values, [entry("i")])
    assert found["regio", "DH", "2023", "man"] == "geheim"
    assert found["regio", "DH", "2023", "totaal"] == "waarde"


def never(*names: str, audience: str = "publiek") -> list[dict[str, Any]]:
    """Entry `i` with what one audience never sees."""
    plain = entry("i", breakdowns=("geslacht", "nationaliteit"), additivity="som")
    return [{**plain, "policy": {**plain["policy"], audience: {**plain["policy"][audience], "never": list(names)}}}]


def people() -> pl.DataFrame:
    """Ninety persons by sex and by nationality, all counts large."""
    parts = [("geslacht", "man"), ("geslacht", "vrouw"), *(("nationaliteit", name) for name in "abc")]
    return pl.concat([cells({("regio", "DH"): 90}), *(cells({("regio", "DH"): 45 if part[0] == "geslacht" else 30}, breakdown=part) for part in parts)])


def test_a_breakdown_that_policy_never_shows_is_withheld_whole_from_that_audience_alone() -> None:
    found = {audience: states(people(), never("nationaliteit"), audience) for audience in ("professional", "publiek")}
    assert {category for (*_, category), state in found["publiek"].items() if state == "geheim"} == set("abc")
    assert set(found["professional"].values()) == {"waarde"}


def test_a_category_that_policy_never_shows_cannot_be_found_as_what_is_left() -> None:
    found = states(people(), never("geslacht=vrouw"), "publiek")
    assert {found["regio", "DH", "2023", sex] for sex in ("man", "vrouw")} == {"geheim"}
    assert found["regio", "DH", "2023", "totaal"] == "waarde"


def test_a_category_that_no_figure_has_is_refused_for_misspelt_it_would_be_shown() -> None:
    with pytest.raises(DisclosureError, match="never shows geslacht=vrouwen, and no figure has it"):
        states(people(), never("geslacht=vrouwen"), "publiek")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"deepst": 2}, "i for publiek: deepst: Extra inputs"),
        ({"share": "0.9"}, "i for publiek: share: "),
        ({"deepest": True}, "i for publiek: deepest: "),
        ({"never": "nationaliteit"}, "i for publiek: never: "),
        ({"bevestigd": "nee"}, "i for publiek: bevestigd: "),
    ],
)
def test_a_policy_that_is_no_policy_is_refused_with_its_indicator_and_field(change: dict[str, Any], said: str) -> None:
    wrong = entry("i")
    wrong["policy"]["publiek"] |= change
    with pytest.raises(PolicyBroken, match=said):
        states(people(), [wrong], "publiek")


def test_the_share_that_policy_asks_decides_whether_a_table_with_gaps_goes_out() -> None:
    gemeenten = dict.fromkeys([("gemeente", code) for codes in GEMEENTEN.values() for code in codes][:10], 20)
    values = cells({("regio", "DH"): 20 * 9 + 3, **gemeenten, ("gemeente", "GM0503"): 3})
    asked = entry("i", additivity="som")
    outcome = {}
    for share in (0.9, 0.5):
        asked["policy"]["professional"]["share"] = share
        outcome[share] = [state for (level, *_), state in states(values, [asked]).items() if level == "gemeente"].count("waarde")
    assert outcome == {0.9: 0, 0.5: 8}


def test_finer_areas_go_out_where_nothing_of_a_withheld_table_follows_from_them() -> None:
    zorgregios = {("zorgregio", "HGL"): 43, ("zorgregio", "HM"): 3}
    found = states(cells({**zorgregios, ("district", "D"): 20, ("district", "E"): 23}), [entry("i")])
    assert {state for (level, *_), state in found.items() if level == "zorgregio"} == {"geheim"}
    assert {state for (level, *_), state in found.items() if level == "district"} == {"waarde"}
    region = states(cells({("regio", "DH"): 46, **zorgregios, ("abc", "ABC"): 20, ("district", "D"): 11, ("district", "E"): 12}), [entry("i")])
    assert len({code for (level, code, *_), state in region.items() if state == "geheim"} - {"HGL", "HM"}) >= 1, "else HM is the region less the rest"


def test_finer_periods_and_breakdowns_that_add_up_to_a_withheld_table_are_withheld() -> None:
    year = pl.concat([cells({("regio", "DH"): 3}, period="2021"), cells({("regio", "DH"): 80}, period="2022")])
    quarters = pl.concat([cells({("regio", "DH"): 20}, period=f"2022Q{q}") for q in range(1, 5)])
    sexes = pl.concat([cells({("regio", "DH"): 40}, period="2022", breakdown=("geslacht", category)) for category in ("man", "vrouw")])
    assert set(states(pl.concat([year, quarters, sexes]), [entry("i", breakdowns=("geslacht",))]).values()) == {"geheim"}


def test_a_breakdown_with_several_values_does_not_add_up_so_it_can_stay() -> None:
    total = pl.concat([cells({("regio", "DH"): 3}, period="2021"), cells({("regio", "DH"): 56}, period="2023")])
    forms = pl.concat([cells({("regio", "DH"): n}, breakdown=("vorm", name)) for name, n in (("crimineel", 12), ("arbeid", 22), ("seksueel", 31))])
    found = states(pl.concat([total, forms]), [entry("i", breakdowns=("vorm*",))])
    assert found["regio", "DH", "2023", "totaal"] == "geheim"
    assert found["regio", "DH", "2023", "arbeid"] == "waarde"


def test_den_haag_cannot_be_found_as_the_region_minus_the_other_districts() -> None:
    districts = {("district", code): 20 for code in "DEFG"}
    found = states(cells({("regio", "DH"): 83, ("abc", "ABC"): 3, **districts}), [entry("i")])
    assert found["abc", "ABC", "2023", "totaal"] == "geheim"
    assert found["district", "D", "2023", "totaal"] == "geheim"
    assert found["regio", "DH", "2023", "totaal"] == "waarde", "the region's total is the last to go"


def test_den_haag_as_gemeente_may_follow_from_den_haag_as_abc() -> None:
    gemeenten = {("gemeente", "GM0637"): 30, ("gemeente", "GM0629"): 1, ("gemeente", "GM0518"): 60}
    found = states(cells({("regio", "DH"): 91, ("abc", "ABC"): 60, **gemeenten}), [entry("i")])
    assert found["abc", "ABC", "2023", "totaal"] == "waarde"
    assert found["gemeente", "GM0518", "2023", "totaal"] == "geheim"


@pytest.mark.parametrize("rest", [0, 3])
def test_what_haaglanden_has_beside_den_haag_does_not_follow_when_it_is_small(rest: int) -> None:
    zorgregios = {("zorgregio", "HGL"): 30 + rest, ("zorgregio", "HM"): 20}
    found = states(cells({**zorgregios, ("abc", "ABC"): 30, ("district", "D"): rest, ("district", "E"): 0}), [entry("i")])
    assert found["abc", "ABC", "2023", "totaal"] == "geheim", "districts D and E would be known to be small"
    assert found["zorgregio", "HGL", "2023", "totaal"] == "waarde"


def test_who_has_no_place_is_not_guarded_for_no_place_leads_to_them() -> None:
    zorgregios = {("zorgregio", "HGL"): 30, ("zorgregio", "HM"): 20, ("zorgregio", "onbekend"): 3}
    found = states(cells({("regio", "DH"): 53, **zorgregios}, per=1000), [entry("i", per=1000)])
    assert found["zorgregio", "onbekend", "2023", "totaal"] == "onbekend"
    assert found["zorgregio", "HGL", "2023", "totaal"] == "waarde"


def test_one_small_count_of_many_takes_one_more_along_and_leaves_the_rest() -> None:
    gemeenten = dict.fromkeys([("gemeente", code) for codes in GEMEENTEN.values() for code in codes], 20)
    counts = {("regio", "DH"): 20 * 26 + 3, **gemeenten, ("gemeente", "GM0518"): 20, ("gemeente", "GM0503"): 3}
    found = states(cells(counts), [entry("i", additivity="som")])
    withheld = [code for (_, code, _, _), state in found.items() if state == "geheim"]
    assert "GM0503" in withheld
    assert len(withheld) == 2
    assert found["regio", "DH", "2023", "totaal"] == "waarde"


def test_a_withheld_table_shows_unknown_cells_only_where_no_delivery_came() -> None:
    values = pl.concat(
        [
            cells({("gemeente", "GM0503"): 3, ("gemeente", "GM0603"): 9}, period=period, breakdown=("geslacht", sex))
            for period in ("2022", "2023")
            for sex in "mv"
        ]
    )
    unknown = ((pl.col("period") == "2022") & (pl.col("area_code") == "GM0603")) | ((pl.col("area_code") == "GM0503") & (pl.col("category_1") == "m"))
    values = values.with_columns(
        state=pl.when(unknown).then(pl.lit("onbekend")).otherwise("state"), **{n: pl.when(~unknown).then(n) for n in ("value", "numerator")}
    )
    found = states(values, [entry("i", breakdowns=("geslacht",))])
    assert found["gemeente", "GM0603", "2022", "m"] == "onbekend", "nothing came of this gemeente and year"
    assert found["gemeente", "GM0503", "2023", "m"] == "geheim", "a partner's own '<5' must not show"


def test_numbers_in_cells_without_figure_never_pass() -> None:
    values = cells({("regio", "DH"): 50}).with_columns(state=pl.lit("onbekend"))
    assert disclosed(values, [entry("i", person_related=False)]).values["value"].to_list() == [None]


def test_the_six_indicators_have_a_proof_for_both_audiences_and_show_what_is_large_enough() -> None:
    values = small_values()
    for audience in ("professional", "publiek"):
        public = disclosed(values, SIX, audience).values
        assert set(public.filter(pl.col("state") == "waarde")["indicator_id"]) == {item["indicator_id"] for item in SIX}
        assert public.select(KEY).equals(values.select(KEY))


def test_three_years_together_are_published_where_a_single_year_is_too_small() -> None:
    years = [cells({("regio", "DH"): count}, period=str(year)) for year, count in ((2021, 3), (2022, 4), (2023, 2), (2024, 6))]
    windows = [cells({("regio", "DH"): count}, period=period, grain="drie_jaar") for period, count in (("2021/23", 9), ("2022/24", 12))]
    found = states(pl.concat([*years, *windows]), [entry("i")])
    assert {period: state for (_, _, period, _), state in found.items()} == {
        **dict.fromkeys(("2021", "2022", "2023", "2024"), "geheim"),
        **dict.fromkeys(("2021/23", "2022/24"), "waarde"),
    }


def test_a_school_year_is_judged_like_a_year() -> None:
    small = cells({("gemeente", "GM0503"): 4, ("gemeente", "GM0603"): 60}, period="2023/24", grain="schooljaar")
    assert set(states(small, [entry("i")]).values()) == {"geheim"}
    large = cells({("gemeente", "GM0503"): 40, ("gemeente", "GM0603"): 60}, period="2023/24", grain="schooljaar")
    assert set(states(large, [entry("i")]).values()) == {"waarde"}


def test_a_share_of_nothing_counts_as_nobody_and_withholds_its_table() -> None:
    good = cells({("gemeente", "GM0503"): 20}, per=100, denominator=pl.lit(40.0))
    nothing = cells({("gemeente", "GM0603"): 0}, per=100, denominator=pl.lit(40.0)).with_columns(
        state=pl.lit("nvt"), **dict.fromkeys(("value", "numerator", "denominator", "lower", "upper"), pl.lit(None, pl.Float64))
    )
    assert set(states(pl.concat([good, nothing]), [entry("i", per=100)]).values()) == {"geheim"}
