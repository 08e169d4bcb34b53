"""The areas as a partner may name them, from the area seed: for the lists in the instruction and the template."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

Areas = Mapping[str, tuple[str, ...]]

WITHOUT_AREA = ("onbekend", "elders")
CODED = {"basisteam", "district"}  # their names are those of gemeenten too: the code tells them apart


def areas_by_level(seed: Path) -> Areas:
    """Per level the areas that exist today, in the order of the seed, then what to write for a row without one."""
    found: dict[str, tuple[str, ...]] = {}
    with seed.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if not row["geldig_tot"]:
                name = f"{row['area_code']} {row['area_name']}" if row["area_level"] in CODED else row["area_name"]
                found[row["area_level"]] = (*found.get(row["area_level"], ()), name)
    return {level: (*sorted(names), *WITHOUT_AREA) for level, names in found.items()}
