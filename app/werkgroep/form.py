"""The forms of the werkgroep: a decision on a finding, and a signature under the report. Who decides is judged again at the click."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from app import frame, sign_in, wording
from app.decisions import DECISIONS, LONGEST_TEXT, CannotDecide, Decision, Finding, record, report_mark, sign

MEANING: Mapping[Decision, str] = {
    "akkoord": "Wij kennen deze bevinding. De cijfers mogen worden gepubliceerd.",
    "uitgesloten": "Deze cijfers worden niet getoond. Er komt ‘onbekend’ te staan, met uw toelichting erbij. Iedereen kan die lezen: noem geen aantallen. "
    "Gaat de bevinding over een levering, dan geldt dit voor alle indicatoren die ermee zijn gemaakt.",
    "vraag aan partner": "De partner moet dit uitleggen of herstellen. De vraag blijft open tot u een ander besluit vastlegt.",
    "toelichting": "Alleen een opmerking. Een eerder besluit over deze bevinding blijft gelden.",
}
ANSWER = "_werkgroep_antwoord"  # what came of the last click: on what, kind of note, sentence
CHANGED = "Het rapport is intussen vernieuwd. Bekijk het opnieuw voordat u ondertekent."


def show_answer(about: str) -> None:
    """What came of a click on the form of this finding, or on `rapport`; told once."""
    if (answer := st.session_state.get(ANSWER)) and answer[0] == about:
        del st.session_state[ANSWER]
        frame.show_html(frame.note(answer[2], answer[1]))


def was_answered(about: str) -> bool:
    """Whether a click on this form was just answered, so that it must stand open."""
    return bool(st.session_state.get(ANSWER, ("",))[0] == about)


def _try(about: str, decide: Callable[[], None], done: str) -> bool:
    try:
        decide()
    except CannotDecide as problem:
        st.session_state[ANSWER] = (about, "fout", str(problem))
        return False
    st.session_state[ANSWER] = (about, "goed", done)
    return True


def show_form(finding: Finding) -> None:
    """The choice of a decision on a finding, with its note."""
    key = f"besluit-{finding['id']}"
    with st.form(key, border=False):
        st.radio("Besluit", DECISIONS, index=None, format_func=wording.label, captions=[MEANING[one] for one in DECISIONS], key=f"{key}-keuze")
        st.text_area("Toelichting (hoeft niet bij akkoord)", key=f"{key}-tekst", max_chars=LONGEST_TEXT, height=80)
        st.form_submit_button("Leg vast", on_click=_decide, args=(finding, key), key=f"{key}-knop")


def _decide(finding: Finding, key: str) -> None:
    """Keep what the form of a finding, as it was shown, holds; of a decision that was kept the form is emptied."""
    choice, text = st.session_state[f"{key}-keuze"], st.session_state[f"{key}-tekst"]
    if _try(finding["id"], lambda: record(sign_in.reader(), finding, choice, text), "Uw besluit is vastgelegd."):
        st.session_state[f"{key}-keuze"], st.session_state[f"{key}-tekst"] = None, ""


def show_signing(findings: Sequence[Finding], now: Callable[[], Sequence[Finding]]) -> None:
    """The signature under a report. now: the findings of the newest report at the click, which must be those that were shown."""
    with st.form("ondertekenen", border=False):
        st.text_area("Opmerking bij uw handtekening (hoeft niet)", key="ondertekenen-tekst", max_chars=LONGEST_TEXT, height=80)
        st.form_submit_button("Onderteken", type="primary", on_click=_sign, args=(findings, now), key="ondertekenen-knop")


def _sign(findings: Sequence[Finding], now: Callable[[], Sequence[Finding]]) -> None:
    def decide() -> None:
        if report_mark(now()) != report_mark(findings):
            raise CannotDecide(CHANGED)
        sign(sign_in.reader(), findings, st.session_state["ondertekenen-tekst"])

    if _try("rapport", decide, "Uw handtekening is vastgelegd. De volgende run publiceert de cijfers."):
        st.session_state["ondertekenen-tekst"] = ""
