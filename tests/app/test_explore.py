"""The choices of the Verkenner: what they show, take along and say."""

from __future__ import annotations

import itertools
from dataclasses import replace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from app import charts, explore, figures, palette, tables
from app.catalogue import Breakdown, Indicator
from app.downloads.columns import KEY
from app.downloads.formats import FORMATS, file_name, make_file
from app.explore import Exploration
from app.figures import Area, Cell
from app.release import Release
from tests.app.reading import assert_same_figures, figures_of, words_of

REGION, E, DELFT = Area("regio", "DH", "Eenheid Den Haag"), Area("district", "E", "Westland - Delft"), Area("gemeente", "GM0503", "Delft")
OVER_TIME = Exploration((REGION, E, DELFT), "jaar", "2022", "2024", "district")
SPLIT = Exploration((REGION, E), "jaar", "2021", "2023", by=Breakdown("uitbuitingsvorm", overlaps=True))


def indicator_of(release: Release, indicator_id: str = "mh_slachtoffers") -> Indicator:
    return next(one for one in release.indicators if one.id == indicator_id)


def test_what_is_taken_along_is_the_areas_over_the_periods_and_the_map_of_the_last_one(release: Release) -> None:
    values = release.values_of("mh_slachtoffers")
    series = pl.col("area_code").is_in(["DH", "E", "GM0503"]) & pl.col("period").is_in(["2022", "2023", "2024"])
    on_map = (
        (pl.col("area_level").is_in(["district", "abc"])) & (pl.col("period") == "2024") & ~pl.col("area_code").is_in(["A", "B", "C", "onbekend", "elders"])
    )
    by_hand = values.filter((pl.col("dimension_1") == "totaal") & (series | on_map))
    assert_frame_equal(OVER_TIME.rows(values, indicator_of(release)).sort(KEY), by_hand.sort(KEY))


def test_what_is_taken_along_of_categories_is_one_period_of_the_areas_and_no_map(release: Release) -> None:
    values = release.values_of("mh_slachtoffers_vorm")
    by_hand = values.filter(pl.col("area_code").is_in(["DH", "E"]) & (pl.col("period") == "2023"))
    assert_frame_equal(SPLIT.rows(values, indicator_of(release, "mh_slachtoffers_vorm")).sort(KEY), by_hand.sort(KEY))
    one = replace(SPLIT, category="arbeid")
    assert set(one.rows(values, indicator_of(release))["category_1"]) == {"arbeid"}
    assert set(one.rows(values, indicator_of(release))["period"]) == {"2021", "2022", "2023"}


@pytest.mark.parametrize("code", FORMATS)
def test_every_format_holds_what_the_page_shows_and_says_which_choices_were_made(code: str, release: Release) -> None:
    indicator = indicator_of(release)
    content = make_file(code, release, indicator, OVER_TIME)
    expected = OVER_TIME.rows(release.values_of("mh_slachtoffers"), indicator).sort(KEY)
    assert_same_figures(figures_of(content, code), expected, 15 if code == "xlsx" else 300)
    assert "DH-E-GM0503_jaar_2022_2024_district" in file_name(code, release, indicator, OVER_TIME)
    said = " ".join(" ".join(words_of(content, f"x{FORMATS[code].ending}").values()).split())
    assert "het verloop in de regio, district E (Westland - Delft) en Delft, per jaar, 2022 tot en met 2024" in said


def test_the_choices_are_written_as_the_address_has_them() -> None:
    assert OVER_TIME.codes() == {"gebieden": "DH,E,GM0503", "per": "jaar", "van": "2022", "tot": "2024", "kaart": "district"}
    assert SPLIT.codes() == {"gebieden": "DH,E", "per": "jaar", "uitsplitsing": "uitbuitingsvorm", "tot": "2023"}
    assert replace(SPLIT, category="arbeid").codes()["categorie"] == "arbeid"
    assert SPLIT.sentence().endswith("de uitsplitsing naar uitbuitingsvorm in de regio en district E (Westland - Delft), per jaar, 2023.")
    assert replace(SPLIT, category="arbeid").sentence().endswith("; alleen uitbuitingsvorm arbeid.")


def test_the_table_has_a_column_per_area_the_newest_period_first_and_signs_for_what_is_withheld(release: Release) -> None:
    values, indicator = release.values_of("mh_slachtoffers"), indicator_of(release)
    rows = tables.series_rows(OVER_TIME.lines(values), indicator)
    assert [row["Periode"] for row in rows] == ["2024", "2023", "2022"]
    assert {row["Delft"] for row in rows} == {"x"}
    assert rows[1][REGION.label] == "2,9"


