"""What partners do together, in Dutch, from the registers of a release: meldroutes, menukaart, agenda and actions. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from app import wording

Row = Mapping[str, Any]
Registers = Mapping[str, pl.DataFrame]

ALL = "alle"
#: The parts of the page, by the code that stands in the address.
PARTS: Mapping[str, str] = {
    "meldroutes": "Wat te doen bij een vermoeden",
    "menukaart": "Trainingen en activiteiten",
    "partners": "Partners",
    "acties": "Acties",
}
READERS: Mapping[str, str] = {
    "professional": "Ik ben professional",
    "inwoner": "Ik ben inwoner",
    "slachtoffer": "Ik ben zelf slachtoffer",
    "ondernemer": "Ik ben ondernemer",
}
READERS_PLURAL: Mapping[str, str] = {"professional": "professionals", "inwoner": "inwoners", "slachtoffer": "slachtoffers", "ondernemer": "ondernemers"}
STATUSES = ("vertraagd", "loopt", "gepland", "gereed", "vervallen")


class Route(NamedTuple):
    """What to do with one suspicion: signals, for whom it is, and the steps in order (rows of the register)."""

    id: str
    suspicion: str
    signals: str
    reader: str
    theme: str
    is_urgent: bool
    steps: tuple[Row, ...]


@dataclass(frozen=True)
class Event:
    """One activity on one day; `group` says for whom, `themes` are codes, `text` what a calendar says of it instead of these."""

    id: str
    title: str
    kind: str
    themes: tuple[str, ...]
    group: str
    place: str
    day: dt.date
    text: str = ""


def slug(text: str) -> str:
    """A text as a code for the address: `Ouders (60+)` → `ouders-60`."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")


def themes_of(row: Row) -> tuple[str, ...]:
    """The themes of a row as codes: `mensenhandel|jonge aanwas` → `mensenhandel`, `jonge_aanwas`."""
    return tuple(one.strip().replace(" ", "_") for one in str(row.get("themas") or row.get("thema") or "").split("|") if one.strip())


def theme_names(themes: Iterable[str]) -> str:
    """`Mensenhandel en jonge aanwas`."""
    return wording.label(wording.join_words([wording.theme_title(theme).lower() for theme in themes]))


def theme_choices(registers: Registers) -> dict[str, str]:
    """The themes that occur in what the page shows, by code, in the order of the house."""
    found = {theme for name in ("meldroutes", "activiteiten", "partners", "acties") for row in registers[name].to_dicts() for theme in themes_of(row)}
    ordered = [*(theme for theme in wording.THEMES if theme in found), *sorted(found - {*wording.THEMES})]
    return {ALL: "Alle thema's"} | {theme: wording.theme_title(theme) for theme in ordered}


def choices(values: Iterable[str | None], everything: str, names: Mapping[str, str] | None = None) -> dict[str, str]:
    """What can be chosen of a field, by code, in the order of `names` or of the alphabet; the first takes all."""
    found = {value for value in values if value}
    ordered = sorted(found, key=lambda value: ([*names].index(value) if names and value in names else 99, value.lower()))
    return {ALL: everything} | {slug(value): (names or {}).get(value, wording.label(value)) for value in ordered}


def has(row: Row, theme: str = ALL, **wanted: str) -> bool:
    """Whether a row is about the theme and has, of each other field, the value with the code that was chosen."""
    return theme in (ALL, *themes_of(row)) and all(code in (ALL, slug(str(row.get(field) or ""))) for field, code in wanted.items())


def routes(meldroutes: pl.DataFrame, theme: str = ALL, reader: str = ALL) -> list[Route]:
    """The routes for a theme and a reader, the urgent ones first, and of these the ones that call 112."""
    steps: dict[str, list[Row]] = {}
    for row in meldroutes.sort("route_id", "stap").to_dicts():
        if has(row, theme, voor_wie=reader):
            steps.setdefault(str(row["route_id"]), []).append(row)
    found = [
        Route(route_id, one[0]["vermoeden"], one[0]["signalen"], one[0]["voor_wie"], one[0]["thema"], any(row["spoed"] for row in one), tuple(one))
        for route_id, one in steps.items()
    ]
    return sorted(found, key=lambda route: (not route.is_urgent, not _calls_112(route), route.suspicion.lower()))


