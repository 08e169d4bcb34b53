"""RIEC Dealbreakers: wat er op welke school is gedaan tegen jonge aanwas, per keer."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms

#: Ages that a kind of school has (Leerplichtwet 1969, WEB): the basisschool ends at 12, the mbo starts at 16, special schools go on to 20.
AGES_OF_SCHOOL = {
    "basisonderwijs": ("10-12",),
    "voortgezet onderwijs": ("12-14", "15-17"),
    "speciaal onderwijs": ("10-12", "12-14", "15-17", "18-23"),
    "mbo": ("15-17", "18-23"),
    "geen school": ("12-14", "15-17", "18-23"),
}
AGES = ("10-12", "12-14", "15-17", "18-23")


class DealbreakersDeelname(Contract):
    """One row per time that an intervention of Dealbreakers was held for a group of pupils."""

    _terms = Terms(
        delivery="dealbreakers_deelname",
        title="Deelname aan Dealbreakers",
        partner="RIEC Den Haag, project Dealbreakers",
        owner="RIEC, projectleider Dealbreakers",
        theme="jonge_aanwas",
        grain=Grain.RECORD,
        rhythm=Rhythm.QUARTER,
        due_days=30,
        period_column="datum",
        law=Law(
            doel="Bereik van de preventieve aanpak van jonge aanwas",
            grondslag="Geen persoonsgegevens: alleen aantallen leerlingen per school",
            convenant="Eigen registratie RIEC",
            dpia="Niet nodig: geen persoonsgegevens",
            bewaartermijn_maanden=120,
            smallest_area="gemeente",
            smallest_group={"professional": 1, "publiek": 1},
        ),
        aliases={
            "deelname_id": ("id", "kenmerk"),
            "school": ("naam school", "locatie"),
            "schoolsoort": ("schooltype", "onderwijssoort"),
            "leeftijdsgroep": ("leeftijd", "leeftijd leerlingen"),
            "interventie": ("activiteit", "soort interventie"),
            "leerlingen_bereikt": ("leerlingen", "aantal leerlingen", "bereikte leerlingen"),
            "signaaloverleg": ("signaaloverleg op school", "signalenoverleg"),
        },
        allowed={"school": "naam van een school of locatie; geen contactpersoon en geen adres"},
        quirks=(
            "Bereik, geen unieke leerlingen: wie aan drie interventies meedoet telt drie keer.",
            "HLT (Hillegom, Lisse, Teylingen) doet als één organisatie mee, maar elke rij noemt één gemeente: waar de school staat.",
        ),
    )
    _rules = (
        Rule(
            "leeftijd_past_bij_school",
            ("leeftijdsgroep", "schoolsoort"),
            "passen niet bij elkaar: leerlingen van deze leeftijd zitten niet op dit soort school",
            pl.any_horizontal((pl.col("schoolsoort") == school) & pl.col("leeftijdsgroep").is_in(ages) for school, ages in AGES_OF_SCHOOL.items()),
        ),
        Rule(
            "signaaloverleg_hoort_bij_school",
            ("signaaloverleg", "schoolsoort"),
            "passen niet bij elkaar: een signaaloverleg bestaat alleen op een school",
            ~(pl.col("signaaloverleg") & (pl.col("schoolsoort") == "geen school")),
        ),
    )

    deelname_id: str = fields.text("Kenmerk van deze keer", longest=40)
    datum: pl.Date = fields.date("Datum van de (eerste) bijeenkomst, dd-mm-jjjj")
    gemeente: str = fields.area("gemeente", description="Gemeente waar de school staat")
    school: str = fields.text("School of locatie", longest=80)
    schoolsoort: str = fields.category(
        "Soort school",
        tuple(AGES_OF_SCHOOL),
        aliases={
            "po": "basisonderwijs",
            "vo": "voortgezet onderwijs",
            "vso": "speciaal onderwijs",
            "middelbare school": "voortgezet onderwijs",
            "jongerencentrum": "geen school",
        },
    )
    leeftijdsgroep: str = fields.category(
        "Leeftijd van de meeste leerlingen", AGES, aliases={"10-dec": "10-12", "dec-14": "12-14", "10 t/m 12": "10-12", "18 t/m 23": "18-23"}
    )
    interventie: str = fields.category(
        "Interventie",
        ("leerlijn", "escape room", "training", "Halt-les", "Crimelabs", "Skill School"),
        aliases={"doorlopende leerlijn": "leerlijn", "escaperoom": "escape room", "escape room foute centen": "escape room", "les halt": "Halt-les"},
    )
    leerlingen_bereikt: int = fields.count("Leerlingen die erbij waren", unit="leerlingen")
    signaaloverleg: bool = fields.flag("De school heeft een signaaloverleg met lokale partners")

    class Config(Contract.Config):
        unique = ["deelname_id"]
