"""Realistic frames for disclosure and release tests: the areas of the region and the six indicators, counted from records.

The figures are invented (a Poisson draw with a seed); shape and size are those of the marts.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import polars as pl

COLUMNS = [
    *("indicator_id", "area_level", "area_code", "period_grain", "period", "dimension_1", "category_1", "dimension_2", "category_2"),
    *("state", "value", "numerator", "denominator", "lower", "upper"),
]
GEMEENTEN = {
    "D": ("GM0637", "GM1916", "GM0629", "GM1926"),
    "E": ("GM0603", "GM1783", "GM0503", "GM1842"),
    "F": ("GM0546", "GM0547", "GM0579", "GM0626", "GM0638", "GM0537", "GM0575", "GM0534", "GM0553", "GM1525"),
    "G": ("GM0484", "GM1884", "GM0569", "GM0513", "GM0627", "GM1892", "GM1901", "GM1931"),
}
TEAMS = {"A": 3, "B": 4, "C": 4, "D": 4, "E": 3, "F": 5, "G": 5}
ZORGREGIO = {"A": "HGL", "B": "HGL", "C": "HGL", "D": "HGL", "E": "HGL", "F": "HM", "G": "HM"}
IN_ABC = ("A", "B", "C")
DEEPEST = {"professional": 3, "publiek": 2}
LEVELS = ("zorgregio", "district", "abc", "basisteam", "gemeente")


def areas() -> pl.DataFrame:
    """The release's area list: area_level, area_code, area_name, district_code, zorgregio_code, abc_code."""
    rows: list[tuple[str, str, str | None, str | None]] = [("regio", "DH", None, None), ("zorgregio", "HGL", None, None), ("zorgregio", "HM", None, None)]
    rows += [("abc", "ABC", None, "HGL"), ("gemeente", "GM0518", None, "HGL")]
    rows += [("district", district, None, zorgregio) for district, zorgregio in ZORGREGIO.items()]
    rows += [("basisteam", f"{district}{n}", district, ZORGREGIO[district]) for district, count in TEAMS.items() for n in range(1, count + 1)]
    rows += [("gemeente", code, district, ZORGREGIO[district]) for district, codes in GEMEENTEN.items() for code in codes]
    rows += [(level, rest, None, None) for level in LEVELS for rest in ("onbekend", "elders")]
    in_abc = {code for level, code, district, _ in rows if district in IN_ABC or (level == "district" and code in IN_ABC)} | {"GM0518"}
    return pl.DataFrame(
        [(level, code, f"{level} {code}", district, zorgregio, "ABC" if code in in_abc else None) for level, code, district, zorgregio in rows],
        schema=["area_level", "area_code", "area_name", "district_code", "zorgregio_code", "abc_code"],
        orient="row",
    )


