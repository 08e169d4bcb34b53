"""Findings that stop a release, and what decisions of the werkgroep change in one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.decisions import Decisions, decide, read_decisions, sign
from pipelines.release import GateFailed, publish, verify_release
from pipelines.release.exclusion import excluded_rows, steering
from tests.pipelines.release.inputs import arguments, build

UNIT: dict[str, Any] = {
    "id": "regional_total_of_usual_size:alg_misdrijven:2023",
    "severity": "fout",
    "dimension": "juistheid",
    "delivery": "politie_misdrijven",
    "partner": "Politie",
    "indicator_id": "alg_misdrijven",
    "area_code": None,
    "period": "2023",
    "sentence": "‘Misdrijven’ wijkt over 2023 af.",
    "rows": 1,
}
REPORT = {"verdict": "fout", "signed_by": [], "findings": [UNIT]}
LATE = UNIT | {"id": "delivery_on_time:comensha_slachtoffers", "severity": "waarschuwing", "delivery": "comensha_slachtoffers", "indicator_id": None}
LATE |= {"period": None, "sentence": "De levering is te laat."}


def decided(folder: Path, *decisions: tuple[dict[str, Any], str, str], signed: list[dict[str, Any]] | None = None) -> Decisions:
    decide(folder, decisions, role="werkgroep", by="opdrachtregel")
    if signed is not None:
        sign(folder, signed, role="voorzitter", by="opdrachtregel", text="Vergadering")
    return read_decisions(folder)


@pytest.mark.parametrize("decision", [None, "vraag aan partner", "toelichting", "akkoord", "uitgesloten"])
def test_a_finding_of_severity_fout_stops_a_release_until_it_is_settled_and_signed(decision: str | None, tmp_path: Path) -> None:
    decisions = decided(tmp_path / "decisions", *([(UNIT, decision, "Omdat.")] if decision else []))
    with pytest.raises(GateFailed, match=r"regional_total_of_usual_size:alg_misdrijven:2023 \(politie_misdrijven\)"):
        build(tmp_path / "releases", quality=REPORT, decisions=decisions)
    assert not list((tmp_path / "releases").glob("2*"))


def test_a_signature_counts_for_the_sentence_that_was_signed(tmp_path: Path) -> None:
    decisions = decided(tmp_path / "decisions", (UNIT, "akkoord", "Het klopt."), signed=[UNIT])
    worse = UNIT | {"sentence": "‘Misdrijven’ wijkt over 2023 af, in alle districten."}
    assert decisions.blocking([UNIT]) == []
    assert decisions.blocking([worse]) == [worse]


def test_what_was_signed_and_excluded_is_in_the_release_and_the_series_is_unknown_with_its_note(tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    decisions = decided(tmp_path / "decisions", (UNIT, "uitgesloten", "Geleverd in duizendtallen."), signed=[UNIT])
    publish(releases, build(releases, quality=REPORT, decisions=decisions))
    (folder,) = releases.glob("2*")
    assert verify_release(folder) == []
    manifest = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    assert manifest["quality_verdict"] == "fout"
    assert [(one["finding"], one["decision"], one["role"]) for one in manifest["decisions"]] == [(UNIT["id"], "uitgesloten", "werkgroep")]
    assert [(one["role"], list(one["findings"])) for one in manifest["signed"]] == [("voorzitter", [UNIT["id"]])]
    assert manifest["decisions_head"] == decisions.head
    assert json.loads((folder / "quality" / "quality.json").read_text(encoding="utf-8"))["signed_by"][0]["role"] == "voorzitter"
    for audience in ("professional", "publiek"):
        values, notes = (pl.read_parquet(folder / audience / f"{name}.parquet") for name in ("values", "duiding"))
        excluded = values.filter(pl.col("indicator_id") == "alg_misdrijven", pl.col("period") == "2023")
        assert excluded.height
        assert set(excluded["state"]) == {"onbekend"}
        assert excluded.select("value", "numerator", "denominator", "lower", "upper").null_count().row(0) == (excluded.height,) * 5
        assert "waarde" in set(values.filter(pl.col("indicator_id") == "alg_misdrijven", pl.col("period") != "2023")["state"])
        assert ("alg_misdrijven", "2023", "iedereen") in notes.select("indicator_id", "period", "zichtbaar_voor").rows()


def test_an_excluded_figure_is_protected_as_if_it_went_out(tmp_path: Path) -> None:
    """Whoever subtracts what is shown from a total finds the excluded figure: where it is a small count, that must not be."""
    plain, excluded = tmp_path / "plain", tmp_path / "excluded"
    one = UNIT | {"id": "figures_in_line_with_past:mh_slachtoffers", "severity": "waarschuwing", "indicator_id": "mh_slachtoffers", "area_code": "GM0503"}
    report = {"verdict": "let op", "signed_by": [], "findings": [one]}
    build(plain, quality=report)
    build(excluded, quality=report, decisions=decided(tmp_path / "decisions", (one, "uitgesloten", "Onvolledig.")))
    was, now = (pl.read_parquet(next(folder.glob("2*")) / "publiek" / "values.parquet") for folder in (plain, excluded))
    gone = (pl.col("indicator_id") == "mh_slachtoffers") & (pl.col("area_code") == "GM0503") & (pl.col("period") == "2023")
    assert set(now.filter(gone)["state"]) == {"onbekend"}
    assert was.filter(~gone).equals(now.filter(~gone))
    assert verify_release(next(excluded.glob("2*"))) == []


def test_the_next_release_excludes_the_same_and_one_without_the_decision_shows_it_again(tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    decisions = decided(tmp_path / "decisions", (LATE, "uitgesloten", "Te laat."))
    report = {"verdict": "let op", "signed_by": [], "findings": [LATE]}
    states = []
    for chosen in (decisions, decisions, decided(tmp_path / "decisions", (LATE, "akkoord", ""))):
        release = build(releases, quality=report, decisions=chosen, code_version=f"0.{len(states)}")
        publish(releases, release)
        assert verify_release(releases / release) == []
        values = pl.read_parquet(releases / release / "professional" / "values.parquet")
        states.append(dict(values.filter(pl.col("indicator_id") == "mh_slachtoffers")["state"].value_counts().rows()))
    assert set(states[0]) == {"onbekend"}
    assert states[1] == states[0]
    assert "waarde" in states[2]


def test_a_decision_on_a_finding_that_is_gone_excludes_nothing(tmp_path: Path) -> None:
    decisions = decided(tmp_path / "decisions", (UNIT, "uitgesloten", "Duizendtallen."))
    assert steering([LATE], decisions) == []
    assert decisions.stale([LATE])[0]["finding"] == UNIT["id"]


def test_a_delivery_that_is_excluded_takes_every_indicator_along_that_it_is_a_source_of(tmp_path: Path) -> None:
    steer = steering([LATE], decided(tmp_path / "decisions", (LATE, "uitgesloten", "Te laat.")))
    catalogue = arguments()["catalogue"]
    rows = pl.DataFrame({"indicator_id": ["mh_slachtoffers", "mh_slachtoffers_vorm", "alg_misdrijven"], "area_code": "DH", "period": "2023"})
    assert rows.filter(excluded_rows(steer, catalogue))["indicator_id"].to_list() == ["mh_slachtoffers", "mh_slachtoffers_vorm"]
