"""The counted deliveries about mensenhandel: politie, Openbaar Ministerie, Arbeidsinspectie and RIEC, a full year at a time.

Of these figures one is published: a third of the suspects of sexual exploitation is younger than 23. All else is plausible
in size only: hundreds of signals and tens of cases a year in a region of two million people.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from pipelines.sample.allocation import allocate
from pipelines.sample.areas import UNKNOWN
from pipelines.sample.grids import BASISTEAM_PEOPLE, GEMEENTE_PEOPLE, Axis, count_cases, grow, places, quarters, stretch
from pipelines.sample.published import CALIBRATED_YEAR

AGES = ("0-11", "12-17", "18-22", "23-29", "30-39", "40-59", "60+", "onbekend")
YOUNG, OLDER = (0.25, 0.75), (0.3, 0.36, 0.29, 0.05)  # suspects of 12-17 and 18-22; of 23-29, 30-39, 40-59 and 60+
# Registrations of the police in the calibrated year, per kind and form.
POLICE: Mapping[str, Mapping[str, int]] = {
    "signaal": {"seksueel": 118, "arbeid": 96, "crimineel": 58, "onbekend": 24},
    "incident": {"seksueel": 64, "arbeid": 46, "crimineel": 31, "onbekend": 9},
    "aangifte": {"seksueel": 21, "arbeid": 11, "crimineel": 7, "onbekend": 1},
    "verdachte": {"seksueel": 36, "arbeid": 17, "crimineel": 15, "onbekend": 2},
}
VICTIM_AGES: Mapping[str, Axis] = {
    "seksueel": dict(zip(AGES, (0.01, 0.17, 0.22, 0.25, 0.17, 0.08, 0.01, 0.09), strict=True)),
    "arbeid": dict(zip(AGES, (0.0, 0.02, 0.12, 0.27, 0.28, 0.22, 0.02, 0.07), strict=True)),
    "crimineel": dict(zip(AGES, (0.04, 0.31, 0.23, 0.14, 0.1, 0.06, 0.01, 0.11), strict=True)),
    "onbekend": dict(zip(AGES, (0.01, 0.1, 0.15, 0.2, 0.14, 0.1, 0.01, 0.29), strict=True)),
}
SUSPECT_AGES: Axis = dict(zip(AGES[1:], (0.05, 0.21, 0.27, 0.24, 0.19, 0.02, 0.02), strict=True))
# Cases of the public prosecutor a year.
CASES: Mapping[str, Mapping[str, int]] = {
    "273f Sr": {"instroom": 31, "dagvaarding": 19, "vonnis": 15},
    "273g Sr": {"instroom": 6, "dagvaarding": 4, "vonnis": 3},
    "197a Sr": {"instroom": 15, "dagvaarding": 10, "vonnis": 8},
    "197b Sr": {"instroom": 8, "dagvaarding": 5, "vonnis": 4},
    "overig": {"instroom": 10, "dagvaarding": 7, "vonnis": 6},
}
CLIENT_ARTICLE, CLIENT_YEAR = "273g Sr", 2022  # since 1 January 2022 the client of a victim can be punished
# Reports to the Arbeidsinspectie a year, its investigations and its fines.
LABOUR: Mapping[str, Mapping[str, int]] = {
    "land- en tuinbouw": {"melding": 46, "onderzoek": 12, "boete": 9},
    "vleesverwerking": {"melding": 9, "onderzoek": 3, "boete": 2},
    "bouw": {"melding": 24, "onderzoek": 6, "boete": 6},
    "horeca": {"melding": 31, "onderzoek": 7, "boete": 8},
    "detailhandel": {"melding": 11, "onderzoek": 2, "boete": 2},
    "distributie en transport": {"melding": 22, "onderzoek": 5, "boete": 3},
    "uitzendbureaus": {"melding": 19, "onderzoek": 6, "boete": 4},
    "beautybranche": {"melding": 13, "onderzoek": 3, "boete": 2},
    "automotive": {"melding": 7, "onderzoek": 2, "boete": 2},
    "huishouden": {"melding": 8, "onderzoek": 1},
    "overig": {"melding": 10, "onderzoek": 2, "boete": 1},
    "onbekend": {"melding": 12, "onderzoek": 1},
}
GREENHOUSES = {"GM1783": 12.0, "GM1892": 4.0, "GM1926": 3.0, "GM1842": 3.0, "GM0537": 3.0, "GM0575": 3.0, "GM0553": 3.0, "GM0534": 3.0}
TABLES: Axis = {"ABC": 1.5, "D": 0.8, "E": 1.0, "F": 1.0, "G": 0.9, "regionaal": 0.7}
# Signals a quarter at an average table, per theme.
THEMES: Axis = {
    "mensenhandel en -smokkel": 5.0,
    "georganiseerde hennepcultuur": 3.5,
    "vastgoedfraude": 2.5,
    "witwassen": 4.5,
    "georganiseerde drugscriminaliteit": 7.0,
    "malafide bedrijvigheid": 4.0,
    "criminele motorbendes": 1.0,
}
FIRST_KNOWN_YEAR = 2021  # what runs in a year follows from this one on
STARTED_SHARE, CLOSED_SHARE = 0.3, 0.22  # of the signals; of the cases in a quarter
# Interventions a case and quarter.
INTERVENTIONS: Axis = {"interventies_strafrechtelijk": 0.25, "interventies_bestuurlijk": 0.5, "interventies_fiscaal": 0.3}


def politie_mensenhandel(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of politie_mensenhandel: areas as codes, quarters as `2023Q3`. Of the suspects of sexual exploitation whose age
    is known a third is younger than 23, exactly in the calibrated year (which stays as it is at any scale), about so in others."""
    generator = np.random.default_rng([seed, year, 31])
    axes: dict[str, Axis] = {"basisteam": places(BASISTEAM_PEOPLE, generator, unknown=0.06, elsewhere=0.04), "kwartaal": quarters(year)}
    cells = []
    for soort, forms in POLICE.items():
        for form, base in forms.items():
            total = grow(base, 1.06, year, generator)
            axes["leeftijdsgroep"] = _suspect_ages(total, year, generator) if soort == "verdachte" else VICTIM_AGES[form]
            counted = count_cases(total, axes, generator, exact=["leeftijdsgroep"])
            cells.append(counted.with_columns(pl.lit(soort).alias("soort"), pl.lit(form).alias("uitbuitingsvorm")))
    axes |= {"leeftijdsgroep": dict.fromkeys(AGES, 1.0)}
    made = stretch(pl.concat(cells), {**axes, "soort": POLICE, "uitbuitingsvorm": VICTIM_AGES}, 1.0 if year == CALIBRATED_YEAR else scale, generator)
    possible = (pl.col("soort") != "verdachte") | (pl.col("leeftijdsgroep") != AGES[0])
    return made.filter(possible).select("basisteam", "kwartaal", "soort", "uitbuitingsvorm", "leeftijdsgroep", "aantal")


