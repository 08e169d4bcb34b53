"""A release after another one: protected anew with what the first one told, when the first cannot be taken over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from pipelines.release.disclose import disclose
from pipelines.release.memory import Memory
from pipelines.release.proof import proof_problems
from tests.pipelines.disclosure.frames import GEMEENTEN, entry
from tests.pipelines.release.cases import PARENTS, cells


def absence() -> pl.DataFrame:
    """Relatief schoolverzuim, by area and by kind: the total counts one of the kinds. The kinds by gemeente are too fine for the public."""
    gemeenten = [code for codes in GEMEENTEN.values() for code in codes]

    def rows(times: int, **more: pl.Expr) -> pl.DataFrame:
        counts = {("gemeente", code): 30.0 * times for code in gemeenten} | {("gemeente", "GM0518"): 100.0 * times, ("abc", "ABC"): 100.0 * times}
        counts |= {("district", district): 30.0 * times * len(codes) for district, codes in GEMEENTEN.items()}
        if times == 1 and more:
            counts[("gemeente", "GM0553")] = 6.0
            counts[("district", "F")] -= 24
        return cells(counts, **more)

    kinds = [rows(times, dimension_1=pl.lit("soort"), category_1=pl.lit(kind)) for times, kind in ((1, "absoluut"), (5, "relatief"))]
    return pl.concat([rows(5), *kinds])


def test_den_haag_stays_withheld_as_gemeente_where_it_is_known_as_abc(tmp_path: Path) -> None:
    catalogue = [entry("i", breakdowns=("soort*",), universe=["leerlingen&soort=relatief"])]
    for turn in range(2):
        memory = Memory(tmp_path / "told")
        told = disclose(absence(), catalogue, "publiek", PARENTS, memory=memory, before=None, in_use=None)
        memory.keep(dt.datetime(2026, 11, 1 + turn, tzinfo=dt.UTC))
        kinds = told.values.filter(pl.col("category_1") == "absoluut")
        assert set(kinds.filter(pl.col("area_level") == "gemeente")["state"]) == {"geheim"}
        assert set(kinds.filter(pl.col("area_level") == "abc")["state"]) == {"waarde"}
        for title, table in told.proof.items():
            pq.write_table(table, tmp_path / f"{title}.parquet")
        assert list(proof_problems(tmp_path, told.values, catalogue, "publiek")) == []
