"""Meldpunt mensenhandel (RSIV en SHOP): meldingen van vermoedens, en wat ermee is gedaan."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms
from data_contracts.mensenhandel.categories import VORM_ALIASES, VORMEN

NOT_REFERRED = "niet doorverwezen"


class MeldpuntMeldingen(Contract):
    """One row per report to the contact point for human trafficking: who reported, where, what kind, and what followed."""

    _terms = Terms(
        delivery="meldpunt_meldingen",
        title="Meldingen bij het Meldpunt mensenhandel",
        partner="Meldpunt mensenhandel (RSIV en SHOP)",
        owner="SHOP Den Haag, coördinator meldpunt",
        theme="mensenhandel",
        grain=Grain.RECORD,
        rhythm=Rhythm.MONTH,
        due_days=21,
        final_days=60,  # days to the first action are known within two months; te bevestigen
        period_column="datum",
        tolerance=0.05,
        law=Law(
            doel="Zicht op meldingen van mensenhandel en op de snelheid van de opvolging",
            grondslag="AVG art. 6 lid 1 onder e en art. 9 lid 2 onder j; UAVG art. 24",
            convenant="Te bevestigen: leveringsafspraak SHOP - RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel mensenhandel",
            bewaartermijn_maanden=60,
            smallest_area="gemeente",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "melding_id": ("meldingsnummer", "nummer melding"),
            "datum": ("datum melding", "meldingsdatum", "ontvangen op"),
            "soort_melder": ("melder", "type melder"),
            "uitbuitingsvorm": ("vorm", "vermoede vorm", "vorm van uitbuiting"),
            "doorverwezen_naar": ("verwezen naar", "doorverwijzing", "doorgezet naar"),
            "dagen_tot_eerste_actie": ("doorlooptijd", "dagen tot actie"),
        },
        quirks=(
            "Het regionale meldpunt begon in de tweede helft van 2024; daarvoor meldde men bij SHOP. Dat is een trendbreuk.",
            "Een melding is een vermoeden: één slachtoffer kan vaker zijn gemeld en niet elke melding is een slachtoffer.",
            "Dagen tot eerste actie is leeg zolang er nog niets is gedaan; een latere levering van dezelfde maand vult het aan.",
        ),
    )
    _rules = (
        Rule(
            "doorverwezen_is_een_actie",
            ("doorverwezen_naar", "dagen_tot_eerste_actie"),
            "spreken elkaar tegen: wie is doorverwezen heeft een eerste actie, vul in na hoeveel dagen",
            (pl.col("doorverwezen_naar") == NOT_REFERRED) | pl.col("dagen_tot_eerste_actie").is_not_null(),
        ),
        Rule(
            "eerste_actie_binnen_een_jaar",
            ("dagen_tot_eerste_actie",),
            "is meer dan een jaar: controleer de datum van de melding en van de eerste actie",
            pl.col("dagen_tot_eerste_actie") <= 366,
        ),
    )

    melding_id: str = fields.pseudonym("Kenmerk van de melding, door het meldpunt gemaakt; geen naam en geen telefoonnummer")
    datum: pl.Date = fields.date("Dag waarop de melding binnenkwam, dd-mm-jjjj")
    soort_melder: str = fields.category(
        "Wie meldde",
        ("gemeente", "politie", "zorg", "onderwijs", "opvang", "toezichthouder", "bedrijf", "burger", "slachtoffer", "anoniem", "overig"),
        aliases={"zorgverlener": "zorg", "school": "onderwijs", "boa": "toezichthouder", "inwoner": "burger", "hotel": "bedrijf", "anders": "overig"},
    )
    gemeente: str = fields.area("gemeente", nullable=True, description="Gemeente waar de uitbuiting zou plaatsvinden; leeg als die niet bekend is")
    uitbuitingsvorm: str = fields.category("Vermoede vorm van uitbuiting; bij meer vormen de zwaarste", VORMEN, aliases=VORM_ALIASES)
    doorverwezen_naar: str = fields.category(
        "Naar wie de melding is doorverwezen",
        ("politie", "arbeidsinspectie", "zorgcoördinatie", "SHOP", "gemeente", "CoMensha", "Veilig Thuis", "overig", NOT_REFERRED),
        aliases={"avim": "politie", "nla": "arbeidsinspectie", "aandachtsfunctionaris": "gemeente", "geen": NOT_REFERRED, "nee": NOT_REFERRED},
    )
    dagen_tot_eerste_actie: int = fields.count("Dagen van melding tot eerste actie; leeg als er nog niets is gedaan", unit="dagen", nullable=True)

    class Config(Contract.Config):
        unique = ["melding_id"]
