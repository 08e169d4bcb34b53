"""Building: whole or not at all, the same bytes for the same input, and refusals that say why."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from pipelines.disclosure.protection import Protected
from pipelines.release import AuditFailed, GateFailed, LawBroken, ReleaseDamaged, publish, verify_release
from pipelines.release import disclose as disclose_module
from pipelines.release.memory import Memory
from tests.pipelines.release.inputs import CREATED, arguments, build, contracts, marts, small_values


def test_a_built_release_verifies_and_is_not_pointed_at(tmp_path: Path) -> None:
    release_id = build(tmp_path)
    assert verify_release(tmp_path / release_id) == []
    assert release_id.startswith("2026-11-22T1130-")
    assert not (tmp_path / "current").exists()
    assert not list(tmp_path.glob(".building-*"))
    assert all(not path.stat().st_mode & 0o222 for path in (tmp_path / release_id).rglob("*") if path.is_file())


def test_the_same_input_in_another_order_and_at_another_time_gives_the_same_bytes(tmp_path: Path) -> None:
    first = build(tmp_path)
    shuffled = marts(small_values().sample(fraction=1.0, shuffle=True, seed=7))
    second = build(tmp_path, marts=shuffled, created_at=CREATED + dt.timedelta(hours=1))
    assert first != second
    assert first[-4:] == second[-4:]
    for name in ("professional/values.parquet", "publiek/values.parquet", "professional/certificate.json"):
        assert (tmp_path / first / name).read_bytes() == (tmp_path / second / name).read_bytes()
    assert build(tmp_path) == first, "built again in the same minute it is the same release"


def test_the_release_has_the_format_of_the_house(tmp_path: Path) -> None:
    folder = os.environ.get("KETENMONITOR_OPEN_DATA")
    script = Path(folder).parent / "checks" / "release_format.py" if folder else None
    if script is None or not script.exists():
        pytest.skip("KETENMONITOR_OPEN_DATA does not lie beside the checks of the house")
    publish(tmp_path, build(tmp_path))
    outcome = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout


def test_data_docs_are_part_of_the_release_and_links_in_them_are_not(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "static").mkdir(parents=True)
    (docs / "index.html").write_text("<html lang=nl></html>")
    (docs / "static" / "a.css").write_text("body {}")
    (docs / "outside").symlink_to("/etc/hostname")
    releases = tmp_path / "releases"
    files = json.loads((releases / build(releases, docs=docs) / "release.json").read_text())["files"]
    assert {"quality/docs/index.html", "quality/docs/static/a.css"} <= set(files)
    assert "quality/docs/outside" not in files


def test_a_verdict_of_fout_is_refused_and_names_the_findings(tmp_path: Path) -> None:
    finding = {"id": "som_klopt_niet", "severity": "fout", "delivery": "politie_misdrijven", "sentence": "De som klopt niet."}
    with pytest.raises(GateFailed, match=r"som_klopt_niet \(politie_misdrijven\)"):
        build(tmp_path, quality={"verdict": "fout", "signed_by": [], "findings": [finding, {"id": "klein", "severity": "let op", "sentence": "Klein."}]})
    assert not list(tmp_path.glob("2*"))


def test_an_area_finer_than_a_contract_allows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawBroken, match=r"ja_verdachten_12_23 has area level basisteam.*politie_jeugd_verdachten allows no smaller area than district"):
        build(tmp_path, contracts=contracts(politie_jeugd_verdachten={"smallest_area": "district"}))


def test_a_threshold_below_the_smallest_group_of_a_contract_is_refused(tmp_path: Path) -> None:
    strict = contracts(comensha_slachtoffers={"smallest_group": {"professional": 6, "publiek": 10}})
    with pytest.raises(LawBroken, match="comensha_slachtoffers allows no group smaller than 6"):
        build(tmp_path, contracts=strict)


def test_a_source_without_a_contract_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawBroken, match="comensha_slachtoffers, which has no contract"):
        build(tmp_path, contracts=[c for c in contracts() if c["delivery"] != "comensha_slachtoffers"])


def test_an_indicator_whose_law_knows_only_professionals_is_not_in_the_public_part(tmp_path: Path) -> None:
    release_id = build(tmp_path, contracts=contracts(comensha_slachtoffers={"audiences": ["professional"]}))
    seen = {a: set(pl.read_parquet(tmp_path / release_id / a / "values.parquet")["indicator_id"]) for a in ("professional", "publiek")}
    assert {"mh_slachtoffers", "mh_slachtoffers_vorm"} <= seen["professional"]
    assert not {"mh_slachtoffers", "mh_slachtoffers_vorm"} & seen["publiek"]
    assert json.loads((tmp_path / release_id / "release.json").read_text())["disclosure"]["left_out"]["publiek"] == ["mh_slachtoffers", "mh_slachtoffers_vorm"]


def test_no_release_is_made_of_figures_that_are_not_what_was_proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = build(tmp_path)
    real = disclose_module.protect_figures

    def show_all(values: pl.DataFrame, *rest: Any, **more: Any) -> Protected:
        return real(values, *rest, **more)._replace(published=np.arange(values.height))

    monkeypatch.setattr(disclose_module, "protect_figures", show_all)
    with pytest.raises(ReleaseDamaged, match=r"does not verify and is not published: professional: \d+ counts of \w+ are shown and") as refusal:
        build(tmp_path, created_at=CREATED + dt.timedelta(days=1))
    assert [path.name for path in tmp_path.glob("2*")] == [good]
    assert verify_release(tmp_path / good) == []
    assert len(str(refusal.value)) < 1500


def test_no_release_is_made_of_tables_that_do_not_add_up(tmp_path: Path) -> None:
    one = (pl.col("indicator_id") == "oc_registraties") & (pl.col("area_level") == "district") & (pl.col("area_code") == "D")
    wrong = small_values().with_columns(numerator=pl.when(one).then(pl.col("numerator") + 1).otherwise("numerator"))
    with pytest.raises(AuditFailed, match=r"cannot be protected: \d+ (cells are not the sum of their parts|sums do not hold).*area_level"):
        build(tmp_path, marts=marts(wrong))
    assert not list(tmp_path.glob("2*"))


def test_figures_that_did_not_change_are_taken_over_with_their_proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(tmp_path)
    publish(tmp_path, first)
    real, asked = disclose_module.protect_figures, []

    def listen(values: pl.DataFrame, entries: Any, *rest: Any, **more: Any) -> Protected:
        asked.append((entries[0]["indicator_id"], rest[1][entries[0]["indicator_id"]].threshold))
        return real(values, entries, *rest, **more)

    monkeypatch.setattr(disclose_module, "protect_figures", listen)
    one = (pl.col("indicator_id") == "ja_verdachten_12_23") & (pl.col("area_code") == "D1") & (pl.col("dimension_1") == "totaal")
    second = build(tmp_path, marts=marts(small_values().filter(~one)), created_at=CREATED + dt.timedelta(days=1))
    assert asked == [("ja_verdachten_12_23", 5), ("ja_verdachten_12_23", 10)]
    for audience in ("professional", "publiek"):
        old, new = (pl.read_parquet(tmp_path / release / audience / "proof" / "cells.parquet").drop("block") for release in (first, second))
        others = pl.col("universe") != "ja_verdachten_12_23"
        assert old.filter(others).equals(new.filter(others))
    asked.clear()
    stricter = [{**entry, "threshold_publiek": 12} for entry in arguments()["catalogue"]]
    build(tmp_path, catalogue=stricter, created_at=CREATED + dt.timedelta(days=2))
    assert asked == [(name, 12) for name in ("ja_verdachten_12_23", "mh_slachtoffers", "mh_slachtoffers_vorm", "oc_registraties")]


def test_a_memory_of_another_version_is_refused_and_nothing_goes_out(tmp_path: Path) -> None:
    pl.DataFrame({"audience": ["publiek"], "indicator_id": ["a"]}).write_parquet(tmp_path / "counts.parquet")
    with pytest.raises(AuditFailed, match="of another version: move it away"):
        Memory(tmp_path)


def test_no_release_is_made_with_a_policy_that_nobody_understands(tmp_path: Path) -> None:
    catalogue = arguments()["catalogue"]
    wrong = {"professional": {**catalogue[1]["policy"]["professional"], "drempel": 4}}
    with pytest.raises(AuditFailed, match=r"policy of mh_slachtoffers for professional: drempel: .*; the last release stays in place"):
        build(tmp_path, catalogue=[catalogue[0], {**catalogue[1], "policy": wrong}, *catalogue[2:]])
    assert not list(tmp_path.glob("2*"))


CHILD = """
import os, signal, sys
from pathlib import Path
from pipelines import durable
from pipelines.release import publish
from tests.pipelines.release.inputs import CREATED, build
import datetime as dt

