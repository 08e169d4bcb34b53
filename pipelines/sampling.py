"""Fills a data folder with sample data, and marks it so that everything made of it is called synthetic."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data_contracts import all_contracts
from pipelines.durable import write_whole
from pipelines.intake import register
from pipelines.intake.opendata import gather_open_data
from pipelines.intake.receiving import Notice
from pipelines.resources import Settings


class SampleRefused(Exception):
    """The data folder holds real deliveries of partners, which sample data must not be mixed with."""


def fill_with_sample(settings: Settings, *, seed: int, scale: float, today: date, broken: bool = False) -> tuple[list[Path], list[Notice]]:
    """Writes the synthetic extracts into the inbox, with `broken` also faulty ones, and lands open data (recorded where
    KETENMONITOR_OPEN_DATA says).

    Gives the files and what happened to the open data. Raises SampleRefused when the folder holds real deliveries.
    """
    from pipelines.sample import write_broken, write_sample

    delivered = [contract.terms().delivery for contract in all_contracts() if not contract.terms().is_fetched]
    with register.open_register(settings.register) as lines:
        marks = ", ".join("?" * len(delivered))
        real = lines.execute(f"select count(*) from received where origin = 'inbox' and delivery in ({marks})", delivered).fetchone()[0]
    if real:
        raise SampleRefused(f"{settings.data_dir} holds {real} real deliveries of partners; write sample data into another folder (--data-dir)")
    write_whole(settings.sample_mark, b"Deze map bevat synthetische voorbeeldgegevens; alles wat ervan gemaakt wordt heet synthetisch.\n")
    files = write_sample(settings.inbox, seed=seed, scale=scale, today=today)
    files += write_broken(settings.inbox, seed=seed, today=today) if broken else []
    notices = [notice for contract in all_contracts() if contract.terms().is_fetched for notice in gather_open_data(settings, contract, ask_service=False)]
    return files, notices
