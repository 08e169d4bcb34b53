"""RSIV: de partners in de keten, met rol, taak en contactroute, en wat zij aan wie doorgeven (het stroomschema)."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms
from data_contracts.registers import GELDIG, THEMA_ALIASES, THEMAS

ROUTE = "De openbare contactroute van een organisatie hoort in de stakeholderanalyse; nooit een persoon"


class Partners(Contract):
    """One row per partner and year: what it is, what it does against which theme, how to reach it, and to whom it passes what."""

    _terms = Terms(
        delivery="partners",
        title="Partners in de keten en wat zij aan elkaar doorgeven",
        partner="RSIV",
        owner="RSIV, ketenregisseur mensenhandel",
        theme="registers",
        grain=Grain.REFERENCE,
        rhythm=Rhythm.YEAR,
        due_days=-275,  # the list of a year is needed in its first quarter
        period_column="jaar",
        confidential=False,
        tolerance=0.0,
        law=Law(
            doel="Laten zien wie in de keten welke rol heeft en hoe die te bereiken is",
            grondslag="Geen persoonsgegevens: alleen organisaties en hun openbare contactroutes",
            convenant="Te bevestigen: stakeholderanalyse in het jaarplan RSIV",
            dpia="Niet nodig: geen persoonsgegevens",
            bewaartermijn_maanden=120,
            smallest_area="gemeente",
            smallest_group={"professional": 1, "publiek": 1},
        ),
        aliases={
            "organisatie": ("partner", "ketenpartner", "stakeholder"),
            "themas": ("thema", "thema's"),
            "email": ("e-mail", "mailadres"),
            "geeft_door_aan": ("doorgeven aan", "pijl naar"),
            "wat_wordt_doorgegeven": ("wat",),
        },
        allowed={"contactroute": ROUTE, "telefoon": ROUTE, "email": ROUTE, "website": ROUTE},
        quirks=("HLT Samen is één organisatie van drie gemeenten: wel een partner, nooit een rij cijfers.",),
    )
    _rules = (
        GELDIG,
        Rule(
            "kenmerken_van_partners",
            ("geeft_door_aan",),
            "bevat iets anders dan kenmerken van partners, gescheiden door een puntkomma",
            pl.col("geeft_door_aan").str.contains(r"^[a-z0-9-]+(\s*;\s*[a-z0-9-]+)*$"),
        ),
        Rule(
            "niet_aan_zichzelf",
            ("partner_id", "geeft_door_aan"),
            "wijzen naar elkaar: een partner geeft niet door aan zichzelf",
            ~pl.col("geeft_door_aan").str.replace_all(r"\s", "").str.split(";").list.contains(pl.col("partner_id")),
        ),
        Rule(
            "wat_en_aan_wie",
            ("geeft_door_aan", "wat_wordt_doorgegeven"),
            "horen bij elkaar: vul beide in of geen van beide",
            pl.col("geeft_door_aan").is_null() == pl.col("wat_wordt_doorgegeven").is_null(),
        ),
    )

    jaar: str = fields.year("Jaar waarvoor de lijst geldt, bijvoorbeeld 2026")
    partner_id: str = fields.text("Kort kenmerk van de partner: kleine letters, cijfers en streepjes", longest=40)
    organisatie: str = fields.text("Naam van de organisatie")
    soort: str = fields.category(
        "Soort organisatie",
        ("gemeente", "politie", "justitie", "toezicht", "zorg en opvang", "onderwijs", "bedrijfsleven", "samenwerkingsverband", "kennis en registratie"),
    )
    themas: str = fields.several("Thema of thema's, gescheiden door een komma of puntkomma", THEMAS, aliases=THEMA_ALIASES)
    werkgebied: str = fields.category(
        "Waar de partner werkt",
        ("landelijk", "regio", "zorgregio Haaglanden", "zorgregio Hollands Midden", "district", "gemeente"),
        aliases={"eenheid": "regio"},
    )
    rol: str = fields.text("Rol in de keten, in een paar woorden")
    taak: str = fields.text("Wat de partner doet", longest=400)
    contactroute: str = fields.text("Hoe een professional de partner bereikt", longest=300)
    telefoon: str = fields.text("Algemeen telefoonnummer van de organisatie", longest=40, nullable=True)
    email: str = fields.text("Algemeen e-mailadres van de organisatie", longest=80, nullable=True)
    website: str = fields.text("Website van de organisatie", longest=120, nullable=True)
    geeft_door_aan: str = fields.text("Kenmerken van de partners waaraan wordt doorgegeven, gescheiden door een puntkomma", longest=400, nullable=True)
    wat_wordt_doorgegeven: str = fields.text("Wat de partner doorgeeft: signalen, meldingen, casussen, cijfers", nullable=True)
    geldig_van: pl.Date = fields.date("Eerste dag waarop dit geldt, dd-mm-jjjj")
    geldig_tot: pl.Date = fields.date("Laatste dag waarop dit geldt, leeg zolang het geldt", nullable=True)

    class Config(Contract.Config):
        unique = ["partner_id", "jaar"]
