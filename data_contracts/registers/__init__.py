"""Contracts of the registers that the monitor carries beside its figures: who does what, whom to turn to, what is planned."""

from __future__ import annotations

import polars as pl

from data_contracts.base import Rule

THEMAS = ("mensenhandel", "online criminaliteit", "jonge aanwas")
THEMA_ALIASES = {"cybercrime": "online criminaliteit", "dealbreakers": "jonge aanwas"}

GELDIG = Rule(
    "einde_na_begin",
    ("geldig_van", "geldig_tot"),
    "spreken elkaar tegen: de laatste dag ligt vóór de eerste",
    pl.col("geldig_tot") >= pl.col("geldig_van"),
)


def quarter_of(column: str) -> pl.Expr:
    """The quarter of a date column in the notation of the house (`2026Q3`); such texts compare in order of time."""
    return pl.concat_str(pl.col(column).dt.year(), pl.lit("Q"), pl.col(column).dt.quarter())
