"""Data quality: the verdict on this release, and its findings."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from app import frame, wording
from app.markup import plain
from app.release import Release

SEVERITIES = ("fout", "waarschuwing", "let op")


def show_verdict(release: Release) -> None:
    """The verdict in a sentence, and who signed it."""
    verdict = str(release.quality.get("verdict") or release.manifest.get("quality_verdict") or "onbekend")
    kind = {"goed": "goed", "fout": "fout"}.get(verdict, "let-op")
    frame.show_html(frame.note(wording.VERDICTS.get(verdict, "Deze release heeft geen kwaliteitsoordeel."), kind))
    signed = [
        f"{one.get('role', 'onbekend')} ({wording.format_date(one.get('date'))})" for one in release.quality.get("signed_by", []) if isinstance(one, dict)
    ]
    frame.show_html(
        f"<p>Ondertekend door: {frame.safe(wording.join_words(signed))}.</p>" if signed else "<p>De werkgroep heeft dit oordeel nog niet ondertekend.</p>"
    )


def decision_in_words(decision: Mapping[str, Any]) -> str:
    """What the werkgroep decided on a finding, and when. Only the text of an exclusion is for everybody: it stands at the figure too."""
    said = f": {decision.get('text')}" if decision.get("decision") == "uitgesloten" else ""
    return f"{wording.label(str(decision.get('decision')))}, {decision.get('role')}, {wording.format_date(str(decision.get('at', ''))[:10])}{said}"


def show_findings(release: Release) -> None:
    """Findings, the gravest first."""
    st.header("Bevindingen", anchor=False)
    findings = [one for one in release.quality.get("findings", []) if isinstance(one, dict)]
    if not findings:
        frame.show_html("<p>Er zijn geen bevindingen.</p>")
        return
    counts = [(severity, sum(one.get("severity") == severity for one in findings)) for severity in SEVERITIES]
    frame.show_html(f"<p>{frame.safe(wording.join_words([f'{count} × {severity}' for severity, count in counts if count]))}.</p>")
    findings.sort(key=lambda one: SEVERITIES.index(one["severity"]) if one.get("severity") in SEVERITIES else len(SEVERITIES))
    names = {indicator.id: indicator.name for indicator in release.indicators}
    decided = {str(one.get("finding")): decision_in_words(one) for one in release.manifest.get("decisions", [])}
    rows = [
        {
            "Ernst": plain(str(one.get("severity", ""))),
            "Bevinding": plain(str(one.get("sentence", ""))),
            "Gaat over": plain(names.get(str(one.get("indicator_id") or ""), "") or str(release.contract(str(one.get("delivery") or "")).get("title", ""))),
            "Partner": plain(str(one.get("partner") or "")),
            "Periode": plain(wording.format_period(str(one["period"])) if one.get("period") else ""),
        }
        | ({"Besluit": plain(decided.get(str(one.get("id")), ""))} if decided else {})
        for one in findings
    ]
    st.table(pd.DataFrame(rows).set_index("Ernst"), border="horizontal", alt="Bevindingen van de kwaliteitscontrole")


release = frame.release_in_view()
st.title("Datakwaliteit")
show_verdict(release)
st.page_link("views/wijzigingen.py", label="Wat is er veranderd sinds de vorige release?")
show_findings(release)
st.page_link("views/leveringen.py", label="Welke leveringen zijn er, en wat is te laat?")
rights = frame.reader().rights
if rights.docs and release.has_data_docs:
    st.page_link("views/datadocs.py", label="Alle controles, stuk voor stuk (Data Docs)")
if rights.signing:
    st.page_link("views/werkgroep.py", label="Werkgroep: besluiten over deze bevindingen")
