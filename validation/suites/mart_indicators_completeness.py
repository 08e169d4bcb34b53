"""mart_indicators, completeness: is every indicator, area and period there, and is the area of persons known?

Areas are named, numbers of persons never: the mart is judged before disclosure control.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validation.checks import Between, Check, Part, Row, Suite
from validation.dutch import LEVELS, level_text, list_text, number_text, percentage_text, period_text
from validation.plausibility import finest_grain, share_at_least
from validation.tables import KNOWN_STATES, UNPLACED, Tables, places_text

NAME = "mart_indicators_completeness"
MOST_EXPECTED = 20.0  # cases: chance leaves out a gemeente of so many once in 10^8, and a gemeente with a tenth of the usual rate once in 7
MOST_UNPLACED = 0.25  # above this a map of the areas misleads; agreed with nobody yet, so it only warns

FREQUENT = 10  # cases a period: of fewer, one of some hundred periods may be without any by chance alone
PERIODS_PER_YEAR = {"maand": 12.0, "kwartaal": 4.0, "twee_jaar": 0.5}


def build_suite(tables: Tables) -> Suite:
    """Expectations about what is there: indicators, areas in the newest period, periods in between, known areas."""
    known = finest_grain(tables.indicators.filter(pl.col("state").is_in(KNOWN_STATES)))
    totals = known.filter(pl.col("dimension_1") == "totaal", pl.col("dimension_2") == "totaal")
    parts = (
        Part("indicators", "Indicatoren", _indicators(tables), (_indicator_filled(),)),
        Part("areas", "Gebieden in de nieuwste periode", _areas(known, tables), (_area_present(),)),
        Part("periods", "Perioden zonder gat", _periods(known), (_period_present(),)),
        Part("unplaced", "Aandeel zonder bekend gebied", _unplaced(totals), (_area_known(),)),
        Part("coverage", "Gemeenten die nooit voorkomen", tables.with_area_names(_coverage(tables)), (_area_occurs(),)),
    )
    return Suite(NAME, "Indicatoren: volledigheid", parts)


def _indicators(tables: Tables) -> pl.DataFrame:
    """One row per indicator of the catalogue whose delivery came: how many cells of the mart carry a figure.

    An indicator whose delivery never came is told once, by the suite of the deliveries.
    """
    filled = tables.indicators.filter(pl.col("state").is_in(KNOWN_STATES)).group_by("indicator_id").agg(pl.len().cast(pl.Int64).alias("filled_cells"))
    came = tables.facts.filter(~pl.col("delivery").is_in(tables.missing_deliveries()))
    return came.join(filled, on="indicator_id", how="left").with_columns(pl.col("filled_cells").fill_null(0)).sort("indicator_id")


def _areas(known: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """One row per indicator and area that ever had a figure: whether it has one in the newest period.

    Which areas a source knows differs (one that knows gemeenten cannot serve district A), so its own past tells.
    """
    newest = known.group_by("indicator_id").agg(pl.col("period").max())
    # A share of nothing is an answer too.
    answered = tables.indicators.filter(pl.col("state").is_in((*KNOWN_STATES, "nvt")))
    here = ["indicator_id", "area_level", "area_code"]
    placed = known.filter(~pl.col("area_code").is_in(UNPLACED))
    present = answered.join(newest, on=["indicator_id", "period"]).select(*here, pl.lit(1).alias("is_present")).unique()
    frame = placed.select(*here, "name", "delivery", "partner").unique().join(newest, on="indicator_id").join(present, on=here, how="left")
    frame = frame.with_columns(pl.col("is_present").fill_null(0), pl.len().over("indicator_id", "area_level").alias("expected_areas")).sort(here)
    return tables.with_area_names(frame)


def _periods(known: pl.DataFrame) -> pl.DataFrame:
    """One row per indicator: periods between its first and its newest, and how many of these carry no figure at all; none are counted of what
    is so rare that a period may pass without a case.

    Not a mean or median about persons: it has none when few cases are known, and its delivery is judged by its counts.
    """
    known = known.filter(pl.col("is_sum").fill_null(value=True) | ~pl.col("person_related"))
    number = pl.col("period").str.slice(0, 4).cast(pl.Int64) * pl.col("period_grain").replace_strict(PERIODS_PER_YEAR, default=1.0, return_dtype=pl.Float64)
    part = pl.col("period").str.slice(4).str.extract(r"[Q-](\d+)").cast(pl.Int64, strict=False).fill_null(1)
    largest = pl.col("numerator").max().over("indicator_id", "period")  # of the whole region, where that is known
    periods = known.select(
        "indicator_id", "name", "delivery", "partner", "period", (number.floor().cast(pl.Int64) + part).alias("number"), largest.alias("cases")
    ).unique()
    is_frequent = pl.col("cases").quantile(0.25).fill_null(FREQUENT) >= FREQUENT  # also when there were fewest
    return (
        periods.group_by("indicator_id", "name", "delivery", "partner")
        .agg(
            pl.when(is_frequent).then(pl.col("number").max() - pl.col("number").min() + 1 - pl.len()).alias("missing_periods"),
            pl.col("period").min().alias("first"),
            pl.col("period").max(),
        )
        .sort("indicator_id")
    )


def _unplaced(totals: pl.DataFrame) -> pl.DataFrame:
    """One row per person-related indicator and area level that has a member onbekend: the share of it in the newest
    year of periods, as a lower bound, so that one case among four raises no alarm."""
    rank = pl.col("period").rank("dense", descending=True).over("indicator_id", "period_grain")
    year = pl.col("period_grain").replace_strict(PERIODS_PER_YEAR, default=1.0, return_dtype=pl.Float64).clip(lower_bound=1)
    newest = totals.filter(pl.col("person_related")).with_columns(pl.col("period").max().over("indicator_id").alias("newest")).filter(rank <= year)
    return (
        newest.group_by("indicator_id", "name", "delivery", "partner", "area_level", "newest")
        .agg(pl.col("numerator").filter(pl.col("area_code") == "onbekend").sum().alias("unplaced"), pl.col("numerator").sum().alias("all"))
        .filter(pl.col("all") > 0)
        .with_columns(share_at_least("unplaced", "all").alias("unplaced_share"))
        .rename({"newest": "period"})
        .drop("unplaced", "all")
        .sort("indicator_id", "area_level")
    )


def _coverage(tables: Tables) -> pl.DataFrame:
    """One row per gemeente of an indicator that knows gemeenten: how many cases it would have over all periods together if all
    gemeenten had as many per inhabitant as the region, where it never had one (else 0)."""
    is_total = (pl.col("dimension_1") == "totaal") & (pl.col("dimension_2") == "totaal")
    gemeenten = tables.indicators.filter(is_total, pl.col("area_level") == "gemeente", ~pl.col("area_code").is_in(UNPLACED))
    people = gemeenten.filter(pl.col("per") >= 1000, pl.col("denominator") > 0).group_by("area_code").agg(pl.col("denominator").median().alias("people"))
    people = people.with_columns((pl.col("people") / pl.col("people").sum()).alias("people_share"))
    # What happens to people happens everywhere; in a programme (trainings, schools) a gemeente may take no part.
    counted = finest_grain(tables.counts.filter(is_total, pl.col("person_related"), pl.col("area_level") == "gemeente", ~pl.col("area_code").is_in(UNPLACED)))
    indicators = counted.group_by("indicator_id", "name", "delivery", "partner").agg(pl.col("numerator").sum().alias("all"), pl.col("period").max())
    cases = counted.group_by("indicator_id", "area_code").agg(pl.col("numerator").sum().alias("cases"))
    grid = indicators.join(people, how="cross").join(cases, on=["indicator_id", "area_code"], how="left")
    never = pl.col("cases").fill_null(0) == 0
    grid = grid.with_columns(
        pl.when(never).then(pl.col("all") * pl.col("people_share")).otherwise(0.0).alias("expected_cases"), pl.lit("gemeente").alias("area_level")
    )
    return grid.drop("all", "people", "people_share", "cases").sort("indicator_id", "area_code")


def _indicator_filled() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return f"‘{row['name']}’ heeft geen enkel cijfer: vraag na bij {row['partner']} of de levering compleet is."

    return Check(
        id="indicator_has_figures",
        severity="waarschuwing",
        dimension="volledigheid",
        description="Elke indicator waarvan de levering ontvangen is, heeft cijfers.",
        expect=Between("filled_cells", minimum=1),
        sentence=sentence,
        subject=("indicator_id",),
    )


def _area_present() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        missing = list_text([other["area_name"] for other in rows])
        verb = "ontbreekt" if len(rows) == 1 else "ontbreken"
        return (
            f"‘{row['name']}’: over {period_text(row['period'])} {verb} {number_text(len(rows))} van de "
            f"{level_text(row['area_level'], row['expected_areas'])} ({missing}): vraag na bij {row['partner']}."
        )

    return Check(
        id="areas_complete_in_newest_period",
        severity="waarschuwing",
        dimension="volledigheid",
        description="Elk gebied dat een indicator eerder had, heeft ook in de nieuwste periode een cijfer.",
        expect=Between("is_present", minimum=1),
        sentence=sentence,
        subject=("indicator_id", "area_level", "period"),
    )


def _period_present() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        what = "ontbreekt 1 periode" if row["missing_periods"] == 1 else f"ontbreken {number_text(row['missing_periods'])} perioden"
        return f"‘{row['name']}’: tussen {period_text(row['first'])} en {period_text(row['period'])} {what}: vraag na bij {row['partner']}."

    return Check(
        id="periods_without_gap",
        severity="waarschuwing",
        dimension="volledigheid",
        description="Tussen de eerste en de nieuwste periode van een indicator ontbreekt geen periode.",
        expect=Between("missing_periods", maximum=0),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )


def _area_known() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        level = LEVELS.get(row["area_level"], ("gebied", ""))[0]
        return (
            f"‘{row['name']}’: in het jaar tot en met {period_text(row['period'])} is van meer dan {percentage_text(MOST_UNPLACED)} "
            f"de {level} onbekend, zodat de cijfers per {level} een onvolledig beeld geven: vraag na bij {row['partner']}."
        )

    return Check(
        id="area_of_persons_known",
        severity="waarschuwing",
        dimension="volledigheid",
        description=f"Van hoogstens {percentage_text(MOST_UNPLACED)} van de getelde personen is het gebied onbekend (toeval meegerekend).",
        expect=Between("unplaced_share", maximum=MOST_UNPLACED),
        sentence=sentence,
        subject=("indicator_id", "area_level", "period"),
    )


def _area_occurs() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        verb = "komt" if len(rows) == 1 else "komen"
        return (
            f"‘{row['name']}’: {places_text(rows)} {verb} in geen enkele periode voor, hoewel dat bij het aantal inwoners te verwachten is: "
            f"vraag {row['partner']} of alle gemeenten meedoen."
        )

    return Check(
        id="every_gemeente_occurs",
        severity="waarschuwing",
        dimension="volledigheid",
        description=f"Elke gemeente waarvoor ten minste {MOST_EXPECTED:.0f} gevallen te verwachten zijn, komt voor in een levering die gemeenten kent.",
        expect=Between("expected_cases", maximum=MOST_EXPECTED),
        sentence=sentence,
        subject=("indicator_id",),
    )
