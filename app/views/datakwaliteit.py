"""Data quality: the verdict on this release, and its findings."""

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
    rows = [
        {
            "Ernst": plain(str(one.get("severity", ""))),
            "Bevinding": plain(str(one.get("sentence", ""))),
            "Gaat over": plain(names.get(str(one.get("indicator_id") or ""), "") or str(release.contract(str(one.get("delivery") or "")).get("title", ""))),
            "Partner": plain(str(one.get("partner") or "")),
            "Periode": plain(wording.format_period(str(one["period"])) if one.get("period") else ""),
        }
        for one in findings
    ]
    st.table(pd.DataFrame(rows).set_index("Ernst"), border="horizontal", alt="Bevindingen van de kwaliteitscontrole")


release = frame.release_in_view()
st.title("Datakwaliteit")
show_verdict(release)
st.page_link("views/wijzigingen.py", label="Wat is er veranderd sinds de vorige release?")
show_findings(release)
st.page_link("views/leveringen.py", label="Welke leveringen zijn er, en wat is te laat?")
if release.has_data_docs:
    with st.expander("Volledige controle (voor de werkgroep)"):
        frame.show_html(
            "<p>Alle uitgevoerde controles staan als webpagina's in de release zelf, in <code>quality/docs/index.html</code>. ",
            "Zij worden hier niet getoond, omdat zij over tussentijdse tabellen gaan die nog niet beveiligd zijn tegen herkenning.</p>",
        )
