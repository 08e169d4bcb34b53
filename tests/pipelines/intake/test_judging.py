"""From inbox to accepted Parquet: every kind of bad input has one clear sentence, and nothing is lost."""

from __future__ import annotations

import stat

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts import all_contracts, contract_of
from pipelines.intake import register
from pipelines.intake.checking import accepted_schema
from pipelines.intake.checking.sorting import Sorting
from pipelines.intake.judging import find_broken, judge_landed, union_schema
from pipelines.intake.reading import read_extract
from pipelines.intake.receiving import receive_inbox
from pipelines.resources import Settings
from tests.pipelines.intake.delivering import ID, NAME, accepted, deliver
from tests.pipelines.intake.extracts import JEUGD_HEADER, jeugd_csv, jeugd_rows

JEUGD = contract_of("politie_jeugd_verdachten")
MANY = jeugd_rows(teams=tuple(f"{district}{number}" for district in "ABC" for number in range(1, 8)))


def total_of(rows: list[str]) -> int:
    return sum(int(row.rsplit(";", 1)[1]) for row in rows)


def test_a_good_file_leaves_the_inbox_and_stands_landed_accepted_and_answered(settings: Settings) -> None:
    assert deliver(settings, jeugd_csv()).status == "received"
    outcome = judge_landed(settings, JEUGD)
    assert (outcome.total("rows_in"), outcome.total("rows_accepted"), outcome.total("rows_quarantined")) == (12, 12, 0)
    assert not list(settings.inbox.iterdir())
    (landed,) = (settings.landing / ID).iterdir()
    assert landed.read_bytes() == jeugd_csv()
    assert landed.stat().st_mode & 0o222 == 0
    assert accepted(settings).schema == accepted_schema(JEUGD)
    assert find_broken(settings, JEUGD, outcome) == []
    (answer,) = (settings.feedback / ID).glob("*.txt")
    assert "Geaccepteerd: 12 van de 12 rijen" in answer.read_text()


def test_the_same_file_twice_changes_nothing_and_says_so(settings: Settings) -> None:
    deliver(settings, jeugd_csv())
    judge_landed(settings, JEUGD)
    again = deliver(settings, jeugd_csv(), f"{ID}_2026Q3_opnieuw.csv")
    assert again.status == "known"
    assert "dezelfde inhoud is al ontvangen" in again.sentence
    assert judge_landed(settings, JEUGD).total("rows_in") == 12


@pytest.mark.parametrize(
    ("content", "rule", "says"),
    [
        (b"", "leeg", "leeg"),
        (jeugd_csv()[:-20], "half", "half"),
        (jeugd_csv("A1;2026Q3;12-17;111222333;ja;7", header=JEUGD_HEADER.replace("delict", "kenmerk")), "persoonsgegevens", "kolom 'kenmerk' lijkt een BSN"),
    ],
)
def test_what_is_refused_at_the_door_stays_in_the_inbox_and_is_not_stored(settings: Settings, content: bytes, rule: str, says: str) -> None:
    notice = deliver(settings, content)
    assert (notice.status, notice.rule) == ("refused", rule)
    assert says in notice.sentence
    assert NAME in notice.sentence
    assert "111222333" not in notice.sentence
    assert (settings.inbox / NAME).exists()
    assert not settings.landing.exists()
    with register.open_register(settings.register) as lines:
        assert lines.execute("select count(*) from refused_at_door").fetchone()[0] == 1
        assert lines.execute("select count(*) from received").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("content", "rule", "says"),
    [
        (
            jeugd_csv(*(row.rsplit(";", 1)[0] for row in jeugd_rows()), header=JEUGD_HEADER.removesuffix(";aantal")),
            "kolom_ontbreekt",
            "1 kolom(men) van het contract ontbreken: aantal",
        ),
        (jeugd_csv(*(row + ";x" for row in jeugd_rows()), header=JEUGD_HEADER + ";opmerking"), "kolom_onbekend", "'opmerking'"),
        (jeugd_csv(*jeugd_rows("2026Q2")), "periode", "de bestandsnaam zegt 2026Q3, maar de rijen gaan (ook) over 2026Q2"),
        (jeugd_csv(*jeugd_rows(), "A2;2026Q3;12-17;drugs;ja;veel"), "te_veel_fouten", "1 van de 13 rijen"),
        (jeugd_csv(*jeugd_rows(), "Totaal;;;;;400"), "totaal", "de totaalregel (regel 14) klopt niet"),
    ],
)
def test_what_breaks_the_contract_is_refused_with_one_sentence_and_stays_landed(settings: Settings, content: bytes, rule: str, says: str) -> None:
    deliver(settings, content)
    (notice,) = judge_landed(settings, JEUGD).notices
    assert (notice.status, notice.rule) == ("refused", rule)
    assert says in notice.sentence
    assert "veel" not in notice.sentence or rule == "te_veel_fouten"
    assert accepted(settings).is_empty()
    assert len(list((settings.landing / ID).iterdir())) == 1


def test_a_file_of_no_delivery_is_refused_by_name(settings: Settings) -> None:
    (settings.inbox / "vakantiefotos.csv").write_bytes(jeugd_csv())
    (notice,) = receive_inbox(settings, None)
    assert notice.rule == "onbekende_levering"
    assert "vakantiefotos.csv" in notice.sentence
    assert ID in notice.sentence


