"""Politie: signalen, incidenten, aangiften en verdachten van mensenhandel, geteld per basisteam en kwartaal."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms
from data_contracts.mensenhandel.categories import LEEFTIJD_ALIASES, LEEFTIJDEN_VERDACHTE, VORM_ALIASES, VORMEN


class PolitieMensenhandel(Contract):
    """One row per basisteam, quarter, kind of registration, form of exploitation and age group: signals, incidents, reports to the police or suspects."""

    _terms = Terms(
        delivery="politie_mensenhandel",
        title="Signalen, incidenten, aangiften en verdachten mensenhandel",
        partner="Politie, eenheid Den Haag",
        owner="Politie, AVIM (Afdeling Vreemdelingenpolitie, Identificatie en Mensenhandel)",
        theme="mensenhandel",
        grain=Grain.COUNT,
        rhythm=Rhythm.QUARTER,
        due_days=30,
        final_days=90,  # te bevestigen
        period_column="kwartaal",
        law=Law(
            doel="Regionaal beeld van wat de politie over mensenhandel registreert",
            grondslag="Wet politiegegevens art. 22",
            convenant="Te bevestigen: convenant gegevensdeling RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel mensenhandel",
            bewaartermijn_maanden=60,
            smallest_area="basisteam",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "basisteam": ("team", "bt"),
            "kwartaal": ("periode",),
            "soort": ("soort registratie", "registratiesoort"),
            "uitbuitingsvorm": ("vorm", "vorm van uitbuiting"),
            "leeftijdsgroep": ("leeftijd", "leeftijdscategorie"),
            "aantal": ("aantal registraties",),
        },
        quirks=(
            "Een signaal is geen slachtoffer en een verdachte is geen dader: tel de soorten niet bij elkaar op.",
            "Een registratie staat bij één vorm van uitbuiting, de zwaarste; bij CoMensha kan een slachtoffer meer vormen hebben.",
            "Het basisteam is dat van de plaats van uitbuiting; als die niet bekend is staat er onbekend, en elders als die buiten de eenheid ligt.",
        ),
    )
    _rules = (
        Rule(
            "verdachte_is_ten_minste_twaalf",
            ("soort", "leeftijdsgroep"),
            "spreken elkaar tegen: een kind onder de twaalf kan geen verdachte zijn (art. 486 Sv)",
            (pl.col("soort") != "verdachte") | (pl.col("leeftijdsgroep") != "0-11"),
        ),
    )

    basisteam: str = fields.area("basisteam")
    kwartaal: str = fields.quarter()
    soort: str = fields.category(
        "Wat er is geregistreerd", ("signaal", "incident", "aangifte", "verdachte"), aliases={"signalen": "signaal", "aangiften": "aangifte"}
    )
    uitbuitingsvorm: str = fields.category("Vorm van uitbuiting", VORMEN, aliases=VORM_ALIASES)
    leeftijdsgroep: str = fields.category(
        "Leeftijd van het mogelijke slachtoffer; bij een verdachte die van de verdachte",
        ("0-11", *LEEFTIJDEN_VERDACHTE),
        aliases={"0 t/m 11": "0-11", **LEEFTIJD_ALIASES},
    )
    aantal: int = fields.count("Aantal registraties; bij de soort verdachte het aantal verdachten", unit="registraties")

    class Config(Contract.Config):
        unique = ["basisteam", "kwartaal", "soort", "uitbuitingsvorm", "leeftijdsgroep"]
