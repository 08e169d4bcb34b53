"""Helpwanted (Offlimits): meldingen van sextortion uit de regio, geteld per kwartaal. Two versions: the form changed in 2023."""

from __future__ import annotations

import dataclasses

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms

OVERLAP = "Een melder kan over dezelfde afpersing vaker contact opnemen: dit zijn meldingen, geen unieke slachtoffers."


class HelpwantedSextortionV1(Contract):
    """One row per quarter, age group and platform of the first contact: reports of sextortion, as the form was until 2022."""

    _terms = Terms(
        delivery="helpwanted_sextortion",
        title="Meldingen van sextortion bij Helpwanted",
        partner="Offlimits (Helpwanted)",
        owner="Offlimits, team Helpwanted",
        theme="online_criminaliteit",
        grain=Grain.COUNT,
        rhythm=Rhythm.QUARTER,
        due_days=30,
        period_column="kwartaal",
        law=Law(
            doel="Regionaal beeld van meldingen van sextortion",
            grondslag="Te bevestigen: AVG art. 6 lid 1 onder e; alleen tellingen, geen gegevens van melders",
            convenant="Te bevestigen: leveringsafspraak Offlimits - RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel online criminaliteit",
            bewaartermijn_maanden=60,
            smallest_area="regio",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "kwartaal": ("periode", "meldkwartaal"),
            "leeftijdsgroep": ("leeftijd", "leeftijd slachtoffer", "leeftijdscategorie"),
            "platform": ("eerste platform", "social media"),
            "aantal": ("aantal meldingen", "meldingen"),
        },
        quirks=(OVERLAP, "Het motief werd tot en met 2022 niet geleverd."),
    )

    kwartaal: str = fields.quarter("Kwartaal van de melding, bijvoorbeeld 2022Q3")
    leeftijdsgroep: str = fields.category(
        "Leeftijd van het slachtoffer", ("0-17", "18-25", "26+", fields.UNKNOWN), aliases={"minderjarig": "0-17", "onder 18": "0-17", "26 en ouder": "26+"}
    )
    platform: str = fields.category(
        "Platform van het eerste contact",
        ("Instagram", "Snapchat", "ander platform", fields.UNKNOWN),
        aliases={"insta": "Instagram", "anders": "ander platform"},
    )
    aantal: int = fields.count("Aantal meldingen", unit="meldingen", bounded=True)

    class Config(Contract.Config):
        unique = ["kwartaal", "leeftijdsgroep", "platform"]


class HelpwantedSextortion(Contract):
    """One row per quarter, age group, motive and way of the first contact: reports of sextortion."""

    _terms = dataclasses.replace(
        HelpwantedSextortionV1.terms(),
        version="2.0.0",
        from_period="2023",  # not 2023Q1, which sorts after the name of a file of the whole year
        changes=(
            "1.0.0: eerste versie",
            "2.0.0: vanaf 2023Q1 nieuw meldformulier: kolom motief toegevoegd; platform heet eerste_contact en kent meer soorten; "
            "leeftijd in vijf banden in plaats van drie (18-24 in plaats van 18-25)",
        ),
        aliases={
            "kwartaal": ("periode", "meldkwartaal"),
            "leeftijdsgroep": ("leeftijd", "leeftijd slachtoffer", "leeftijdscategorie"),
            "motief": ("motief afperser", "doel van de afpersing"),
            "eerste_contact": ("platform", "eerste contact (platform)", "contact via"),
            "aantal": ("aantal meldingen", "meldingen"),
        },
        quirks=(
            OVERLAP,
            "Trendbreuk in 2023Q1: de leeftijdsbanden 18-25 en 18-24 zijn niet gelijk, alleen minderjarig (0-17) loopt door.",
            "Alleen voor de regio als geheel: een gemeente wordt niet geleverd.",
        ),
    )

    kwartaal: str = fields.quarter("Kwartaal van de melding, bijvoorbeeld 2026Q3")
    leeftijdsgroep: str = fields.category(
        "Leeftijd van het slachtoffer",
        ("0-11", "12-17", "18-24", "25-39", "40+", fields.UNKNOWN),
        aliases={"dec-17": "12-17", "12 t/m 17": "12-17", "18 t/m 24": "18-24", "40 en ouder": "40+"},  # a spreadsheet takes 12-17 for December 2017
    )
    motief: str = fields.category(
        "Motief van de afperser",
        ("financieel", "ander", fields.UNKNOWN),
        aliases={"geld": "financieel", "meer beelden": "ander", "seksueel": "ander", "wraak": "ander"},
    )
    eerste_contact: str = fields.category(
        "Waar het eerste contact werd gelegd",
        ("Instagram", "Snapchat", "andere sociale media", "datingapp", "chat of game", "anders", fields.UNKNOWN),
        aliases={
            "insta": "Instagram",
            "facebook": "andere sociale media",
            "tiktok": "andere sociale media",
            "tinder": "datingapp",
            "online game": "chat of game",
        },
    )
    aantal: int = fields.count("Aantal meldingen", unit="meldingen", bounded=True)

    class Config(Contract.Config):
        unique = ["kwartaal", "leeftijdsgroep", "motief", "eerste_contact"]
