"""Random small worlds: nothing withheld can be computed from what is published, by elimination over all inner counts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.disclosure.areas import area_parents
from pipelines.disclosure.figures import AREA_STEPS, NO_AREA, PERIOD_STEPS
from tests.pipelines.disclosure.frames import DEEPEST, entry, finish
from tests.pipelines.release.cases import disclosed

PRIME = 2**31 - 1
WORLD = pl.DataFrame(
    [
        *(("regio", "DH", None, None, None), ("zorgregio", "HGL", None, None, None), ("zorgregio", "HM", None, None, None), ("abc", "ABC", None, "HGL", None)),
        *(("district", "A", None, "HGL", "ABC"), ("district", "B", None, "HGL", "ABC"), ("district", "D", None, "HGL", None)),
        *(("district", "F", None, "HM", None), ("basisteam", "A1", "A", "HGL", "ABC"), ("basisteam", "A2", "A", "HGL", "ABC")),
        *(("basisteam", "B1", "B", "HGL", "ABC"), ("basisteam", "D1", "D", "HGL", None), ("basisteam", "F1", "F", "HM", None)),
        *(("basisteam", "F2", "F", "HM", None), ("gemeente", "GM0518", None, "HGL", "ABC"), ("gemeente", "GM0637", "D", "HGL", None)),
        *(("gemeente", "GM0629", "D", "HGL", None), ("gemeente", "GM0546", "F", "HM", None), ("gemeente", "GM0547", "F", "HM", None)),
    ],
    schema=["area_level", "area_code", "district_code", "zorgregio_code", "abc_code"],
    orient="row",
)
PARENTS = area_parents(WORLD)
REST_LEVELS = {"zorgregio", "district", "abc", "basisteam", "gemeente"}


@dataclass(frozen=True)
class World:
    """A frame of values before protection, and for each row which inner counts it adds up."""

    values: pl.DataFrame
    members: list[frozenset[int]]
    policy: list[dict[str, Any]]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Counts of records by area, quarter, two single-valued dimensions and a several-valued one, some levels and grains left out."""
    leaf = draw(st.sampled_from(["basisteam", "gemeente"]))
    rest = draw(st.booleans())
    quarters = draw(st.sampled_from([("2023Q1", "2023Q2"), ("2023Q1",), ("2023Q1", "2023Q2", "2024Q1")]))
    geslacht, soort = draw(st.sampled_from([("m", "v"), ("m",)])), draw(st.sampled_from([("x", "y"), ("x", "y", "z"), ("x",)]))
    forms = draw(st.sampled_from([("p", "q", "pq"), ("p",)]))
    links = {(level, code): row for level, code, *row in WORLD.iter_rows()}
    leaves = [code for level, code in links if level == leaf] + (["onbekend", "elders"] if rest else [])
    inner = list(product(leaves, quarters, geslacht, soort, forms))
    mean = draw(st.sampled_from([0.3, 1.5, 4.0, 9.0]))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    counts = random.poisson(mean * random.choice([0.1, 1.0, 2.0], len(inner)))
    levels = [leaf, *draw(st.lists(st.sampled_from(["regio", "zorgregio", "district", "abc"]), unique=True, min_size=1))]
    grains = draw(st.sampled_from([("kwartaal", "jaar"), ("kwartaal",), ("jaar",)]))
    groups = draw(st.lists(st.sampled_from([(), ("geslacht",), ("soort",), ("vorm",), ("geslacht", "soort"), ("geslacht", "vorm")]), unique=True, min_size=1))
    per = draw(st.sampled_from([None, 1000, 100]))
    members: dict[tuple[str, ...], set[int]] = {}
    for k, (area, quarter, sex, kind, form) in enumerate(inner):
        for level, grain, group in product(levels, grains, groups):
            code = _area_at(level, leaf, area, links)
            if code is None:
                continue
            for shape in form if "vorm" in group else "-":
                chosen = [{"geslacht": sex, "soort": kind, "vorm": shape}[name] for name in group] + ["totaal"] * (2 - len(group))
                names = [*group, "totaal", "totaal"]
                period = quarter if grain == "kwartaal" else quarter[:4]
                members.setdefault((level, code, grain, period, names[0], chosen[0], names[1], chosen[1]), set()).add(k)
    sums = [float(sum(counts[k] for k in own)) for own in members.values()]
    columns = ["area_level", "area_code", "period_grain", "period", "dimension_1", "category_1", "dimension_2", "category_2"]
    cells = pl.DataFrame(list(members), schema=columns, orient="row").with_columns(indicator_id=pl.lit("i"), numerator=pl.Series(sums, dtype=pl.Float64))
    if per == 100:
        cells = cells.with_columns(denominator=pl.col("numerator") * 2)
    policy = [entry("i", per=per, breakdowns=("geslacht", "soort", "vorm*"), threshold_professional=3, threshold_publiek=6)]
    return World(finish(cells, per), [frozenset(own) for own in members.values()], policy)


