"""The delivery instruction of a contract: one Dutch HTML page that needs nothing from outside, for the screen and for paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2

from data_contracts.base import Contract, Grain, Rhythm, Terms
from pipelines.codegen.areas import Areas
from pipelines.codegen.columns import BOUND, SIGNS, THOUSANDS, columns_of
from pipelines.codegen.text import contact_of, dutch_percentage

PERIODS = {
    Rhythm.MONTH: ("elke maand", "de maand", "2026-09"),
    Rhythm.QUARTER: ("elk kwartaal", "het kwartaal", "2026Q3"),
    Rhythm.YEAR: ("elk jaar", "het jaar", "2026"),
    Rhythm.SCHOOL_YEAR: ("elk schooljaar", "het schooljaar (31 juli)", "2025-26"),
    Rhythm.TWO_YEARS: ("elke twee jaar", "het jaar van de enquête", "2025"),
}
GRAINS = {
    Grain.RECORD: "één rij per geval, zonder persoonsgegevens",
    Grain.COUNT: "aantallen die u zelf al hebt geteld",
    Grain.SURVEY: "schattingen uit een enquête, met hun marges",
    Grain.REFERENCE: "een lijst die u bijhoudt",
}
AUDIENCES = {"professional": "professionals van de ketenpartners, na inloggen", "publiek": "iedereen"}


def instruction_html(contract: type[Contract], areas: Areas) -> str:
    """The page. Holds no date of today, so that the same contract gives the same bytes."""
    terms = contract.terms()
    often, period, example = PERIODS[terms.rhythm]
    columns = columns_of(contract, areas)
    return _page().render(
        terms=terms,
        law=terms.law,
        contact=contact_of(terms),
        columns=columns,
        rules=contract.rules(),
        key=contract.key(),
        often=often,
        example=f"{terms.delivery}_{example}",
        due=due_in_words(terms, period),
        period=period,
        grain=GRAINS[terms.grain],
        audiences=[(AUDIENCES[audience], terms.law.smallest_group.get(audience, 1)) for audience in terms.law.audiences],
        tolerance=dutch_percentage(terms.tolerance),
        retention=dutch_months(terms.law.bewaartermijn_maanden),
        bound=BOUND,
        thousands=THOUSANDS,
        signs=SIGNS,
        has_bounds=any(column.is_bounded for column in columns),
        has_counts=any(column.kind == "count" for column in columns),
        lists={column.name: column.values for column in columns if column.kind == "area" and column.values},
    )


@cache
def _page() -> jinja2.Template:
    folder = Path(__file__).parent
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["sentence"] = sentence
    return environment.get_template("instruction.html.j2")


def sentence(text: str) -> str:
    """A text with a capital at its start, as Dutch writes it ('één' becomes 'Eén'); the rest stays as it is."""
    return (text[:1].upper() + text[1:]).replace("Éé", "Eé", 1)


def due_in_words(terms: Terms, period: str) -> str:
    """By when a delivery is due, as a rule: 'uiterlijk 42 dagen na het einde van het kwartaal'."""
    days = "dag" if abs(terms.due_days) == 1 else "dagen"
    if terms.due_days == 0:
        return f"uiterlijk op de laatste dag van {period}"
    return f"uiterlijk {abs(terms.due_days)} {days} {'na' if terms.due_days > 0 else 'vóór'} het einde van {period}"


def dutch_months(months: int) -> str:
    """A term of months in words: 60 → '5 jaar', 18 → '18 maanden'."""
    return f"{months // 12} jaar" if months % 12 == 0 else f"{months} maanden"
