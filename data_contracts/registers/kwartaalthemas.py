"""RSIV: het thema dat een kwartaal extra aandacht krijgt, met de regionale bijeenkomst."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms
from data_contracts.registers import THEMA_ALIASES, THEMAS, quarter_of


class Kwartaalthemas(Contract):
    """One row per quarter and topic that the region puts first in it."""

    _terms = Terms(
        delivery="kwartaalthemas",
        title="Kwartaalthema's",
        partner="RSIV",
        owner="RSIV, ketenregisseur online criminaliteit",
        theme="registers",
        grain=Grain.REFERENCE,
        rhythm=Rhythm.QUARTER,
        due_days=-75,  # the topic of a quarter is known in its first half month
        period_column="kwartaal",
        confidential=False,
        tolerance=0.0,
        law=Law(
            doel="Laten zien waar de regio in een kwartaal samen aandacht aan geeft",
            grondslag="Geen persoonsgegevens",
            convenant="Te bevestigen: afspraak in de cyberdriehoek",
            dpia="Niet nodig: geen persoonsgegevens",
            bewaartermijn_maanden=120,
            smallest_area="gemeente",
            smallest_group={"professional": 1, "publiek": 1},
        ),
        aliases={"themas": ("thema", "thema's"), "titel": ("kwartaalthema", "onderwerp"), "bijeenkomst_op": ("datum bijeenkomst",)},
        quirks=("De bijeenkomst van Q1 2025 staat in het jaarplan op 20 én op 27 maart; het register volgt de planning van het eigen thema (27 maart).",),
    )
    _rules = (
        Rule(
            "bijeenkomst_in_het_kwartaal",
            ("kwartaal", "bijeenkomst_op"),
            "spreken elkaar tegen: de bijeenkomst ligt niet in het kwartaal",
            quarter_of("bijeenkomst_op") == pl.col("kwartaal"),
        ),
        Rule(
            "bijeenkomst_met_datum",
            ("bijeenkomst", "bijeenkomst_op"),
            "horen bij elkaar: vul beide in of geen van beide",
            pl.col("bijeenkomst").is_null() == pl.col("bijeenkomst_op").is_null(),
        ),
    )

    kwartaal: str = fields.quarter()
    titel: str = fields.text("Het thema van het kwartaal")
    themas: str = fields.several("Waar het onder valt, gescheiden door een komma of puntkomma", THEMAS, aliases=THEMA_ALIASES)
    omschrijving: str = fields.text("Waar het over gaat", longest=500)
    doelgroep: str = fields.text("Voor wie")
    trekker: str = fields.text("Organisatie die het trekt")
    bijeenkomst: str = fields.text("Titel van de bijeenkomst", nullable=True)
    bijeenkomst_op: pl.Date = fields.date("Datum van de bijeenkomst, dd-mm-jjjj", nullable=True)

    class Config(Contract.Config):
        unique = ["kwartaal", "titel"]
