"""Deciding and signing from the command line, on the newest quality report of a data folder; the werkgroep does the same in the dashboard.

A form is a CSV file (`;`, UTF-8 with a mark, as spreadsheets in Dutch write it) with a line per finding, of which the columns besluit and
toelichting are filled in at the meeting.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from pipelines.decisions import REMARK, CannotDecide, Decisions, decide, read_decisions, sign
from pipelines.release import list_releases, read_release
from pipelines.resources import Settings

COLUMNS = ("bevinding", "ernst", "partner", "zin", "besluit", "toelichting")
BY = "opdrachtregel"


def newest_findings(settings: Settings) -> list[dict[str, Any]]:
    """The findings of the newest run, published or not. Raises CannotDecide when there is no report that can be read."""
    try:
        findings: list[dict[str, Any]] = json.loads(settings.quality_report.read_bytes())["findings"]
    except (OSError, ValueError, KeyError):
        raise CannotDecide("there is no quality report that can be read: run `ketenmonitor run`") from None
    return findings


def decisions_in_force(settings: Settings) -> Decisions:
    """The decisions of a data folder, held beside what its releases say of them. Raises DecisionsBroken."""
    anchors = []
    for release in list_releases(settings.releases):
        if release["is_readable"] and (head := read_release(settings.releases, release["id"]).get("decisions_head")):
            anchors.append(head)
    return read_decisions(settings.decisions, anchors)


def write_form(settings: Settings, file: Path) -> int:
    """Write the findings of the newest report as a form to fill in, with the decisions that count; gives their number. Raises CannotDecide,
    DecisionsBroken and OSError."""
    latest = decisions_in_force(settings).latest
    findings = newest_findings(settings)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    for finding in findings:
        known = latest.get(finding["id"], {})
        row = (finding["id"], finding["severity"], finding["partner"] or "", finding["sentence"], known.get("decision", ""), known.get("text", ""))
        writer.writerow([f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in row])
    file.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return len(findings)


def add_form(settings: Settings, file: Path, *, role: str) -> int:
    """Keep what a filled-in form decides and was not decided yet, all of it or none; gives the number. Raises CannotDecide, DecisionsBroken."""
    findings = {finding["id"]: finding for finding in newest_findings(settings)}
    decisions = decisions_in_force(settings)
    remarks = {(entry["finding"], entry["text"]) for entry in decisions.entries if entry.get("decision") == REMARK}
    try:
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise CannotDecide("the form cannot be read: a CSV file in UTF-8 with semicolons, as `ketenmonitor decisions form` writes it") from None
    if not rows or not set(COLUMNS[:1] + COLUMNS[4:]) <= set(rows[0]):
        raise CannotDecide(f"the form has no line, or not the columns {', '.join(COLUMNS)}")
    decided = []
    for number, row in enumerate(rows, start=2):
        which, text = (" ".join((row[name] or "").split()) for name in ("besluit", "toelichting"))
        if not which:
            continue
        if row["bevinding"] not in findings:
            raise CannotDecide(f"line {number} is about a finding that the newest report does not have: make the form anew")
        known = decisions.latest.get(row["bevinding"], {})
        is_said = which == REMARK and (row["bevinding"], text) in remarks
        if not is_said and (known.get("decision"), known.get("text")) != (which, text):
            decided.append((findings[row["bevinding"]], which, text))
    decide(settings.decisions, decided, role=role, by=BY)
    return len(decided)


def sign_report(settings: Settings, *, role: str, text: str) -> list[str]:
    """Sign the newest report; gives the ids of the findings of severity fout that were signed. Raises CannotDecide, DecisionsBroken."""
    findings = newest_findings(settings)
    decisions_in_force(settings)
    sign(settings.decisions, findings, role=role, by=BY, text=text)
    return [finding["id"] for finding in findings if finding["severity"] == "fout"]