def test_a_single_bad_row_is_set_apart_with_its_rule_and_the_rest_goes_on(settings: Settings) -> None:
    rows = jeugd_rows(teams=tuple(f"{district}{number}" for district in "ABC" for number in range(1, 8)))
    deliver(settings, jeugd_csv(*rows, "A9;2026Q3;12-17;tuinieren;ja;7"))
    outcome = judge_landed(settings, JEUGD)
    assert (outcome.total("rows_accepted"), outcome.total("rows_quarantined")) == (84, 1)
    (quarantine,) = (settings.quarantine / ID).iterdir()
    kept = pl.read_parquet(quarantine)
    assert kept.select("source_row", "column", "rule", "delict").rows() == [(86, "delict", "staat niet in de lijst van het contract", "tuinieren")]
    (answer,) = (settings.feedback / ID).glob("*.txt")
    assert "kolom delict: staat niet in de lijst van het contract (1 rij)\n  Regel: 86" in answer.read_text()
    assert "tuinieren" not in answer.read_text()


def test_every_rule_that_a_row_breaks_is_told_and_only_the_pipeline_reads_the_rows(settings: Settings) -> None:
    deliver(settings, jeugd_csv(*MANY, "A9;2026Q5;12-17;tuinieren;ja;-7"))
    judge_landed(settings, JEUGD)
    (quarantine,) = (settings.quarantine / ID).iterdir()
    assert {(column, rule) for column, rule in pl.read_parquet(quarantine).select("column", "rule").rows()} == {
        ("kwartaal", "is geen kwartaal"),
        ("delict", "staat niet in de lijst van het contract"),
        ("aantal", "is te laag"),
    }
    assert stat.S_IMODE(quarantine.stat().st_mode) == 0o600
    assert stat.S_IMODE(quarantine.parent.stat().st_mode) == stat.S_IMODE(settings.quarantine.stat().st_mode) == 0o700


def test_rows_in_are_accepted_quarantined_or_totals(settings: Settings) -> None:
    deliver(settings, jeugd_csv(*MANY, "A9;2026Q3;12-17;tuinieren;ja;7", f"Totaal;;;;;{total_of(MANY) + 7}"))
    outcome = judge_landed(settings, JEUGD)
    assert [outcome.total(f"rows_{what}") for what in ("in", "accepted", "quarantined", "totals")] == [len(MANY) + 2, len(MANY), 1, 1]


def test_a_file_without_a_period_in_its_name_about_an_old_period_is_warned_about(settings: Settings) -> None:
    deliver(settings, jeugd_csv(*jeugd_rows("2021Q1")), f"{ID}.csv")
    (notice,) = judge_landed(settings, JEUGD).notices
    assert "de bestandsnaam noemt geen periode en de rijen gaan over 2021Q1" in notice.sentence


def test_a_totals_row_that_is_right_is_left_out(settings: Settings) -> None:
    deliver(settings, jeugd_csv(*jeugd_rows(), f"Totaal;;;;;{4 * (7 + 8 + 9)}"))
    assert judge_landed(settings, JEUGD).total("rows_accepted") == 12


def test_identical_rows_count_once_and_conflicting_rows_count_never(settings: Settings) -> None:
    rows = jeugd_rows(teams=tuple(f"{district}{number}" for district in "ABCDEFG" for number in range(1, 8)))
    deliver(settings, jeugd_csv(*rows, rows[0], rows[1].rsplit(";", 1)[0] + ";99"))
    outcome = judge_landed(settings, JEUGD)
    assert (outcome.total("rows_in"), outcome.total("rows_accepted")) == (198, 195)
    (quarantine,) = (settings.quarantine / ID).iterdir()
    assert sorted(pl.read_parquet(quarantine)["rule"].to_list()) == ["dubbele rij", *["komt meer dan eens voor, met verschillende waarden"] * 2]


def test_a_row_with_an_unreadable_cell_is_no_double_of_a_good_one(settings: Settings) -> None:
    deliver(settings, jeugd_csv(*MANY, MANY[0].rsplit(";", 1)[0] + ";veel"))
    assert [judge_landed(settings, JEUGD).total(f"rows_{what}") for what in ("accepted", "quarantined")] == [len(MANY), 1]


@pytest.mark.parametrize("contract", all_contracts(), ids=lambda contract: contract.terms().delivery)
def test_a_delivery_that_never_came_reads_as_an_empty_table_of_the_right_types(settings: Settings, contract: type) -> None:
    judge_landed(settings, contract)
    frame = pl.read_parquet(settings.accepted / contract.terms().delivery / "*.parquet")  # type: ignore[attr-defined]
    assert frame.is_empty()
    assert frame.schema == union_schema(contract)


@given(
    st.lists(
        st.sampled_from([*jeugd_rows(), "A1;2026Q3;12-17;drugs;ja;x", ";2026Q3;12-17;drugs;ja;3", "A1;2026Q3;12-17;drugs;misschien;-4"]),
        min_size=1,
        max_size=60,
    )
)
def test_every_row_is_either_accepted_or_quarantined(rows: list[str]) -> None:
    extract = read_extract("x.csv", jeugd_csv(*rows), JEUGD)
    sorting = Sorting(extract.rows, extract.height, JEUGD)
    good = pl.concat(sorting.good_rows())["source_row"].to_list()
    bad = {line for each in sorting.broken for line in each.lines}
    assert sorted(good) == sorted(set(good))
    assert set(good) | bad == set(extract.rows.collect()["source_row"]) or len(rows) > 20
    assert not set(good) & bad
    assert (sorting.accepted, sorting.accepted + sorting.quarantined) == (len(good), len(rows))
