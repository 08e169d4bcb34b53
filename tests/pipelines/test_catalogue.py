"""The catalogue holds what a reader must be told of every indicator, and is refused where it does not."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import pytest

from pipelines.catalogue import CATALOGUE, load_catalogue

WANTED = Path(os.environ.get("KETENMONITOR_OPEN_DATA", "")).parent / "catalogue.csv"


def spoiled(folder: Path, **changes: str) -> Path:
    """The catalogue with the first entry changed."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= changes
    path = folder / "catalogue.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_every_entry_holds_the_schema_and_names_deliveries_that_have_a_contract() -> None:
    assert len(load_catalogue()) == len(CATALOGUE.read_text(encoding="utf-8").splitlines()) - 1


@pytest.mark.skipif(not WANTED.exists(), reason="the wanted list stands beside the recorded open data")
def test_every_wanted_indicator_is_in_the_catalogue_and_nothing_else() -> None:
    with WANTED.open(encoding="utf-8", newline="") as file:
        wanted = [row["indicator_id"] for row in csv.DictReader(file, delimiter=";")]
    assert [entry["indicator_id"] for entry in load_catalogue()] == wanted


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"limitations": " "}, "limitations"),
        ({"definition": "zonder hoofdletter of punt"}, "definition"),
        ({"direction": "hoog"}, "direction"),
        ({"area_levels": "gemeente|provincie"}, "area_levels"),
        ({"denominator": ""}, "per and denominator belong together"),
        ({"per": "1000", "interval_kind": "wilson"}, "wilson is for a share"),
        ({"person_related": "true"}, "a threshold belong together"),
        ({"threshold_professional": "5", "threshold_publiek": "10"}, "a threshold belong together"),
        ({"threshold_professional": "10", "threshold_publiek": "5"}, "public threshold"),
        ({"breakdowns": "soort|soort*"}, "breakdowns stand twice"),
        ({"sources": "politie_onbekend"}, "without a contract: politie_onbekend"),
        ({"decimals": "veel"}, "decimals"),
        ({"version": "1"}, "version"),
    ],
)
def test_an_entry_that_breaks_the_schema_is_refused_with_its_field(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match="alg_misdrijven") as error:
        load_catalogue(spoiled(tmp_path, **changes))
    assert said in str(error.value)


def test_an_indicator_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = spoiled(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    with pytest.raises(ValueError, match="stands twice"):
        load_catalogue(path)


@pytest.mark.parametrize("entry", load_catalogue(), ids=lambda entry: entry["indicator_id"])
def test_what_is_about_persons_is_stricter_in_public_and_the_rest_has_no_threshold(entry: dict[str, Any]) -> None:
    assert (entry["threshold_professional"], entry["threshold_publiek"]) == ((5, 10) if entry["person_related"] else (0, 0))
    assert str(entry["limitations"]).endswith(".")
