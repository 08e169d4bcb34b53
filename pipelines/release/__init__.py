"""The release store: builds, verifies, points at, compares and withdraws releases. The format is in `layout.py`."""

from pipelines.release.build import build_release
from pipelines.release.changes import diff_summary, summarise_changes
from pipelines.release.errors import (
    AuditFailed,
    CatalogueBroken,
    GateFailed,
    LawBroken,
    MetadataFailed,
    ReleaseDamaged,
    ReleaseError,
    ReleaseWithdrawn,
    UnknownRelease,
)
from pipelines.release.memory import Memory
from pipelines.release.metadata import Publisher
from pipelines.release.store import (
    current_id,
    diff_releases,
    list_releases,
    publish,
    read_release,
    read_values,
    shown_figures,
    use_release,
    withdraw_release,
    withdrawn_releases,
)
from pipelines.release.verify import verify_release

__all__ = [
    "AuditFailed",
    "CatalogueBroken",
    "GateFailed",
    "LawBroken",
    "Memory",
    "MetadataFailed",
    "Publisher",
    "ReleaseDamaged",
    "ReleaseError",
    "ReleaseWithdrawn",
    "UnknownRelease",
    "build_release",
    "current_id",
    "diff_releases",
    "diff_summary",
    "list_releases",
    "publish",
    "read_release",
    "read_values",
    "shown_figures",
    "summarise_changes",
    "use_release",
    "verify_release",
    "withdraw_release",
    "withdrawn_releases",
]
