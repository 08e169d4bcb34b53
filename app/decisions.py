"""What the werkgroep decided on findings, as the dashboard reads it and adds to it: an append-only file in which each line seals the one before.

The pipeline reads and writes the same file (`ketenmonitor decisions`), applies it and publishes; the format is in its `pipelines/decisions.py`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from filelock import FileLock

from app import audit
from app.identity import Reader
from app.release import state_folder

Decision = Literal["akkoord", "uitgesloten", "vraag aan partner", "toelichting"]
Entry = Mapping[str, Any]
Finding = Mapping[str, Any]

DECISIONS: tuple[Decision, ...] = ("akkoord", "uitgesloten", "vraag aan partner", "toelichting")
SETTLING = ("akkoord", "uitgesloten")  # what a finding of severity fout needs before the report can be signed
REMARK = "toelichting"  # decides nothing, and leaves standing what was decided
ABOUT = ("severity", "dimension", "partner", "delivery", "indicator_id", "area_code", "period", "sentence")
LONGEST_TEXT = 1000
NOT_RUN = "not_run:"  # a check that could not run says nothing that anybody could agree with
BROKEN = "Het bestand met besluiten klopt niet meer: regel {} past niet bij de regel ervoor. Iemand heeft het buiten de Ketenmonitor om veranderd. "
UNTIL_MENDED = "Tot dat is uitgezocht, kunt u niets vastleggen en wordt er niets gepubliceerd. Waarschuw de beheerder."


class CannotDecide(Exception):
    """The decision was not kept; the message is a Dutch sentence for who wanted to decide."""


@dataclass(frozen=True)
class Decisions:
    """All that was decided and signed, oldest first. `broken` is a Dutch sentence when the file was changed by hand: then `entries` holds
    the lines before that place, and nothing may be added."""

    entries: tuple[Entry, ...] = ()
    broken: str | None = None

    @cached_property
    def by_finding(self) -> dict[str, list[Entry]]:
        """Per finding all decisions on it, the oldest first."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry["kind"] == "besluit":
                found.setdefault(entry["finding"], []).append(entry)
        return found

    @cached_property
    def latest(self) -> dict[str, Entry]:
        """Per finding the decision that counts."""
        return {finding: counting(entries) for finding, entries in self.by_finding.items()}

    def stale(self, findings: Sequence[Finding]) -> list[Entry]:
        """Decisions that count on findings that are no longer there."""
        here = {finding["id"] for finding in findings}
        return [entry for finding, entry in self.latest.items() if finding not in here]

    def open(self, findings: Sequence[Finding]) -> list[Finding]:
        """Findings of severity fout that still need akkoord or uitgesloten before the report can be signed."""
        grave = (finding for finding in findings if finding["severity"] == "fout")
        return [one for one in grave if one["id"].startswith(NOT_RUN) or self.latest.get(one["id"], {}).get("decision") not in SETTLING]

    def signatures(self, findings: Sequence[Finding]) -> list[Entry]:
        """Signatures of this report, and of findings of severity fout that stand in it as they were signed, the oldest first."""
        report, grave = report_mark(findings), {mark(one) for one in findings if one["severity"] == "fout"}
        signed = (entry for entry in self.entries if entry["kind"] == "ondertekening")
        return [entry for entry in signed if entry["report"] == report or grave & set(entry["findings"].values())]

    def unsigned(self, findings: Sequence[Finding]) -> list[Finding]:
        """Findings of severity fout that nobody signed as they stand."""
        signed = {each for entry in self.signatures(findings) for each in entry["findings"].values()}
        return [one for one in findings if one["severity"] == "fout" and mark(one) not in signed]


def counting(entries: Sequence[Entry]) -> Entry:
    """Of decisions on one finding, the oldest first, the one that counts: the last one; a remark only where there is no other."""
    return sorted(entries, key=lambda entry: entry["decision"] != REMARK)[-1]


