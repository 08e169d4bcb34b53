"""What a run must build again: all of the warehouse, or only what follows from the deliveries that changed.

One changed delivery touches some 25 of the 80 nodes of dbt. Whatever is in doubt (another dbt project, a build that did not
end, a missing database) means everything anew, from an empty file.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pipelines.durable import write_whole
from pipelines.resources import PROJECT, Settings

DBT_PROJECT = PROJECT / "dbt_project"
PATTERNS = ("models/**/*", "seeds/*", "macros/**/*", "tests/**/*", "*.yml")


def project_files() -> list[str]:
    """Files of the dbt project that decide what is built, as absolute paths in a fixed order."""
    return sorted(str(path) for pattern in PATTERNS for path in DBT_PROJECT.glob(pattern) if path.is_file())


def fingerprint(settings: Settings) -> dict[str, str]:
    """One digest of the dbt project and one per delivery, of the names (sha256) of its accepted files and when they were
    written: with another correction a file of the same name holds other rows."""
    project = hashlib.sha256()
    for path in project_files():
        with open(path, "rb") as file:
            project.update(path.encode() + file.read())
    folders = sorted(folder for folder in settings.accepted.iterdir() if folder.is_dir()) if settings.accepted.exists() else []
    return {"": project.hexdigest(), **{folder.name: _digest_of(folder) for folder in folders}}


def _digest_of(folder: Path) -> str:
    files = sorted(f"{path.name} {path.stat().st_mtime_ns}" for path in folder.glob("*.parquet"))
    return hashlib.sha256("\n".join(files).encode()).hexdigest()


def plan_build(settings: Settings) -> list[str]:
    """Selection arguments for `dbt build`, empty for everything; makes the state forgotten until `remember` is called.

    Where everything is built, the old database goes first.
    """
    mark, new = settings.warehouse_mark, fingerprint(settings)
    old = json.loads(mark.read_bytes()) if mark.exists() and settings.warehouse.exists() else {}
    mark.unlink(missing_ok=True)
    if old.get("") != new[""] or old.keys() != new.keys():
        for leftover in (settings.warehouse, settings.warehouse.with_suffix(".duckdb.wal")):
            leftover.unlink(missing_ok=True)
        return []
    changed = [f"source:accepted.{delivery}+" for delivery in new if delivery and new[delivery] != old[delivery]]
    return ["--select", *changed, "path:models/marts"]


def remember(settings: Settings) -> None:
    """Notes what the warehouse was built from; called after a build that went well."""
    write_whole(settings.warehouse_mark, json.dumps(fingerprint(settings)).encode())
