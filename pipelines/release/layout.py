"""The names and forms of a release (house.md), in one place for the builder, the verifier and the store."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.release.errors import UnknownRelease

AUDIENCES = ("professional", "publiek")
STATES = ("waarde", "voorlopig", "geheim", "nihil", "onbekend", "nvt")
FIGURES = ("waarde", "voorlopig", "nihil")
KEY = ("indicator_id", "area_level", "area_code", "period_grain", "period", "dimension_1", "category_1", "dimension_2", "category_2")
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
COLUMNS = (*KEY, "state", *NUMBERS)
AREA_COLUMNS = ("area_level", "area_code", "area_name", "district_code", "zorgregio_code", "abc_code")
REGISTERS = ("areas", "leveringen", "activiteiten", "agenda", "partners", "meldroutes", "acties", "kwartaalthemas", "duiding", "gebeurtenissen")
PROOF_TABLES = ("cells", "inner", "worlds", "facts", "limits")
MANIFEST = "release.json"
POINTER = "current"
WITHDRAWN = "withdrawn.jsonl"
BUILDING = ".building-"
VERDICTS = ("goed", "let op", "fout")
MANIFEST_FIELDS = ("id", "created_at", "code_version", "synthetic", "catalogue", "contracts", "deliveries", "files", "quality_verdict", "disclosure")
AREA_CODES = {
    "regio": r"[A-Z]{2,}",
    "zorgregio": r"[A-Z]{2,3}",
    "district": r"[A-G]",
    "abc": r"ABC",
    "basisteam": r"[A-G]\d",
    "gemeente": r"GM\d{4}",
    "wijk": r"WK\d{6}",
}
PSEUDO_AREAS = ("onbekend", "elders")
PERIODS = {
    "maand": r"^\d{4}-(0[1-9]|1[0-2])$",
    "kwartaal": r"^\d{4}Q[1-4]$",
    "jaar": r"^\d{4}$",
    "twee_jaar": r"^\d{4}$",
    "schooljaar": r"^\d{4}/\d{2}$",
    "drie_jaar": r"^\d{4}/\d{2}$",
}
RELEASE_ID = re.compile(r"\d{4}-\d{2}-\d{2}T\d{4}-[0-9a-f]{4,16}")


def release_folder(releases: Path, release_id: str) -> Path:
    """The folder of a release. Raises UnknownRelease for a text that is no release id (a path, say)."""
    if not RELEASE_ID.fullmatch(release_id):
        raise UnknownRelease(f"{release_id[:60]!r} is no release id; ids look like 2026-11-22T1130-3f2a (see: releases list)")
    return releases / release_id


def read_pointer(releases: Path) -> str | None:
    """What `current` names, None without one; it may name no release."""
    try:
        return (releases / POINTER).read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
