"""Says whether a release folder is whole and has the format: files and hashes, values cell by cell, certificate, audiences."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from pipelines.decisions import mark
from pipelines.disclosure.figures import SHOWN
from pipelines.disclosure.model import DisclosureError
from pipelines.policy import PolicyBroken, policy_in_entry
from pipelines.release.findings import findings_for
from pipelines.release.layout import (
    AREA_CODES,
    AREA_COLUMNS,
    AUDIENCES,
    COLUMNS,
    FIGURES,
    KEY,
    MANIFEST,
    MANIFEST_FIELDS,
    NUMBERS,
    PERIODS,
    PROOF_TABLES,
    PSEUDO_AREAS,
    REGISTERS,
    STATES,
    VERDICTS,
)
from pipelines.release.metadata import open_data_problems
from pipelines.release.never import never_shown
from pipelines.release.proof import proof_problems
from pipelines.release.tables import count_tables


def verify_release(path: Path, *, release_id: str | None = None) -> list[str]:
    """One sentence per thing that is wrong with the release in folder `path`; an empty list when all is well.

    release_id: the id that it should carry, by default the folder's name.
    No sentence holds a figure. Nothing is raised for a damaged release.
    """
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
            return [f"{MANIFEST} has not the form of a release"]
    except (OSError, ValueError):
        return [f"{MANIFEST} is absent or unreadable"]
    problems = [*_manifest_problems(manifest, release_id or path.name), *_file_problems(path, manifest["files"])]
    if problems:
        return problems  # figures in files that are not what was published need no further word
    try:
        return list(_content_problems(path, manifest))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pl.exceptions.PolarsError) as error:
        return [f"the release cannot be read ({type(error).__name__})"]


def _manifest_problems(manifest: Mapping[str, Any], release_id: str) -> Iterator[str]:
    for field in MANIFEST_FIELDS:
        if field not in manifest:
            yield f"{MANIFEST} has no {field}"
    if manifest.get("id") != release_id:
        yield f"{MANIFEST} carries another id than {release_id}"
    if manifest.get("quality_verdict") not in VERDICTS:
        yield "the quality verdict is not goed, let op or fout"
    if not isinstance(manifest.get("synthetic"), bool):
        yield "synthetic is neither true nor false"
    try:
        dt.datetime.fromisoformat(str(manifest.get("created_at")))
    except ValueError:
        yield "created_at is no date"


def _file_problems(path: Path, files: Mapping[str, Any]) -> Iterator[str]:
    listed = set(files)
    for name in sorted(listed):
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts or "\\" in name or str(pure) != name:
            yield f"{name!r} is no path inside the release"
        elif not (path / name).is_file() or (path / name).is_symlink():
            yield f"{name} is listed and absent"
        elif hashlib.sha256((path / name).read_bytes()).hexdigest() != files[name]:
            yield f"{name} differs from its sha256"
    for found in sorted(path.rglob("*")):
        name = found.relative_to(path).as_posix()
        if found.is_symlink():
            yield f"{name} is a link"
        elif not found.is_dir() and name != MANIFEST and name not in listed:
            yield f"{name} is not listed in {MANIFEST}"
    names = ("values.parquet", "certificate.json", "quality.json", *(f"proof/{table}.parquet" for table in PROOF_TABLES), *(f"{r}.parquet" for r in REGISTERS))
    needed = [f"{audience}/{name}" for audience in AUDIENCES for name in names]
    yield from (f"{name} is missing" for name in [*needed, "quality/quality.json"] if name not in listed)


def _content_problems(path: Path, manifest: Mapping[str, Any]) -> Iterator[str]:
    quality, *told = (json.loads((path / place / "quality.json").read_text(encoding="utf-8")) for place in ("quality", *AUDIENCES))
    catalogue = manifest["catalogue"]
    if quality.get("verdict") != manifest["quality_verdict"]:
        yield "quality.json has another verdict than release.json"
    yield from _unsigned_findings(quality, manifest)
    for audience, own in zip(AUDIENCES, told, strict=True):
        if own != findings_for(audience, quality, catalogue, manifest["contracts"]):
            yield f"{audience}: quality.json says other things than this audience may read of quality/quality.json"
    frames = {}
    for audience in AUDIENCES:
        file = path / audience / "values.parquet"
        values, areas = pl.read_parquet(file), pl.read_parquet(path / audience / "areas.parquet")
        wrong = list(_value_problems(values, areas, {entry["indicator_id"] for entry in catalogue}))
        yield from (f"{audience}: {sentence}" for sentence in wrong)
        if wrong:
            continue
        frames[audience] = values
        certificate = json.loads((path / audience / "certificate.json").read_text(encoding="utf-8"))
        if certificate.get("values_sha256") != manifest["files"][f"{audience}/values.parquet"]:
            yield f"{audience}: the certificate is about another values.parquet"
        yield from (f"{audience}: {sentence}" for sentence in proof_problems(path / audience / "proof", values, catalogue, audience))
        expected = {str(e["indicator_id"]): e[f"threshold_{audience}"] for e in catalogue if e["person_related"] is not False}
        if certificate.get("audience") != audience or certificate.get("thresholds") != expected:
            yield f"{audience}: the certificate is about another audience or other thresholds than the catalogue's"
        yield from (f"{audience}: {sentence}" for sentence in _policy_problems(values, certificate, catalogue, audience))
    yield from _public_problems(path, manifest["files"], frames)


def _public_problems(path: Path, files: Mapping[str, str], frames: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    if len(frames) < len(AUDIENCES):
        return
    yield from (f"publiek: {sentence}" for sentence in open_data_problems(path, files, frames["publiek"]))
    shown = frames["publiek"].filter(pl.col("state").is_in(FIGURES))
    if shown.join(frames["professional"], on=list(COLUMNS), how="anti", nulls_equal=True).height:
        yield "publiek shows figures that professional does not show, or shows otherwise"


def _unsigned_findings(quality: Mapping[str, Any], manifest: Mapping[str, Any]) -> Iterator[str]:
    signed = {each for one in manifest.get("signed", []) for each in one["findings"].values()}
    grave = [finding for finding in quality["findings"] if finding["severity"] == "fout"]
    if quality["verdict"] == "fout" and not grave:
        yield "the quality verdict is fout and no finding is"
    if unsigned := sum(mark(finding) not in signed for finding in grave):
        yield f"{unsigned} findings of severity fout went out without a signature"


def _policy_problems(values: pl.DataFrame, certificate: Mapping[str, Any], catalogue: Sequence[Mapping[str, Any]], audience: str) -> Iterator[str]:
    """Is the policy that was followed that of the catalogue, is nothing shown that it never shows, and is what is said of tables so?"""
    persons = {str(entry["indicator_id"]): entry for entry in catalogue if entry["person_related"] is not False}
    if certificate.get("policy") != {name: (entry.get("policy") or {}).get(audience) for name, entry in persons.items()}:
        yield "the certificate is about another policy than the catalogue's"
    try:
        policies = {name: policy_in_entry(entry, audience) for name, entry in persons.items()}
        rows = never_shown(values, policies)
    except (DisclosureError, PolicyBroken) as error:
        yield str(error)
        return
    if count := values.filter(pl.Series(rows), pl.col("state").is_in(SHOWN)).height:
        yield f"{count} figures are shown that policy never shows"
    if certificate.get("indicators") != count_tables(values, [name for name, policy in policies.items() if policy is not None]):
        yield "the certificate says otherwise than values.parquet how much of each table is shown"


def _value_problems(values: pl.DataFrame, areas: pl.DataFrame, indicators: set[str]) -> Iterator[str]:
    if tuple(values.columns) != COLUMNS or any(values[name].dtype != (pl.Float64 if name in NUMBERS else pl.String) for name in COLUMNS):
        yield "values.parquet has other columns or types than house.md's 15"
        return
    if tuple(areas.columns) != AREA_COLUMNS:
        yield "areas.parquet has other columns than the release format"
        return
    number = pl.any_horizontal(pl.col(NUMBERS).is_not_null())
    code = pl.col("area_code")
    good_code = pl.any_horizontal(
        *((pl.col("area_level") == level) & code.str.contains(f"^({pattern})$") for level, pattern in AREA_CODES.items()), code.is_in(PSEUDO_AREAS)
    )
    good_period = pl.any_horizontal(*((pl.col("period_grain") == grain) & pl.col("period").str.contains(pattern) for grain, pattern in PERIODS.items()))
    checks = {
        "have an empty key": pl.any_horizontal(pl.col(KEY).is_null()),
        "stand twice": pl.struct(KEY).is_duplicated(),
        "have an unknown state": ~pl.col("state").is_in(STATES).fill_null(False),
        "have an unknown area level": ~pl.col("area_level").is_in(list(AREA_CODES)),
        "have an area code of another form": ~good_code,
        "have a period of another form than their grain": ~good_period,
        "are of an indicator that the catalogue does not know": ~pl.col("indicator_id").is_in(sorted(indicators)),
        "have no figure by their state and carry a number": ~pl.col("state").is_in(FIGURES) & number,
        "have a figure by their state and no value": pl.col("state").is_in(FIGURES) & pl.col("value").is_null(),
        "are nihil and not zero": (pl.col("state") == "nihil") & (pl.col("value") != 0),
        "carry a number that is not finite": pl.any_horizontal((~pl.col(NUMBERS).is_finite()).fill_null(False)),
        "have half a total": ((pl.col("dimension_1") == "totaal") != (pl.col("category_1") == "totaal"))
        | ((pl.col("dimension_2") == "totaal") != (pl.col("category_2") == "totaal")),
    }
    counts = values.select(test.fill_null(True).sum().alias(sentence) for sentence, test in checks.items()).row(0, named=True)
    yield from (f"{count} cells {sentence}" for sentence, count in counts.items() if count)
    strangers = values.select("area_level", "area_code").unique().join(areas, on=["area_level", "area_code"], how="anti").height
    if strangers:
        yield f"{strangers} areas with figures are not in areas.parquet"
