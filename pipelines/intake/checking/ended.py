"""Finds rows that name a gemeente which had ended before their period, or a name that is no gemeente (HLT), from the area seeds.

The warehouse would count such a row as `onbekend`; the partner, who can mend it, hears which name to use.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data_contracts.base import Contract, start_of_period
from pipelines.resources import PROJECT

SEEDS = PROJECT / "dbt_project" / "seeds"
NONE_ENDED = pl.DataFrame(schema={"source_row": pl.Int64, "column": pl.String, "rule": pl.String})


@dataclass(frozen=True)
class Ended:
    """A name that no row may use from `since` on (None: never), and the Dutch sentence that completes "kolom a …"."""

    since: dt.date | None
    rule: str


def ended_names(seeds: Path = SEEDS) -> Mapping[str, Ended]:
    """By normalised name or code of a gemeente: what ended, and what was never one. Read anew for each file: 1 ms."""
    today = {row["area_code"]: row["area_name"] for row in _rows(seeds / "areas.csv")}
    found: dict[str, Ended] = {}
    by_code: dict[str, Ended] = {}
    for row in _rows(seeds / "area_mergers.csv"):
        day, name = dt.date.fromisoformat(row["opgegaan_op"]), row["old_name"]
        rule = f"noemt {name}, een gemeente die niet meer bestaat sinds {day.day}-{day.month}-{day.year}; gebruik {today.get(row['new_code'], row['new_code'])}"
        by_code[row["old_code"]] = Ended(day, rule)
        found |= dict.fromkeys((_normalised(name), _normalised(row["old_code"])), by_code[row["old_code"]])
    for row in _rows(seeds / "area_aliases.csv"):
        if row["area_code"] in by_code:
            found[_normalised(row["alias"])] = by_code[row["area_code"]]
    for row in _rows(seeds / "area_refused_names.csv"):
        if row["area_level"] == "gemeente":
            found[_normalised(row["alias"])] = Ended(None, f"noemt {row['alias']}: {row['reden']}; gebruik {row['gebruik']}")
    return found


def ended_rows(typed: pl.DataFrame, contract: type[Contract], ended: Mapping[str, Ended]) -> pl.DataFrame:
    """What names an ended gemeente: source_row, column, rule (Dutch, with the name as our own list writes it), one row per cell.

    `typed` has the contract's columns and source_row; a row is about the first day of its period. Open data that the monitor
    fetches is passed over: CBS lists the whole country, in which a name may stand for another gemeente. Each different text
    is looked up once, so ten million rows of 27 gemeenten cost the finding of 27 texts.
    """
    terms = contract.terms()
    columns = [] if terms.is_fetched else [name for name, field in contract.kinds().items() if field["kind"] == "area" and field["level"] == "gemeente"]
    parts = [NONE_ENDED]
    for column in columns:
        named = {text: ended[key] for text in typed[column].unique().drop_nulls() if (key := _normalised(text)) in ended}
        if not named:
            continue
        rows = typed.select("source_row", pl.col(column).alias("text"), pl.col(terms.period_column).alias("period")).filter(pl.col("text").is_in(list(named)))
        pairs = rows.select("text", "period").unique()
        known = [(text, period, named[text].rule) for text, period in pairs.iter_rows() if _is_ended(named[text], period)]
        rules = pl.DataFrame(known, schema={"text": pl.String, "period": rows.schema["period"], "rule": pl.String}, orient="row")
        parts.append(rows.join(rules, on=["text", "period"]).select("source_row", pl.lit(column).alias("column"), "rule"))
    return pl.concat(parts)


def _is_ended(name: Ended, period: str | dt.date | None) -> bool:
    """Whether a row about this period may not use the name; of a period that could not be read nothing is said."""
    if name.since is None or period is None:
        return name.since is None
    return (period if isinstance(period, dt.date) else start_of_period(period)) >= name.since


def _normalised(text: str) -> str:
    """As the macro `normalised` of dbt does it: lower case, single spaces, a straight apostrophe."""
    return " ".join(text.replace("’", "'").split()).lower()


def _rows(seed: Path) -> Iterator[dict[str, str]]:
    with seed.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
