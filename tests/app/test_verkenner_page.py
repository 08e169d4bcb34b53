"""The page Verkenner: choices by address and by hand, and a sentence where nothing can be drawn."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import page_html
from tests.app.release_fixture import catalogue

OpenPage = Callable[..., AppTest]


def alts(app: AppTest) -> list[str]:
    return [chart.proto.alt for chart in app.get("vega_lite_chart")]


def test_it_opens_with_the_first_indicator_and_the_whole_region(open_page: OpenPage) -> None:
    app = open_page("verkenner")
    assert not app.exception
    assert (app.selectbox(key="indicator").value, app.multiselect(key="gebieden").value) == (catalogue()[0]["indicator_id"], ["DH"])
    assert any(alt.startswith("Verloop van") for alt in alts(app))
    assert any(alt.startswith("Tegelkaart van") for alt in alts(app))
    assert dict(app.query_params) == {}


def test_a_deep_link_opens_areas_periods_and_map(open_page: OpenPage) -> None:
    app = open_page("verkenner", indicator="mh_slachtoffers", gebieden="E,GM0503", per="jaar", van="2022", tot="2024", kaart="district")
    assert app.multiselect(key="gebieden").value == ["E", "GM0503"]
    assert "Verloop in district E (Westland - Delft) en Delft, 2022 tot en met 2024" in page_html(app)
    table = app.table[0].value
    assert table.index.tolist() == ["2024", "2023", "2022"]
    assert table["Delft"].tolist() == ["x", "x", "x"]
    assert "per district, 2024" in " ".join(alts(app))


def test_what_is_chosen_goes_to_the_address_and_a_default_leaves_it_clean(open_page: OpenPage) -> None:
    app = open_page("verkenner", indicator="mh_slachtoffers")
    app.multiselect(key="gebieden").set_value(["DH", "E"]).run()
    app.selectbox(key="van").set_value("2023").run()
    assert (app.query_params["gebieden"], app.query_params["van"]) == ("DH,E", "2023")
    app.selectbox(key="tot").set_value("2024").run()
    assert app.table[0].value.index.tolist() == ["2024", "2023"]
    app.multiselect(key="gebieden").set_value(["DH"]).run()
    assert "gebieden" not in app.query_params


def test_a_breakdown_shows_one_period_and_a_category_of_it_a_range_again(open_page: OpenPage) -> None:
    app = open_page("verkenner", indicator="mh_slachtoffers", van="2022")
    app.selectbox(key="uitsplitsing").set_value("leeftijdsgroep").run()
    assert [one.key for one in app.selectbox if one.key in ("van", "tot")] == ["tot"]
    assert "van" not in app.query_params
    assert not any("Tegelkaart" in alt for alt in alts(app))
    assert app.table[0].value.index.tolist()[-1] == "Onbekend"
    app.selectbox(key="categorie").set_value("18-22").run()
    assert app.query_params["categorie"] == "18-22"
    assert app.table[0].value.index.tolist()[0] == "2025"
    app.selectbox(key="uitsplitsing").set_value("").run()
    assert "categorie" not in app.query_params
    assert "Het adres noemt een onbekende waarde" not in page_html(app)


def test_overlapping_categories_of_several_areas_keep_the_note_that_nothing_adds_up(open_page: OpenPage) -> None:
    app = open_page("verkenner", indicator="mh_slachtoffers_vorm", gebieden="DH,E", tot="2023")
    assert "Deze cijfers overlappen" in page_html(app)
    assert len([alt for alt in alts(app) if "naar uitbuitingsvorm in" in alt]) == 2
    assert app.table[0].value.iloc[:, 0].tolist() == ["31", "22", "12"]


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "GM9999", "x" * 10_000, "DH,DH", "DH,,E", "DH,A,B,C,D,E", "../../etc/passwd", "onbekend", "\x00"]
)
def test_an_unknown_or_hostile_address_gives_the_default_and_is_never_repeated(hostile: str, open_page: OpenPage) -> None:
    keys = ("thema", "indicator", "gebieden", "per", "van", "tot", "uitsplitsing", "categorie", "kaart")
    app = open_page("verkenner", **dict.fromkeys(keys, hostile))
    html = page_html(app)
    assert not app.exception
    assert app.multiselect(key="gebieden").value == ["DH"]
    assert "Het adres noemt een onbekende waarde voor" in html
    assert "gebieden" in html
    assert "alert(1)" not in html
    assert "passwd" not in html
    assert not any(key in app.query_params for key in keys)


def test_without_an_area_or_a_figure_a_sentence_says_why_there_is_no_chart(open_page: OpenPage) -> None:
    app = open_page("verkenner", indicator="mh_slachtoffers", gebieden="GM0503", uitsplitsing="leeftijdsgroep")
    assert "Voor Delft heeft deze indicator met deze uitsplitsing geen cijfers." in page_html(app)
    assert not app.get("vega_lite_chart")
    assert not app.table
    app = open_page("verkenner", indicator="mh_slachtoffers", gebieden="GM0503")
    assert "Alle cijfers zijn hier geheim of onbekend." in page_html(app)
    app.multiselect(key="gebieden").set_value([]).run()
    assert not app.exception
    assert "Kies hierboven ten minste één gebied." in page_html(app)
    assert app.query_params["gebieden"] == ""


def test_a_theme_narrows_the_list_of_indicators(open_page: OpenPage) -> None:
    app = open_page("verkenner")
    app.selectbox(key="thema").set_value("jonge_aanwas").run()
    assert app.selectbox(key="indicator").value == "ja_verdachten_12_23"
    assert "Het adres noemt" not in page_html(app)


def test_a_theme_page_leads_to_the_same_indicator_and_area(open_page: OpenPage) -> None:
    app = open_page("mensenhandel", indicator="mh_slachtoffers", gebied="E")
    links = [link.proto.query_string for link in app.get("page_link") if link.proto.label == "In de Verkenner bekijken"]
    assert links == ["indicator=mh_slachtoffers&gebieden=E%2CDH"]


def test_no_number_of_a_withheld_cell_is_in_a_chart_of_the_page(open_page: OpenPage) -> None:
    app = open_page("verkenner", indicator="mh_slachtoffers", gebieden="DH,GM0503")
    for chart in app.get("vega_lite_chart"):
        for layer in [json.loads(chart.proto.spec), *json.loads(chart.proto.spec)["layer"]]:
            for row in layer.get("data", {}).get("values", []):
                if "geheim" in row.get("beschrijving", ""):
                    assert row.get("waarde") is None
                    assert row.get("tekst", "x") == "x"