def om_zaken(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of om_zaken: fewer summons than new cases, and fewer verdicts than summons."""
    generator = np.random.default_rng([seed, year, 32])
    axes: dict[str, Axis] = {"kwartaal": quarters(year), "leeftijdsgroep_verdachte": SUSPECT_AGES}
    articles = {article: phases for article, phases in CASES.items() if year >= CLIENT_YEAR or article != CLIENT_ARTICLE}
    cells = []
    for article, phases in articles.items():
        for phase, base in phases.items():
            counted = count_cases(grow(base, 1.04, year, generator), axes, generator)
            cells.append(counted.with_columns(pl.lit(article).alias("wetsartikel"), pl.lit(phase).alias("fase")))
    made = stretch(pl.concat(cells), {**axes, "wetsartikel": articles, "fase": articles["overig"]}, scale, generator)
    return made.select("kwartaal", "wetsartikel", "fase", "leeftijdsgroep_verdachte", "aantal")


def nla_meldingen(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of nla_meldingen: where the greenhouses and bulb fields are, most reports are about them."""
    generator = np.random.default_rng([seed, year, 33])
    fields = {code: people * GREENHOUSES.get(code, 0.3) for code, people in GEMEENTE_PEOPLE.items()}
    cells = []
    for sector, kinds in LABOUR.items():
        area = places(fields if sector == "land- en tuinbouw" else GEMEENTE_PEOPLE, generator, unknown=0.08, elsewhere=0.0)
        for kind, base in kinds.items():
            counted = count_cases(grow(base, 1.07, year, generator), {"gemeente": area, "kwartaal": quarters(year)}, generator)
            cells.append(counted.with_columns(pl.lit(sector).alias("sector"), pl.lit(kind).alias("soort")))
    axes = {"gemeente": [*GEMEENTE_PEOPLE, UNKNOWN], "kwartaal": quarters(year), "sector": LABOUR, "soort": LABOUR["overig"]}
    made = stretch(pl.concat(cells), axes, scale, generator)
    possible = (pl.col("soort") != "boete") | (pl.col("sector") != UNKNOWN)
    return made.filter(possible).select(*axes, "aantal")


def riec_casuistiek(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of riec_casuistiek: a row per table, quarter and theme. What runs at the end of a quarter is what ran before,
    plus what began, less what was closed; so a year follows from those before it. `scale` multiplies the counts."""
    cells = pl.DataFrame({"ondermijningstafel": list(TABLES)}).join(pl.DataFrame({"thema": list(THEMES)}), how="cross")
    rates = np.outer(list(TABLES.values()), list(THEMES.values())).ravel() * scale
    running = np.random.default_rng([seed, 34]).poisson(rates * STARTED_SHARE * (1 - CLOSED_SHARE) / CLOSED_SHARE)
    frames: list[pl.DataFrame] = []
    for each in range(min(FIRST_KNOWN_YEAR, year), year + 1):
        generator = np.random.default_rng([seed, each, 34])
        frames = []
        for quarter in quarters(each):
            signals = generator.poisson(rates * 1.03 ** (each - CALIBRATED_YEAR))
            started = generator.binomial(signals, STARTED_SHARE)
            active = running + started
            closed = generator.binomial(active, CLOSED_SHARE)
            running = active - closed
            counts = {"signalen": signals, "casussen_gestart": started, "casussen_lopend": running, "casussen_afgesloten": closed}
            counts |= {kind: generator.poisson(active * rate) for kind, rate in INTERVENTIONS.items()}
            frames.append(cells.with_columns(pl.lit(quarter).alias("kwartaal"), *(pl.Series(name, values) for name, values in counts.items())))
    sums = pl.sum_horizontal(*INTERVENTIONS).alias("interventies")
    return pl.concat(frames).select("ondermijningstafel", "kwartaal", "thema", pl.col(pl.Int64), sums)


def _suspect_ages(total: int, year: int, generator: np.random.Generator) -> Axis:
    """How many suspects are of each age; in the calibrated year the age of all is known."""
    unknown = 0 if year == CALIBRATED_YEAR else total // 20
    third = 1 / 3 if year == CALIBRATED_YEAR else 1 / 3 + float(generator.normal(0, 0.03))
    young = round((total - unknown) * third)
    counts = np.concatenate([allocate(young, YOUNG), allocate(total - unknown - young, OLDER), [unknown]])
    return dict(zip(AGES[1:], counts.tolist(), strict=True))
