"""Halt: verwijzingen van jongeren naar woonplaats, geteld per gemeente en kwartaal."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import AT_LEAST, AT_MOST, Contract, Grain, Law, Rhythm, Rule, Terms


class HaltVerwijzingen(Contract):
    """One row per gemeente of residence, quarter of the referral, age group and offence: referrals to Halt and how they ended."""

    _terms = Terms(
        delivery="halt_verwijzingen",
        title="Verwijzingen naar Halt",
        partner="Halt",
        owner="Halt, regio Den Haag",
        theme="jonge_aanwas",
        grain=Grain.COUNT,
        rhythm=Rhythm.QUARTER,
        due_days=30,
        final_days=90,  # a Halt programme takes up to three months to end; te bevestigen
        period_column="kwartaal",
        law=Law(
            doel="Regionaal beeld van jongeren die vroeg met justitie in aanraking komen",
            grondslag="Te bevestigen: AVG art. 6 lid 1 onder e; Halt-afdoening volgens art. 77e Sr; alleen tellingen",
            convenant="Te bevestigen: leveringsafspraak Halt - RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel jonge aanwas",
            bewaartermijn_maanden=60,
            smallest_area="gemeente",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "gemeente": ("woongemeente", "gemeente woonplaats"),
            "kwartaal": ("kwartaal verwijzing", "periode"),
            "leeftijd": ("leeftijdsgroep", "leeftijdscategorie"),
            "delict": ("delictsoort", "soort delict", "feit"),
            "aantal": ("aantal verwijzingen", "verwijzingen", "instroom"),
            "afgerond": ("aantal afgerond", "afgeronde trajecten"),
            "geslaagd": ("aantal geslaagd", "geslaagde trajecten", "positief afgerond"),
        },
        quirks=(
            "Afgerond en geslaagd gaan over de verwijzingen van hetzelfde kwartaal: een traject duurt zo'n drie maanden, "
            "dus de cijfers van het laatste kwartaal lopen bij een volgende levering nog op.",
            "Verwijzingen voor schoolverzuim komen van de leerplichtambtenaar, de andere van politie, boa of officier van justitie.",
        ),
    )
    _rules = (
        Rule(
            "geslaagd_is_afgerond",
            ("geslaagd", "afgerond"),
            "spreken elkaar tegen: er kunnen niet meer trajecten geslaagd zijn dan afgerond",
            pl.col(f"geslaagd{AT_LEAST}") <= pl.col(f"afgerond{AT_MOST}"),
        ),
        Rule(
            "afgerond_is_verwezen",
            ("afgerond", "aantal"),
            "spreken elkaar tegen: er kunnen niet meer trajecten afgerond zijn dan er verwijzingen waren",
            pl.col(f"afgerond{AT_LEAST}") <= pl.col(f"aantal{AT_MOST}"),
        ),
    )

    gemeente: str = fields.area("gemeente", description="Gemeente waar de jongere woont")
    kwartaal: str = fields.quarter("Kwartaal van de verwijzing, bijvoorbeeld 2026Q3")
    leeftijd: str = fields.category(
        "Leeftijd bij het delict",
        ("12-13", "14-15", "16-17"),
        aliases={"dec-13": "12-13", "12 en 13": "12-13", "14 en 15": "14-15", "16 en 17": "16-17"},  # a spreadsheet takes 12-13 for December 2013
    )
    delict: str = fields.category(
        "Delict",
        ("diefstal", "vernieling", "geweld", "wapens", "drugs", "online", "vuurwerk", "schoolverzuim", "overig"),
        aliases={
            "winkeldiefstal": "diefstal",
            "vermogensdelict": "diefstal",
            "wapenbezit": "wapens",
            "opiumwet": "drugs",
            "cybercrime": "online",
            "leerplicht": "schoolverzuim",
            "anders": "overig",
        },
    )
    aantal: int = fields.count("Aantal verwijzingen", unit="verwijzingen", bounded=True)
    afgerond: int = fields.count("Daarvan afgerond: het traject is ten einde, geslaagd of niet", unit="verwijzingen", bounded=True)
    geslaagd: int = fields.count("Daarvan geslaagd: de jongere heeft aan alle voorwaarden voldaan", unit="verwijzingen", bounded=True)

    class Config(Contract.Config):
        unique = ["gemeente", "kwartaal", "leeftijd", "delict"]
