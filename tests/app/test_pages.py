"""The pages, run as Streamlit runs them but without a browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from app import foot
from app.release import Release
from tests.app.conftest import page_html
from tests.app.release_fixture import NOTE, RELEASE_ID, catalogue, write_release

PAGES = [
    "overzicht",
    "mensenhandel",
    "online_criminaliteit",
    "jonge_aanwas",
    "mijn_gemeente",
    "verkenner",
    "samenwerking",
    "opvang",
    "datakwaliteit",
    "definities",
    "bescherming",
    "leveringen",
    "wijzigingen",
    *("werkgroep", "datadocs", "herkomst"),
    "toegankelijkheid",
]
OpenPage = Callable[..., AppTest]


def chart_specs(app: AppTest) -> list[dict[str, object]]:
    return [json.loads(element.proto.spec) for element in app.get("vega_lite_chart")]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_renders_with_the_synthetic_banner_and_the_origin_of_its_data(page: str, open_page: OpenPage) -> None:
    app = open_page(page)
    html = page_html(app)
    assert not app.exception
    assert len(app.title) == 1
    assert NOTE in html
    assert "Echte open data: Bevolking op 1 januari per gemeente (CBS)" in html
    assert RELEASE_ID in html


def test_the_overview_says_what_is_late(open_page: OpenPage) -> None:
    assert "te laat. Verwacht uiterlijk 31 oktober 2026." in page_html(open_page())


def test_a_deep_link_opens_indicator_area_period_and_map(open_page: OpenPage) -> None:
    app = open_page("mensenhandel", indicator="mh_slachtoffers", gebied="GM0503", periode="2023", kaart="district")
    assert (app.selectbox(key="gebied").value, app.selectbox(key="periode").value, app.radio(key="kaart").value) == ("GM0503", "2023", "district")
    assert "Het cijfer over 2025 voor Delft is geheim." in page_html(app)
    assert "Verloop in Delft, 2021 tot en met 2025" in page_html(app)


def test_a_choice_on_the_page_goes_to_the_address_as_a_code_and_a_default_leaves_it_clean(open_page: OpenPage) -> None:
    app = open_page("mensenhandel")
    app.selectbox(key="gebied").set_value("E").run()
    app.selectbox(key="per").set_value("kwartaal").run()
    app.selectbox(key="periode").set_value("2026Q1").run()
    assert (app.query_params["gebied"], app.query_params["periode"]) == ("E", "2026Q1")
    app.selectbox(key="gebied").set_value("DH").run()
    assert "gebied" not in app.query_params


def test_the_area_stays_chosen_on_the_next_page_and_the_period_does_not(open_page: OpenPage) -> None:
    app = open_page("mensenhandel", gebied="E", periode="2022")
    app.query_params.clear()
    app.switch_page("views/jonge_aanwas.py").run()
    assert (app.selectbox(key="gebied").value, app.selectbox(key="periode").value) == ("E", "2025")


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "GM9999", "x" * 10_000, "../../etc/passwd", "onbekend", "\x00"])
def test_an_unknown_or_hostile_address_gives_the_default_and_is_never_repeated(hostile: str, open_page: OpenPage) -> None:
    app = open_page("mensenhandel", gebied=hostile, indicator=hostile, periode=hostile, kaart=hostile, per=hostile)
    html = page_html(app)
    assert not app.exception
    assert app.selectbox(key="gebied").value == "DH"
    assert "Het adres noemt een onbekende waarde voor gebied" in html
    assert "alert(1)" not in html
    assert "passwd" not in html


def test_a_theme_without_a_total_shows_one_category_and_the_note_that_nothing_adds_up(open_page: OpenPage) -> None:
    app = open_page("mensenhandel", indicator="mh_slachtoffers_vorm", periode="2023", categorie="arbeid")
    html = page_html(app)
    assert "Deze aantallen overlappen" in html
    assert app.selectbox(key="categorie").value == "arbeid"
    table = app.table[0].value
    assert table.loc[table.index.str.startswith("Hele regio"), "Slachtoffers"].tolist() == ["22"]


def test_the_table_shows_signs_and_words_and_no_number_for_what_is_withheld(open_page: OpenPage) -> None:
    table = open_page("mensenhandel", indicator="mh_slachtoffers").table[0].value
    withheld = table[table["Stand"] == "geheim"]
    assert not withheld.empty
    assert set(withheld.iloc[:, 0]) == {"x"}
    assert set(withheld["Inwoners op 1 januari"]) == {""}
    assert {"Gebied onbekend", "Buiten de regio"} <= set(table.index)


def test_a_breakdown_of_which_all_is_withheld_is_a_sentence_and_not_an_empty_chart(open_page: OpenPage) -> None:
    app = open_page("mensenhandel", indicator="mh_slachtoffers")
    assert "Slachtoffers naar sector in de regio, 2025" in page_html(app)
    assert "Alle cijfers zijn hier geheim of onbekend." in page_html(app)
    assert not any("naar sector" in chart.proto.alt for chart in app.get("vega_lite_chart"))


def test_a_delivery_that_is_real_in_part_is_called_partly_synthetic(own_copy: Path, open_page: OpenPage) -> None:
    file = own_copy / "releases" / RELEASE_ID / "release.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    population = next(one for one in manifest["deliveries"] if one["delivery"] == "cbs_bevolking")
    manifest["deliveries"].append(population | {"origin": "synthetic", "slice": "jongeren", "origin_note": "Synthetisch"})
    file.write_text(json.dumps(manifest), encoding="utf-8")
    html = page_html(open_page("definities"))
    assert "Deels synthetisch: Bevolking op 1 januari per gemeente (CBS)." in html
    assert "CBS (deels synthetisch)" in html
    assert "jongeren: Synthetisch" in html


def test_every_chart_has_an_alternative_text(open_page: OpenPage) -> None:
    app = open_page("mensenhandel")
    charts = app.get("vega_lite_chart")
    assert len(charts) >= 3
    assert all(element.proto.alt for element in charts)


def test_no_file_is_built_before_the_click_on_its_button(monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> None:
    built: list[object] = []
    monkeypatch.setattr("app.download_menu.make_file", lambda *asked: built.append(asked))
    monkeypatch.setattr("app.downloads.formats.make_extract", lambda *asked: built.append(asked))
    monkeypatch.setattr("app.download_menu.make_picture", lambda *asked: built.append(asked))
    monkeypatch.setattr("app.downloads.picture._render", lambda *asked: built.append(asked))
    app = open_page("mensenhandel", indicator="mh_slachtoffers", gebied="GM0503")
    app.radio(key="download_cijfers").set_value("alles")
    app.radio(key="download_bestand").set_value("zip").run()
    app.radio(key="download_cijfers").set_value("plaatje").run()
    app.radio(key="download_tekening").set_value("toeval").run()
    assert not app.exception
    assert [button.proto.label for button in app.get("download_button")] == ["Downloaden"]
    assert built == []


def test_a_new_catalogue_entry_appears_without_a_change_to_the_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> None:
    entry = next(one for one in catalogue() if one["indicator_id"] == "oc_registraties")
    new = entry | {
        "indicator_id": "oc_sextortion",
        "name": "Meldingen sextortion",
        "unit": "meldingen",
        "value_unit": "meldingen",
        "per": None,
        "decimals": 0.0,
    }
    write_release(tmp_path, extra_indicator=new)
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(tmp_path))
    page = open_page("online_criminaliteit", indicator="oc_sextortion")
    assert "Meldingen sextortion" in page_html(page)
    assert page.selectbox(key="indicator").value == "oc_sextortion"
    assert any("Meldingen sextortion" in one.label for one in open_page("definities").expander)


def test_an_area_and_a_region_without_totals_of_the_chosen_periods_leave_the_page_whole(
    own_copy: Path, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage
) -> None:
    everything = Release.values_of
    only_delft = (pl.col("area_code") == "GM0503") | (pl.col("period_grain") != "kwartaal")
    monkeypatch.setattr(Release, "values_of", lambda release, indicator_id: everything(release, indicator_id).filter(only_delft))
    app = open_page("mensenhandel", indicator="mh_slachtoffers", gebied="GM0518", periode="2026Q1")
    assert not app.exception
    assert "zijn er geen cijfers per kwartaal." in page_html(app)


def test_the_quality_page_shows_findings_and_leads_to_the_deliveries(open_page: OpenPage) -> None:
    app = open_page("datakwaliteit")
    (findings,) = (table.value for table in app.table)
    assert findings.index.tolist() == ["waarschuwing", r"let op"]
    assert "De som van de 27 gemeenten" in findings["Bevinding"].iloc[1]
    assert "leveringen" in [link.proto.page for link in app.get("page_link")[: -len(foot.LINKS)]]


def test_the_definitions_page_has_every_entry_the_signs_and_the_rule(open_page: OpenPage) -> None:
    app = open_page("definities", indicator="mh_slachtoffers")
    html = page_html(app)
    assert {expander.label.replace("\\", "") for expander in app.expander} == {entry["name"] for entry in catalogue()}
    assert "Een aantal personen onder de drempel wordt niet getoond." in html
    assert "x  (geheim)" in html
    assert "In deze cijfers, voor iedereen, is dat 10." in html
    assert "Een verzonnen voorbeeld." in html


@pytest.mark.parametrize("page", PAGES)
def test_every_page_ends_with_the_way_to_the_pages_about_the_figures(page: str, open_page: OpenPage) -> None:
    assert [link.proto.label for link in open_page(page).get("page_link")][-len(foot.LINKS) :] == list(foot.LINKS.values())


def test_without_a_release_there_is_a_friendly_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> None:
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(tmp_path))
    app = open_page()
    assert not app.exception
    assert app.title[0].value == "Er zijn nog geen cijfers"
    assert "Is er nu gevaar? Bel 112." in page_html(app)


def test_the_accessibility_statement_needs_no_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> None:
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(tmp_path))
    app = open_page("toegankelijkheid")
    assert not app.exception
    assert app.title[0].value == "Toegankelijkheid"
    assert "Niemand heeft de pagina&#x27;s met een schermlezer doorgenomen." in page_html(app)


def test_an_older_release_is_shown_with_a_banner_and_a_way_back(own_copy: Path, open_page: OpenPage) -> None:
    write_release(own_copy, "2026-11-23T0900-77aa")
    app = open_page("mensenhandel", release=RELEASE_ID)
    assert f"U bekijkt een andere release dan de huidige: {RELEASE_ID}" in page_html(app)
    app.switch_page("views/definities.py").run()
    assert f"U bekijkt een andere release dan de huidige: {RELEASE_ID}" in page_html(app)
    app.button[0].click().run()
    assert "2026-11-23T0900-77aa, gemaakt op" in page_html(app)
    assert "andere release dan de huidige" not in page_html(app)


def test_an_unknown_release_in_the_address_shows_no_figures(open_page: OpenPage) -> None:
    app = open_page("mensenhandel", release="../../etc")
    assert not app.exception
    assert app.title[0].value == "Deze release kan niet worden getoond"
    assert not app.get("vega_lite_chart")
    assert "Is er nu gevaar? Bel 112." in page_html(app)
    assert "etc" not in page_html(app)


def test_a_release_of_real_data_carries_no_synthetic_banner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> None:
    write_release(tmp_path, synthetic=False)
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(tmp_path))
    assert "Synthetische voorbeeldgegevens" not in page_html(open_page())


def test_no_page_names_a_path_of_the_machine(open_page: OpenPage, published: Path) -> None:
    for page in PAGES:
        app = open_page(page)
        assert str(published) not in page_html(app)
        assert str(published) not in json.dumps(chart_specs(app))
