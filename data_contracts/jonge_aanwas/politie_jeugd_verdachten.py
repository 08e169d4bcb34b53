"""Politie: jeugdige verdachten naar woonplaats, geteld per basisteam en kwartaal."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms


class PolitieJeugdVerdachten(Contract):
    """One row per basisteam of residence, quarter, age group, offence and first offender yes or no."""

    _terms = Terms(
        delivery="politie_jeugd_verdachten",
        title="Jeugdige verdachten naar woonplaats",
        partner="Politie, eenheid Den Haag",
        owner="Politie, Dienst Regionale Informatieorganisatie",
        theme="jonge_aanwas",
        grain=Grain.COUNT,
        rhythm=Rhythm.QUARTER,
        due_days=30,
        final_days=90,  # te bevestigen
        period_column="kwartaal",
        law=Law(
            doel="Regionaal beeld van jonge aanwas in de georganiseerde criminaliteit",
            grondslag="Wet politiegegevens art. 22",
            convenant="Te bevestigen: convenant gegevensdeling RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel jonge aanwas",
            bewaartermijn_maanden=60,
            smallest_area="basisteam",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={"basisteam_woonplaats": ("basisteam", "team woonplaats"), "first_offender": ("first offender", "eerste delict", "first offender ja/nee")},
    )

    basisteam_woonplaats: str = fields.area("basisteam")
    kwartaal: str = fields.quarter()
    leeftijd: str = fields.category("Leeftijd", ("12-17", "18-23"), aliases={"12 t/m 17": "12-17", "18 t/m 23": "18-23"})
    delict: str = fields.category("Delict", ("drugs", "uithalen", "wapen", "geweld", "geldezel"), aliases={"wapenbezit": "wapen", "uithaler": "uithalen"})
    first_offender: bool = fields.flag("Eerste delict")
    aantal: int = fields.count("Aantal verdachten", unit="verdachten")

    class Config(Contract.Config):
        unique = ["basisteam_woonplaats", "kwartaal", "leeftijd", "delict", "first_offender"]
