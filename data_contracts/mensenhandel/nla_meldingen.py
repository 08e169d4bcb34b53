"""Nederlandse Arbeidsinspectie: meldingen, onderzoeken en boetes rond arbeidsuitbuiting, geteld per gemeente en kwartaal."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms


class NlaMeldingen(Contract):
    """One row per gemeente, quarter, sector and kind: reports, investigations or fines about labour exploitation."""

    _terms = Terms(
        delivery="nla_meldingen",
        title="Meldingen, onderzoeken en boetes rond arbeidsuitbuiting",
        partner="Nederlandse Arbeidsinspectie",
        owner="Nederlandse Arbeidsinspectie, Directie Opsporing",
        theme="mensenhandel",
        grain=Grain.COUNT,
        rhythm=Rhythm.QUARTER,
        due_days=45,
        period_column="kwartaal",
        law=Law(
            doel="Regionaal beeld van arbeidsuitbuiting en de sectoren waar die voorkomt",
            grondslag="AVG art. 6 lid 1 onder e; te bevestigen: Wet structuur uitvoeringsorganisatie werk en inkomen",
            convenant="Convenant RIEC-LIEC; te bevestigen: leveringsafspraak Arbeidsinspectie - RIEC Den Haag",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel mensenhandel",
            bewaartermijn_maanden=60,
            smallest_area="gemeente",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "gemeente": ("vestigingsgemeente", "plaats"),
            "sector": ("branche", "bedrijfstak"),
            "soort": ("soort registratie",),
            "aantal": ("aantal meldingen",),
        },
        quirks=(
            "De gemeente is die van de werkplek; als die niet bekend is staat er onbekend, niet de gemeente van het hoofdkantoor.",
            "Een boete volgt vaak een jaar of langer na de melding: de soorten van een kwartaal horen niet bij dezelfde zaken.",
            "Lees deze cijfers naast de controles van het HEIT: waar meer wordt gecontroleerd, wordt meer gevonden.",
            "De Arbeidsinspectie onderdrukt zelf kleine aantallen met <5.",
        ),
    )
    _rules = (
        Rule(
            "boete_heeft_een_sector",
            ("soort", "sector"),
            "spreken elkaar tegen: wie een boete kreeg is bekend, dus ook de sector",
            (pl.col("soort") != "boete") | (pl.col("sector") != fields.UNKNOWN),
        ),
    )

    gemeente: str = fields.area("gemeente", description="Gemeente van de werkplek, onbekend als die niet bekend is")
    kwartaal: str = fields.quarter()
    sector: str = fields.category(
        "Sector van de werkgever",
        (
            "land- en tuinbouw",
            "vleesverwerking",
            "bouw",
            "horeca",
            "detailhandel",
            "distributie en transport",
            "uitzendbureaus",
            "beautybranche",
            "automotive",
            "huishouden",
            "overig",
            fields.UNKNOWN,
        ),
        aliases={
            "tuinbouw": "land- en tuinbouw",
            "agrarisch": "land- en tuinbouw",
            "vlees": "vleesverwerking",
            "vervoer en opslag": "distributie en transport",
            "distributie": "distributie en transport",
            "uitzendbranche": "uitzendbureaus",
            "beauty": "beautybranche",
            "garages en autowasserettes": "automotive",
            "huishoudelijk personeel": "huishouden",
        },
    )
    soort: str = fields.category("Melding, onderzoek of boete", ("melding", "onderzoek", "boete"), aliases={"meldingen": "melding", "boetes": "boete"})
    aantal: int = fields.count("Aantal meldingen, onderzoeken of boetes", bounded=True)

    class Config(Contract.Config):
        unique = ["gemeente", "kwartaal", "sector", "soort"]
