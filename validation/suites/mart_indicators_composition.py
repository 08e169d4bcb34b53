"""mart_indicators, composition: does the newest period divide over areas and categories as the periods before it did?

Sentences name indicator, breakdown and period, and neither the category nor the area that departs: the mart is judged before
disclosure control, and "far fewer of these", or "none", would bound a withheld count. The partner's answer at intake has the words.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validation.checks import Between, Check, Part, Row, Suite
from validation.dutch import LEVELS, list_text, period_text
from validation.mixture import score_mixture
from validation.plausibility import SEASONS, finest_grain, surprise_bound
from validation.tables import UNPLACED, Tables, is_count

NAME = "mart_indicators_composition"
UNKNOWN = "onbekend"
COMPLETE = ("gemeente", "basisteam")  # levels whose areas together are the region
LEAST_SEEN = 10.0  # cases in every period of the year before: what nearly stops in some seasons (fireworks) may stop in one
SURELY_SEEN = 12.0  # expected cases: by chance none come once in 160,000 times

WHOLE = ["indicator_id", "kind", "dimension"]


def build_suite(tables: Tables) -> Suite:
    """Expectations about the parts of the newest period: areas, categories, and what is not known."""
    cells = _cells(finest_grain(tables.counts.filter("person_related")))
    facts = tables.facts.select("indicator_id", "name", "delivery", "partner")
    placed = cells.filter(~pl.col("part").is_in(UNPLACED))
    unknown = pl.concat([cells.filter(~_is_complete()), _unplaced(tables)]).with_columns(
        pl.when(pl.col("part") == UNKNOWN).then(pl.col("part")).otherwise(pl.lit("bekend")).alias("part")
    )
    unknown = unknown.filter((pl.col("part") == UNKNOWN).any().over(WHOLE))
    mixture = score_mixture(placed, WHOLE).join(facts, on="indicator_id").sort(WHOLE)
    shares = score_mixture(unknown, WHOLE).join(facts, on="indicator_id").sort(WHOLE)
    more = ((pl.col("worst") == UNKNOWN) == pl.col("worst_is_more")).fill_null(value=False)
    shares = shares.with_columns(pl.when(more).then("score").otherwise(0.0).alias("score")).drop("worst", "worst_is_more")
    parts = (
        Part("mixture", "Verdeling over gebieden en categorieën", mixture.drop("worst", "worst_is_more"), (_mixture_steady(mixture.height),)),
        Part("unknown", "Aandeel onbekend", shares, (_unknown_steady(shares.height),)),
        Part("categories", "Categorieën die stoppen of beginnen", _categories(placed).join(facts, on="indicator_id"), (_category_continues(),)),
    )
    return Suite(NAME, "Indicatoren: samenstelling", parts)


def _cells(known: pl.DataFrame) -> pl.DataFrame:
    """One row per part of a whole (`kind` gebied or categorie; `dimension` an area level or a breakdown of the region)."""
    totals = known.filter(pl.col("dimension_1") == "totaal", pl.col("dimension_2") == "totaal", pl.col("area_level") != "regio")
    areas = totals.select(
        "indicator_id",
        pl.lit("gebied").alias("kind"),
        pl.col("area_level").alias("dimension"),
        "period_grain",
        "period",
        pl.col("area_code").alias("part"),
        "numerator",
    )
    split = known.filter(pl.col("dimension_1") != "totaal", pl.col("dimension_2") == "totaal", pl.col("area_level") == "regio")
    kinds = split.select(
        "indicator_id",
        pl.lit("categorie").alias("kind"),
        pl.col("dimension_1").alias("dimension"),
        "period_grain",
        "period",
        pl.col("category_1").alias("part"),
        "numerator",
    )
    return pl.concat([areas, kinds])


def _is_complete() -> pl.Expr:
    return (pl.col("kind") == "gebied") & pl.col("dimension").is_in(COMPLETE)


def _unplaced(tables: Tables) -> pl.DataFrame:
    """As `_cells`: what the region counts and no area of a level that covers it. A rate of nobody's area has no figure in the mart, so
    that the cases without an area are what is left; periods in which an area has no figure (`<5`) are passed over."""
    totals = finest_grain(tables.indicators.filter(pl.col("person_related"), is_count(), pl.col("dimension_1") == "totaal", pl.col("dimension_2") == "totaal"))
    here = ["indicator_id", "period_grain", "period"]
    areas = totals.filter(pl.col("area_level").is_in(COMPLETE), ~pl.col("area_code").is_in(UNPLACED)).with_columns(pl.col("area_level").alias("dimension"))
    placed = areas.group_by(*here, "dimension").agg(pl.col("numerator").sum().alias("bekend"), pl.col("numerator").null_count().alias("hidden"))
    region = totals.filter(pl.col("area_level") == "regio", pl.col("numerator").is_not_null()).select(*here, pl.col("numerator").alias("all"))
    left = placed.filter(pl.col("hidden") == 0).join(region, on=here).with_columns((pl.col("all") - pl.col("bekend")).clip(lower_bound=0).alias(UNKNOWN))
    long = left.unpivot(on=["bekend", UNKNOWN], index=[*here, "dimension"], variable_name="part", value_name="numerator")
    return long.select("indicator_id", pl.lit("gebied").alias("kind"), "dimension", "period_grain", "period", "part", "numerator")


def _categories(placed: pl.DataFrame) -> pl.DataFrame:
    """One row per category of the region that its indicator had in the year of periods before or has now: whether it is in both, where
    by chance and by season (the same quarter or month of the year before is among these periods) it would be."""
    split = placed.filter(pl.col("kind") == "categorie")
    year = pl.col("period_grain").replace_strict(SEASONS, default=2, return_dtype=pl.Int64)
    split = split.with_columns(pl.col("period").rank("dense", descending=True).over(WHOLE).cast(pl.Int64).alias("age")).filter(pl.col("age") <= year + 1)
    periods = split.group_by(WHOLE).agg((pl.col("age").n_unique() - 1).alias("periods"), pl.col("period").max())
    now, before = pl.col("numerator").filter(pl.col("age") == 1), pl.col("numerator").filter(pl.col("age") > 1)
    seen = (before > 0).sum().alias("seen")
    here = split.group_by(*WHOLE, "part").agg(now.sum().alias("now"), before.sum().alias("before"), before.min().alias("least"), seen)
    judged = here.join(periods, on=WHOLE).filter(pl.col("periods") >= 2)
    always = (pl.col("seen") == pl.col("periods")) & (pl.col("least") >= LEAST_SEEN)
    stopped = always & (pl.col("before") / pl.col("periods") >= SURELY_SEEN) & (pl.col("now") == 0)
    began = (pl.col("now") >= SURELY_SEEN) & (pl.col("before") == 0)
    return judged.select(*WHOLE, "part", "period", (~(stopped | began)).cast(pl.Int64).alias("is_continued")).sort(*WHOLE, "part")


def _of(row: Row) -> str:
    return f"{LEVELS.get(row['dimension'], (row['dimension'], ''))[1]}" if row["kind"] == "gebied" else f"‘{row['dimension'].replace('_', ' ')}’"


def _mixture_steady(wholes: int) -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        over = list_text(list(dict.fromkeys(_of(other) for other in rows)))
        return (
            f"‘{row['name']}’ is over {period_text(row['period'])} heel anders verdeeld over {over} dan in eerdere perioden: "
            f"vraag {row['partner']} of gebieden of categorieën verwisseld, samengevoegd of anders ingedeeld zijn."
        )

    return Check(
        id="mixture_in_line_with_past",
        severity="waarschuwing",
        dimension="consistentie",
        description="De verdeling van het nieuwste cijfer over gebieden en categorieën lijkt op die van eerdere perioden (toeval meegerekend).",
        expect=Between("score", maximum=surprise_bound(wholes)),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )


def _unknown_steady(wholes: int) -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        of = list_text(list(dict.fromkeys(_of(other) for other in rows)))
        return (
            f"‘{row['name']}’: over {period_text(row['period'])} is van veel meer gevallen dan eerder onbekend waar zij bij horen ({of}): "
            f"vraag {row['partner']} of een kolom leeg bleef of anders gevuld is."
        )

    return Check(
        id="unknown_share_in_line_with_past",
        severity="waarschuwing",
        dimension="volledigheid",
        description="Het aandeel onbekend is niet hoger dan eerdere perioden laten verwachten (toeval meegerekend).",
        expect=Between("score", maximum=surprise_bound(wholes)),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )


def _category_continues() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        of = list_text(list(dict.fromkeys(_of(other) for other in rows)))
        return (
            f"‘{row['name']}’: in {period_text(row['period'])} stopt of begint een grote categorie ({of}): "
            f"vraag {row['partner']} of zij hernoemd, gesplitst of vergeten is."
        )

    return Check(
        id="categories_continue",
        severity="waarschuwing",
        dimension="consistentie",
        description=f"Geen categorie die elke periode ten minste {SURELY_SEEN:.0f} gevallen had, stopt of begint ineens.",
        expect=Between("is_continued", minimum=1),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )
