"""What build_release is given, made once: the six indicators, the area list, registers, contracts and a quality report."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.release import Memory, build_release
from tests.pipelines.disclosure.frames import SIX, areas, six_indicators

CREATED = dt.datetime(2026, 11, 22, 11, 30, tzinfo=dt.UTC)
SOURCES = {
    "alg_misdrijven": ["politie_misdrijven", "cbs_bevolking"],
    "mh_slachtoffers": ["comensha_slachtoffers", "cbs_bevolking"],
    "mh_slachtoffers_vorm": ["comensha_slachtoffers"],
    "mh_basisniveau_score": ["gemeente_basisniveau"],
    "oc_registraties": ["politie_online_registraties", "cbs_bevolking"],
    "ja_verdachten_12_23": ["politie_jeugd_verdachten", "cbs_bevolking"],
}
SMALLEST = {"politie_online_registraties": "basisteam", "politie_jeugd_verdachten": "basisteam"}


def contracts(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The seven contracts as the manifest has them; `changes` alters one by delivery."""
    names = sorted({name for sources in SOURCES.values() for name in sources} | {"rsiv_activiteiten"})
    return [
        {
            "delivery": name,
            "version": "1.0.0",
            "title": name,
            "partner": "Partner",
            "theme": "mensenhandel",
            "rhythm": "kwartaal",
            "owner": "Eigenaar",
            "smallest_area": SMALLEST.get(name, "gemeente"),
            "audiences": ["professional", "publiek"],
            **changes.get(name, {}),
        }
        for name in names
    ]


@cache
def small_values() -> pl.DataFrame:
    """Two years of the six indicators, by year: to protect quarters too took ten seconds a build where this takes two."""
    return six_indicators(months=False).filter(pl.col("period_grain") == "jaar")


def notes() -> pl.DataFrame:
    """Three notes: to a figure that everybody sees (for everybody, and for professionals), and to one that is withheld."""
    about = ("indicator_id", "area_level", "area_code", "period")
    rows = [
        ("n1", "alg_misdrijven", "regio", "DH", "2023", "iedereen"),
        ("n2", "alg_misdrijven", "regio", "DH", "2023", "professionals"),
        ("n3", "mh_slachtoffers", "gemeente", "GM0503", "2023", "iedereen"),
    ]
    return pl.DataFrame(rows, schema=["duiding_id", *about, "zichtbaar_voor"], orient="row")


def marts(values: pl.DataFrame | None = None) -> dict[str, pl.DataFrame]:
    """The marts that a release is made of."""
    agenda = pl.DataFrame({"activiteit_id": ["a", "b"], "thema": ["mensenhandel", None], "datum": [dt.date(2026, 3, 1), None], "deelnemers": [12, None]})
    lists = dict.fromkeys(("activiteiten", "partners", "meldroutes", "acties", "kwartaalthemas", "gebeurtenissen"), pl.DataFrame({"titel": ["a"]}))
    moment = dt.datetime(2026, 11, 1)  # noqa: DTZ001
    due = pl.DataFrame(
        {"delivery": ["comensha_slachtoffers"], "status": ["op tijd"], "received_at": [moment], "due_at": [None], "correction_text": ["2023: x"]}
    )
    own = {"values": small_values() if values is None else values, "areas": areas(), "agenda": agenda, "leveringen": due, "duiding": notes()}
    return {**lists, **own}


def arguments(**changes: Any) -> dict[str, Any]:
    """Keyword arguments of build_release."""
    catalogue = [{**entry, "sources": SOURCES[entry["indicator_id"]], "additivity": "som"} for entry in SIX]
    quality = {"verdict": "goed", "signed_by": [], "findings": []}
    return {
        "marts": marts(),
        "catalogue": catalogue,
        "quality": quality,
        "docs": None,
        "contracts": contracts(),
        "deliveries": [],
        "synthetic": True,
        "synthetic_note": "Synthetische gegevens.",
        "code_version": "0.1.0",
        "created_at": CREATED,
        **changes,
    }


def build(releases: Path, **changes: Any) -> str:
    """Build one release with some arguments changed; what was told stands beside the releases, under one key for all tests."""
    told = releases.parent / f"{releases.name}_told"
    told.mkdir(mode=0o700, parents=True, exist_ok=True)
    (told / "release.key").write_bytes(b"a key for tests")
    return build_release(releases, **{"memory": Memory(told), **arguments(**changes)})
