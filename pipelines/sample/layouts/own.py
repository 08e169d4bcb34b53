"""Layouts of the partners whose files are known best, with their own headings in their own order."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.sample.layouts.layout import Layout
from pipelines.sample.spelling import BITS, LETTERS, WORDS, Spelling

YEARS: Mapping[str, tuple[Layout, ...]] = {
    "comensha_slachtoffers": (
        Layout(
            headings={
                "pseudoniem": "Pseudoniem",
                "meldkwartaal": "Kwartaal melding",
                "melder": " Melder",
                "zorgregio": "Zorgregio ",
                "gemeente": "Gemeente",
                "leeftijdsgroep": "Leeftijdscategorie",
                "geslacht": "Geslacht",
                "nationaliteitsgroep": "Nationaliteit",
                "uitbuitingsvormen": "Vorm(en) van uitbuiting",
                "sector": "Sector",
            },
            encoding="cp1252",
            spelling=Spelling(0.7, quarter="2023-K4"),
        ),
        Layout(
            "xlsx",
            headings={
                "meldkwartaal": "Kwartaal",
                "pseudoniem": "Slachtoffer ID",
                "zorgregio": "ZORGREGIO",
                "gemeente": "Gemeente ",
                "melder": "Meldende organisatie",
                "uitbuitingsvormen": "Uitbuitingsvorm",
                "sector": "Sector",
                "geslacht": "Geslacht",
                "leeftijdsgroep": "Leeftijd",
                "nationaliteitsgroep": "Nationaliteitsgroep",
            },
            spelling=Spelling(0.6, quarter="4e kwartaal 2023", separator="; "),
        ),
        Layout(encoding="utf-8-sig", spelling=Spelling(0.9, separator=",")),
        Layout("xlsx", spelling=Spelling(0.8, quarter="Q4 2023", separator="; ")),
    ),
    "politie_online_registraties": (
        Layout(
            headings={
                "maand": "Periode",
                "basisteam": "Basisteam",
                "delictsoort": "Delictsoort",
                "soort": "Soort registratie",
                "leeftijdsgroep_slachtoffer": "Leeftijd slachtoffer",
                "aantal": "Aantal",
                "schadebedrag": "Schadebedrag (euro)",
            },
            encoding="cp1252",
            totals=True,
            spelling=Spelling(0.6, month="09-2023"),
        ),
        Layout(
            headings={
                "basisteam": " BASISTEAM",
                "maand": "Maand",
                "soort": "Soort ",
                "delictsoort": "Delictsoort",
                "leeftijdsgroep_slachtoffer": "Leeftijdsgroep slachtoffer",
                "schadebedrag": "Schade in euro",
                "aantal": "Aantal",
            },
            encoding="utf-8-sig",
            totals=True,
            spelling=Spelling(0.7, month="september 2023", thousand_points=True),
        ),
        Layout(spelling=Spelling(0.9)),
        Layout(
            "xlsx",
            headings={
                "basisteam": "Team",
                "maand": "Jaarmaand",
                "delictsoort": "Delictsoort",
                "leeftijdsgroep_slachtoffer": "Leeftijdsgroep",
                "soort": "Soort",
                "aantal": "Aantal",
                "schadebedrag": "Schade",
            },
            totals=True,
            spelling=Spelling(0.8, month="september 2023"),
        ),
    ),
    "politie_jeugd_verdachten": (
        Layout(
            headings={
                "kwartaal": "Kwartaal",
                "basisteam_woonplaats": "Team woonplaats",
                "leeftijd": "Leeftijd",
                "delict": " Delict",
                "first_offender": "First offender ja/nee",
                "aantal": "Aantal",
            },
            encoding="cp1252",
            spelling=Spelling(0.7, quarter="2023-K4", flags=WORDS),
        ),
        Layout("xlsx", totals=True, spelling=Spelling(0.7, quarter="4e kwartaal 2023", flags=LETTERS)),
        Layout(encoding="utf-8-sig", totals=True, spelling=Spelling(0.8, quarter="Q4 2023", flags=BITS, thousand_points=True)),
        Layout(line_end="\n", spelling=Spelling(0.95)),
    ),
    "gemeente_basisniveau": (
        Layout("xlsx", spelling=Spelling(0.5, flags=WORDS)),
        Layout("xlsx", spelling=Spelling(0.8, flags=LETTERS)),
        Layout("xlsx", spelling=Spelling(0.7, flags=BITS)),
        Layout(
            "xlsx",
            headings={
                "jaar": "Jaar",
                "gemeente": "Gemeente",
                "beleid_mensenhandel": "Beleid",
                "aandachtsfunctionaris": "Aandachtsfunctionaris",
                "zorgcoordinatie": "Zorgcoördinatie",
                "actieve_signalering": "Actieve signalering",
                "intern_signalenoverleg": "Intern signalenoverleg",
                "bibob_beleid": "Bibob beleid",
                "damocles_beleid": "Damocles beleid ",
                "apv_ondermijningsproof": "APV",
            },
            spelling=Spelling(0.9, flags=WORDS),
        ),
    ),
    "rsiv_activiteiten": (
        Layout(
            headings={
                "activiteit_id": "Activiteit ID",
                "datum": "Datum",
                "activiteit": "Titel",
                "soort": "Soort",
                "thema": "Thema",
                "actielijn": "Actielijn",
                "doelgroep": "Doelgroep ",
                "district": "District",
                "gemeente": "Gemeente",
                "deelnemers": "Aantal deelnemers",
                "waardering": "Cijfer",
            },
            encoding="cp1252",
            spelling=Spelling(0.7, thousand_points=True),
        ),
        Layout("xlsx", spelling=Spelling(0.8)),
        Layout(encoding="utf-8-sig", spelling=Spelling(0.8, thousand_points=True)),
        Layout("xlsx", spelling=Spelling(0.9), date_cells=True),
    ),
}

PARTS: Mapping[str, tuple[Layout, ...]] = {
    "comensha_slachtoffers": (
        Layout(encoding="cp1252", spelling=Spelling(0.9, quarter="2023-K4")),
        Layout("xlsx", spelling=Spelling(0.9, quarter="4e kwartaal 2023", separator="; ")),
        Layout("xlsx", spelling=Spelling(0.8, quarter="Q4 2023", separator="; ")),
        Layout(encoding="utf-8-sig", spelling=Spelling(0.6, quarter="Q4 2023")),
    ),
    "politie_online_registraties": (
        Layout(spelling=Spelling(0.9)),
        Layout(encoding="utf-8-sig", totals=True, spelling=Spelling(0.9, month="09-2023")),
        Layout(encoding="cp1252", spelling=Spelling(0.8, month="september 2023")),
    ),
    "politie_jeugd_verdachten": (
        Layout(encoding="utf-8-sig", totals=True, spelling=Spelling(0.9, flags=WORDS)),
        Layout("xlsx", spelling=Spelling(0.9, quarter="4e kwartaal 2023", flags=LETTERS)),
    ),
    "gemeente_basisniveau": (Layout("xlsx"),),
    "rsiv_activiteiten": (Layout(encoding="utf-8-sig", spelling=Spelling(0.9)), Layout("xlsx", date_cells=True)),
}
