"""The four deliveries about young people beside the suspects: Halt, the persoonsgerichte aanpak, absence from school, Dealbreakers.

Every maker gives one whole year (a school year by the year in which it starts), the same for the same year, seed and scale.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl

from pipelines.sample.allocation import noise
from pipelines.sample.areas import ELSEWHERE, GEMEENTEN, UNKNOWN, Gemeente
from pipelines.sample.grids import GEMEENTE_PEOPLE, Axis, count_cases, grow, places, quarters, stretch

EVEN, NEW_YEAR, SCHOOL = (1.0, 1.02, 0.96, 1.02), (0.9, 0.1, 0.1, 2.9), (1.15, 1.1, 0.55, 1.2)
# Offence: referrals in 2023, growth a year, shares of 12-13, 14-15 and 16-17, and the season.
HALT: Mapping[str, tuple[int, float, tuple[float, float, float], tuple[float, float, float, float]]] = {
    "diefstal": (520, 1.01, (0.22, 0.43, 0.35), EVEN),
    "vernieling": (260, 0.98, (0.3, 0.43, 0.27), EVEN),
    "geweld": (240, 1.03, (0.28, 0.44, 0.28), EVEN),
    "wapens": (110, 1.06, (0.17, 0.42, 0.41), EVEN),
    "drugs": (60, 1.02, (0.05, 0.35, 0.6), EVEN),
    "online": (120, 1.07, (0.29, 0.44, 0.27), EVEN),
    "vuurwerk": (150, 0.97, (0.25, 0.42, 0.33), NEW_YEAR),
    "schoolverzuim": (380, 1.02, (0.12, 0.38, 0.5), SCHOOL),
    "overig": (140, 1.0, (0.25, 0.42, 0.33), EVEN),
}
AGES_HALT = ("12-13", "14-15", "16-17")
SHARE_COMPLETED, SHARE_SUCCEEDED = 0.93, 0.88  # of the referrals, and of the completed ones

# Theme: its share among PGA cases and among care reports.
THEMES: Mapping[str, tuple[float, float]] = {
    "drugs": (0.24, 0.1),
    "geweld en wapens": (0.27, 0.16),
    "vermogen": (0.16, 0.09),
    "online": (0.06, 0.05),
    "criminele uitbuiting": (0.09, 0.06),
    "zorg en gezin": (0.12, 0.42),
    "overig": (0.06, 0.12),
}
PGA_CASES, CARE_REPORTS = 430, 2_600

# The year in which a gemeente joined: the first six had the leerlijn in 2023, the twelve of that year stand in seed 003.
JOINED: Mapping[str, int] = {
    "Delft": 2021,
    "Leiden": 2021,
    "Zoetermeer": 2021,
    "Gouda": 2022,
    "Leidschendam-Voorburg": 2022,
    "Alphen aan den Rijn": 2022,
    "Krimpenerwaard": 2023,
    "Nieuwkoop": 2023,
    "Rijswijk": 2023,
    "Zuidplas": 2023,
    "Kaag en Braassem": 2023,
    "Noordwijk": 2023,
    "'s-Gravenhage": 2024,
    "Hillegom": 2025,
    "Lisse": 2025,
    "Teylingen": 2025,
}
# Kind of school: how often, how its name starts, the ages in it, and which interventions suit it.
SCHOOLS: Mapping[str, tuple[float, str, tuple[str, ...], tuple[str, ...]]] = {
    "voortgezet onderwijs": (0.58, "College", ("12-14", "15-17"), ("leerlijn", "escape room", "training", "Halt-les")),
    "basisonderwijs": (0.16, "Basisschool", ("10-12",), ("Halt-les", "training")),
    "mbo": (0.16, "Mbo", ("15-17", "18-23"), ("leerlijn", "escape room", "training")),
    "speciaal onderwijs": (0.1, "Vso", ("12-14", "15-17"), ("leerlijn", "escape room", "training")),
}
SCHOOL_NAMES = ("Het Baken", "De Brug", "De Horizon", "Het Kompas", "De Vuurtoren", "De Waterlelie", "De Linde", "De Wissel")  # all made up
# Seed 003: what starts in one place; the first year, gemeente, place, kind of school and age.
SPECIAL = (
    ("Crimelabs", 2024, "GM0513", "Mbo Rijnland Gouda", "mbo", "18-23"),
    ("Skill School", 2025, "GM0518", "Skill School Den Haag", "geen school", "15-17"),
    ("Skill School", 2025, "GM0546", "Skill School Leiden", "geen school", "18-23"),
)
REACH = {"leerlijn": (60, 180), "escape room": (40, 130), "training": (12, 32), "Halt-les": (20, 60), "Crimelabs": (15, 32), "Skill School": (8, 26)}
TAKING_PART = {
    "datum": pl.Date,
    "gemeente": pl.String,
    "school": pl.String,
    "schoolsoort": pl.String,
    "leeftijdsgroep": pl.String,
    "interventie": pl.String,
    "leerlingen_bereikt": pl.Int64,
    "signaaloverleg": pl.Boolean,
}
SCHOOL_WEEKS = (*range(2, 8), *range(10, 17), *range(19, 27), *range(36, 42), *range(44, 51))  # ISO weeks outside the holidays


@dataclass(frozen=True)
class School:
    """A school that takes part; from the year `since` on it has a signaaloverleg."""

    gemeente: str
    name: str
    kind: str
    since: int


def halt_verwijzingen(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of halt_verwijzingen: gemeenten as codes, quarters as `2023Q3`; succeeded ≤ completed ≤ referred in each row."""
    generator = np.random.default_rng([seed, year, 21])
    area = places(GEMEENTE_PEOPLE, generator, unknown=0.01, elsewhere=0.03)
    axes: dict[str, Axis] = {"gemeente": area, "kwartaal": quarters(year), "leeftijd": {}}
    cells = []
    for offence, (base, growth, ages, season) in HALT.items():
        axes |= {"kwartaal": quarters(year, season), "leeftijd": dict(zip(AGES_HALT, ages, strict=True))}
        cells.append(count_cases(grow(base, growth, year, generator), axes, generator).with_columns(pl.lit(offence).alias("delict")))
    made = pl.concat(cells)
    completed = generator.binomial(made["aantal"].to_numpy(), SHARE_COMPLETED)
    made = made.with_columns(pl.Series("afgerond", completed), pl.Series("geslaagd", generator.binomial(completed, SHARE_SUCCEEDED)))
    return stretch(made, {**axes, "delict": HALT}, scale, generator).select(*axes, "delict", "aantal", "afgerond", "geslaagd")


