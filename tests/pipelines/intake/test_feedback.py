"""The answer to a partner: plain Dutch, every rule with its lines and how to mend it, escaped, and without a value."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from data_contracts import all_contracts, contract_of
from data_contracts.base import Contract
from pipelines.intake.checking import judge
from pipelines.intake.checking.breaches import RULES
from pipelines.intake.convert import IS_BOUND, WHAT
from pipelines.intake.feedback import Answer, accepted_answer, refused_answer, write_answer
from pipelines.intake.hints import HINTS, hint_for
from pipelines.intake.reading import read_extract
from pipelines.intake.refusal import Broken, DeliveryRefused
from tests.pipelines.intake.extracts import jeugd_csv, jeugd_rows

JEUGD = contract_of("politie_jeugd_verdachten")
NAME = "politie_jeugd_verdachten_2026Q3.csv"
ROWS = jeugd_rows(teams=tuple(f"{district}{number}" for district in "ABCDEFG" for number in range(1, 30)))
AT = dt.datetime.fromisoformat("2026-10-21T09:05")


def answer_to(*rows: str, name: str = NAME) -> Answer:
    try:
        verdict = judge(name, read_extract(name, jeugd_csv(*rows), JEUGD), JEUGD)
    except DeliveryRefused as refusal:
        return refused_answer(name, JEUGD, refusal, received_at=AT)
    return accepted_answer(name, JEUGD, verdict, received_at=AT)


class Page(HTMLParser):
    """Collects what a page refers to and whether its tags close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.outside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.outside += [f"{tag} {name}" for name, _ in attributes if name in ("src", "href", "action", "onclick", "onload")]
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_an_accepted_file_is_told_when_it_came_what_counts_and_whom_to_ask() -> None:
    said = answer_to(*ROWS, "A1;2026Q3;12-17;tuinieren;ja;7").as_text()
    assert "Ontvangen: 21-10-2026 om 09:05 uur (UTC)" in said
    assert "Geaccepteerd: 812 van de 813 rijen zijn geaccepteerd, over 2026Q3. 1 rij(en) zijn apart gezet" in said
    assert "Vragen? Neem contact op met Politie, Dienst Regionale Informatieorganisatie, of het RIEC." in said


def test_each_rule_comes_with_its_lines_and_a_way_to_mend_it() -> None:
    bad = [f"A{number};2026Q3;12-17;tuinieren;ja;-7" for number in range(30, 55)]
    answer = answer_to(*bad, *ROWS)
    assert answer.verdict == "geweigerd"
    said = answer.as_text()
    assert "kolom delict: staat niet in de lijst van het contract (25 rijen)" in said
    assert f"Regel: {', '.join(str(line) for line in range(2, 22))} en verder" in said
    assert "Herstel: Gebruik een van: drugs, uithalen, wapen, geweld, geldezel." in said
    assert "kolom aantal: is te laag (25 rijen)" in said


def test_no_answer_quotes_a_cell() -> None:
    answer = answer_to(*ROWS, "A1;2026Q3;12-17;geheimwoord;ja;31415")
    assert "geheimwoord" not in answer.as_text() + answer.as_html()
    assert "31415" not in answer.as_text() + answer.as_html()


def test_names_of_files_are_escaped_in_the_page_and_the_page_refers_to_nothing_outside() -> None:
    name = "politie_jeugd_verdachten_2026Q3<script>alert(1)</script>&.csv"
    html = answer_to(*ROWS, "A1;2026Q3;12-17;tuinieren;ja;7", name=name).as_html()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert Page(html).outside == []
    assert not re.search(r"https?://|url\(|@import", html)


def test_headings_that_nobody_agreed_are_escaped_too() -> None:
    refusal = DeliveryRefused("kolom_onbekend", "x.csv: 1 kolom(men) staan niet in het contract: '<img src=x onerror=alert(1)>'.")
    assert "<img" not in refused_answer("x.csv", JEUGD, refusal).as_html()


def test_the_page_can_be_read_by_all_and_printed() -> None:
    html = answer_to(*ROWS, "A1;2026Q3;12-17;tuinieren;ja;7").as_html()
    page = Page(html)
    assert page.open == []
    for needed in ('<html lang="nl">', "<title>", "<main>", "<caption>", 'scope="col"', 'scope="row"', "@media print"):
        assert needed in html
    assert html.count("<h1>") == 1


def test_a_file_of_no_delivery_gets_an_answer_too() -> None:
    said = refused_answer("vakantie.csv", None, DeliveryRefused("onbekende_levering", "vakantie.csv: hoort bij geen levering.")).as_text()
    assert "Onbekende levering" in said
    assert "Vragen? Neem contact op met het RIEC." in said


def test_an_answer_is_kept_as_page_and_as_text(tmp_path: Path) -> None:
    place = write_answer(tmp_path, "x", "a" * 64, answer_to(*ROWS))
    assert sorted(path.name for path in place.parent.iterdir()) == [f"{'a' * 12}.html", f"{'a' * 12}.txt"]


@pytest.mark.parametrize("contract", all_contracts(), ids=lambda contract: contract.terms().delivery)
def test_every_rule_of_every_column_has_a_way_to_mend_it(contract: type[Contract]) -> None:
    rules = [*RULES.values(), *WHAT.values(), IS_BOUND]
    hints = {hint_for(Broken(column, rule, 1), contract) for column in contract.kinds() for rule in rules}
    assert not any("leveringsinstructie en verbeter haar" in hint for hint in hints)
    assert set(HINTS.values()) & hints
