"""Activities as a calendar file (iCalendar, RFC 5545), for Outlook, Google and Apple alike. Pure: equal release and events give equal bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from app import wording
from app.cooperation import Event, slug, theme_names
from app.release import Release

MIME = "text/calendar"


def file_name(release: Release, events: Sequence[Event], many: str = "agenda") -> str:
    """`ketenmonitor_agenda_<release>.ics`, or named after the one activity; it says when the release is synthetic."""
    what = f"{slug(events[0].title)[:50].strip('-')}_{events[0].day.isoformat()}" if len(events) == 1 else many
    return f"ketenmonitor_{what}_{release.id}{'_synthetisch' if release.is_synthetic else ''}.ics"


def make_calendar(release: Release, events: Sequence[Event]) -> bytes:
    """A calendar with an entry for each event. A register has days and no hours, so that an entry takes the whole day and keeps nobody occupied."""
    from icalendar import Calendar
    from icalendar import Event as Entry

    calendar = Calendar()
    calendar.add("prodid", "-//Ketenmonitor//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        entry = Entry()
        entry.add("uid", f"{event.id}@ketenmonitor")
        entry.add("dtstamp", _made_at(release))
        entry.add("dtstart", event.day)
        entry.add("dtend", event.day + dt.timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
        entry.add("summary", event.title)
        if event.place:
            entry.add("location", event.place)
        entry.add("categories", [wording.theme_title(theme) for theme in event.themes])
        entry.add("description", _description(release, event))
        calendar.add_component(entry)
    return calendar.to_ical()


def _made_at(release: Release) -> dt.datetime:
    """When the release was made, in UTC; what a release does not say is the start of its own day."""
    try:
        made = dt.datetime.fromisoformat(str(release.manifest.get("created_at")))
    except ValueError:
        made = dt.datetime.fromisoformat(release.id[:10])
    return made.replace(tzinfo=made.tzinfo or dt.UTC).astimezone(dt.UTC)


def _description(release: Release, event: Event) -> str:
    about = [
        f"{wording.label(event.kind)} over {theme_names(event.themes).lower()}.",
        f"Voor: {event.group}." if event.group else "",
        "De tijd staat niet in de Ketenmonitor.",
    ]
    lines = [
        *([event.text] if event.text else about),
        f"Bron: Ketenmonitor, release {release.id}.",
        release.synthetic_note or "",
    ]
    return "\n".join(line for line in lines if line)
