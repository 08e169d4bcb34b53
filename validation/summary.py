"""quality.json: the verdict that publication waits for, and the findings that the werkgroep reads."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from validation.checks import Finding, Result

SEVERITIES = ("fout", "waarschuwing", "let op")


def verdict_of(results: Iterable[Result]) -> str:
    """`fout` when a finding of severity fout stands or a check did not run (publication stops), `let op` when any other
    finding stands, else `goed`. No results at all is fout: nothing was judged."""
    results = list(results)
    severities = {finding.severity for result in results for finding in result.findings}
    if not results or "fout" in severities or not all(result.ran for result in results):
        return "fout"
    return "let op" if severities else "goed"


def sorted_findings(results: Iterable[Result]) -> list[Finding]:
    """All findings, the worst first, then by id."""
    findings = [finding for result in results for finding in result.findings]
    return sorted(findings, key=lambda finding: (SEVERITIES.index(finding.severity), finding.id))


def checked_counts(results: Iterable[Result]) -> dict[str, dict[str, Any]]:
    """Per suite: checks, how many passed, rows judged, findings, the worst severity found (None when all passed), and its `expectations`."""
    counts: dict[str, dict[str, Any]] = {}
    for result in results:
        count = counts.setdefault(result.suite, {"checks": 0, "passed": 0, "rows": 0, "findings": 0, "worst": None, "expectations": []})
        count["checks"] += 1
        count["passed"] += result.passed
        count["rows"] += result.rows_checked
        count["findings"] += len(result.findings)
        found = {finding.severity for finding in result.findings} | {count["worst"]}
        count["worst"] = next((severity for severity in SEVERITIES if severity in found), None)
        count["expectations"].append(_expectation(result))
    return counts


def _expectation(result: Result) -> dict[str, Any]:
    return {
        "id": result.check,
        "severity": result.severity,
        "dimension": result.dimension,
        "description": result.description,
        "ran": result.ran,
        "rows": result.rows_checked,
        "failed": result.rows_failed,
        "findings": [finding.id for finding in result.findings],
    }


def summarise(results: Sequence[Result], created_at: str) -> dict[str, Any]:
    """The content of quality.json (house.md): verdict, signed_by (nobody yet), findings, and `checked` per suite.

    `checked` has per suite its counts and `expectations`, one per check: id, severity (fout when it did not run), dimension, description (Dutch),
    ran, rows (judged), failed (rows) and findings (their ids). `created_at` is a UTC time in ISO notation.
    """
    return {
        "created_at": created_at,
        "verdict": verdict_of(results),
        "signed_by": [],
        "findings": [dataclasses.asdict(finding) for finding in sorted_findings(results)],
        "checked": checked_counts(results),
    }
