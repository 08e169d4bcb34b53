"""Paths, clients and settings; the only reader of environment variables in the pipelines."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
CBS_URL = "https://datasets.cbs.nl/odata/v1/CBS"
CBS_FEED_URL = "https://opendata.cbs.nl/ODataFeed/odata"
AS_OF_MARK = "AS_OF"
BUILT_FROM, DATABASE = "built_from.json", "warehouse.duckdb"
POLITIE_URL = "https://dataderden.cbs.nl/ODataFeed/odata"


@dataclass(frozen=True)
class Settings:
    """Where everything lives and what may be called. One data folder holds all state.

    `open_data` is a folder of recorded answers of open-data services, used where a service is not reached.
    `cbs_url` is the base address of the CBS OData v4 service, `cbs_feed_url` and `politie_url` those of the v3 services.
    `sources` is the TOML file that lists the SFTP servers and S3 buckets of partners; their secrets are never kept here.
    `address` is where readers open the dashboard and others the open data, `contact` the e-mail address for questions about that.
    `notify` is the TOML file that lists who is told of what goes wrong, `openlineage` the file or folder that gets OpenLineage events.
    `as_of` (UTC, without zone) is set where the data folder holds what was known at an earlier moment, see `as_of.py`.
    """

    data_dir: Path
    open_data: Path | None = None
    cbs_url: str = CBS_URL
    cbs_feed_url: str = CBS_FEED_URL
    politie_url: str = POLITIE_URL
    sources: Path | None = None
    address: str = ""
    contact: str = ""
    notify: Path | None = None
    openlineage: Path | None = None
    as_of: dt.datetime | None = None

    @classmethod
    def from_environment(cls, data_dir: Path | None = None) -> Settings:
        """Reads KETENMONITOR_DATA_DIR, _OPEN_DATA, _SOURCES, _NOTIFY, _OPENLINEAGE, _CBS_URL, _CBS_FEED_URL, _POLITIE_URL, _ADDRESS and _CONTACT;
        `data_dir` goes first."""
        folder = (data_dir or Path(os.environ.get("KETENMONITOR_DATA_DIR", "data"))).resolve()
        mark = folder / AS_OF_MARK
        return cls(
            data_dir=folder,
            open_data=_path_in("KETENMONITOR_OPEN_DATA"),
            cbs_url=os.environ.get("KETENMONITOR_CBS_URL", CBS_URL).rstrip("/"),
            cbs_feed_url=os.environ.get("KETENMONITOR_CBS_FEED_URL", CBS_FEED_URL).rstrip("/"),
            politie_url=os.environ.get("KETENMONITOR_POLITIE_URL", POLITIE_URL).rstrip("/"),
            address=os.environ.get("KETENMONITOR_ADDRESS", "").strip().rstrip("/"),
            contact=os.environ.get("KETENMONITOR_CONTACT", "").strip(),
            sources=_path_in("KETENMONITOR_SOURCES"),
            notify=_path_in("KETENMONITOR_NOTIFY"),
            openlineage=_path_in("KETENMONITOR_OPENLINEAGE"),
            as_of=dt.datetime.fromisoformat(mark.read_text(encoding="utf-8").strip()) if mark.exists() else None,
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
    def calendar(self) -> Path:
        """The calendar of deliveries, which the models read beside the accepted rows."""
        return self.data_dir / "calendar" / "delivery_calendar.parquet"

    @property
    def today(self) -> dt.date:
        """The day (UTC) on which it is judged what is late and what is final."""
        return (self.as_of or dt.datetime.now(dt.UTC)).date()

    @property
    def warehouse_folder(self) -> Path:
        """The database, the marts and what they were built from: a link that is swapped as a whole, see `swapping.py`."""
        return self.data_dir / "warehouse"

    @property
    def warehouse(self) -> Path:
        return self.warehouse_folder / DATABASE

    @property
    def warehouse_mark(self) -> Path:
        """What the warehouse was built from."""
        return self.warehouse_folder / BUILT_FROM

    @property
    def marts(self) -> Path:
        """A folder per mart, with one or more Parquet files that are read together."""
        return self.warehouse_folder / "marts"

    @property
    def building(self) -> Path:
        """Where the next warehouse is built; after a build that failed it stays, to be looked at."""
        return self.data_dir / ".building"

    @property
    def kept_corrections(self) -> Path:
        """Every version of `corrections` that a warehouse was built with, named by its moment."""
        return self.data_dir / "corrections"

    @property
    def as_of_folders(self) -> Path:
        """A data folder per earlier moment of which the figures were asked for."""
        return self.data_dir / "as_of"

    @property
    def dbt_target(self) -> Path:
        """dbt's own files about this data folder; runs in two data folders must not write one manifest."""
        return self.data_dir / "dbt"

    @property
    def project_as_read(self) -> Path:
        """What dbt keeps of reading its project, the same in every data folder; without it dbt reads it anew."""
        return self.dbt_target / "partial_parse.msgpack"

    @property
    def quality(self) -> Path:
        return self.data_dir / "quality"

    @property
    def quality_report(self) -> Path:
        """The findings of the newest run, in the form of a release's quality.json."""
        return self.quality / "quality.json"

    @property
    def decisions(self) -> Path:
        """What the werkgroep decided on findings (`decisions.py`)."""
        return self.data_dir / "decisions"

    @property
    def notified(self) -> Path:
        """What was told to whom, and what waits (`notify/memory.py`)."""
        return self.data_dir / "notified"

    @property
    def releases(self) -> Path:
        return self.data_dir / "releases"

    @property
    def told(self) -> Path:
        """What releases told and withheld so far, and the secret key: as confidential as the warehouse (`release/memory.py`)."""
        return self.data_dir / "told"

    @property
    def dagster_home(self) -> Path:
        return self.data_dir / "dagster"

    @property
    def sample_mark(self) -> Path:
        """Present when the sample generator wrote into this data folder: everything in it then counts as synthetic."""
        return self.data_dir / "SYNTHETISCH"


def _path_in(variable: str) -> Path | None:
    named = os.environ.get(variable)
    return Path(named).resolve() if named else None


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


@contextlib.contextmanager
def environment(**variables: str) -> Iterator[None]:
    """Sets environment variables and puts back what was: for dbt, which reads its settings there and runs in this process."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def forget_secrets() -> None:
    """Takes every secret out of this process's environment: for the processes that parse files of partners."""
    for name in [
        name for name in os.environ if name.startswith(("KETENMONITOR_SECRET_", "KETENMONITOR_KEY_", "AWS_")) or "PASSWORD" in name or "TOKEN" in name
    ]:
        del os.environ[name]
