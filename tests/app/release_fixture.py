"""Writes a small, synthetic release in the format of house.md: an indicator of each kind, every state, both audiences.

The texts come from the project's own catalogue and area seeds; all figures are made here, so that a page can be tested
without a pipeline run.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from app.release import VALUE_COLUMNS
from pipelines.release import Publisher
from pipelines.release.findings import findings_for
from pipelines.release.metadata import describe_openly
from tests.app.certificate_fixture import certificate
from tests.app.findings_fixture import QUALITY
from tests.app.registers_fixture import registers
from tests.pipelines.disclosure import frames

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = PROJECT / "dbt_project" / "seeds"
RELEASE_ID = "2026-11-22T1130-3f2a"
NOTE = "Synthetische voorbeeldgegevens: deze cijfers zijn verzonnen en zeggen niets over de werkelijkheid."
PERIODS = {
    "jaar": [str(year) for year in range(2021, 2026)],
    "kwartaal": [f"{year}Q{quarter}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4)][:11],
    "maand": [f"2026-{month:02d}" for month in range(1, 10)],
}
CATEGORIES = {
    "uitbuitingsvorm": ["seksueel", "arbeid", "crimineel"],
    "leeftijdsgroep": ["0-17", "18-22", "23-29", "30-39", "60+", "onbekend"],
    "geslacht": ["man", "vrouw", "onbekend"],
    "delictsoort": [
        "aan- en verkoopfraude",
        "bankhelpdeskfraude",
        "hulpvraagfraude",
        "overige fraude en oplichting",
        "afpersing/smaad online",
        "cybercrime persoon",
    ],
    "onderdeel": ["beleid_mensenhandel", "aandachtsfunctionaris", "zorgcoordinatie", "bibob_beleid"],
}
PEOPLE = {"regio": 1_950_000.0, "zorgregio": 975_000.0, "abc": 560_000.0, "district": 350_000.0, "basisteam": 70_000.0, "gemeente": 72_000.0}
GEMEENTEN = {"regio": 27, "district": 7, "abc": 1, "gemeente": 1}
#: One of each kind: a rate, persons, overlapping forms, a share, a count by month, a rate of young people.
INDICATORS = ("alg_misdrijven", "mh_slachtoffers", "mh_slachtoffers_vorm", "mh_basisniveau_score", "oc_registraties", "ja_verdachten_12_23")
RATE = {"alg_misdrijven": 0.048, "mh_slachtoffers": 0.000028, "mh_slachtoffers_vorm": 0.00003, "oc_registraties": 0.0041, "ja_verdachten_12_23": 0.0005}


def catalogue() -> list[dict[str, Any]]:
    """The entries of `INDICATORS` in the catalogue seed as release.json holds them: lists parsed, numbers parsed."""
    entries = []
    with (SEEDS / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["indicator_id"] not in INDICATORS:
                continue
            entry: dict[str, Any] = dict(row)
            for key in ("sources", "area_levels", "period_grains", "breakdowns"):
                entry[key] = [part for part in row[key].split("|") if part]
            entry["period_grains"] = [grain for grain in entry["period_grains"] if grain in PERIODS]
            for key in ("per", "decimals", "threshold_professional", "threshold_publiek"):
                entry[key] = float(row[key]) if row[key] else None
            entries.append(entry | {"person_related": row["person_related"] == "true"})
    return entries


def areas() -> pl.DataFrame:
    """Areas with the members `onbekend` and `elders` below the region."""
    with (SEEDS / "areas.csv").open(encoding="utf-8", newline="") as file:
        rows = [{"area_level": row["area_level"], "area_code": row["area_code"], "area_name": row["area_name"]} for row in csv.DictReader(file)]
    for level in ("zorgregio", "abc", "district", "basisteam", "gemeente"):
        rows += [{"area_level": level, "area_code": code, "area_name": code} for code in ("onbekend", "elders")]
    above = frames.areas().select("area_level", "area_code", "district_code", "zorgregio_code", "abc_code")
    named = pl.DataFrame(rows).unique(subset=["area_level", "area_code"], maintain_order=True)
    return named.join(above, on=["area_level", "area_code"], how="left", maintain_order="left")


def _numbers(entry: dict[str, Any], state: str, count: float, people: float) -> dict[str, float | None]:
    if state in ("geheim", "onbekend"):
        return {"value": None, "numerator": None, "denominator": None}
    count = 0.0 if state == "nihil" else count
    if entry["per"]:
        return {"value": count / people * entry["per"], "numerator": count, "denominator": people}
    return {"value": count, "numerator": count, "denominator": None}


def _state(entry: dict[str, Any], level: str, code: str, period: str, chance: random.Random) -> str:
    """Some figures withheld, some nihil, some unknown; the newest are provisional."""
    usual = "voorlopig" if period.startswith(("2025", "2026")) else "waarde"
    if code in ("A", "B", "C", "onbekend", "elders"):
        return "onbekend"
    if level not in ("gemeente", "basisteam") or entry["per"] == 100:
        return usual
    draw = chance.random()
    if entry["person_related"] and draw < 0.55:
        return "geheim" if draw < 0.45 else "nihil"
    return "onbekend" if draw > 0.95 else usual


def _parts(entry: dict[str, Any], state: str, count: float, people: float) -> Iterator[dict[str, Any]]:
    """The categories of every dimension for one area and period; the last of a person-related one is withheld."""
    for named in entry["breakdowns"]:
        dimension = named.rstrip("*")
        members = CATEGORIES.get(dimension, ["een", "twee", "onbekend"])
        for rank, category in enumerate(members):
            part = people * (0.9 - 0.15 * rank) if entry["per"] == 100 else float(round(count * 0.5 * 0.6**rank))
            hidden = "geheim" if entry["person_related"] and (rank == len(members) - 1 or dimension == "sector") else state
            yield {"dimension_1": dimension, "category_1": category, "state": hidden} | _numbers(entry, hidden, part, people)


def cells(entry: dict[str, Any], places: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Totals of every area, level and period, and the breakdowns of the region, with every state somewhere. An indicator
    with only overlapping categories has no totals, and its categories for every area."""
    chance = random.Random(entry["indicator_id"])
    has_total = [name.endswith("*") for name in entry["breakdowns"]] != [True]
    whole = {"dimension_1": "totaal", "category_1": "totaal", "dimension_2": "totaal", "category_2": "totaal", "lower": None, "upper": None}
    for level, code in places.select("area_level", "area_code").iter_rows():
        drift = chance.uniform(0.75, 1.3)
        for grain in entry["period_grains"] if level in entry["area_levels"] else []:
            for number, period in enumerate(PERIODS[grain]):
                people = PEOPLE[level] if entry["per"] != 100 else 8.0 * GEMEENTEN.get(level, 4)
                rate = RATE.get(entry["indicator_id"], chance.uniform(0.6, 0.9)) / {"jaar": 1, "kwartaal": 4, "maand": 12}[grain]
                count = float(round(people * rate * (1 if entry["per"] == 100 else drift * chance.uniform(0.85, 1.15) * (1 + 0.05 * number))))
                state = _state(entry, level, code, period, chance)
                base = whole | {"indicator_id": entry["indicator_id"], "area_level": level, "area_code": code, "period_grain": grain, "period": period}
                if has_total:
                    yield base | {"state": state} | _numbers(entry, state, count, people)
                if level == "regio" or not has_total:
                    yield from (base | part for part in _parts(entry, state, count, people))


