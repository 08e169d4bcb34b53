"""What is still open: questions to partners by their age, and findings that stand long without a decision. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from app import review, wording
from app.decisions import Decisions, Entry
from app.review import Past, Report

ASKED = "vraag aan partner"


class Question(NamedTuple):
    """A question to a partner: the finding that it is about, what was asked, and how many days ago."""

    partner: str
    sentence: str
    text: str
    asked: dt.date
    days: int

    @property
    def age(self) -> str:
        """`12 dagen`."""
        return f"{self.days} {'dag' if self.days == 1 else 'dagen'}"

    @property
    def row(self) -> dict[str, str]:
        """A row for a table; the partner is who must answer."""
        return {
            "Partner": self.partner,
            "Staat open": f"{self.age}, sinds {wording.format_date(self.asked)}",
            "Vraag": self.text,
            "Gaat over": self.sentence,
        }


class Standing(NamedTuple):
    """A finding without a decision: since which release it stands, and in how many reports it stood."""

    partner: str
    severity: str
    sentence: str
    since: str
    reports: int

    @property
    def row(self) -> dict[str, str]:
        """A row for a table."""
        times = f"{self.reports} rapporten"
        return {"Ernst": wording.label(self.severity), "Staat er sinds": f"{day_of(self.since)} ({times})", "Partner": self.partner, "Bevinding": self.sentence}


def open_questions(report: Report, decisions: Decisions, today: dt.date) -> list[Question]:
    """Findings of the report on which the decision that counts is a question, the oldest first."""
    asked = [(one, entry) for one in report.findings if (entry := decisions.latest.get(one["id"])) and entry["decision"] == ASKED]
    found = [_question(str(one.get("partner") or "Partner onbekend"), one["sentence"], entry, today) for one, entry in asked]
    return sorted(found, key=lambda question: (-question.days, question.partner.lower(), question.sentence))


def _question(partner: str, sentence: str, entry: Entry, today: dt.date) -> Question:
    asked = dt.datetime.fromisoformat(entry["at"]).date()
    return Question(partner, sentence, entry["text"], asked, max(0, (today - asked).days))


def long_undecided(report: Report, decisions: Decisions, past: Sequence[Past]) -> list[Standing]:
    """Findings of the report, `let op` left out, that no decision was ever kept on and that an earlier report had too; the oldest first."""
    earlier = [one for one in past if one.release_id != report.release_id]
    order = [one.release_id for one in earlier]
    found = []
    for one in report.findings:
        if one["severity"] == "let op" or one["id"] in decisions.latest:
            continue
        if since := review.first_seen(earlier, one["id"]):
            times = len(order) - order.index(since) + 1
            found.append(Standing(str(one.get("partner") or "Partner onbekend"), one["severity"], one["sentence"], since, times))
    return sorted(found, key=lambda one: (one.since, review.SEVERITIES.index(one.severity), one.partner.lower()))


def day_of(release_id: str) -> str:
    """The day in the id of a release: `28 november 2026`."""
    return wording.format_date(release_id[:10])
