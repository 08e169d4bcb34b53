"""The calendar of deliveries: what came, what is due and what is late, and every delivery with its status and origin."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from app import address, calendar_file, delivery_calendar, frame, outline, wording
from app.cooperation import ALL, choices, slug
from app.delivery_calendar import Item
from app.markup import plain
from app.release import Release


def choose_partner(release: Release) -> str:
    """One partner or all (`?partner=`)."""
    options = choices(release.deliveries["partner"], "Alle partners")
    address.seed("partner", list(options), ALL)
    st.selectbox("Partner", list(options), format_func=lambda code: options[code], key="partner", width=420)
    return address.publish("partner", ALL)


def show_owed(found: Sequence[Item]) -> None:
    """What is late or missing; say so too when nothing is."""
    st.header("Te laat", anchor=False)
    if not (owed := delivery_calendar.owed(found)):
        frame.show_html(frame.note("Alles wat al verwacht werd, is binnen.", "goed"))
    for _, sentence in owed:
        frame.show_html(frame.note(sentence))


def show_calendar(release: Release, found: Sequence[Item], months: Sequence[str]) -> None:
    """Deliveries by months, and what is expected as a calendar file."""
    st.header("Kalender", anchor=False)
    frame.show_html(
        "<p>Een teken staat in de maand waarin de levering er uiterlijk moet zijn.</p>", delivery_calendar.legend(), delivery_calendar.matrix(found, months)
    )
    if events := delivery_calendar.events(found):
        st.download_button(
            f"Zet wat nog komt in mijn agenda ({len(events)})",
            data=lambda: calendar_file.make_calendar(release, events),
            file_name=calendar_file.file_name(release, events, "leveringen"),
            mime=calendar_file.MIME,
            on_click="ignore",
        )


def show_month(found: Sequence[Item], months: Sequence[str], today: str) -> None:
    """What is due in one month (`?maand=`)."""
    st.header("Eén maand in een lijst", anchor=False)
    address.seed("maand", months, today)
    st.selectbox("Maand", months, format_func=wording.format_period, key="maand", width=240)
    month = address.publish("maand", today)
    here = [item for item in found if item.month == month]
    if here:
        show_rows(delivery_calendar.rows(here), f"Leveringen die uiterlijk in {wording.format_period(month)} worden verwacht")
    else:
        frame.show_html(f"<p>In {frame.safe(wording.format_period(month))} wordt er geen levering verwacht.</p>")


def show_deliveries(release: Release, partner: str) -> None:
    """Every delivery: newest period, dates, status and origin."""
    st.header("Alle leveringen", anchor=False)
    rows = [
        {
            "Levering": str(row["title"]),
            "Partner": str(row["partner"]),
            "Ritme": str(row["rhythm"]),
            "Nieuwste periode": wording.format_period(row["newest_period"]) if row["newest_period"] else "nog geen",
            "Ontvangen": wording.format_date(row["received_at"]),
            "Volgende uiterlijk": wording.format_date(row["due_at"]),
            "Stand": str(row["status"]),
            "Herkomst": str(row["origin_note"] or wording.ORIGINS.get(str(row["origin"]), row["origin"] or "onbekend")),
        }
        for row in release.deliveries.iter_rows(named=True)
        if partner in (ALL, slug(str(row["partner"])))
    ]
    show_rows(rows, "Leveringen met stand en herkomst")


def show_rows(rows: Sequence[dict[str, str]], alt: str) -> None:
    """A table of texts, named by the delivery."""
    st.table(pd.DataFrame([{head: plain(text) for head, text in row.items()} for row in rows]).set_index("Levering"), border="horizontal", alt=alt)


release = frame.release_in_view()
day = outline.created_on(release)
st.title("Leveringen")
frame.show_html(
    f"<p>Wat partners hebben geleverd, wat er nog komt en wat te laat is. Zo stond het op {frame.safe(wording.format_date(day))}, de dag van deze release.</p>"
)
if release.deliveries.is_empty():
    frame.show_html(frame.note("Deze release zegt niets over leveringen.", "uitleg"))
else:
    chosen = choose_partner(release)
    found, months = delivery_calendar.items(release, chosen), delivery_calendar.months_around(day)
    show_owed(found)
    show_calendar(release, found, months)
    show_month(found, months, f"{day:%Y-%m}")
    show_deliveries(release, chosen)
frame.show_rejected_address()