def golden(rows: list[dict[str, Any]]) -> None:
    """Put the published figures in their cells: 56 victims in 2023, forms 12, 22 and 31, and Delft withheld."""
    for row in rows:
        if row["indicator_id"] == "mh_slachtoffers_vorm" and (row["area_level"], row["period"]) == ("regio", "2023"):
            forms = {"seksueel": 31.0, "arbeid": 22.0, "crimineel": 12.0}
            row |= {"state": "waarde", "value": forms[row["category_1"]], "numerator": forms[row["category_1"]]}
        if row["dimension_1"] != "totaal" or row["indicator_id"] != "mh_slachtoffers":
            continue
        if row["area_level"] == "regio" and row["period"] == "2023":
            row |= {"state": "waarde", "numerator": 56.0, "denominator": 1_950_000.0, "value": 56 / 19.5}
        if row["area_code"] == "GM0503" and row["period_grain"] == "jaar":
            row |= {"state": "geheim", "numerator": None, "denominator": None, "value": None}


DELIVERIES = [
    ("cbs_bevolking", "Bevolking op 1 januari per gemeente", "CBS", "context", "jaar", "recorded", "2026", "op tijd"),
    ("politie_misdrijven", "Geregistreerde misdrijven", "Politie (open data)", "context", "jaar", "recorded", "2023", "te laat"),
    ("comensha_slachtoffers", "Geregistreerde (mogelijke) slachtoffers mensenhandel", "CoMensha", "mensenhandel", "kwartaal", "synthetic", "2026Q3", "op tijd"),
    ("gemeente_basisniveau", "Basisniveau aanpak mensenhandel", "Gemeenten (verzameld door het RSIV)", "mensenhandel", "jaar", "synthetic", "2025", "op tijd"),
    ("rsiv_activiteiten", "Trainingen, bijeenkomsten en campagnes", "RSIV", "mensenhandel", "kwartaal", "synthetic", None, "ontbreekt"),
    (
        "politie_online_registraties",
        "Meldingen en aangiften van online criminaliteit",
        "Politie, eenheid Den Haag",
        "online_criminaliteit",
        "maand",
        "synthetic",
        "2026-09",
        "op tijd",
    ),
    (
        "politie_jeugd_verdachten",
        "Jeugdige verdachten naar woonplaats",
        "Politie, eenheid Den Haag",
        "jonge_aanwas",
        "kwartaal",
        "synthetic",
        "2026Q3",
        "verwacht",
    ),
]


