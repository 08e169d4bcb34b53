"""Politie: meldingen en aangiften van online criminaliteit, geteld per basisteam en maand."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms


class PolitieOnlineRegistraties(Contract):
    """One row per basisteam, month, kind of crime, kind of registration and age group of the victim."""

    _terms = Terms(
        delivery="politie_online_registraties",
        title="Meldingen en aangiften van online criminaliteit",
        partner="Politie, eenheid Den Haag",
        owner="Politie, Dienst Regionale Informatieorganisatie",
        theme="online_criminaliteit",
        grain=Grain.COUNT,
        rhythm=Rhythm.MONTH,
        due_days=21,
        final_days=90,  # an aangifte comes weeks after the crime; te bevestigen
        period_column="maand",
        law=Law(
            doel="Regionaal beeld van geregistreerde online criminaliteit",
            grondslag="Wet politiegegevens art. 22",
            convenant="Te bevestigen: convenant gegevensdeling RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel online criminaliteit",
            bewaartermijn_maanden=60,
            smallest_area="basisteam",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "basisteam": ("team", "bt"),
            "maand": ("periode", "jaarmaand"),
            "soort": ("soort registratie",),
            "leeftijdsgroep_slachtoffer": ("leeftijd slachtoffer", "leeftijdsgroep"),
            "schadebedrag": ("schade", "schadebedrag (euro)", "schade in euro"),
        },
    )

    basisteam: str = fields.area("basisteam")
    maand: str = fields.month()
    delictsoort: str = fields.category(
        "Delictsoort",
        (
            "aan- en verkoopfraude",
            "bankhelpdeskfraude",
            "hulpvraagfraude",
            "overige fraude en oplichting",
            "afpersing/smaad online",
            "cybercrime persoon",
        ),
        aliases={
            "afpersing of smaad online": "afpersing/smaad online",
            "cybercrime tegen personen": "cybercrime persoon",
            "vriend-in-noodfraude": "hulpvraagfraude",
        },
    )
    soort: str = fields.category("Melding of aangifte", ("melding", "aangifte"))
    leeftijdsgroep_slachtoffer: str = fields.category(
        "Leeftijd van het slachtoffer", ("0-17", "18-24", "25-39", "40-59", "60+", fields.UNKNOWN), aliases={"60 en ouder": "60+"}
    )
    aantal: int = fields.count("Aantal registraties", unit="registraties")
    schadebedrag: float = fields.money("Som van de schade in euro")

    class Config(Contract.Config):
        unique = ["basisteam", "maand", "delictsoort", "soort", "leeftijdsgroep_slachtoffer"]