def entry(indicator_id: str, *, per: float | None = None, person_related: bool | None = True, breakdowns: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """A catalogue entry with the columns of the release manifest."""
    return {
        "indicator_id": indicator_id,
        "name": indicator_id,
        "theme": "mensenhandel",
        "definition": "Voor een test.",
        "unit": "slachtoffers",
        "value_unit": "slachtoffers",
        "numerator": "",
        "denominator": "",
        "per": per,
        "decimals": 1,
        "sources": [],
        "area_levels": [],
        "period_grains": [],
        "breakdowns": list(breakdowns),
        "direction": "geen_oordeel",
        "person_related": person_related,
        "threshold_professional": 5,
        "threshold_publiek": 10,
        "policy": {audience: {"share": 0.9, "deepest": deepest, "decoys": 0.0, "never": [], "bevestigd": False} for audience, deepest in DEEPEST.items()},
        "limitations": "",
        "steward": "",
        "version": "1.0.0",
        **more,
    }


def _members(leaf_level: str) -> pl.DataFrame:
    """leaf → every area that it counts in."""
    rows: list[tuple[str, str, str]] = []
    if leaf_level == "basisteam":
        for district, count in TEAMS.items():
            for n in range(1, count + 1):
                leaf = f"{district}{n}"
                rows += [(leaf, "basisteam", leaf), (leaf, "district", district), (leaf, "zorgregio", ZORGREGIO[district]), (leaf, "regio", "DH")]
                rows += [(leaf, "abc", "ABC")] if district in "ABC" else []
    else:
        for district, codes in GEMEENTEN.items():
            for leaf in codes:
                rows += [(leaf, "gemeente", leaf), (leaf, "district", district), (leaf, "zorgregio", ZORGREGIO[district]), (leaf, "regio", "DH")]
        rows += [("GM0518", "gemeente", "GM0518"), ("GM0518", "abc", "ABC"), ("GM0518", "zorgregio", "HGL"), ("GM0518", "regio", "DH")]
    for rest in ("onbekend", "elders"):
        rows += [(rest, level, rest) for level in LEVELS if level not in {"basisteam", "gemeente"} - {leaf_level}] + [(rest, "regio", "DH")]
    return pl.DataFrame(rows, schema=["leaf", "area_level", "area_code"], orient="row")


def count_indicator(
    indicator_id: str,
    *,
    leaf: str,
    base: str,
    years: range,
    dims: dict[str, tuple[str, ...]],
    mean: float,
    levels: tuple[str, ...],
    per: float | None = None,
    several: tuple[str, ...] = (),
    crosses: tuple[tuple[str, str], ...] = (),
    rest: float = 0.2,
    seed: int = 1,
) -> pl.DataFrame:
    """All cells of an indicator: totals, each breakdown and each cross, for every level and every grain from `base` up."""
    random = np.random.default_rng(seed)
    members = _members(leaf)
    leaves = members["leaf"].unique(maintain_order=True).to_list()
    suffixes = {"jaar": [""], "kwartaal": [f"Q{q}" for q in range(1, 5)], "maand": [f"-{m:02d}" for m in range(1, 13)]}
    periods = [f"{year}{suffix}" for year in years for suffix in suffixes[base]]
    records = pl.DataFrame(list(product(leaves, periods, *dims.values())), schema=["leaf", "period", *dims], orient="row")
    scale = records["leaf"].is_in(["onbekend", "elders"]).to_numpy() * (rest - 1.0) + 1.0
    records = records.with_columns(n=pl.Series(random.poisson(mean * scale)))
    grains = ("maand", "kwartaal", "jaar")[("maand", "kwartaal", "jaar").index(base) :]
    groups: list[tuple[str, ...]] = [*([] if several else [()]), *((name,) for name in dims), *crosses]
    frames = []
    for level, grain, group in product(levels, grains, groups):
        period = pl.col("period").str.slice(0, 4)
        if grain == "kwartaal" and base == "maand":
            period = pl.concat_str(period, pl.lit("Q"), ((pl.col("period").str.slice(5, 2).cast(pl.Int32) + 2) // 3).cast(pl.String))
        cells = (
            records.join(members.filter(pl.col("area_level") == level), on="leaf")
            .with_columns(period=pl.col("period") if grain == base else period)
            .group_by("area_level", "area_code", "period", *group, maintain_order=True)
            .agg(numerator=pl.col("n").sum().cast(pl.Float64))
        )
        names = (*group, "totaal", "totaal")
        frames.append(
            cells.with_columns(
                indicator_id=pl.lit(indicator_id),
                period_grain=pl.lit(grain),
                dimension_1=pl.lit(names[0]),
                category_1=pl.col(group[0]) if group else pl.lit("totaal"),
                dimension_2=pl.lit(names[1]),
                category_2=pl.col(group[1]) if len(group) > 1 else pl.lit("totaal"),
            )
        )
    return finish(pl.concat(frames, how="diagonal"), per)


def finish(cells: pl.DataFrame, per: float | None = None) -> pl.DataFrame:
    """Give counted cells their state, value and denominator; a rate of `onbekend` or `elders` has no denominator, so it is onbekend."""
    rate = per is not None and per != 100
    unknown = pl.col("area_code").is_in(["onbekend", "elders"]) if rate else pl.lit(False)
    denominator = pl.lit(50000.0) if rate else pl.lit(None, pl.Float64)
    if "denominator" in cells.columns:
        denominator = pl.col("denominator")
    counted = cells.with_columns(
        state=pl.when(unknown).then(pl.lit("onbekend")).when(pl.col("numerator") == 0).then(pl.lit("nihil")).otherwise(pl.lit("waarde")),
        numerator=pl.when(~unknown).then("numerator"),
        denominator=pl.when(~unknown).then(denominator),
        lower=pl.lit(None, pl.Float64),
        upper=pl.lit(None, pl.Float64),
    )
    value = pl.col("numerator") if per is None else pl.col("numerator") / pl.col("denominator") * per
    return counted.with_columns(value=value).select(COLUMNS)


SIX = [
    entry("alg_misdrijven", per=1000, person_related=False),
    entry("mh_slachtoffers", per=100000, breakdowns=("leeftijdsgroep", "geslacht", "nationaliteitsgroep")),
    entry("mh_slachtoffers_vorm", breakdowns=("uitbuitingsvorm*",)),
    entry("mh_basisniveau_score", per=100, person_related=False, breakdowns=("onderdeel",)),
    entry("oc_registraties", per=1000, breakdowns=("delictsoort", "soort", "leeftijdsgroep")),
    entry("ja_verdachten_12_23", per=1000, breakdowns=("leeftijd", "delict")),
]


def six_indicators(years: range = range(2023, 2025), months: bool = True) -> pl.DataFrame:
    """All six indicators as the mart gives them, with the sizes of the region: some 56 victims and 7,936 online reports a year."""
    levels = ("regio", "zorgregio", "abc", "district", "gemeente")
    police = ("regio", "abc", "district", "basisteam")
    ages, soort = ("0-17", "18-22", "23-59", "60+", "onbekend"), ("melding", "aangifte")
    delict = ("verkoopfraude", "bankhelpdesk", "hulpvraag", "overig", "afpersing", "cyber")
    groups = {"leeftijdsgroep": ages, "geslacht": ("man", "vrouw"), "nationaliteitsgroep": ("Nederlands", "EU", "buiten EU")}
    return pl.concat(
        [
            count_indicator("alg_misdrijven", leaf="gemeente", base="jaar", years=years, dims={}, mean=3400, levels=levels, per=1000),
            count_indicator(
                "mh_slachtoffers", leaf="gemeente", base="kwartaal", years=years, dims=groups, mean=0.017, levels=levels, per=100000, rest=2, seed=2
            ),
            count_indicator(
                "mh_slachtoffers_vorm",
                leaf="gemeente",
                base="jaar",
                years=years,
                dims={"uitbuitingsvorm": ("seksueel", "arbeid", "crimineel")},
                mean=0.8,
                levels=("regio", "zorgregio", "district"),
                several=("uitbuitingsvorm",),
                rest=8,
                seed=3,
            ),
            count_indicator(
                "mh_basisniveau_score",
                leaf="gemeente",
                base="jaar",
                years=years,
                dims={"onderdeel": ("beleid", "apv")},
                mean=1,
                levels=("regio", "district", "gemeente"),
                seed=4,
            ),
            count_indicator(
                "oc_registraties",
                leaf="basisteam",
                base="maand" if months else "kwartaal",
                years=years,
                dims={"delictsoort": delict, "soort": soort, "leeftijdsgroep": ages},
                mean=0.4 if months else 1.2,
                levels=police,
                per=1000,
                rest=0.0,
                crosses=(("delictsoort", "soort"),),
                seed=5,
            ),
            count_indicator(
                "ja_verdachten_12_23",
                leaf="basisteam",
                base="kwartaal",
                years=years,
                dims={"leeftijd": ("12-17", "18-23"), "delict": ("drugs", "uithalen", "wapen", "geweld", "geldezel")},
                mean=1.4,
                levels=police,
                per=1000,
                rest=0.0,
                seed=6,
            ),
        ]
    )