def test_categories_stand_in_one_order_for_all_areas_and_a_figure_that_is_not_there_is_unknown() -> None:
    def cell(code: str, category: str, value: float | None) -> Cell:
        return Cell("gemeente", code, "2023", category, "geheim" if value is None else "waarde", value, value, None)

    rows = [cell("DH", "a", None), cell("E", "a", 1.0), cell("E", "b", 5.0)]
    frame = pl.DataFrame([vars(row) for row in rows]).rename({"category": "category_1"}).with_columns(dimension_1=pl.lit("vorm"), dimension_2=pl.lit("totaal"))
    areas = tuple(Area("gemeente", code, code) for code in ("DH", "E", "G"))
    series = Exploration(areas, "jaar", "2023", "2023", by=Breakdown("vorm", overlaps=False)).categories(frame)
    assert [[one.category for one in cells] for _, cells in series] == [["a"], ["b", "a"]]
    indicator = Indicator.from_entry({"indicator_id": "n", "name": "Aantal", "theme": "t", "unit": "meldingen"})
    table = tables.series_rows(series, indicator, Breakdown("vorm", overlaps=False))
    assert [row["DH"] for row in sorted(table, key=lambda row: row["Vorm"])] == ["x", "."]
    assert explore.largest(series) == 5.0


def test_no_withheld_number_is_in_a_chart_of_categories_or_its_scale() -> None:
    cells = [Cell("gemeente", "GM0503", "2023", "a", "geheim", 7.25, 7.25, 7.25), Cell("gemeente", "GM0503", "2023", "b", "waarde", 2.0, 2.0, None)]
    indicator = Indicator.from_entry({"indicator_id": "n", "name": "Aantal", "theme": "t", "unit": "meldingen"})
    largest = explore.largest([(DELFT, cells)])
    assert largest == 2.0
    assert "7.25" not in str(charts.bars(cells, indicator, by_value=True, largest=largest))


def test_a_click_adds_an_area_while_there_is_room_and_takes_it_away_again() -> None:
    assert explore.toggled(["DH"], "E") == ["DH", "E"]
    assert explore.toggled(["DH", "E"], "E") == ["DH"]
    assert explore.toggled(list("ABCDE"), "F") == list("ABCDE")


def test_five_lines_differ_in_colour_dash_and_shape_and_have_one_legend(release: Release) -> None:
    lines = [(Area("district", code, code), figures.series(release.values_of("oc_registraties"), Area("district", code, code), "jaar")) for code in "DEFG"]
    lines.append((REGION, figures.series(release.values_of("oc_registraties"), REGION, "jaar")))
    line, points = (one["encoding"] for one in charts.trend(lines, indicator_of(release, "oc_registraties"), frozenset())["layer"][:2])
    for channel in (line["stroke"], line["strokeDash"], points["shape"], points["fill"]):
        assert len({str(each) for each in channel["scale"]["range"]}) == 5
        assert channel["scale"]["domain"] == [area.label for area, _ in lines]
    assert points["shape"]["legend"] == points["fill"]["legend"] == line["stroke"]["legend"]
    assert line["strokeDash"]["legend"] is None


def test_bars_of_several_areas_have_a_shape_above_them_a_legend_and_their_own_interval(release: Release) -> None:
    cells = [Cell("regio", "DH", "2023", "totaal", "waarde", 3.0, 3.0, None, 1.0, 6.0)]
    other = [Cell("district", "E", "2023", "totaal", "waarde", 2.0, 2.0, None)]
    bar, point, interval = charts.trend([(REGION, cells), (E, other)], indicator_of(release), frozenset())["layer"]
    assert point["mark"]["type"] == "point"
    assert bar["encoding"]["fill"]["legend"] is not None
    assert bar["encoding"]["xOffset"] == point["encoding"]["xOffset"] == interval["encoding"]["xOffset"]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_colours_of_lines_stand_out_from_white_and_differ_in_lightness_from_their_neighbours() -> None:
    assert all(1.05 / (luminance(colour) + 0.05) >= 3 for colour in palette.SERIES)
    ratios = sorted(luminance(colour) for colour in palette.SERIES)
    assert all(light > dark for dark, light in itertools.pairwise(ratios))
    assert explore.MOST_AREAS == len(palette.SERIES) == len(charts.DASHES) == len(charts.SHAPES)
