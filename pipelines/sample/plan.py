"""Which files there are at a date, and in which order the partners sent them; no row is made here."""

from __future__ import annotations

import dataclasses
import datetime as dt
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from data_contracts import all_contracts, contract_of
from data_contracts.base import Contract, Rhythm
from pipelines.sample.makers import MAKERS

FIRST_YEAR = 2021
DAYS_EARLY, DAYS_PROVISIONAL = 3, 24  # a file comes some days before it is due, its provisional version three weeks before that
LATE = 9  # one in so many files came after its due date
PROVISIONAL, COPY = "voorlopig", "kopie"
# Deliveries of which a period came twice: first provisional, later as it is now.
REVISED = (
    ("comensha_slachtoffers", "2023Q4"),
    ("politie_mensenhandel", "2022"),
    ("om_zaken", "2024"),
    ("politie_jeugd_verdachten", "2025"),
    ("halt_verwijzingen", "2024"),
    ("leerplicht_verzuim", "2023/24"),
    ("meldpunt_meldingen", "2025"),
    ("acties", "2025"),
)
# Files that came a second time, unchanged, under another name.
COPIED = (("gemeente_basisniveau", "2024"), ("nla_meldingen", "2023"), ("politie_online_registraties", "2025"), ("partners", "2025"))


@dataclass(frozen=True)
class PartnerFile:
    """One file to be: the delivery, the year that it is made from, the period in its name, and when the partner sent it.

    `note` is `voorlopig` for an early, incomplete version, `kopie` for the same file a second time, else empty.
    """

    contract: type[Contract]
    year: int
    period: str
    sent: dt.datetime
    note: str = ""

    @property
    def stem(self) -> str:
        """The file name without its suffix, which follows from the layout."""
        return "_".join(filter(None, (self.contract.terms().delivery, self.period.replace("/", "-"), self.note)))


def plan_files(today: dt.date) -> list[PartnerFile]:
    """The files of the sample in the order in which they are sent, each a moment after the one before.

    A year of which every period is due at `today` is one file, a younger one a file per period that is due. Raises
    ValueError for a date at which nothing is due yet.
    """
    files = [file for contract in all_contracts() if contract.terms().delivery in MAKERS for file in _files_of(contract, today)]
    if not files:
        raise ValueError(f"no delivery is due at {today}: the sample starts in {FIRST_YEAR}")
    files.sort(key=lambda file: (file.sent, file.stem))
    return [dataclasses.replace(file, sent=file.sent + dt.timedelta(seconds=place)) for place, file in enumerate(files)]


def periods_in(year: int, rhythm: Rhythm) -> list[str]:
    """The periods of a year in the notation of the house; a school year belongs to the year in which it starts."""
    match rhythm:
        case Rhythm.MONTH:
            return [f"{year}-{number:02d}" for number in range(1, 13)]
        case Rhythm.QUARTER:
            return [f"{year}Q{number}" for number in range(1, 5)]
        case Rhythm.SCHOOL_YEAR:
            return [f"{year}/{(year + 1) % 100:02d}"]
        case Rhythm.TWO_YEARS:
            return [str(year)] if year % 2 else []
        case Rhythm.YEAR:
            return [str(year)]


def rows_of(file: PartnerFile, made: pl.DataFrame) -> pl.DataFrame:
    """The rows of a file out of its whole year, in the order in which they were made."""
    if len(file.period) == 4 or "/" in file.period:
        return made
    return made.filter(_period_of(made[file.contract.terms().period_column], file.contract.terms().rhythm) == file.period)


def _files_of(contract: type[Contract], today: dt.date) -> Iterator[PartnerFile]:
    terms = contract.terms()
    for year in range(FIRST_YEAR, today.year + 1):
        periods = periods_in(year, terms.rhythm)
        contract = contract_of(terms.delivery, min(periods, default=str(year)))  # as the partner knew it then
        due = [period for period in periods if terms.due_date(period) <= today]
        if not due:
            continue
        whole = len(due) == len(periods)
        name = periods[0] if len(periods) == 1 else str(year)
        for period in [name] if whole else due:
            last = terms.due_date(due[-1] if whole else period)
            yield PartnerFile(contract, year, period, _sent(last - dt.timedelta(days=DAYS_EARLY - _days_late(terms.delivery, period)), today))
            if (terms.delivery, period) in COPIED:
                yield PartnerFile(contract, year, period, _sent(last + dt.timedelta(days=40), today), COPY)
        for delivery, period in REVISED:
            if delivery == terms.delivery and int(period[:4]) == year and (whole or period in due):
                yield PartnerFile(contract, year, period, _sent(terms.due_date(period) - dt.timedelta(days=DAYS_PROVISIONAL), today), PROVISIONAL)


def _days_late(delivery: str, period: str) -> int:
    """Ten to forty days between the usual moment and that of a late file; none for most."""
    chance = zlib.crc32(f"{period} {delivery}".encode())
    return 10 + chance // LATE % 30 if chance % LATE == 0 else 0


def _sent(day: dt.date, today: dt.date) -> dt.datetime:
    """Nine in the morning (UTC) of a day, at the latest of today's eve."""
    return dt.datetime.combine(min(day, today - dt.timedelta(days=1)), dt.time(9), tzinfo=dt.UTC)


def _period_of(column: pl.Series, rhythm: Rhythm) -> pl.Series:
    """The period of each row; a date belongs to the month or quarter in which it lies."""
    if column.dtype != pl.Date:
        return column
    if rhythm is Rhythm.MONTH:
        return column.dt.strftime("%Y-%m")
    return column.dt.year().cast(pl.String) + "Q" + column.dt.quarter().cast(pl.String)
