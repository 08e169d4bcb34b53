"""The choice of a file to take along. Nothing is built before the click on its button."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app import audit, frame, sign_in
from app.access import Rights, Scope
from app.catalogue import Indicator
from app.downloads.formats import FORMATS, PICTURES, file_name, make_file, make_picture, picture_name
from app.downloads.view import Choice
from app.release import Release

SCOPES = {"keuze": "De cijfers die u nu ziet", "alles": "Alle cijfers van deze indicator", "plaatje": "Een kaart of grafiek die u nu ziet"}


class NotAllowed(Exception):
    """The reader may no longer take these figures along."""


def take_along(
    release: Release, about: str, file: str, figures: str, make: Callable[[], bytes], may: Callable[[Rights], bool] | None = None
) -> Callable[[], bytes]:
    """What a button does at its click: makes a file, when the reader may still have it, for the page behind the button can be hours old. `may` asks
    for more than the figures of the release do. about: the id of an indicator, or empty. It stands in the audit log before it leaves. Raises
    NotAllowed, which the log tells too, and OSError when that log cannot be written."""
    ask = sign_in.grip()

    def clicked() -> bytes:
        who = ask()
        what = {"release": release.id, "indicator": about, "file": file, "figures": figures}
        if (who.rights.scope != release.scope and release.scope != Scope()) or not (may is None or may(who.rights)):
            audit.write("geweigerd", who.subject, roles=who.rights.roles, **what)
            raise NotAllowed
        content = make()
        audit.write("download", who.subject, roles=who.rights.roles, **what)
        return content

    return clicked


@st.fragment
def show_downloads(release: Release, indicator: Indicator, view: Choice) -> None:
    """A button that opens the choice. A fragment: a choice here runs only this again, not map and charts."""
    with st.popover("Cijfers downloaden of plaatje opslaan", width="content"):
        scope = st.radio("Wat wilt u downloaden?", list(SCOPES), format_func=lambda code: SCOPES[code], key="download_cijfers")
        if scope == "plaatje":
            _show_pictures(release, indicator, view)
            return
        captions = [one.caption for one in FORMATS.values()]
        code = st.radio("Soort bestand", list(FORMATS), format_func=lambda code: FORMATS[code].label, captions=captions, key="download_bestand")
        chosen = view if scope == "keuze" else None
        st.download_button(
            "Downloaden",
            data=take_along(release, indicator.id, code, scope, lambda: make_file(code, release, indicator, chosen)),
            file_name=file_name(code, release, indicator, chosen),
            mime=FORMATS[code].mime,
            on_click="ignore",
            type="primary",
        )


def _show_pictures(release: Release, indicator: Indicator, view: Choice) -> None:
    """The choice of one map or chart of the page, as a picture."""
    titles = {one.kind: f"{'Kaart: ' if one.legend else ''}{one.title}" for one in view.drawings(release, indicator)}
    if not titles:
        frame.show_html(frame.note("Er is bij deze keuze geen kaart of grafiek.", "uitleg"))
        return
    kind = st.radio("Welke kaart of grafiek", list(titles), format_func=lambda kind: titles[kind], key="download_tekening")
    captions = [one.caption for one in PICTURES.values()]
    code = st.radio("Soort plaatje", list(PICTURES), format_func=lambda code: PICTURES[code].label, captions=captions, key="download_plaatje")
    st.download_button(
        "Downloaden",
        data=take_along(release, indicator.id, code, kind, lambda: make_picture(code, release, indicator, view, kind)),
        file_name=picture_name(code, release, indicator, view, kind),
        mime=PICTURES[code].mime,
        on_click="ignore",
        type="primary",
    )
