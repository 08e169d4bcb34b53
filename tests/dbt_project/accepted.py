"""Writes small accepted Parquet, as stage 2 leaves it, for tests of the models; numbers are chosen to be added by hand."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from data_contracts import all_contracts, contract_of
from pipelines.intake.checking import accepted_schema
from pipelines.intake.delivery_calendar import calendar_of, put_calendar
from pipelines.intake.file_periods import periods_of
from pipelines.intake.judging import union_schema

ROOT = Path(__file__).resolve().parents[2]
FIRST_DAY = dt.datetime(2026, 1, 1, 9, 0)  # noqa: DTZ001 - UTC without a zone, as accepted Parquet holds it
REGENTESSE = "WK051821"  # in B4
TODAY = dt.date(2026, 11, 22)  # what is past due on it

Row = Mapping[str, Any]


def schema_of(delivery: str) -> dict[str, Any]:
    """Columns of the newest contract in its order and type, and the three that landing adds."""
    return dict(accepted_schema(contract_of(delivery)))


def write_schemas(data: Path) -> None:
    """A zero-row file per delivery, so that one never received reads as empty."""
    for contract in all_contracts():
        folder = data / "accepted" / contract.terms().delivery
        folder.mkdir(parents=True, exist_ok=True)
        pl.DataFrame(schema=union_schema(contract)).write_parquet(folder / "_schema.parquet")
    write_calendar(data)


def write_calendar(data: Path, today: dt.date = TODAY) -> None:
    """The calendar of what lies accepted under `data`."""
    received: dict[str, dict[str, dt.datetime]] = {}
    for contract in all_contracts():
        terms = contract.terms()
        for path in sorted((data / "accepted" / terms.delivery).glob("*.parquet")):
            rows = pl.read_parquet(path, columns=[terms.period_column, "received_at"])
            for period in periods_of(rows[terms.period_column], terms):
                received.setdefault(terms.delivery, {}).setdefault(period, rows["received_at"][0])
    put_calendar(data / "calendar" / "delivery_calendar.parquet", calendar_of(received, today))


def write_delivery(data: Path, delivery: str, rows: Iterable[Row], *, day: int = 0) -> None:
    """One accepted file, received `day` days after the first; its sha256 is that of its content."""
    content = [dict(row) for row in rows]
    digest = hashlib.sha256(f"{delivery}{day}{content}".encode()).hexdigest()
    landed = {"delivery_sha256": digest, "received_at": FIRST_DAY + dt.timedelta(days=day)}
    frame = pl.DataFrame([{**row, **landed, "source_row": number} for number, row in enumerate(content, 1)], schema=schema_of(delivery))
    frame.write_parquet(data / "accepted" / delivery / f"{digest}.parquet")


def gemeenten() -> dict[str, str]:
    """Code and name of the 27 gemeenten, from the seed."""
    with (ROOT / "dbt_project/seeds/areas.csv").open(encoding="utf-8") as lines:
        return {row["area_code"]: row["area_name"] for row in csv.DictReader(lines) if row["area_level"] == "gemeente"}


def write_population(data: Path) -> None:
    """Every gemeente has 100,000 inhabitants in 2022 and 2023, of whom 1,000 of each age from 12 to 23. In 2024 all have 200,000,
    but Zoetermeer (GM0637) is missing. Amsterdam stands there too: CBS delivers the whole country. Of the wijken of Den Haag 43 have
    10 inhabitants and the Regentessekwartier (in B) 70, so that 16, 58 and 26% live in A, B and C."""
    ages = ("totaal", *map(str, range(12, 24)))
    codes = (*gemeenten(), "GM0363")
    rows = [
        {"gemeente": code, "jaar": str(year), "leeftijd": age, "geslacht": "totaal", "inwoners": (100_000 if age == "totaal" else 1_000) * factor}
        for year, factor in ((2022, 1), (2023, 1), (2024, 2))
        for code in codes
        for age in ages
        if (year, code) != (2024, "GM0637")
    ]
    write_delivery(data, "cbs_bevolking", rows)
    write_delivery(data, "cbs_gebieden", [{**wijk, "inwoners": 70} if wijk["wijk"] == REGENTESSE else wijk for wijk in wijken()])


def write_crimes(data: Path) -> None:
    """1,000 crimes in each gemeente, and in the police unit 2 fewer than their sum in 2022 and as many in 2023. In 2024 Delft is missing."""
    names = {**gemeenten(), "GM0518": "'s-Gravenhage (gemeente)", "GM0603": "Rijswijk (ZH.)", "GM0363": "Amsterdam"}
    counts = [(name, year, 1_000) for year in (2022, 2023, 2024) for code, name in names.items() if (year, code) != (2024, "GM0503")]
    totals = [("Den Haag (RE)", 2022, 26_998), ("Den Haag (RE)", 2023, 27_000), ("Nederland", 2023, 800_000)]
    write_delivery(data, "politie_misdrijven", [{"regio": name, "jaar": str(year), "misdrijven": count} for name, year, count in counts + totals])


def melding(pseudoniem: str, kwartaal: str, gemeente: str | None, *, melder: str = "politie", zorgregio: str = "Haaglanden", **other: str) -> Row:
    """One melding at CoMensha, with the usual answers where none is given."""
    usual = {"leeftijdsgroep": "23-29", "geslacht": "vrouw", "nationaliteitsgroep": "EU", "uitbuitingsvormen": "seksueel", "sector": None}
    return {"pseudoniem": pseudoniem, "meldkwartaal": kwartaal, "melder": melder, "zorgregio": zorgregio, "gemeente": gemeente, **usual, **other}


def write_victims(data: Path) -> None:
    """2023: seven victims. V00001 is reported by two organisations and in two quarters, V00003 is of an unknown place in Haaglanden,
    V00004 was exploited outside the region, V00006 is of a gemeente that no alias knows. 2024 has one quarter only."""
    write_delivery(
        data,
        "comensha_slachtoffers",
        [
            melding("V00001", "2023Q1", "Delft", uitbuitingsvormen="arbeid|seksueel"),
            melding("V00001", "2023Q1", "Delft", melder="gemeente", uitbuitingsvormen="arbeid|seksueel"),
            melding("V00002", "2023Q1", " the  HAGUE ", leeftijdsgroep="0-17", uitbuitingsvormen="crimineel", sector="drugs"),
            melding("V00003", "2023Q2", None, uitbuitingsvormen="arbeid", sector="horeca"),
            melding("V00004", "2023Q2", "elders"),
            melding("V00005", "2023Q3", "Leiden", zorgregio="Hollands Midden", geslacht="man"),
            melding("V00006", "2023Q3", "Nergenshuizen"),
            melding("V00001", "2023Q4", "Delft", uitbuitingsvormen="arbeid|seksueel"),
            melding("V00009", "2023Q4", "Westland"),
            melding("V00010", "2024Q1", "Gouda", zorgregio="Hollands Midden"),
        ],
    )
    revision = [melding("V00001", "2023Q4", "Delft", uitbuitingsvormen="arbeid|seksueel"), melding("V00007", "2023Q4", "’s-Gravenhage")]
    write_delivery(data, "comensha_slachtoffers", revision, day=30)


def write_registrations(data: Path) -> None:
    """One registration a month in C1 (as C-1), D1 and onbekend through 2023, and 100 in F3 in March 2023. 2024 has three months.
    A revision halves nothing but January 2024: D1 alone, with 5."""

    def count(basisteam: str, maand: str, aantal: int, delictsoort: str = "hulpvraagfraude") -> Row:
        category = {"delictsoort": delictsoort, "soort": "melding", "leeftijdsgroep_slachtoffer": "60+"}
        return {"basisteam": basisteam, "maand": maand, **category, "aantal": aantal, "schadebedrag": 10.55 * aantal}

    months = [f"2023-{month:02}" for month in range(1, 13)] + ["2024-01", "2024-02", "2024-03"]
    rows = [count(team, month, 1) for month in months for team in ("C-1", "D1 Zoetermeer", "onbekend")]
    write_delivery(data, "politie_online_registraties", [*rows, count("Leiden-Noord", "2023-03", 100, "bankhelpdeskfraude")])
    write_delivery(data, "politie_online_registraties", [count("D1", "2024-01", 5)], day=20)


def write_suspects(data: Path) -> None:
    """Each quarter of 2023 in Wassenaar (D3) 3 suspects of 12-17 and 6 of 18-23, and 1 in A1."""

    def count(team: str, kwartaal: str, leeftijd: str, aantal: int) -> Row:
        group = {"leeftijd": leeftijd, "delict": "drugs", "first_offender": True}
        return {"basisteam_woonplaats": team, "kwartaal": kwartaal, **group, "aantal": aantal}

    quarters = [f"2023Q{quarter}" for quarter in (1, 2, 3, 4)]
    groups = (("Wassenaar", "12-17", 3), ("Wassenaar", "18-23", 6), ("A1", "12-17", 1))
    write_delivery(data, "politie_jeugd_verdachten", [count(team, quarter, age, number) for quarter in quarters for team, age, number in groups])


def write_reports(data: Path) -> None:
    """In each month of the first quarter of 2023 two reports by the police and two by citizens, each with a first action after 3 days."""
    reports = [(soort, dt.date(2023, month, day)) for month in (1, 2, 3) for day in (5, 6) for soort in ("politie", "burger")]
    usual = {"gemeente": "Delft", "uitbuitingsvorm": "arbeid", "doorverwezen_naar": "politie", "dagen_tot_eerste_actie": 3}
    rows = [{"melding_id": f"M{number:05}", "datum": date, "soort_melder": soort, **usual} for number, (soort, date) in enumerate(reports)]
    write_delivery(data, "meldpunt_meldingen", rows)


def write_basisniveau(data: Path) -> None:
    """2025: Delft has all eight parts but the Bibob-beleid, Rijswijk four; Rijswijk answers again under its other name and has five."""
    parts = [name for name, kind in contract_of("gemeente_basisniveau").kinds().items() if kind["kind"] == "flag"]

    def answer(gemeente: str, missing: Iterable[str]) -> Row:
        return {"gemeente": gemeente, "jaar": "2025", **{part: part not in set(missing) for part in parts}}

    write_delivery(data, "gemeente_basisniveau", [answer("Delft", ["bibob_beleid"]), answer("Rijswijk", parts[:4])])
    write_delivery(data, "gemeente_basisniveau", [answer("Rijswijk (ZH.)", parts[:3])], day=10)


def write_activities(data: Path) -> None:
    """A training in Delft whose participants are corrected from 10 to 12, a meeting in district D and a regional campaign; and a second
    training, which the corrected delivery of the quarter leaves out."""

    def activity(key: str, soort: str, district: str | None, gemeente: str | None, deelnemers: int) -> Row:
        text = {"activiteit": "Signalen herkennen", "thema": "mensenhandel", "actielijn": None, "doelgroep": "professionals"}
        where = {"district": district, "gemeente": gemeente, "datum": dt.date(2025, 3, 20)}
        return {"activiteit_id": key, "soort": soort, **text, **where, "deelnemers": deelnemers, "waardering": None}

    others = [activity("B1", "bijeenkomst", "District D", None, 40), activity("C1", "campagne", None, None, 0)]
    trainings = [activity("T1", "training", None, "Delft", 10), activity("T2", "training", None, "Delft", 10)]
    write_delivery(data, "rsiv_activiteiten", [*trainings, *others])
    write_delivery(data, "rsiv_activiteiten", [activity("T1", "training", None, "Delft", 12), *others], day=5)


def write_all(data: Path) -> None:
    """The accepted state that the golden tests are about."""
    write_schemas(data)
    for write in (write_population, write_crimes, write_victims, write_registrations, write_suspects, write_reports, write_basisniveau, write_activities):
        write(data)


def inhabitants(gemeente: str, jaar: str, inwoners: int, leeftijd: str = "totaal", geslacht: str = "totaal") -> Row:
    """One figure of cbs_bevolking."""
    return {"gemeente": gemeente, "jaar": jaar, "leeftijd": leeftijd, "geslacht": geslacht, "inwoners": inwoners}


def wijken(*, people: int = 10) -> list[Row]:
    """Every wijk of the list of basisteams, each of as many inhabitants, as cbs_gebieden of 2022: 44 of them in Den Haag."""
    with (ROOT / "dbt_project/seeds/area_wijk_teams.csv").open(encoding="utf-8") as lines:
        codes = [(row["wijk_code"], row["wijk_name"]) for row in csv.DictReader(lines)]
    return [{"jaar": "2022", "wijk": code, "naam": name, "gemeente": f"GM{code[2:6]}", "regio": None, "inwoners": people} for code, name in codes]
