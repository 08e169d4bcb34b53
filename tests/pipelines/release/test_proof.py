"""The proof in a release: whatever is changed in what goes out or in the proof itself, with all hashes made right, verification says it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.release import Memory, verify_release
from pipelines.release.memory import copy_memory
from tests.pipelines.disclosure.frames import entry
from tests.pipelines.release.cases import cells, disclosed
from tests.pipelines.release.inputs import CREATED, build, small_values

Change = Callable[[pl.DataFrame], pl.DataFrame]
TOTAL = (pl.col("dimension_1") == "totaal") & (pl.col("indicator_id") == "mh_slachtoffers")
WITHHELD = pl.col("state") == "geheim"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    releases = tmp_path_factory.mktemp("proved") / "releases"
    return releases / build(releases)


def tampered(built: Path, copy: Path, name: str, change: Change) -> list[str]:
    """What verification says of a copy in which one file was changed and every hash made right."""
    folder = Path(shutil.copytree(built, copy / built.name))
    for path in folder.rglob("*"):
        path.chmod(0o755)
    changed = change(pl.read_parquet(folder / name))
    changed.write_parquet(folder / name)
    certificate = folder / name.split("/")[0] / "certificate.json"
    if name.endswith("values.parquet"):
        _rewrite(certificate, values_sha256=_sha256(folder / name))
    manifest = json.loads((folder / "release.json").read_text())
    files = {each: _sha256(folder / each) for each in manifest["files"]}
    _rewrite(folder / "release.json", files=files)
    return verify_release(folder)


def test_an_audience_is_told_no_more_of_findings_than_it_may_read(tmp_path: Path) -> None:
    about = {"indicator_id": "mh_slachtoffers", "area_code": "GM0553", "severity": "let op"}
    finding = {"id": "figures_in_line_with_past:1", "sentence": "In Lisse zijn het er veel meer.", **about}
    releases = tmp_path / "releases"
    folder = releases / build(releases, quality={"verdict": "let op", "signed_by": [], "findings": [finding]})
    for audience in ("professional", "publiek"):
        assert "Lisse" not in (folder / audience / "quality.json").read_text(encoding="utf-8")
    assert "Lisse" in (folder / "quality" / "quality.json").read_text(encoding="utf-8")
    for path in folder.rglob("*"):
        path.chmod(0o755)
    _rewrite(folder / "publiek" / "quality.json", findings=[finding])
    _rewrite(folder / "release.json", files={each: _sha256(folder / each) for each in json.loads((folder / "release.json").read_text())["files"]})
    assert verify_release(folder) == ["publiek: quality.json says other things than this audience may read of quality/quality.json"]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _rewrite(path: Path, **changes: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def _unwithhold(true: pl.DataFrame, *, nought: bool) -> Change:
    """Show one withheld figure as it is: a nought, or a small count."""

    def change(values: pl.DataFrame) -> pl.DataFrame:
        key = values.columns[:9]
        numbers = true.filter(pl.col("numerator") == 0 if nought else pl.col("numerator").is_between(1, 4))
        one = values.filter(TOTAL, WITHHELD).select(key).join(numbers, on=key, how="inner").head(1)
        assert one.height == 1
        return pl.concat([values.join(one, on=key, how="anti"), one.select(values.columns)])

    return change


def _first(test: pl.Expr) -> pl.Expr:
    return test & (test.cum_sum() == 1)


CHANGES: dict[str, tuple[str, Change, str]] = {
    "a small count is shown": (
        "professional/values.parquet",
        _unwithhold(small_values(), nought=False),
        r"professional: 1 counts of mh_slachtoffers are (shown and withheld in the proof|below the threshold and shown)",
    ),
    "a nought is shown": (
        "professional/values.parquet",
        _unwithhold(small_values(), nought=True),
        r"professional: 1 counts of mh_slachtoffers are (shown and withheld in the proof|below the threshold and shown)",
    ),
    "a figure differs from the proof": (
        "publiek/values.parquet",
        lambda values: values.with_columns(
            numerator=pl.when(_first(TOTAL & (pl.col("state") == "waarde"))).then(pl.col("numerator") + 1).otherwise("numerator")
        ),
        r"publiek: 1 counts of mh_slachtoffers are shown with another value than in the proof",
    ),
    "a withheld count is public in the proof": (
        "professional/proof/cells.parquet",
        lambda cells: cells.with_columns(
            state=pl.when(_first(WITHHELD & (pl.col("need") > 0))).then(pl.lit("waarde")).otherwise("state"),
            count=pl.when(_first(WITHHELD & (pl.col("need") > 0))).then(3).otherwise("count"),
            need=pl.when(_first(WITHHELD & (pl.col("need") > 0))).then(0).otherwise("need"),
        ),
        r"professional: world \d+ has another count than the published one of ",
    ),
    "a world is missing": (
        "professional/proof/worlds.parquet",
        lambda worlds: worlds.filter(pl.col("world") > 0),
        r"professional: the worlds leave less room than policy asks to ",
    ),
    "a block is missing": (
        "publiek/proof/cells.parquet",
        lambda cells: cells.filter(pl.col("block") > 0),
        r"publiek: \d+ counts of \w+ are shown and stand in no proof",
    ),
}


@pytest.mark.parametrize(("name", "change", "said"), list(CHANGES.values()), ids=list(CHANGES))
def test_a_change_is_found_though_every_hash_is_right(built: Path, tmp_path: Path, name: str, change: Change, said: str) -> None:
    found = tampered(built, tmp_path, name, change)
    assert [sentence for sentence in found if pl.Series([sentence]).str.contains(said).item()], found


def test_a_proof_asks_of_every_withheld_count_what_policy_asks(built: Path, tmp_path: Path) -> None:
    """Less would be proved by fewer worlds."""
    found = tampered(built, tmp_path, "professional/proof/cells.parquet", lambda cells: cells.with_columns(need=pl.lit(0, pl.Int64)))
    assert any("asks less room" in sentence for sentence in found), found


def resaid(built: Path, copy: Path, change: Callable[[dict[str, Any], dict[str, Any]], None]) -> list[str]:
    """What verification says of a copy in which manifest and public certificate were changed and every hash made right."""
    folder = Path(shutil.copytree(built, copy / built.name))
    for path in folder.rglob("*"):
        path.chmod(0o755)
    manifest, certificate = (json.loads((folder / name).read_text()) for name in ("release.json", "publiek/certificate.json"))
    change(manifest, certificate)
    (folder / "publiek" / "certificate.json").write_text(json.dumps(certificate))
    manifest["files"]["publiek/certificate.json"] = _sha256(folder / "publiek" / "certificate.json")
    (folder / "release.json").write_text(json.dumps(manifest))
    return verify_release(folder)


def test_a_certificate_of_another_policy_than_the_catalogues_is_found(built: Path, tmp_path: Path) -> None:
    def change(_manifest: dict[str, Any], certificate: dict[str, Any]) -> None:
        certificate["policy"]["mh_slachtoffers"]["bevestigd"] = True

    assert resaid(built, tmp_path, change) == ["publiek: the certificate is about another policy than the catalogue's"]


def asked_too(built: Path, copy: Path, field: str) -> str:
    """What verification says where policy asks one thing more of a public breakdown, in the catalogue and in the certificate."""

    def change(manifest: dict[str, Any], certificate: dict[str, Any]) -> None:
        asked = next(entry for entry in manifest["catalogue"] if entry["indicator_id"] == "oc_registraties")["policy"]["publiek"]
        asked[field] = ["soort"]
        certificate["policy"]["oc_registraties"] = asked

    (said,) = resaid(built, copy, change)
    return said


def test_a_figure_that_policy_never_shows_is_found(built: Path, tmp_path: Path) -> None:
    assert re.fullmatch(r"publiek: \d+ figures are shown that policy never shows", asked_too(built, tmp_path, "never"))


def test_a_policy_with_a_field_that_nobody_knows_is_found(built: Path, tmp_path: Path) -> None:
    assert asked_too(built, tmp_path, "nooit").startswith("publiek: policy of oc_registraties for publiek: nooit: ")


def test_what_was_told_and_withheld_is_for_nobody_else_to_read_and_the_key_stays(tmp_path: Path) -> None:
    build(tmp_path / "releases")
    told = tmp_path / "releases_told"
    assert stat.S_IMODE((told / "counts.parquet").stat().st_mode) == 0o600
    assert stat.S_IMODE(told.stat().st_mode) == 0o700
    fresh = tmp_path / "fresh"
    assert len(Memory(fresh).key) == 32
    assert stat.S_IMODE((fresh / "release.key").stat().st_mode) == 0o600
    assert Memory(fresh).key == Memory(fresh).key


def test_an_earlier_moment_knows_what_had_been_told_before_it(tmp_path: Path) -> None:
    build(tmp_path / "releases")
    told, moment = tmp_path / "releases_told", CREATED.replace(tzinfo=None)
    copy_memory(told, tmp_path / "then", moment.replace(microsecond=999_999))
    copy_memory(told, tmp_path / "after", moment + dt.timedelta(seconds=1))
    assert Memory(tmp_path / "then").known("professional", "mh_slachtoffers") is None
    known = Memory(tmp_path / "after").known("professional", "mh_slachtoffers")
    assert known is not None
    assert known["is_shown"].any()
    assert not known["is_shown"].all()
    assert Memory(tmp_path / "then").key == Memory(told).key


def test_the_certificate_counts_what_is_unknown_under_the_sign_as_withheld() -> None:
    """Else its numbers tell in how many of the withheld cells a partner gave no number."""
    region, small = cells({("regio", "DH"): 50}), [("gemeente", "GM0503"), ("gemeente", "GM0603")]
    counted = pl.concat([cells(dict.fromkeys(small, 3)), cells(dict.fromkeys(small, 2), breakdown=("geslacht", "man"))])
    one = (pl.col("area_code") == "GM0503") & (pl.col("category_1") == "man")
    unknown = counted.with_columns(state=pl.when(one).then(pl.lit("onbekend")).otherwise("state"), **{n: pl.when(~one).then(n) for n in ("value", "numerator")})
    said = [disclosed(pl.concat([region, table]), [entry("i", breakdowns=("geslacht",))]).certificate["indicators"] for table in (counted, unknown)]
    about = {"period_grain": "jaar", "dimension_2": "totaal"}
    layout = [
        {"area_level": level, **about, "dimension_1": dimension, "figures": figures, "figures_shown": shown}
        for level, dimension, figures, shown in (("gemeente", "geslacht", 2, 0), ("gemeente", "totaal", 2, 0), ("regio", "totaal", 1, 1))
    ]
    assert said == [[{"indicator_id": "i", "tables": 3, "tables_shown": 1, "figures": 5, "figures_shown": 1, "layout": layout}]] * 2


def test_the_certificate_names_an_indicator_about_persons_that_has_no_figures() -> None:
    said = disclosed(cells({("regio", "DH"): 50}), [entry("i"), entry("late"), entry("things", person_related=False)]).certificate["indicators"]
    assert [one["indicator_id"] for one in said] == ["i", "late"]
    assert said[1] == {"indicator_id": "late", "tables": 0, "tables_shown": 0, "figures": 0, "figures_shown": 0, "layout": []}


@pytest.mark.parametrize("of_table", [False, True])
def test_a_certificate_with_one_number_of_tables_changed_is_found(of_table: bool, built: Path, tmp_path: Path) -> None:
    def change(_manifest: dict[str, Any], certificate: dict[str, Any]) -> None:
        said = next(one for one in certificate["indicators"] if one["layout"])
        (said["layout"][0] if of_table else said)["figures_shown"] += 1

    assert resaid(built, tmp_path, change) == ["publiek: the certificate says otherwise than values.parquet how much of each table is shown"]
