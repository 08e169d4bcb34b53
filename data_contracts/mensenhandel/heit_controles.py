"""Haags Economisch Interventieteam (HEIT): bestuurlijke controles, wat er werd aangetroffen en wat volgde."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms

NONE = "geen"


class HeitControles(Contract):
    """One row per inspection of a business: where, which trade, what was wrong and which intervention followed."""

    _terms = Terms(
        delivery="heit_controles",
        title="Controles door het Haags Economisch Interventieteam",
        partner="Haags Economisch Interventieteam",
        owner="HEIT, beleidsmedewerker regio",
        theme="mensenhandel",
        grain=Grain.RECORD,
        rhythm=Rhythm.MONTH,
        due_days=21,
        period_column="datum",
        tolerance=0.05,
        law=Law(
            doel="Inzicht in de inzet van bestuurlijke controles en in misstanden per branche",
            grondslag="AVG art. 6 lid 1 onder e; te bevestigen: Gemeentewet art. 172 en de APV van de gemeente",
            convenant="Te bevestigen: samenwerkingsovereenkomst HEIT",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel mensenhandel",
            bewaartermijn_maanden=60,
            smallest_area="gemeente",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "controle_id": ("controlenummer", "nummer controle"),
            "datum": ("datum controle", "controledatum"),
            "branche": ("soort bedrijf", "bedrijfstak"),
            "misstanden": ("misstand", "aangetroffen misstanden", "overtredingen"),
            "signaal_mensenhandel": ("signaal mensenhandel ja/nee", "signaal mh"),
            "interventie": ("maatregel", "vervolg"),
        },
        quirks=(
            "Controles zijn gericht op plekken met een vermoeden: het aandeel met een misstand zegt niets over de hele branche.",
            "Een rij is één controle van één bedrijf; een controledag in een winkelstraat is dus meer rijen.",
            "De naam en het adres van het bedrijf worden nooit geleverd.",
        ),
    )
    _rules = (
        Rule(
            "geen_misstand_staat_alleen",
            ("misstanden",),
            "spreekt zichzelf tegen: 'geen' staat nooit samen met een misstand",
            (pl.col("misstanden") == NONE) | ~pl.col("misstanden").str.split("|").list.contains(NONE),
        ),
        Rule(
            "interventie_heeft_een_reden",
            ("misstanden", "signaal_mensenhandel", "interventie"),
            "spreken elkaar tegen: een interventie hoort bij een misstand of een signaal van mensenhandel",
            (pl.col("interventie") == NONE) | (pl.col("misstanden") != NONE) | pl.col("signaal_mensenhandel"),
        ),
    )

    controle_id: str = fields.pseudonym("Kenmerk van de controle, door het HEIT gemaakt; geen KvK-nummer")
    datum: pl.Date = fields.date("Dag van de controle, dd-mm-jjjj")
    gemeente: str = fields.area("gemeente")
    branche: str = fields.category(
        "Branche van het bedrijf",
        (
            "avondwinkel of supermarkt",
            "garage",
            "shishalounge",
            "café",
            "restaurant",
            "beautysalon",
            "massagesalon",
            "prostitutie",
            "hotel",
            "uitzendbureau",
            "overig",
        ),
        aliases={
            "avondwinkel": "avondwinkel of supermarkt",
            "supermarkt": "avondwinkel of supermarkt",
            "autobedrijf": "garage",
            "shisha lounge": "shishalounge",
            "horeca: café": "café",
            "horeca: restaurant": "restaurant",
            "nagelstudio": "beautysalon",
            "kapper": "beautysalon",
            "seksinrichting": "prostitutie",
        },
    )
    misstanden: str = fields.several(
        "Misstand of misstanden, gescheiden door een komma of puntkomma; geen als er niets mis was",
        (
            NONE,
            "illegale tewerkstelling",
            "onderbetaling",
            "slechte huisvesting",
            "onvergunde prostitutie",
            "illegale sigaretten",
            "illegale medicijnen",
            "illegaal gokken",
            "fiscale overtreding",
            "vergunning niet op orde",
            "brandveiligheid",
            "overig",
        ),
        aliases={
            "nee": NONE,
            "zwart werk": "illegale tewerkstelling",
            "illegale prostitutie": "onvergunde prostitutie",
            "geen vergunning": "vergunning niet op orde",
            "sigaretten": "illegale sigaretten",
            "gokken": "illegaal gokken",
        },
    )
    signaal_mensenhandel: bool = fields.flag("Er was een signaal van mensenhandel, dat is doorgegeven aan AVIM of de Arbeidsinspectie")
    interventie: str = fields.category(
        "Zwaarste interventie na de controle",
        (NONE, "waarschuwing", "bestuurlijke boete", "last onder dwangsom", "naheffing", "vergunning ingetrokken", "sluiting", "overgedragen aan politie"),
        aliases={"nee": NONE, "boete": "bestuurlijke boete", "dwangsom": "last onder dwangsom", "gesloten": "sluiting", "politie": "overgedragen aan politie"},
    )

    class Config(Contract.Config):
        unique = ["controle_id"]
