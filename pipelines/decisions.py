"""What the werkgroep decided on findings: an append-only file, `decisions/decisions.jsonl`, in which each line seals the one before.

A line is one JSON object: `number` (from 1), `at` (UTC), `kind`, `role`, `by` (a pseudonym, or how it came in), `text`, `previous` (the hash of
the line before, empty in the first) and `hash` (SHA-256 of `previous` and of the object without these two, keys sorted, without spaces). A
`besluit` has `finding` (an id of quality.json), `decision` and `about` (the finding as it was); an `ondertekening` has `report` (the mark of the
whole report) and `findings` (per signed finding of severity fout its mark). The dashboard writes the same file (app/decisions.py).

A line that was changed, moved or taken away shows, for the seals after it do not fit. A file that was cut off, or written anew as a whole, shows
by `decisions_head` of the releases: the last line as it was when they were made.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

DECISIONS = ("akkoord", "uitgesloten", "vraag aan partner", "toelichting")
SETTLING = ("akkoord", "uitgesloten")  # one of these, and a signature, lets a finding of severity fout through
REMARK = "toelichting"  # decides nothing, and leaves standing what was decided
ABOUT = ("severity", "dimension", "partner", "delivery", "indicator_id", "area_code", "period", "sentence")
NOT_RUN = "not_run:"  # a check that could not run: nothing that anybody could agree with
LONGEST_TEXT = 1000
PRIVATE, PRIVATE_FOLDER = 0o600, 0o700

Entry = Mapping[str, Any]
Finding = Mapping[str, Any]


class DecisionsBroken(Exception):
    """The file is not what was written; the message names the line and no word of it."""


class CannotDecide(Exception):
    """A decision or signature cannot be kept; the message says why."""


@dataclass(frozen=True)
class Decisions:
    """All that was decided and signed, oldest first."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def latest(self) -> dict[str, Entry]:
        """Per finding the decision that counts: the last one; a remark only where there is no other."""
        decided = [entry for entry in self.entries if entry["kind"] == "besluit"]
        return {entry["finding"]: entry for entry in sorted(decided, key=lambda entry: entry["decision"] != REMARK)}

    @cached_property
    def signed(self) -> dict[str, Entry]:
        """Per mark of a finding the last signature under it."""
        return {mark: entry for entry in self.entries if entry["kind"] == "ondertekening" for mark in entry["findings"].values()}

    @property
    def head(self) -> dict[str, Any] | None:
        """Number and hash of the last line; None while there is none."""
        return {name: self.entries[-1][name] for name in ("number", "hash")} if self.entries else None

    def unsettled(self, findings: Sequence[Finding]) -> list[Finding]:
        """Findings of severity fout without akkoord or uitgesloten."""
        grave = (finding for finding in findings if finding["severity"] == "fout")
        return [one for one in grave if one["id"].startswith(NOT_RUN) or self.latest.get(one["id"], {}).get("decision") not in SETTLING]

    def blocking(self, findings: Sequence[Finding]) -> list[Finding]:
        """Findings of severity fout that stop a release: not settled, or not signed as they stand."""
        unsettled = self.unsettled(findings)
        return [one for one in findings if one in unsettled or (one["severity"] == "fout" and mark(one) not in self.signed)]

    def signatures(self, findings: Sequence[Finding]) -> list[Entry]:
        """Signatures of this report, and of findings of severity fout that stand in it as they were signed, oldest first."""
        grave = {mark(finding) for finding in findings if finding["severity"] == "fout"}
        report = report_mark(findings)
        signed = [entry for entry in self.entries if entry["kind"] == "ondertekening"]
        return [entry for entry in signed if entry["report"] == report or grave & set(entry["findings"].values())]

    def stale(self, findings: Sequence[Finding]) -> list[Entry]:
        """Decisions that count on findings that are no longer there; they stay, and steer nothing."""
        here = {finding["id"] for finding in findings}
        return [entry for finding, entry in self.latest.items() if finding not in here]


NONE = Decisions()


