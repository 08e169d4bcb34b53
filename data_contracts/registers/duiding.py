"""Werkgroep monitor: wat er bij een cijfer gezegd moet worden, gedateerd en naast het cijfer getoond."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms


class Duiding(Contract):
    """One row per context note of the werkgroep to an indicator, an area and a period."""

    _terms = Terms(
        delivery="duiding",
        title="Duiding bij de cijfers",
        partner="Werkgroep Ketenmonitor",
        owner="RIEC, secretaris van de werkgroep",
        theme="registers",
        grain=Grain.REFERENCE,
        rhythm=Rhythm.QUARTER,
        due_days=45,
        period_column="datum",
        confidential=False,
        tolerance=0.0,
        law=Law(
            doel="Cijfers van context voorzien op de pagina en in het jaarverslag",
            grondslag="Geen persoonsgegevens: een duiding gaat over cijfers, nooit over een zaak of persoon",
            convenant="Te bevestigen: werkwijze van de werkgroep",
            dpia="Niet nodig: geen persoonsgegevens",
            bewaartermijn_maanden=240,
            smallest_area="gemeente",
            smallest_group={"professional": 1, "publiek": 1},
        ),
        aliases={"indicator_id": ("indicator",), "gebied_code": ("gebied",), "tekst": ("duiding", "toelichting"), "datum": ("datum duiding",)},
        allowed={"tekst": "De duiding is de vrije tekst van de werkgroep zelf; zij verwijst hooguit naar een openbare bron"},
    )
    _rules = (
        Rule(
            "kenmerk_van_een_indicator",
            ("indicator_id",),
            "is geen kenmerk van een indicator, bijvoorbeeld mh_slachtoffers",
            pl.col("indicator_id").str.contains(r"^(alg|mh|oc|ja|x)_[a-z0-9_]+$"),
        ),
        Rule(
            "code_hoort_bij_niveau",
            ("gebied_niveau", "gebied_code"),
            "passen niet bij elkaar: de code is er geen van dit niveau",
            pl.concat_str("gebied_niveau", "gebied_code", separator=" ").str.contains(
                r"^(regio [A-Z]{2}|abc ABC|zorgregio [A-Z]{2,3}|district [A-Z]|basisteam [A-Z]\d|gemeente GM\d{4}|wijk WK\d{6})$"
            ),
        ),
        Rule(
            "periode_is_geschreven_als_afgesproken",
            ("periode",),
            "is geen jaar, kwartaal, maand of schooljaar (2026, 2026Q3, 2026-09, 2025/26)",
            pl.col("periode").str.contains(r"^20\d{2}(Q[1-4]|-(0[1-9]|1[0-2])|/\d{2})?$"),
        ),
        Rule(
            "niet_over_de_toekomst",
            ("periode", "datum"),
            "spreken elkaar tegen: de periode begint na de datum van de duiding",
            pl.col("periode").str.head(4) <= pl.col("datum").dt.year().cast(pl.String),
        ),
        Rule("einde_na_begin", ("datum", "geldig_tot"), "spreken elkaar tegen: de laatste dag ligt vóór de eerste", pl.col("geldig_tot") >= pl.col("datum")),
    )

    duiding_id: str = fields.text("Kort kenmerk van de duiding", longest=40)
    datum: pl.Date = fields.date("Datum van de duiding, dd-mm-jjjj")
    indicator_id: str = fields.text("Indicator waar zij bij hoort, bijvoorbeeld mh_slachtoffers", longest=60)
    gebied_niveau: str = fields.category("Niveau van het gebied", ("regio", "zorgregio", "abc", "district", "basisteam", "gemeente", "wijk"))
    gebied_code: str = fields.text("Code van het gebied, bijvoorbeeld DH, HGL, ABC, G, E3 of GM0503", longest=10)
    periode: str = fields.text("Periode van het cijfer: 2026, 2026Q3, 2026-09 of 2025/26", longest=10)
    titel: str = fields.text("De duiding in één regel", longest=120)
    tekst: str = fields.text("De duiding", longest=1000)
    opgesteld_door: str = fields.text("Werkgroep of organisatie die de duiding gaf")
    status: str = fields.category("Stand", ("concept", "vastgesteld", "ingetrokken"))
    zichtbaar_voor: str = fields.category("Wie de duiding mag zien", ("professionals", "iedereen"), aliases={"publiek": "iedereen"})
    geldig_tot: pl.Date = fields.date("Laatste dag waarop de duiding wordt getoond, leeg zolang zij geldt", nullable=True)

    class Config(Contract.Config):
        unique = ["duiding_id"]
