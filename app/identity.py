"""From the claims of an id_token to a reader with rights, judged anew at every rerun. Knows no Streamlit.

Streamlit reads the claims when the socket opens, keeps the cookie for 30 days and looks neither at `exp` nor at a withdrawal. So every rerun asks
here: is this sign-in still good, and which roles does the mapping file give today.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app import access, audit
from app.access import PUBLIC, BadSettings, Rights, Settings
from app.release import state_folder

IDLE, ABSOLUTE, LEEWAY = 30 * 60, 12 * 60 * 60, 60  # seconds
LATEST = 1e11  # no moment of a token lies beyond: seconds to the year 5138
Standing = Literal["geen", "aangemeld", "verlopen", "ingetrokken", "onbekend", "storing"]


@dataclass(frozen=True)
class Reader:
    """Who looks: a pseudonym (empty when nobody signed in), what this reader may do, and how the sign-in stands: none, good, over,
    withdrawn, with claims that cannot be read or give no role, or with roles that cannot be looked up."""

    subject: str = ""
    rights: Rights = PUBLIC
    standing: Standing = "geen"


class Sessions:
    """The sign-ins that this process has seen: when each was last active, and which are over. A sign-in that is over stays so, also for a
    socket that comes with the same cookie; only a new sign-in at the provider opens again."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self._active: dict[str, float] = {}
        self._over: dict[str, float] = {}
        self._lock = threading.Lock()

    def is_good(self, key: str, issued: float, expires: float) -> tuple[bool, bool]:
        """Whether a sign-in counts now, and whether this is the first time it does. An id_token must not have expired when it is first
        seen; from then on the session counts: 30 minutes without a rerun end it, and 12 hours after it was issued it is over."""
        now = self.now()
        with self._lock:
            self._drop_old(now)
            last = self._active.get(key)
            fits = issued <= now + LEEWAY and now - issued <= ABSOLUTE and key not in self._over
            if not fits or (now - last > IDLE if last is not None else expires <= now - LEEWAY):
                self._active.pop(key, None)
                self._over[key] = now
                return False, False
            self._active[key] = now
            return True, last is None

    def forget(self, key: str) -> None:
        """As if this sign-in had not been seen, so that the next rerun looks at it, and writes of it, anew."""
        with self._lock:
            self._active.pop(key, None)

    def end(self, key: str) -> None:
        """Sign out, in every tab."""
        with self._lock:
            self._active.pop(key, None)
            self._over[key] = self.now()

    def _drop_old(self, now: float) -> None:
        """A cookie that is older than a session can be is refused without being remembered."""
        for known in (self._active, self._over):
            for key in [key for key, seen in known.items() if now - seen > ABSOLUTE + LEEWAY]:
                del known[key]


SESSIONS = Sessions()


def reader_of(claims: Mapping[str, Any], settings: Settings | None = None, sessions: Sessions | None = None) -> Reader:
    """The reader behind the claims of a sign-in (empty: nobody signed in), as things stand at this moment."""
    settings, sessions = settings or access.settings(), sessions or SESSIONS
    if settings.demo:
        return Reader("demo", access.rights_of(access.ROLES), "aangemeld")
    if settings.provider is None or settings.roles_file is None or not claims:
        return Reader()
    if (read := _read(claims)) is None:
        return Reader(standing="onbekend")
    issuer, subject, issued, expires = read
    name = pseudonym(settings, issuer, subject)
    good, is_new = sessions.is_good(_key(name, claims), issued, expires)
    if not good:
        return Reader(name, standing="verlopen")
    try:
        roles = access.read_role_map(settings.roles_file).roles_of(claims)
        withdrawn = withdrawals()
        rights = PUBLIC if name in withdrawn else access.rights_of(roles)
        if is_new:
            audit.write("aangemeld", name, roles=rights.roles)
    except (BadSettings, OSError, ValueError):
        sessions.forget(_key(name, claims))
        return Reader(name, standing="storing")
    return Reader(name, rights, "ingetrokken" if name in withdrawn else "aangemeld" if rights.roles else "onbekend")


def sign_out(claims: Mapping[str, Any]) -> None:
    """End the sign-in of these claims in every tab."""
    reader = reader_of(claims)
    if reader.subject and not access.settings().demo:
        SESSIONS.end(_key(reader.subject, claims))
        audit.write("afgemeld", reader.subject)


def pseudonym(settings: Settings, issuer: str, subject: str) -> str:
    """16 hexadecimal digits that stand for a reader, the same at every sign-in; without the key nobody can tell who it is."""
    return hmac.digest(settings.subject_key, json.dumps([issuer, subject]).encode(), "sha256").hex()[:16]


def withdrawals() -> set[str]:
    """Pseudonyms of who may see nothing more than the public: the last line about each counts. Raises OSError or ValueError when the file
    that `ketenmonitor access` writes cannot be read."""
    path, gone = state_folder("access") / "withdrawn.jsonl", set[str]()
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        entry = json.loads(line)
        if not isinstance(entry, dict) or entry.get("action") not in ("withdraw", "restore"):
            raise ValueError("a line of withdrawn.jsonl is no withdrawal")
        (gone.add if entry["action"] == "withdraw" else gone.discard)(str(entry.get("subject")))
    return gone


def _read(claims: Mapping[str, Any]) -> tuple[str, str, float, float] | None:
    """Issuer, subject, and when the token was issued and expires, if all four are what they should be."""
    texts, moments = [claims.get(name) for name in ("iss", "sub")], [claims.get(name) for name in ("iat", "exp")]
    if not all(isinstance(text, str) and text for text in texts):
        return None
    if not all(isinstance(moment, int | float) and not isinstance(moment, bool) and 0 < moment < LATEST for moment in moments):
        return None
    return str(texts[0]), str(texts[1]), float(str(moments[0])), float(str(moments[1]))


def _key(name: str, claims: Mapping[str, Any]) -> str:
    """One sign-in: the reader, when the token was issued, and what makes it unique where the provider says so."""
    return hashlib.sha256(json.dumps([name, claims.get("iat"), str(claims.get("nonce")), str(claims.get("sid"))]).encode()).hexdigest()
