"""Zorg- en Veiligheidshuizen: persoonsgerichte aanpak en zorgmeldingen, geteld per gemeente en kwartaal."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms


class ZvhPga(Contract):
    """One row per Zorg- en Veiligheidshuis, gemeente, quarter and theme: young people's new PGA cases and care reports."""

    _terms = Terms(
        delivery="zvh_pga",
        title="Persoonsgerichte aanpak en zorgmeldingen van jongeren",
        partner="Zorg- en Veiligheidshuizen Haaglanden en Hollands Midden",
        owner="Procesregie van beide Zorg- en Veiligheidshuizen (samengevoegd door het RSIV)",
        theme="jonge_aanwas",
        grain=Grain.COUNT,
        rhythm=Rhythm.QUARTER,
        due_days=42,
        period_column="kwartaal",
        law=Law(
            doel="Regionaal beeld van jongeren met een persoonsgerichte aanpak",
            grondslag="Te bevestigen: Wet gegevensverwerking door samenwerkingsverbanden, Zorg- en Veiligheidshuizen; alleen tellingen",
            convenant="Te bevestigen: convenanten van de beide Zorg- en Veiligheidshuizen",
            dpia="Te bevestigen: DPIA Ketenmonitor, onderdeel jonge aanwas",
            bewaartermijn_maanden=60,
            smallest_area="gemeente",
            smallest_group={"professional": 5, "publiek": 10},
        ),
        aliases={
            "zorgregio": ("huis", "zorg- en veiligheidshuis", "zvh", "veiligheidshuis"),
            "gemeente": ("woongemeente", "gemeente woonplaats"),
            "kwartaal": ("periode",),
            "thema": ("problematiek", "hoofdthema"),
            "pga_casussen": ("pga", "aantal pga", "nieuwe pga-casussen", "persoonsgerichte aanpak"),
            "zorgmeldingen": ("aantal zorgmeldingen", "zorgmelding"),
        },
        quirks=(
            "Eén bestand voor beide huizen samen: een bestand van één huis zou bij dezelfde periode het andere vervangen.",
            "De twee huizen hebben elk een eigen werkwijze: vergelijk hun niveaus niet met elkaar.",
            "PGA-casussen zijn gestarte casussen (een stroom), geen stand: kwartalen mogen worden opgeteld.",
        ),
    )

    zorgregio: str = fields.area("zorgregio", description="Zorgregio van het Zorg- en Veiligheidshuis: Haaglanden of Hollands Midden")
    gemeente: str = fields.area("gemeente", description="Gemeente waar de jongere woont, of onbekend")
    kwartaal: str = fields.quarter()
    thema: str = fields.category(
        "Hoofdthema van de casus",
        ("drugs", "geweld en wapens", "vermogen", "online", "criminele uitbuiting", "zorg en gezin", "overig"),
        aliases={
            "drugscriminaliteit": "drugs",
            "ondermijning": "drugs",
            "wapens": "geweld en wapens",
            "geweld": "geweld en wapens",
            "vermogensdelicten": "vermogen",
            "cyber": "online",
            "multiproblematiek": "zorg en gezin",
            "anders": "overig",
        },
    )
    pga_casussen: int = fields.count("PGA-casussen van jongeren (12 tot en met 23 jaar) die in het kwartaal zijn gestart", unit="casussen", bounded=True)
    zorgmeldingen: int = fields.count("Zorgmeldingen over jongeren (12 tot en met 23 jaar) in het kwartaal", unit="meldingen", bounded=True)

    class Config(Contract.Config):
        unique = ["zorgregio", "gemeente", "kwartaal", "thema"]
