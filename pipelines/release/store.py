"""The releases folder: which releases there are, which one is current, what differs between two, and withdrawal."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import durable
from pipelines.release.errors import ReleaseDamaged, ReleaseError, ReleaseWithdrawn, UnknownRelease
from pipelines.release.layout import AUDIENCES, KEY, MANIFEST, POINTER, RELEASE_ID, WITHDRAWN, read_pointer, release_folder
from pipelines.release.verify import verify_release


def list_releases(releases: Path) -> list[dict[str, Any]]:
    """Newest first: id, created_at, quality_verdict, synthetic, code_version, is_current, withdrawn (reason or None), is_readable."""
    withdrawn = withdrawn_releases(releases)
    current = read_pointer(releases)
    found = []
    for release_id in _ids(releases):
        try:
            manifest = read_release(releases, release_id)
        except ReleaseError:
            manifest = {}
        found.append(
            {
                "id": release_id,
                **{name: manifest.get(name) for name in ("created_at", "quality_verdict", "synthetic", "code_version")},
                "is_current": release_id == current,
                "withdrawn": withdrawn.get(release_id),
                "is_readable": bool(manifest),
            }
        )
    return found


def current_id(releases: Path) -> str | None:
    """The id that `current` names, or None without a pointer. Raises ReleaseDamaged when it names no release."""
    pointer = read_pointer(releases)
    if pointer is not None and (not RELEASE_ID.fullmatch(pointer) or not (releases / pointer / MANIFEST).is_file()):
        raise ReleaseDamaged(f"{POINTER} names no release: point at one with `ketenmonitor releases use ID`")
    return pointer


def read_release(releases: Path, release_id: str | None = None) -> dict[str, Any]:
    """The manifest of a release, by default the current one. Raises UnknownRelease or ReleaseDamaged."""
    chosen = release_id or current_id(releases)
    if chosen is None:
        raise UnknownRelease("nothing has been published yet: run `ketenmonitor run`")
    path = release_folder(releases, chosen) / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnknownRelease(f"there is no release {chosen} (see: releases list)") from None
    except (OSError, ValueError):
        raise ReleaseDamaged(f"{MANIFEST} of release {chosen} is unreadable: point at another with `ketenmonitor releases use ID`") from None
    if not isinstance(manifest, dict):
        raise ReleaseDamaged(f"{MANIFEST} of release {chosen} has not the form of a release")
    return manifest


def shown_figures(releases: Path, release_id: str) -> list[dict[str, Any]]:
    """What was shown of each indicator about persons, by the certificates of a release: audience, indicator_id, tables, tables_shown, figures,
    figures_shown. Raises OSError, ValueError or KeyError for a release that does not verify."""
    columns = ("indicator_id", "tables", "tables_shown", "figures", "figures_shown")
    certificates = {
        audience: json.loads((release_folder(releases, release_id) / audience / "certificate.json").read_text(encoding="utf-8")) for audience in AUDIENCES
    }
    return [{"audience": audience, **{name: said[name] for name in columns}} for audience, each in certificates.items() for said in each["indicators"]]


def publish(releases: Path, release_id: str) -> None:
    """Point at a release that was just built (and so verified); readers see the old one or the new one, nothing between.

    Raises UnknownRelease, or ReleaseWithdrawn for one that was withdrawn.
    """
    if not (release_folder(releases, release_id) / MANIFEST).is_file():
        raise UnknownRelease(f"there is no release {release_id} (see: releases list)")
    reason = withdrawn_releases(releases).get(release_id)
    if reason is not None:
        raise ReleaseWithdrawn(f"release {release_id} was withdrawn ({reason}) and cannot be published again: build a new one")
    durable.write_whole(releases / POINTER, f"{release_id}\n".encode())


def use_release(releases: Path, release_id: str) -> None:
    """Point at an older release. Raises UnknownRelease, ReleaseWithdrawn, or ReleaseDamaged when it does not verify."""
    read_release(releases, release_id)
    problems = verify_release(release_folder(releases, release_id))
    if problems:
        raise ReleaseDamaged(f"release {release_id} does not verify and is not used: {'; '.join(problems[:5])}")
    publish(releases, release_id)


def withdraw_release(releases: Path, release_id: str, reason: str, *, at: dt.datetime | None = None) -> str | None:
    """Withdraw a release and return the id that is current afterwards, or None.

    The release stays on disk as it is; one line is added to `withdrawn.jsonl`. If it was current, the pointer moves to the
    newest release that verifies and was not withdrawn, or goes away. The pointer moves first: after a crash the withdrawn
    figures are no longer shown, and the command can be given again.
    Raises UnknownRelease, or ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("a withdrawal needs a reason")
    if not release_folder(releases, release_id).is_dir():
        raise UnknownRelease(f"there is no release {release_id} (see: releases list)")
    withdrawn = withdrawn_releases(releases)
    current = read_pointer(releases)
    if current == release_id:
        current = next(
            (other for other in _ids(releases) if other != release_id and other not in withdrawn and not verify_release(releases / other)),
            None,
        )
        if current is None:
            (releases / POINTER).unlink()
            durable.sync(releases)
        else:
            durable.write_whole(releases / POINTER, f"{current}\n".encode())
    if release_id not in withdrawn:
        moment = (at or dt.datetime.now(dt.UTC)).astimezone(dt.UTC)
        line = json.dumps({"id": release_id, "reason": reason.strip(), "at": moment.isoformat(timespec="seconds")}, ensure_ascii=False)
        log = releases / WITHDRAWN
        torn = log.exists() and not log.read_bytes().endswith(b"\n") and log.stat().st_size > 0
        with log.open("a", encoding="utf-8") as file:
            file.write(("\n" if torn else "") + line + "\n")
        durable.sync(log)
    return current


