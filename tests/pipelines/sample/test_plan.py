"""Which files there are at a date, what they are called, and in which order they were sent."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from data_contracts import all_contracts
from data_contracts.base import Rhythm
from pipelines.sample.makers import MAKERS
from pipelines.sample.plan import COPIED, COPY, FIRST_YEAR, PROVISIONAL, REVISED, PartnerFile, periods_in, plan_files

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def files() -> list[PartnerFile]:
    return plan_files(TODAY)


def periods(files: list[PartnerFile], delivery: str, note: str = "") -> list[str]:
    return sorted(file.period for file in files if file.contract.terms().delivery == delivery and file.note == note)


def test_the_sample_makes_21_deliveries_and_six_registers_and_nothing_that_is_fetched() -> None:
    sent = {contract.terms().delivery for contract in all_contracts() if not contract.terms().is_fetched}
    assert set(MAKERS) <= sent  # a new delivery needs no maker: it is left out of the sample
    assert len(MAKERS) == 21 + 6


def test_past_years_are_one_file_and_the_current_year_a_file_per_period_that_is_due(files: list[PartnerFile]) -> None:
    years = ["2021", "2022", "2023", "2024", "2025"]
    assert periods(files, "comensha_slachtoffers") == [*years, "2026Q1", "2026Q2", "2026Q3"]
    assert periods(files, "politie_online_registraties") == [*years, *(f"2026-{month:02d}" for month in range(1, 11))]
    assert periods(files, "gemeente_basisniveau") == years
    assert periods(files, "cbs_veiligheidsmonitor") == ["2021", "2023", "2025"]
    assert periods(files, "leerplicht_verzuim") == ["2021/22", "2022/23", "2023/24", "2024/25"]
    assert periods(files, "partners") == [*years, "2026"]


def test_in_january_the_last_year_is_not_whole_yet_and_comes_in_parts() -> None:
    files = plan_files(dt.date(2026, 1, 10))
    assert periods(files, "comensha_slachtoffers")[-3:] == ["2025Q1", "2025Q2", "2025Q3"]
    assert "2025-11" in periods(files, "politie_online_registraties")
    assert "2025-12" not in periods(files, "politie_online_registraties")


def test_a_run_of_the_whole_sample_stays_small(files: list[PartnerFile]) -> None:
    assert 200 <= len(files) <= 300
    assert len({file.stem for file in files}) == len(files)


def test_files_were_sent_one_after_another_and_never_after_today(files: list[PartnerFile]) -> None:
    sent = [file.sent for file in files]
    assert sent == sorted(set(sent))
    assert sent[-1].date() < TODAY


def test_some_files_came_after_their_due_date_and_most_before(files: list[PartnerFile]) -> None:
    late = Counter(file.sent.date() > _due(file) for file in files if not file.note)
    assert 10 <= late[True] <= 0.25 * late[False]


def test_deliveries_of_several_partners_came_first_provisional_and_later_whole(files: list[PartnerFile]) -> None:
    early = [file for file in files if file.note == PROVISIONAL]
    assert {(file.contract.terms().delivery, file.period) for file in early} == set(REVISED)
    assert len({file.contract.terms().partner for file in early}) >= 5
    for file in early:
        (final,) = [other for other in files if not other.note and other.contract is file.contract and file.period.startswith(other.period)]
        assert file.sent < final.sent, file.stem


def test_some_files_came_twice_and_the_copy_after_the_first(files: list[PartnerFile]) -> None:
    moments = {(file.contract.terms().delivery, file.period, file.note): file.sent for file in files}
    assert [key for *key, note in moments if note == COPY] == [list(key) for key in sorted(COPIED, key=lambda key: moments[*key, COPY])]
    assert all(moments[*key, COPY] > moments[*key, ""] for key in COPIED)


def test_a_file_of_a_school_year_has_a_name_without_a_slash(files: list[PartnerFile]) -> None:
    assert "leerplicht_verzuim_2023-24_voorlopig" in {file.stem for file in files}


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (Rhythm.YEAR, ["2023"]),
        (Rhythm.QUARTER, ["2023Q1", "2023Q2", "2023Q3", "2023Q4"]),
        (Rhythm.SCHOOL_YEAR, ["2023/24"]),
        (Rhythm.TWO_YEARS, ["2023"]),
    ],
)
def test_a_year_has_the_periods_of_its_rhythm(rhythm: Rhythm, expected: list[str]) -> None:
    assert periods_in(2023, rhythm) == expected


def test_a_survey_of_two_years_has_none_in_an_even_year() -> None:
    assert periods_in(2024, Rhythm.TWO_YEARS) == []
    assert len(periods_in(2024, Rhythm.MONTH)) == 12


def test_a_date_before_the_first_file_is_refused() -> None:
    with pytest.raises(ValueError, match="no delivery is due"):
        plan_files(dt.date(FIRST_YEAR, 1, 1))


def _due(file: PartnerFile) -> dt.date:
    terms = file.contract.terms()
    return terms.due_date(file.period if file.period in (all_of := periods_in(file.year, terms.rhythm)) else all_of[-1])
