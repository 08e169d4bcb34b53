"""The published figures that the sample meets exactly, whatever the seed and the scale: one row per figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CALIBRATED_YEAR = 2023


@dataclass(frozen=True)
class PublishedFigure:
    """A figure of 2023 as published: its value, unit, the delivery it is made from and the seed document it stands in."""

    value: int
    unit: str
    delivery: str
    seed_document: str
    year: int = CALIBRATED_YEAR


def _victims(value: int) -> PublishedFigure:
    return PublishedFigure(value, "slachtoffers", "comensha_slachtoffers", "002")


def _reports(value: int, unit: str = "registraties") -> PublishedFigure:
    return PublishedFigure(value, unit, "politie_online_registraties", "002")


PUBLISHED_FIGURES: Mapping[str, PublishedFigure] = MappingProxyType(
    {
        "slachtoffers": _victims(56),
        "slachtoffers minderjarig": _victims(2),
        "slachtoffers meerderjarig": _victims(54),
        "slachtoffers crimineel": _victims(12),
        "slachtoffers arbeid": _victims(22),
        "slachtoffers seksueel": _victims(31),
        "aan- en verkoopfraude": _reports(4_354),
        "bankhelpdeskfraude": _reports(764),
        "hulpvraagfraude": _reports(822),
        "overige fraude en oplichting": _reports(1_578),
        "afpersing/smaad online": _reports(243),
        "cybercrime persoon": _reports(175),
        "registraties online criminaliteit": _reports(7_936),
        "bankhelpdeskfraude slachtoffers 60+": _reports(80, "% van de slachtoffers met bekende leeftijd"),
        "aandeel online fraude": _reports(75, "% van de registraties, zonder overige fraude en oplichting"),
    }
)
