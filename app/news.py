"""What is new in a release beside the one before it, for the same readers."""

from __future__ import annotations

from app import changes
from app.access import Rights
from app.release import Release, open_release, release_ids, withdrawn
from app.remembered import remembered


def before(release: Release) -> str | None:
    """The id of the release before this one, passing by what was withdrawn; None for the first."""
    gone = withdrawn()
    return next((one for one in release_ids() if one < release.id and one not in gone), None)


@remembered(4)
def news(release: Release, earlier: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Deliveries, and indicators with a new period, that the earlier release had not: name, and period. Raises ReleaseError."""
    old = open_release(earlier, Rights(scope=release.scope))
    return changes.deliveries(release, old), changes.new_periods(release, old)
