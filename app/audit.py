"""The audit log: who signed in, what was refused, what was taken along, what was decided. Append-only, one JSON line each.

Of a reader it holds the pseudonym and nothing else, of a figure never a value.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from typing import Literal

from app.release import state_folder

Event = Literal["aangemeld", "afgemeld", "geweigerd", "download", "besluit"]


def write(event: Event, subject: str, **what: str | tuple[str, ...]) -> None:
    """Append one line: moment (UTC), event, pseudonym (empty for who did not sign in), and codes that say what it was about.

    One write to a file opened for appending, so that lines of two processes do not mix. Raises OSError when it cannot be written:
    what must be in the log does not happen without it.
    """
    entry = {"at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "event": event, "subject": subject, **what}
    state_folder("access").mkdir(parents=True, exist_ok=True)
    handle = os.open(state_folder("access") / "audit.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, (json.dumps(entry, ensure_ascii=False) + "\n").encode())
    finally:
        os.close(handle)
