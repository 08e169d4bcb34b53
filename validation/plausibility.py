"""How surprising the newest figure of a series is, given its own past: pure functions over frames, small-number aware.

Counts are taken to the scale y = √x + √(x+1) (Freeman and Tukey, 1950), on which a Poisson count of any size has a
standard deviation of about 1. The past is summarised by median and MAD, so that one odd quarter in it does no harm,
and the spread is never taken below what chance alone gives: 1 from Poisson and a few per cent of real fluctuation.
What comes in groups (pupils of a class, people at a training) varies more than that: how much, its past tells, over all
series of the indicator together (`dispersion`; McCullagh and Nelder, 1989, 6.2: the mean square beside its expectation).
Where a spread was so measured and does not follow from chance, its error is told by Student's t (in Wallace's form, 1959).
The score is the distance to the past in standard deviations. A seasonal peak is compared with the same season too and
gets the smaller of both scores; a score counts as surprising above a bound that grows with the number of series judged.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import polars as pl

SERIES = ["indicator_id", "area_level", "area_code", "period_grain", "dimension_1", "category_1", "dimension_2", "category_2"]
WINDOW = {"maand": 36, "kwartaal": 12, "jaar": 8}  # periods of the past that count: older ones say little about today
LONG_PAST = 6  # from here on the median and MAD of a series are worth something
FLUCTUATION_LONG = 0.05  # yearly ups and downs that are no error, as a share of the figure
FLUCTUATION_SHORT = 0.15  # with fewer periods we know less, so we ask for more before we speak
TRIMMED = 0.1  # of the periods: the oddest of the past are left out of its dispersion, so that one old fault does not excuse new ones
LARGE_ENOUGH = 2  # mean count from which on a series says something about dispersion
POOLED = 4  # periods: what the spread by chance weighs beside a MAD
FEWEST_SEASONS = 2  # one earlier October says too little about what an October is
SEASONS = {"maand": 12, "kwartaal": 4}  # periods in a year
NEIGHBOURS = 4  # periods before and after: fewer and an odd one counts for all, more and a trend does
FALSE_ALARMS = 0.05  # chance that a run with only good series raises any alarm
ONE_SIDED_99 = NormalDist().inv_cdf(0.99)


def finest_grain(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of the finest period grain of each indicator: a fault is told once, not again per quarter and per year."""
    rank = pl.col("period_grain").replace_strict({"maand": 0, "kwartaal": 1, "jaar": 2, "schooljaar": 2, "twee_jaar": 2}, default=3, return_dtype=pl.Int8)
    return rows.filter(rank == rank.min().over("indicator_id"))


