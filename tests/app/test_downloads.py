"""What readers take along: every format holds exactly the published rows, says where they come from, and no withheld number."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from app.catalogue import Breakdown, Indicator
from app.downloads.columns import KEY
from app.downloads.dutch import PLAIN_NUMBER, number_text, safe_cell
from app.downloads.formats import FORMATS, file_name, make_file
from app.downloads.view import View
from app.figures import Area
from app.release import Release
from tests.app.reading import NUMBERS, assert_same_figures, figures_of, words_of
from tests.app.release_fixture import NOTE, RELEASE_ID

DELFT, REGION = Area("gemeente", "GM0503", "Delft"), Area("regio", "DH", "politie-eenheid Den Haag")
DELFT_2023 = View(DELFT, REGION, "gemeente", "jaar", "2023")
ARBEID_2023 = View(REGION, REGION, "district", "jaar", "2023", Breakdown("uitbuitingsvorm", True), "arbeid")
HARD_TEXTS = ["=1+1", "+31", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "a;=1", 'a,"=1', "a,=1", "a\n+1"]


def indicator_of(release: Release, indicator_id: str = "mh_slachtoffers") -> Indicator:
    return next(one for one in release.indicators if one.id == indicator_id)


def with_values(release: Release, values: pl.DataFrame) -> Release:
    return replace(release, by_indicator={"mh_slachtoffers": values.sort("area_level", "area_code", maintain_order=True)})


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize("indicator_id", ["mh_slachtoffers", "mh_slachtoffers_vorm", "mh_basisniveau_score", "oc_registraties"])
def test_every_format_reads_back_as_all_rows_of_the_release(code: str, indicator_id: str, release: Release) -> None:
    content = make_file(code, release, indicator_of(release, indicator_id))
    assert_same_figures(figures_of(content, code, indicator_id), release.values_of(indicator_id).sort(KEY), 15 if code == "xlsx" else 300)


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize(("indicator_id", "view"), [("mh_slachtoffers", DELFT_2023), ("mh_slachtoffers_vorm", ARBEID_2023)])
def test_every_format_reads_back_as_the_rows_that_the_page_shows(code: str, indicator_id: str, view: View, release: Release) -> None:
    indicator = indicator_of(release, indicator_id)
    expected = view.rows(release.values_of(indicator_id), indicator)
    assert 0 < expected.height < release.values_of(indicator_id).height / 2
    assert_same_figures(figures_of(make_file(code, release, indicator, view), code, indicator_id), expected.sort(KEY), 15 if code == "xlsx" else 300)


@pytest.mark.parametrize("code", FORMATS)
def test_a_withheld_cell_has_its_state_and_no_number_in_any_format(code: str, release: Release) -> None:
    found = figures_of(make_file(code, release, indicator_of(release)), code)
    withheld = found.filter(pl.col("state") == "geheim")
    assert withheld.height == release.values_of("mh_slachtoffers").filter(pl.col("state") == "geheim").height > 100
    assert withheld.select(NUMBERS).null_count().row(0) == (withheld.height,) * 5


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize("state", ["geheim", "nieuw"])
def test_a_number_that_a_faulty_release_left_in_a_withheld_cell_is_not_passed_on(code: str, state: str, release: Release) -> None:
    leaking = release.values_of("mh_slachtoffers").with_columns(pl.lit(state).alias("state"), *(pl.lit(987.654).alias(name) for name in NUMBERS))
    content = make_file(code, with_values(release, leaking), indicator_of(release))
    assert figures_of(content, code).select(NUMBERS).null_count().row(0) == (leaking.height,) * 5
    assert not any("987" in text for text in words_of(content, FORMATS[code].ending).values())


@pytest.mark.parametrize("view", [None, DELFT_2023])
@pytest.mark.parametrize("code", FORMATS)
def test_every_file_names_its_release_and_says_that_it_is_synthetic(code: str, view: View | None, release: Release) -> None:
    content = make_file(code, release, indicator_of(release), view)
    for name, text in words_of(content, file_name(code, release, indicator_of(release), view)).items():
        assert RELEASE_ID in text, name
        assert NOTE in " ".join(text.split()), name


@pytest.mark.parametrize("code", FORMATS)
def test_no_file_of_a_real_release_says_that_it_is_synthetic(code: str, release: Release) -> None:
    real = replace(release, manifest=release.manifest | {"synthetic": False, "synthetic_note": None, "deliveries": []})
    name = file_name(code, real, indicator_of(real))
    assert "synthetisch" not in name
    assert not any("synthetisch" in text.lower() for text in words_of(make_file(code, real, indicator_of(real)), name).values())


@pytest.mark.parametrize("view", [None, DELFT_2023])
@pytest.mark.parametrize("code", FORMATS)
def test_an_equal_release_and_choice_give_equal_bytes_at_any_time_and_place(
    code: str, view: View | None, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_file(code, release, indicator_of(release), view)
    shuffled = with_values(release, release.values_of("mh_slachtoffers").sample(fraction=1.0, shuffle=True, seed=1))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        later = time.time() + 40 * 24 * 3600
        with monkeypatch.context() as patch:
            patch.setattr(time, "time", lambda: later)
            again = make_file(code, shuffled, indicator_of(release), view)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert again == first


@pytest.mark.parametrize("code", FORMATS)
def test_an_indicator_without_figures_gives_a_file_without_rows(code: str, release: Release) -> None:
    empty = replace(release, by_indicator={})
    assert figures_of(make_file(code, empty, indicator_of(release)), code).is_empty()


def test_a_file_name_tells_the_choice_the_release_and_that_it_is_synthetic(release: Release) -> None:
    assert file_name("xlsx", release, indicator_of(release, "alg_misdrijven")) == f"ketenmonitor_alg_misdrijven_{RELEASE_ID}_synthetisch.xlsx"
    school_year = replace(ARBEID_2023, grain="schooljaar", period="2025/26", category="../x y")
    assert (
        file_name("zip", release, indicator_of(release), school_year)
        == f"ketenmonitor_mh_slachtoffers_DH_district_schooljaar_2025-26_-x-y_{RELEASE_ID}_synthetisch.zip"
    )


def test_a_view_holds_table_map_trend_and_breakdowns_and_nothing_else(release: Release) -> None:
    values = release.values_of("mh_slachtoffers")
    total = (pl.col("dimension_1") == "totaal") & (pl.col("dimension_2") == "totaal")
    of_year = pl.col("period") == "2023"
    by_hand = (
        (total & of_year & pl.col("area_level").is_in(["gemeente", "regio"]))  # map and table, with unknown, elsewhere and the region
        | (total & (pl.col("period_grain") == "jaar") & pl.col("area_code").is_in(["GM0503", "DH"]))  # the trend; the region beside it
        | (~total & of_year & (pl.col("area_code") == "DH"))  # breakdowns, which Delft does not have
    )
    assert_frame_equal(DELFT_2023.rows(values, indicator_of(release)), values.filter(by_hand))


def test_a_view_of_a_count_has_the_region_in_its_table_and_not_in_its_trend(release: Release) -> None:
    count, values = replace(indicator_of(release), per=None), release.values_of("mh_slachtoffers")
    shown = DELFT_2023.rows(values, count).filter((pl.col("area_code") == "DH") & (pl.col("dimension_1") == "totaal"))
    assert shown["period"].to_list() == ["2023"]


def test_a_view_of_one_category_holds_that_category_and_the_breakdown_beside_it(release: Release) -> None:
    values = release.values_of("mh_slachtoffers_vorm")
    shown = ARBEID_2023.rows(values, indicator_of(release, "mh_slachtoffers_vorm"))
    others = shown.filter(pl.col("category_1") != "arbeid")
    assert set(others.select("area_code", "period").iter_rows()) == {("DH", "2023")}
    assert set(shown["dimension_1"]) == {"uitbuitingsvorm"}
    assert shown.filter((pl.col("area_code") == "DH") & (pl.col("period") == "2023"))["numerator"].to_list() == [31.0, 22.0, 12.0]


def test_a_view_of_districts_takes_the_hague_as_one_where_its_districts_are_unknown(release: Release) -> None:
    shown = replace(DELFT_2023, area=REGION, level="district").rows(release.values_of("mh_slachtoffers"), indicator_of(release))
    codes = set(shown.filter(pl.col("area_level").is_in(["district", "abc"]))["area_code"])
    assert codes == {"ABC", "D", "E", "F", "G", "onbekend", "elders"}


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_a_text_that_a_spreadsheet_could_run_is_made_text(text: str) -> None:
    assert "'" in safe_cell(text)
    assert safe_cell(text).replace("'", "") == text


@pytest.mark.parametrize("text", ["-3", "-3,5", "Delft", "'s-Gravenhage", "", "12-17", "aan- en verkoopfraude", "60+", "Westland - Delft"])
def test_a_plain_text_or_number_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(alphabet=st.sampled_from("=+-@＝a1 ;,\t\r\n'\""), max_size=12))
def test_no_text_starts_a_formula_whatever_separator_a_program_expects(text: str) -> None:
    safe = safe_cell(text)
    if not PLAIN_NUMBER.fullmatch(text):
        assert not safe.lstrip('" \t\r\n').startswith(tuple("=+-@＝"))
        assert not any(part.lstrip('"').startswith(tuple("=+-@＝")) for part in re.split(r"[;,\t\r\n]", safe))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_number_reads_back_to_the_last_digit(value: float) -> None:
    assert float(number_text(value, ".")) == value
    assert number_text(value) == number_text(value, ".").replace(".", ",")


def test_an_absent_number_is_empty_and_never_zero() -> None:
    assert number_text(None) == ""


@pytest.mark.parametrize("code", ["excel_csv", "xlsx", "csvw", "parquet"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    text=st.text(
        alphabet=st.one_of(st.sampled_from('=+-@;,"\t\n'), st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"])), min_size=1, max_size=20
    )
)
@example(text="=1+1")
@example(text="@SUM(A1)")
@example(text="a;=1")
@example(text="a,-1+2")
@example(text="https://example.org")
@example(text="12")
def test_a_hostile_category_stays_text_and_the_numbers_beside_it_stay_numbers(code: str, text: str, release: Release) -> None:
    row = release.values_of("mh_slachtoffers").filter((pl.col("area_code") == "DH") & (pl.col("period") == "2023") & (pl.col("dimension_1") == "totaal"))
    hostile = row.with_columns(pl.lit("leeftijd").alias("dimension_1"), pl.lit(text).alias("category_1"), pl.lit(-3.5).alias("value"))
    found = figures_of(make_file(code, with_values(release, hostile), indicator_of(release)), code)
    assert found["category_1"].to_list() == [text if code in ("xlsx", "parquet") else safe_cell(text)]
    assert (found["value"].to_list(), found["numerator"].to_list()) == ([-3.5], [56.0])
