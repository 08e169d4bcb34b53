"""The choice of a file to take along. Nothing is built before the click on its button."""

from __future__ import annotations

import streamlit as st

from app.catalogue import Indicator
from app.downloads.formats import FORMATS, file_name, make_file
from app.downloads.view import View
from app.release import Release

SCOPES = {"keuze": "De cijfers die u nu ziet", "alles": "Alle cijfers van deze indicator"}


@st.fragment
def show_downloads(release: Release, indicator: Indicator, view: View) -> None:
    """A button that opens the choice. A fragment: a choice here runs only this again, not map and charts."""
    with st.popover("Cijfers downloaden", width="content"):
        scope = st.radio("Welke cijfers", list(SCOPES), format_func=lambda code: SCOPES[code], key="download_cijfers")
        captions = [one.caption for one in FORMATS.values()]
        code = st.radio("Soort bestand", list(FORMATS), format_func=lambda code: FORMATS[code].label, captions=captions, key="download_bestand")
        chosen = view if scope == "keuze" else None
        st.download_button(
            "Downloaden",
            data=lambda: make_file(code, release, indicator, chosen),
            file_name=file_name(code, release, indicator, chosen),
            mime=FORMATS[code].mime,
            on_click="ignore",
            type="primary",
        )
