"""Data Docs: Great Expectations' own sections in a page of ours, in Dutch, that asks nothing of any other host.

Great Expectations' page frame loads styles, scripts and a logo from six hosts (measured in 1.24.1) and its index is
empty without them. So only its rendered sections are used, in templates of ours; `refuse_outside_hosts` holds the door.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validation.checks import Part, Result, Suite
from validation.dutch import date_text, number_text
from validation.summary import sorted_findings

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult

TEMPLATES = Path(__file__).parent / "templates"
OUTSIDE = re.compile(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}|<script\b|@import\b|url\(", re.IGNORECASE)


def _number(text: str) -> str:
    """A number as Great Expectations writes it, in Dutch: 1234 becomes 1.234, and ≈99.5 ≈99,5."""
    return number_text(int(text)) if text.isdigit() else text.translate(str.maketrans(".,", ",."))


# What Great Expectations writes in English, and what it says without words (an icon of a font that is not loaded).
DUTCH: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r'<i class="fas fa-check-circle[^"]*"[^>]*></i>'), '<span class="ok">gehaald</span>'),
    (re.compile(r'<i class="fas fa-times[^"]*"[^>]*></i>'), '<span class="bad">niet gehaald</span>'),
    (re.compile(r'<i class="fas fa-exclamation-triangle[^"]*"[^>]*></i>'), '<span class="bad">niet uitgevoerd</span>'),
    (re.compile(r'<i class="fas fa-[^"]*"[^>]*></i>'), ""),
    (re.compile(r"(≈?[\d.,]+)% unexpected"), lambda found: f"{_number(found[1])}% van de regels wijkt af"),
    (
        re.compile(r"([\d.,]+) unexpected values found\. (≈?[\d.,]+)% of ([\d.,]+) total rows\."),
        lambda found: f"{_number(found[1])} van de {_number(found[3])} regels {'wijkt' if found[1] == '1' else 'wijken'} af ({_number(found[2])}%).",
    ),
    (re.compile(r"(?<=>)\s*--\s*(?=<)"), "geen regels getoetst"),
    (re.compile(r"<h5\b[^>]*>\s*[a-z][a-z0-9_]*\s*</h5>"), ""),  # the name of a column of ours: the expectation says it in words
    (re.compile(r"raised an exception:"), ""),
    (re.compile(r"(?<=>)(\s*)Expectation(\s*)(?=<)"), r"\1Verwachting\2"),
    (re.compile(r"(?<=>)(\s*)Observed Value(\s*)(?=<)"), r"\1Uitkomst\2"),
    (re.compile(r"(?<=>)(\s*)Status(\s*)(?=<)"), r"\1Stand\2"),
    (re.compile(r"<(/?)h5\b"), r"<\1h3"),
    (re.compile(r'<p class="m-0">\s*<a data-toggle="collapse".*?</p>', re.DOTALL), ""),
)


def write_docs(
    docs: Path,
    judged: Sequence[tuple[Suite, Sequence[tuple[Part, ExpectationSuiteValidationResult]]]],
    results: Sequence[Result],
    titles: Mapping[str, str],
    verdict: str,
    judged_at: dt.datetime,
) -> None:
    """Write `docs/index.html` and one page per suite, in place of what stood in `docs`.

    `judged` holds the suites that could be built with Great Expectations' results (counts only); `titles` names all.
    Raises ValueError when a page refers to another host.
    """
    import great_expectations as gx
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
    from great_expectations.render.view.view import DefaultJinjaPageView

    view = DefaultJinjaPageView(custom_views_directory=str(TEMPLATES))
    renderer = ValidationResultsPageRenderer()
    when = f"{date_text(judged_at.date())} om {judged_at:%H:%M} uur (UTC)"
    pages = {
        "index": view.env.get_template("index.j2").render(verdict=verdict, judged_at=when, suites=_rows(results, titles), findings=sorted_findings(results))
    }
    sections: dict[str, list[dict[str, Any]]] = {name: [] for name in titles}
    for suite, parts in judged:
        sections[suite.name] = [section for part, result in parts for section in _sections(renderer.render(result).to_json_dict(), part.title)]
    for name, title in titles.items():
        page = view.env.get_template("suite.j2").render(title=title, judged_at=when, version=gx.__version__, sections=sections[name])
        pages[name] = _in_dutch(page)
    for name, page in pages.items():
        refuse_outside_hosts(name, page)
    shutil.rmtree(docs, ignore_errors=True)
    docs.mkdir(parents=True)
    for name, page in pages.items():
        (docs / f"{name}.html").write_text(page, encoding="utf-8")


def refuse_outside_hosts(name: str, page: str) -> None:
    """Raise ValueError when a page carries a script or an address of another host."""
    if found := OUTSIDE.search(page):
        raise ValueError(f"Data Docs page {name} would reach outside: {found.group()!r}")


def _sections(document: Mapping[str, Any], part_title: str) -> list[dict[str, Any]]:
    # The first section is Great Expectations' overview: it links to pages that are not there, and the index counts better.
    sections = [dict(section) for section in document["sections"][1:]]
    for position, section in enumerate(sections):
        section["part_title"] = None if position else part_title
    return sections


def _in_dutch(page: str) -> str:
    for english, dutch in DUTCH:
        page = english.sub(dutch, page)
    return page


def _rows(results: Iterable[Result], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = []
    for name, title in titles.items():
        own = [result for result in results if result.suite == name]
        rows.append(
            {
                "name": name,
                "title": title,
                "checks": len(own),
                "passed": sum(result.passed for result in own),
                "rows": sum(result.rows_checked for result in own),
                "findings": sum(len(result.findings) for result in own),
            }
        )
    return rows
