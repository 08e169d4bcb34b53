"""Charts as pictures: each says what it shows, of what release, and no withheld number; the engine fetches nothing."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from app.catalogue import Breakdown, Indicator
from app.downloads import picture, render
from app.downloads.extract import make_extract
from app.downloads.formats import make_file, make_picture, picture_name
from app.downloads.picture import WIDTH, pictures
from app.downloads.view import View
from app.figures import Area
from app.release import Release
from tests.app.reading import NUMBERS, svg_words, unzip
from tests.app.release_fixture import NOTE, RELEASE_ID
from tests.app.test_borders import squares, write

REGION = Area("regio", "DH", "Eenheid Den Haag")
DELFT_2025 = View(Area("gemeente", "GM0503", "Delft"), REGION, "gemeente", "jaar", "2025")
ARBEID_2023 = View(REGION, REGION, "district", "jaar", "2023", Breakdown("uitbuitingsvorm", True), "arbeid")


def indicator_of(release: Release, indicator_id: str = "mh_slachtoffers") -> Indicator:
    return next(one for one in release.indicators if one.id == indicator_id)


def drawn(release: Release, view: View = DELFT_2025, indicator_id: str = "mh_slachtoffers") -> dict[str, str]:
    """The words of all pictures of a view."""
    return {kind: svg_words(content) for kind, content in pictures(make_extract(release, indicator_of(release, indicator_id), view), "svg").items()}


def test_every_picture_of_a_page_has_title_source_release_and_the_synthetic_statement(release: Release) -> None:
    said = drawn(release)
    titles = {one.kind: one.title for one in DELFT_2025.drawings(release, indicator_of(release))}
    assert set(said) == set(titles) >= {"kaart", "verloop", "toeval", "naar-geslacht"}
    for kind, text in said.items():
        assert titles[kind] in text
        assert indicator_of(release).name in text
        assert "Bron: CoMensha (synthetisch), CBS (open data)" in text
        assert f"release {RELEASE_ID}, gemaakt op 22 november 2026" in text
        assert NOTE in text
    assert "geheim (x)" in said["kaart"]
    assert "Niet in de grafiek: Geheim:" in said["toeval"]


def test_a_picture_of_one_category_names_it_and_keeps_the_warning_that_nothing_adds_up(release: Release) -> None:
    said = drawn(release, ARBEID_2023, "mh_slachtoffers_vorm")
    assert "Slachtoffers naar uitbuitingsvorm: arbeid" in said["verloop"]
    assert "Deze aantallen overlappen" in said["naar-uitbuitingsvorm"]


@pytest.mark.parametrize("state", ["geheim", "nieuw"])
def test_a_number_that_a_faulty_release_left_in_a_withheld_cell_is_in_no_picture(state: str, release: Release) -> None:
    values = release.values_of("mh_slachtoffers")
    withheld = pl.when(pl.col("state") == "geheim")
    leaking = values.with_columns(*(withheld.then(987.654).otherwise(pl.col(name)).alias(name) for name in NUMBERS))
    leaking = leaking.with_columns(withheld.then(pl.lit(state)).otherwise(pl.col("state")).alias("state"))
    said = drawn(replace(release, by_indicator={"mh_slachtoffers": leaking}))
    assert len(said) > 3
    assert not any("987" in text for text in said.values())


def test_a_picture_of_a_real_release_does_not_say_that_it_is_synthetic(release: Release) -> None:
    real = replace(release, manifest=release.manifest | {"synthetic": False, "synthetic_note": None, "deliveries": []})
    assert not any("synthetisch" in text.lower() for text in drawn(real).values())
    assert (
        picture_name("png", real, indicator_of(real), DELFT_2025, "kaart") == f"ketenmonitor_mh_slachtoffers_GM0503_gemeente_jaar_2025_{RELEASE_ID}_kaart.png"
    )


def test_a_png_is_sharp_as_wide_as_announced_and_the_same_at_every_click(release: Release) -> None:
    first, again = (make_picture("png", release, indicator_of(release), DELFT_2025, "verloop") for _ in range(2))
    assert first == again
    assert first.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", first[16:24])
    assert width == render.SCALE * (WIDTH + 2 * render.MARGIN)
    assert height > 600
    assert len(first) < width * height / 10


def test_a_map_with_borders_holds_them_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: Release) -> None:
    monkeypatch.setenv("KETENMONITOR_BORDERS", str(write(tmp_path / "borders", squares())))
    content = pictures(make_extract(release, indicator_of(release), replace(DELFT_2025, form="grenzen")), "svg")["kaart-grenzen"]
    assert content.count(b"<path") > 40
    assert "Delft, 2025: geheim" in svg_words(content)
    assert b"href" not in content
    assert b".geojson" not in content


def test_the_engine_gets_no_address_of_data_and_every_text_is_escaped(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[dict[str, object]] = []
    monkeypatch.setattr(picture, "_render", lambda asked: [b"" for job in asked if jobs.append(job) is None])
    hostile = replace(indicator_of(release), name="<script>&\x00 \"'")
    pictures(make_extract(release, hostile, DELFT_2025), "svg")
    assert jobs
    for job in jobs:
        spec = {key: value for key, value in job["spec"].items() if key != "$schema"}  # type: ignore[attr-defined]
        assert '"url"' not in json.dumps(spec)
        assert "<script>" not in f"{job['head']}{job['title']}"
        assert "\x00" not in str(job["head"])


def test_the_zip_of_a_view_holds_its_pictures_and_that_of_all_figures_none(release: Release) -> None:
    of_view = unzip(make_file("zip", release, indicator_of(release), DELFT_2025))
    found = [name for name in of_view if name.startswith("plaatjes/")]
    assert {name.rsplit("_", 1)[1] for name in found} >= {"kaart.png", "verloop.png", "toeval.png"}
    assert "plaatjes: de kaart en grafieken" in of_view["LEESMIJ.txt"].decode()
    assert not [name for name in unzip(make_file("zip", release, indicator_of(release))) if name.startswith("plaatjes/")]


def test_a_view_without_figures_has_no_picture(release: Release) -> None:
    assert drawn(replace(release, by_indicator={})) == {}
