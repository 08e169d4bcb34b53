"""Which releases there are, what changed between two of them, and which were withdrawn and why."""

import pandas as pd
import streamlit as st

from app import address, changes, frame, wording
from app.access import Rights, Scope
from app.markup import plain
from app.release import Release, ReleaseError, open_release, release_ids, withdrawn


@st.cache_data(max_entries=20, show_spinner=False)
def compared(new: str, old: str, scope: Scope) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    """The table of changes and the new deliveries; releases never change, so this is kept."""
    newer, older = open_release(new, Rights(scope=scope)), open_release(old, Rights(scope=scope))
    return [change.row for change in changes.changes(newer, older)], changes.deliveries(newer, older)


def show_changes(release: Release, older: list[str]) -> None:
    """What changed since an earlier release, the last one unless the reader chooses (`?vergelijk=`)."""
    st.header("Wat er is veranderd", anchor=False)
    if not older:
        frame.show_html("<p>Dit is de eerste release. Er is nog niets om mee te vergelijken.</p>")
        return
    address.seed("vergelijk", older, older[0])
    st.selectbox("Vergeleken met", older, key="vergelijk", width=420)
    chosen = address.publish("vergelijk", older[0])
    try:
        rows, fresh = compared(release.id, chosen, release.scope)
    except ReleaseError as problem:
        frame.show_html(frame.note(f"Met deze release kan niet worden vergeleken. {problem}"))
        return
    if fresh:
        items = "".join(f"<li>{frame.safe(title)}: {frame.safe(span)}</li>" for title, span in fresh)
        frame.show_html(f"<p>Nieuwe of herziene leveringen:</p><ul>{items}</ul>")
    else:
        frame.show_html("<p>Er zijn geen nieuwe leveringen. Wat anders is, komt door een andere berekening, bescherming of indeling.</p>")
    if not rows:
        frame.show_html("<p>Geen enkel cijfer is veranderd.</p>")
        return
    table = [{plain(head): plain(text) for head, text in row.items()} for row in rows]
    st.table(pd.DataFrame(table).set_index("Indicator"), border="horizontal", alt="Aantal cijfers per indicator dat is veranderd")
    frame.show_html(
        '<p class="km-meta">Geteld zijn cijfers, elk van één gebied, periode en uitsplitsing. Vastgesteld: het getal is hetzelfde, en niet meer voorlopig.</p>'
    )


def show_releases(release: Release, ids: list[str]) -> None:
    """All releases, with a link to show each, and why one was withdrawn."""
    st.header("Alle releases", anchor=False)
    gone = withdrawn()
    for one in ids:
        label = f"{one} (deze)" if one == release.id else one
        st.page_link("views/wijzigingen.py", label=plain(label), query_params={"release": one}, disabled=one == release.id)
        if one in gone:
            frame.show_html(frame.note(f"Ingetrokken: {gone[one]}"))


current = frame.release_in_view()
every = release_ids()
st.title("Wijzigingen")
frame.show_html(
    f"<p>U bekijkt release {frame.safe(current.id)}, gemaakt op {frame.safe(wording.format_date(current.manifest.get('created_at')))}. "
    "Een release verandert nooit. Komen er nieuwe cijfers, dan komt er een nieuwe release bij.</p>"
)
show_changes(current, [one for one in every if one < current.id])
show_releases(current, every)
frame.show_rejected_address()