def zvh_pga(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of zvh_pga, both houses: areas as codes. A case without gemeente still belongs to a house."""
    generator = np.random.default_rng([seed, year, 22])
    homes = {f"{gemeente.zorgregio}/{gemeente.code}": gemeente.people * (1.3 if gemeente.zorgregio == "HGL" else 1.0) for gemeente in GEMEENTEN}
    nowhere = {f"{region}/{place}": 0.01 * sum(homes.values()) for region in ("HGL", "HM") for place in (UNKNOWN, ELSEWHERE)}
    axes: dict[str, Axis] = {"home": homes | nowhere, "kwartaal": quarters(year, EVEN)}
    counted = []
    for place, (column, base, growth) in enumerate((("pga_casussen", PGA_CASES, 1.04), ("zorgmeldingen", CARE_REPORTS, 1.03))):
        themes = {theme: shares[place] for theme, shares in THEMES.items()}
        counted.append(count_cases(grow(base, growth, year, generator), {**axes, "thema": themes}, generator).rename({"aantal": column}))
    cells = pl.concat(counted, how="diagonal").group_by("home", "kwartaal", "thema", maintain_order=True).sum()  # a sum over nothing is 0
    made = stretch(cells, {**axes, "thema": THEMES}, scale, generator)
    home = pl.col("home").str.split("/").list
    return made.select(home.get(0).alias("zorgregio"), home.get(1).alias("gemeente"), "kwartaal", "thema", "pga_casussen", "zorgmeldingen")


def leerplicht_verzuim(year: int, seed: int, scale: float) -> pl.DataFrame:
    """The school year from August of `year`: a row per gemeente (as code), which keeps its own level over the years."""
    generator = np.random.default_rng([seed, year, 23])
    lasting = noise(np.random.default_rng([seed, 23]), len(GEMEENTEN), 0.15)
    people = np.array([gemeente.people for gemeente in GEMEENTEN])
    level = lasting * (people / 60_000) ** 0.2  # towns run higher than villages
    pupils = np.round(scale * people * 0.2 * noise(generator, len(people), 0.01)).astype(np.int64)
    rates = {"absoluut_verzuim": 0.0028, "relatief_verzuim": 0.026 * 1.03 ** (year - 2021), "voortijdig_schoolverlaters": 0.0125}
    return pl.DataFrame(
        {
            "gemeente": [gemeente.code for gemeente in GEMEENTEN],
            "schooljaar": [f"{year}/{(year + 1) % 100:02d}"] * len(GEMEENTEN),
            "leerlingen": pupils,
            **{column: generator.binomial(pupils, np.minimum(1.0, rate * level)) for column, rate in rates.items()},
        }
    )


def dealbreakers_deelname(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of dealbreakers_deelname in order of date: every gemeente that has joined takes part at least twice."""
    generator = np.random.default_rng([seed, year, 24])
    rows = []
    for gemeente in GEMEENTEN:
        joined = JOINED.get(gemeente.name, year + 1)
        if joined > year:
            continue
        schools = _schools(gemeente, seed)
        for turn in range(round(scale * (2 + gemeente.people / 30_000 + int(generator.integers(0, 3))))):
            school = schools[int(generator.integers(len(schools))) if turn else 0]
            _, _, ages, interventions = SCHOOLS[school.kind]
            suited = [each for each in interventions if each != "leerlijn" or joined < year]  # the leerlijn takes a year to set up
            rows.append(_take_part(year, school, str(generator.choice(ages)), suited[0] if turn == 0 else str(generator.choice(suited)), generator))
    for intervention, first, code, name, kind, age in SPECIAL:
        times = round(2 * scale) if year >= first else 0
        rows += [_take_part(year, School(code, name, kind, first if kind == "mbo" else year + 1), age, intervention, generator) for _ in range(times)]
    frame = pl.DataFrame(rows, schema=TAKING_PART).sort("datum", "gemeente", maintain_order=True)
    return frame.select(pl.Series("deelname_id", [f"DB-{year}-{number:03d}" for number in range(1, frame.height + 1)]), pl.all())


def _schools(gemeente: Gemeente, seed: int) -> list[School]:
    """The schools of a gemeente, the same in every year: the first one for voortgezet onderwijs."""
    generator = np.random.default_rng([seed, *gemeente.code.encode(), 25])
    names = generator.permutation(len(SCHOOL_NAMES))[: min(len(SCHOOL_NAMES), 3 + gemeente.people // 30_000)]
    kinds = generator.choice(list(SCHOOLS), len(names), p=[share for share, *_ in SCHOOLS.values()])
    kinds[0] = "voortgezet onderwijs"
    starts = 2022 + generator.integers(0, 8, len(names))
    return [
        School(gemeente.code, f"{SCHOOLS[kind][1]} {SCHOOL_NAMES[name]}, {gemeente.name}", str(kind), int(since))
        for name, kind, since in zip(names, kinds, starts, strict=True)
    ]


def _take_part(year: int, school: School, age: str, intervention: str, generator: np.random.Generator) -> dict[str, object]:
    date = dt.date.fromisocalendar(year, int(generator.choice(SCHOOL_WEEKS)), int(generator.integers(1, 6)))
    reached = int(generator.integers(*REACH[intervention]))
    values = (date, school.gemeente, school.name, school.kind, age, intervention, reached, year >= school.since)
    return dict(zip(TAKING_PART, values, strict=True))


MAKERS: Mapping[str, Callable[[int, int, float], pl.DataFrame]] = MappingProxyType(
    {
        "halt_verwijzingen": halt_verwijzingen,
        "zvh_pga": zvh_pga,
        "leerplicht_verzuim": leerplicht_verzuim,
        "dealbreakers_deelname": dealbreakers_deelname,
    }
)
