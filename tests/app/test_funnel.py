"""The funnel plot: its limits against scipy and published examples, when it is shown, and what it never shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson
from streamlit.testing.v1 import AppTest

from app import drawings, figures
from app.catalogue import Indicator
from app.figures import Area, Cell
from app.funnel import TAILS, Funnel, count_limits, funnel_of, outside
from app.funnelchart import funnel_chart, remarks
from app.release import Release
from tests.app.conftest import page_html

ENTRY = {"indicator_id": "n", "name": "N", "theme": "t", "unit": "meldingen", "denominator": "Inwoners op 1 januari", "interval_kind": "poisson", "per": 1000}
RATE = Indicator.from_entry(ENTRY)
SHARE = Indicator.from_entry(ENTRY | {"interval_kind": "wilson", "per": 100})
REGION = Area("regio", "DH", "Eenheid Den Haag")


def cell(code: str, count: float | None, size: float | None, state: str = "waarde", per: float = 1000) -> Cell:
    value = None if count is None or not size else per * count / size
    return Cell("gemeente", code, "2025", "totaal", state, value, count, size)


def six(*counts: float) -> list[Cell]:
    return [cell(f"GM{number}", count, 2000.0 + number) for number, count in enumerate(counts or (10, 11, 9, 8, 12, 10))]


def whole(count: float = 60, size: float = 12_000) -> Cell:
    return replace(cell("DH", count, size), area_level="regio")


def names_of(cells: list[Cell]) -> dict[str, Area]:
    return {one.area_code: Area("gemeente", one.area_code, f"Plaats {one.area_code}") for one in cells}


def interpolated(law: object, tail: float) -> float:
    """Appendix A.1.1 of Spiegelhalter (2005), with the distributions of scipy."""
    count = law.ppf(tail)  # type: ignore[attr-defined]
    reached, before = law.cdf(count), law.cdf(count - 1)  # type: ignore[attr-defined]
    return float(count - (reached - tail) / (reached - before))


@given(st.floats(0.05, 2000))
def test_limits_of_events_are_the_interpolated_quantiles_of_scipy(mean: float) -> None:
    wanted = [max(0.0, interpolated(poisson(mean), tail)) for tail in TAILS]
    assert count_limits(mean / 5000, 5000, False) == pytest.approx(wanted, rel=1e-7, abs=1e-7)


@given(st.floats(0.01, 0.99), st.integers(1, 3000))
def test_limits_of_shares_are_the_interpolated_quantiles_of_scipy(rate: float, size: int) -> None:
    wanted = [min(max(0.0, interpolated(binom(size, rate), tail)), size) for tail in TAILS]
    assert count_limits(rate, size, True) == pytest.approx(wanted, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("observed", "expected", "label"),
    [(8, 6.239860227, 0), (151, 106.4429719, 2), (159, 232.9329036, -2), (150, 119.5695496, 1), (0, 240.6273499, -2), (101, 126.2973615, -1)],
)
def test_areas_get_the_labels_of_the_published_examples(observed: int, expected: float, label: int) -> None:
    """PHEindicatormethods 2.1.0, testdata_funnel_ratio_inputs.csv: high or low beyond 0.025 and 0.001."""
    assert outside(observed, 1.0, expected, False) == label


def test_limits_draw_together_as_areas_grow() -> None:
    widths = [(high - low) / size for size in (1e3, 1e4, 1e5) for low, high in [count_limits(0.005, size, False)[1:3]]]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("kind", ["enquete", "geen", ""])
def test_a_survey_and_what_is_counted_whole_have_no_funnel(kind: str) -> None:
    assert funnel_of(replace(RATE, interval_kind=kind), six(), whole()) is None


def test_there_is_a_funnel_where_five_areas_and_the_region_are_published_and_numbers_are_small() -> None:
    assert funnel_of(RATE, six(), whole()) is not None
    assert funnel_of(RATE, six()[:4], whole()) is None
    assert funnel_of(RATE, six(), None) is None
    assert funnel_of(RATE, six(), replace(whole(), state="geheim", value=None, numerator=None, denominator=None)) is None
    assert funnel_of(RATE, six(10, 20, 90, 110, 500, 900), whole()) is None
    assert funnel_of(replace(RATE, per=None), six(), whole()) is None


def test_a_figure_that_is_no_quotient_of_its_parts_is_no_point() -> None:
    standardised = [replace(one, value=(one.value or 0) * 1.1) for one in six()]
    assert funnel_of(RATE, standardised, whole()) is None


@pytest.mark.parametrize("state", ["geheim", "onbekend", "nvt"])
def test_a_withheld_area_is_no_point_even_when_a_faulty_release_left_its_number(state: str) -> None:
    cells = [*six(), cell("GM9", 987.0, 2000.0, state)]
    found = funnel_of(RATE, cells, whole())
    assert found is not None
    assert len(found.points) == 6
    assert "GM9" not in json.dumps([funnel_chart(found, RATE, names_of(cells), "GM9"), remarks(found, RATE, names_of(cells), "gemeente", cells, [])])


def said_of(cells: list[Cell], loose: list[Cell] | None = None) -> tuple[Funnel, str]:
    found = funnel_of(RATE, cells, whole())
    assert found is not None
    return found, " ".join(remarks(found, RATE, names_of(cells), "gemeente", cells, loose or []))


def test_areas_outside_are_named_in_the_order_of_the_alphabet_and_never_ranked() -> None:
    found, said = said_of(six(10, 19, 9, 19, 40, 10))
    assert [point.outside for point in found.points] == [0, 1, 0, 1, 2, 0]
    assert "Buiten de buitenste grenzen (99,8%): Plaats GM4 (hoger); zo'n verschil geeft toeval bijna nooit." in said
    assert "Plaats GM1 (hoger) en Plaats GM3 (hoger); dat is meer verschil dan toeval meestal geeft" in said
    assert "Dat zijn er veel" in said


def test_where_all_lie_within_the_limits_it_says_so_and_counts_what_is_not_drawn() -> None:
    _, said = said_of([*six(), cell("GM8", None, None, "geheim"), cell("GM9", None, None, "geheim"), cell("GM7", None, None, "onbekend")])
    assert "Geen enkel gebied ligt buiten de grenzen" in said
    assert "Niet in de grafiek: Geheim: 2 gebieden. Onbekend: 1 gebied." in said


def test_it_says_so_where_the_region_counts_what_has_no_area() -> None:
    assert "geen bekend gebied" not in said_of(six())[1]
    assert "geen bekend gebied" in said_of(six(), [cell("onbekend", 4.0, None)])[1]
    assert "geen bekend gebied" not in said_of(six(), [cell("onbekend", None, None, "geheim")])[1]


def test_every_point_says_what_it_is_and_the_open_diamond_and_ring_are_not_colour_alone() -> None:
    cells = six(10, 19, 9, 8, 40, 10)
    cells[0] = replace(cells[0], state="voorlopig")
    found = funnel_of(RATE, cells, whole())
    assert found is not None
    spec = funnel_chart(found, RATE, names_of(cells), "GM4")
    assert "Open punt: voorlopig cijfer." in said_of(cells)[1]
    points = next(one for one in spec["layer"] if one["mark"]["type"] == "point")["data"]["values"]
    assert points[0]["beschrijving"] == "Plaats GM0, 2025: 5 meldingen, voorlopig, tussen de grenzen"
    assert points[4]["beschrijving"].endswith("hoger dan de buitenste grens")
    assert [(point["hol"], point["buiten"], point["gekozen"]) for point in points[::4]] == [(True, False, False), (False, True, True)]


def test_the_page_shows_the_funnel_of_its_map_with_a_title_and_words_and_none_for_large_numbers(release: Release, open_page: Callable[..., AppTest]) -> None:
    html = page_html(open_page("mensenhandel", indicator="mh_slachtoffers"))
    assert "Verschil of toeval? Slachtoffers per 100.000 inwoners per gemeente, 2025" in html
    assert "Niet in de grafiek: Geheim: " in html
    large = next(one for one in release.indicators if one.id == "alg_misdrijven")
    assert drawings.draw_funnel(release, large, None, "", "gemeente", "2025", REGION, REGION) is None
    shares = next(one for one in release.indicators if one.id == "mh_basisniveau_score")
    assert figures.map_cells(release.values_of(shares.id), "gemeente", "2025")
    assert drawings.draw_funnel(release, shares, None, "", "gemeente", "2025", REGION, REGION) is None


def test_a_funnel_of_shares_stays_between_none_and_all() -> None:
    cells = [cell(f"GM{number}", count, 20.0 + number, per=100) for number, count in enumerate((1, 2, 3, 1, 2, 19))]
    found = funnel_of(SHARE, cells, replace(cell("DH", 28, 140, per=100), area_level="regio"))
    assert found is not None
    assert all(0 <= value <= 100 for line in found.limits for value in line[1:])
    assert [point.outside for point in found.points] == [0, 0, 0, 0, 0, 2]
