"""The door to what was found: full sentences, for the werkgroep alone. The newest run's report, published or not, and those of all releases.

`app/release.py` stays the door to figures; here are none. A report speaks of tables from before persons are protected, in sentences without a
count of persons; others read what `<audience>/quality.json` of a release tells them.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from app import access
from app.access import Rights
from app.decisions import Finding, report_mark
from app.release import Release, release_ids, releases_folder, state_folder
from app.release_files import DamagedReleaseError, ReleaseError, read_bytes

SEVERITIES = ("fout", "waarschuwing", "let op")  # the gravest first
AT_MOST = 240  # releases looked back on: reading one took 2.5 ms, once in a process
PAGE = re.compile(r"[a-z0-9_]{1,80}")
UNPUBLISHED = "Dit is het rapport van de laatste run. Die is nog niet gepubliceerd: in het dashboard staan nog de cijfers van release {}."
NO_REPORT = "Er is geen rapport van de laatste run. U leest het rapport van de release die u bekijkt."
DAMAGED = "Het rapport van de laatste run is beschadigd. U leest het rapport van de release die u bekijkt. Waarschuw de beheerder."
DEMO_CLOSED = "Deze releases bevatten echte gegevens. In een demo is deze pagina daarvoor dicht."
ELSEWHERE = "U bekijkt een andere release. Dit is het nieuwste rapport, van release {}."
ALONE = "Dit is het rapport van de laatste run. Het rapport van de release die u bekijkt, kan niet worden gelezen. Waarschuw de beheerder."
OLDER = "Het rapport van de laatste run is ouder dan de release die u bekijkt. U leest het rapport van die release."


class NotForThisReader(Exception):
    """Who asks may not read it."""


@dataclass(frozen=True)
class Report:
    """What was found: `findings` as quality.json has them, the gravest first. `release_id` is the release that it went out with, empty for a run
    that was not published; `remark` is a Dutch sentence on which report this is, where a reader must know."""

    created_at: str
    verdict: str
    findings: tuple[Finding, ...]
    release_id: str = ""
    remark: str = ""

    @property
    def day(self) -> dt.date:
        """The day on which it was made."""
        return dt.datetime.fromisoformat(self.created_at).date()


@dataclass(frozen=True)
class Past:
    """The report of a release with the stand of its deliveries: (partner, status) of each."""

    release_id: str
    is_synthetic: bool
    report: Report
    deliveries: tuple[tuple[str, str], ...]


def newest_report(release: Release, rights: Rights) -> Report:
    """What was judged last: of the newest run, or of the release in view where that run left nothing good or went out with it. Raises
    NotForThisReader, and DamagedReleaseError when neither report can be read."""
    _only(rights.signing)
    return _newest(release)


def _newest(release: Release) -> Report:
    try:
        last = _report((state_folder("quality") / "quality.json").read_bytes())
    except FileNotFoundError:
        return replace(_own(release), remark=NO_REPORT)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return replace(_own(release), remark=DAMAGED)
    try:
        own = _own(release)
    except DamagedReleaseError:
        return replace(last, remark=ALONE)
    for one in reversed(_all_past()[0]):
        if _is_same(last, one.report):
            return one.report if one.release_id == release.id else replace(one.report, remark=ELSEWHERE.format(one.release_id))
    if _moment(last) < _moment(own):
        return replace(own, remark=OLDER)
    return replace(last, remark=UNPUBLISHED.format(release.id))


def _is_same(one: Report, other: Report) -> bool:
    return one.created_at == other.created_at and report_mark(one.findings) == report_mark(other.findings)


def _own(release: Release) -> Report:
    return _past(releases_folder() / release.id).report


def past_reports(rights: Rights) -> tuple[list[Past], list[str]]:
    """The reports of the newest AT_MOST releases, oldest first, and the ids of those of which none can be read. Raises NotForThisReader."""
    _only(rights.signing)
    return _all_past()


def _all_past() -> tuple[list[Past], list[str]]:
    found, unread = list[Past](), list[str]()
    for one in reversed(release_ids()[:AT_MOST]):
        try:
            found.append(_past(releases_folder() / one))
        except ReleaseError:
            unread.append(one)
    return found, unread


def docs_pages(release: Release, rights: Rights) -> tuple[str, list[str]]:
    """Whose Data Docs belong to the newest report (the id of a release, or empty for the newest run), and the names of their pages, `index`
    first. Raises NotForThisReader."""
    _only(rights.docs)
    try:
        whose = release.id if _newest(release).release_id == release.id else ""
    except DamagedReleaseError:
        whose = release.id
    if whose:
        paths = [Path(path) for path in release.manifest["files"] if path.startswith("quality/docs/")]
    else:
        paths = list((state_folder("quality") / "docs").glob("*.html"))
    names = {path.stem for path in paths if path.suffix == ".html" and PAGE.fullmatch(path.stem)}
    return whose, sorted(names, key=lambda name: (name != "index", name))


def docs_page(release: Release, whose: str, name: str, rights: Rights) -> str:
    """The HTML of one of these pages. Raises NotForThisReader, and DamagedReleaseError when it cannot be read."""
    _only(rights.docs)
    try:
        if PAGE.fullmatch(name) is None:
            raise ValueError("no name of a page")
        if not whose:
            return (state_folder("quality") / "docs" / f"{name}.html").read_text(encoding="utf-8")
        return read_bytes(releases_folder() / release.id, release.manifest, f"quality/docs/{name}.html").decode("utf-8")
    except (OSError, ValueError, KeyError):
        raise DamagedReleaseError("Deze controle is er niet, of kan niet worden gelezen.") from None


@lru_cache(maxsize=AT_MOST + 10)
def _past(folder: Path) -> Past:
    """A release never changes, so what was read of it is kept; a failure is not."""
    try:
        manifest = json.loads((folder / "release.json").read_bytes())
        report = _report(read_bytes(folder, manifest, "quality/quality.json"), folder.name, str(manifest["created_at"]))
        deliveries = pl.read_parquet(io.BytesIO(read_bytes(folder, manifest, "professional/leveringen.parquet"))).select("partner", "status")
        return Past(folder.name, manifest["synthetic"] is True, report, tuple((str(partner), str(status)) for partner, status in deliveries.iter_rows()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pl.exceptions.PolarsError):
        raise DamagedReleaseError("Het kwaliteitsrapport van deze release kan niet worden gelezen.") from None


def _report(content: bytes, release_id: str = "", made: str = "") -> Report:
    """Raises ValueError, KeyError, TypeError or AttributeError for what is no report."""
    held = json.loads(content)
    created = str(held.get("created_at") or made)
    findings = sorted(held["findings"], key=lambda one: (SEVERITIES.index(one["severity"]), str(one["id"])))
    if not all(isinstance(one[name], str) for one in findings for name in ("id", "sentence")):
        raise ValueError("a finding has no id or sentence")
    report = Report(created, str(held["verdict"]), tuple(findings), release_id)
    _moment(report)
    return report


def _moment(report: Report) -> dt.datetime:
    moment = dt.datetime.fromisoformat(report.created_at)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _only(allowed: bool) -> None:
    """A demo gives everybody every role, so it opens nothing where anything is real."""
    if not allowed or (access.settings().demo and not all(one.is_synthetic for one in _all_past()[0])):
        raise NotForThisReader


def first_seen(past: Sequence[Past], finding: str) -> str | None:
    """The release from which on a finding stood in every report up to the newest; None when the newest has it not."""
    found = None
    for one in reversed(past):
        if finding not in ids(one.report.findings):
            break
        found = one.release_id
    return found


def ids(findings: Iterable[Any]) -> set[str]:
    """The ids of findings."""
    return {str(one["id"]) for one in findings}
