"""Politie: verdachten van online criminaliteit, geteld per basisteam en kwartaal."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms


class PolitieOnlineVerdachten(Contract):
    """One row per basisteam, quarter, age group, sex and role of the suspect."""

    _terms = Terms(
        delivery="politie_online_verdachten",
        title="Verdachten van online criminaliteit",
        partner="Politie, eenheid Den Haag",
        owner="Politie, Dienst Regionale Informatieorganisatie",
        theme="online_criminaliteit",
        grain=Grain.COUNT,
        rhythm=Rhythm.QUARTER,
        due_days=30,
        final_days=90,  # te bevestigen
        period_column="kwartaal",
        law=Law(
            doel="Regionaal beeld van verdachten van online criminaliteit en hun rol",
            grondslag="Wet politiegegevens art. 22",
            convenant="Te bevestigen: convenant gegevensdeling RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel online criminaliteit",
            bewaartermijn_maanden=60,
            smallest_area="basisteam",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "basisteam": ("team", "bt"),
            "kwartaal": ("periode",),
            "leeftijdsgroep": ("leeftijd", "leeftijd verdachte", "leeftijdsgroep verdachte"),
            "geslacht": ("geslacht verdachte",),
            "rol": ("rol verdachte", "rol in het delict"),
            "aantal": ("aantal verdachten", "verdachten"),
        },
        quirks=(
            "Een verdachte telt per kwartaal één keer per basisteam en rol; over kwartalen kan dezelfde persoon vaker voorkomen.",
            "Nog te bevestigen met de politie: is het basisteam dat van de pleegplaats of van de woonplaats van de verdachte?",
            "Geldezels zijn vaak zelf kwetsbaar: een verdachte is geen dader.",
        ),
    )

    basisteam: str = fields.area("basisteam")
    kwartaal: str = fields.quarter()
    leeftijdsgroep: str = fields.category(
        "Leeftijd van de verdachte",
        ("12-17", "18-24", "25-39", "40-59", "60+", fields.UNKNOWN),
        aliases={"dec-17": "12-17", "12 t/m 17": "12-17", "18 t/m 24": "18-24", "60 en ouder": "60+"},  # a spreadsheet takes 12-17 for December 2017
    )
    geslacht: str = fields.category(
        "Geslacht van de verdachte", ("man", "vrouw", fields.UNKNOWN), aliases={"m": "man", "v": "vrouw", "mannelijk": "man", "vrouwelijk": "vrouw"}
    )
    rol: str = fields.category(
        "Rol van de verdachte",
        ("geldezel", "uitvoerder", "organisator", fields.UNKNOWN),
        aliases={"money mule": "geldezel", "katvanger": "geldezel", "dader/uitvoerder": "uitvoerder", "opdrachtgever": "organisator"},
    )
    aantal: int = fields.count("Aantal verdachten", unit="verdachten")

    class Config(Contract.Config):
        unique = ["basisteam", "kwartaal", "leeftijdsgroep", "geslacht", "rol"]
