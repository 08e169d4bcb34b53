"""Writes the sample: which files there are at a date, and in which order the partners sent them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from pipelines.sample.counts import jeugd_verdachten, online_registraties
from pipelines.sample.files import dress, put_file
from pipelines.sample.layouts import FIRST_YEAR, Layout, choose_layout
from pipelines.sample.published import CALIBRATED_YEAR
from pipelines.sample.registers import gemeente_basisniveau, rsiv_activiteiten
from pipelines.sample.victims import comensha_slachtoffers, early_fourth_quarter

if TYPE_CHECKING:
    from data_contracts.base import Contract, Rhythm  # at run time they would bring Pandera: 1.2 s

EARLIEST_YEAR = 2000  # the contracts know no earlier month or quarter
STRANGE_YEAR, STRANGE_KIND = 2024, "datingfraude"  # one row of one online file names a kind that no contract knows


@dataclass(frozen=True)
class PartnerFile:
    """One file to be: the delivery, the period in its name, the tidy rows, its layout, and when the partner sent it."""

    contract: type[Contract]
    period: str
    rows: pl.DataFrame
    layout: Layout
    sent: dt.datetime

    @property
    def name(self) -> str:
        return f"{self.contract.terms().delivery}_{self.period}.{self.layout.suffix}"


def write_sample(inbox: Path, *, seed: int = 2023, scale: float = 1.0, today: dt.date) -> list[Path]:
    """Writes synthetic files of the five confidential deliveries into `inbox`, and gives their paths in order of sending.

    A year of which every period is due at `today` is one file, a younger one a file per period that is due. The figures of
    2023 are the published ones (`PUBLISHED_FIGURES`) at any seed and scale. `scale` (1 or more) multiplies the rows of the
    two counted deliveries outside 2023: first by years further back, to 2000, then by rows with a count of 0. It ends where
    the grid of areas, months and categories is full: at about 25 times for online registrations, 8 for young suspects.
    Files of the same name are replaced. Raises ValueError for a scale under 1, a negative seed, or a date at which nothing
    is due yet.
    """
    inbox.mkdir(parents=True, exist_ok=True)
    files = plan_files(seed, scale, today)
    return [put_file(inbox / file.name, dress(file.rows, file.contract, file.period, file.layout, seed=seed), file.sent) for file in files]


def plan_files(seed: int, scale: float, today: dt.date) -> list[PartnerFile]:
    """The files of the sample in the order in which they are sent, each a moment after the one before."""
    from data_contracts.jonge_aanwas.politie_jeugd_verdachten import PolitieJeugdVerdachten
    from data_contracts.mensenhandel.comensha_slachtoffers import ComenshaSlachtoffers
    from data_contracts.mensenhandel.gemeente_basisniveau import GemeenteBasisniveau
    from data_contracts.mensenhandel.rsiv_activiteiten import RsivActiviteiten
    from data_contracts.online_criminaliteit.politie_online_registraties import PolitieOnlineRegistraties

    if scale < 1 or seed < 0:
        raise ValueError(f"scale must be 1 or more and seed 0 or more, not {scale} and {seed}")
    first, rows = _stretch(scale, today)

    def online(year: int) -> pl.DataFrame:
        made = online_registraties(year, seed=seed, rows=1.0 if year == CALIBRATED_YEAR else rows)
        return pl.concat([made, _strange_row(made)]) if year == STRANGE_YEAR else made

    def youth(year: int) -> pl.DataFrame:
        return jeugd_verdachten(year, seed=seed, rows=1.0 if year == CALIBRATED_YEAR else rows)

    files = [
        *_files_of(ComenshaSlachtoffers, lambda year: comensha_slachtoffers(year, seed=seed), FIRST_YEAR, today),
        *_files_of(PolitieOnlineRegistraties, online, first, today),
        *_files_of(PolitieJeugdVerdachten, youth, first, today),
        *_files_of(GemeenteBasisniveau, lambda year: gemeente_basisniveau(year, seed=seed), FIRST_YEAR, today),
        *_files_of(RsivActiviteiten, lambda year: rsiv_activiteiten(year, seed=seed), FIRST_YEAR, today),
        *_early_revision(ComenshaSlachtoffers, seed, today),
    ]
    if not files:
        raise ValueError(f"no delivery is due at {today}: the sample starts in {FIRST_YEAR}")
    files.sort(key=lambda file: (file.sent, file.name))
    moments = [file.sent + dt.timedelta(seconds=place) for place, file in enumerate(files)]
    return [PartnerFile(file.contract, file.period, file.rows, file.layout, sent) for file, sent in zip(files, moments, strict=True)]


def periods_in(year: int, rhythm: Rhythm) -> list[str]:
    """The periods of a year in the notation of the house: `2023`, `2023Q1` to `2023Q4`, or `2023-01` to `2023-12`."""
    match rhythm.value:
        case "maand":
            return [f"{year}-{number:02d}" for number in range(1, 13)]
        case "kwartaal":
            return [f"{year}Q{number}" for number in range(1, 5)]
        case _:
            return [str(year)]


def _files_of(contract: type[Contract], make: Callable[[int], pl.DataFrame], first: int, today: dt.date) -> list[PartnerFile]:
    terms, files = contract.terms(), []
    for year in range(first, today.year + 1):
        periods = periods_in(year, terms.rhythm)
        due = [period for period in periods if terms.due_date(period) <= today]
        if not due:
            break
        rows, whole = make(year), len(due) == len(periods)
        in_period = _period_of(rows, terms.period_column)
        parts = {str(year): rows} if whole else {period: rows.filter(in_period == period) for period in due}
        for period, part in parts.items():
            sent = _sent(terms.due_date(due[-1] if whole else period))
            files.append(PartnerFile(contract, period, part, choose_layout(terms.delivery, period), sent))
    return files


def _early_revision(contract: type[Contract], seed: int, today: dt.date) -> list[PartnerFile]:
    """The fourth quarter of 2023 as it first came, three weeks before the year that replaces it."""
    period = f"{CALIBRATED_YEAR}Q4"
    due = contract.terms().due_date(period)
    if due > today:
        return []
    rows = early_fourth_quarter(comensha_slachtoffers(CALIBRATED_YEAR, seed=seed), seed=seed)
    return [PartnerFile(contract, period, rows, choose_layout(contract.terms().delivery, period), _sent(due, days_early=24))]


def _strange_row(made: pl.DataFrame) -> pl.DataFrame:
    return made.head(1).with_columns(pl.lit(STRANGE_KIND).alias("delictsoort"), pl.lit(1, dtype=pl.Int64).alias("aantal"))


def _period_of(rows: pl.DataFrame, column: str) -> pl.Series:
    """The period of each row; a date belongs to its quarter."""
    periods = rows[column]
    if periods.dtype != pl.Date:
        return periods
    return periods.dt.year().cast(pl.String) + "Q" + periods.dt.quarter().cast(pl.String)


def _sent(due: dt.date, *, days_early: int = 3) -> dt.datetime:
    """When the partner sent a file that was due on `due`: some days before, at nine in the morning (UTC)."""
    return dt.datetime.combine(due - dt.timedelta(days=days_early), dt.time(9), tzinfo=dt.UTC)


def _stretch(scale: float, today: dt.date) -> tuple[int, float]:
    """The first year of the counted deliveries, and the factor by which the rows of a year must grow beside."""
    years = today.year + today.timetuple().tm_yday / 366 - FIRST_YEAR
    back = min(FIRST_YEAR - EARLIEST_YEAR, round((scale - 1) * years))
    return FIRST_YEAR - back, max(1.0, scale * years / (years + back))
