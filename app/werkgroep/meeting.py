"""All that a meeting of the werkgroep looks at, read at one moment: for the page and for the pack."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app import review
from app.access import Rights
from app.decisions import Decisions, Entry, read_decisions
from app.release import Release, ReleaseError, release_ids, withdrawn
from app.review import Past, Report
from app.werkgroep import reasons
from app.werkgroep.reasons import Explained

FIRST = "Dit is de eerste release. Er is nog niets om mee te vergelijken."


@dataclass(frozen=True)
class Meeting:
    """The release in view, the newest report, what was decided, the reports of all releases (`unread`: ids of those that cannot be read), and what
    changed since the release `before` (`no_changes`: a Dutch sentence when that cannot be told)."""

    release: Release
    report: Report
    decisions: Decisions
    past: tuple[Past, ...]
    unread: tuple[str, ...]
    before: str
    changed: tuple[Explained, ...]
    no_changes: str

    @property
    def stale(self) -> list[Entry]:
        """Decisions that count on findings that are no longer there."""
        return self.decisions.stale(self.report.findings)

    @property
    def day(self) -> dt.date:
        """The day of the report: equal data give an equal pack on any day."""
        return self.report.day


def meet(release: Release, rights: Rights) -> Meeting:
    """Read it all. Raises NotForThisReader, and DamagedReleaseError when no report can be read."""
    report = review.newest_report(release, rights)
    past, unread = review.past_reports(rights)
    decisions = read_decisions(release.manifest.get("decisions_head"))
    before = next((one for one in release_ids() if one < release.id and one not in withdrawn()), "")
    changed: tuple[Explained, ...] = ()
    problem = "" if before else FIRST
    if before:
        try:
            changed = reasons.explained(release, before)
        except ReleaseError as error:
            problem = f"Met de vorige release kan niet worden vergeleken. {error}"
    return Meeting(release, report, decisions, tuple(past), tuple(unread), before, changed, problem)
