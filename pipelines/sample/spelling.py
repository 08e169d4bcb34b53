"""Writes typed values the way partners do: other spellings, capitals, notations. Every one is readable by the contract.

One function per kind of field (`data_contracts/fields.py`); each takes a column of the made frame and gives text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.sample.areas import SPELLINGS

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")
PERIOD_STYLES: Mapping[str, Mapping[str, Callable[[str, str], str]]] = {
    "quarter": {
        "2023Q4": lambda year, number: f"{year}Q{number}",
        "2023-K4": lambda year, number: f"{year}-K{number}",
        "Q4 2023": lambda year, number: f"Q{number} {year}",
        "4e kwartaal 2023": lambda year, number: f"{number}e kwartaal {year}",
    },
    "month": {
        "2023-09": lambda year, number: f"{year}-{number}",
        "09-2023": lambda year, number: f"{number}-{year}",
        "september 2023": lambda year, number: f"{MONTHS[int(number) - 1]} {year}",
    },
    "school_year": {
        "2025/26": lambda year, end: f"{year}/{end}",
        "2025-2026": lambda year, _: f"{year}-{int(year) + 1}",
        "2025/2026": lambda year, _: f"{year}/{int(year) + 1}",
    },
}
LETTERS = (("J",), ("N",))
WORDS = (("ja", "Ja", " ja"), ("nee", "Nee", "NEE"))
BITS = (("1",), ("0",))
BOUND = 5  # a partner that withholds small counts writes `<5` for 0 to 4


@dataclass(frozen=True)
class Spelling:
    """How one partner file writes things; periods by an example. `tidiness` is the share of names and categories written as
    the contract does; `gap` stands for a number or date that is missing."""

    tidiness: float = 1.0
    quarter: str = "2023Q4"
    month: str = "2023-09"
    school_year: str = "2025/26"
    flags: tuple[tuple[str, ...], tuple[str, ...]] = (("ja",), ("nee",))
    thousand_points: bool = False
    percent_signs: bool = False
    separator: str = ", "
    gap: str = ""


def spell(series: pl.Series, field: Mapping[str, object], spelling: Spelling, generator: np.random.Generator, *, bounds: bool = False) -> pl.Series:
    """A column as text, by the kind of its contract field (an entry of `Contract.kinds()`); null stays null.

    With `bounds` a count under five of a field that may be bounded is written `<5`.
    """
    match str(field["kind"]):
        case "area":
            spellings = SPELLINGS.get(str(field["level"]), {})
            return _vary(series, lambda code: spellings.get(code, (code,)), spelling.tidiness, generator)
        case "category":
            return _vary(series, lambda value: _categories(value, field), spelling.tidiness, generator)
        case "several":
            return _vary(series, lambda value: _several(value, field, spelling.separator), spelling.tidiness, generator)
        case "quarter" | "month" | "school_year" as kind:
            style = PERIOD_STYLES[kind][getattr(spelling, kind)]
            return _vary(series, lambda period: (style(period[:4], period[5:]),), 1.0, generator)
        case "flag":
            yes, no = spelling.flags
            choices = generator.integers(0, 60, len(series)).tolist()
            words = [None if value is None else (yes if value else no)[choice % len(yes)] for value, choice in zip(series.to_list(), choices, strict=True)]
            return pl.Series(series.name, words, dtype=pl.String)
        case "date":
            return _with_gaps(series.dt.strftime("%d-%m-%Y"), spelling)
        case "count":
            return _with_gaps(_write_counts(series, spelling, bounds=bounds and bool(field.get("bounded"))), spelling)
        case "number":
            decimals, sign = (2 if field.get("unit") == "euro" else 1), ("%" if spelling.percent_signs and field.get("unit") == "procent" else "")
            return _with_gaps(series.map_elements(lambda number: write_decimal(number, spelling, decimals) + sign, return_dtype=pl.String), spelling)
        case _:
            return series.cast(pl.String)


def _with_gaps(texts: pl.Series, spelling: Spelling) -> pl.Series:
    return texts.fill_null(spelling.gap) if spelling.gap else texts


def _write_counts(series: pl.Series, spelling: Spelling, *, bounds: bool) -> pl.Series:
    whole = series.map_elements(lambda number: write_whole(number, spelling), return_dtype=pl.String) if spelling.thousand_points else series.cast(pl.String)
    return whole.set(series < BOUND, f"<{BOUND}") if bounds else whole


def write_whole(number: int, spelling: Spelling) -> str:
    """1234 or 1.234."""
    return f"{number:,}".replace(",", ".") if spelling.thousand_points else str(number)


def write_decimal(number: float, spelling: Spelling, decimals: int) -> str:
    """1234,50 or 1.234,50; always with its decimals, because 1.234 alone could be read in two ways."""
    text = f"{number:,.{decimals}f}" if spelling.thousand_points else f"{number:.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def _vary(series: pl.Series, spellings_of: Callable[[str], Sequence[str]], tidiness: float, generator: np.random.Generator) -> pl.Series:
    """Each value in its first spelling in a share `tidiness` of the rows, in one of the others else."""
    tidy = generator.random(len(series)) < tidiness
    choices = generator.integers(0, 60, len(series))
    known = {value: tuple(spellings_of(value)) for value in series.drop_nulls().unique(maintain_order=True)}
    texts = [
        None if value is None else known[value][0] if is_tidy else known[value][choice % len(known[value])]
        for value, is_tidy, choice in zip(series.to_list(), tidy.tolist(), choices.tolist(), strict=True)
    ]
    return pl.Series(series.name, texts, dtype=pl.String)


def _categories(value: str, field: Mapping[str, object]) -> tuple[str, ...]:
    aliases = field["aliases"]
    assert isinstance(aliases, Mapping)
    others = [alias for alias, meant in aliases.items() if meant == value]
    return (value, value.capitalize(), f" {value} ", value.upper(), *others, *(other.capitalize() for other in others))


def _several(value: str, field: Mapping[str, object], separator: str) -> tuple[str, ...]:
    ways = zip(*(_categories(part, field)[:5] for part in value.split("|")), strict=False)
    return tuple(separator.join(way) for way in ways)
