"""Signing in, as a page sees it: who looks now, and the line with the button above every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from app import access, audit, identity, wording
from app.identity import Reader
from app.markup import note

ROLE_WORDS: Mapping[str, str] = {
    "professional": "professional",
    "werkgroep": "lid van de werkgroep",
    "analist": "analist",
    "privacy": "privacyfunctionaris",
    "beheer": "beheerder",
    "publiek": "bezoeker",
}
TROUBLE: Mapping[str, str] = {
    "verlopen": "Uw aanmelding is verlopen. U ziet nu de cijfers voor iedereen. Meld u opnieuw aan om verder te gaan.",
    "ingetrokken": "Uw toegang is ingetrokken. U ziet de cijfers voor iedereen. Vragen? Neem contact op met de beheerder van de Ketenmonitor.",
    "onbekend": "U bent aangemeld, maar hebt hier geen rol. U ziet de cijfers voor iedereen. Vraag de beheerder van de Ketenmonitor om een rol.",
    "storing": "Wij kunnen nu niet nagaan welke rol u hebt. U ziet daarom de cijfers voor iedereen. Probeer het later opnieuw.",
}
FAILED = "Aanmelden is niet gelukt. Probeer het opnieuw. Lukt het weer niet, neem dan contact op met de beheerder van de Ketenmonitor."


def claims() -> dict[str, object]:
    """The claims of the id_token as Streamlit holds them for this tab; empty when nobody signed in."""
    if access.settings().provider is None or get_script_run_ctx() is None or not st.user.get("is_logged_in"):
        return {}
    return dict(st.user.to_dict())


def reader() -> Reader:
    """Who looks, judged anew: asked once per run by the frame, and again at each download."""
    return identity.reader_of(claims())


def grip() -> Callable[[], Reader]:
    """What a download asks at its click, when the page that showed its button is no longer running."""
    held = claims()
    return lambda: identity.reader_of(held)


def show_line(who: Reader, names: Mapping[tuple[str, str], str]) -> None:
    """Who is signed in and as what, with the button to sign in or out; and in words what went wrong with a sign-in."""
    if who.standing in TROUBLE:
        st.html(note(TROUBLE[who.standing]))
    elif st.query_params.get("aanmelden") == "mislukt":
        st.html(note(FAILED))
    settings = access.settings()
    if settings.demo:
        st.html('<p class="km-account">Demo: u ziet alles, omdat deze cijfers zijn verzonnen.</p>', width="content")
    elif settings.provider is not None:
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            if who.rights.roles:
                st.html(f'<p class="km-account">Aangemeld als {roles_in_words(who, names)}</p>', width="content")
            if who.standing in ("geen", "verlopen"):
                st.button("Aanmelden", on_click=st.login, args=["riec"], key="aanmelden")
            else:
                st.button("Afmelden", on_click=leave, key="afmelden")


def roles_in_words(who: Reader, names: Mapping[tuple[str, str], str]) -> str:
    """The roles of a reader in words, as HTML: `professional en gemeente Delft`."""
    words = [ROLE_WORDS.get(role) or f"gemeente {names.get(('gemeente', role.partition(':')[2]), role.partition(':')[2])}" for role in who.rights.roles]
    return escape(wording.join_words(words))


def leave() -> None:
    """Sign out here, in every other tab, and at the provider."""
    identity.sign_out(claims())
    st.logout()


def refuse(page: str, who: Reader) -> None:
    """Write to the audit log that who signed in asked for a page without the role for it, once per tab and page."""
    told: set[str] = st.session_state.setdefault("_refused", set())
    if who.subject and page not in told:
        told.add(page)
        audit.write("geweigerd", who.subject, roles=who.rights.roles, page=page)
