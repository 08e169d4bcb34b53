"""The four deliveries about online crime beside the registrations: suspects, the survey, sextortion and entrepreneurs.

Every maker gives one whole year, the same for the same year, seed and scale. What is published of 2023 is met at any seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import polars as pl

from pipelines.sample.allocation import allocate, noise
from pipelines.sample.areas import GEMEENTEN
from pipelines.sample.grids import BASISTEAM_PEOPLE, GEMEENTE_PEOPLE, Axis, count_cases, grow, places, quarters, stretch, with_unknown
from pipelines.sample.published import CALIBRATED_YEAR, PUBLISHED_FIGURES

NEW_FORM = 2023  # from here on the second version of helpwanted_sextortion: a motive, and other ages and ways of contact

# Role of the suspect: its share among known roles, and the ages that play it.
ROLES: Mapping[str, tuple[float, Axis]] = {
    "geldezel": (0.605, {"12-17": 0.15, "18-24": 0.47, "25-39": 0.26, "40-59": 0.09, "60+": 0.03}),
    "uitvoerder": (0.29, {"12-17": 0.12, "18-24": 0.41, "25-39": 0.32, "40-59": 0.12, "60+": 0.03}),
    "organisator": (0.105, {"12-17": 0.02, "18-24": 0.3, "25-39": 0.46, "40-59": 0.2, "60+": 0.02}),
    "onbekend": (0.0, {"12-17": 0.1, "18-24": 0.38, "25-39": 0.33, "40-59": 0.15, "60+": 0.04}),
}
SUSPECTS, SHARE_ROLE_UNKNOWN = 1_180, 0.1

# Kind of victimisation: share of the inhabitants of 15 and over (percent), and of the victims who report and who file a charge.
SURVEY: Mapping[str, tuple[float, float, float]] = {
    "online criminaliteit totaal": (16.4, 46.0, PUBLISHED_FIGURES["aangiftebereidheid online criminaliteit"].value),
    "online oplichting en fraude": (9.4, 57.0, 21.0),
    "hacken": (6.8, 36.0, 6.5),
    "online bedreiging en intimidatie": (1.9, 34.0, 13.5),
    "overige online criminaliteit": (1.3, 26.0, 7.0),
}
REGION, ASKED_IN_REGION = "Den Haag (RE)", 14_000  # CBS writes the police unit so

REPORTS_SEXTORTION = 500
MOTIVES: Axis = {"financieel": 0.86, "ander": 0.14}
CONTACTS: Axis = {"Instagram": 0.31, "Snapchat": 0.23, "andere sociale media": 0.08, "datingapp": 0.17, "chat of game": 0.12, "anders": 0.09}
AGES_SEXTORTION: Axis = {"0-11": 0.01, "12-17": 0.19, "18-24": 0.45, "25-39": 0.24, "40+": 0.11}
OLD_PLATFORMS: Axis = {"Instagram": 0.36, "Snapchat": 0.24, "ander platform": 0.4}
OLD_AGES_SEXTORTION: Axis = {"0-17": 0.23, "18-25": 0.47, "26+": 0.3}

# Kind of incident: a year's number in 2023, growth a year, and the sizes of the companies struck.
SIZES_SMALL: Axis = {"1": 0.46, "2-9": 0.33, "10-49": 0.13, "50+": 0.08}
SIZES_LARGE: Axis = {"1": 0.14, "2-9": 0.3, "10-49": 0.31, "50+": 0.25}
INCIDENTS: Mapping[str, tuple[int, float, Axis]] = {
    "phishing": (640, 1.05, SIZES_SMALL),
    "factuurfraude": (330, 1.06, SIZES_LARGE),
    "ransomware": (54, 1.08, SIZES_LARGE),
    "hacken": (170, 1.04, SIZES_SMALL),
    "ddos-aanval": (38, 1.0, SIZES_LARGE),
    "misbruik bedrijfsnaam": (150, 1.09, SIZES_SMALL),
    "overig": (180, 0.99, SIZES_SMALL),
}


def online_verdachten(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of politie_online_verdachten: areas as codes, quarters as `2023Q3`. In 2023 the role geldezel is as published."""
    generator = np.random.default_rng([seed, year, 11])
    area = places(BASISTEAM_PEOPLE, generator, unknown=0.04, elsewhere=0.06)
    roles = with_unknown({role: share for role, (share, _) in ROLES.items() if share}, SHARE_ROLE_UNKNOWN)
    totals = allocate(grow(SUSPECTS, 1.12, year, generator), list(roles.values()))
    axes: dict[str, Axis] = {"basisteam": area, "kwartaal": quarters(year), "leeftijdsgroep": {}, "geslacht": {"man": 0.79, "vrouw": 0.2, "onbekend": 0.01}}
    cells = []
    for role, total in zip(roles, totals.tolist(), strict=True):
        axes["leeftijdsgroep"] = with_unknown(ROLES[role][1], 0.03)
        cells.append(count_cases(total, axes, generator).with_columns(pl.lit(role).alias("rol")))
    made = stretch(pl.concat(cells), {**axes, "rol": roles}, _scale_of(year, scale), generator)
    return made.select(*axes, "rol", "aantal")