def write_release(
    data_dir: Path, release_id: str = RELEASE_ID, *, extra_indicator: dict[str, Any] | None = None, synthetic: bool = True, point: bool = True
) -> Path:
    """Write one release under `data_dir/releases`, point at it if asked, and return its folder."""
    folder = data_dir / "releases" / release_id
    entries, places = catalogue() + ([extra_indicator] if extra_indicator else []), areas()
    rows = [row for entry in entries for row in cells(entry, places)]
    golden(rows)
    values = pl.DataFrame(rows, schema=dict.fromkeys(VALUE_COLUMNS, pl.String) | dict.fromkeys(VALUE_COLUMNS[-5:], pl.Float64))
    notes = {"recorded": "Echte open data, uit een bewaard bestand", "synthetic": "Synthetisch voorbeeld"}
    received = "2026-11-20T09:00:00"
    late = pl.DataFrame(
        [
            {
                "delivery": d,
                "title": t,
                "partner": p,
                "theme": th,
                "rhythm": r,
                "newest_period": n,
                "received_at": received if n else None,
                "due_at": "2026-10-31",
                "status": s,
            }
            | {"origin": o if n else None, "origin_note": notes[o] if n else None}
            for d, t, p, th, r, o, n, s in DELIVERIES
        ],
        infer_schema_length=None,
    )
    contracts: list[dict[str, Any]] = [
        {"delivery": d, "version": "1.0.0", "title": t, "partner": p, "theme": th, "rhythm": r, "owner": p, "smallest_area": "gemeente"}
        for d, t, p, th, r, *_ in DELIVERIES
    ]
    for audience in ("professional", "publiek"):
        (folder / audience).mkdir(parents=True)
        for name, frame in registers().items():
            frame.write_parquet(folder / audience / f"{name}.parquet")
        (folder / audience / "quality.json").write_text(json.dumps(findings_for(audience, QUALITY, entries, contracts)), encoding="utf-8")
        values.write_parquet(folder / audience / "values.parquet")
        places.write_parquet(folder / audience / "areas.parquet")
        late.write_parquet(folder / audience / "leveringen.parquet")
        (folder / audience / "certificate.json").write_text(json.dumps(certificate(entries, values, audience)), encoding="utf-8")
    (folder / "quality" / "docs").mkdir(parents=True)
    (folder / "quality" / "docs" / "index.html").write_text("<!doctype html><title>Controles</title>", encoding="utf-8")
    (folder / "quality" / "quality.json").write_text(json.dumps(QUALITY), encoding="utf-8")
    manifest = {
        "id": release_id,
        "created_at": "2026-11-22T11:30:00+00:00",
        "code_version": "0.1.0",
        "synthetic": synthetic,
        "synthetic_note": NOTE if synthetic else None,
        "catalogue": entries,
        "contracts": contracts,
        "deliveries": [
            {"delivery": d, "sha256": "0" * 64, "origin": o, "origin_note": notes[o], "periods": [f"2021{n[4:]}", n], "received_at": received, "used": True}
            for d, _, _, _, _, o, n, _ in DELIVERIES
            if n
        ],
        "quality_verdict": "let op",
        "disclosure": {"rule": "Een aantal personen onder de drempel wordt niet getoond.", "thresholds": {}},
    }
    describe_openly(folder, manifest, Publisher())
    files = {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}
    (folder / "release.json").write_text(json.dumps(manifest | {"files": files}, indent=2, ensure_ascii=False), encoding="utf-8")
    if point:
        (data_dir / "releases" / "current").write_text(f"{release_id}\n", encoding="utf-8")
    return folder
