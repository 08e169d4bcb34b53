"""Paths, clients and settings; the only reader of environment variables in the pipelines."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
CBS_URL = "https://datasets.cbs.nl/odata/v1/CBS"
CBS_FEED_URL = "https://opendata.cbs.nl/ODataFeed/odata"
POLITIE_URL = "https://dataderden.cbs.nl/ODataFeed/odata"


@dataclass(frozen=True)
class Settings:
    """Where everything lives and what may be called. One data folder holds all state.

    `open_data` is a folder of recorded answers of open-data services, used where a service is not reached.
    `cbs_url` is the base address of the CBS OData v4 service, `cbs_feed_url` and `politie_url` those of the v3 services.
    `sources` is the TOML file that lists the SFTP servers and S3 buckets of partners; their secrets are never kept here.
    """

    data_dir: Path
    open_data: Path | None = None
    cbs_url: str = CBS_URL
    cbs_feed_url: str = CBS_FEED_URL
    politie_url: str = POLITIE_URL
    sources: Path | None = None

    @classmethod
    def from_environment(cls, data_dir: Path | None = None) -> Settings:
        """Reads KETENMONITOR_DATA_DIR, _OPEN_DATA, _SOURCES, _CBS_URL, _CBS_FEED_URL and _POLITIE_URL; `data_dir` goes first."""
        recorded, sources = os.environ.get("KETENMONITOR_OPEN_DATA"), os.environ.get("KETENMONITOR_SOURCES")
        return cls(
            data_dir=(data_dir or Path(os.environ.get("KETENMONITOR_DATA_DIR", "data"))).resolve(),
            open_data=Path(recorded).resolve() if recorded else None,
            cbs_url=os.environ.get("KETENMONITOR_CBS_URL", CBS_URL).rstrip("/"),
            cbs_feed_url=os.environ.get("KETENMONITOR_CBS_FEED_URL", CBS_FEED_URL).rstrip("/"),
            politie_url=os.environ.get("KETENMONITOR_POLITIE_URL", POLITIE_URL).rstrip("/"),
            sources=Path(sources).resolve() if sources else None,
        )

    def service_url(self, service: str) -> str:
        """Base address of an open-data service, by the name that a contract gives it: cbs, cbs_feed or politie."""
        return {"cbs": self.cbs_url, "cbs_feed": self.cbs_feed_url, "politie": self.politie_url}[service]

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
    def corrections(self) -> Path:
        """The steward's list of known errors of sources, where there is one."""
        return self.data_dir / "corrections.csv"

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


@dataclass(frozen=True, repr=False)  # repr=False: nothing that prints it shows the secret
class Secrets:
    """What opens a source: a password, the passphrase of a key, or `access_key:secret_key`; and the file of a private key."""

    secret: str
    key_file: Path | None


def secrets_of(source: str) -> Secrets:
    """Reads KETENMONITOR_SECRET_<NAME> and KETENMONITOR_KEY_<NAME> of a source, at the moment of use and never kept."""
    name = source.upper().replace("-", "_")
    key_file = os.environ.get(f"KETENMONITOR_KEY_{name}")
    return Secrets(os.environ.get(f"KETENMONITOR_SECRET_{name}", ""), Path(key_file) if key_file else None)


def pass_to_children(**variables: str) -> None:
    """Sets environment variables for this process and the ones that it starts (dbt, Dagster, the dashboard)."""
    os.environ.update(variables)


def forget_secrets() -> None:
    """Takes every secret out of this process's environment: for the processes that parse files of partners."""
    for name in [
        name for name in os.environ if name.startswith(("KETENMONITOR_SECRET_", "KETENMONITOR_KEY_", "AWS_")) or "PASSWORD" in name or "TOKEN" in name
    ]:
        del os.environ[name]
