"""The delivery instruction: complete, Dutch, self-contained, and true to what the reader reads."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import polars as pl
import pytest

from data_contracts import all_contracts, contract_of
from data_contracts.base import Contract, Rhythm
from pipelines.codegen.areas import areas_by_level
from pipelines.codegen.columns import BOUND, SIGNS, THOUSANDS, columns_of
from pipelines.codegen.generating import ROOT
from pipelines.codegen.instruction import PERIODS, due_in_words, instruction_html, sentence
from pipelines.intake.convert import convert

AREAS = areas_by_level(ROOT / "dbt_project" / "seeds" / "areas.csv")
DELIVERED = [contract for contract in all_contracts() if not contract.terms().is_fetched]
EACH = pytest.mark.parametrize("contract", DELIVERED, ids=lambda contract: contract.terms().delivery)
VOID = {"meta"}


class Page(HTMLParser):
    """The text of a page, its attributes, and whether its tags close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)
        assert self.open == []

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@EACH
def test_a_page_says_everything_that_was_agreed(contract: type[Contract]) -> None:
    page, terms = Page(instruction_html(contract, AREAS)).text, contract.terms()
    agreed = [terms.delivery, terms.title, terms.partner, terms.owner, f"versie {terms.version}", *terms.quirks, *terms.changes]
    agreed += [terms.law.doel, terms.law.grondslag, terms.law.convenant, terms.law.dpia]
    agreed += [text for name, field in contract.kinds().items() for text in (name, str(field["description"]))]
    agreed += [rule.sentence for rule in contract.rules()]
    agreed += [str(value) for field in contract.kinds().values() for value in field.get("values", ())]  # type: ignore[attr-defined]
    assert [text for text in agreed if plain(text) not in page] == []


@EACH
def test_a_page_is_dutch_has_one_heading_and_asks_nothing_of_outside(contract: type[Contract]) -> None:
    html = instruction_html(contract, AREAS)
    page = Page(html)
    assert ("html", "lang", "nl") in page.attributes
    assert html.count("<h1>") == 1
    links = [value for _, name, value in page.attributes if name in ("href", "src", "action")]
    targets = {value for _, name, value in page.attributes if name == "id"}
    assert [link for link in links if not (link.startswith("#") and link[1:] in targets)] == []
    assert not re.search(r"https?:|@import|url\(|<script", html)


@EACH
def test_every_spelling_that_a_page_recommends_is_read(contract: type[Contract]) -> None:
    columns = columns_of(contract, AREAS)
    for column in columns:
        spellings = [
            *column.spellings,
            *(SIGNS if column.kind in ("count", "number", "date") else ()),
            *([THOUSANDS] if column.kind == "count" else []),
            *([BOUND] if column.is_bounded else []),
        ]
        texts = pl.DataFrame(
            {each.name: (spellings if each.name == column.name else [None] * len(spellings)) for each in columns},
            schema_overrides={each.name: pl.String for each in columns},
        )
        _, failures = convert(texts.with_row_index("source_row", offset=1).cast({"source_row": pl.Int64}), contract)
        assert failures.filter(column=column.name).height == 0, column.name


def test_a_text_of_a_contract_cannot_become_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    contract = contract_of("halt_verwijzingen")
    monkeypatch.setattr(contract, "_terms", dataclasses.replace(contract.terms(), quirks=("<script>alert(1)</script>",)))
    assert "&lt;script&gt;alert(1)" in instruction_html(contract, AREAS)


def test_only_a_delivery_that_takes_bounded_counts_recommends_them() -> None:
    for contract in DELIVERED:
        bounded = any(field.get("bounded") for field in contract.kinds().values())
        assert ("Geeft u kleine aantallen niet prijs?" in instruction_html(contract, AREAS)) == bounded


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (42, "uiterlijk 42 dagen na het einde van het kwartaal"),
        (1, "uiterlijk 1 dag na het einde van het kwartaal"),
        (0, "uiterlijk op de laatste dag van het kwartaal"),
        (-20, "uiterlijk 20 dagen vóór het einde van het kwartaal"),
    ],
)
def test_the_due_date_is_a_rule_in_words(days: int, words: str) -> None:
    terms = dataclasses.replace(contract_of("halt_verwijzingen").terms(), due_days=days)
    assert due_in_words(terms, PERIODS[Rhythm.QUARTER][1]) == words


def test_every_rhythm_has_its_words() -> None:
    assert set(PERIODS) == set(Rhythm)


def test_a_sentence_begins_with_a_capital_as_dutch_writes_it() -> None:
    assert [sentence(text) for text in ("één uit de lijst", "een BSN", "")] == ["Eén uit de lijst", "Een BSN", ""]
