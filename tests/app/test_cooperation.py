"""What the page Samenwerking says and draws, from registers written by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from icalendar import Calendar

from app import calendar_file, cards, chain, cooperation
from app.release import Release
from tests.app.registers_fixture import registers
from tests.app.release_fixture import NOTE, RELEASE_ID

DAY = dt.date(2026, 11, 22)


def test_urgent_routes_come_first_and_of_these_the_one_that_calls_112() -> None:
    frame = registers()["meldroutes"]
    bed = frame.filter(pl.col("stap") == 2).with_columns(
        route_id=pl.lit("bed"), stap=pl.lit(1, frame.schema["stap"]), vermoeden=pl.lit("Een bed"), telefoon=pl.lit(None, pl.String)
    )
    found = cooperation.routes(pl.concat([frame.reverse(), bed]))
    assert [route.suspicion for route in found] == ["Iemand is nu in gevaar", "Een bed", "Iemand is opgelicht"]
    assert [cards.route_title(route) for route in found[::2]] == [
        "Spoed: Iemand is nu in gevaar (voor professionals)",
        "Iemand is opgelicht (voor inwoners)",
    ]


def test_the_steps_of_a_route_stand_in_their_order() -> None:
    route = cooperation.routes(registers()["meldroutes"].reverse())[0]
    assert [step["meld_bij"] for step in route.steps] == ["Politie", "Zorg"]
    html = cards.route(route)
    assert html.index("Bel direct.") < html.index("Vraag een bed.")
    assert '<a href="tel:112">112</a>' in html


def test_routes_are_chosen_by_theme_and_by_who_reports() -> None:
    frame = registers()["meldroutes"]
    assert [route.id for route in cooperation.routes(frame, "online_criminaliteit")] == ["online"]
    assert [route.id for route in cooperation.routes(frame, reader="professional")] == ["acuut"]
    assert cooperation.routes(frame, "online_criminaliteit", "professional") == []


def test_choices_stand_in_the_address_as_codes_and_the_first_takes_all() -> None:
    assert cooperation.choices(["ouders (60+)", None, "Één school", "ouders (60+)"], "Alle doelgroepen") == {
        "alle": "Alle doelgroepen",
        "ouders-60": "Ouders (60+)",
        "een-school": "Één school",
    }
    assert list(cooperation.choices(["inwoner", "professional"], "Voor iedereen", cooperation.READERS)) == ["alle", "professional", "inwoner"]
    assert cooperation.theme_choices(registers()) == {
        "alle": "Alle thema's",
        "mensenhandel": "Mensenhandel",
        "online_criminaliteit": "Online criminaliteit",
        "jonge_aanwas": "Jonge aanwas",
    }


@pytest.mark.parametrize(
    ("wanted", "found"),
    [({}, ["ja-les", "mh-training"]), ({"theme": "mensenhandel"}, ["mh-training"]), ({"group": "leerlingen"}, ["ja-les"]), ({"kind": "campagne"}, [])],
)
def test_the_menukaart_is_filtered(wanted: dict[str, str], found: list[str]) -> None:
    assert [row["aanbod_id"] for row in cooperation.offers(registers()["activiteiten"], **wanted)] == found


def test_an_offer_says_for_whom_how_long_and_how_to_join() -> None:
    html = cards.offer(cooperation.offers(registers()["activiteiten"])[0], {})
    assert "<strong>Voor:</strong> leerlingen" in html
    assert "op locatie, 1,5 uur. Hele regio." in html
    assert "Mail aanmelden@example.nl" in html
    assert "Door Dealbreakers (RIEC). Actielijn: Voorkomen." in html
    district = cooperation.offers(registers()["activiteiten"])[0] | {"duur": None, "district_code": "E"}
    assert "duur verschilt. District E, Westland - Delft." in cards.offer(district, {"E": "District E, Westland - Delft"})


def test_the_agenda_holds_what_comes_after_the_day_and_the_regional_meeting_of_a_kwartaalthema() -> None:
    given = registers()
    assert [event.id for event in cooperation.events(given, DAY)] == ["A-1", "A-3"]
    assert [event.id for event in cooperation.events(given, dt.date(2026, 12, 10))] == ["A-3"], "the day itself is over"
    given["kwartaalthemas"] = given["kwartaalthemas"].with_columns(bijeenkomst=pl.lit("Regiodag"), bijeenkomst_op=pl.lit(dt.date(2026, 12, 3)))
    first, *_ = cooperation.events(given, DAY)
    assert (first.title, first.kind, first.themes) == ("Regiodag (Digitale veiligheid)", "bijeenkomst", ("online_criminaliteit",))
    assert cooperation.events(given, dt.date.max) == []


def test_events_are_filtered_as_the_menukaart_is() -> None:
    found = cooperation.events(registers(), DAY)
    assert [event.id for event in cooperation.events_for(found, "jonge_aanwas")] == ["A-1"]
    assert [event.id for event in cooperation.events_for(found, group="partners", kind="bijeenkomst")] == ["A-3"]


def entries(content: bytes) -> list[Any]:
    return [*Calendar.from_ical(content).walk("VEVENT")]


def test_a_calendar_file_reads_back_as_whole_days_that_keep_nobody_occupied(release: Release) -> None:
    found = cooperation.events(release.registers, DAY)
    first, last = entries(calendar_file.make_calendar(release, found))
    assert (str(first["SUMMARY"]), first.decoded("DTSTART"), first.decoded("DTEND")) == ("Les Snel geld", dt.date(2026, 12, 10), dt.date(2026, 12, 11))
    assert (str(first["LOCATION"]), str(first["TRANSP"]), str(last["UID"])) == ("Delft", "TRANSPARENT", "A-3@ketenmonitor")
    assert first["CATEGORIES"].cats == ["Jonge aanwas"]
    assert "Voor: leerlingen." in str(first["DESCRIPTION"])
    assert f"release {RELEASE_ID}" in str(first["DESCRIPTION"])


def test_a_calendar_file_of_synthetic_data_says_so_in_its_name_and_in_every_entry(release: Release) -> None:
    found = cooperation.events(release.registers, DAY)
    assert all(NOTE in str(entry["DESCRIPTION"]) for entry in entries(calendar_file.make_calendar(release, found)))
    assert calendar_file.file_name(release, found) == f"ketenmonitor_agenda_{RELEASE_ID}_synthetisch.ics"
    assert calendar_file.file_name(release, found[:1]) == f"ketenmonitor_les-snel-geld_2026-12-10_{RELEASE_ID}_synthetisch.ics"


def test_equal_release_and_events_give_equal_bytes(release: Release) -> None:
    found = cooperation.events(release.registers, DAY)
    assert calendar_file.make_calendar(release, found) == calendar_file.make_calendar(release, found)


def test_a_text_that_looks_like_a_line_of_a_calendar_stays_text(release: Release) -> None:
    sly = cooperation.Event("x", "Les\r\nEND:VEVENT\r\nATTACH:http://example.nl", "les", ("mensenhandel",), "a; b, c", "Delft\\", DAY)
    (entry,) = entries(calendar_file.make_calendar(release, [sly]))
    assert "ATTACH" not in entry
    assert "END:VEVENT" in str(entry["SUMMARY"])
    assert str(entry["LOCATION"]) == "Delft\\"


@pytest.mark.parametrize(
    ("link", "said", "html"),
    [
        (cards.website, "www.example.nl/meld", '<a href="https://www.example.nl/meld" target="_blank" rel="noopener">www.example.nl/meld</a>'),
        (cards.website, "javascript:alert(1)", "javascript:alert(1)"),
        (cards.website, "example.nl/<b>", "example.nl/&lt;b&gt;"),
        (cards.telephone, "0900-8844", '<a href="tel:09008844">0900-8844</a>'),
        (cards.telephone, "via de balie", "via de balie"),
        (cards.email, "meld@example.nl", '<a href="mailto:meld@example.nl">meld@example.nl</a>'),
        (cards.email, 'a@b.nl?x"', "a@b.nl?x&quot;"),
    ],
)
def test_only_what_is_a_number_an_address_or_a_website_becomes_a_link(link: Any, said: str, html: str) -> None:
    assert link(said) == html


def test_actions_stand_by_theme_and_action_line_with_their_state() -> None:
    grouped = cooperation.actions(registers()["acties"])
    (row,) = grouped["mensenhandel"]["Signaleren"]
    assert cooperation.action_rows([row]) == [
        {"Actie": "Het meldpunt evalueren", "Stand": "Loopt", "Eigenaar": "RSIV", "Planning": "2e tot en met 4e kwartaal 2026", "Gereed op": "nog niet"}
    ]
    done = {**row, "status": "gereed", "gereed_op": dt.date(2026, 8, 27), "toelichting": "Klaar"}
    assert [one["Toelichting"] for one in cooperation.action_rows([row, done])] == ["", "Klaar"]
    assert cooperation.action_rows([done])[0]["Gereed op"] == "27 augustus 2026"
    assert cooperation.action_summary([done, row, row]) == "3 acties. Loopt: 2. Gereed: 1."
    assert cooperation.actions(registers()["acties"], "jonge_aanwas") == {}


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026Q2", "2026Q2", "2e kwartaal 2026"),
        ("2026Q1", "2026Q4", "1e tot en met 4e kwartaal 2026"),
        ("2025Q4", "2026Q1", "4e kwartaal 2025 tot en met 1e kwartaal 2026"),
    ],
)
def test_the_planning_is_written_in_quarters(first: str, last: str, said: str) -> None:
    assert cooperation.planned(first, last) == said


def test_empty_registers_give_an_empty_page_and_no_error() -> None:
    empty = {name: frame.clear() for name, frame in registers().items()}
    assert cooperation.theme_choices(empty) == {"alle": "Alle thema's"}
    assert cooperation.routes(empty["meldroutes"]) == cooperation.events(empty, DAY) == chain.within(empty["partners"]) == []
    assert cooperation.offers(empty["activiteiten"]) == []
    assert cooperation.actions(empty["acties"]) == {}
