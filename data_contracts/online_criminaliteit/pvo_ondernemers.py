"""Platform Veilig Ondernemen: incidenten van online criminaliteit bij ondernemers, geteld per gemeente en kwartaal."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms


class PvoOndernemers(Contract):
    """One row per gemeente, quarter, size of the company and kind of incident: incidents that entrepreneurs reported."""

    _terms = Terms(
        delivery="pvo_ondernemers",
        title="Online incidenten bij ondernemers",
        partner="Platform Veilig Ondernemen",
        owner="PVO regio Den Haag, adviseur digitale veiligheid",
        theme="online_criminaliteit",
        grain=Grain.COUNT,
        rhythm=Rhythm.QUARTER,
        due_days=30,
        period_column="kwartaal",
        law=Law(
            doel="Regionaal beeld van online criminaliteit tegen ondernemers",
            grondslag="Te bevestigen: AVG art. 6 lid 1 onder e; alleen tellingen (een eenmanszaak is een persoon)",
            convenant="Te bevestigen: convenant gegevensdeling RSIV",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel online criminaliteit",
            bewaartermijn_maanden=60,
            smallest_area="gemeente",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "gemeente": ("vestigingsgemeente", "gemeente vestiging"),
            "kwartaal": ("periode",),
            "bedrijfsgrootte": ("grootte", "grootteklasse", "aantal medewerkers"),
            "incidentsoort": ("soort", "soort incident", "incident"),
            "aantal": ("aantal incidenten", "incidenten"),
        },
        quirks=(
            "Wat ondernemers zelf melden bij het PVO: het zegt ook iets over hoe goed het PVO in een gemeente bekend is.",
            "Een bedrijf kan herkenbaar zijn: in een kleine gemeente is er soms maar één bedrijf van een grootte. De drempel geldt ook hier.",
        ),
    )

    gemeente: str = fields.area("gemeente", description="Gemeente waar het bedrijf is gevestigd")
    kwartaal: str = fields.quarter()
    bedrijfsgrootte: str = fields.category(
        "Werkzame personen in het bedrijf",
        ("1", "2-9", "10-49", "50+", fields.UNKNOWN),
        aliases={"zzp": "1", "eenmanszaak": "1", "2-sep": "2-9", "2 tot 10": "2-9", "okt-49": "10-49", "50 of meer": "50+"},  # as dates of a spreadsheet
    )
    incidentsoort: str = fields.category(
        "Soort incident",
        ("phishing", "factuurfraude", "ransomware", "hacken", "ddos-aanval", "misbruik bedrijfsnaam", "overig"),
        aliases={
            "ceo-fraude": "factuurfraude",
            "spookfactuur": "factuurfraude",
            "gijzelsoftware": "ransomware",
            "hack": "hacken",
            "ddos": "ddos-aanval",
            "identiteitsfraude bedrijf": "misbruik bedrijfsnaam",
            "anders": "overig",
        },
    )
    aantal: int = fields.count("Aantal incidenten", unit="incidenten", bounded=True)

    class Config(Contract.Config):
        unique = ["gemeente", "kwartaal", "bedrijfsgrootte", "incidentsoort"]
