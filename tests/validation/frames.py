"""Good marts to judge, made of fixed chance, in the shape of mart_indicators, and the ways to spoil them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl

NOW = dt.datetime(2026, 11, 22, 11, 30, tzinfo=dt.UTC)
COLUMNS = {
    **dict.fromkeys(("indicator_id", "area_level", "area_code", "period_grain", "period"), pl.String),
    **dict.fromkeys(("dimension_1", "category_1", "dimension_2", "category_2", "state"), pl.String),
    **dict.fromkeys(("value", "numerator", "denominator", "lower", "upper"), pl.Float64),
}
GEMEENTEN = [f"GM{number:04d}" for number in range(501, 528)]
TEAMS = [f"{district}{number}" for district in "ABCDEFG" for number in range(1, 5)]
QUARTERS = [f"{year}Q{quarter}" for year in range(2022, 2027) for quarter in range(1, 5)][:-1]  # the newest is 2026Q3
MONTHS = [f"{year}-{month:02d}" for year in range(2023, 2027) for month in range(1, 13)][:-2]  # the newest is 2026-10

GROWTH = 1.01  # of every population in a year
INDICATORS = {
    # id: name, person-related, per, sources, level, mean count per area and period
    "alg_misdrijven": ("Geregistreerde misdrijven", False, 1000, "politie_misdrijven|cbs_bevolking", "gemeente", ["2022", "2023"], 3000.0),
    "mh_slachtoffers": ("Slachtoffers mensenhandel", True, 100000, "comensha_slachtoffers|cbs_bevolking", "gemeente", QUARTERS, 2.0),
    "oc_registraties": ("Registraties online criminaliteit", True, 1000, "politie_online_registraties|cbs_bevolking", "basisteam", MONTHS, 20.0),
}
PARTNERS = {
    "politie_misdrijven": ("Politie (open data)", "Geregistreerde misdrijven"),
    "cbs_bevolking": ("CBS", "Bevolking op 1 januari"),
    "comensha_slachtoffers": ("CoMensha", "Slachtoffers mensenhandel per kwartaal"),
    "politie_online_registraties": ("Politie, eenheid Den Haag", "Meldingen en aangiften"),
}


def good_mart(seed: int = 1, breakdowns: int = 0, indicators: tuple[str, ...] = tuple(INDICATORS)) -> pl.DataFrame:
    """Poisson counts per area and period, a member onbekend, and the region as their sum; `breakdowns` adds so many
    categories of which every area's count is split."""
    chance = np.random.default_rng(seed)
    frames = []
    for indicator in indicators:
        _, _, per, _, level, periods, mean = INDICATORS[indicator]
        areas = GEMEENTEN if level == "gemeente" else TEAMS
        sizes = chance.uniform(0.5, 2.0, len(areas))
        grain = {4: "jaar", 6: "kwartaal", 7: "maand"}[len(periods[0])]
        for period in periods:
            cells = {area: _split(chance, mean * size, breakdowns) for area, size in zip(areas, sizes, strict=True)}
            cells["onbekend"] = _split(chance, mean * 0.5, breakdowns)
            each = 70000.0 * GROWTH ** (int(period[:4]) - 2022)
            people = {area: each * size for area, size in zip(areas, sizes, strict=True)} | {"onbekend": None}
            address = (indicator, grain, period, per)
            frames.append(_frame(address, level, cells, people))
            total = {"DH": np.sum(list(cells.values()), axis=0)}
            frames.append(_frame(address, "regio", total, {"DH": float(each * sizes.sum())}))
    return pl.concat(frames)


def _split(chance: np.random.Generator, mean: float, breakdowns: int) -> np.ndarray:
    return chance.poisson(mean / max(breakdowns, 1), max(breakdowns, 1)).astype(float)


def _frame(address: tuple[str, str, str, int], level: str, cells: dict[str, np.ndarray], people: dict[str, float | None]) -> pl.DataFrame:
    indicator, grain, period, per = address
    rows = []
    for area, parts in cells.items():
        categories = {"totaal": float(parts.sum())} | ({f"soort {number}": float(part) for number, part in enumerate(parts)} if len(parts) > 1 else {})
        for category, count in categories.items():
            dimension = "totaal" if category == "totaal" else "soort"
            inhabitants = people[area]
            value = count / inhabitants * per if inhabitants else count
            state = "nihil" if count == 0 else "waarde"
            rows.append((indicator, level, area, grain, period, dimension, category, "totaal", "totaal", state, value, count, inhabitants, None, None))
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def catalogue() -> list[dict[str, object]]:
    """The catalogue's columns that are judged by."""
    return [
        {"indicator_id": key, "name": name, "person_related": person, "per": per, "sources": sources.split("|")}
        for key, (name, person, per, sources, *_) in INDICATORS.items()
    ]


def deliveries() -> pl.DataFrame:
    """One row per delivery, all received in time and whole."""
    rows = [
        {
            "delivery": delivery,
            "partner": partner,
            "title": title,
            "rhythm": "kwartaal",
            "newest_period": "2026Q3",
            "due_at": "2026-11-30",
            "status": "op tijd",
            "rows_in": 120,
            "rows_accepted": 120,
            "rows_quarantined": 0,
            "origin": "inbox",
            "warnings": 0,
            "warning_text": "",
            "corrections": 0,
            "correction_text": "",
        }
        for delivery, (partner, title) in PARTNERS.items()
    ]
    return pl.DataFrame(rows)


def reconciliation(difference: float = 0) -> pl.DataFrame:
    """Registered crimes of the gemeenten beside the police unit's own total."""
    return pl.DataFrame(
        {
            "indicator_id": ["alg_misdrijven"],
            "period_grain": ["jaar"],
            "period": ["2022"],
            "parts_sum": [94091.0 + difference],
            "whole": [94091.0],
            "difference": [float(difference)],
            "parts_name": ["som van de 27 gemeenten"],
            "whole_name": ["Den Haag (RE)"],
        }
    )


def areas() -> pl.DataFrame:
    """Names for the codes."""
    rows = [("regio", "DH", "Eenheid Den Haag"), *(("gemeente", code, f"Gemeente {code[2:]}") for code in GEMEENTEN)]
    return pl.DataFrame(rows, schema=["area_level", "area_code", "area_name"], orient="row")


def good_frames(seed: int = 1, **changed: Any) -> dict[str, Any]:
    """Everything that run_suites takes, good; `changed` replaces frames by name."""
    frames: dict[str, Any] = {
        "mart_indicators": good_mart(seed),
        "mart_reconciliation": reconciliation(),
        "leveringen": deliveries(),
        "mart_areas": areas(),
    }
    return frames | changed


def with_numerator(mart: pl.DataFrame, where: pl.Expr, change: pl.Expr) -> pl.DataFrame:
    """Change counts, and the values made of them, where a condition holds."""
    per = pl.col("indicator_id").replace_strict({key: row[2] for key, row in INDICATORS.items()}, return_dtype=pl.Float64)
    numerator = pl.when(where).then(change).otherwise(pl.col("numerator"))
    value = pl.when(pl.col("denominator").is_null()).then(numerator).otherwise(numerator / pl.col("denominator") * per)
    return mart.with_columns(numerator.alias("numerator"), value.alias("value"))
