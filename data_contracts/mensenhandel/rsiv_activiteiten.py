"""RSIV: trainingen, bijeenkomsten en campagnes, over alle thema's."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms


class RsivActiviteiten(Contract):
    """One row per activity: training, meeting or campaign, with where it was and how many took part."""

    _terms = Terms(
        delivery="rsiv_activiteiten",
        title="Trainingen, bijeenkomsten en campagnes",
        partner="RSIV",
        owner="RSIV, programmasecretaris",
        theme="mensenhandel",
        grain=Grain.RECORD,
        rhythm=Rhythm.QUARTER,
        due_days=30,
        period_column="datum",
        law=Law(
            doel="Menukaart van activiteiten en inzicht in de inzet",
            grondslag="Geen persoonsgegevens: alleen aantallen deelnames",
            convenant="Eigen registratie RSIV",
            dpia="Niet nodig: geen persoonsgegevens",
            bewaartermijn_maanden=120,
            smallest_area="gemeente",
            smallest_group={"professional": 1, "publiek": 1},
        ),
        aliases={"activiteit": ("titel", "omschrijving"), "deelnemers": ("aantal deelnemers",), "waardering": ("cijfer", "gemiddelde waardering")},
    )

    activiteit_id: str = fields.text("Kenmerk van de activiteit", longest=40)
    activiteit: str = fields.text("Titel van de activiteit")
    soort: str = fields.category("Soort", ("training", "bijeenkomst", "campagne"))
    thema: str = fields.category(
        "Thema", ("mensenhandel", "online criminaliteit", "jonge aanwas"), aliases={"cybercrime": "online criminaliteit", "dealbreakers": "jonge aanwas"}
    )
    actielijn: str = fields.text("Actielijn uit het jaarplan", nullable=True)
    doelgroep: str = fields.text("Voor wie")
    district: str = fields.area("district", nullable=True, description="District, leeg bij een regionale activiteit")
    gemeente: str = fields.area("gemeente", nullable=True, description="Gemeente, leeg bij een districtelijke of regionale activiteit")
    datum: pl.Date = fields.date("Datum van de activiteit, dd-mm-jjjj")
    deelnemers: int = fields.count("Aantal deelnames", unit="deelnames")
    waardering: float = fields.mark("Gemiddelde waardering, 1 tot 10, leeg als er niet is gevraagd")

    class Config(Contract.Config):
        unique = ["activiteit_id"]
