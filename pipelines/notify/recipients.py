"""The list of channels, from the TOML file that KETENMONITOR_NOTIFY names: one table per channel; secrets stand in the environment only."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from pipelines.intake.sources import LOOPBACK, NAME
from pipelines.notify.causes import SEVERITIES, Severity
from pipelines.notify.quiet import QuietHours

LOG = "log"
MIDNIGHT = dt.time(0, 0)
Address = Annotated[str, StringConstraints(pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$")]


class NotifyRefused(Exception):
    """The list of channels cannot be used; the message (Dutch) names channel and setting, never what it holds."""


class Quiet(BaseModel):
    """Quiet hours as they are written down."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    begin: dt.time = Field(MIDNIGHT, alias="from")
    end: dt.time = Field(MIDNIGHT, alias="to")
    weekend: bool = False
    timezone: ZoneInfo = ZoneInfo("Europe/Amsterdam")

    @property
    def hours(self) -> QuietHours:
        """The same, as a question that can be asked."""
        return QuietHours(self.begin, self.end, self.weekend, self.timezone)


class Channel(BaseModel):
    """What every channel has: which severity it wants at least, and when it is quiet. The log has nothing more: it hears all, at once."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: str = LOG
    least: Severity = "waarschuwing"
    quiet: Quiet = Quiet.model_validate({})

    def wants(self, severity: Severity) -> bool:
        """Whether a message of this severity is for this channel."""
        return SEVERITIES.index(severity) <= SEVERITIES.index(self.least)


class Email(Channel):
    """An SMTP server (`host:port`), always by STARTTLS; `ca` is a file with the certificates to trust, where it is not the system's."""

    kind: Literal["email"]
    server: Annotated[str, StringConstraints(pattern=r"^[\w.-]+:\d{1,5}$")]
    sender: Address
    recipients: Annotated[list[Address], Field(min_length=1)]
    user: str = ""
    ca: Path | None = None


class Webhook(Channel):
    """An address that takes JSON by POST: https, or this machine. Its secret goes where it says `{secret}`, else in the header Authorization."""

    kind: Literal["webhook"]
    url: str

    @field_validator("url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        address = urlsplit(url)
        if not address.hostname or address.scheme not in ("http", "https") or (address.scheme == "http" and address.hostname not in LOOPBACK):
            raise ValueError("url begint met https://")
        if address.username or address.password:
            raise ValueError("url bevat geen gebruiker of wachtwoord")
        return url


KINDS: dict[str, type[Email | Webhook]] = {"email": Email, "webhook": Webhook}


def read_channels(path: Path) -> list[Channel]:
    """The log, and the channels of a TOML file. Raises NotifyRefused."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotifyRefused(f"{path.name}: de lijst van kanalen is niet te lezen ({type(error).__name__}). Controleer het TOML-bestand.") from None
    return [Channel(least="let op"), *(_read_channel(name, table, path.parent) for name, table in tables.items())]


def _read_channel(name: str, table: object, folder: Path) -> Channel:
    if not NAME.fullmatch(name) or name == LOG or not isinstance(table, dict):
        raise NotifyRefused(f"elk kanaal is een tabel met een naam van kleine letters, cijfers, - en _, en heet niet {LOG}")
    if str(table.get("kind")) not in KINDS:
        raise NotifyRefused(f"kanaal {name}: kind is {' of '.join(map(str, KINDS))}")
    try:
        return KINDS[table["kind"]](**{**table, "name": name, **({"ca": folder / str(table["ca"])} if "ca" in table else {})})
    except ValidationError as error:
        wrong = ", ".join(sorted({".".join(map(str, one["loc"])) for one in error.errors()}))
        rules = "een adres begint met https://, wachtwoorden staan in de omgeving en niet hier"
        raise NotifyRefused(f"kanaal {name}: ontbreekt, is onbekend of niet goed: {wrong} ({rules})") from None
