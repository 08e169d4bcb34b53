"""What the register keeps of a judged file, by which version it was judged, and what the next run judges or mends again."""

from __future__ import annotations

import json
import sqlite3

import duckdb
import polars as pl
import pytest

from data_contracts import contract_of, versions_of
from pipelines.intake import register
from pipelines.intake.judging import find_broken, judge_landed, union_schema
from pipelines.intake.receiving import receive_inbox
from pipelines.resources import Settings
from tests.pipelines.intake.delivering import ID, NAME, accepted, deliver
from tests.pipelines.intake.extracts import jeugd_csv, jeugd_rows

JEUGD = contract_of("politie_jeugd_verdachten")


def judged(settings: Settings) -> list[sqlite3.Row]:
    with register.open_register(settings.register) as lines:
        return lines.execute("select * from judged order by id").fetchall()


def test_a_refused_file_keeps_its_counts_and_rules_in_the_register_and_leaves_no_rows(settings: Settings) -> None:
    deliver(settings, jeugd_csv(*jeugd_rows(), "A2;2026Q3;12-17;drugs;ja;veel", "A3;2026Q3;12-17;drugs;ja;-1"))
    judge_landed(settings, JEUGD)
    (line,) = judged(settings)
    assert (line["status"], line["rows_in"]) == ("refused", 14)
    assert {each["rule"] for each in json.loads(line["broken"])} == {"is geen geheel getal", "is te laag"}
    assert not list((settings.quarantine / ID).iterdir())
    assert accepted(settings).is_empty()


def test_a_revision_stands_beside_the_earlier_file_and_says_so(settings: Settings) -> None:
    deliver(settings, jeugd_csv())
    judge_landed(settings, JEUGD)
    deliver(settings, jeugd_csv(*jeugd_rows(teams=("A1", "D1 Zoetermeer", "Delft"))), f"{ID}_2026Q3_verbeterd.csv")
    (notice,) = judge_landed(settings, JEUGD).notices
    assert f"Over dezelfde periode kwam eerder {NAME}" in notice.sentence
    assert accepted(settings)["delivery_sha256"].n_unique() == 2
    assert json.loads(judged(settings)[1]["beside"]) == [1]


def test_an_old_file_is_judged_by_the_version_of_its_period(settings: Settings) -> None:
    newest, oldest = contract_of("helpwanted_sextortion"), versions_of("helpwanted_sextortion")[0]
    name = newest.terms().delivery
    for period, contract in (("2022Q3", oldest), ("2026Q3", newest)):
        kinds = contract.kinds()
        row = [period if field["kind"] == "quarter" else field["values"][0] if "values" in field else "7" for field in kinds.values()]  # type: ignore[index]
        for file in (f"{name}_{period}.csv", f"{name}_zonder_periode_{len(row)}.csv"):
            (settings.inbox / file).write_text(";".join(kinds) + "\r\n" + ";".join(row) + "\r\n" * (1 + file.count("zonder")))
    receive_inbox(settings, name)
    outcome = judge_landed(settings, newest)
    assert {line["filename"]: line["judged_by"] for line in outcome.lines} == {
        f"{name}_2022Q3.csv": "1.0.0",
        f"{name}_zonder_periode_4.csv": "1.0.0",
        f"{name}_2026Q3.csv": "2.0.0",
        f"{name}_zonder_periode_5.csv": "2.0.0",
    }
    assert find_broken(settings, newest, outcome) == []
    stored = duckdb.connect().execute(f"from read_parquet('{settings.accepted}/{name}/*.parquet', union_by_name = true)")
    assert {column[0] for column in stored.description or ()} == set(union_schema(newest).names())
    assert len(stored.fetchall()) == 4


def test_leftovers_of_a_killed_run_and_lost_files_are_mended_by_the_next(settings: Settings) -> None:
    deliver(settings, jeugd_csv())
    judge_landed(settings, JEUGD)
    folder = settings.accepted / ID
    (good,) = [path for path in folder.glob("*.parquet") if path.name != "_schema.parquet"]
    good.rename(folder / f"{'0' * 64}.parquet")  # an accepted file that no line of the register knows, and one that is gone
    judge_landed(settings, JEUGD)
    assert good.exists()
    assert accepted(settings).height == 12


def test_the_register_takes_no_change_and_no_removal(settings: Settings) -> None:
    deliver(settings, jeugd_csv())
    for statement in ("update received set filename = 'x'", "delete from received"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), register.open_register(settings.register) as lines:
            lines.execute(statement)


def test_a_new_version_of_a_contract_judges_what_landed_before(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    deliver(settings, jeugd_csv())
    judge_landed(settings, JEUGD)
    assert judge_landed(settings, JEUGD).notices == []
    monkeypatch.setattr(JEUGD, "_terms", dataclasses.replace(JEUGD.terms(), version="2.0.0"))
    assert [notice.status for notice in judge_landed(settings, JEUGD).notices] == ["accepted"]


def test_an_accepted_file_that_was_tampered_with_breaks_the_contract_check(settings: Settings) -> None:
    deliver(settings, jeugd_csv())
    outcome = judge_landed(settings, JEUGD)
    (path,) = [path for path in (settings.accepted / ID).glob("*.parquet") if path.name != "_schema.parquet"]
    good = pl.read_parquet(path)
    for wrong in (good.head(3), good.rename({"aantal": "getal"}), good.with_columns(aantal=-pl.col("aantal"))):
        wrong.write_parquet(path)
        assert find_broken(settings, JEUGD, outcome) == [path.stem[:12]]


def test_a_file_that_our_own_code_stumbles_over_does_not_stop_the_others_and_is_tried_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(settings, jeugd_csv())
    with monkeypatch.context() as broken:
        broken.setattr("pipelines.intake.judging.run_in_child", lambda *_, **__: 1 / 0)
        (notice,) = judge_landed(settings, JEUGD).notices
    assert (notice.status, notice.rule) == ("refused", "niet_beoordeeld")
    assert "ZeroDivisionError" in notice.sentence
    assert [line["status"] for line in judged(settings)] == ["stumbled"]
    assert [notice.status for notice in judge_landed(settings, JEUGD).notices] == ["accepted"]
