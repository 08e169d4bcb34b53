"""What the columns of the open figures hold, for the descriptions beside them; app/downloads/columns.py says the same to who downloads."""

from __future__ import annotations

from pipelines.release.layout import COLUMNS

MEANING = dict(
    zip(
        COLUMNS,
        (
            "Kenmerk van de indicator.",
            "Soort gebied: regio, zorgregio, abc (heel Den Haag), district, basisteam, gemeente of wijk.",
            "Code van het gebied; onbekend en elders (buiten de regio) zijn geen gebied, maar tellen wel mee.",
            "Soort periode: maand, kwartaal, jaar, schooljaar, twee_jaar of drie_jaar.",
            "De periode: 2026, 2026Q3, 2026-09, of 2025/26 voor een schooljaar.",
            "Waarnaar is uitgesplitst; totaal (in Excel: leeg) is niet uitgesplitst.",
            "De categorie van de eerste uitsplitsing.",
            "De tweede uitsplitsing, als er een is.",
            "De categorie van de tweede uitsplitsing.",
            "Of er een cijfer is, en zo niet waarom. Een leeg getal is nooit nul.",
            "Het cijfer, in de eenheid van waarde; leeg als het geheim of onbekend is.",
            "Het aantal waar het cijfer uit komt, in de eenheid van teller.",
            "Waar de teller door is gedeeld; leeg bij een aantal.",
            "Ondergrens van de marge van 95 procent rond de waarde, als die er is.",
            "Bovengrens van die marge.",
        ),
        strict=True,
    )
)
