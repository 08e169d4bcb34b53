"""What the werkgroep is told of a small release, and a data folder in which there is something to decide."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

FIELDS = ("id", "severity", "dimension", "delivery", "partner", "indicator_id", "area_code", "period", "sentence", "rows")
SUM = "De som van de 27 gemeenten wijkt 2 af van het cijfer van de politie-eenheid."
FINDINGS = (
    ("regional_sum", "let op", "consistentie", "politie_misdrijven", "Politie (open data)", "alg_misdrijven", "DH", "2022", SUM, 1),
    ("delivery_on_time", "waarschuwing", "tijdigheid", "rsiv_activiteiten", "RSIV", None, None, None, "Deze levering is nog niet ontvangen.", None),
)
QUALITY: dict[str, Any] = {"verdict": "let op", "signed_by": [], "findings": [dict(zip(FIELDS, finding, strict=True)) for finding in FINDINGS]}
LATE = QUALITY["findings"][1]

THOUSANDS = "‘Slachtoffers’ is over 2025 duizend keer zo hoog: vraag CoMensha of in duizendtallen is geleverd."
COPIED = "Het derde kwartaal is gelijk aan het tweede: vraag de politie of een oud bestand is gestuurd."
UNIT = dict(zip(FIELDS, ("unit_changed", "fout", "juistheid", "comensha_slachtoffers", "CoMensha", "mh_slachtoffers", None, "2025", THOUSANDS, 3), strict=True))
QUARTER = dict(
    zip(
        FIELDS,
        ("copied_quarter", "fout", "juistheid", "politie_jeugd_verdachten", "Politie, eenheid Den Haag", "ja_verdachten_12_23", None, "2026Q3", COPIED, 1),
        strict=True,
    )
)
#: Of a run after the release: two errors that must be decided.
NEWEST: dict[str, Any] = {"created_at": "2026-11-29T08:00:00", "verdict": "fout", "signed_by": [], "findings": [*QUALITY["findings"], UNIT, QUARTER]}
OLDER = "2026-10-22T1130-aa11"


def write_newest(data: Path, quality: object = NEWEST) -> None:
    """What a run leaves that published nothing."""
    (data / "quality" / "docs").mkdir(parents=True, exist_ok=True)
    (data / "quality" / "quality.json").write_text(json.dumps(quality), encoding="utf-8")


def change_release(folder: Path, files: dict[str, bytes], **manifest: Any) -> None:
    """Write a release anew, with files and parts of its manifest changed."""
    held = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    for name, content in files.items():
        (folder / name).write_bytes(content)
        held["files"][name] = hashlib.sha256(content).hexdigest()
    (folder / "release.json").write_text(json.dumps(held | manifest, ensure_ascii=False), encoding="utf-8")


def copy_release(folder: Path, release_id: str, quality: dict[str, Any], **manifest: Any) -> Path:
    """Another release of the same figures, with findings of its own."""
    other = folder.parent / release_id
    shutil.copytree(folder, other)
    change_release(other, {"quality/quality.json": json.dumps(quality).encode()}, id=release_id, created_at=f"{release_id[:10]}T11:30:00+00:00", **manifest)
    return other
