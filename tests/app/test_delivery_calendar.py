"""The calendar of deliveries: due days that follow from a release, what is late, the table of months, and the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest
from icalendar import Calendar
from streamlit.testing.v1 import AppTest

from app import calendar_file, delivery_calendar
from app.delivery_calendar import CAME, DUE, LATE, MISSING, SKIPPED, following, items
from app.release import Release
from tests.app.conftest import page_html

OpenPage = Callable[..., AppTest]


def with_delivery(release: Release, newest: str | None, due: str, *files: tuple[str, str], rhythm: str = "kwartaal") -> Release:
    """The release with one delivery, and files that each speak for the periods from one to another. It was made on 22 November 2026."""
    row = {
        "delivery": "om_zaken",
        "title": "Zaken",
        "partner": "Openbaar Ministerie",
        "theme": "mensenhandel",
        "rhythm": rhythm,
        "newest_period": newest,
        "received_at": None,
        "due_at": due,
        "status": "op tijd",
        "origin": None,
        "origin_note": None,
    }
    came = [{"delivery": "om_zaken", "periods": list(file), "received_at": f"2026-11-{day:02d} 09:00:00", "used": True} for day, file in enumerate(files, 1)]
    return replace(release, deliveries=pl.DataFrame([row], schema=release.deliveries.schema), manifest={**release.manifest, "deliveries": came})


@pytest.mark.parametrize(
    ("period", "rhythm", "after"),
    [
        ("2025-12", "maand", "2026-01"),
        ("2025Q4", "kwartaal", "2026Q1"),
        ("2025/26", "schooljaar", "2026/27"),
        ("2025", "jaar", "2026"),
        ("2025", "twee jaar", "2027"),
    ],
)
def test_the_period_after_follows_the_rhythm(period: str, rhythm: str, after: str) -> None:
    assert following(period, rhythm) == after


def test_due_days_follow_from_the_one_that_the_release_tells(release: Release) -> None:
    found = items(with_delivery(release, "2026Q3", "2027-02-14", ("2026Q1", "2026Q3")))
    assert [(item.period, item.due, item.state) for item in found][2:4] == [
        ("2026Q3", dt.date(2026, 11, 14), CAME),
        ("2026Q4", dt.date(2027, 2, 14), DUE),
    ]
    assert found[-1].month == "2027-11"


def test_what_is_over_its_day_is_late_and_a_gap_before_a_later_delivery_is_skipped(release: Release) -> None:
    found = items(with_delivery(release, "2026Q1", "2026-08-14", ("2025Q1", "2025Q2"), ("2026Q1", "2026Q1")))
    states = {item.period: item.state for item in found}
    assert [states[f"2025Q{number}"] for number in (2, 3, 4)] == [CAME, SKIPPED, SKIPPED]
    assert [states[period] for period in ("2026Q1", "2026Q2", "2026Q3", "2026Q4")] == [CAME, LATE, LATE, DUE]
    ((_, sentence),) = delivery_calendar.owed(found)
    assert sentence == "Zaken (Openbaar Ministerie), over 2e kwartaal 2026 en 3e kwartaal 2026: te laat. Verwacht uiterlijk 14 augustus 2026."


def test_a_delivery_that_never_came_is_missing_and_names_no_period(release: Release) -> None:
    found = items(with_delivery(release, None, "2026-11-14"))
    assert [(item.state, item.period) for item in found] == [(MISSING, "")]
    assert "er is nog niets ontvangen: ontbreekt." in delivery_calendar.owed(found)[0][1]


def test_the_first_file_about_a_period_tells_when_it_came(release: Release) -> None:
    found = items(with_delivery(release, "2026Q3", "2027-02-14", ("2026Q1", "2026Q2"), ("2026Q2", "2026Q3")))
    assert {item.period: item.received and item.received.day for item in found[:3]} == {"2026Q1": 1, "2026Q2": 1, "2026Q3": 2}


def test_the_matrix_has_a_sign_and_words_in_the_month_in_which_something_is_due(release: Release) -> None:
    months = delivery_calendar.months_around(dt.date(2026, 11, 22))
    assert (months[0], months[12], months[-1], len(months)) == ("2025-11", "2026-11", "2027-11", 25)
    html = delivery_calendar.matrix(items(with_delivery(release, "2026Q3", "2027-02-14", ("2026Q3", "2026Q3"))), months)
    cells = html[html.index('<th scope="row">Zaken') :].split("<td")[1:]
    assert [place for place, cell in enumerate(cells) if "○" in cell] == [15, 18, 21, 24]
    assert "binnen, 3e kwartaal 2026" in cells[12]


def test_the_calendar_file_has_what_is_still_expected(release: Release) -> None:
    late = with_delivery(release, "2026Q2", "2026-11-14", ("2026Q1", "2026Q2"))
    events = delivery_calendar.events(items(late))
    entries = Calendar.from_ical(calendar_file.make_calendar(late, events)).walk("VEVENT")
    assert [entry["dtstart"].dt for entry in entries] == [dt.date(2027, 2, 14), dt.date(2027, 5, 15), dt.date(2027, 8, 14), dt.date(2027, 11, 14)]
    assert "over 4e kwartaal 2026." in str(entries[0]["description"])
    assert "De tijd staat niet" not in str(entries[0]["description"])
    assert "leveringen" in calendar_file.file_name(late, events, "leveringen")


def test_the_page_shows_one_partner_by_its_code(open_page: OpenPage) -> None:
    app = open_page("leveringen", partner="politie-eenheid-den-haag")
    assert not app.exception
    assert app.selectbox(key="partner").value == "politie-eenheid-den-haag"
    assert set(app.table[-1].value["Partner"]) == {"Politie, eenheid Den Haag"}
    assert "CBS" not in "".join(element.proto.body for element in app.get("html") if "km-rooster" in element.proto.body)


def test_the_page_lists_every_delivery_with_its_origin_and_the_month_that_is_chosen(open_page: OpenPage) -> None:
    app = open_page("leveringen", maand="2026-10")
    month, every = (table.value for table in app.table)
    assert set(every["Stand"]) == {"op tijd", "te laat", "ontbreekt", "verwacht"}
    assert set(every["Herkomst"]) == {"Echte open data, uit een bewaard bestand", "Synthetisch voorbeeld", "onbekend"}
    assert set(month["Uiterlijk"]) == {"31 oktober 2026"}
    assert app.query_params["maand"] == "2026-10"


def test_a_hostile_partner_or_month_gives_all_of_them_and_is_not_repeated(open_page: OpenPage) -> None:
    app = open_page("leveringen", partner="<script>", maand="9999-99")
    assert not app.exception
    assert (app.selectbox(key="partner").value, app.selectbox(key="maand").value) == ("alle", "2026-11")
    assert "Het adres noemt een onbekende waarde voor maand en partner" in page_html(app)
    assert "script" not in page_html(app)
