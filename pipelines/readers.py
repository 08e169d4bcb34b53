"""Readers of the dashboard whose access was withdrawn: an append-only file that the dashboard reads at every rerun.

A reader is known by the pseudonym of the audit log (`access/audit.jsonl`), 16 hexadecimal digits. The provider still says who may sign in; this
takes access away at once, also from who is signed in, until it is restored.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from pathlib import Path
from typing import Any, Literal

PSEUDONYM = re.compile(r"[0-9a-f]{16}")


class UnknownReader(Exception):
    """What was given is no pseudonym, or the reader was not withdrawn."""


def note_reader(data_dir: Path, action: Literal["withdraw", "restore"], subject: str, reason: str) -> None:
    """Append one line to `access/withdrawn.jsonl`: moment (UTC), action, pseudonym, reason. Raises UnknownReader, or ValueError without a reason."""
    if not PSEUDONYM.fullmatch(subject):
        raise UnknownReader("a reader is named by the 16 hexadecimal digits that the audit log gives (access/audit.jsonl)")
    if not reason.strip():
        raise ValueError("say why, with --reason")
    if action == "restore" and subject not in {row["subject"] for row in withdrawn_readers(data_dir)}:
        raise UnknownReader(f"{subject} is not withdrawn")
    entry = {"at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "action": action, "subject": subject, "reason": " ".join(reason.split())}
    path = _store(data_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, (json.dumps(entry, ensure_ascii=False) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def withdrawn_readers(data_dir: Path) -> list[dict[str, Any]]:
    """The last line about each reader that is withdrawn now, oldest first. Raises ValueError for a line that cannot be read."""
    last: dict[str, dict[str, Any]] = {}
    for line in _store(data_dir).read_text(encoding="utf-8").splitlines() if _store(data_dir).exists() else []:
        entry = json.loads(line)
        last[entry["subject"]] = entry
    return sorted((entry for entry in last.values() if entry["action"] == "withdraw"), key=lambda entry: entry["at"])


def _store(data_dir: Path) -> Path:
    return data_dir / "access" / "withdrawn.jsonl"
