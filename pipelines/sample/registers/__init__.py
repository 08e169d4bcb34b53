"""The six registers of the sample: their content stands in the TOML files beside this page, these functions date it.

A list of a year says only what was known in that year: an end date that lies later is still empty.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

Row = dict[str, Any]
BEGIN = dt.date(2021, 1, 1)  # what has no first day of its own was there from the first year of the sample
FOLDER = Path(__file__).parent


def partners(year: int) -> list[Row]:
    """A row per partner that was there in `year`; it passes things on to partners that were there too."""
    entries = [entry for entry in _read("partners") if _is_valid(entry, dt.date(year, 1, 1), dt.date(year, 12, 31))]
    there = {entry["partner_id"] for entry in entries}
    return [
        {"jaar": str(year)}
        | entry
        | {"themas": _several(entry), "geeft_door_aan": "; ".join(place for place in entry.get("geeft_door_aan", ()) if place in there) or None}
        | _valid(entry, dt.date(year, 12, 31))
        for entry in entries
    ]


def meldroutes(year: int) -> list[Row]:
    """A row per step of a route in `year`; the steps that were valid count from one."""
    rows = []
    for route in _read("meldroutes"):
        steps = [step for step in route["stap"] if _is_valid(step, dt.date(year, 1, 1), dt.date(year, 12, 31))]
        for number, step in enumerate(steps, start=1):
            rows.append({"jaar": str(year), "spoed": False, "anoniem": False} | route | {"stap": number} | step | _valid(step, dt.date(year, 12, 31)))
    return rows


def activiteiten(year: int) -> list[Row]:
    """A row per quarter of `year` and offer that was open in it."""
    return [
        {"kwartaal": quarter} | entry | _valid(entry, last)
        for quarter, first, last in _quarters(year)
        for entry in _read("activiteiten")
        if _is_valid(entry, first, last)
    ]


def acties(year: int) -> list[Row]:
    """A row per quarter of `year` and action of its year plan, with how it stood at the end of that quarter."""
    rows = []
    for quarter, _, last in _quarters(year):
        for plan, number, action in _actions(year):
            begin, end = (f"{year}Q{place}" for place in action["planning"])
            done = action.get("gereed_op")
            done = done if done and done <= last else None
            dropped = quarter >= f"{year}Q{action.get('vervallen', 9)}"
            status = "gereed" if done else "vervallen" if dropped else "gepland" if quarter < begin else "vertraagd" if quarter > end else "loopt"
            rows.append(
                {
                    "kwartaal": quarter,
                    "actie_id": f"{year}-{number:02d}",
                    "jaarplan": str(year),
                    "thema": plan["thema"],
                    "actielijn": plan["actielijn"],
                    "actie": action["actie"],
                    "gepland_van": begin,
                    "gepland_tot": end,
                    "eigenaar": action["eigenaar"],
                    "status": status,
                    "gereed_op": done,
                    "toelichting": action.get("toelichting") if quarter >= end else None,
                }
            )
    return rows


def kwartaalthemas(year: int) -> list[Row]:
    """A row per topic of a quarter of `year`."""
    return [entry | {"themas": _several(entry)} for entry in _read("kwartaalthemas") if entry["kwartaal"].startswith(str(year))]


def duiding(year: int) -> list[Row]:
    """A row per note that the werkgroep dated in `year`."""
    notes = [entry for entry in _read("duiding") if entry["datum"].year == year]
    return [
        {"duiding_id": f"D{year}-{number:02d}", "opgesteld_door": "Werkgroep Ketenmonitor", "status": "vastgesteld", "zichtbaar_voor": "iedereen"}
        | note
        | dict(zip(("gebied_niveau", "gebied_code"), note["gebied"], strict=True))
        for number, note in enumerate(notes, start=1)
    ]


@functools.cache
def _read(name: str) -> tuple[Row, ...]:
    """The entries of a TOML file."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        (entries,) = tomllib.load(file).values()
    return tuple(entries)


def _actions(year: int) -> Iterator[tuple[Row, int, Row]]:
    of_year = [(plan, action) for plan in _read("acties") if plan["jaar"] == year for action in plan["acties"]]
    return ((plan, number, action) for number, (plan, action) in enumerate(of_year, start=1))


def _several(entry: Row) -> str:
    return "|".join(sorted(entry["themas"]))


def _is_valid(entry: Row, first: dt.date, last: dt.date) -> bool:
    return bool(entry.get("geldig_van", BEGIN) <= last and entry.get("geldig_tot", last) >= first)


def _valid(entry: Row, known: dt.date) -> Row:
    end = entry.get("geldig_tot")
    return {"geldig_van": entry.get("geldig_van", BEGIN), "geldig_tot": end if end and end <= known else None}


def _quarters(year: int) -> Iterator[tuple[str, dt.date, dt.date]]:
    """Name, first and last day of the quarters of a year."""
    for number in range(1, 5):
        following = dt.date(year + number // 4, number % 4 * 3 + 1, 1)
        yield f"{year}Q{number}", dt.date(year, number * 3 - 2, 1), following - dt.timedelta(days=1)


def _maker(delivery: str, rows_of: Callable[[int], list[Row]]) -> Callable[[int, int, float], pl.DataFrame]:
    """Rows of a year as a frame with the contract's columns; a register is the same at any seed and scale."""

    def make(year: int, seed: int, scale: float) -> pl.DataFrame:  # noqa: ARG001 - the form of every maker
        from data_contracts import contract_of

        columns = {column: properties.dtype.type for column, properties in contract_of(delivery).to_schema().columns.items()}
        return pl.DataFrame([{column: row.get(column) for column in columns} for row in rows_of(year)], schema=columns)

    return make


MAKERS: Mapping[str, Callable[[int, int, float], pl.DataFrame]] = MappingProxyType(
    {rows_of.__name__: _maker(rows_of.__name__, rows_of) for rows_of in (partners, meldroutes, activiteiten, acties, kwartaalthemas, duiding)}
)
