"""Drift against earlier deliveries: warned about where it is real, and silent about season, chance and small numbers."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from data_contracts import contract_of
from pipelines.intake.convert import convert
from pipelines.intake.drift import Drift, Statistics, find_drift, measure
from pipelines.intake.reading import read_extract
from tests.pipelines.intake.extracts import jeugd_csv, jeugd_rows

JEUGD = contract_of("politie_jeugd_verdachten")
BEFORE = [Statistics(120, {"aantal": total}, {"delict": {"drugs": 60, "wapen": 60}}) for total in (1000.0, 1100.0, 950.0, 1050.0)]


def like_before(rows: int = 120, total: float = 1020.0, **words: int) -> Statistics:
    return Statistics(rows, {"aantal": total}, {"delict": words or {"drugs": 60, "wapen": 60}})


def kinds(found: list[Drift]) -> list[str]:
    return [drift.kind for drift in found]


def test_statistics_count_rows_words_and_sums() -> None:
    typed, _ = convert(read_extract("x.csv", jeugd_csv(), JEUGD).rows.collect(), JEUGD)
    found = measure(typed, JEUGD)
    assert (found.rows, found.sums) == (12, {"aantal": 4 * (7 + 8 + 9)})
    assert found.words["leeftijd"] == {"12-17": 6, "18-23": 6}
    assert measure(typed.head(5), JEUGD) + measure(typed.tail(7), JEUGD) == found


def test_a_first_delivery_has_nothing_to_differ_from() -> None:
    assert find_drift(like_before(), [], JEUGD) == []


def test_a_delivery_like_those_before_is_not_warned_about() -> None:
    assert find_drift(like_before(), BEFORE, JEUGD) == []
    assert find_drift(like_before(total=1400.0), BEFORE, JEUGD) == []  # a season


@pytest.mark.parametrize(
    ("new", "kind", "says"),
    [
        (like_before(rows=40), "rijen", "het aantal rijen is veel lager"),
        (like_before(rows=400), "rijen", "het aantal rijen is veel hoger"),
        (like_before(total=3100.0), "som", "de som van kolom 'aantal' is veel hoger"),
        (like_before(total=0.0), "som", "de som van kolom 'aantal' is veel lager"),
        (like_before(drugs=60, wapen=60, geweld=9), "nieuw", "kolom 'delict' heeft waarden die niet eerder voorkwamen"),
        (like_before(drugs=120), "weg", "kolom 'delict' mist waarden die er eerder wel waren"),
    ],
)
def test_what_really_differs_is_warned_about_without_a_number_or_a_word(new: Statistics, kind: str, says: str) -> None:
    (drift,) = find_drift(new, BEFORE, JEUGD)
    assert drift.kind == kind
    assert says in drift.sentence
    assert not any(sign.isdigit() for sign in drift.sentence)
    assert not any(word in drift.sentence for word in drift.words)


def test_a_single_earlier_delivery_is_enough_for_a_warning() -> None:
    assert kinds(find_drift(like_before(total=5000.0), BEFORE[:1], JEUGD)) == ["som"]


def test_small_numbers_come_and_go_by_chance_and_are_not_warned_about() -> None:
    generator = np.random.default_rng(1)
    warned = 0
    for _ in range(500):
        counts = generator.poisson(14, 9)
        made = [Statistics(int(count), {}, {"delict": {"drugs": int(count), "wapen": int(generator.poisson(2))}}) for count in counts]
        made = [Statistics(each.rows, {}, {"delict": {word: rows for word, rows in each.words["delict"].items() if rows}}) for each in made]
        warned += bool(find_drift(made[-1], made[:-1], JEUGD))
    assert warned <= 5  # of 500


def test_an_empty_column_before_makes_no_division_by_nothing() -> None:
    assert find_drift(like_before(total=5.0), [like_before(total=0.0)], JEUGD) == []
    assert kinds(find_drift(like_before(total=500.0), [like_before(total=0.0)], JEUGD)) == ["som"]


def test_percentages_are_not_added_up() -> None:
    survey = contract_of("cbs_veiligheidsmonitor")
    percentages = [name for name, field in survey.kinds().items() if field.get("unit") == "procent"]
    assert percentages
    assert find_drift(Statistics(10, dict.fromkeys(percentages, 900.0)), [Statistics(10, dict.fromkeys(percentages, 90.0))] * 3, survey) == []


def test_a_frame_without_rows_has_statistics_too() -> None:
    empty = pl.DataFrame(schema={name: column.dtype.type for name, column in JEUGD.to_schema().columns.items()})
    assert measure(empty, JEUGD).rows == 0
    assert jeugd_rows()
