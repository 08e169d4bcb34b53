"""Gemeenten en DUO: schoolverzuim en voortijdig schoolverlaten, geteld per gemeente en schooljaar."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms


class LeerplichtVerzuim(Contract):
    """One row per gemeente of residence and school year: pupils, absence and early school leavers."""

    _terms = Terms(
        delivery="leerplicht_verzuim",
        title="Schoolverzuim en voortijdig schoolverlaten",
        partner="Gemeenten (leerplicht) en DUO",
        owner="Regionaal bureau leerplicht, namens de gemeenten",
        theme="jonge_aanwas",
        grain=Grain.COUNT,
        rhythm=Rhythm.SCHOOL_YEAR,
        due_days=240,  # gemeenten report before 1 October; DUO's first count of early leavers comes out in February or March
        period_column="schooljaar",
        tolerance=0.0,  # 27 rows: every one of them is a gemeente
        law=Law(
            doel="Verzuim en schooluitval als vroeg signaal van jonge aanwas",
            grondslag="Te bevestigen: Leerplichtwet 1969 art. 25; alleen tellingen",
            convenant="Te bevestigen: leveringsafspraak gemeenten - RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel jonge aanwas",
            bewaartermijn_maanden=60,
            smallest_area="gemeente",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "gemeente": ("woongemeente",),
            "schooljaar": ("periode", "jaar"),
            "leerlingen": ("aantal leerlingen", "leerlingen totaal"),
            "absoluut_verzuim": ("absoluut", "niet ingeschreven"),
            "relatief_verzuim": ("relatief", "ongeoorloofd verzuim"),
            "voortijdig_schoolverlaters": ("vsv", "vsv'ers", "nieuwe vsv'ers", "voortijdige schoolverlaters"),
        },
        quirks=(
            "Het aantal schoolverlaters is bij de eerste levering voorlopig; als DUO het definitief vaststelt komt er een nieuwe levering.",
            "Een leerling met verzuim op twee scholen in één schooljaar telt één keer.",
        ),
    )
    _rules = tuple(
        Rule(
            f"{column}_onder_leerlingen",
            (column, "leerlingen"),
            f"spreken elkaar tegen: er kunnen niet meer {what} zijn dan leerlingen",
            pl.col(column) <= pl.col("leerlingen"),
        )
        for column, what in (
            ("absoluut_verzuim", "leerlingen met absoluut verzuim"),
            ("relatief_verzuim", "leerlingen met relatief verzuim"),
            ("voortijdig_schoolverlaters", "voortijdig schoolverlaters"),
        )
    )

    gemeente: str = fields.area("gemeente", description="Gemeente waar de leerling woont")
    schooljaar: str = fields.school_year()
    leerlingen: int = fields.count("Leerlingen van 5 tot en met 22 jaar die in de gemeente wonen", unit="leerlingen")
    absoluut_verzuim: int = fields.count("Leerplichtige leerlingen die in het schooljaar niet op een school stonden ingeschreven", unit="leerlingen")
    relatief_verzuim: int = fields.count("Leerlingen over wie ongeoorloofd verzuim is gemeld", unit="leerlingen")
    voortijdig_schoolverlaters: int = fields.count("Leerlingen die in het schooljaar zonder startkwalificatie van school gingen", unit="leerlingen")

    class Config(Contract.Config):
        unique = ["gemeente", "schooljaar"]
