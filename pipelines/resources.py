"""Paths, clients and settings; the only reader of environment variables in the pipelines."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
CBS_URL = "https://datasets.cbs.nl/odata/v1/CBS"


@dataclass(frozen=True)
class Settings:
    """Where everything lives and what may be called. One data folder holds all state.

    `open_data` is a folder of recorded answers of open-data services, used where a service is not reached.
    `cbs_url` is the base address of the CBS OData v4 service.
    """

    data_dir: Path
    open_data: Path | None = None
    cbs_url: str = CBS_URL

    @classmethod
    def from_environment(cls, data_dir: Path | None = None) -> Settings:
        """Reads KETENMONITOR_DATA_DIR, KETENMONITOR_OPEN_DATA and KETENMONITOR_CBS_URL; `data_dir` goes first."""
        recorded = os.environ.get("KETENMONITOR_OPEN_DATA")
        return cls(
            data_dir=(data_dir or Path(os.environ.get("KETENMONITOR_DATA_DIR", "data"))).resolve(),
            open_data=Path(recorded).resolve() if recorded else None,
            cbs_url=os.environ.get("KETENMONITOR_CBS_URL", CBS_URL).rstrip("/"),
        )

    @property
    def inbox(self) -> Path:
        return self.data_dir / "inbox"

    @property
    def landing(self) -> Path:
        return self.data_dir / "landing"

    @property
    def accepted(self) -> Path:
        return self.data_dir / "accepted"

    @property
    def quarantine(self) -> Path:
        return self.data_dir / "quarantine"

    @property
    def feedback(self) -> Path:
        return self.data_dir / "feedback"

    @property
    def register(self) -> Path:
        return self.data_dir / "register.sqlite"

    @property
    def warehouse(self) -> Path:
        return self.data_dir / "warehouse.duckdb"

    @property
    def warehouse_mark(self) -> Path:
        """What the warehouse was built from; absent while a build goes on or after one that did not end."""
        return self.data_dir / "warehouse.json"

    @property
    def dbt_target(self) -> Path:
        """dbt's own files about this data folder; runs in two data folders must not write one manifest."""
        return self.data_dir / "dbt"

    @property
    def marts(self) -> Path:
        return self.data_dir / "marts"

    @property
    def quality(self) -> Path:
        return self.data_dir / "quality"

    @property
    def quality_report(self) -> Path:
        """The findings of the newest run, in the form of a release's quality.json."""
        return self.quality / "quality.json"

    @property
    def releases(self) -> Path:
        return self.data_dir / "releases"

    @property
    def dagster_home(self) -> Path:
        return self.data_dir / "dagster"

    @property
    def sample_mark(self) -> Path:
        """Present when the sample generator wrote into this data folder: everything in it then counts as synthetic."""
        return self.data_dir / "SYNTHETISCH"


def pass_to_children(**variables: str) -> None:
    """Sets environment variables for this process and the ones that it starts (dbt, Dagster, the dashboard)."""
    os.environ.update(variables)
