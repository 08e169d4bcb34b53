"""The Data Docs inside the dashboard: shown as plain HTML of ours, or refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.werkgroep.data_docs import NotOurs, body_of
from tests.app.conftest import page_html
from tests.app.findings_fixture import NEWEST, write_newest

PAGE = """<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><style>body {{ color: #123 }}</style><title>T</title></head><body>
<nav><a href="index.html">terug</a></nav><main><h1>Leveringen</h1><p class="ok vreemd" style="color:red" data-x="1">Gehaald &amp; klaar</p>
<table><tr><td class="number" colspan="2">93%</td></tr></table><a href="leveringen.html#deel">verder</a>{}</main>buiten</body></html>"""


def test_the_main_part_is_written_anew_of_plain_tags_with_links_of_ours() -> None:
    body = body_of(PAGE.format(""))
    assert "<h2>Leveringen</h2>" in body
    assert '<p class="km-ok">Gehaald &amp; klaar</p>' in body
    assert '<td class="km-number" colspan="2">93%</td>' in body
    assert '<a href="datadocs?controle=leveringen" target="_self">verder</a>' in body
    assert not [word for word in ("style", "vreemd", "buiten", "terug", "data-x") if word in body]


@pytest.mark.parametrize(
    "bad",
    [
        "<script>1</script>",
        "<SCRIPT src=x></SCRIPT>",
        "<p onclick='x()'>",
        "<img src='x.png'>",
        "<iframe></iframe>",
        "<svg><script/></svg>",
        "<a href='https://kwaad.example'>x</a>",
        "<a href='//kwaad.example'>x</a>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='../release.json'>x</a>",
        "<p style='background:url(https://kwaad.example)'>",
        "<style>@import 'https://kwaad.example'</style>",
        "<form action='x'>",
        "<base href='https://kwaad.example'>",
        "<meta http-equiv='refresh' content='0'>",
        "<link rel='stylesheet' href='x.css'>",
    ],
)
def test_a_page_with_a_script_or_anything_from_elsewhere_is_refused_whole(bad: str) -> None:
    with pytest.raises(NotOurs):
        body_of(PAGE.format(bad))


def test_a_page_without_a_main_part_is_not_ours() -> None:
    with pytest.raises(NotOurs):
        body_of("<!doctype html><title>Leeg</title>")


def test_what_looks_like_a_tag_in_a_text_stays_a_text() -> None:
    assert "&lt;script&gt;" in body_of(PAGE.format("&lt;script&gt;"))


@pytest.fixture
def checks(own_copy: Path, demo: None) -> Path:
    """A newest run with two pages of checks."""
    write_newest(own_copy, NEWEST)
    for name in ("index", "leveringen"):
        (own_copy / "quality" / "docs" / f"{name}.html").write_text(PAGE.format(f"<p>Dit is {name}.</p>"), encoding="utf-8")
    return own_copy / "quality" / "docs"


def test_the_address_chooses_the_page_of_checks(checks: Path, open_page: Callable[..., AppTest]) -> None:
    assert "Dit is index." in page_html(open_page("datadocs"))
    app = open_page("datadocs", controle="leveringen")
    assert "Dit is leveringen." in page_html(app)
    assert app.selectbox(key="controle").value == "leveringen"
    assert "Dit is index." in page_html(open_page("datadocs", controle="../../releases/current"))


def test_a_page_of_checks_with_a_script_is_not_shown_and_says_so(checks: Path, open_page: Callable[..., AppTest]) -> None:
    (checks / "index.html").write_text(PAGE.format("Dit is index.<script>alert(1)</script>"), encoding="utf-8")
    html = page_html(open_page("datadocs"))
    assert "Deze controle bevat iets wat er niet in hoort" in html
    assert not [word for word in ("Gehaald", "alert", "Dit is index.") if word in html]


def test_others_read_for_whom_the_checks_are(own_copy: Path, open_page: Callable[..., AppTest]) -> None:
    html = page_html(open_page("datadocs"))
    assert "Deze pagina is voor de werkgroep en privacyfunctionarissen." in html
