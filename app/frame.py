"""What every page has: look, banners, footer, and a Dutch page when there is nothing to show."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from app import address, foot, outline, sign_in, wording
from app.identity import Reader
from app.markup import note as note
from app.release import DamagedReleaseError, NoReleaseError, Release, ReleaseError, current_id, open_release
from app.remembered import remembered

STATIC = Path(__file__).parent / "static"
KEYS = {
    "gebied": "gebied",
    "indicator": "indicator",
    "periode": "periode",
    "per": "periode-indeling",
    "kaart": "kaartniveau",
    "vorm": "vorm van de kaart",
    "categorie": "categorie",
    "van": "eerste periode",
    "tot": "laatste periode",
    "voor": "voor wie",
    "partner": "partner",
    "maand": "maand",
    "vergelijk": "release om mee te vergelijken",
    "verloop": "partner van het verloop",
    "ernst": "ernst",
    "thema": "thema",
    "besluit": "besluit",
    "bladzijde": "bladzijde",
    "controle": "controle",
}


def show_page(page: Page) -> None:
    """Run one page inside the frame."""
    st.set_page_config(page_title=f"{page.title} - Ketenmonitor", page_icon=str(STATIC / "favicon.png"), layout="wide")
    address.enter_page(page.url_path)
    who = sign_in.reader()
    try:
        release = open_release(address.release_in_address(), who.rights)
    except ReleaseError as problem:
        _show_without_release(page, problem)
        sign_in.show_line(who, {})
        return
    st.session_state["release_in_view"], st.session_state["reader"] = release, who
    _show_banners(release)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.page_link("views/samenwerking.py", label="Vermoeden? Lees wat u kunt doen", width="content")
        sign_in.show_line(who, release.names)
    page.run()
    _show_footer(release)


def release_in_view() -> Release:
    """The release that the frame opened for this run: the page and its banner always speak of the same one."""
    release = st.session_state["release_in_view"]
    assert isinstance(release, Release)
    return release


def reader() -> Reader:
    """Who looks in this run, as the frame judged it."""
    who = st.session_state["reader"]
    assert isinstance(who, Reader)
    return who


def show_html(*parts: str) -> None:
    """Show HTML of our own making; every text in it has gone through `escape`."""
    st.html("".join(parts))


def show_heading(text: str) -> None:
    """The title of a chart or table, one level below the page's sections."""
    st.html(f'<h4 class="km-kop">{escape(text)}</h4>')


def safe(text: str) -> str:
    """Text for use in HTML."""
    return escape(text)


def show_whose_figures(release: Release, level: str, code: str) -> None:
    """Say to a reader of a gemeente that an area is not one of theirs, and whose figures stand there then."""
    if (own := release.scope.gemeenten) and code not in outline.own_areas_of(release):
        names = wording.join_words([release.names.get(("gemeente", one), one) for one in own])
        what = wording.area_in_sentence(level, code, release.names.get((level, code), code))
        show_html(note(f"Van {what} ziet u de cijfers die iedereen ziet. Uw rol geeft de cijfers voor professionals van {names} en de gebieden daaromheen."))


def show_rejected_address() -> None:
    """Say that the address asked for something this release does not know; what was asked is not repeated."""
    if rejected := address.take_rejected():
        what = wording.join_words(sorted(KEYS.get(key, key) for key in rejected))
        show_html(note(f"Het adres noemt een onbekende waarde voor {what}. U ziet daarom de standaardkeuze."))


def _show_without_release(page: Page, problem: ReleaseError) -> None:
    if page.url_path == foot.STATEMENT:
        page.run()
        return
    _explain(problem)
    show_html(note(foot.DANGER, "fout"))
    if address.release_in_address():
        st.button("Naar de huidige release", on_click=address.leave_older_release)
    st.page_link(f"views/{foot.STATEMENT}.py", label="Toegankelijkheid")


def _explain(problem: ReleaseError) -> None:
    if isinstance(problem, NoReleaseError):
        st.title("Er zijn nog geen cijfers")
        show_html(
            "<p>Er is nog geen release gepubliceerd. Zodra de eerste klaar is, verschijnen de cijfers hier vanzelf; ververs dan deze pagina.</p>",
            "<p>Beheert u de Ketenmonitor? Maak een release met <code>ketenmonitor run</code>.</p>",
        )
        return
    st.title("Deze release kan niet worden getoond")
    show_html(f"<p>{escape(str(problem))} Er worden daarom geen cijfers getoond.</p>")
    if isinstance(problem, DamagedReleaseError):
        show_html("<p>Beheert u de Ketenmonitor? Controleer de release met <code>ketenmonitor releases verify</code>.</p>")


def _show_banners(release: Release) -> None:
    if release.synthetic_note:
        show_html(note(release.synthetic_note, "synthetisch"))
    try:
        current = current_id()
    except ReleaseError:
        current = ""
    if release.id != current:
        made = wording.format_date(release.manifest.get("created_at"))
        show_html(note(f"U bekijkt een andere release dan de huidige: {release.id}, gemaakt op {made}. Cijfers kunnen sindsdien zijn veranderd."))
        st.button("Naar de huidige release", on_click=address.leave_older_release)
    if release.quality.get("verdict") == "fout":
        show_html(note("De kwaliteitscontrole van deze release heeft fouten gevonden. Lees bij Datakwaliteit wat de werkgroep besloot.", "fout"))


@remembered(1)
def origin_statement(release: Release) -> str:
    """Which deliveries are real open data, which came from partners, and which are synthetic: one Dutch text."""
    groups: dict[str, list[str]] = {}
    for contract in release.manifest.get("contracts", []):
        origins = release.origins(contract["delivery"])
        kind = (
            ("synthetisch" if origins == ("synthetic",) else "deels")
            if "synthetic" in origins
            else "open"
            if {"service", "recorded"} & set(origins)
            else "partner"
            if origins
            else "geen"
        )
        groups.setdefault(kind, []).append(f"{contract.get('title', contract['delivery'])} ({contract.get('partner', 'onbekend')})")
    heads = {
        "open": "Echte open data",
        "partner": "Aangeleverd door partners",
        "deels": "Deels synthetisch",
        "synthetisch": "Synthetisch",
        "geen": "Niet ontvangen",
    }
    return " ".join(f"{head}: {'; '.join(groups[kind])}." for kind, head in heads.items() if kind in groups)


def _show_footer(release: Release) -> None:
    foot.show_links()
    made = wording.format_date(release.manifest.get("created_at"))
    reader = "professionals van de deelnemende partners" if release.audience == "professional" else "iedereen (publiek)"
    if own := release.scope.gemeenten:
        own_names = [release.names.get(("gemeente", code), code) for code in own]
        reader = f"{wording.join_words(own_names)} en de gebieden daaromheen; van andere gebieden ziet u wat iedereen ziet"
    show_html(
        '<div class="km-footer">',
        f"<p>{escape(origin_statement(release))}</p>",
        f"<p>Ketenmonitor van RIEC en RSIV Den Haag. Release {escape(release.id)}, gemaakt op {escape(made)}, voor {reader}.</p>",
        "</div>",
    )
