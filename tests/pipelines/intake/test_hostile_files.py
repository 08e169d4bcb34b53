"""Hostile and broken files end as refused or quarantined with a Dutch sentence, and change nothing but the register and the answer."""

from __future__ import annotations

import os
import time
from pathlib import Path

import polars as pl
import pytest

from data_contracts import contract_of
from pipelines.intake.judging import judge_landed
from pipelines.intake.receiving import receive_inbox
from pipelines.resources import Settings
from tests.pipelines.intake.corpus import CORPUS, JEUGD, RSIV, Hostile, activities, many
from tests.pipelines.intake.extracts import jeugd_csv
from tests.pipelines.intake.taking import LONG_AGO, take, tree

MOST_SECONDS, MOST_BYTES = 10, 1_000_000_000
SECRETS = (
    *("111222333", "Jan de Vries", "1994", "voorbeeld.nl", "esgurd", "root:", "HYPERLINK", "=1+1", "geheim.xlsx", "9999999999"),
    *("Traceback", "Error", "Exception"),
)


def test_the_corpus_holds_at_least_sixty_files_of_different_names_and_makes() -> None:
    assert len({hostile.what for hostile in CORPUS}) == len(CORPUS) >= 60


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda hostile: hostile.what)
def test_a_hostile_file_ends_with_a_sentence_and_leaves_the_rest_alone(hostile: Hostile, tmp_path: Path) -> None:
    content = hostile.make()
    taken = take(tmp_path / "data", hostile.name, content, hostile.delivery)
    assert (taken.ends, taken.rule) == (hostile.ends, "" if hostile.ends in {"quarantine", "accepted"} else hostile.rule), taken.sentence
    assert hostile.ends != "quarantine" or hostile.rule in taken.quarantined_rules
    assert taken.sentence.startswith(hostile.name)
    assert taken.sentence.endswith((".", ")."))
    assert [secret for secret in SECRETS if secret in taken.says] == []
    assert taken.seconds < MOST_SECONDS
    assert taken.peak < MOST_BYTES
    changed = {path.split("/")[0].split(":")[0] for path in taken.new}
    left = {"door": {"feedback"}, "contract": {"feedback", "landing", "accepted"}, "accepted": {"feedback", "landing", "accepted"}}
    expected = left.get(hostile.ends, {"feedback", "landing", "accepted", "quarantine"})
    assert {path for path in changed if not path.startswith("register.sqlite")} == expected
    assert bool(taken.gone) == (hostile.ends != "door")
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


@pytest.mark.parametrize(
    "name",
    [
        f"{JEUGD}_2026Q3_{'lang' * 45}.csv",
        f"{JEUGD}_2026Q3\n**Geaccepteerd**.csv",
        f"{JEUGD}_2026Q3_\u202evsc.csv",
        f"{JEUGD}_2026Q3_$(reboot);`id`.csv",
        f"{JEUGD}_2026Q3_..%2f..%2fetc.csv",
        f"{JEUGD}_2026Q3_<script>alert(1)</script>.csv",
        f"{JEUGD}_2026Q3_|x|[x](http://x).csv",
    ],
    ids=["long", "newline", "direction", "shell", "path", "script", "markdown"],
)
def test_a_name_with_tricks_is_only_a_name(name: str, tmp_path: Path) -> None:
    name = name.replace("/", "\u2215")
    taken = take(tmp_path / "data", name, jeugd_csv(), JEUGD)
    assert taken.ends in {"accepted", "door"}
    assert "\n" not in taken.sentence
    assert "\u202e" not in taken.says
    assert not any("<script>alert" in answer.read_text() for answer in (tmp_path / "data" / "feedback").rglob("*.html"))
    assert all(path.split(":")[0].split("/")[0] in {"feedback", "landing", "accepted"} or path.startswith("register.sqlite") for path in taken.new)
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


def test_what_is_no_plain_file_in_the_inbox_is_never_opened(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    settings.inbox.mkdir(parents=True)
    outside = tmp_path / "geheim.csv"
    outside.write_bytes(jeugd_csv())
    (settings.inbox / f"{JEUGD}_2026Q3.csv").symlink_to(outside)
    (settings.inbox / f"{JEUGD}_map").symlink_to(tmp_path)
    os.mkfifo(settings.inbox / f"{JEUGD}_2026Q2.csv")  # opening one waits for ever
    (settings.inbox / f"{JEUGD}_2026Q1.csv").mkdir()
    before, started = tree(settings.inbox), time.perf_counter()
    assert receive_inbox(settings, JEUGD) == []
    assert time.perf_counter() - started < MOST_SECONDS
    assert tree(settings.inbox) == before
    assert not settings.landing.exists()


def test_hidden_and_unfinished_files_wait(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    settings.inbox.mkdir(parents=True)
    for name in (f".{JEUGD}.csv", f"._{JEUGD}.csv", f"{JEUGD}.csv.part", f"~${JEUGD}.xlsx"):
        (settings.inbox / name).write_bytes(jeugd_csv())
    assert receive_inbox(settings, JEUGD) == receive_inbox(settings, None) == []


@pytest.mark.parametrize("start", ["=1+1", "+31", "-2+3", "@SUM(A1)", "\t=1"])
def test_a_formula_in_a_text_cell_stays_the_text_that_it_is(start: str, tmp_path: Path) -> None:
    title = f"{start} cursus"
    data = tmp_path / "data"
    taken = take(data, f"{RSIV}_2026Q3.csv", activities(titles=f'"{title}"'), RSIV)
    assert taken.ends == "accepted"
    (accepted,) = [path for path in (data / "accepted" / RSIV).glob("*.parquet") if path.name != "_schema.parquet"]
    frame = pl.read_parquet(accepted)
    assert set(frame["activiteit"]) == {title.strip()}
    assert frame["deelnemers"].dtype == pl.Int64


def test_a_negative_number_in_a_number_column_stays_a_number() -> None:
    from pipelines.intake.convert import convert

    contract = contract_of(JEUGD)
    texts = pl.DataFrame({column: ["-5"] for column in contract.kinds()} | {"source_row": [2]})
    typed, _ = convert(texts, contract)
    assert typed["aantal"].to_list() == [-5]


def test_one_hostile_file_does_not_stop_the_others(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    settings.inbox.mkdir(parents=True)
    sparse = next(hostile for hostile in CORPUS if hostile.what == "two cells at the ends of a sheet")
    for name, content in ((sparse.name, sparse.make()), (f"{JEUGD}_2026Q3.csv", many())):
        (settings.inbox / name).write_bytes(content)
        os.utime(settings.inbox / name, (time.time() - LONG_AGO,) * 2)
    assert sorted(notice.status for notice in receive_inbox(settings, JEUGD)) == ["received", "refused"]
    assert judge_landed(settings, contract_of(JEUGD)).total("rows_accepted") == 84
