"""RSIV: de actielijnen en acties van de jaarplannen, met eigenaar, planning en stand."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms
from data_contracts.registers import THEMA_ALIASES, THEMAS, quarter_of


class Acties(Contract):
    """One row per quarter and action of a year plan: under which line, who owns it, when it is planned and how it stands."""

    _terms = Terms(
        delivery="acties",
        title="Acties uit de jaarplannen en hun stand",
        partner="RSIV",
        owner="RSIV, programmasecretaris",
        theme="registers",
        grain=Grain.REFERENCE,
        rhythm=Rhythm.QUARTER,
        due_days=21,
        period_column="kwartaal",
        confidential=False,
        tolerance=0.0,
        law=Law(
            doel="De voortgang van het jaarplan volgen",
            grondslag="Geen persoonsgegevens: een actie heeft een organisatie als eigenaar",
            convenant="Te bevestigen: jaarplannen RSIV, vastgesteld in het RBO",
            dpia="Niet nodig: geen persoonsgegevens",
            bewaartermijn_maanden=120,
            smallest_area="gemeente",
            smallest_group={"professional": 1, "publiek": 1},
        ),
        aliases={"actie_id": ("nr", "nummer"), "eigenaar": ("waar/wie", "aanjager", "trekker"), "actie": ("acties/inhoud",), "kwartaal": ("stand op",)},
    )
    _rules = (
        Rule(
            "einde_na_begin",
            ("gepland_van", "gepland_tot"),
            "spreken elkaar tegen: het laatste kwartaal ligt vóór het eerste",
            pl.col("gepland_tot") >= pl.col("gepland_van"),
        ),
        Rule(
            "gereed_met_datum",
            ("status", "gereed_op"),
            "horen bij elkaar: een actie die gereed is heeft een datum, een andere niet",
            (pl.col("status") == "gereed") == pl.col("gereed_op").is_not_null(),
        ),
        Rule(
            "gereed_voor_de_stand",
            ("kwartaal", "gereed_op"),
            "spreken elkaar tegen: de actie is later gereed dan de stand",
            quarter_of("gereed_op") <= pl.col("kwartaal"),
        ),
        Rule(
            "stand_na_begin_van_het_plan",
            ("kwartaal", "jaarplan"),
            "spreken elkaar tegen: de stand ligt vóór het jaar van het plan",
            pl.col("kwartaal").str.head(4) >= pl.col("jaarplan"),
        ),
    )

    kwartaal: str = fields.quarter("Kwartaal waarover de stand gaat, bijvoorbeeld 2026Q3")
    actie_id: str = fields.text("Kort kenmerk van de actie", longest=40)
    jaarplan: str = fields.year("Jaar van het jaarplan, bijvoorbeeld 2026")
    thema: str = fields.category("Thema", THEMAS, aliases=THEMA_ALIASES)
    actielijn: str = fields.text("Actielijn")
    actie: str = fields.text("Wat er gebeurt", longest=400)
    gepland_van: str = fields.quarter("Eerste kwartaal van de planning")
    gepland_tot: str = fields.quarter("Laatste kwartaal van de planning; het vierde bij een doorlopende actie")
    eigenaar: str = fields.text("Organisatie die de actie trekt")
    status: str = fields.category(
        "Stand", ("gepland", "loopt", "gereed", "vertraagd", "vervallen"), aliases={"afgerond": "gereed", "in uitvoering": "loopt", "doorlopend": "loopt"}
    )
    gereed_op: pl.Date = fields.date("Datum waarop de actie gereed was, leeg zolang zij dat niet is", nullable=True)
    toelichting: str = fields.text("Toelichting op de stand", longest=400, nullable=True)

    class Config(Contract.Config):
        unique = ["actie_id", "kwartaal"]