def _area_at(level: str, leaf: str, code: str, links: dict[tuple[str, str], list[str | None]]) -> str | None:
    """The area of `level` in which a leaf lies, or None."""
    if level == "regio":
        return "DH"
    if code in ("onbekend", "elders"):
        return code if level in REST_LEVELS else None
    district, zorgregio, _ = links[leaf, code]
    if level == "abc":
        return "ABC" if district in ("A", "B") or code == "GM0518" else None
    return {leaf: code, "district": district, "zorgregio": zorgregio}[level]


def determined(published: list[frozenset[int]], asked: list[frozenset[int]], size: int) -> list[bool]:
    """Whether each asked sum of inner counts is a linear combination of published sums: plain elimination modulo a prime."""

    def reduce(row: np.ndarray) -> np.ndarray:
        for column, pivot in pivots:
            if row[column]:
                row = (row - row[column] * pivot) % PRIME
        return row

    pivots: list[tuple[int, np.ndarray]] = []
    for members in dict.fromkeys(published):
        row = reduce(_indicator(members, size))
        filled = np.flatnonzero(row)
        if len(filled):
            pivots.append((int(filled[0]), row * pow(int(row[filled[0]]), -1, PRIME) % PRIME))
    return [not reduce(_indicator(members, size)).any() for members in asked]


def _indicator(members: frozenset[int], size: int) -> np.ndarray:
    row = np.zeros(size, dtype=np.int64)
    row[list(members)] = 1
    return row


def depth(values: pl.DataFrame) -> pl.Series:
    """How many steps down the table of each row lies."""
    breakdowns = sum((pl.col(name) != "totaal").cast(pl.Int64) for name in ("dimension_1", "dimension_2"))
    return values.select(pl.col("area_level").replace_strict(AREA_STEPS) + pl.col("period_grain").replace_strict(PERIOD_STEPS) + breakdowns).to_series()


@given(worlds(), st.sampled_from(["professional", "publiek"]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_withheld_small_count_is_a_linear_function_of_published_counts(world: World, audience: str) -> None:
    public = disclosed(world.values, world.policy, audience, parents=PARENTS).values
    threshold = world.policy[0][f"threshold_{audience}"]
    shown = (public["state"].is_in(["waarde", "nihil", "voorlopig"])).to_list()
    secret = (public["state"] == "geheim").to_list()
    per = world.policy[0]["per"]
    small = (world.values["numerator"] < threshold).to_list()
    size = 1 + max(max(own) for own in world.members)
    published = [own for own, is_shown in zip(world.members, shown, strict=True) if is_shown]
    # a table that is deeper than policy lets withheld figures go is not looked at, and of who has no place nothing is guarded
    guarded = (~world.values["area_code"].is_in(NO_AREA) & (depth(world.values) <= DEEPEST[audience])).to_list()
    asked = [own for own, *all_of in zip(world.members, secret, small, guarded, strict=True) if all(all_of)]
    assert not any(determined(published, asked, size))
    if per is None or per == 100:
        assert public.filter(pl.Series(shown))["numerator"].min() is None or public.filter(pl.Series(shown))["numerator"].min() >= threshold


@given(worlds())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_public_never_sees_a_cell_that_the_professional_does_not(world: World) -> None:
    professional = disclosed(world.values, world.policy, "professional", parents=PARENTS).values
    public = disclosed(world.values, world.policy, "publiek", parents=PARENTS, before=professional).values
    assert not ((professional["state"] == "geheim") & (public["state"] != "geheim")).any()
    is_shown = public["state"].is_in(["waarde", "nihil"])
    assert professional.filter(is_shown).equals(public.filter(is_shown))
