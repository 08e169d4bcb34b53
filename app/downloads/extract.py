"""One extract: the rows that a reader takes along, and all that has to be said of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from app import tiles, wording
from app.catalogue import Indicator
from app.downloads.columns import KEY, NUMBERS
from app.downloads.view import Choice, file_part
from app.release import VALUE_COLUMNS, Release

MAKER = "Ketenmonitor van RIEC en RSIV Den Haag"
LICENCES = {
    "publiek": "Cijfers: vrij te gebruiken met vermelding van bron en release",
    "professional": "Cijfers: alleen voor professionals van de deelnemende partners",
}


@dataclass(frozen=True)
class Extract:
    """Rows of one indicator (the 15 columns of a release, sorted by key), of the whole indicator when `view` is None."""

    release: Release
    indicator: Indicator
    view: Choice | None
    rows: pl.DataFrame

    @property
    def sources(self) -> str:
        """The partners behind the figures, and where their files came from."""
        return tiles.sources_text(self.release, self.indicator)

    @property
    def choice(self) -> str:
        """Which figures these are, in a sentence."""
        return self.view.sentence() if self.view else "Alle gepubliceerde cijfers van deze indicator."

    @property
    def filters(self) -> dict[str, str]:
        """The choices as codes; `cijfers` tells whether they were used."""
        return {"indicator": self.indicator.id, "cijfers": "keuze" if self.view else "alles"} | (self.view.codes() if self.view else {})

    @property
    def made_at(self) -> dt.datetime:
        """When the release was made, in UTC and without zone: the date inside files, so that equal extracts give equal bytes."""
        try:
            made = dt.datetime.fromisoformat(str(self.release.manifest.get("created_at")))
        except ValueError:
            return dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the oldest date that a zip can hold
        return made.astimezone(dt.UTC).replace(tzinfo=None) if made.tzinfo else made


def make_extract(release: Release, indicator: Indicator, view: Choice | None = None) -> Extract:
    """The rows of an indicator that `view` shows, or all. Only a state that may carry a number keeps it: a release in which
    a withheld cell held one would not pass it on here."""
    values = release.values_of(indicator.id)
    rows = (values if view is None else view.rows(values, indicator)).select(VALUE_COLUMNS).sort(KEY)
    open_states = [state for state in wording.STATES if state != "geheim"]
    bare = pl.when(pl.col("state").is_in(open_states)).then(pl.col(*NUMBERS))
    return Extract(release, indicator, view, rows.with_columns(bare))


def file_stem(release: Release, indicator: Indicator, view: Choice | None) -> str:
    """A name without ending that tells what the file holds, of which release, and whether it is synthetic."""
    parts = [indicator.id, file_part(view.codes()) if view else "", release.id, "synthetisch" if release.is_synthetic else ""]
    return "_".join(["ketenmonitor", *(part for part in parts if part)])


def about(extract: Extract) -> list[tuple[str, str]]:
    """What a reader must know of the figures, as subject and text; what is empty is left out."""
    release, indicator = extract.release, extract.indicator
    said = [
        ("titel", indicator.name),
        ("kenmerk", indicator.id),
        ("definitie", indicator.definition),
        ("eenheid van waarde", indicator.value_unit),
        ("eenheid van teller", indicator.unit),
        ("eenheid van noemer", indicator.denominator),
        ("bron", extract.sources),
        ("let op", release.synthetic_note or ""),
        ("beperking", indicator.limitations),
        ("release", release.id),
        ("gemaakt op", wording.format_date(release.manifest.get("created_at"))),
        ("doelgroep", release.audience),
        ("licentie", LICENCES[release.audience]),
        ("keuze", extract.choice),
        ("filters", "; ".join(f"{name} = {code}" for name, code in extract.filters.items())),
        ("aantal rijen", wording.format_number(extract.rows.height)),
    ]
    return [(subject, " ".join(text.split())) for subject, text in said if text]


def states() -> list[tuple[str, str]]:
    """The states and their meaning."""
    return [(state, meaning.removeprefix(f"{state}: ")) for state, meaning in wording.STATE_MEANING.items()]


def states_text() -> str:
    """The states and their meaning, in one line."""
    return "; ".join(f"{state} = {meaning}" for state, meaning in states())
