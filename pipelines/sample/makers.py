"""Every delivery with the function that makes a year of it; a contract without one is left out of the sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import polars as pl

from pipelines.sample import counts, jonge_aanwas, mensenhandel, online, registers, rsiv, victims

#: Called as maker(year, seed, scale): the rows of one whole year (a school year: the one that starts in `year`; a survey of
#: two years: odd years only) with the contract's columns, areas as codes, periods in the notation of the house.
Maker = Callable[[int, int, float], pl.DataFrame]

MAKERS: Mapping[str, Maker] = MappingProxyType(
    {
        **victims.MAKERS,
        **counts.MAKERS,
        **rsiv.MAKERS,
        **mensenhandel.MAKERS,
        **online.MAKERS,
        **jonge_aanwas.MAKERS,
        **registers.MAKERS,
    }
)
