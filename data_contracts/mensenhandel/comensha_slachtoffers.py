"""CoMensha: (mogelijke) slachtoffers van mensenhandel, one pseudonymised row per melding."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms
from data_contracts.mensenhandel.categories import VORM_ALIASES, VORMEN


class ComenshaSlachtoffers(Contract):
    """One row per victim, quarter and reporting organisation; one victim may be reported by several."""

    _terms = Terms(
        delivery="comensha_slachtoffers",
        title="Geregistreerde (mogelijke) slachtoffers mensenhandel",
        partner="CoMensha",
        owner="CoMensha, afdeling registratie",
        theme="mensenhandel",
        grain=Grain.RECORD,
        rhythm=Rhythm.QUARTER,
        due_days=42,
        final_days=180,  # late meldingen come in for half a year; te bevestigen
        period_column="meldkwartaal",
        law=Law(
            doel="Regionaal beeld van geregistreerde slachtoffers voor de aanpak van mensenhandel",
            grondslag="AVG art. 6 lid 1 onder e en art. 9 lid 2 onder j; UAVG art. 24",
            convenant="Te bevestigen: leveringsafspraak CoMensha - RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel mensenhandel",
            bewaartermijn_maanden=60,
            smallest_area="gemeente",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "pseudoniem": ("id", "slachtoffer_id", "pseudo_id"),
            "meldkwartaal": ("kwartaal", "kwartaal melding"),
            "melder": ("meldende organisatie", "aanmelder"),
            "leeftijdsgroep": ("leeftijd", "leeftijdscategorie"),
            "nationaliteitsgroep": ("nationaliteit",),
            "uitbuitingsvormen": ("uitbuitingsvorm", "vorm(en) van uitbuiting", "vormen"),
        },
    )

    pseudoniem: str = fields.pseudonym("Pseudoniem van het slachtoffer, door CoMensha gemaakt, gelijk over kwartalen")
    meldkwartaal: str = fields.quarter("Kwartaal van de melding, bijvoorbeeld 2026Q3")
    melder: str = fields.category(
        "Organisatie die meldde",
        ("politie", "zorgcoördinatie", "arbeidsinspectie", "marechaussee", "opvang", "gemeente", "overig"),
        aliases={"nla": "arbeidsinspectie", "nederlandse arbeidsinspectie": "arbeidsinspectie", "kmar": "marechaussee", "avim": "politie", "anders": "overig"},
    )
    zorgregio: str = fields.area("zorgregio")
    gemeente: str = fields.area("gemeente", nullable=True, description="Gemeente waar de uitbuiting plaatsvond; leeg als die niet bekend is")
    leeftijdsgroep: str = fields.category(
        "Leeftijd bij melding, in banden van CoMensha",
        ("0-17", "18-22", "23-29", "30-39", "40-59", "60+", fields.UNKNOWN),
        aliases={"onder 18": "0-17", "minderjarig": "0-17", "60 en ouder": "60+"},
    )
    geslacht: str = fields.category("Geslacht", ("man", "vrouw", "anders", fields.UNKNOWN), aliases={"m": "man", "v": "vrouw", "x": "anders"})
    nationaliteitsgroep: str = fields.category(
        "Groep van nationaliteiten", ("Nederlands", "EU", "buiten EU", fields.UNKNOWN), aliases={"nl": "Nederlands", "niet-eu": "buiten EU"}
    )
    uitbuitingsvormen: str = fields.several(
        "Vorm of vormen van uitbuiting, gescheiden door een komma of puntkomma",
        VORMEN,
        aliases=VORM_ALIASES,
    )
    sector: str = fields.category(
        "Sector waar de uitbuiting plaatsvond",
        ("prostitutie", "land- en tuinbouw", "horeca", "bouw", "huishouden", "drugs", "transport", "overig", fields.UNKNOWN),
        aliases={"tuinbouw": "land- en tuinbouw", "schoonmaak": "overig"},
        nullable=True,
    )

    class Config(Contract.Config):
        unique = ["pseudoniem", "meldkwartaal", "melder"]
