"""The calendar of deliveries: what came, what is due and what is late on the day of a release. Pure: a release in, items and HTML out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from app import outline, wording
from app.cooperation import ALL, Event, slug
from app.release import Release

CAME, DUE, LATE, MISSING, SKIPPED = "binnen", "verwacht", "te laat", "ontbreekt", "overgeslagen"
SIGNS: Mapping[str, str] = {CAME: "✓", DUE: "○", LATE: "!", MISSING: "✕", SKIPPED: "–"}
MEANING: Mapping[str, str] = {
    CAME: "de levering is binnen",
    DUE: "de levering wordt nog verwacht",
    LATE: "de levering had binnen moeten zijn",
    MISSING: "er kwam nog nooit iets van deze levering",
    SKIPPED: "over deze periode kwam er niets, over een latere wel",
}
WINDOW = 12  # months, to both sides of the month of the release


class Item(NamedTuple):
    """What a delivery owes about one period (empty where nothing ever came): the last day on which it is on time, and how it stands."""

    delivery: str
    title: str
    partner: str
    theme: str
    period: str
    due: dt.date
    state: str
    received: dt.date | None

    @property
    def month(self) -> str:
        """The month in which it is due, as a code: `2026-12`."""
        return f"{self.due:%Y-%m}"

    @property
    def about(self) -> str:
        """`3e kwartaal 2026`"""
        return wording.format_period(self.period) if self.period else "nog niets ontvangen"


def items(release: Release, partner: str = ALL) -> list[Item]:
    """Every period that a delivery brought or owes, up to a year after the release, by the day on which it is due. `partner` is a code.

    The release says of each delivery when the next one is due, and of each file the first and last period. A contract sets one number of days
    after the end of a period, so that the other days follow. A period between the first and last of one file counts as in.
    """
    today = outline.created_on(release)
    rows = [row for row in release.deliveries.iter_rows(named=True) if partner in (ALL, slug(str(row["partner"])))]
    found = [item for row in rows for item in _items_of(row, _received(release, str(row["delivery"])), today)]
    return sorted(found, key=lambda item: (item.due, item.title.lower()))


def _received(release: Release, delivery: str) -> list[tuple[str, str, dt.date]]:
    """Of each file of a delivery the first and last period, and the day on which it came; the first file first."""
    files = [one for one in release.manifest.get("deliveries", []) if one.get("delivery") == delivery and one.get("used", True) and one.get("periods")]
    return sorted(((one["periods"][0], one["periods"][-1], dt.datetime.fromisoformat(str(one["received_at"])).date()) for one in files), key=lambda one: one[2])


def _items_of(row: Mapping[str, Any], files: Sequence[tuple[str, str, dt.date]], today: dt.date) -> Iterator[Item]:
    if not row["due_at"]:
        return
    who, due = (str(row["delivery"]), str(row["title"]), str(row["partner"]), str(row["theme"])), dt.date.fromisoformat(str(row["due_at"])[:10])
    newest = row["newest_period"]
    if not newest or not files:
        yield Item(*who, "", due, MISSING if due < today else DUE, None)
        return
    days = due - wording.end_of_period(following(newest, row["rhythm"]))
    period, last = min(first for first, *_ in files), months_around(today)[-1]
    while f"{(due := wording.end_of_period(period) + days):%Y-%m}" <= last:
        came = next((day for first, end, day in files if first <= period <= end), None)
        owed = DUE if due >= today else LATE if period > newest else SKIPPED
        yield Item(*who, period, due, CAME if came else owed, came)
        period = following(period, row["rhythm"])


def following(period: str, rhythm: str) -> str:
    """The period after (`2025-12` → `2026-01`, `2025Q4` → `2026Q1`, `2025/26` → `2026/27`; `2025` of a two-year rhythm → `2027`)."""
    year = int(period[:4])
    match period[4:5]:
        case "Q":
            number = year * 4 + int(period[5:])
            return f"{number // 4}Q{number % 4 + 1}"
        case "-":
            number = year * 12 + int(period[5:])
            return f"{number // 12}-{number % 12 + 1:02d}"
        case "/":
            return f"{year + 1}/{(year + 2) % 100:02d}"
    return str(year + (2 if rhythm.startswith("twee") else 1))


def months_around(day: dt.date) -> list[str]:
    """The months from a year before a day to a year after it."""
    middle = day.year * 12 + day.month - 1
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in range(middle - WINDOW, middle + WINDOW + 1)]


def owed(found: Sequence[Item]) -> list[tuple[Item, str]]:
    """What is late or missing, one line per delivery: the item that is due longest, and a sentence."""
    open_ = [item for item in found if item.state in (LATE, MISSING)]
    groups = {item.delivery: [one for one in open_ if one.delivery == item.delivery] for item in open_}
    return [(mine[0], _sentence(mine)) for mine in groups.values()]


def _sentence(mine: Sequence[Item]) -> str:
    first, about = mine[0], wording.join_words([item.about for item in mine])
    if len(mine) > 3:
        about = f"{first.about} tot en met {mine[-1].about} ({len(mine)} leveringen)"
    what = f"over {about}" if first.period else "er is nog niets ontvangen"
    return f"{first.title} ({first.partner}), {what}: {first.state}. Verwacht uiterlijk {wording.format_date(first.due)}."


def events(found: Sequence[Item]) -> list[Event]:
    """What is still expected, as entries of a calendar file."""
    return [
        Event(
            id=f"levering-{slug(item.delivery)}-{slug(item.period) or 'eerste'}",
            title=f"Levering uiterlijk vandaag: {item.title}",
            kind="levering",
            themes=(item.theme,),
            group=item.partner,
            place="",
            day=item.due,
            text=f"{item.partner} levert uiterlijk vandaag: {item.title}" + (f", over {item.about}." if item.period else "."),
        )
        for item in found
        if item.state == DUE
    ]


def rows(found: Sequence[Item]) -> list[dict[str, str]]:
    """A table of items."""
    return [
        {
            "Levering": item.title,
            "Partner": item.partner,
            "Over": item.about,
            "Uiterlijk": wording.format_date(item.due),
            "Stand": f"{SIGNS[item.state]} {item.state}",
            "Eerst ontvangen": wording.format_date(item.received),
        }
        for item in found
    ]


def matrix(found: Sequence[Item], months: Sequence[str]) -> str:
    """Deliveries by months as a table, a sign in the month in which each is due; words behind the sign for who cannot see it."""
    years = list(dict.fromkeys(month[:4] for month in months))
    top = "".join(f'<th scope="colgroup" colspan="{sum(month.startswith(year) for month in months)}">{year}</th>' for year in years)
    heads = "".join(f'<th scope="col">{wording.MONTHS[int(month[5:]) - 1][:3]}</th>' for month in months)
    by_title: dict[tuple[str, str], list[Item]] = {}
    for item in sorted(found, key=lambda item: item.title.lower()):
        by_title.setdefault((item.title, item.partner), []).append(item)
    lines = "".join(
        f'<tr><th scope="row">{escape(title)}</th>{"".join(_cell([one for one in mine if one.month == month]) for month in months)}</tr>'
        for (title, _), mine in by_title.items()
    )
    return (
        '<div class="km-rooster" tabindex="0" role="region" aria-label="Kalender van leveringen per maand"><table>'
        f'<thead><tr><th scope="col" rowspan="2">Levering</th>{top}</tr><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>'
    )


def _cell(here: Sequence[Item]) -> str:
    if not here:
        return "<td></td>"
    said = "; ".join(f"{item.state}, {item.about}" for item in here)
    signs = "".join(SIGNS[item.state] for item in here)
    return (
        f'<td class="km-{slug(here[-1].state)}" title="{escape(said)}"><span aria-hidden="true">{signs}</span>'
        f'<span class="km-onzichtbaar">{escape(said)}</span></td>'
    )


def legend() -> str:
    """What each sign means."""
    items_ = "".join(f'<li><b class="km-{slug(state)}">{SIGNS[state]}</b>{escape(state)}: {escape(MEANING[state])}</li>' for state in SIGNS)
    return f'<ul class="km-legend">{items_}</ul>'