def mark(finding: Finding) -> str:
    """What was signed of a finding: 16 hexadecimal digits that are others as soon as its sentence or severity is."""
    said = json.dumps([finding["id"], finding["severity"], finding["sentence"]], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def report_mark(findings: Sequence[Finding]) -> str:
    """The marks of all findings of a report in one."""
    return hashlib.sha256("".join(sorted(map(mark, findings))).encode()).hexdigest()[:16]


def read_decisions(anchor: Mapping[str, Any] | None = None) -> Decisions:
    """The file as it is now. anchor: `decisions_head` of a release, the line (number, hash) that the file ended with when it was made; a file
    that was cut off or written anew does not have it."""
    path = state_folder("decisions") / "decisions.jsonl"
    entries: list[Entry] = []
    previous = ""
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    for number, line in enumerate(filter(None, lines), start=1):
        entry = _entry(line, number, previous)
        if entry is None:
            return Decisions(tuple(entries), BROKEN.format(number) + UNTIL_MENDED)
        entries.append(entry)
        previous = entry["hash"]
    if anchor and (len(entries) < anchor["number"] or entries[anchor["number"] - 1]["hash"] != anchor["hash"]):
        return Decisions(tuple(entries), BROKEN.format(anchor["number"]) + UNTIL_MENDED)
    return Decisions(tuple(entries))


def record(who: Reader, finding: Finding, decision: Decision, text: str) -> None:
    """Keep a decision on a finding (as quality.json has it). Raises CannotDecide."""
    text = " ".join(text.split())
    if decision not in DECISIONS:
        raise CannotDecide("Kies een van de besluiten uit de lijst.")
    if not text and decision != "akkoord":
        raise CannotDecide("Schrijf er in een zin bij waarom. Alleen bij ‘akkoord’ hoeft dat niet.")
    if decision in SETTLING and finding["id"].startswith(NOT_RUN):
        raise CannotDecide("Deze toets is niet uitgevoerd. Daar valt niets over te besluiten: de beheerder moet hem eerst herstellen.")
    about = {name: finding.get(name) for name in ABOUT}
    _append(who, {"kind": "besluit", "text": text, "finding": finding["id"], "decision": decision, "about": about})


def sign(who: Reader, findings: Sequence[Finding], text: str = "") -> None:
    """Sign a whole report, once every finding of severity fout in it was settled. Raises CannotDecide."""
    if left := read_decisions().open(findings):
        raise CannotDecide(f"Er {'staat' if len(left) == 1 else 'staan'} nog {len(left)} × fout open. Leg daarover eerst ‘akkoord’ of ‘uitgesloten’ vast.")
    marks = {finding["id"]: mark(finding) for finding in findings if finding["severity"] == "fout"}
    _append(who, {"kind": "ondertekening", "text": " ".join(text.split()), "report": report_mark(findings), "findings": marks})


def _append(who: Reader, what: dict[str, Any]) -> None:
    """Add one line behind the last, one writer at a time: of two who decide at once both are kept, and the later counts."""
    if not who.rights.signing:
        raise CannotDecide("Alleen de werkgroep legt besluiten vast. Is uw aanmelding verlopen? Meld u dan opnieuw aan.")
    if len(what["text"]) > LONGEST_TEXT:
        raise CannotDecide(f"Uw toelichting is langer dan {LONGEST_TEXT} tekens. Maak haar korter.")
    folder = state_folder("decisions")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=10):
            known = read_decisions()
            if known.broken:
                raise CannotDecide(known.broken)
            previous = known.entries[-1]["hash"] if known.entries else ""
            moment = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
            body = {"number": len(known.entries) + 1, "at": moment, "role": "werkgroep", "by": who.subject, **what}
            seal = _seal(body, previous)
            audit.write("besluit", who.subject, kind=what["kind"], hash=seal)  # first: what is in no log does not count
            _write(_canonical({**body, "previous": previous, "hash": seal}) + "\n")
    except (OSError, TimeoutError):
        raise CannotDecide("Uw besluit kon niet worden vastgelegd. Probeer het opnieuw. Lukt het weer niet, waarschuw dan de beheerder.") from None


def _write(line: str) -> None:
    handle = os.open(state_folder("decisions") / "decisions.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        before = os.fstat(handle).st_size
        if os.write(handle, line.encode()) < len(line.encode()):  # a full disk: half a line would break the file
            os.ftruncate(handle, before)
            raise OSError("the line was not written whole")
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
