"""The charts as data: nothing withheld in them, every shape described, every area on the map."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import charts, figures, mapchart, tilemap
from app.catalogue import Breakdown, Indicator
from app.events import events_of, period_with
from app.figures import Area, Cell
from app.release import Release

REGION = Area("regio", "DH", "Eenheid Den Haag")
COUNT = Indicator.from_entry({"indicator_id": "n", "name": "Aantal", "theme": "t", "unit": "meldingen", "decimals": 0})


def indicator_of(release: Release, indicator_id: str) -> Indicator:
    return next(one for one in release.indicators if one.id == indicator_id)


def gemeenten(release: Release, indicator_id: str = "mh_slachtoffers") -> list[Cell]:
    return figures.map_cells(release.values_of(indicator_id), "gemeente", "2025")


def layer(spec: charts.Spec, kind: str) -> list[dict[str, Any]]:
    groups = [one | {"layer": [{"data": one["data"], **part} for part in one["layer"]]} if "layer" in one else {"layer": [one]} for one in spec["layer"]]
    return [one for group in groups for one in group["layer"] if one["mark"]["type"] == kind]


def test_every_gemeente_has_one_tile_of_its_own_place(release: Release) -> None:
    tiles = tilemap.lay_out(("gemeente", cell.area_code, "") for cell in gemeenten(release))
    assert len({(tile.column, tile.row) for tile in tiles}) == 27


def test_the_seven_districts_lie_in_three_rows() -> None:
    tiles = tilemap.lay_out([("district", code, code) for code in "ABCDEFG"])
    assert {tile.code for tile in tiles} == set("ABCDEFG")
    assert max(tile.row for tile in tiles) == 2


def test_an_area_that_is_new_gets_a_place_below_instead_of_vanishing() -> None:
    tiles = tilemap.lay_out([("gemeente", "GM0503", "Delft"), ("gemeente", "GM9999", "Nieuwe Gemeente aan Zee")])
    assert tiles[1].row > tiles[0].row
    assert tiles[1].lines == "Nieuwe\nGemeente aan Zee"


def test_delft_lies_south_of_rijswijk_and_west_of_gouda() -> None:
    delft, rijswijk, gouda = (tilemap.GEMEENTEN[code] for code in ("GM0503", "GM0603", "GM0513"))
    assert delft.row > rijswijk.row
    assert delft.column < gouda.column


def test_no_tile_is_white_and_a_withheld_one_is_hatched_signed_and_without_a_number(release: Release) -> None:
    indicator = indicator_of(release, "mh_slachtoffers")
    spec = mapchart.tile_map(gemeenten(release), indicator, release.names, ["GM0503"])
    rows = {row["code"]: row for row in layer(spec, "rect")[0]["data"]["values"]}
    assert all(row["kleur"].upper() not in ("#FFFFFF", "WHITE") for row in rows.values())
    delft = rows["GM0503"]
    assert (delft["tekst"], spec["params"][0]["value"], delft["beschrijving"]) == ("x", ["GM0503"], "Delft, 2025: geheim")
    assert any(line["code"] == "GM0503" for line in layer(spec, "rule")[0]["data"]["values"])


def test_every_shape_of_the_map_says_what_it_is(release: Release) -> None:
    spec = mapchart.tile_map(gemeenten(release), indicator_of(release, "mh_slachtoffers"), release.names, [])
    assert all(row["beschrijving"] for row in layer(spec, "rect")[0]["data"]["values"])
    assert all(one["mark"]["aria"] is False for kind in ("rule", "text") for one in layer(spec, kind))


def test_the_hatch_stays_inside_its_tile() -> None:
    tile = tilemap.Tile("X", 3, 2, "X", "X", width=2)
    for direction in "/\\":
        for line in mapchart._hatch(tile, direction):
            assert all(3 <= line[x] <= 5 for x in ("x", "x2"))
            assert all(2 <= line[y] <= 3 for y in ("y", "y2"))


def test_the_legend_names_every_state_also_when_no_tile_has_it(release: Release) -> None:
    legend = mapchart.map_legend(gemeenten(release, "alg_misdrijven"), indicator_of(release, "alg_misdrijven"))
    assert [entry.text for entry in legend][-3:] == ["nihil (-)", "geheim (x)", "onbekend (.)"]
    assert all(entry.hatch for entry in legend[-2:])


@given(st.lists(st.floats(0, 1e6), max_size=60))
def test_classes_cover_all_values_in_order(values: list[float]) -> None:
    breaks = mapchart.class_breaks(values)
    assert breaks == sorted(set(breaks))
    assert len(breaks) <= 5
    assert not values or breaks[-1] == max(values)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_a_higher_value_is_never_drawn_lighter(values: list[float]) -> None:
    breaks = mapchart.class_breaks([round(value, 0) for value in values])
    shades = [mapchart.RAMP.index(mapchart._fill(Cell("gemeente", "", "2023", "", "waarde", value, None, None), breaks, 0)) for value in sorted(values)]
    assert shades == sorted(shades)


def test_a_trend_leaves_a_gap_with_a_sign_where_a_figure_is_withheld() -> None:
    cells = [
        Cell("regio", "DH", str(year), "totaal", state, value, value, None)
        for year, state, value in ((2021, "waarde", 3.0), (2022, "geheim", None), (2023, "nihil", 0.0), (2024, "voorlopig", 5.0))
    ]
    rows = charts.trend([(REGION, cells)], COUNT, frozenset({"2024"}))["data"]["values"]
    assert [row["waarde"] for row in rows] == [3.0, None, 0.0, 5.0]
    assert [row["teken"] for row in rows] == ["", "x", "", ""]
    assert [row["hol"] for row in rows] == [False, False, False, True]
    assert rows[3]["beschrijving"].endswith("voorlopig, periode loopt nog")


def test_a_band_shows_the_interval_of_the_first_series_with_a_gap_where_a_figure_is_withheld() -> None:
    cells = [Cell("regio", "DH", str(year), "totaal", "waarde", 3.0, 3.0, None, 1.0, 6.0) for year in (2021, 2022, 2024)]
    cells.insert(2, Cell("regio", "DH", "2023", "totaal", "geheim", None, None, None, None, None))
    other = [Cell("district", "E", str(year), "totaal", "waarde", 2.0, 2.0, None, 0.5, 5.0) for year in range(2021, 2025)]
    spec = charts.trend([(REGION, cells), (figures.Area("district", "E", "Westland - Delft"), other)], COUNT, frozenset())
    rows = spec["data"]["values"]
    assert [(row["onder"], row["boven"]) for row in rows[:4]] == [(1.0, 6.0), (1.0, 6.0), (None, None), (1.0, 6.0)]
    assert not [row for row in rows[4:] if row["onder"] is not None]
    assert [one["transform"][0]["filter"] for one in layer(spec, "area")] == [f"datum.reeks === {REGION.label!r}"]
    assert "(95%-interval 1 tot 6)" in rows[0]["beschrijving"]
    assert "interval" not in rows[2]["beschrijving"]


def test_a_numbered_line_stands_at_what_happened_in_the_period_that_it_fell_in(release: Release) -> None:
    indicator = indicator_of(release, "alg_misdrijven")
    periods = ["2021", "2022", "2023"]
    (event,) = events_of(release, indicator, [REGION], periods)
    assert (event.number, event.period) == (1, "2022")
    assert event.text == "1. Trendbreuk, 1 juli 2022: Nieuwe telwijze. De politie telt sindsdien anders."
    cells = [Cell("regio", "DH", period, "totaal", "waarde", 3.0, 3.0, None) for period in periods]
    spec = charts.trend([(REGION, cells)], indicator, frozenset(), [event])
    assert [one["data"]["values"][0]["periode"] for one in layer(spec, "rule")] == ["2022"]
    assert not layer(charts.trend([(REGION, cells)], indicator, frozenset(), [event._replace(period=None)]), "rule")


@pytest.mark.parametrize(
    ("day", "period"),
    [(dt.date(2022, 7, 1), "2022Q3"), (dt.date(2022, 9, 30), "2022Q3"), (dt.date(2021, 1, 1), None), (dt.date(2024, 1, 1), None), (None, None)],
)
def test_a_day_falls_in_one_period_or_outside_the_chart(day: dt.date | None, period: str | None) -> None:
    assert period_with(day, ["2022Q2", "2022Q3", "2022Q4"]) == period


def test_two_periods_are_bars_because_a_line_would_suggest_a_trend() -> None:
    cells = [Cell("regio", "DH", period, "totaal", "waarde", 3.0, 3.0, None) for period in ("2022", "2023")]
    assert layer(charts.trend([(REGION, cells)], COUNT, frozenset()), "bar")
    assert not layer(charts.trend([(REGION, cells)], COUNT, frozenset()), "line")


def test_overlapping_categories_are_bars_beside_each_other_and_never_stacked(release: Release) -> None:
    cells = figures.breakdown(release.values_of("mh_slachtoffers_vorm"), Breakdown("uitbuitingsvorm", overlaps=True), REGION, "2023")
    spec = charts.bars(cells, indicator_of(release, "mh_slachtoffers_vorm"))
    assert [(row["categorie"], row["getal"]) for row in spec["data"]["values"]] == [("Seksueel", 31.0), ("Arbeid", 22.0), ("Crimineel", 12.0)]
    assert "stack" not in json.dumps(spec)
    assert "65" not in json.dumps(spec["data"])


@pytest.mark.parametrize("indicator_id", ["alg_misdrijven", "mh_slachtoffers", "mh_basisniveau_score", "oc_registraties"])
def test_a_chart_speaks_dutch_and_names_no_outside_address_for_data(release: Release, indicator_id: str) -> None:
    indicator = indicator_of(release, indicator_id)
    level = "gemeente" if "gemeente" in indicator.area_levels else "district"
    spec = mapchart.tile_map(figures.map_cells(release.values_of(indicator_id), level, "2025"), indicator, release.names, [])
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert "url" not in json.dumps({key: value for key, value in spec.items() if key != "$schema"})


def test_a_number_beside_a_withheld_state_does_not_reach_a_chart() -> None:
    cells = [Cell("gemeente", "GM0503", "2023", "totaal", "geheim", 3.25, 3.25, 3.25)]
    names = {("gemeente", "GM0503"): "Delft"}
    for spec in (mapchart.tile_map(cells, COUNT, names, []), charts.trend([(REGION, cells)], COUNT, frozenset()), charts.bars(cells, COUNT)):
        assert "3.25" not in json.dumps([spec.get("data"), [one.get("data") for one in spec["layer"]]])