def _calls_112(route: Route) -> bool:
    return any(step["telefoon"] == "112" for step in route.steps)


def offers(activiteiten: pl.DataFrame, theme: str = ALL, group: str = ALL, kind: str = ALL) -> list[Row]:
    """What one can join or ask for, by title."""
    return sorted((row for row in activiteiten.to_dicts() if has(row, theme, doelgroep=group, soort=kind)), key=lambda row: str(row["titel"]).lower())


def events(registers: Registers, after: dt.date) -> list[Event]:
    """What is on the agenda after a day, the first to come first: activities, and the regional meetings of the kwartaalthemas."""
    agenda = [
        Event(
            str(row["activiteit_id"]),
            str(row["activiteit"]),
            str(row["soort"]),
            themes_of(row),
            str(row["doelgroep"] or ""),
            wording.area_label(row["area_level"], row["area_code"], row["area_name"] or row["area_code"]),
            row["datum"],
        )
        for row in registers["agenda"].to_dicts()
    ]
    meetings = [
        Event(
            f"{row['kwartaal']}-{slug(row['titel'])}",
            f"{row['bijeenkomst']} ({row['titel']})",
            "bijeenkomst",
            themes_of(row),
            str(row["doelgroep"] or ""),
            "Hele regio",
            row["bijeenkomst_op"],
        )
        for row in registers["kwartaalthemas"].to_dicts()
        if row["bijeenkomst_op"]
    ]
    return sorted((one for one in [*agenda, *meetings] if one.day > after), key=lambda one: (one.day, one.title))


def events_for(found: Sequence[Event], theme: str = ALL, group: str = ALL, kind: str = ALL) -> list[Event]:
    """The events about a theme, for a group, of a kind."""
    return [one for one in found if theme in (ALL, *one.themes) and group in (ALL, slug(one.group)) and kind in (ALL, slug(one.kind))]


def actions(acties: pl.DataFrame, theme: str = ALL) -> dict[str, dict[str, list[Row]]]:
    """The actions by theme and by action line, in the order of their planning."""
    grouped: dict[str, dict[str, list[Row]]] = {}
    found = [row for row in acties.sort("gepland_van", "gepland_tot", "actie_id").to_dicts() if has(row, theme)]
    order = [*wording.THEMES]
    for row in sorted(found, key=lambda row: order.index(themes_of(row)[0]) if themes_of(row)[0] in order else 99):
        grouped.setdefault(themes_of(row)[0], {}).setdefault(str(row["actielijn"] or "Zonder actielijn"), []).append(row)
    return grouped


def planned(first: str, last: str) -> str:
    """`2e tot en met 4e kwartaal 2026`, `4e kwartaal 2026`."""
    if first == last:
        return wording.format_period(first)
    begin = f"{first[5:]}e" if first[:4] == last[:4] else wording.format_period(first)
    return f"{begin} tot en met {wording.format_period(last)}"


def action_row(row: Row) -> dict[str, str]:
    """One row of the table of actions."""
    return {
        "Actie": str(row["actie"]),
        "Stand": wording.label(str(row["status"])),
        "Eigenaar": str(row["eigenaar"]),
        "Planning": planned(row["gepland_van"], row["gepland_tot"]),
        "Gereed op": wording.format_date(row["gereed_op"]),
        "Toelichting": str(row["toelichting"] or ""),
    }


def action_rows(rows: Sequence[Row]) -> list[dict[str, str]]:
    """A table of actions; the explanation only where there is one."""
    found = [action_row(row) for row in rows]
    if not any(row["Toelichting"] for row in found):
        return [{name: text for name, text in row.items() if name != "Toelichting"} for row in found]
    return found


def action_summary(rows: Sequence[Row]) -> str:
    """`3 acties. Loopt: 1. Gereed: 2.`"""
    counts = Counter(str(row["status"]) for row in rows)
    said = [f"{wording.label(status)}: {counts[status]}." for status in sorted(counts, key=lambda one: STATUSES.index(one) if one in STATUSES else 99)]
    return " ".join([f"{len(rows)} {'actie' if len(rows) == 1 else 'acties'}.", *said])
