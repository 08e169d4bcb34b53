"""The Data Docs inside the dashboard: every check that ran, with its outcome in counts of rows. For the werkgroep and privacy officers."""

import streamlit as st

from app import address, frame, review, sign_in, wording
from app.release import DamagedReleaseError, Release
from app.review import NotForThisReader
from app.werkgroep.data_docs import NotOurs, body_of

REFUSED = "Deze controle bevat iets wat er niet in hoort, en wordt daarom niet getoond. Waarschuw de beheerder."


def show_for_everybody() -> None:
    """Say for whom this page is, and where others find what they need."""
    frame.show_html(frame.note("Deze pagina is voor de werkgroep en privacyfunctionarissen.", "uitleg"))
    frame.show_html("<p>Wat de controles opleverden, leest u op de pagina Datakwaliteit.</p>")
    st.page_link("views/datakwaliteit.py", label="Naar Datakwaliteit")


def show_docs(release: Release) -> None:
    """One page of the Data Docs (`?controle=`)."""
    rights = frame.reader().rights
    whose, names = review.docs_pages(release, rights)
    if not names:
        frame.show_html(frame.note("Bij dit rapport zijn geen controles bewaard.", "uitleg"))
        return
    of = f"release {whose}" if whose else "de laatste run"
    frame.show_html(
        f"<p>Elke controle met haar uitkomst, van {frame.safe(of)}. U ziet hoeveel regels afwijken, en nooit wat er in een regel staat. ",
        "De controles zijn gedaan voordat kleine aantallen geheim werden.</p>",
    )
    address.seed("controle", names, names[0])
    st.selectbox("Controle", names, format_func=lambda name: "Overzicht" if name == "index" else wording.label(name), key="controle", width=420)
    chosen = address.publish("controle", names[0])
    try:
        frame.show_html(f'<div class="km-docs">{body_of(review.docs_page(release, whose, chosen, rights))}</div>')
    except NotOurs:
        frame.show_html(frame.note(REFUSED, "fout"))
    except DamagedReleaseError as problem:
        frame.show_html(frame.note(str(problem), "fout"))
    frame.show_rejected_address()


st.title("Controles")
if frame.reader().rights.docs:
    try:
        show_docs(frame.release_in_view())
    except NotForThisReader:
        frame.show_html(frame.note(review.DEMO_CLOSED, "uitleg"))
else:
    sign_in.refuse("datadocs", frame.reader())
    show_for_everybody()
