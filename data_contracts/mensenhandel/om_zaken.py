"""Openbaar Ministerie: zaken mensenhandel naar fase, geteld per kwartaal."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms
from data_contracts.mensenhandel.categories import LEEFTIJD_ALIASES, LEEFTIJDEN_VERDACHTE


class OmZaken(Contract):
    """One row per quarter, article of law, phase and age group of the suspect: cases at the public prosecutor."""

    _terms = Terms(
        delivery="om_zaken",
        title="Zaken mensenhandel bij het Openbaar Ministerie",
        partner="Openbaar Ministerie, arrondissementsparket Den Haag",
        owner="Openbaar Ministerie, arrondissementsparket Den Haag, afdeling beleid en strategie",
        theme="mensenhandel",
        grain=Grain.COUNT,
        rhythm=Rhythm.QUARTER,
        due_days=45,
        final_days=180,  # a phase is registered when the case is closed; te bevestigen
        period_column="kwartaal",
        tolerance=0.0,
        law=Law(
            doel="Regionaal beeld van de vervolging van mensenhandel",
            grondslag="Wet justitiële en strafvorderlijke gegevens; te bevestigen: het artikel (15 of 39f)",
            convenant="Te bevestigen: convenant gegevensdeling RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel mensenhandel",
            bewaartermijn_maanden=60,
            smallest_area="regio",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "wetsartikel": ("artikel", "feit", "hoofdfeit"),
            "fase": ("stand", "fase van de zaak"),
            "leeftijdsgroep_verdachte": ("leeftijd verdachte", "leeftijdsgroep", "leeftijd"),
            "aantal": ("aantal zaken", "zaken"),
        },
        quirks=(
            "De zaken per fase in een kwartaal zijn niet dezelfde zaken: een vonnis gaat vaak over een instroom van een jaar eerder.",
            "De herziening van artikel 273f Sr is een trendbreuk: vergelijk geen kwartalen van ervoor en erna.",
            "Het parket onderdrukt zelf kleine aantallen met <5.",
        ),
    )
    _rules = (
        Rule(
            "klant_van_slachtoffer_strafbaar_vanaf_2022",
            ("wetsartikel", "kwartaal"),
            "spreken elkaar tegen: artikel 273g Sr geldt pas vanaf 1 januari 2022",
            (pl.col("wetsartikel") != "273g Sr") | (pl.col("kwartaal") >= "2022Q1"),
        ),
    )

    kwartaal: str = fields.quarter("Kwartaal waarin de zaak de fase bereikte, bijvoorbeeld 2026Q3")
    wetsartikel: str = fields.category(
        "Zwaarste artikel van het Wetboek van Strafrecht",
        ("273f Sr", "273g Sr", "197a Sr", "197b Sr", "overig"),
        aliases={
            "273f": "273f Sr",
            "art. 273f Sr": "273f Sr",
            "mensenhandel": "273f Sr",
            "273g": "273g Sr",
            "197a": "197a Sr",
            "mensensmokkel": "197a Sr",
            "197b": "197b Sr",
        },
    )
    fase: str = fields.category(
        "Fase die de zaak bereikte",
        ("instroom", "dagvaarding", "vonnis"),
        aliases={"ingestroomd": "instroom", "gedagvaard": "dagvaarding", "uitspraak": "vonnis"},
    )
    leeftijdsgroep_verdachte: str = fields.category("Leeftijd van de verdachte bij instroom", LEEFTIJDEN_VERDACHTE, aliases=LEEFTIJD_ALIASES)
    aantal: int = fields.count("Aantal zaken", unit="zaken", bounded=True)

    class Config(Contract.Config):
        unique = ["kwartaal", "wetsartikel", "fase", "leeftijdsgroep_verdachte"]
