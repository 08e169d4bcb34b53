"""Real borders: what a file must be, what reaches the browser, and the map that is drawn of it."""

from __future__ import annotations

import json
import logging
import math
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from streamlit.testing.v1 import AppTest

from app import figures, outlines, tilemap
from app.bordermap import border_map
from app.borders import Borders, BordersError, borders_of
from app.outlines import read_borders
from app.release import Release
from tests.app.browsing import refuse_flaws, visit
from tests.app.conftest import page_html, running
from tests.app.test_pages import chart_specs
from tests.app.test_serve import fetch

if TYPE_CHECKING:
    from playwright.sync_api import Page

KNOWN = frozenset(tilemap.GEMEENTEN)
DELFT = "GM0503"


def square(code: str, east: float, north: float, size: float = 0.1, **more: Any) -> dict[str, Any]:
    ring = [[east, north], [east + size, north], [east + size, north + size], [east, north + size], [east, north]]
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}} | more


def squares(*without: str) -> list[dict[str, Any]]:
    return [square(tile.code, 4 + tile.column / 10, 52 - tile.row / 10) for tile in tilemap.GEMEENTEN.values() if tile.code not in without]


def write(path: Path, features: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def features_of(found: Borders) -> list[dict[str, Any]]:
    return list(json.loads(found.content)["features"])


def shapes(found: Borders, kind: str) -> dict[str, Any]:
    """The shapes of a kind by gemeente."""
    return {one["properties"]["code"]: shapely.geometry.shape(one["geometry"]) for one in features_of(found) if one["properties"]["soort"] == kind}


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def box(low: float, high: float) -> list[list[float]]:
    return [[low, low + 48], [high, low + 48], [high, high + 48], [low, high + 48], [low, low + 48]]


def test_the_recorded_borders_give_each_of_the_27_gemeenten_an_area_clockwise_and_a_text_inside_it(open_data: Path) -> None:
    found = read_borders(open_data / "geo" / "gemeenten27_2022.geojson", KNOWN)
    assert set(found.middles) == KNOWN
    for code, area in shapes(found, "vlak").items():
        assert area.is_valid
        assert all(not polygon.exterior.is_ccw and all(hole.is_ccw for hole in polygon.interiors) for polygon in shapely.get_parts(area))
        assert area.contains(shapely.Point(found.middles[code]))


def test_the_browser_gets_codes_and_coordinates_and_nothing_else_of_the_file(tmp_path: Path) -> None:
    features = [*squares(), square("GM9999", 5, 52), {"type": "Feature", "properties": None, "geometry": None}]
    features[0]["properties"] |= {"name": "<script>alert(1)</script>", "population": 987654}
    found = read_borders(write(tmp_path / "file", features), KNOWN)
    assert {tuple(one["properties"]) for one in features_of(found)} == {("code", "soort")}
    assert all(word not in found.content for word in (b"script", b"987654", b"GM9999"))
    assert read_borders(write(tmp_path / "other", features), KNOWN).url == found.url


FAULTS: dict[str, Callable[[], object]] = {
    "no list": lambda: {"GM0503": 1},
    "no feature": list,
    "unknown codes only": lambda: [square("GM9999", 4, 52)],
    "a code twice": lambda: [*squares(), square(DELFT, 4, 52)],
    "a line": lambda: [square(DELFT, 4, 52, geometry={"type": "LineString", "coordinates": [[4, 52], [5, 52]]})],
    "no geometry": lambda: [square(DELFT, 4, 52, geometry=None)],
    "metres instead of degrees": lambda: [square(DELFT, 84_000, 447_000)],
    "not finite": lambda: [square(DELFT, math.nan, 52)],
    "text as coordinate": lambda: [square(DELFT, 4, 52, geometry={"type": "Polygon", "coordinates": [[["4", "52"]] * 5]})],
    "deeper than it should be": lambda: [square(DELFT, 4, 52, geometry={"type": "Polygon", "coordinates": [[[[4, 52]] * 5]]})],
    "numbers as polygons": lambda: [square(DELFT, 4, 52, geometry={"type": "MultiPolygon", "coordinates": [1, 2]})],
    "without area": lambda: [square(DELFT, 4, 52, 0.0)],
    "an open ring": lambda: [square(DELFT, 4, 52, geometry={"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 53]]]})],
    "empty": lambda: [square(DELFT, 4, 52, geometry=polygon())],
    "smaller than its coordinates are kept": lambda: [square(DELFT, 4, 52, 0.00001)],
    "crossing itself": lambda: [square(DELFT, 4, 52, geometry=polygon([[4, 52], [5, 53], [5, 52], [4, 52.9], [4, 52]]))],
    "lying over itself": lambda: [square(DELFT, 4, 52, geometry={"type": "MultiPolygon", "coordinates": [[box(4, 5)], [box(4.1, 5.1)]]})],
    "one number as coordinate": lambda: [square(DELFT, 4, 52, geometry=polygon([[4]] * 5))],
    "larger than a number can be": lambda: [square(DELFT, 1e308, 52)],
    "too many points": lambda: [square(DELFT, 4, 52, geometry={"type": "Polygon", "coordinates": [[[4, 52], *([4.5, 52.5], [5, 52]) * 50_001, [4, 52]]]})],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_is_no_map_of_the_gemeenten_is_refused(fault: str, tmp_path: Path) -> None:
    with pytest.raises(BordersError):
        read_borders(write(tmp_path / "file", FAULTS[fault]()), KNOWN)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[]", b"[" * 100_000, b"5", b" " * (outlines.LARGEST + 1)])
def test_bytes_that_are_no_geojson_are_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(BordersError):
        read_borders(tmp_path / "file", KNOWN)


def test_a_file_that_is_not_there_gives_one_line_in_the_log_and_tiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, open_page: Callable[..., AppTest]
) -> None:
    monkeypatch.setenv("KETENMONITOR_BORDERS", str(tmp_path / "absent"))
    with caplog.at_level(logging.ERROR, logger="ketenmonitor.app"):
        pages = [open_page("mensenhandel", vorm="grenzen") for _ in range(2)]
    assert [record.getMessage() for record in caplog.records] == ["KETENMONITOR_BORDERS is not used, maps stay tiles: the file cannot be opened"]
    for page in pages:
        assert not page.exception
        assert not [radio for radio in page.radio if radio.key == "vorm"]
        assert "url" not in json.dumps([{**spec, "$schema": ""} for spec in chart_specs(page)])


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Borders of 26 square gemeenten; Gouda is not in the file."""
    path = write(tmp_path / "borders.geojson", squares("GM0513"))
    monkeypatch.setenv("KETENMONITOR_BORDERS", str(path))
    return path


def test_tiles_stay_the_default_and_borders_are_a_choice_that_the_address_keeps(configured: Path, open_page: Callable[..., AppTest]) -> None:
    page = open_page("mensenhandel", indicator="mh_slachtoffers")
    assert page.radio(key="vorm").value == "tegels"
    page.radio(key="vorm").set_value("grenzen").run()
    assert page.query_params["vorm"] == "grenzen"
    assert "Zonder grens in het kaartbestand, en dus alleen in de tabel: Gouda." in page_html(page)
    spec = chart_specs(page)[0]
    assert "grenzen/" in json.dumps(spec)
    assert "coordinates" not in json.dumps(spec)
    page.radio(key="kaart").set_value("district").run()
    assert not [radio for radio in page.radio if radio.key == "vorm"]


def test_an_unknown_form_in_the_address_gives_tiles_and_a_note(configured: Path, open_page: Callable[..., AppTest]) -> None:
    page = open_page("mensenhandel", indicator="mh_slachtoffers", vorm="<script>")
    assert page.radio(key="vorm").value == "tegels"
    assert "onbekende waarde voor vorm van de kaart" in page_html(page)


def test_a_withheld_gemeente_within_its_borders_is_hatched_signed_described_and_without_a_number(configured: Path, release: Release) -> None:
    indicator = next(one for one in release.indicators if one.id == "mh_slachtoffers")
    cells = figures.map_cells(release.values_of("mh_slachtoffers"), "gemeente", "2025")
    found = borders_of(release)
    assert found is not None
    areas, _, ring, text = border_map(cells, indicator, release.names, [DELFT], found)["layer"]
    rows = {row["code"]: row for row in areas["transform"][-1]["from"]["data"]["values"]}
    assert len(rows) == 26
    assert all(row["kleur"].upper() != "#FFFFFF" for row in rows.values())
    assert (rows[DELFT]["arcering"], rows[DELFT]["beschrijving"]) == ("/", "Delft, 2025: geheim")
    assert next(row for row in text["data"]["values"] if row["code"] == DELFT)["tekst"] == "x"
    assert areas["encoding"]["fill"]["value"] not in ("#FFFFFF", "white")
    assert ring["mark"]["filled"] is False


@pytest.mark.parametrize("direction", ["/", "\\"])
def test_hatch_lines_stay_inside_the_area_and_out_of_its_holes(direction: str, tmp_path: Path) -> None:
    feature = square(DELFT, 4, 52, geometry=polygon(box(4, 5), box(4.4, 4.6)))
    found = read_borders(write(tmp_path / "file", [feature]), KNOWN)
    area, hatch = shapes(found, "vlak")[DELFT], shapes(found, direction)[DELFT]
    lines = shapely.get_parts(hatch)
    assert len(lines) > outlines.HATCHES
    assert hatch.difference(area.buffer(outlines.GRID)).is_empty
    for line in lines:
        (west, start), (east, end) = line.coords
        assert ((east - west) * (end - start) > 0) == (direction == "/")


def test_a_border_that_touches_itself_is_mended(tmp_path: Path) -> None:
    needle = [[4, 52], [5, 52], [5, 52.5], [5.2, 52.5], [5, 52.5], [5, 53], [4, 53], [4, 52]]
    found = read_borders(write(tmp_path / "file", [square(DELFT, 4, 52, geometry=polygon(needle))]), KNOWN)
    assert shapes(found, "vlak")[DELFT].equals(shapely.box(4, 52, 5, 53))


def test_without_a_file_the_engine_of_geometry_is_not_loaded() -> None:
    asked = "import sys, app.serve, app.theme_page, app.downloads.picture; sys.exit('shapely' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def bordered(published: Path, open_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard with the recorded borders."""
    file = open_data / "geo" / "gemeenten27_2022.geojson"
    with running(published, tmp_path_factory.mktemp("bordered"), KETENMONITOR_BORDERS=str(file)) as address:
        yield address


def test_borders_may_be_kept_for_ever_and_no_other_file_is_given(bordered: str, open_data: Path) -> None:
    found = read_borders(open_data / "geo" / "gemeenten27_2022.geojson", KNOWN)
    status, headers, _ = fetch(f"{bordered}/{found.url}", "*/*")
    assert (status, headers["content-type"]) == (200, "application/geo+json")
    assert "immutable" in headers["cache-control"]
    assert fetch(f"{bordered}/grenzen/{'0' * 32}.geojson", "*/*")[0] == 404


@pytest.mark.browser
def test_a_click_within_borders_chooses_the_gemeente_and_the_geometry_comes_once(page: Page, bordered: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/grenzen/" in request.url else None)
    visit(page, f"{bordered}/mensenhandel?vorm=grenzen")
    page.locator("svg [aria-label^='Delft, ']").first.click(force=True)
    page.wait_for_url("**gebied=GM0503*")
    page.get_by_text("voor Delft is geheim").first.wait_for()
    assert len(set(asked)) == 1


@pytest.mark.browser
def test_axe_finds_nothing_in_a_map_with_borders(page: Page, bordered: str) -> None:
    refuse_flaws(page, f"{bordered}/mensenhandel?vorm=grenzen&gebied=GM0503")
