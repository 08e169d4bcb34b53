"""Zorgcoördinatie: gelabelde opvangbedden voor slachtoffers van mensenhandel, per locatie en dag."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms
from data_contracts.mensenhandel.categories import DOELGROEP_ALIASES, DOELGROEPEN


class OpvangBedden(Contract):
    """One row per shelter location, group and day: beds there are and beds taken."""

    _terms = Terms(
        delivery="opvang_bedden",
        title="Capaciteit en bezetting van opvangbedden",
        partner="Zorgcoördinatie mensenhandel",
        owner="Zorgcoördinatie mensenhandel Haaglanden en Hollands Midden",
        theme="mensenhandel",
        grain=Grain.COUNT,
        rhythm=Rhythm.MONTH,
        due_days=7,
        period_column="datum",
        law=Law(
            doel="Overzicht van vrije en bezette opvangbedden, zodat slachtoffers sneller een plek krijgen",
            grondslag="Levering zonder persoonsgegevens; te bevestigen: afspraak in de regionale uitvoeringsagenda",
            convenant="Te bevestigen: leveringsafspraak zorgcoördinatie - RSIV",
            dpia="Niet nodig: geen persoonsgegevens",
            bewaartermijn_maanden=60,
            smallest_area="regio",
            smallest_group={"professional": 1, "publiek": 1},
        ),
        aliases={
            "locatie": ("locatiecode", "opvanglocatie"),
            "datum": ("peildatum", "dag"),
            "capaciteit": ("bedden", "aantal bedden", "beschikbare bedden"),
            "bezet": ("bezette bedden", "bezetting"),
        },
        quirks=(
            "Adressen van opvang zijn geheim: de locatie is een code, nooit een naam of adres.",
            "De stand is die van 9.00 uur. Noodbedden tellen op de dag zelf mee in de capaciteit.",
            "De 112 gelabelde bedden die in stukken worden genoemd zijn een landelijke schatting, niet de som van deze levering.",
        ),
    )
    _rules = (
        Rule(
            "bezet_hoogstens_capaciteit",
            ("capaciteit", "bezet"),
            "kloppen niet met elkaar: er zijn meer bedden bezet dan er zijn",
            pl.col("bezet") <= pl.col("capaciteit"),
        ),
    )

    locatie: str = fields.pseudonym("Code van de opvanglocatie, gelijk over maanden; nooit een naam of adres")
    doelgroep: str = fields.category("Voor wie de bedden zijn", DOELGROEPEN, aliases=DOELGROEP_ALIASES)
    datum: pl.Date = fields.date("Dag van de stand, dd-mm-jjjj")
    capaciteit: int = fields.count("Bedden op deze dag, met noodbedden", unit="bedden")
    bezet: int = fields.count("Bezette bedden op deze dag", unit="bedden")

    class Config(Contract.Config):
        unique = ["locatie", "doelgroep", "datum"]
