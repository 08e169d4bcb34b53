"""Definitions: the catalogue, the signs, and the account of where the figures come from and what is withheld."""

import streamlit as st

from app import frame, open_data, signs, tiles, wording
from app.markup import plain
from app.release import Release, release_ids


def show_signs(release: Release) -> None:
    """What the signs mean, for who asks why there is no number: the threshold that holds here, and an example."""
    st.header("Tekens", anchor=False)
    frame.show_html(
        "<p>Waarom staat hier geen getal? Het teken laat zien waarom. Alleen het streepje (-) betekent nul; de andere tekens en een lege plek nooit.</p>",
        tiles.terms(signs.sign_terms()),
        f"<p>{frame.safe(signs.threshold_sentence(release.indicators, release.audience))}</p>",
        *(f"<p>{frame.safe(said)}</p>" for said in signs.EXAMPLE),
    )
    if frame.reader().rights.protection:
        st.page_link("views/bescherming.py", label="Hoe wij personen beschermen")


def show_catalogue(release: Release) -> None:
    """Every catalogue entry with all its fields; `?indicator=` opens one."""
    st.header("Indicatoren", anchor=False)
    wanted = st.query_params.get("indicator")
    for theme in dict.fromkeys([*wording.THEMES, *(indicator.theme for indicator in release.indicators)]):
        mine = [indicator for indicator in release.indicators if indicator.theme == theme]
        if mine:
            st.subheader(plain(wording.theme_title(theme)), anchor=False)
        for indicator in mine:
            with st.expander(plain(indicator.name), expanded=indicator.id == wanted):
                frame.show_html(tiles.terms(tiles.indicator_terms(release, indicator)))


def origin_note(delivery: dict[str, object]) -> str:
    """Where one received file came from; a delivery in parts names the part."""
    said = str(delivery.get("origin_note") or wording.ORIGINS.get(str(delivery.get("origin")), "herkomst onbekend"))
    return f"{delivery['slice']}: {said}" if delivery.get("slice") else said


def show_account(release: Release) -> None:
    """Synthetic or real, what is withheld and why, and the origin of every delivery."""
    st.header("Verantwoording", anchor=False)
    if release.synthetic_note:
        frame.show_html(frame.note(release.synthetic_note, "synthetisch"))
    rule = release.manifest.get("disclosure")
    said = rule.get("rule") if isinstance(rule, dict) else rule
    st.subheader("Wat niet wordt getoond", anchor=False)
    frame.show_html(f"<p>{frame.safe(str(said or wording.STATE_MEANING['geheim']))}</p>")
    st.subheader("Bronnen en herkomst", anchor=False)
    pairs = []
    for contract in release.manifest.get("contracts", []):
        used = [one for one in release.manifest.get("deliveries", []) if one.get("delivery") == contract["delivery"] and one.get("used", True)]
        notes = list(dict.fromkeys(origin_note(one) for one in used))
        pairs.append((f"{contract.get('title', contract['delivery'])} ({contract.get('partner', '')})", "; ".join(notes) or "niet ontvangen"))
    frame.show_html(tiles.terms(pairs))
    st.subheader("Deze release", anchor=False)
    about = [
        ("Release", release.id),
        ("Gemaakt op", wording.format_date(release.manifest.get("created_at"))),
        ("Versie van de software", str(release.manifest.get("code_version") or "")),
        ("Doelgroep", release.audience),
    ]
    frame.show_html(tiles.terms(about))


def show_open_data(release: Release) -> None:
    """What anybody may take along of this release, without signing in: always what is public, whoever looks."""
    if files := open_data.files_of(release):
        st.header("Open data", anchor=False)
        links = "".join(f'<li><a href="{frame.safe(address)}" target="_blank">{frame.safe(label)}</a></li>' for address, label in files)
        frame.show_html(
            "<p>De openbare cijfers van deze release mag iedereen gebruiken, met vermelding van de bron en de release (CC BY 4.0). "
            f"Datacatalogi vinden ze op het vaste adres <code>{open_data.CATALOGUE}</code>.</p><ul>{links}</ul>"
        )


def show_releases(release: Release) -> None:
    """Other releases, each by its own address."""
    others = [one for one in release_ids() if one != release.id][:20]
    if others:
        st.header("Andere releases", anchor=False)
        links = "".join(f'<li><a href="?release={frame.safe(one)}" target="_self">{frame.safe(one)}</a></li>' for one in others)
        frame.show_html(f"<ul>{links}</ul>")


release = frame.release_in_view()
st.title("Definities")
show_signs(release)
show_catalogue(release)
show_account(release)
show_open_data(release)
show_releases(release)
