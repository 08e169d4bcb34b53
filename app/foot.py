"""What stands at the foot of every page: the way to the pages about the figures, also while there are no figures to show."""

from __future__ import annotations

import streamlit as st

#: Pages about the figures. Not all stand in the navigation, which has room for eight: each is found here.
LINKS = {
    "views/definities.py": "Definities",
    "views/datakwaliteit.py": "Datakwaliteit",
    "views/leveringen.py": "Leveringen",
    "views/wijzigingen.py": "Wijzigingen",
    "views/bescherming.py": "Bescherming van personen",
    "views/toegankelijkheid.py": "Toegankelijkheid",
}
#: The page that speaks of no figure, by its address: it is shown without a release too.
STATEMENT = "toegankelijkheid"
#: The meldroutes are a part of the release; 112 is no figure and holds without one.
DANGER = "Is er nu gevaar? Bel 112. De andere meldroutes staan bij de cijfers, en zijn er weer zodra die er zijn."


def show_links() -> None:
    """A list of links below the page. static/nederlands.js makes it a navigation of its own, with a name, for screen readers."""
    with st.container(key="over-deze-cijfers"):
        st.html('<h2 class="km-kop">Over deze cijfers</h2>')
        with st.container(horizontal=True, gap="small"):
            for view, label in LINKS.items():
                st.page_link(view, label=label, width="content")