def withdrawn_releases(releases: Path) -> dict[str, str]:
    """Id → reason of all withdrawn releases. A line cut off by a crash is passed over."""
    log = releases / WITHDRAWN
    found: dict[str, str] = {}
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []:
        try:
            entry = json.loads(line)
            found.setdefault(str(entry["id"]), str(entry["reason"]))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def read_values(releases: Path, release_id: str | None = None, *, audience: str = "professional") -> pl.DataFrame:
    """The figures of a release, by default the current one. Raises UnknownRelease or ReleaseDamaged."""
    chosen = read_release(releases, release_id)["id"]
    try:
        return pl.read_parquet(release_folder(releases, chosen) / audience / "values.parquet")
    except (OSError, pl.exceptions.PolarsError):
        raise ReleaseDamaged(f"the values of release {chosen} are unreadable: run `ketenmonitor releases verify {chosen}`") from None


def diff_releases(releases: Path, old: str, new: str, *, audience: str = "professional") -> pl.DataFrame:
    """Cells that changed, came or went between two releases: the nine key columns, change (gewijzigd, nieuw, verdwenen),
    old_state, new_state, old_value, new_value. Raises UnknownRelease, ReleaseDamaged, or ValueError for another audience."""
    if audience not in AUDIENCES:
        raise ValueError(f"unknown audience {audience!r}: one of {', '.join(AUDIENCES)}")
    frames = [read_values(releases, release_id, audience=audience) for release_id in (old, new)]
    before, after = (
        frame.select(*KEY, pl.col("state").alias(f"{side}_state"), pl.col("value").alias(f"{side}_value"))
        for side, frame in zip(("old", "new"), frames, strict=True)
    )
    joined = before.join(after, on=list(KEY), how="full", coalesce=True)
    same = pl.col("old_state").eq_missing(pl.col("new_state")) & pl.col("old_value").eq_missing(pl.col("new_value"))
    change = pl.when(pl.col("old_state").is_null()).then(pl.lit("nieuw")).when(pl.col("new_state").is_null()).then(pl.lit("verdwenen"))
    return (
        joined.filter(~same)
        .with_columns(change=change.otherwise(pl.lit("gewijzigd")))
        .select(*KEY, "change", "old_state", "new_state", "old_value", "new_value")
        .sort(KEY)
    )


def _ids(releases: Path) -> list[str]:
    found = releases.iterdir() if releases.is_dir() else iter(())
    return sorted((path.name for path in found if RELEASE_ID.fullmatch(path.name) and path.is_dir()), reverse=True)
