"""The choice of a file to take along. Nothing is built before the click on its button."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app import audit, sign_in
from app.access import Scope
from app.catalogue import Indicator
from app.downloads.formats import FORMATS, file_name, make_file
from app.downloads.view import View
from app.identity import Reader
from app.release import Release

SCOPES = {"keuze": "De cijfers die u nu ziet", "alles": "Alle cijfers van deze indicator"}


class NotAllowed(Exception):
    """The reader may no longer take these figures along."""


def take_along(code: str, release: Release, indicator: Indicator, view: View | None, ask: Callable[[], Reader]) -> bytes:
    """A file, when the reader may still have it at the click, for the page behind the button can be hours old. It stands in the audit log before
    it leaves. Raises NotAllowed, which the log tells too, and OSError when that log cannot be written."""
    who = ask()
    what = {"release": release.id, "indicator": indicator.id, "file": code, "figures": "keuze" if view else "alles"}
    if who.rights.scope != release.scope and release.scope != Scope():
        audit.write("geweigerd", who.subject, roles=who.rights.roles, **what)
        raise NotAllowed
    content = make_file(code, release, indicator, view)
    audit.write("download", who.subject, roles=who.rights.roles, **what)
    return content


@st.fragment
def show_downloads(release: Release, indicator: Indicator, view: View) -> None:
    """A button that opens the choice. A fragment: a choice here runs only this again, not map and charts."""
    with st.popover("Cijfers downloaden", width="content"):
        scope = st.radio("Welke cijfers", list(SCOPES), format_func=lambda code: SCOPES[code], key="download_cijfers")
        captions = [one.caption for one in FORMATS.values()]
        code = st.radio("Soort bestand", list(FORMATS), format_func=lambda code: FORMATS[code].label, captions=captions, key="download_bestand")
        chosen = view if scope == "keuze" else None
        ask = sign_in.grip()
        st.download_button(
            "Downloaden",
            data=lambda: take_along(code, release, indicator, chosen, ask),
            file_name=file_name(code, release, indicator, chosen),
            mime=FORMATS[code].mime,
            on_click="ignore",
            type="primary",
        )
