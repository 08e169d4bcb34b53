"""The two deliveries that are not about persons: the basisniveau of the gemeenten and the activities of the RSIV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl

from pipelines.sample.areas import DISTRICTS, GEMEENTEN

# Share of the gemeenten that has a part in place in 2022, and how many gemeenten get there each year after.
PARTS: Mapping[str, tuple[float, int]] = {
    "beleid_mensenhandel": (0.86, 1),
    "aandachtsfunctionaris": (0.9, 1),
    "zorgcoordinatie": (0.72, 2),
    "actieve_signalering": (0.52, 3),
    "intern_signalenoverleg": (0.56, 2),
    "bibob_beleid": (0.78, 1),
    "damocles_beleid": (0.82, 1),
    "apv_ondermijningsproof": (0.6, 2),
}


@dataclass(frozen=True)
class Activity:
    """Something that the RSIV organises, once or often: `where` is regio, district or gemeente, `people` a range."""

    title: str
    kind: str
    theme: str
    line: str | None
    audience: str
    where: str
    people: tuple[int, int]


AWARE, REPORT, TOGETHER, INSIGHT = (
    "Het bevorderen van brede bewustwording en kennis",
    "Het vergroten van signalering en meldingsbereidheid",
    "Het versterken van de regionale samenwerking",
    "Het creëren van verbeterde data-inzichten",
)
SHARE, PREVENT = "Verbeteren van de kennis- en informatiedeling", "Voorkomen van slachtoffer- en daderschap"
HUMAN, ONLINE, YOUNG = "mensenhandel", "online criminaliteit", "jonge aanwas"
ACTIVITIES = (
    Activity("Basistraining mensenhandel", "training", HUMAN, AWARE, "nieuwe aandachtsfunctionarissen", "regio", (10, 26)),
    Activity("Verdiepende training mensenhandel", "training", HUMAN, AWARE, "aandachtsfunctionarissen", "regio", (8, 22)),
    Activity("Training signaleren van arbeidsuitbuiting", "training", HUMAN, REPORT, "toezichthouders en boa's", "district", (9, 28)),
    Activity("Training in gesprek met een mogelijk slachtoffer", "training", HUMAN, REPORT, "wijkteams en zorgverleners", "gemeente", (8, 24)),
    Activity("Bijeenkomst seksuele uitbuiting in hotels", "bijeenkomst", HUMAN, AWARE, "hotelpersoneel, boa's en wijkagenten", "district", (25, 80)),
    Activity("Platform mensenhandel", "bijeenkomst", HUMAN, TOGETHER, "aandachtsfunctionarissen en ketenpartners", "regio", (28, 60)),
    Activity("Werkgroep mensenhandelmonitor", "bijeenkomst", HUMAN, INSIGHT, "ketenpartners", "regio", (9, 16)),
    Activity("Bestuurlijke mensenhandeltafel", "bijeenkomst", HUMAN, TOGETHER, "bestuurders", "regio", (12, 25)),
    Activity("Week tegen de mensenhandel", "campagne", HUMAN, AWARE, "inwoners en professionals", "regio", (1_500, 6_500)),
    Activity("Regionaal platform online criminaliteit", "bijeenkomst", ONLINE, TOGETHER, "gemeenten", "regio", (18, 40)),
    Activity("Bijeenkomst digitale veiligheid voor senioren", "bijeenkomst", ONLINE, PREVENT, "ouderen (60+)", "gemeente", (20, 110)),
    Activity("Voorlichting voor ouders over online risico's", "bijeenkomst", ONLINE, PREVENT, "ouders", "gemeente", (18, 70)),
    Activity("Training digitale weerbaarheid", "training", ONLINE, SHARE, "gemeentemedewerkers", "gemeente", (10, 35)),
    Activity("Themabijeenkomst online seksueel geweld", "bijeenkomst", ONLINE, SHARE, "professionals zorg en veiligheid", "regio", (60, 140)),
    Activity("re_B00TCMP", "bijeenkomst", ONLINE, PREVENT, "jongeren (10-25)", "gemeente", (40, 120)),
    Activity("Maand van de digitale veiligheid", "campagne", ONLINE, PREVENT, "inwoners en ondernemers", "regio", (2_000, 9_000)),
    Activity("Escape room over snel geld", "bijeenkomst", YOUNG, PREVENT, "leerlingen voortgezet onderwijs", "gemeente", (40, 130)),
    Activity("Training herkennen van jonge aanwas", "training", YOUNG, AWARE, "docenten en jongerenwerkers", "gemeente", (10, 30)),
    Activity("Crimelabs", "bijeenkomst", YOUNG, PREVENT, "mbo-studenten", "gemeente", (20, 60)),
    Activity("Districtsbijeenkomst jeugd en ondermijning", "bijeenkomst", YOUNG, TOGETHER, "ketenpartners", "district", (18, 50)),
    Activity("Campagne tegen geldezels", "campagne", YOUNG, None, "jongeren (16-23)", "district", (600, 4_000)),
)


def gemeente_basisniveau(year: int, seed: int, scale: float = 1.0) -> pl.DataFrame:  # noqa: ARG001 - there are 27 gemeenten at any scale
    """One year of gemeente_basisniveau: a row per gemeente (as code), a boolean per part. What is in place stays in place."""
    generator = np.random.default_rng([seed, 6])
    columns: dict[str, object] = {"gemeente": [gemeente.code for gemeente in GEMEENTEN], "jaar": [str(year)] * len(GEMEENTEN)}
    for part, (share, a_year) in PARTS.items():
        turn = generator.permutation(len(GEMEENTEN))
        columns[part] = turn < round(share * len(GEMEENTEN)) + a_year * (year - 2022)
    return pl.DataFrame(columns)


def rsiv_activiteiten(year: int, seed: int, scale: float = 1.0) -> pl.DataFrame:
    """One year of rsiv_activiteiten, about sixty rows times `scale` in order of date: areas as codes, a mark for three in four."""
    generator = np.random.default_rng([seed, year, 7])
    amount = round(scale * (60 + int(generator.integers(-4, 5))))
    start = dt.date(year, 1, 8)
    dates = sorted(_weekday(start + dt.timedelta(days=int(day))) for day in generator.integers(0, 342, amount))
    chosen = [ACTIVITIES[int(number) % len(ACTIVITIES)] for number in generator.permutation(amount)]
    rows = []
    for number, (date, activity) in enumerate(zip(dates, chosen, strict=True), start=1):
        gemeente = GEMEENTEN[int(generator.integers(len(GEMEENTEN)))]
        district = str(generator.choice(list(gemeente.districts)))
        if activity.where == "district":
            district = str(generator.choice(list(DISTRICTS)))
        asked = activity.kind != "campagne" and generator.random() < 0.8
        rows.append(
            {
                "activiteit_id": f"RSIV-{year}-{number:03d}",
                "activiteit": activity.title,
                "soort": activity.kind,
                "thema": activity.theme,
                "actielijn": activity.line,
                "doelgroep": activity.audience,
                "district": None if activity.where == "regio" else district,
                "gemeente": gemeente.code if activity.where == "gemeente" else None,
                "datum": date,
                "deelnemers": int(generator.integers(*activity.people)),
                "waardering": round(min(9.5, max(5.5, generator.normal(7.7, 0.5))), 1) if asked else None,
            }
        )
    return pl.DataFrame(rows, schema_overrides={"waardering": pl.Float64, "actielijn": pl.String, "district": pl.String, "gemeente": pl.String})


def _weekday(date: dt.date) -> dt.date:
    """The date itself, or the Friday before a weekend."""
    return date - dt.timedelta(days=max(0, date.weekday() - 4))


MAKERS: Mapping[str, Callable[[int, int, float], pl.DataFrame]] = MappingProxyType(
    {"gemeente_basisniveau": gemeente_basisniveau, "rsiv_activiteiten": rsiv_activiteiten}
)
