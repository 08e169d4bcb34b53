"""The page Samenwerking, run as Streamlit runs it but without a browser."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from app import frame
from app.release import Release
from tests.app.conftest import page_html
from tests.app.test_pages import PAGES

OpenPage = Callable[..., AppTest]
PARTS = ("meldroutes", "menukaart", "partners", "acties")


def labels(app: AppTest) -> list[str]:
    return [expander.label.replace("\\", "") for expander in app.expander]


def with_registers(monkeypatch: pytest.MonkeyPatch, release: Release, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    changed = dataclasses.replace(release, registers={name: change(register) for name, register in release.registers.items()})
    monkeypatch.setattr(frame, "open_release", lambda *_: changed)


@pytest.mark.parametrize("page", PAGES)
def test_from_every_page_one_click_leads_to_what_to_do_with_a_suspicion(page: str, open_page: OpenPage) -> None:
    (link,) = [link for link in open_page(page).get("page_link") if link.proto.label.startswith("Vermoeden?")]
    assert link.proto.page == "samenwerking"


def test_the_page_starts_with_the_meldroutes_the_urgent_one_open_and_marked_in_words(open_page: OpenPage) -> None:
    app = open_page("samenwerking")
    assert app.radio(key="onderdeel").value == "meldroutes"
    assert labels(app) == ["Spoed: Iemand is nu in gevaar (voor professionals)", "Iemand is opgelicht (voor inwoners)"]
    assert app.expander[0].proto.expanded
    html = page_html(app)
    assert "Is er nu gevaar? Bel 112." in html
    assert html.index("Bel direct.") < html.index("Vraag een bed.")


def test_theme_and_reader_choose_the_routes_and_stand_in_the_address(open_page: OpenPage) -> None:
    app = open_page("samenwerking", thema="online_criminaliteit", voor="inwoner")
    assert labels(app) == ["Iemand is opgelicht (voor inwoners)"]
    app.selectbox(key="voor").set_value("professional").run()
    assert app.query_params["voor"] == "professional"
    assert "geen meldroute" in page_html(app)


def test_the_theme_stays_chosen_in_another_part_and_the_rest_leaves_the_address(open_page: OpenPage) -> None:
    app = open_page("samenwerking", thema="jonge_aanwas", voor="professional")
    app.radio(key="onderdeel").set_value("menukaart").run()
    assert (app.query_params["onderdeel"], app.query_params["thema"]) == ("menukaart", "jonge_aanwas")
    assert "voor" not in app.query_params
    assert "Les Snel geld" in page_html(app)
    assert "Training Signalen zien" not in page_html(app)


def test_the_menukaart_gives_a_calendar_file_for_each_activity_and_for_all(open_page: OpenPage) -> None:
    app = open_page("samenwerking", onderdeel="menukaart")
    assert [button.proto.label.replace("\\", "") for button in app.get("download_button")] == [
        "Zet deze 2 in mijn agenda",
        "Zet in mijn agenda: Les Snel geld",
        "Zet in mijn agenda: Bijeenkomst keten",
    ]
    app.selectbox(key="doelgroep").set_value("leerlingen").run()
    assert [button.proto.label.replace("\\", "") for button in app.get("download_button")] == ["Zet in mijn agenda: Les Snel geld"]


def test_no_calendar_file_is_built_before_the_click(monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> None:
    built: list[object] = []
    monkeypatch.setattr("app.calendar_file.make_calendar", lambda *asked: built.append(asked))
    assert open_page("samenwerking", onderdeel="menukaart").get("download_button")
    assert built == []


def test_the_diagram_of_the_partners_has_an_alternative_and_stands_there_in_words(open_page: OpenPage) -> None:
    app = open_page("samenwerking", onderdeel="partners", partner="alle")
    (chart,) = app.get("vega_lite_chart")
    assert "Dezelfde gegevens staan hieronder in woorden." in chart.proto.alt
    assert "<li>Van Politie naar Openbaar Ministerie: dossiers</li>" in page_html(app)
    assert labels(app) == ["Dit schema in woorden (1)", "Openbaar Ministerie: vervolging", "Politie: opsporing"]


def test_actions_stand_in_a_table_per_action_line(open_page: OpenPage) -> None:
    app = open_page("samenwerking", onderdeel="acties")
    assert "1 actie. Loopt: 1." in page_html(app)
    (table,) = app.table
    assert table.value.loc["Het meldpunt evalueren"].tolist() == ["Loopt", "RSIV", "2e tot en met 4e kwartaal 2026", "nog niet"]


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "x" * 10_000, "../../etc/passwd", "\x00"])
@pytest.mark.parametrize("part", PARTS)
def test_an_unknown_or_hostile_address_gives_the_default_and_is_never_repeated(part: str, hostile: str, open_page: OpenPage) -> None:
    app = open_page("samenwerking", onderdeel=part, thema=hostile, voor=hostile, doelgroep=hostile, soort=hostile, partner=hostile)
    html = page_html(app)
    assert not app.exception
    assert "Het adres noemt een onbekende waarde voor" in html
    assert "alert(1)" not in html
    assert "passwd" not in html


def test_an_unknown_part_gives_the_meldroutes_and_says_so(open_page: OpenPage) -> None:
    app = open_page("samenwerking", onderdeel="geheim")
    assert app.radio(key="onderdeel").value == "meldroutes"
    assert "onbekende waarde voor onderdeel" in page_html(app)


@pytest.mark.parametrize("part", PARTS)
def test_a_release_with_empty_registers_says_that_there_is_nothing(part: str, release: Release, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> None:
    with_registers(monkeypatch, release, pl.DataFrame.clear)
    app = open_page("samenwerking", onderdeel=part)
    assert not app.exception
    assert "km-uitleg" in page_html(app)


@pytest.mark.parametrize("part", PARTS)
def test_text_of_a_register_is_never_read_as_html_or_markdown(part: str, release: Release, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> None:
    sly = "<img src=x onerror=alert(1)> **vet** [klik](http://example.nl)"
    free = (
        "vermoeden",
        "signalen",
        "hoe",
        "meld_bij",
        "titel",
        "inhoud",
        "doelgroep",
        "activiteit",
        "organisatie",
        "rol",
        "taak",
        "actie",
        "eigenaar",
        "actielijn",
    )
    with_registers(monkeypatch, release, lambda register: register.with_columns(pl.lit(sly).alias(name) for name in free if name in register.columns))
    app = open_page("samenwerking", onderdeel=part)
    assert not app.exception
    assert "<img" not in page_html(app)
    shown = [*(expander.label for expander in app.expander), *(button.proto.label for button in app.get("download_button"))]
    shown += [str(cell) for table in app.table for cell in [*table.value.index, *table.value.to_numpy().ravel()]]
    assert [text for text in shown if "**" in text or "](" in text] == []
