"""What the newest run would change in the release in use: counted per indicator and area, and nothing of what is withheld."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from pipelines.release import UnknownRelease, diff_summary, summarise_changes
from pipelines.release.layout import COLUMNS, NUMBERS

AREA = ("indicator_id", "area_level", "area_code")


def cells(**states: tuple[str, float | None]) -> pl.DataFrame:
    """One cell of Delft per period (`Q1` is 2026Q1): its state and count."""
    rows = [
        ("i", "gemeente", "GM0503", "kwartaal", f"2026{name}", *("totaal",) * 4, state, count, count, None, None, None)
        for name, (state, count) in states.items()
    ]
    schema = {name: pl.Float64 if name in NUMBERS else pl.String for name in COLUMNS}
    return pl.DataFrame(rows, schema=schema, orient="row")


def only(summary: pl.DataFrame) -> dict[str, object]:
    (row,) = summary.drop(AREA).to_dicts()
    return row


def test_new_gone_changed_and_final_cells_are_counted() -> None:
    released = cells(Q1=("waarde", 100.0), Q2=("voorlopig", 50.0), Q3=("waarde", 30.0))
    mart = cells(Q1=("waarde", 120.0), Q2=("waarde", 50.0), Q3=("onbekend", None), Q4=("voorlopig", 40.0))
    assert only(diff_summary(mart, released)) == {"new": 1, "gone": 1, "changed": 1, "became_final": 1, "largest_change": 0.2}


def test_the_largest_change_keeps_its_sign() -> None:
    released = cells(Q1=("waarde", 100.0), Q2=("waarde", 100.0))
    assert only(diff_summary(cells(Q1=("waarde", 130.0), Q2=("waarde", 40.0)), released))["largest_change"] == -0.6


@pytest.mark.parametrize("count", [None, 1.0, 4.0, 4000.0])
def test_nothing_follows_of_a_cell_that_the_release_withholds(count: float | None) -> None:
    released = cells(Q1=("geheim", None), Q2=("waarde", 100.0))
    mart = cells(Q1=("onbekend" if count is None else "waarde", count), Q2=("waarde", 110.0))
    assert only(diff_summary(mart, released)) == {"new": 0, "gone": 0, "changed": 1, "became_final": 0, "largest_change": 0.1}


@pytest.mark.parametrize("count", [1.0, 7.0, 19.0])
def test_the_size_of_a_change_to_a_small_count_is_not_told(count: float) -> None:
    assert only(diff_summary(cells(Q1=("waarde", count)), cells(Q1=("waarde", 100.0)))) == {
        "new": 0,
        "gone": 0,
        "changed": 1,
        "became_final": 0,
        "largest_change": None,
    }


def test_equal_figures_give_no_row() -> None:
    assert diff_summary(cells(Q1=("waarde", 5.0)), cells(Q1=("waarde", 5.0))).is_empty()


def test_the_newest_marts_are_held_against_the_release_in_use(tmp_path: Path) -> None:
    release = tmp_path / "releases" / "2026-11-22T1130-3f2a"
    (release / "professional").mkdir(parents=True)
    (release / "release.json").write_text('{"id": "2026-11-22T1130-3f2a"}')
    (tmp_path / "releases" / "current").write_text("2026-11-22T1130-3f2a\n")
    cells(Q1=("waarde", 100.0), Q2=("waarde", 100.0)).write_parquet(release / "professional" / "values.parquet")
    with pytest.raises(UnknownRelease, match="ketenmonitor run"):
        summarise_changes(tmp_path / "releases", tmp_path / "marts")
    (tmp_path / "marts" / "mart_indicators").mkdir(parents=True)
    cells(Q1=("waarde", 110.0), Q2=("waarde", 100.0)).write_parquet(tmp_path / "marts" / "mart_indicators" / "i.parquet")
    by_area = summarise_changes(tmp_path / "releases", tmp_path / "marts", by="area")
    assert by_area.select(AREA).rows() == [("i", "gemeente", "GM0503")]
    assert summarise_changes(tmp_path / "releases", tmp_path / "marts").select("indicator_id", "changed", "largest_change").rows() == [("i", 1, 0.1)]
