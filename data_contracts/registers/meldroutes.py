"""RSIV en RIEC: de meldroutekaart en de signalenkaart, bij wie men met welk vermoeden terecht kan."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms
from data_contracts.registers import GELDIG, THEMA_ALIASES, THEMAS

ROUTE = "Een meldroute is er om openbaar te zijn: het nummer of adres van een organisatie, nooit van een persoon"


class Meldroutes(Contract):
    """One row per year, route and step: who turns to whom with which suspicion, and how."""

    _terms = Terms(
        delivery="meldroutes",
        title="Meldroutekaart en signalenkaart",
        partner="RSIV en RIEC",
        owner="RSIV, ketenregisseur mensenhandel",
        theme="registers",
        grain=Grain.REFERENCE,
        rhythm=Rhythm.YEAR,
        due_days=-275,  # the card of a year is needed in its first quarter
        period_column="jaar",
        confidential=False,
        tolerance=0.0,
        law=Law(
            doel="Iedereen laten vinden waar een vermoeden gemeld kan worden",
            grondslag="Geen persoonsgegevens: alleen organisaties en hun openbare contactroutes",
            convenant="Te bevestigen: werkgroep centraal meldpunt",
            dpia="Niet nodig: geen persoonsgegevens",
            bewaartermijn_maanden=120,
            smallest_area="gemeente",
            smallest_group={"professional": 1, "publiek": 1},
        ),
        aliases={"route_id": ("route",), "email": ("e-mail", "mailadres"), "meld_bij": ("melden bij", "organisatie"), "anoniem": ("anoniem melden",)},
        allowed={"hoe": ROUTE, "telefoon": ROUTE, "email": ROUTE, "website": ROUTE},
        quirks=("Met de komst van het meldpunt mensenhandel in 2024 veranderde de route: een trendbreuk in meldingen.",),
    )
    _rules = (
        GELDIG,
        Rule("stap_vanaf_een", ("stap",), "is te laag: de eerste stap van een route is 1", pl.col("stap") >= 1),
        Rule(
            "spoed_heeft_telefoon",
            ("spoed", "telefoon"),
            "spreken elkaar tegen: een route bij spoed heeft een telefoonnummer",
            ~pl.col("spoed") | pl.col("telefoon").is_not_null(),
        ),
    )

    jaar: str = fields.year("Jaar waarvoor de kaart geldt, bijvoorbeeld 2026")
    route_id: str = fields.text("Kort kenmerk van de route", longest=40)
    stap: int = fields.count("Volgorde binnen de route: 1 is de eerste stap", unit="stap")
    thema: str = fields.category("Thema", THEMAS, aliases=THEMA_ALIASES)
    vermoeden: str = fields.text("Waar het vermoeden over gaat")
    signalen: str = fields.text("Waaraan het te herkennen is (signalenkaart)", longest=500)
    voor_wie: str = fields.category("Wie er meldt", ("professional", "inwoner", "slachtoffer", "ondernemer"))
    meld_bij: str = fields.text("Organisatie waar men meldt of hulp vindt")
    partner_id: str = fields.text("Kenmerk van die organisatie in het register partners, leeg als die daar niet in staat", longest=40, nullable=True)
    hoe: str = fields.text("Wat men doet", longest=400)
    telefoon: str = fields.text("Telefoonnummer van de organisatie", longest=40, nullable=True)
    email: str = fields.text("E-mailadres van de organisatie", longest=80, nullable=True)
    website: str = fields.text("Website met uitleg of een meldformulier", longest=120, nullable=True)
    spoed: bool = fields.flag("De route is voor acuut gevaar")
    anoniem: bool = fields.flag("Anoniem melden kan")
    geldig_van: pl.Date = fields.date("Eerste dag waarop de route geldt, dd-mm-jjjj")
    geldig_tot: pl.Date = fields.date("Laatste dag waarop de route geldt, leeg zolang die geldt", nullable=True)

    class Config(Contract.Config):
        unique = ["route_id", "stap", "jaar"]