def veiligheidsmonitor(year: int, seed: int, scale: float) -> pl.DataFrame:  # noqa: ARG001 - a survey has as many rows at any scale
    """One survey of cbs_veiligheidsmonitor: the police unit and 27 gemeenten (as codes), estimates in percent with a 95% margin.

    Only the unit has figures of reporting. The reporting rate of 2023 is the published one.
    """
    generator = np.random.default_rng([seed, year, 12])
    shift = 1.0 if year == CALIBRATED_YEAR else float(noise(generator, 1, 0.06)[0])
    towns = np.random.default_rng([seed, 12]).normal(0, 0.05, len(GEMEENTEN))  # what makes a gemeente differ stays the same
    rows: list[tuple[str, str, float, int, float | None, float | None]] = []
    for kind, (share, reported, filed) in SURVEY.items():
        level = share * shift
        rows.append((REGION, kind, level, ASKED_IN_REGION, reported * shift, filed * 0.96 ** (year - CALIBRATED_YEAR)))
        for gemeente, town in zip(GEMEENTEN, towns.tolist(), strict=True):
            size = min(0.1, 0.05 * float(np.log(gemeente.people / 60_000)))  # towns run a little higher than villages
            estimate = level * (1 + town + size + float(generator.normal(0, 0.03)))
            rows.append((gemeente.code, kind, estimate, max(260, gemeente.people // 100), None, None))
    names = ("gebied", "soort_slachtofferschap", "percentage", "asked", "meldingspercentage", "aangiftepercentage")
    frame = pl.DataFrame(rows, schema=names, orient="row")
    half = 1.96 * (pl.col("percentage") * (100 - pl.col("percentage")) / pl.col("asked")).sqrt()
    return frame.select(
        "gebied",
        pl.lit(str(year)).alias("jaar"),
        "soort_slachtofferschap",
        pl.col("percentage").round(1),
        (pl.col("percentage") - half).clip(0).round(1).alias("ondergrens"),
        (pl.col("percentage") + half).round(1).alias("bovengrens"),
        pl.col("meldingspercentage", "aangiftepercentage").cast(pl.Float64).round(1),
    )


def sextortion(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of helpwanted_sextortion in the columns of that year's version; shares of 2023 as published."""
    generator = np.random.default_rng([seed, year, 13])
    axes: dict[str, Axis] = {"kwartaal": quarters(year, (1.04, 0.96, 0.95, 1.05))}
    if year < NEW_FORM:
        axes |= {"leeftijdsgroep": with_unknown(OLD_AGES_SEXTORTION, 0.05), "platform": with_unknown(OLD_PLATFORMS, 0.08)}
    else:
        axes |= {"leeftijdsgroep": with_unknown(AGES_SEXTORTION, 0.03), "motief": with_unknown(MOTIVES, 0.04), "eerste_contact": with_unknown(CONTACTS, 0.05)}
    cells = count_cases(grow(REPORTS_SEXTORTION, 1.18, year, generator), axes, generator, exact=axes)
    return stretch(cells, axes, _scale_of(year, scale), generator)


def ondernemers(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of pvo_ondernemers: areas as codes, quarters as `2023Q3`. No figure of it is published."""
    generator = np.random.default_rng([seed, year, 14])
    area = places(GEMEENTE_PEOPLE, generator, unknown=0.02, elsewhere=0.01)
    axes: dict[str, Axis] = {"gemeente": area, "kwartaal": quarters(year, (0.98, 1.0, 0.94, 1.08)), "bedrijfsgrootte": {}}
    cells = []
    for kind, (base, growth, sizes) in INCIDENTS.items():
        axes["bedrijfsgrootte"] = with_unknown(sizes, 0.04)
        cells.append(count_cases(grow(base, growth, year, generator), axes, generator).with_columns(pl.lit(kind).alias("incidentsoort")))
    made = stretch(pl.concat(cells), {**axes, "incidentsoort": INCIDENTS}, scale, generator)
    return made.select(*axes, "incidentsoort", "aantal")


def _scale_of(year: int, scale: float) -> float:
    """The calibrated year stays as published at any scale."""
    return 1.0 if year == CALIBRATED_YEAR else scale


MAKERS: Mapping[str, Callable[[int, int, float], pl.DataFrame]] = MappingProxyType(
    {
        "politie_online_verdachten": online_verdachten,
        "cbs_veiligheidsmonitor": veiligheidsmonitor,
        "helpwanted_sextortion": sextortion,
        "pvo_ondernemers": ondernemers,
    }
)
