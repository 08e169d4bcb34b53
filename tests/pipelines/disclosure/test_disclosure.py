"""The rule of disclosure control, case by case."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from pipelines.disclosure import audit, check_certificate, protect
from tests.pipelines.disclosure.cases import KEY, PARENTS, cells, states
from tests.pipelines.disclosure.frames import SIX, entry, six_indicators


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
    assert protect(values, [entry("i", person_related=False)], "publiek", PARENTS).equals(values)


@pytest.mark.parametrize(
    "policy",
    [
        [],
        [entry("j")],
        [entry("i"), entry("i")],
        [entry("i", threshold_professional=None)],
        [entry("i", threshold_professional=0)],
        [entry("i", person_related=None)],
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


def test_finer_areas_that_add_up_to_a_withheld_table_are_withheld() -> None:
    values = cells({("zorgregio", "HGL"): 40, ("zorgregio", "HM"): 40, ("zorgregio", "onbekend"): 2, ("district", "D"): 20, ("district", "F"): 20})
    assert set(states(values, [entry("i")]).values()) == {"geheim"}


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


def test_a_rest_without_a_place_is_not_given_away_by_the_region_minus_its_parts() -> None:
    zorgregios = {("zorgregio", "HGL"): 30, ("zorgregio", "HM"): 20, ("zorgregio", "onbekend"): 3}
    found = states(cells({("regio", "DH"): 53, **zorgregios}, per=1000), [entry("i", per=1000)])
    assert found["zorgregio", "onbekend", "2023", "totaal"] == "onbekend"
    assert found["zorgregio", "HGL", "2023", "totaal"] == "geheim"
    whole = states(cells({("regio", "DH"): 50, **zorgregios, ("zorgregio", "onbekend"): 0}, per=1000), [entry("i", per=1000)])
    assert whole["zorgregio", "HGL", "2023", "totaal"] == "waarde", "that nobody is without a place is about nobody"


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
    assert protect(values, [entry("i", person_related=False)], "professional", PARENTS)["value"].to_list() == [None]


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown audience"):
        protect(cells({("regio", "DH"): 50}), [entry("i")], "iedereen", PARENTS)


def _leak(values: pl.DataFrame, kind: str, policy: list[dict[str, Any]]) -> None:
    kinds = {finding["kind"] for finding in audit(values, policy, "professional", PARENTS)["findings"]}
    assert kind in kinds


def test_the_auditor_names_planted_leaks_by_itself() -> None:
    policy = [entry("i", breakdowns=("geslacht",))]
    secret = {"state": pl.lit("geheim"), "value": None, "numerator": None}
    _leak(cells({("regio", "DH"): 4}), "small count", policy)
    _leak(cells({("regio", "DH"): 4}).with_columns(state=pl.lit("geheim")), "number in a cell without figure", policy)
    _leak(cells({("regio", "DH"): 400}), "no threshold", [])
    abc = cells({("abc", "ABC"): 3}).with_columns(**secret)
    _leak(pl.concat([cells({("regio", "DH"): 83, **{("district", code): 20 for code in "DEFG"}}), abc]), "recoverable", policy)
    _leak(pl.concat([cells({("district", code): 20 for code in "ABC"}), abc]), "summable", policy)
    half = cells({("district", "A"): 20, ("district", "B"): 3})
    is_small = pl.col("numerator") < 5
    _leak(half.with_columns(*(pl.when(is_small).then(new).otherwise(name).alias(name) for name, new in secret.items())), "half withheld", policy)
    rest = cells({("regio", "DH"): 52, ("zorgregio", "HGL"): 30, ("zorgregio", "HM"): 20})
    unknown = pl.concat([rest, cells({("zorgregio", "onbekend"): 2}).with_columns(state=pl.lit("onbekend"), value=None, numerator=None)])
    _leak(unknown, "small rest", policy)
    _leak(cells({("zorgregio", "HGL"): 30, ("zorgregio", "HM"): 20, ("abc", "ABC"): 30}), "small rest", policy)


def test_a_finding_never_holds_a_figure() -> None:
    certificate = audit(cells({("regio", "DH"): 4}), [entry("i")], "professional", PARENTS)
    assert [finding["sentence"] for finding in certificate["findings"]] == ["i by regio, jaar, total: a published count of persons is below the threshold"]


def test_the_six_indicators_pass_for_both_audiences_and_show_what_is_large_enough() -> None:
    values = six_indicators(months=False)
    for audience in ("professional", "publiek"):
        public = protect(values, SIX, audience, PARENTS)
        certificate = audit(public, SIX, audience, PARENTS)
        assert certificate["findings"] == []
        assert check_certificate(public.to_arrow(), certificate) == []
        shown = public.filter(pl.col("state") == "waarde")
        assert set(shown["indicator_id"]) == {item["indicator_id"] for item in SIX}
        assert public.select(KEY).equals(values.select(KEY))


def test_the_certificate_of_another_frame_does_not_hold() -> None:
    values = six_indicators(range(2023, 2024), months=False)
    public = protect(values, SIX, "publiek", PARENTS)
    certificate = audit(public, SIX, "publiek", PARENTS)
    assert check_certificate(public.head(public.height - 1).to_arrow(), certificate)
    assert check_certificate(values.to_arrow(), certificate)
    assert check_certificate(public.to_arrow(), {**certificate, "findings": [{"kind": "x"}]})
    assert check_certificate(public.to_arrow(), {**certificate, "withheld_tables": certificate["withheld_tables"][1:]})
