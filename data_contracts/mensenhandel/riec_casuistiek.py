"""RIEC: signalen, casussen en interventies van de ondermijningstafels, geteld per kwartaal."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import AT_LEAST, AT_MOST, Contract, Grain, Law, Rhythm, Rule, Terms


def _sum(columns: tuple[str, ...], bound: str) -> pl.Expr:
    """The sum of counts, each at least or at most what the partner said; empty when one of them is."""
    return pl.sum_horizontal((f"{column}{bound}" for column in columns), ignore_nulls=False)


KINDS = ("interventies_strafrechtelijk", "interventies_bestuurlijk", "interventies_fiscaal")


class RiecCasuistiek(Contract):
    """One row per ondermijningstafel, quarter and theme: signals, cases started, running and closed, and interventions."""

    _terms = Terms(
        delivery="riec_casuistiek",
        title="Signalen, casussen en interventies van de ondermijningstafels",
        partner="RIEC Den Haag",
        owner="RIEC Den Haag, cluster Analyse en Onderzoek",
        theme="mensenhandel",
        grain=Grain.COUNT,
        rhythm=Rhythm.QUARTER,
        due_days=30,
        period_column="kwartaal",
        tolerance=0.0,
        law=Law(
            doel="Beeld van signalen en integrale casuïstiek per thema en ondermijningstafel",
            grondslag="AVG art. 6 lid 1 onder e; te bevestigen: Wet gegevensverwerking door samenwerkingsverbanden",
            convenant="Convenant RIEC-LIEC (bestuurlijke en geïntegreerde aanpak georganiseerde criminaliteit)",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel mensenhandel",
            bewaartermijn_maanden=60,
            smallest_area="district",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "ondermijningstafel": ("tafel", "omt"),
            "signalen": ("aantal signalen",),
            "casussen_gestart": ("gestart",),
            "casussen_lopend": ("lopend",),
            "casussen_afgesloten": ("afgesloten",),
            "interventies_strafrechtelijk": ("strafrechtelijk", "strafrechtelijke interventies"),
            "interventies_bestuurlijk": ("bestuurlijk", "bestuurlijke interventies"),
            "interventies_fiscaal": ("fiscaal", "fiscale interventies"),
            "interventies": ("interventies totaal", "totaal interventies"),
        },
        quirks=(
            "Lopend is de stand op de laatste dag van het kwartaal; gestart en afgesloten zijn stromen. Tel ze niet bij elkaar op.",
            "De tafel van Den Haag (A+B+C) is één tafel: een uitsplitsing naar de districten A, B en C bestaat niet.",
            "De regionale tafel behandelt wat over districten heen gaat en is niet de som van de vijf andere.",
            "Een interventie telt bij het kwartaal waarin zij plaatsvond, ook als de casus eerder begon.",
        ),
    )
    _rules = (
        Rule(
            "gestart_is_lopend_of_afgesloten",
            ("casussen_gestart", "casussen_lopend", "casussen_afgesloten"),
            "kloppen niet met elkaar: een casus die in het kwartaal begon loopt aan het eind nog, of is afgesloten",
            pl.col(f"casussen_gestart{AT_LEAST}") <= _sum(("casussen_lopend", "casussen_afgesloten"), AT_MOST),
        ),
        Rule(
            "interventies_tellen_op",
            (*KINDS, "interventies"),
            "tellen niet op: strafrechtelijk, bestuurlijk en fiscaal samen zijn het totaal",
            (_sum(KINDS, AT_LEAST) <= pl.col(f"interventies{AT_MOST}")) & (pl.col(f"interventies{AT_LEAST}") <= _sum(KINDS, AT_MOST)),
        ),
    )

    ondermijningstafel: str = fields.category(
        "Ondermijningstafel: ABC is Den Haag, D tot en met G zijn de andere districten, regionaal gaat over districten heen",
        ("ABC", "D", "E", "F", "G", "regionaal"),
        aliases={
            "den haag": "ABC",
            "district abc": "ABC",
            "district d": "D",
            "district e": "E",
            "district f": "F",
            "district g": "G",
            "regio": "regionaal",
            "omt regionaal": "regionaal",
        },
    )
    kwartaal: str = fields.quarter()
    thema: str = fields.category(
        "Thema van het convenant of de stuurgroep",
        (
            "mensenhandel en -smokkel",
            "georganiseerde hennepcultuur",
            "vastgoedfraude",
            "witwassen",
            "georganiseerde drugscriminaliteit",
            "malafide bedrijvigheid",
            "criminele motorbendes",
        ),
        aliases={
            "mensenhandel": "mensenhandel en -smokkel",
            "mensenhandel/-smokkel": "mensenhandel en -smokkel",
            "hennep": "georganiseerde hennepcultuur",
            "vastgoed": "vastgoedfraude",
            "drugs": "georganiseerde drugscriminaliteit",
            "malafide bedrijven": "malafide bedrijvigheid",
            "omg": "criminele motorbendes",
        },
    )
    signalen: int = fields.count("Signalen die in het kwartaal zijn ingebracht", unit="signalen", bounded=True)
    casussen_gestart: int = fields.count("Casussen die in het kwartaal begonnen", unit="casussen", bounded=True)
    casussen_lopend: int = fields.count("Casussen die op de laatste dag van het kwartaal liepen", unit="casussen", bounded=True)
    casussen_afgesloten: int = fields.count("Casussen die in het kwartaal zijn afgesloten", unit="casussen", bounded=True)
    interventies_strafrechtelijk: int = fields.count("Strafrechtelijke interventies", unit="interventies", bounded=True)
    interventies_bestuurlijk: int = fields.count("Bestuurlijke interventies", unit="interventies", bounded=True)
    interventies_fiscaal: int = fields.count("Fiscale interventies", unit="interventies", bounded=True)
    interventies: int = fields.count("Interventies samen", unit="interventies", bounded=True)

    class Config(Contract.Config):
        unique = ["ondermijningstafel", "kwartaal", "thema"]
