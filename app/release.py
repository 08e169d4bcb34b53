"""THE door to data: the published release, and nothing else.

A release is immutable, so what is read stays in memory, keyed by folder and audience; only the small pointer file is read
at every rerun. That is how a new release shows without a restart. Every file is compared with its sha256 before it is used.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl

from app import access
from app.access import PUBLIC, Audience, Rights, Scope
from app.catalogue import Indicator
from app.own_areas import own_areas
from app.release_files import DamagedReleaseError as DamagedReleaseError
from app.release_files import NoReleaseError as NoReleaseError
from app.release_files import ReleaseError as ReleaseError
from app.release_files import UnknownReleaseError as UnknownReleaseError
from app.release_files import WithdrawnReleaseError, read_bytes, read_public

RELEASE_ID = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{4,6}Z?-[0-9a-f]{4,16}")
VALUE_COLUMNS = [
    *("indicator_id", "area_level", "area_code", "period_grain", "period", "dimension_1", "category_1", "dimension_2", "category_2"),
    *("state", "value", "numerator", "denominator", "lower", "upper"),
]
#: What a release tells besides figures and deliveries, in a file of each audience's own.
REGISTERS = ("activiteiten", "agenda", "partners", "meldroutes", "acties", "kwartaalthemas", "duiding", "gebeurtenissen")


@dataclass(frozen=True, eq=False)
class Release:
    """One published release for one audience. `values` holds the 15 columns of house.md, per indicator in `by_indicator`; `registers` has
    a frame per name of REGISTERS; `certificates` says per audience how persons are protected, and is empty for who may not see that.
    `scope` says whose figures these are; `kept` is what was made of them before (remembered.py), and goes when the release goes."""

    id: str
    scope: Scope
    manifest: dict[str, Any]
    indicators: tuple[Indicator, ...]
    by_indicator: dict[str, pl.DataFrame]
    areas: pl.DataFrame
    deliveries: pl.DataFrame
    registers: dict[str, pl.DataFrame]
    quality: dict[str, Any]
    certificates: dict[Audience, dict[str, Any]]
    has_data_docs: bool
    names: dict[tuple[str, str], str] = field(repr=False)
    kept: dict[Callable[..., Any], Callable[..., Any]] = field(default_factory=dict, init=False, repr=False)

    @property
    def audience(self) -> Audience:
        """For whom the figures are: those of a gemeente are for professionals too."""
        return self.scope.audience

    @property
    def is_synthetic(self) -> bool:
        """True unless the release says plainly that it is not: a missing word counts as synthetic."""
        return self.manifest.get("synthetic") is not False

    @property
    def synthetic_note(self) -> str | None:
        """The Dutch sentence that goes on every page and in every export, or None for a release of real data."""
        if not self.is_synthetic:
            return None
        return str(self.manifest.get("synthetic_note") or "Synthetische voorbeeldgegevens: deze cijfers zijn verzonnen en zeggen niets over de werkelijkheid.")

    def values_of(self, indicator_id: str) -> pl.DataFrame:
        """All cells of one indicator; an empty frame when the release holds none."""
        found = self.by_indicator.get(indicator_id)
        return pl.DataFrame(schema=_schema()) if found is None else found

    def contract(self, delivery: str) -> dict[str, Any]:
        """What the release says of a delivery's contract (title, partner, ...); empty when unknown."""
        return next((c for c in self.manifest.get("contracts", []) if c.get("delivery") == delivery), {})

    def origins(self, delivery: str) -> tuple[str, ...]:
        """Where the used files of a delivery came from: inbox, service, recorded, landed or synthetic."""
        return tuple(sorted({str(d.get("origin")) for d in self.manifest.get("deliveries", []) if d.get("delivery") == delivery and d.get("used", True)}))


def releases_folder() -> Path:
    """`<KETENMONITOR_DATA_DIR>/releases`; the data dir is ./data unless set."""
    return Path(os.environ.get("KETENMONITOR_DATA_DIR") or "data").resolve() / "releases"


def state_folder(name: Literal["access", "decisions", "quality"]) -> Path:
    """`<KETENMONITOR_DATA_DIR>/access`: the audit log, and who was withdrawn; `…/decisions`: what the werkgroep decided; `…/quality`: what was
    found last, published or not (review.py). No part of a release."""
    return releases_folder().parent / name


def borders_file() -> Path | None:
    """The GeoJSON file of the setting KETENMONITOR_BORDERS; None when it is not set."""
    return Path(named).resolve() if (named := os.environ.get("KETENMONITOR_BORDERS")) else None