def mark(finding: Finding) -> str:
    """What is signed of a finding: 16 hexadecimal digits that are others as soon as its sentence or severity is."""
    said = json.dumps([finding["id"], finding["severity"], finding["sentence"]], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def report_mark(findings: Sequence[Finding]) -> str:
    """The marks of all findings of a report in one."""
    return hashlib.sha256("".join(sorted(map(mark, findings))).encode()).hexdigest()[:16]


def read_decisions(folder: Path, anchors: Iterable[Mapping[str, Any]] = ()) -> Decisions:
    """The decisions of a data folder (`folder` is its `decisions`). anchors: `decisions_head` of its releases. Raises DecisionsBroken."""
    path = folder / "decisions.jsonl"
    entries: list[Entry] = []
    for line in filter(None, path.read_bytes().split(b"\n") if path.exists() else []):
        entry = _entry(line, len(entries) + 1, entries[-1]["hash"] if entries else "")
        if entry is None:
            raise DecisionsBroken(
                f"line {len(entries) + 1} of decisions.jsonl does not fit the one before: the file was changed by hand; restore it from a copy"
            )
        entries.append(entry)
    hashes = dict(enumerate((entry["hash"] for entry in entries), start=1))
    if lost := [anchor["number"] for anchor in anchors if hashes.get(anchor["number"]) != anchor["hash"]]:
        raise DecisionsBroken(f"decisions.jsonl has no longer the line {lost[0]} that a release was made with: restore it from a copy")
    return Decisions(tuple(entries))


def decide(folder: Path, decided: Sequence[tuple[Finding, str, str]], *, role: str, by: str) -> None:
    """Keep decisions (finding, decision, text), all or none. Raises CannotDecide, and DecisionsBroken."""
    for finding, decision, text in decided:
        if decision not in DECISIONS:
            raise CannotDecide(f"{finding['id']}: {decision!r} is none of {', '.join(DECISIONS)}")
        if not text.strip() and decision != "akkoord":
            raise CannotDecide(f"{finding['id']}: {decision!r} needs a reason")
        if decision in SETTLING and finding["id"].startswith(NOT_RUN):
            raise CannotDecide(f"{finding['id']}: a check that did not run cannot be agreed with; mend it and run again")
    about = [{name: finding.get(name) for name in ABOUT} for finding, _, _ in decided]
    rows = zip(decided, about, strict=True)
    _append(
        folder, [{"kind": "besluit", "text": text, "finding": finding["id"], "decision": which, "about": it} for (finding, which, text), it in rows], role, by
    )


def sign(folder: Path, findings: Sequence[Finding], *, role: str, by: str, text: str = "") -> None:
    """Sign a report, once all its findings of severity fout are settled. Raises CannotDecide, and DecisionsBroken."""
    if left := read_decisions(folder).unsettled(findings):
        raise CannotDecide(f"{len(left)} finding(s) of severity fout are not decided: {', '.join(one['id'] for one in left[:5])}; akkoord or uitgesloten first")
    marks = {finding["id"]: mark(finding) for finding in findings if finding["severity"] == "fout"}
    _append(folder, [{"kind": "ondertekening", "text": text, "report": report_mark(findings), "findings": marks}], role, by)


def copy_decisions(folder: Path, copy: Path, moment: dt.datetime) -> None:
    """The lines that were there at a moment (UTC, without zone): the beginning of a sealed row holds by itself."""
    known = [entry for entry in read_decisions(folder).entries if dt.datetime.fromisoformat(entry["at"]).replace(tzinfo=None) <= moment]
    (copy / "decisions.jsonl").unlink(missing_ok=True)
    if known:
        _write(copy, known)


def _append(folder: Path, bodies: Sequence[dict[str, Any]], role: str, by: str) -> None:
    from filelock import FileLock

    if not role.strip():
        raise CannotDecide("say in which role this was decided")
    if any(len(body["text"]) > LONGEST_TEXT for body in bodies):
        raise CannotDecide(f"a reason has at most {LONGEST_TEXT} characters")
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    with FileLock(folder / ".lock"):
        known = read_decisions(folder)
        number, previous = len(known.entries), known.entries[-1]["hash"] if known.entries else ""
        added: list[Entry] = []
        for body in bodies:
            number += 1
            told = {"number": number, "at": at, "role": role.strip(), "by": by, **body, "text": " ".join(body["text"].split())}
            added.append({**told, "previous": previous, "hash": (previous := _seal(told, previous))})
        _write(folder, added)


def _write(folder: Path, entries: Sequence[Entry]) -> None:
    """Add lines in one write, whole or not at all."""
    content = "".join(f"{_canonical(entry)}\n" for entry in entries).encode()
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    handle = os.open(folder / "decisions.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
    try:
        before = os.fstat(handle).st_size
        if os.write(handle, content) < len(content):  # a full disk: half a line would break the file
            os.ftruncate(handle, before)
            raise OSError("the decisions were not written whole")
        os.fsync(handle)
    finally:
        os.close(handle)


def _entry(line: bytes, number: int, previous: str) -> Entry | None:
    """The entry on a line; None when it is not what was written behind the line with the seal `previous`."""
    try:
        entry = json.loads(line)
        body = {name: value for name, value in entry.items() if name not in ("previous", "hash")}
        sealed = entry["previous"] == previous and entry["number"] == number and entry["hash"] == _seal(body, previous)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return entry if sealed else None


def _seal(body: Mapping[str, Any], previous: str) -> str:
    return hashlib.sha256((previous + _canonical(body)).encode()).hexdigest()


def _canonical(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
