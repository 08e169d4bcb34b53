"""The sections of a meeting that page and pack show alike, as HTML. Pure."""

from __future__ import annotations

from html import escape

from app.decisions import Finding
from app.markup import note
from app.werkgroep import parts, reasons, standing
from app.werkgroep.meeting import Meeting


def lights(meeting: Meeting, *, folded: bool = True) -> list[tuple[str, str]]:
    """A traffic light per partner and one per indicator: title and HTML."""
    release, decisions, findings = meeting.release, meeting.decisions, meeting.report.findings
    names = {indicator.id: indicator.name for indicator in release.indicators}

    def indicator_of(finding: Finding) -> str | None:
        return names.get(str(finding["indicator_id"]), str(finding["indicator_id"])) if finding.get("indicator_id") else None

    partners, indicators = (standing.lights(findings, name_of, decisions) for name_of in (standing.partner_of, indicator_of))
    quiet = (
        standing.without_finding(standing.partners_of(release), partners, "partner", "partners"),
        standing.without_finding([*names.values()], indicators, "indicator", "indicatoren"),
    )
    return [
        ("Per partner", parts.lights(partners, "Partner", quiet[0], folded=folded)),
        ("Per indicator", parts.lights(indicators, "Indicator", quiet[1], folded=folded)),
    ]


def late(meeting: Meeting) -> str:
    """Deliveries that are late, as a list; empty when none is."""
    items = "".join(f"<li>{escape(what)}: {escape(since)}</li>" for what, since in standing.late_deliveries(meeting.report, meeting.release))
    return f"<ul>{items}</ul>" if items else ""


def changes(meeting: Meeting, *, folded: bool = True) -> str:
    """What changed since the release before and why, in a line per reason; per indicator in a table, to open where it is `folded`."""
    if meeting.no_changes:
        return f"<p>{escape(meeting.no_changes)}</p>"
    head = f"<p>Vergeleken: release {escape(meeting.release.id)} met de vorige, {escape(meeting.before)}.</p>"
    if not meeting.changed:
        return f"{head}<p>Geen enkel cijfer is veranderd.</p>"
    unknown = [one.change.name for one in meeting.changed if not one.reasons]
    warning = note(f"Van deze indicatoren is onbekend waardoor cijfers anders zijn: {', '.join(unknown)}. Zoek dit uit voordat u besluit.") if unknown else ""
    table = parts.texts([one.row for one in meeting.changed], "Wat er is veranderd per indicator, en waardoor")
    shown = f"<details><summary>Per indicator ({len(meeting.changed)})</summary>{table}</details>" if folded else table
    return f"{head}<p>{escape(reasons.totals(meeting.changed))}</p>{warning}{shown}"
