"""RSIV: de menukaart van trainingen, bijeenkomsten en campagnes, voor wie en hoe men zich aanmeldt."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms
from data_contracts.registers import GELDIG, THEMA_ALIASES, THEMAS, quarter_of


class Activiteiten(Contract):
    """One row per quarter and offer: a training, meeting, lesson or campaign that one can join or ask for. What was held and
    with how many people is the delivery rsiv_activiteiten."""

    _terms = Terms(
        delivery="activiteiten",
        title="Menukaart van activiteiten",
        partner="RSIV",
        owner="RSIV, programmasecretaris",
        theme="registers",
        grain=Grain.REFERENCE,
        rhythm=Rhythm.QUARTER,
        due_days=-75,  # the offer of a quarter is known in its first half month
        period_column="kwartaal",
        confidential=False,
        tolerance=0.0,
        law=Law(
            doel="Professionals laten vinden welke training of voorlichting er is",
            grondslag="Geen persoonsgegevens: alleen organisaties en hun aanbod",
            convenant="Eigen registratie RSIV",
            dpia="Niet nodig: geen persoonsgegevens",
            bewaartermijn_maanden=120,
            smallest_area="gemeente",
            smallest_group={"professional": 1, "publiek": 1},
        ),
        aliases={"aanbod_id": ("nummer",), "titel": ("activiteit", "training"), "duur": ("duur in uren",), "aanmelden": ("aanmelding", "aanmelden via")},
        allowed={"aanmelden": "Wie mee wil doen moet zich kunnen aanmelden: het adres van een organisatie, nooit van een persoon"},
    )
    _rules = (
        GELDIG,
        Rule(
            "geldig_in_het_kwartaal",
            ("kwartaal", "geldig_van", "geldig_tot"),
            "spreken elkaar tegen: het aanbod geldt niet in dit kwartaal",
            (quarter_of("geldig_van") <= pl.col("kwartaal")) & (quarter_of("geldig_tot") >= pl.col("kwartaal")),
        ),
    )

    kwartaal: str = fields.quarter("Kwartaal waarin men mee kan doen, bijvoorbeeld 2026Q3")
    aanbod_id: str = fields.text("Kort kenmerk van het aanbod", longest=40)
    titel: str = fields.text("Titel")
    soort: str = fields.category("Soort", ("training", "bijeenkomst", "voorlichting", "les", "campagne", "e-learning"), aliases={"workshop": "training"})
    thema: str = fields.category("Thema", THEMAS, aliases=THEMA_ALIASES)
    actielijn: str = fields.text("Actielijn uit het jaarplan", nullable=True)
    doelgroep: str = fields.text("Voor wie")
    inhoud: str = fields.text("Wat men er leert of doet", longest=500)
    aanbieder: str = fields.text("Organisatie die het aanbiedt")
    vorm: str = fields.category("Vorm", ("op locatie", "online", "op locatie of online"))
    duur: float = fields.number("Duur in uren, leeg als die verschilt", unit="uur", highest=80, nullable=True)
    district: str = fields.area("district", nullable=True, description="District waarvoor het is, leeg bij de hele regio")
    aanmelden: str = fields.text("Hoe men zich aanmeldt", longest=300)
    geldig_van: pl.Date = fields.date("Eerste dag waarop het aanbod geldt, dd-mm-jjjj")
    geldig_tot: pl.Date = fields.date("Laatste dag waarop het aanbod geldt, leeg zolang het geldt", nullable=True)

    class Config(Contract.Config):
        unique = ["aanbod_id", "kwartaal"]
