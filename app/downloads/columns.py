"""What the columns of a file are called and what they hold."""

from __future__ import annotations

from dataclasses import dataclass

from app.release import VALUE_COLUMNS

NUMBERS = VALUE_COLUMNS[-5:]
TEXTS = VALUE_COLUMNS[:-5]
KEY = VALUE_COLUMNS[:9]


@dataclass(frozen=True)
class Column:
    """One column: `name` in the release and in files for machines, `heading` in files for Excel, and in a sentence what it holds."""

    name: str
    heading: str
    meaning: str


COLUMNS = (
    Column("indicator_id", "indicator", "Kenmerk van de indicator."),
    Column("area_level", "gebiedsniveau", "Soort gebied: regio, zorgregio, abc (heel Den Haag), district, basisteam, gemeente of wijk."),
    Column("area_code", "gebiedscode", "Code van het gebied; onbekend en elders (buiten de regio) zijn geen gebied, maar tellen wel mee."),
    Column("period_grain", "periode_soort", "Soort periode: maand, kwartaal, jaar, schooljaar, twee_jaar of drie_jaar."),
    Column("period", "periode", "De periode: 2026, 2026Q3, 2026-09, of 2025/26 voor een schooljaar."),
    Column("dimension_1", "uitsplitsing_1", "Waarnaar is uitgesplitst; totaal (in Excel: leeg) is niet uitgesplitst."),
    Column("category_1", "categorie_1", "De categorie van de eerste uitsplitsing."),
    Column("dimension_2", "uitsplitsing_2", "De tweede uitsplitsing, als er een is."),
    Column("category_2", "categorie_2", "De categorie van de tweede uitsplitsing."),
    Column("state", "stand", "Of er een cijfer is, en zo niet waarom. Een leeg getal is nooit nul."),
    Column("value", "waarde", "Het cijfer, in de eenheid van waarde; leeg als het geheim of onbekend is."),
    Column("numerator", "teller", "Het aantal waar het cijfer uit komt, in de eenheid van teller."),
    Column("denominator", "noemer", "Waar de teller door is gedeeld; leeg bij een aantal."),
    Column("lower", "ondergrens", "Ondergrens van de marge van 95 procent rond de waarde, als die er is."),
    Column("upper", "bovengrens", "Bovengrens van die marge."),
)
AREA_NAME = Column("area_name", "gebied", "Naam van het gebied.")
IS_WITHHELD = Column("is_withheld", "onderdrukt", "ja als het cijfer geheim is, anders nee.")
RELEASE_ID = Column("release_id", "release", "Kenmerk van de release waar het cijfer uit komt.")
NOTE = Column("note", "opmerking", "Wat bij elk cijfer van deze release gezegd moet worden; leeg als er niets te zeggen is.")

_DUTCH = {column.name: column for column in COLUMNS[1:]}
#: Columns of a file for Excel, in their order: texts, then the five numbers.
DUTCH_COLUMNS = (
    *(_DUTCH[name] for name in ("area_level", "area_code")),
    AREA_NAME,
    *(_DUTCH[name] for name in ("period_grain", "period", "dimension_1", "category_1", "dimension_2", "category_2", "state")),
    IS_WITHHELD,
    *(_DUTCH[name] for name in NUMBERS),
)
HEADINGS = [column.heading for column in DUTCH_COLUMNS]