def score_newest(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per series that has a figure in the newest period of its indicator and at least one before it.

    Takes mart rows with a known numerator. Adds `period`, `newest` and `usual` (counts), `past_periods`, `score` (in
    standard deviations, signed) and `factor` (newest / usual; null where usual is 0).
    """
    newest = pl.col("period").max().over("indicator_id", "period_grain")
    rank = pl.col("period").rank("dense", descending=True).over("indicator_id", "period_grain") - 1
    window = pl.col("period_grain").replace_strict(WINDOW, default=8, return_dtype=pl.Int64)
    rows = rows.with_columns(
        (pl.col("numerator").sqrt() + (pl.col("numerator") + 1).sqrt()).alias("y"),
        (pl.col("period").str.slice(4) == newest.str.slice(4)).alias("same_season"),
        rank.alias("age"),
    ).filter(pl.col("age") <= window)
    now = rows.filter(pl.col("age") == 0).select(*SERIES, "period", pl.col("numerator").alias("newest"), pl.col("y").alias("y_now"))
    season = pl.col("y").filter(pl.col("same_season") & pl.col("period_grain").is_in(["maand", "kwartaal"]))
    past = (
        rows.filter(pl.col("age") > 0)
        .group_by(SERIES)
        .agg(
            pl.col("numerator").median().alias("usual"),
            pl.len().alias("past_periods"),
            pl.col("y").median().alias("y_past"),
            (1.4826 * (pl.col("y") - pl.col("y").median()).abs().median()).alias("mad"),
            pl.when(season.len() >= FEWEST_SEASONS).then(season.median()).alias("y_season"),
            season.len().alias("past_seasons"),
        )
    )
    return (
        now.join(past, on=SERIES, how="inner")
        .join(dispersion(rows.filter(pl.col("age") > 0)), on="indicator_id", how="left")
        .with_columns(pl.col("dispersion").fill_null(1.0))
        .with_columns(_score("y_past", "past_periods").alias("score_all"), _score("y_season", "past_seasons").alias("score_season"))
        # Of seasons a measured spread holds the season itself, so that it is too large as it is.
        .with_columns(_as_normal(pl.col("score_all"), pl.col("past_periods") - 1).alias("score_all"))
        .with_columns(_smaller("score_all", "score_season").alias("score"))
        .with_columns(pl.when(pl.col("usual") > 0).then(pl.col("newest") / pl.col("usual")).alias("factor"))
        .select(*SERIES, "period", "newest", "usual", "past_periods", "score", "factor")
    )


def score_between_neighbours(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per period of a series that has a period before and after it: SERIES, period and `score` (standard deviations,
    signed): the distance to the medians of up to four periods before and after it, and to the same season of the years beside
    it, of which the smallest counts; a lasting change, which lies on one side only, is no jump.

    Takes mart rows with a known numerator, of any grains. Months and quarters are judged by year too, the last year by what
    there is of it, for a file of a year is wrong as a whole.
    """
    finest = finest_grain(rows).filter(pl.col("period_grain").is_in([*WINDOW, "schooljaar"]))
    finest = finest.select(*SERIES, "period", "numerator", pl.lit(1, dtype=pl.UInt32).alias("made_of"))
    parts = [_beside(part, grain) for (grain,), part in pl.concat([finest, _as_years(finest)]).partition_by("period_grain", as_dict=True).items()]
    placed = pl.concat(parts) if parts else _beside(finest, "")
    placed = placed.filter(pl.col("before").is_not_null(), pl.col("after").is_not_null()).join(dispersion(_with_y(finest)), on="indicator_id", how="left")
    counts = placed.with_columns(
        pl.col("dispersion").fill_null(1.0),
        pl.col("numerator").median().over(SERIES).alias("usual"),
        pl.col("made_of").sum().over(SERIES).alias("past_periods"),
    )
    # The neighbours are few, so their median is uncertain too: (1 + pi / 2 / 4) of the variance.
    spread = (_by_chance("past_periods", "usual") * pl.col("dispersion") * (1 + math.pi / 2 / NEIGHBOURS)).sqrt()
    scored = counts.with_columns(*(((pl.col("y") - pl.col(name)) / spread).alias(name) for name in ("before", "after", "years")))
    scored = scored.with_columns(_smaller("before", "after").alias("near")).with_columns(_smaller("near", "years").alias("score"))
    return scored.select(*SERIES, "period", "score")


def _with_y(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns((pl.col("numerator").sqrt() + (pl.col("numerator") + 1).sqrt()).alias("y"))


def _as_years(finest: pl.DataFrame) -> pl.DataFrame:
    """Months and quarters as years of equal length; `made_of` says of how many."""
    length = pl.col("period_grain").replace_strict(SEASONS, return_dtype=pl.Float64, default=None)
    parts = finest.filter(length.is_not_null()).with_columns(pl.col("period").str.slice(0, 4), length.alias("length"), pl.lit("jaar").alias("period_grain"))
    whole = (pl.col("numerator").mean() * pl.col("length").first()).alias("numerator")
    return parts.group_by(*SERIES, "period").agg(whole, pl.len().cast(pl.UInt32).alias("made_of")).select(finest.columns)


def _beside(part: pl.DataFrame, grain: str) -> pl.DataFrame:
    """`y` of each period, the medians `before` and `after` it, and `years`: the mean of the same season in the years beside it."""
    y, season = pl.col("y"), SEASONS.get(grain)
    beside = {
        "before": y.shift(1).rolling_median(NEIGHBOURS, min_samples=1),
        "after": y.reverse().shift(1).rolling_median(NEIGHBOURS, min_samples=1).reverse(),
        "years": pl.mean_horizontal(y.shift(season), y.shift(-season)) if season else pl.lit(None, dtype=pl.Float64),
    }
    return _with_y(part.sort("period")).with_columns(*(value.over(SERIES, order_by="period").alias(name) for name, value in beside.items()))


def dispersion(past: pl.DataFrame) -> pl.DataFrame:
    """indicator_id and `dispersion`: how many times as much the series of an indicator vary as chance alone gives, at least 1.

    `past` has the series with `numerator` and `y`, of the periods before the newest.
    """
    square = (pl.col("y") - pl.col("y").median()).pow(2).sort()
    kept = (pl.len() * (1 - TRIMMED)).floor().cast(pl.Int64)
    each = past.group_by(SERIES).agg(square.head(kept).mean().alias("variance"), pl.col("numerator").mean().alias("usual"), pl.len().alias("past_periods"))
    judged = each.filter(pl.col("past_periods") > 2, pl.col("usual") >= LARGE_ENOUGH)
    ratio = pl.col("variance") / _by_chance("past_periods", "usual")
    return judged.group_by("indicator_id").agg(ratio.mean().clip(lower_bound=1).alias("dispersion"))


def _by_chance(periods: str, usual: str) -> pl.Expr:
    """The variance of y that chance and ordinary fluctuation give."""
    fluctuation = pl.when(pl.col(periods) >= LONG_PAST).then(FLUCTUATION_LONG).otherwise(FLUCTUATION_SHORT)
    return 1 + fluctuation.pow(2) * pl.col(usual)


def _score(centre: str, number: str) -> pl.Expr:
    """Distance of y_now to `centre`, the median of `number` values; √(π/2n) is the error of such a median."""
    chance = _by_chance("past_periods", "usual") * pl.col("dispersion")
    # A MAD of few values is uncertain: it is pooled with what chance gives, which weighs as many periods as POOLED.
    n = pl.col("past_periods")
    pooled = (POOLED * chance + n * pl.col("mad").pow(2)) / (POOLED + n)
    spread = pl.when(n >= LONG_PAST).then(pl.max_horizontal(chance, pooled)).otherwise(chance).sqrt()
    return (pl.col("y_now") - pl.col(centre)) / (spread * (1 + math.pi / 2 / pl.col(number)).sqrt())


def _as_normal(score: pl.Expr, freedom: pl.Expr) -> pl.Expr:
    """A score on a measured spread as the score on a known one that is as rare: z = (8ν+1)/(8ν+3) √(ν ln(1+t²/ν)), ν degrees of freedom (Wallace, 1959)."""
    nu = freedom.cast(pl.Float64).clip(lower_bound=1)
    normal = (8 * nu + 1) / (8 * nu + 3) * (nu * (1 + score.pow(2) / nu).log()).sqrt()
    return pl.when(pl.col("dispersion") > 1).then(normal * score.sign()).otherwise(score)


def _smaller(first: str, second: str) -> pl.Expr:
    """The score nearest to 0; 0 where both disagree in sign; the first where there is no second."""
    one, two = pl.col(first), pl.col(second)
    return pl.when(two.is_null() | two.is_nan()).then(one).when(one.sign() != two.sign()).then(0.0).when(one.abs() <= two.abs()).then(one).otherwise(two)


def surprise_bound(series: int) -> float:
    """Score above which a run over `series` good series raises any false alarm with a chance of 5%."""
    return NormalDist().inv_cdf(1 - FALSE_ALARMS / (2 * max(series, 1)))


def share_at_least(part: str, whole: str) -> pl.Expr:
    """Lower bound (one-sided 99%, Wilson 1927) of the share part / whole: what the share is at least, chance aside."""
    share, n, z = pl.col(part) / pl.col(whole), pl.col(whole), ONE_SIDED_99
    centre = share + z**2 / (2 * n)
    half = z * (share * (1 - share) / n + z**2 / (4 * n**2)).sqrt()
    return ((centre - half) / (1 + z**2 / n)).clip(0, 1)
