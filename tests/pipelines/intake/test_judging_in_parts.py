"""A large file is judged in parts: the same verdict and the same rows as judged whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from data_contracts import contract_of
from data_contracts.base import Contract
from pipelines.intake.checking import Verdict, judge, sorting
from pipelines.intake.reading import Extract
from pipelines.intake.refusal import DeliveryRefused

ONLINE = contract_of("politie_online_registraties")
KINDS = ONLINE.kinds()


def frame(height: int = 900) -> pl.DataFrame:
    """Typed rows of politie_online_registraties as a Parquet file brings them; one in ninety is bad, some are twins far apart."""
    number = pl.int_range(height, eager=True)
    good = pl.DataFrame(
        {
            "basisteam": "T" + (number % 60).cast(pl.String),
            "maand": "2026-0" + (number // 60 % 9 + 1).cast(pl.String),
            "delictsoort": pl.Series(list(KINDS["delictsoort"]["values"])).gather(number // 540 % 2),  # type: ignore[call-overload]
            "soort": "melding",
            "leeftijdsgroep_slachtoffer": "60+",
            "aantal": number % 7,
            "schadebedrag": number.cast(pl.Float64),
        }
    )
    wrong = good.with_columns(
        pl.when(number % 90 == 89).then(-1).otherwise("aantal").alias("aantal"),
        pl.when(number % 450 == 449).then(pl.lit("iets")).otherwise("soort").alias("soort"),
    )
    return pl.concat([wrong, wrong.slice(3, 2), wrong.slice(7, 1).with_columns(aantal=pl.lit(99, dtype=pl.Int64))]).with_columns(
        source_row=pl.int_range(1, height + 4)
    )


def judged(rows: pl.DataFrame, folder: Path, contract: type[Contract] = ONLINE) -> tuple[Verdict, pl.DataFrame, pl.DataFrame]:
    good, bad = folder / "good.parquet", folder / "bad.parquet"
    verdict = judge(
        "x.parquet", Extract.of(rows), contract, accepted=good, quarantine=bad, sha256="a" * 64, received_at=dt.datetime.fromisoformat("2026-10-01")
    )
    return verdict, pl.read_parquet(good).sort("source_row"), pl.read_parquet(bad).sort("source_row", "column")


@pytest.mark.parametrize("part", [1, 7, 100, 899])
def test_parts_and_whole_give_the_same_verdict_and_the_same_rows(part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, good, bad = judged(frame(), tmp_path)
    assert (whole.quarantined, whole.accepted) == (10 + 2 + 2, 903 - 14)
    monkeypatch.setattr(sorting, "PART", part)
    monkeypatch.setattr(sorting, "HELD", 5)
    in_parts, good_in_parts, bad_in_parts = judged(frame(), tmp_path)
    assert in_parts == whole
    assert good_in_parts.equals(good)
    assert bad_in_parts.equals(bad)


def test_totals_of_a_file_in_parts_are_held_against_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "PART", 100)
    rows = frame().filter(pl.col("aantal") >= 0)
    total = rows.head(1).with_columns(
        pl.lit("Totaal").alias("basisteam"), pl.lit(None, dtype=pl.String).alias("maand"), source_row=pl.lit(2000, dtype=pl.Int64)
    )
    total = total.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in ("delictsoort", "soort", "leeftijdsgroep_slachtoffer"))
    right = total.with_columns(aantal=pl.lit(int(rows["aantal"].sum()), dtype=pl.Int64), schadebedrag=pl.lit(float(rows["schadebedrag"].sum())))
    verdict, _, _ = judged(pl.concat([rows, right]), tmp_path)
    assert verdict.totals == 1
    with pytest.raises(DeliveryRefused, match="totaalregel"):
        judged(pl.concat([rows, right.with_columns(aantal=pl.col("aantal") + 1)]), tmp_path)
    assert not (tmp_path / "good.parquet").exists()


def test_a_file_that_is_all_wrong_is_refused_with_every_rule_and_keeps_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "PART", 100)
    with pytest.raises(DeliveryRefused) as error:
        judged(frame().with_columns(soort=pl.lit("iets"), aantal=pl.lit(-1, dtype=pl.Int64)), tmp_path)
    assert {(each.column, each.rows) for each in error.value.broken if "+" not in each.column} == {("soort", 903), ("aantal", 903)}
    assert error.value.rows_in == 903
    assert list(tmp_path.iterdir()) == []


def test_an_error_of_our_own_in_a_part_is_not_wrapped_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "PART", 100)
    monkeypatch.setattr(sorting, "doubtful_rows", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        judged(frame(), tmp_path)
    assert list(tmp_path.iterdir()) == []
