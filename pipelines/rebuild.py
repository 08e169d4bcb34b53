"""What a run must build again: all of the warehouse, or only what follows from the deliveries that changed.

One changed delivery touches some 25 of the 100 nodes of dbt. A delivery has changed when its accepted rows did, or when the
calendar says otherwise of its periods: one is overdue now, or its figures became final today. Whatever is in doubt (another dbt
project, a missing database) means everything anew, from an empty file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.resources import PROJECT, Settings

DBT_PROJECT = PROJECT / "dbt_project"
PATTERNS = ("models/**/*", "seeds/*", "macros/**/*", "tests/**/*", "*.yml")
CALENDAR = "stg_delivery_calendar+1"  # and what reads it directly; what follows from a delivery is selected by the delivery


@dataclass(frozen=True)
class Plan:
    """`state` is what the warehouse will be built from; `changed` names the deliveries of which what follows must be built
    again, None means everything."""

    state: dict[str, str]
    changed: tuple[str, ...] | None

    @property
    def selection(self) -> Sequence[str]:
        """Arguments of `dbt build`."""
        if self.changed is None:
            return []
        return ["--select", CALENDAR, *(f"source:accepted.{delivery}+" for delivery in self.changed)]


def project_files() -> list[str]:
    """Files of the dbt project that decide what is built, as absolute paths in a fixed order."""
    return sorted(str(path) for pattern in PATTERNS for path in DBT_PROJECT.glob(pattern) if path.is_file())


def fingerprint(settings: Settings, calendar: pl.DataFrame) -> dict[str, str]:
    """One digest of the dbt project and one per delivery, of the names (sha256) of its accepted files and when they were
    written (with another correction a file of the same name holds other rows) and of what its calendar says today."""
    project = hashlib.sha256()
    for path in project_files():
        with open(path, "rb") as file:
            project.update(path.encode() + file.read())
    final = (pl.col("final_on") <= settings.today).fill_null(value=True)
    told = calendar.select("delivery", pl.concat_str("period", "is_delivered", final, separator=" ").alias("told")).group_by("delivery").agg("told")
    periods = {delivery: sorted(each) for delivery, each in told.iter_rows()}
    folders = sorted(folder for folder in settings.accepted.iterdir() if folder.is_dir()) if settings.accepted.exists() else []
    return {"": project.hexdigest(), **{folder.name: _digest_of(folder, periods.get(folder.name, [])) for folder in folders}}


def _digest_of(folder: Path, periods: list[str]) -> str:
    files = sorted(f"{path.name} {path.stat().st_mtime_ns}" for path in folder.glob("*.parquet"))
    return hashlib.sha256("\n".join([*files, *periods]).encode()).hexdigest()


def plan_build(settings: Settings, calendar: pl.DataFrame) -> Plan:
    """Compares what there is with what the warehouse in use was built from."""
    new = fingerprint(settings, calendar)
    whole = settings.warehouse_mark.exists() and settings.warehouse.exists() and settings.marts.exists()
    old = json.loads(settings.warehouse_mark.read_bytes()) if whole else {}
    if old.get("") != new[""] or old.keys() != new.keys():
        return Plan(new, None)
    return Plan(new, tuple(delivery for delivery in new if delivery and new[delivery] != old[delivery]))