last, real, count = int(sys.argv[2]), durable.sync, 0

def sync(path):
    global count
    count += 1
    if count == last:
        os.kill(os.getpid(), signal.SIGKILL)
    real(path)

durable.sync = sync
publish(Path(sys.argv[1]), build(Path(sys.argv[1]), created_at=CREATED + dt.timedelta(hours=1 + last)))
print(count)
"""


@pytest.mark.slow
def test_a_build_killed_at_any_point_leaves_the_last_release_and_hinders_no_next_one(tmp_path: Path) -> None:
    old = build(tmp_path)
    publish(tmp_path, old)
    for last in (1, 37, 38, 43, 50, 52):  # in the first file, at the memory, between files, at the rename and the pointer
        killed = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), str(last)], capture_output=True, text=True, check=False)
        assert killed.returncode == -9, (last, killed.stderr)
        pointed = (tmp_path / "current").read_text().strip()
        assert verify_release(tmp_path / pointed) == [], last
        assert all(verify_release(path) == [] for path in tmp_path.glob("2*")), last
    done = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), "0"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == 52, "the points above are chosen from 52 syncs"
    assert (tmp_path / "current").read_text().strip() != old
    assert not list(tmp_path.glob(".building-*"))


def test_a_note_is_read_by_whom_it_is_for_and_never_beside_a_withheld_figure(tmp_path: Path) -> None:
    release = tmp_path / build(tmp_path)
    assert pl.read_parquet(release / "professional" / "duiding.parquet")["duiding_id"].to_list() == ["n1", "n2"]
    assert pl.read_parquet(release / "publiek" / "duiding.parquet")["duiding_id"].to_list() == ["n1"]
