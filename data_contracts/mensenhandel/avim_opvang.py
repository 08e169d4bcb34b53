"""Politie (AVIM): gevonden slachtoffers van mensenhandel, voor wie opvang werd gezocht en of die er was."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms
from data_contracts.mensenhandel.categories import DOELGROEP_ALIASES, DOELGROEPEN


class AvimOpvang(Contract):
    """One row per case of AVIM, month and group of victims: how many were found, sought shelter and got it."""

    _terms = Terms(
        delivery="avim_opvang",
        title="Opvang van gevonden slachtoffers mensenhandel",
        partner="Politie, eenheid Den Haag",
        owner="Politie, AVIM (Afdeling Vreemdelingenpolitie, Identificatie en Mensenhandel)",
        theme="mensenhandel",
        grain=Grain.RECORD,
        rhythm=Rhythm.MONTH,
        due_days=21,
        period_column="maand",
        tolerance=0.05,
        law=Law(
            doel="Inzicht in het tekort aan opvang voor slachtoffers van mensenhandel",
            grondslag="Wet politiegegevens art. 22",
            convenant="Te bevestigen: convenant gegevensdeling RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel mensenhandel",
            bewaartermijn_maanden=60,
            smallest_area="regio",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "zaak_id": ("zaaknummer", "zaak"),
            "maand": ("maand gevonden", "periode"),
            "slachtoffers_gevonden": ("gevonden", "aantal gevonden"),
            "opvang_gezocht": ("gezocht", "opvang gezocht voor"),
            "geplaatst": ("opvang gevonden", "aantal geplaatst"),
            "nachten_zonder_plek": ("nachten zonder opvang", "overbruggingsnachten"),
        },
        quirks=(
            "Niet geplaatst is het verschil tussen opvang_gezocht en geplaatst; AVIM levert dat niet apart.",
            "Een nacht in een hotel, de daklozenopvang of een politiebureau is een nacht zonder plek.",
            "Het werkgebied van AVIM is niet de regio van CoMensha: zet deze slachtoffers nooit in één figuur met die van CoMensha.",
        ),
    )
    _rules = (
        Rule(
            "gezocht_hoogstens_gevonden",
            ("slachtoffers_gevonden", "opvang_gezocht"),
            "kloppen niet met elkaar: voor meer slachtoffers is opvang gezocht dan er zijn gevonden",
            pl.col("opvang_gezocht") <= pl.col("slachtoffers_gevonden"),
        ),
        Rule(
            "geplaatst_hoogstens_gezocht",
            ("opvang_gezocht", "geplaatst"),
            "kloppen niet met elkaar: er zijn meer slachtoffers geplaatst dan voor wie opvang is gezocht",
            pl.col("geplaatst") <= pl.col("opvang_gezocht"),
        ),
        Rule(
            "nachten_alleen_als_opvang_gezocht",
            ("opvang_gezocht", "nachten_zonder_plek"),
            "kloppen niet met elkaar: nachten zonder plek tellen alleen voor wie opvang is gezocht",
            (pl.col("opvang_gezocht") > 0) | (pl.col("nachten_zonder_plek") == 0),
        ),
    )

    zaak_id: str = fields.pseudonym("Kenmerk van de zaak, door AVIM gemaakt; geen politienummer en geen naam")
    maand: str = fields.month("Maand waarin de slachtoffers zijn gevonden, bijvoorbeeld 2026-09")
    doelgroep: str = fields.category("Voor wie opvang nodig is", DOELGROEPEN, aliases=DOELGROEP_ALIASES)
    slachtoffers_gevonden: int = fields.count("Slachtoffers die in deze zaak zijn gevonden", unit="slachtoffers")
    opvang_gezocht: int = fields.count("Slachtoffers voor wie opvang is gezocht", unit="slachtoffers")
    geplaatst: int = fields.count("Slachtoffers voor wie een opvangplek is gevonden", unit="slachtoffers")
    nachten_zonder_plek: int = fields.count("Nachten die deze slachtoffers samen zonder opvangplek doorbrachten", unit="nachten")

    class Config(Contract.Config):
        unique = ["zaak_id", "maand", "doelgroep"]
