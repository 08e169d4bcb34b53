"""The dashboard's table of contents."""

import streamlit as st

from app import sign_in
from app.frame import show_page

decides = sign_in.reader().rights.signing

show_page(
    st.navigation(
        [
            st.Page("views/overzicht.py", title="Overzicht", url_path="overzicht", default=True),
            st.Page("views/mensenhandel.py", title="Mensenhandel", url_path="mensenhandel"),
            st.Page("views/online_criminaliteit.py", title="Online criminaliteit", url_path="online-criminaliteit"),
            st.Page("views/jonge_aanwas.py", title="Jonge aanwas", url_path="jonge-aanwas"),
            st.Page("views/mijn_gemeente.py", title="Mijn gemeente", url_path="mijn-gemeente"),
            st.Page("views/verkenner.py", title="Verkenner", url_path="verkenner"),
            st.Page("views/samenwerking.py", title="Samenwerking", url_path="samenwerking"),
            st.Page("views/opvang.py", title="Opvang", url_path="opvang", visibility="hidden"),
            st.Page("views/datakwaliteit.py", title="Datakwaliteit", url_path="datakwaliteit", visibility="hidden"),
            st.Page("views/definities.py", title="Definities", url_path="definities"),
            st.Page("views/leveringen.py", title="Leveringen", url_path="leveringen", visibility="hidden"),
            st.Page("views/wijzigingen.py", title="Wijzigingen", url_path="wijzigingen", visibility="hidden"),
            st.Page("views/herkomst.py", title="Herkomst", url_path="herkomst", visibility="hidden"),
            st.Page("views/bescherming.py", title="Bescherming van personen", url_path="bescherming", visibility="hidden"),
            st.Page("views/werkgroep.py", title="Werkgroep", url_path="werkgroep", visibility="visible" if decides else "hidden"),
            st.Page("views/datadocs.py", title="Controles", url_path="datadocs", visibility="hidden"),
            st.Page("views/toegankelijkheid.py", title="Toegankelijkheid", url_path="toegankelijkheid", visibility="hidden"),
        ],
        position="top",
    )
)
