"""What people say of the figures: the werkgroep's duiding of an indicator, and the theme of the quarter. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from app import outline, wording
from app.catalogue import Indicator
from app.figures import Area
from app.release import Release


class Note(NamedTuple):
    """One note to a figure; where: the area behind 'in'."""

    period: str
    day: dt.date
    where: str
    title: str
    text: str
    by: str

    @property
    def heading(self) -> str:
        """`2023, de regio: 56 geregistreerde slachtoffers`"""
        return f"{wording.label(wording.format_period(self.period))}, {self.where}: {self.title}"

    @property
    def source(self) -> str:
        """`Werkgroep Ketenmonitor, 12 mei 2024`"""
        return f"{self.by}, {wording.format_date(self.day)}"


def notes_of(release: Release, indicator: Indicator, areas: Sequence[Area]) -> list[Note]:
    """The notes to an indicator in these areas, the newest period first."""
    named = {(area.level, area.code): area.in_sentence for area in areas}
    rows = release.registers["duiding"].iter_rows(named=True)
    found = [
        Note(row["period"], row["datum"], named[row["area_level"], row["area_code"]], row["titel"], row["tekst"], row["opgesteld_door"])
        for row in rows
        if row["indicator_id"] == indicator.id and (row["area_level"], row["area_code"]) in named
    ]
    return sorted(found, key=lambda note: (wording.end_of_period(note.period), note.day), reverse=True)


def quarter_theme(release: Release, theme: str) -> str:
    """The theme of the quarter in which the release was made, in one text; empty where it is about another theme, or nobody said one."""
    today = outline.created_on(release)
    quarter = f"{today.year}Q{(today.month + 2) // 3}"
    for row in release.registers["kwartaalthemas"].iter_rows(named=True):
        if row["kwartaal"] == quarter and theme.replace("_", " ") in [one.strip() for one in row["themas"].split("|")]:
            said = [f"Thema van dit kwartaal: {row['titel']}", row["omschrijving"]]
            if row["bijeenkomst"]:
                said.append(row["bijeenkomst"] + (f" op {wording.format_date(row['bijeenkomst_op'])}" if row["bijeenkomst_op"] else ""))
            said.append(f"Trekker: {row['trekker']}" if row["trekker"] else "")
            return " ".join(f"{text.rstrip('.')}." for text in said if text)
    return ""
