"""Whom a figure counts by its catalogue entry, and that indicators about the same persons do not tell of each other what each withholds."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.catalogue import load_catalogue
from pipelines.disclosure.universe import ALL, BREAKDOWNS, Categories, UnknownUniverse, each_universe, list_groups, read_terms, write_terms
from tests.pipelines.disclosure.frames import count_indicator, entry
from tests.pipelines.disclosure.test_protection import POLICY, find_narrow, protect_all

NAMES = ("drugs", "geweld", "60+", "onbekend")


def group(about: dict[str, Any], **breakdowns: str) -> dict[str, Any]:
    """Whom a row counts with these breakdowns."""
    divided = [*breakdowns.items(), ("totaal", "totaal"), ("totaal", "totaal")][:2]
    row = dict(zip(BREAKDOWNS, (each for pair in divided for each in pair), strict=True))
    groups = list_groups(pl.DataFrame([{"indicator_id": about["indicator_id"], **row}]), [about])
    return groups.row(0, named=True) if groups.height else {}


def test_a_selection_and_a_breakdown_of_the_same_persons_have_one_address() -> None:
    part, whole = entry("a", universe=["jeugd&delict=drugs"]), entry("b", universe=["jeugd"])
    assert group(part)["whole"] == group(whole, delict="drugs")["whole"] == "delict=drugs"
    assert group(part, leeftijd="12-17")["whole"] == group(whole, leeftijd="12-17", delict="drugs")["whole"] == "delict=drugs&leeftijd=12-17"


def test_the_total_of_one_category_is_that_category() -> None:
    absence = entry("a", universe=["leerlingen&soort=relatief"], breakdowns=("soort*",))
    assert group(absence)["whole"] == group(absence, soort="relatief")["whole"] == "soort=relatief"
    assert group(absence, soort="absoluut")["whole"] == "soort=absoluut"


def test_a_share_has_its_numerator_and_the_rest_of_those_that_it_divides_by() -> None:
    share = entry("a", per=100, universe=["u&leeftijd=!onbekend > leeftijd=0-17"])
    found = group(share, vorm="arbeid")
    assert (found["whole"], found["part"]) == ("leeftijd=!onbekend&vorm=arbeid", "leeftijd=0-17&vorm=arbeid")
    assert found["rest"] == "leeftijd=!0-17;onbekend&vorm=arbeid"


def test_a_breakdown_of_the_numerator_alone_leaves_all_in_the_denominator() -> None:
    found = group(entry("a", per=100, universe=["u > melder"]), melder="politie")
    assert (found["whole"], found["part"], found["rest"]) == ("", "melder=politie", "melder=!politie")


def test_a_share_of_others_has_no_rest() -> None:
    found = group(entry("a", per=100, universe=["zaken&fase=instroom > fase=dagvaarding"]))
    assert (found["whole"], found["part"], found["rest"]) == ("fase=instroom", "fase=dagvaarding", None)


def test_categories_of_one_indicator_can_be_about_others() -> None:
    chain = entry("a", universe=["signaal: incidenten&soort=signaal", "zaak: zaken"], breakdowns=("stap*",))
    assert [(group(chain, stap=each).get("universe"), group(chain, stap=each).get("whole")) for each in ("signaal", "zaak", "vonnis")] == [
        ("incidenten", "soort=signaal"),
        ("zaken", ""),
        (None, None),
    ]


def test_an_indicator_without_a_universe_is_about_its_own() -> None:
    assert (group(entry("a"))["universe"], group(entry("a"), soort="x")["whole"]) == ("a", "soort=x")


@pytest.mark.parametrize(
    ("universe", "per"), [(["U ppercase"], None), (["u&delict"], None), (["u > delict=drugs"], None), (["u", "v"], None), (["u&a=b > c > d"], 100)]
)
def test_a_universe_that_cannot_be_read_is_refused_with_the_name_of_the_indicator(universe: list[str], per: int | None) -> None:
    with pytest.raises(UnknownUniverse, match="mh_x"):
        group(entry("mh_x", universe=universe, per=per))


def test_a_category_with_a_sign_that_means_something_is_refused() -> None:
    with pytest.raises(UnknownUniverse, match="one of the signs"):
        group(entry("a"), soort="x&y")


def categories() -> st.SearchStrategy[Categories]:
    return st.builds(Categories, st.frozensets(st.sampled_from(NAMES), min_size=1), st.booleans()) | st.just(ALL)


def members(some: Categories) -> set[str]:
    return {name for name in (*NAMES, "none of these") if some.holds(name)}


@given(whole=categories(), part=categories())
def test_what_is_left_of_some_categories_without_others_is_told_where_these_are_a_part(whole: Categories, part: Categories) -> None:
    left = whole.without(part)
    if left is None:
        assert not members(part) < members(whole)
    else:
        assert members(left) == members(whole) - members(part)
        assert members(part) < members(whole)


@given(st.dictionaries(st.sampled_from(["delict", "leeftijd", "vorm"]), categories()))
def test_terms_that_are_written_and_read_are_the_same(terms: dict[str, Categories]) -> None:
    assert read_terms(write_terms(terms)) == {name: some for name, some in terms.items() if some != ALL}


def test_each_row_is_in_one_universe_and_indicators_of_the_catalogue_share_them() -> None:
    entries = [each for each in load_catalogue() if each["person_related"]]
    rows = [(each["indicator_id"], "totaal", "totaal", "totaal", "totaal") for each in entries]
    found = {
        universe: {each["indicator_id"] for each in about}
        for universe, _, about in each_universe(pl.DataFrame(rows, schema=["indicator_id", *BREAKDOWNS], orient="row"), entries)
    }
    assert {"ja_drugs", "ja_wapens", "ja_uithalers", "ja_geldezels", "ja_first_offenders_aandeel", "ja_verdachten_12_23"} <= found["jeugd_verdachten"]
    assert {"mh_slachtoffers", "mh_slachtoffers_vorm", "mh_minderjarig_aandeel", "ja_criminele_uitbuiting_minderjarig", "x_dekking_melders"} == found[
        "slachtoffers"
    ]
    assert {"oc_registraties", "oc_aangifte_aandeel", "oc_schade", "oc_slachtoffer_60plus_aandeel"} == found["registraties"]


FAMILY = (
    entry("a", breakdowns=("vorm", "leeftijd"), additivity="som", universe=["u"]),
    entry("b", breakdowns=("leeftijd",), additivity="som", universe=["u&vorm=arbeid"]),
    entry("c", per=100, breakdowns=("leeftijd",), additivity="som", universe=["u > vorm=arbeid"]),
)


def family(seed: int, mean: float) -> pl.DataFrame:
    """All persons; those of one form; and the share of that form: three indicators of the same persons."""
    dims = {"vorm": ("arbeid", "seksueel"), "leeftijd": ("0-17", "18+")}
    levels = ("regio", "district", "gemeente")
    crosses = (("leeftijd", "vorm"),)
    every = count_indicator("a", leaf="gemeente", base="kwartaal", years=range(2024, 2025), dims=dims, mean=mean, levels=levels, crosses=crosses, seed=seed)
    place = ["area_level", "area_code", "period_grain", "period"]
    by_form = every.filter(pl.col("category_1") == "arbeid")
    totals = {"dimension_1": pl.lit("totaal"), "category_1": pl.lit("totaal"), "dimension_2": pl.lit("totaal"), "category_2": pl.lit("totaal")}
    crossed = every.filter(pl.col("dimension_1") == "leeftijd", pl.col("category_2") == "arbeid").with_columns(
        dimension_2=pl.lit("totaal"), category_2=pl.lit("totaal")
    )
    part = pl.concat([by_form.with_columns(**totals), crossed]).with_columns(indicator_id=pl.lit("b"))
    own = every.filter(pl.col("dimension_2") == "totaal", pl.col("dimension_1") != "vorm")
    whole = own.select(*place, *BREAKDOWNS, denominator="numerator")
    share = part.drop("denominator").join(whole, on=[*place, *BREAKDOWNS], maintain_order="left").with_columns(indicator_id=pl.lit("c")).select(every.columns)
    share = share.filter(pl.col("area_level").is_in(["regio", "district"])).with_columns(
        state=pl.when(pl.col("denominator") > 0).then(pl.col("state")).otherwise(pl.lit("nvt"))
    )
    return pl.concat([every.filter(pl.col("dimension_2") == "totaal"), part, share])


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "mean"), [(1, 0.3), (2, 1.0)])
def test_indicators_of_the_same_persons_tell_nothing_of_each_other_and_would_each_by_itself(seed: int, mean: float) -> None:
    values = family(seed, mean)
    together = protect_all(values, FAMILY)
    assert len(together.published)
    assert find_narrow(values, FAMILY, together.published).is_empty()
    alone = []
    for each in FAMILY:
        rows = values.with_row_index("row").filter(pl.col("indicator_id") == each["indicator_id"])
        alone += rows["row"].gather(protect_all(rows.drop("row"), [each], seed=seed).published).to_list()
    assert find_narrow(values, FAMILY, np.array(alone)).height > 0


def test_a_count_that_two_indicators_show_is_shown_by_both_or_by_neither() -> None:
    values = family(2, 1.0)
    outcome = protect_all(values, FAMILY)
    place = ["area_level", "area_code", "period_grain", "period"]
    rows = values.with_row_index("row").with_columns(shown=pl.col("row").is_in(list(outcome.published)))
    one = rows.filter(pl.col("indicator_id") == "a", pl.col("category_1") == "arbeid")
    other = rows.filter(pl.col("indicator_id") == "b", pl.col("category_1") == "totaal")
    beside = one.join(other, on=place)
    assert beside.height
    below = beside.filter(pl.col("numerator") < POLICY.threshold)
    assert not below.select(pl.any_horizontal("shown", "shown_right").any()).item()