def current_id() -> str:
    """The id in `releases/current`. Raises NoReleaseError without a pointer, DamagedReleaseError when it holds something else."""
    try:
        text = (releases_folder() / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise NoReleaseError("Er is nog geen release gepubliceerd.") from None
    except (OSError, UnicodeDecodeError):
        raise DamagedReleaseError("De verwijzing naar de huidige release is onleesbaar.") from None
    if not RELEASE_ID.fullmatch(text):
        raise DamagedReleaseError("De verwijzing naar de huidige release is geen geldig kenmerk.")
    return text


def release_ids() -> list[str]:
    """Ids of all releases in the folder, newest first; the pointer decides which one is current, not this order."""
    folder = releases_folder()
    found = folder.iterdir() if folder.is_dir() else iter(())
    return sorted((p.name for p in found if RELEASE_ID.fullmatch(p.name) and (p / "release.json").is_file()), reverse=True)


def withdrawn() -> dict[str, str]:
    """Id and reason of the releases that were withdrawn; a line that cannot be read is passed over."""
    log, found = releases_folder() / "withdrawn.jsonl", dict[str, str]()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if log.is_file() else []:
        try:
            entry = json.loads(line)
            found.setdefault(str(entry["id"]), str(entry["reason"]))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def open_release(asked: str | None, rights: Rights = PUBLIC) -> Release:
    """The asked release, or the current one when `asked` is None, with the figures that these rights give. A demo gives of a release that is
    not synthetic only what is public.

    Raises NoReleaseError, UnknownReleaseError or DamagedReleaseError, each with a Dutch sentence.
    """
    if asked is not None and (not RELEASE_ID.fullmatch(asked) or asked not in release_ids()):
        raise UnknownReleaseError("Het adres noemt een release die niet bestaat.")
    release_id = asked or current_id()
    folder = releases_folder() / release_id
    if not (folder / "release.json").is_file():
        raise DamagedReleaseError("De verwijzing wijst naar een release die er niet is.")
    load = partial(_load_for_gemeenten, folder, rights.scope) if rights.scope.gemeenten else partial(_load, folder, rights.scope.audience)
    release = load(protection=rights.protection)
    return release if release.is_synthetic or not access.settings().demo else _load(folder, "publiek", protection=False)


def public_file(release_id: str, name: str) -> tuple[bytes, bool]:
    """A file of what is public of a release, for who takes it along, and whether that is synthetic. Raises UnknownReleaseError,
    WithdrawnReleaseError or DamagedReleaseError."""
    if release_id in withdrawn():
        raise WithdrawnReleaseError("Deze release is ingetrokken.")
    if release_id not in release_ids():
        raise UnknownReleaseError("Deze release bestaat niet.")
    return read_public(releases_folder() / release_id, name)


@lru_cache(maxsize=9)
def _load(folder: Path, audience: Audience, *, protection: bool) -> Release:
    """Read and verify one release. Errors are not cached, so a release that is mended shows at the next click."""
    try:
        manifest = json.loads((folder / "release.json").read_text(encoding="utf-8"))
        indicators = tuple(Indicator.from_entry(entry) for entry in manifest["catalogue"])
        values = _read_parquet(folder, manifest, f"{audience}/values.parquet").select(VALUE_COLUMNS)
        areas = _read_parquet(folder, manifest, f"{audience}/areas.parquet")
        deliveries = _read_parquet(folder, manifest, f"{audience}/leveringen.parquet")
        registers = {name: _read_parquet(folder, manifest, f"{audience}/{name}.parquet") for name in REGISTERS}
        quality = json.loads(read_bytes(folder, manifest, f"{audience}/quality.json"))
        seen: list[Audience] = [each for each in get_args(Audience) if protection]
        certificates = {each: dict(json.loads(read_bytes(folder, manifest, f"{each}/certificate.json"))) for each in seen}
        names = {(level, code): name for level, code, name in areas.select("area_level", "area_code", "area_name").iter_rows()}
    except DamagedReleaseError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pl.exceptions.PolarsError):
        raise DamagedReleaseError("De release is onvolledig of onleesbaar.") from None
    if manifest.get("id") != folder.name:
        raise DamagedReleaseError("De release draagt een ander kenmerk dan haar map.")
    return Release(
        id=folder.name,
        scope=Scope(audience),
        manifest=manifest,
        indicators=indicators,
        by_indicator=_by_indicator(values),
        areas=areas,
        deliveries=deliveries,
        registers=registers,
        quality=quality,
        certificates=certificates,
        has_data_docs="quality/docs/index.html" in manifest["files"],
        names=names,
    )


@lru_cache(maxsize=32)
def _load_for_gemeenten(folder: Path, scope: Scope, *, protection: bool) -> Release:
    """What is public, with in the areas of these gemeenten the rows for professionals in its place. That shows no more than professionals
    see: what is public is a part of that, which `releases verify` proves."""
    public, whole = _load(folder, "publiek", protection=protection), _load(folder, "professional", protection=False)
    own = pl.col("area_code").is_in(own_areas(whole.areas, scope.gemeenten))

    def mine(rows: pl.DataFrame, seen_by_all: pl.DataFrame) -> pl.DataFrame:
        return pl.concat([seen_by_all.filter(~own), rows.filter(own)])

    names = sorted({*public.by_indicator, *whole.by_indicator})
    return replace(
        public,
        scope=scope,
        by_indicator={name: _by_area(mine(whole.values_of(name), public.values_of(name))) for name in names},
        deliveries=whole.deliveries,
        registers={
            name: mine(rows, public.registers[name]) if "area_code" in rows.columns and rows.schema == public.registers[name].schema else public.registers[name]
            for name, rows in whole.registers.items()
        },
    )


def _by_indicator(values: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {str(key[0]): _by_area(frame) for key, frame in values.partition_by("indicator_id", as_dict=True).items()}


def _by_area(values: pl.DataFrame) -> pl.DataFrame:
    """Sorted so that the rows of an area stand together, as outline.py reads them."""
    return values.sort("area_level", "area_code", maintain_order=True)


def _read_parquet(folder: Path, manifest: dict[str, Any], path: str) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(read_bytes(folder, manifest, path)))


def _schema() -> dict[str, type[pl.DataType]]:
    return {name: pl.Float64 if name in VALUE_COLUMNS[-5:] else pl.String for name in VALUE_COLUMNS}
