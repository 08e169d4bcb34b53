"""The list of sources: SFTP servers and S3 buckets of partners, from the TOML file that KETENMONITOR_SOURCES names.

It holds addresses, host keys and which deliveries a source may deliver; secrets stand in the environment only.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from data_contracts import all_contracts

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
NAME = re.compile(r"[a-z][a-z0-9_-]{0,30}")
SETTINGS = {"url": str, "deliveries": list, "after": str, "marker": bool, "known_hosts": str, "host_key": str, "endpoint": str, "region": str}


class SourcesRefused(Exception):
    """The list of sources cannot be used; the message (Dutch) names the source and the setting, never what it holds."""


class SourceFailed(Exception):
    """A source gave no access; the message (Dutch) says what to do. Trying again would not help."""


@dataclass(frozen=True)
class Source:
    """One place that files come from.

    `url` is `sftp://user@host:port/folder` or `s3://bucket/prefix`; `deliveries` are the only ones that it may deliver.
    `after` says what becomes of a fetched file there: `leave`, or `move` to the folder `verwerkt`. With `marker` only
    files with a `.klaar` beside them are fetched. An SFTP server is known by `known_hosts` (a file) or by `host_key`
    (`SHA256:…`); an S3 service by its `endpoint` and `region`.
    """

    name: str
    url: str
    deliveries: tuple[str, ...]
    after: str = "leave"
    marker: bool = False
    known_hosts: Path | None = None
    host_key: str = ""
    endpoint: str | None = None
    region: str = "eu-west-1"

    @property
    def scheme(self) -> str:
        return urlsplit(self.url).scheme

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 22

    @property
    def user(self) -> str:
        return unquote(urlsplit(self.url).username or "")

    @property
    def folder(self) -> str:
        """The folder on the server, or bucket and prefix, without a slash at its end (`/` itself stays)."""
        path = unquote(urlsplit(self.url).path)
        return (f"{urlsplit(self.url).netloc}{path}" if self.scheme == "s3" else path).rstrip("/") or "/"


def read_sources(path: Path) -> list[Source]:
    """The sources of a TOML file: one table per source. Raises SourcesRefused."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourcesRefused(f"{path.name}: de lijst van bronnen is niet te lezen ({type(error).__name__}). Controleer het TOML-bestand.") from None
    return [_read_source(name, table, path.parent) for name, table in tables.items()]


def _read_source(name: str, table: object, folder: Path) -> Source:
    known = {contract.terms().delivery for contract in all_contracts()}
    if not NAME.fullmatch(name) or name in known:
        raise SourcesRefused("een bron heeft een naam van kleine letters, cijfers, - en _, en heet niet zoals een levering")
    if not isinstance(table, dict) or not {"url", "deliveries"} <= table.keys():
        raise SourcesRefused(f"bron {name}: url en deliveries zijn nodig")
    if wrong := sorted(key for key, value in table.items() if not isinstance(value, SETTINGS.get(key, ()))):
        raise SourcesRefused(f"bron {name}: onbekend, of niet van de goede soort: {', '.join(wrong)} (wachtwoorden staan in de omgeving, niet hier)")
    if unknown := sorted(set(map(str, table["deliveries"])) - known):
        raise SourcesRefused(f"bron {name}: onbekende levering: {', '.join(unknown)}")
    known_hosts = folder / table["known_hosts"] if "known_hosts" in table else None
    source = Source(**{**table, "name": name, "deliveries": tuple(table["deliveries"]), "known_hosts": known_hosts})
    if fault := _fault_of(source):
        raise SourcesRefused(f"bron {name}: {fault}")
    return source


def _fault_of(source: Source) -> str:
    """What is wrong with the address or the way of knowing the server; empty when nothing is."""
    try:
        address, endpoint = urlsplit(source.url), urlsplit(source.endpoint or "https://")
        is_address = source.scheme in ("sftp", "s3") and address.netloc and source.port and not (address.query or address.fragment)
    except ValueError:
        is_address = False
    if not is_address:
        return "url heeft de vorm sftp://gebruiker@server:poort/map of s3://bucket/map"
    if address.password is not None:
        return "url bevat een wachtwoord; wijzig het en zet het in de omgeving"
    if source.after not in ("leave", "move"):
        return "after is leave of move"
    if source.scheme == "sftp" and not (source.user and (source.known_hosts or source.host_key)):
        return "een SFTP-bron heeft een gebruiker in de url, en known_hosts of host_key"
    if endpoint.scheme != "https" and endpoint.hostname not in LOOPBACK:
        return "endpoint begint met https://"
    return ""
