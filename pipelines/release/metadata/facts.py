"""What there is to say of the open figures of a release, for every description of them alike."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import polars as pl

from data_contracts.base import end_of_period, start_of_period
from pipelines.release.errors import MetadataFailed
from pipelines.release.writing import sha256_of

FIGURES_CSV, FIGURES_PARQUET = "values.csv", "values.parquet"
MAKER = "Ketenmonitor van RIEC en RSIV Den Haag"
REGION = "Politie-eenheid Den Haag"
SYNTHETIC = "Synthetische voorbeeldgegevens, geen echte cijfers."
#: Rhythms of deliveries, the quickest first.
RHYTHMS = ("maand", "kwartaal", "jaar", "schooljaar", "twee jaar")
#: Themes that say nothing to who searches.
NO_SUBJECT = ("context", "ketenbreed")


@dataclass(frozen=True)
class Publisher:
    """Where the open data is found (`address`, of the dashboard) and where questions are asked (`contact`, an e-mail address); both may be
    empty. Then a thing has a name that stays the same and leads nowhere (`urn:uuid:`), and a file an address beside the description of it."""

    address: str = ""
    contact: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if self.address and (parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment or set(self.address) & set(' <>"')):
            raise MetadataFailed("no release: KETENMONITOR_ADDRESS is no web address to publish open data at; the last release stays in place")
        if self.contact and (self.contact.count("@") != 1 or set(self.contact) & set(' <>"')):
            raise MetadataFailed("no release: KETENMONITOR_CONTACT is no e-mail address; the last release stays in place")

    def name(self, thing: str) -> str:
        """The name of a thing in the catalogue, the same in every release."""
        if self.address:
            return f"{self.address}/open-data/catalogus.ttl#{thing}"
        return uuid.uuid5(uuid.NAMESPACE_URL, f"ketenmonitor/open-data#{thing}").urn

    def url(self, release_id: str, file: str) -> str:
        """Where a file of a release is found."""
        return f"{self.address}/open-data/{release_id}/{file}" if self.address else file


NOBODY = Publisher()


@dataclass(frozen=True)
class File:
    """A file with figures as it lies in the release: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Facts:
    """What is said of the open figures. `span` is the first and the last day that they are about, None without a row; `rhythm` that of the quickest
    source; `sources` has titles and partners; `areas` a row per area; `indicators` the entries of the catalogue that have figures here."""

    release_id: str
    created_at: dt.datetime
    is_synthetic: bool
    title: str
    description: str
    subjects: tuple[str, ...]
    span: tuple[dt.date, dt.date] | None
    rhythm: str
    sources: tuple[str, ...]
    areas: tuple[Mapping[str, str], ...]
    indicators: tuple[Mapping[str, Any], ...] = field(repr=False)
    files: Mapping[str, File]

    @property
    def gemeenten(self) -> dict[str, str]:
        """CBS code and name."""
        return {area["area_code"]: area["area_name"] for area in self.areas if area["area_level"] == "gemeente" and area["area_code"].startswith("GM")}


def gather_facts(public: Path, manifest: Mapping[str, Any], values: pl.DataFrame) -> Facts:
    """The facts of the public part of a release in the folder `public`; manifest: its release.json so far; values: its figures."""
    here = set(values["indicator_id"].unique())
    indicators = tuple(entry for entry in manifest["catalogue"] if entry["indicator_id"] in here)
    behind = {source for entry in indicators for source in entry["sources"]}
    contracts = [contract for contract in manifest["contracts"] if contract["delivery"] in behind]
    subjects = tuple(dict.fromkeys(entry["theme"].replace("_", " ") for entry in indicators if entry["theme"] not in NO_SUBJECT)) or ("veiligheid",)
    about = f"Cijfers over {_enumerate(subjects)} in de {REGION[0].lower()}{REGION[1:]}"
    synthetic = manifest["synthetic"] is not False
    said = [
        *([str(manifest["synthetic_note"] or SYNTHETIC)] if synthetic else []),
        f"{about}, per gebied en periode: {len(indicators)} indicatoren, {values.height:_} rijen, release {manifest['id']}.".replace("_", "."),
        str(manifest["disclosure"]["rule"]),
        "Een leeg getal is nooit nul: de kolom state zegt waarom het ontbreekt. Probeer niet om personen te herkennen.",
    ]
    areas = pl.read_parquet(public / "areas.parquet").select("area_level", "area_code", "area_name")
    return Facts(
        release_id=manifest["id"],
        created_at=dt.datetime.fromisoformat(manifest["created_at"]),
        is_synthetic=synthetic,
        title=f"{'Synthetische voorbeeldgegevens: c' if synthetic else 'C'}{about[1:]}",
        description=" ".join(said),
        subjects=subjects,
        span=_span(values),
        rhythm=min((contract["rhythm"] for contract in contracts), key=RHYTHMS.index, default="kwartaal"),
        sources=tuple(f"{contract['title']} ({contract['partner']})" for contract in contracts),
        areas=tuple(areas.unique().sort(areas.columns).to_dicts()),
        indicators=indicators,
        files={name: File((public / name).stat().st_size, sha256_of(public / name)) for name in (FIGURES_CSV, FIGURES_PARQUET)},
    )


def _enumerate(words: tuple[str, ...]) -> str:
    return " en ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _span(values: pl.DataFrame) -> tuple[dt.date, dt.date] | None:
    """The first and last day of all periods; three years are written as a school year is (`2023/25`)."""
    first, last = [], []
    for grain, period in values.select("period_grain", "period").unique().iter_rows():
        first.append(start_of_period(period[:4] if grain == "drie_jaar" else period))
        last.append(end_of_period(str(int(period[:4]) + 2) if grain == "drie_jaar" else period))
    return (min(first), max(last)) if first else None
