"""Builds a release beside the published ones: protect, audit, write, hash, verify, rename. The pointer is moved by `publish`."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from filelock import FileLock

from pipelines import durable
from pipelines.decisions import NONE, Decisions, Entry
from pipelines.disclosure.areas import area_parents
from pipelines.disclosure.model import DisclosureError
from pipelines.policy import PolicyBroken
from pipelines.release.disclose import RULE, disclose
from pipelines.release.errors import AuditFailed, GateFailed, ReleaseDamaged
from pipelines.release.exclusion import EXCLUDED, excluded_rows, notes_to_excluded, steering
from pipelines.release.findings import findings_for
from pipelines.release.law import check_areas, check_groups, outside_audience
from pipelines.release.layout import AREA_COLUMNS, AUDIENCES, BUILDING, COLUMNS, KEY, MANIFEST, NUMBERS, REGISTERS, RELEASE_ID, read_pointer, release_folder
from pipelines.release.memory import Memory
from pipelines.release.metadata import NOBODY, Publisher, describe_openly
from pipelines.release.verify import verify_release
from pipelines.release.writing import as_json, copy_docs, name_in, sha256_of, write_parquet, write_table

NAMED_AT_MOST = 5
# a register whose rows come straight from one delivery follows the audiences of that delivery's contract
REGISTER_SOURCES = {
    "agenda": "rsiv_activiteiten",
    **{name: name for name in ("activiteiten", "partners", "meldroutes", "acties", "kwartaalthemas", "duiding")},
}
# whom a note of the werkgroep is for, as its contract has it
VISIBLE_TO_ALL = "iedereen"


def build_release(
    releases: Path,
    *,
    marts: Mapping[str, pl.DataFrame],
    catalogue: Sequence[Mapping[str, Any]],
    quality: Mapping[str, Any] | Callable[[], Mapping[str, Any]],
    docs: Path | None,
    contracts: Sequence[Mapping[str, Any]],
    deliveries: Sequence[Mapping[str, Any]],
    synthetic: bool,
    synthetic_note: str | None,
    code_version: str,
    created_at: dt.datetime,
    memory: Memory,
    as_of: dt.datetime | None = None,
    decisions: Decisions = NONE,
    publisher: Publisher = NOBODY,
) -> str:
    """Build one release for both audiences and return its id; nothing is pointed at yet.

    marts: frames `values` (the 15 columns, unprotected), `areas` (area_level, area_code, area_name, district_code,
    zorgregio_code, abc_code), `activiteiten`, `leveringen`; quality: the content of quality.json, or what waits for it while the tables
    are protected; docs: folder with Data Docs or None; as_of: the moment (UTC) of which these are the figures as known then,
    None for all that is known; memory: what earlier releases told; decisions: of the werkgroep, which exclude series and let findings of
    severity fout through; publisher: of the open data; the rest goes into release.json.
    The same input gives the same bytes and the same content hash, from which the id has its last four digits.

    Raises GateFailed (findings of severity fout that are not signed), LawBroken (outside a contract), AuditFailed (figures cannot be protected) and
    ReleaseDamaged (what was written does not verify). Whatever is raised, the published releases are as they were.
    """
    values = marts["values"].select(pl.col(*KEY, "state").cast(pl.String), pl.col(*NUMBERS).cast(pl.Float64))
    check_areas(values, catalogue, contracts)
    check_groups(catalogue, contracts, AUDIENCES)
    releases.mkdir(parents=True, exist_ok=True)
    with FileLock(releases / ".lock"):
        for leftover in releases.glob(f"{BUILDING}*"):  # of a build that was cut off; the lock says none is running
            shutil.rmtree(leftover)
        folder = releases / f"{BUILDING}{created_at:%Y%m%dT%H%M%S}"
        folder.mkdir()
        if callable(quality) and any(entry["decision"] == EXCLUDED for entry in decisions.latest.values()):
            quality = quality()  # else protection does not wait for it: what is excluded depends on what was found
        steer = steering([] if callable(quality) else quality["findings"], decisions)
        disclosure = _write_audiences(folder, values, marts, catalogue, contracts, memory, _in_use(releases), steer)
        quality = quality() if callable(quality) else quality
        signatures = _check_gate(quality, decisions)
        here = {finding["id"] for finding in quality["findings"]}
        about = [dict(entry) for entry in decisions.entries if entry["kind"] == "besluit" and entry["finding"] in here]
        quality = {**quality, "signed_by": [{"role": one["role"], "date": one["at"][:10]} for one in signatures], "decisions": about}
        durable.write_bytes(folder / "quality" / "quality.json", as_json(quality))
        for audience in AUDIENCES:
            durable.write_bytes(folder / audience / "quality.json", as_json(findings_for(audience, quality, catalogue, contracts)))
        if docs is not None:
            copy_docs(docs, folder / "quality" / "docs")
        manifest: dict[str, Any] = {
            "code_version": code_version,
            "as_of": as_of.isoformat(timespec="seconds") if as_of else None,
            "synthetic": synthetic,
            "synthetic_note": synthetic_note,
            "catalogue": [dict(entry) for entry in catalogue],
            "contracts": [dict(contract) for contract in contracts],
            "deliveries": [dict(delivery) for delivery in deliveries],
            "quality_verdict": quality["verdict"],
            "decisions": steering(quality["findings"], decisions),
            "signed": [{name: one[name] for name in ("at", "role", "text", "findings", "number", "hash")} for one in signatures],
            "decisions_head": decisions.head,
            "disclosure": disclosure,
            "files": _hashes(folder),
        }
        content = hashlib.sha256(as_json(manifest)).hexdigest()
        memory.keep(created_at)
        return _finish(releases, folder, manifest, content, created_at, publisher)


def _hashes(folder: Path) -> dict[str, str]:
    return {name_in(folder, path): sha256_of(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def _finish(releases: Path, folder: Path, manifest: Mapping[str, Any], content: str, created_at: dt.datetime, publisher: Publisher) -> str:
    """Describe the open data, which names the id and so is no part of the content that the id is of; give the folder its manifest, verify it and
    rename it to its id."""
    created = created_at.astimezone(dt.UTC)
    for digits in (4, 8, 16):
        release_id = f"{created:%Y-%m-%dT%H%M}-{content[:digits]}"
        target = release_folder(releases, release_id)
        if not target.exists():
            break
        if json.loads((target / MANIFEST).read_text(encoding="utf-8")).get("content_sha256") == content:
            shutil.rmtree(folder)  # built twice in one minute from the same input: it is there already
            return release_id
    manifest = {"id": release_id, "created_at": created.isoformat(timespec="seconds"), "content_sha256": content, **manifest}
    describe_openly(folder, manifest, publisher)
    durable.write_bytes(folder / MANIFEST, as_json({**manifest, "files": _hashes(folder)}))
    problems = verify_release(folder, release_id=release_id)
    if problems:
        raise ReleaseDamaged(f"release {release_id} does not verify and is not published: {_some(problems)}")
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            path.chmod(0o444)
        else:
            durable.sync(path)
    durable.sync(folder)
    folder.rename(target)
    durable.sync(releases)
    return release_id


def _check_gate(quality: Mapping[str, Any], decisions: Decisions) -> list[Entry]:
    """The signatures that this report goes out with. Raises GateFailed where a finding of severity fout is not signed for."""
    if quality.get("verdict") == "fout":
        blocking = decisions.blocking(quality["findings"])
        if blocking or not quality["findings"]:
            named = _some([f"{finding['id']} ({finding.get('delivery') or finding.get('indicator_id') or 'all'})" for finding in blocking])
            raise GateFailed(
                f"no release: the quality verdict is 'fout' for {named}; mend these findings and run again, or let the werkgroep decide (akkoord or "
                "uitgesloten) and sign (`ketenmonitor releases sign`); the last release stays in place"
            )
    return decisions.signatures(quality["findings"])


def _in_use(releases: Path) -> Path | None:
    """The folder of the release in use, None where the pointer names none."""
    named = read_pointer(releases)
    return releases / named if named and RELEASE_ID.fullmatch(named) else None


def _write_audiences(
    folder: Path,
    values: pl.DataFrame,
    marts: Mapping[str, pl.DataFrame],
    catalogue: Sequence[Mapping[str, Any]],
    contracts: Sequence[Mapping[str, Any]],
    memory: Memory,
    in_use: Path | None,
    steer: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Write what each audience may see, and return the manifest's words on disclosure."""
    parents = area_parents(marts["areas"])
    about: dict[str, Any] = {"rule": RULE["nl"], "thresholds": {}, "left_out": {}}
    barred_registers = {
        (register, audience)
        for register, source in REGISTER_SOURCES.items()
        for audience in AUDIENCES
        if any(contract["delivery"] == source and audience not in contract["audiences"] for contract in contracts)
    }
    excluded = excluded_rows(steer, catalogue)
    marts = {**marts, "duiding": pl.concat([marts["duiding"], notes_to_excluded(steer, values, catalogue, marts["duiding"].schema)])}
    before = None
    for audience in AUDIENCES:
        left_out = outside_audience(catalogue, contracts, audience)
        own = values.filter(~pl.col("indicator_id").is_in(left_out)).sort(KEY)
        try:
            disclosed = disclose(own, catalogue, audience, parents, memory=memory, before=before, in_use=in_use and in_use / audience, excluded=excluded)
        except (DisclosureError, PolicyBroken) as error:
            raise AuditFailed(f"no release: the figures for {audience} cannot be protected: {error}; the last release stays in place") from error
        before, published = disclosed.protected, disclosed.values
        path = folder / audience / "values.parquet"
        write_parquet(path, published.select(COLUMNS))
        durable.write_bytes(folder / audience / "certificate.json", as_json({**disclosed.certificate, "values_sha256": sha256_of(path)}))
        for title, table in disclosed.proof.items():
            write_table(folder / audience / "proof" / f"{title}.parquet", table)
        for register in REGISTERS:
            frame = marts[register].select(AREA_COLUMNS) if register == "areas" else marts[register]
            frame = frame.clear() if (register, audience) in barred_registers else _for_audience(register, frame, audience, published)
            write_parquet(folder / audience / f"{register}.parquet", frame.sort(frame.columns, nulls_last=True))
        about["thresholds"][audience] = disclosed.certificate["thresholds"]
        about["left_out"][audience] = left_out
    return about


def _for_audience(register: str, frame: pl.DataFrame, audience: str, protected: pl.DataFrame) -> pl.DataFrame:
    """What of a register an audience may read: of the notes those for everybody, and none to a figure that it may not see, for the words of a note
    can give a number away; of corrections of a delivery the public reads only how many there were and what became of them."""
    if register == "leveringen" and audience == "publiek":
        return frame.drop("correction_text", strict=False)
    if register != "duiding":
        return frame
    about = ["indicator_id", "area_level", "area_code", "period"]
    hidden = protected.filter((pl.col("state") == "geheim") & (pl.col("dimension_1") == "totaal")).select(about).unique()
    seen = frame.join(hidden, on=about, how="anti").join(protected.select("indicator_id").unique(), on="indicator_id", how="semi")
    return seen if audience == "professional" else seen.filter(pl.col("zichtbaar_voor") == VISIBLE_TO_ALL)


def _some(sentences: Sequence[str]) -> str:
    rest = len(sentences) - NAMED_AT_MOST
    return "; ".join(sentences[:NAMED_AT_MOST]) + (f"; and {rest} more" if rest > 0 else "")
