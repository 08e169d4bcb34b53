"""The good frames spoiled in every way that a check about composition, history, copies, other sources and the release in use is for."""

from __future__ import annotations

from typing import Any

import polars as pl

from tests.validation import frames as given
from tests.validation.spoiled import Spoil, count, is_, mart

POLICE = "Politie, eenheid Den Haag"
ONLINE = is_(indicator_id="oc_registraties")
NEWEST, EARLIER = "2026-10", "2025-03"
REGION = pl.col("area_level") == "regio"


def _online(frame: pl.DataFrame, where: pl.Expr, change: pl.Expr) -> pl.DataFrame:
    return given.with_numerator(frame, ONLINE & where, change)


def _other_teams(frame: pl.DataFrame) -> pl.DataFrame:
    here = is_(period=NEWEST) & ~REGION
    doubled = _online(frame, here & pl.col("area_code").str.contains("^[A-C]"), pl.col("numerator") * 2)
    return _online(doubled, here & pl.col("area_code").str.contains("^[D-G]"), (pl.col("numerator") / 4).round())


def _stopped_category() -> dict[str, Any]:
    frame = given.good_mart(breakdowns=2)
    return {"mart_indicators": _online(frame, is_(period=NEWEST, category_1="soort 1"), pl.lit(0.0))}


def _hole(frame: pl.DataFrame) -> pl.DataFrame:
    larger = _online(frame, is_(area_code="A1"), pl.col("numerator") * 10)
    return larger.filter(~(ONLINE & is_(area_code="A1", period=EARLIER)))


def _copied(column: str, one: str, other: str) -> Spoil:
    def change(frame: pl.DataFrame) -> pl.DataFrame:
        here = ONLINE & (is_(period=other) if column == "period" else is_(area_code=other))
        again = frame.filter(ONLINE & (is_(period=one) if column == "period" else is_(area_code=one)))
        return pl.concat([frame.filter(~here), again.with_columns(pl.lit(other).alias(column))])

    return mart(change)


def _survey(frame: pl.DataFrame) -> pl.DataFrame:
    cells = frame.filter(is_(indicator_id="alg_misdrijven", area_level="regio"))
    percentages = pl.when(pl.col("period") == "2023").then(0.16).otherwise(16.0).alias("value")
    asked = cells.with_columns(pl.lit("soort").alias("dimension_1"), pl.lit("hacken").alias("category_1"), percentages)
    return pl.concat([frame, asked.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in ("numerator", "denominator"))])


def _sources() -> dict[str, Any]:
    rows = [
        ("Online", rank, "kwartaal", quarter, indicator, words, 400 if rank == 2 and quarter == given.QUARTERS[-1] else 100)
        for quarter in given.QUARTERS
        for rank, indicator, words in ((1, "mh_slachtoffers", "Slachtoffers"), (2, "oc_registraties", "Registraties"))
    ]
    columns = ["onderwerp", "statement_rank", "period_grain", "period", "indicator_id", "uitspraak", "counted"]
    return {"mart_cross_sources": pl.DataFrame(rows, schema=columns, orient="row")}


def _another_years_population(frame: pl.DataFrame) -> pl.DataFrame:
    region = frame.filter(is_(indicator_id="alg_misdrijven", area_level="regio", period="2023"))
    people = {"2019": 1.0, "2020": 1.005, "2021": 1.01, "2022": 1.015, "2023": 1.06}
    years = [region.with_columns(pl.lit(year).alias("period"), pl.col("denominator") * times) for year, times in people.items()]
    return pl.concat([frame.filter(~(is_(indicator_id="alg_misdrijven") & REGION)), *years])


def _population_of_the_year_before(frame: pl.DataFrame) -> pl.DataFrame:
    here = is_(indicator_id="alg_misdrijven", period="2023") & pl.col("denominator").is_not_null()
    return frame.with_columns(pl.when(here).then(pl.col("denominator") / given.GROWTH).otherwise(pl.col("denominator")).round().alias("denominator"))


def _released(change: Spoil) -> Spoil:
    return lambda: {"released": given.good_mart(), **change()}


def _never(frame: pl.DataFrame) -> pl.DataFrame:
    return given.with_numerator(frame, is_(indicator_id="mh_slachtoffers", area_code="GM0503"), pl.lit(0.0))


def _without(where: pl.Expr) -> Spoil:
    return mart(lambda frame: frame.filter(~where))


# fault: how the good frames are spoiled, then check id, severity, dimension and partner of the finding
OF_SERIES: dict[str, tuple[Spoil, str, str, str, str | None]] = {
    "a gemeente that never occurs": (mart(_never), "every_gemeente_occurs", "waarschuwing", "volledigheid", "CoMensha"),
    "teams that trade places": (mart(_other_teams), "mixture_in_line_with_past", "waarschuwing", "consistentie", POLICE),
    "a column of areas that stayed empty": (
        count("oc_registraties", NEWEST, pl.col("numerator") + 200, is_(area_code="onbekend") | REGION),
        "unknown_share_in_line_with_past",
        "waarschuwing",
        "volledigheid",
        POLICE,
    ),
    "a category that stops": (_stopped_category, "categories_continue", "waarschuwing", "consistentie", POLICE),
    "an earlier month delivered anew and halved": (
        count("oc_registraties", EARLIER, (pl.col("numerator") / 2).round()),
        "history_without_jumps",
        "waarschuwing",
        "plausibiliteit",
        POLICE,
    ),
    "an earlier month without one team": (mart(_hole), "areas_without_gap", "waarschuwing", "volledigheid", POLICE),
    "the month of a year ago once more": (_copied("period", "2025-10", NEWEST), "period_is_no_older_copy", "waarschuwing", "uniciteit", POLICE),
    "a team with the figures of another": (_copied("area_code", "A1", "A2"), "area_is_no_copy", "waarschuwing", "uniciteit", POLICE),
    "counts rounded to fives": (
        count("oc_registraties", NEWEST, (pl.col("numerator") / 5).round() * 5),
        "counts_not_rounded",
        "waarschuwing",
        "juistheid",
        POLICE,
    ),
    "percentages as fractions": (mart(_survey), "survey_in_line_with_past", "waarschuwing", "plausibiliteit", "Politie (open data)"),
    "a source that leaves the others": (_sources, "sources_keep_their_ratio", "waarschuwing", "consistentie", POLICE),
    "the population of another year": (mart(_another_years_population), "population_grows_evenly", "waarschuwing", "consistentie", "CBS"),
    "the population of the year before": (mart(_population_of_the_year_before), "population_is_of_its_year", "waarschuwing", "consistentie", "CBS"),
    "a year of published figures that vanishes": (
        _released(_without(ONLINE & pl.col("period").str.starts_with("2025"))),
        "published_figures_stay",
        "fout",
        "volledigheid",
        POLICE,
    ),
    "a published team that vanishes": (
        _released(_without(ONLINE & is_(area_code="A1", period=EARLIER))),
        "published_areas_stay",
        "waarschuwing",
        "volledigheid",
        POLICE,
    ),
    "a final figure that is suddenly another": (
        _released(count("oc_registraties", EARLIER, (pl.col("numerator") * 1.3).round(), REGION)),
        "final_figures_stay",
        "waarschuwing",
        "consistentie",
        POLICE,
    ),
}
