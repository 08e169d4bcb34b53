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
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock

from pipelines import durable
from pipelines.disclosure.areas import area_parents
from pipelines.disclosure.model import DisclosureError
from pipelines.policy import PolicyBroken
from pipelines.release.disclose import RULE, disclose
from pipelines.release.errors import AuditFailed, GateFailed, ReleaseDamaged
from pipelines.release.findings import findings_for
from pipelines.release.law import check_areas, check_groups, outside_audience
from pipelines.release.layout import AREA_COLUMNS, AUDIENCES, BUILDING, COLUMNS, KEY, MANIFEST, NUMBERS, REGISTERS, RELEASE_ID, read_pointer, release_folder
from pipelines.release.memory import Memory
from pipelines.release.verify import verify_release

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
) -> str:
    """Build one release for both audiences and return its id; nothing is pointed at yet.

    marts: frames `values` (the 15 columns, unprotected), `areas` (area_level, area_code, area_name, district_code,
    zorgregio_code, abc_code), `activiteiten`, `leveringen`; quality: the content of quality.json, or what waits for it while the tables
    are protected; docs: folder with Data Docs or None; as_of: the moment (UTC) of which these are the figures as known then,
    None for all that is known; memory: what earlier releases told; the rest goes into release.json.
    The same input gives the same bytes and the same content hash, from which the id has its last four digits.

    Raises GateFailed (quality verdict `fout`), LawBroken (outside a contract), AuditFailed (figures cannot be protected) and
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
        disclosure = _write_audiences(folder, values, marts, catalogue, contracts, memory, _in_use(releases))
        quality = quality() if callable(quality) else quality
        _check_gate(quality)
        durable.write_bytes(folder / "quality" / "quality.json", _json(quality))
        for audience in AUDIENCES:
            durable.write_bytes(folder / audience / "quality.json", _json(findings_for(audience, quality, catalogue, contracts)))
        if docs is not None:
            _copy_docs(docs, folder / "quality" / "docs")
        manifest: dict[str, Any] = {
            "code_version": code_version,
            "as_of": as_of.isoformat(timespec="seconds") if as_of else None,
            "synthetic": synthetic,
            "synthetic_note": synthetic_note,
            "catalogue": [dict(entry) for entry in catalogue],
            "contracts": [dict(contract) for contract in contracts],
            "deliveries": [dict(delivery) for delivery in deliveries],
            "quality_verdict": quality["verdict"],
            "disclosure": disclosure,
            "files": {_name(folder, path): _sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()},
        }
        content = hashlib.sha256(_json(manifest)).hexdigest()
        memory.keep(created_at)
        return _finish(releases, folder, manifest, content, created_at)


def _finish(releases: Path, folder: Path, manifest: Mapping[str, Any], content: str, created_at: dt.datetime) -> str:
    """Give the folder its manifest, verify it and rename it to its id."""
    created = created_at.astimezone(dt.UTC)
    for digits in (4, 8, 16):
        release_id = f"{created:%Y-%m-%dT%H%M}-{content[:digits]}"
        target = release_folder(releases, release_id)
        if not target.exists():
            break
        if json.loads((target / MANIFEST).read_text(encoding="utf-8")).get("content_sha256") == content:
            shutil.rmtree(folder)  # built twice in one minute from the same input: it is there already
            return release_id
    head = {"id": release_id, "created_at": created.isoformat(timespec="seconds"), "content_sha256": content}
    durable.write_bytes(folder / MANIFEST, _json({**head, **manifest}))
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


def _check_gate(quality: Mapping[str, Any]) -> None:
    if quality.get("verdict") != "fout":
        return
    findings = [
        f"{finding.get('id')} ({finding.get('delivery') or finding.get('indicator_id') or 'all'})"
        for finding in quality.get("findings", [])
        if finding.get("severity") == "fout"
    ]
    raise GateFailed(f"no release: the quality verdict is 'fout' for {_some(findings)}; mend these findings and run again, the last release stays in place")


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
    before = None
    for audience in AUDIENCES:
        left_out = outside_audience(catalogue, contracts, audience)
        own = values.filter(~pl.col("indicator_id").is_in(left_out)).sort(KEY)
        try:
            disclosed = disclose(own, catalogue, audience, parents, memory=memory, before=before, in_use=in_use and in_use / audience)
        except (DisclosureError, PolicyBroken) as error:
            raise AuditFailed(f"no release: the figures for {audience} cannot be protected: {error}; the last release stays in place") from error
        before = protected = disclosed.values
        path = folder / audience / "values.parquet"
        _write_parquet(path, protected.select(COLUMNS))
        durable.write_bytes(folder / audience / "certificate.json", _json({**disclosed.certificate, "values_sha256": _sha256(path)}))
        for title, table in disclosed.proof.items():
            _write_table(folder / audience / "proof" / f"{title}.parquet", table)
        for register in REGISTERS:
            frame = marts[register].select(AREA_COLUMNS) if register == "areas" else marts[register]
            frame = frame.clear() if (register, audience) in barred_registers else _for_audience(register, frame, audience, protected)
            _write_parquet(folder / audience / f"{register}.parquet", frame.sort(frame.columns, nulls_last=True))
        about["thresholds"][audience] = disclosed.certificate["thresholds"]
        about["left_out"][audience] = left_out
    return about


def _for_audience(register: str, frame: pl.DataFrame, audience: str, protected: pl.DataFrame) -> pl.DataFrame:
    """Rows of a register that an audience may read: of the notes those for everybody, and none to a figure that it may not see,
    for the words of a note can give a number away."""
    if register != "duiding":
        return frame
    about = ["indicator_id", "area_level", "area_code", "period"]
    hidden = protected.filter((pl.col("state") == "geheim") & (pl.col("dimension_1") == "totaal")).select(about).unique()
    seen = frame.join(hidden, on=about, how="anti").join(protected.select("indicator_id").unique(), on="indicator_id", how="semi")
    return seen if audience == "professional" else seen.filter(pl.col("zichtbaar_voor") == VISIBLE_TO_ALL)


def _write_parquet(path: Path, frame: pl.DataFrame) -> None:
    """Write with one writer and plain Arrow types, so that equal frames give equal bytes and every reader can read them."""
    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    schema = pa.schema([(field.name, pa.string() if pa.types.is_large_string(field.type) else field.type) for field in table.schema])
    _write_table(path, table.cast(schema))


def _write_table(path: Path, table: pa.Table) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", row_group_size=1_000_000)
    durable.sync(path)


def _copy_docs(source: Path, target: Path) -> None:
    """Copy the Data Docs; a link in them could point outside the release, so links are left behind."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.is_symlink() and not any(parent.is_symlink() for parent in path.relative_to(source).parents if parent != Path()):
            durable.write_bytes(target / path.relative_to(source), path.read_bytes())


def _json(content: Any) -> bytes:
    """JSON as a release has it: UTF-8, indented, no NaN, dates in ISO form."""
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False, default=_iso) + "\n").encode()


def _iso(item: object) -> str:
    if isinstance(item, dt.date | dt.datetime):
        return item.isoformat()
    raise TypeError(f"a release cannot hold a {type(item).__name__}")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _some(sentences: Sequence[str]) -> str:
    rest = len(sentences) - NAMED_AT_MOST
    return "; ".join(sentences[:NAMED_AT_MOST]) + (f"; and {rest} more" if rest > 0 else "")
