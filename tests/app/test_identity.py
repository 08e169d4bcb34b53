"""From claims to a reader, judged anew at every rerun: odd tokens, expiry, idleness, withdrawal, and a log without persons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import access, identity
from app.access import PUBLIC, Settings
from app.identity import ABSOLUTE, IDLE, Sessions, reader_of
from tests.app.test_access import role_file

START = 1_800_000_000.0


@dataclass
class Clock:
    now: float = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(clock)


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(tmp_path / "data"))
    made = Settings({"client_id": "x"}, "https://monitor.example.nl", "c" * 40, b"k" * 40, role_file(tmp_path))
    monkeypatch.setattr(access, "_settings", [made])
    return made


def claims(**other: Any) -> dict[str, Any]:
    return {"iss": "https://inloggen.example.nl", "sub": "anna@delft.example", "iat": START - 5, "exp": START + 600, "groups": ["riec"], "nonce": "n1", **other}


def log(data: Path) -> list[dict[str, Any]]:
    path = data / "access" / "audit.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def test_a_good_sign_in_gives_the_rights_of_its_roles_and_is_logged_once_without_a_name(known: Settings, sessions: Sessions, tmp_path: Path) -> None:
    reader = reader_of(claims(), known, sessions)
    assert (reader.standing, reader.rights.scope.audience) == ("aangemeld", "professional")
    reader_of(claims(), known, sessions)
    (entry,) = log(tmp_path / "data")
    assert entry.keys() == {"at", "event", "subject", "roles"}
    assert (entry["event"], entry["subject"], entry["roles"]) == ("aangemeld", reader.subject, ["professional"])
    assert "anna" not in json.dumps(entry)


@pytest.mark.parametrize("field", ["iss", "sub", "iat", "exp"])
@pytest.mark.parametrize("value", [None, "", True, [], {}, -1, 1e300])
def test_a_token_with_an_odd_claim_gives_what_is_public(field: str, value: object, known: Settings, sessions: Sessions) -> None:
    assert reader_of(claims(**{field: value}), known, sessions).rights == PUBLIC


@given(
    st.dictionaries(st.sampled_from(["iss", "sub", "iat", "exp", "groups", "nonce"]), st.none() | st.booleans() | st.floats() | st.text() | st.lists(st.text()))
)
def test_no_claims_of_any_shape_break_or_give_more_than_the_map(odd: dict[str, Any]) -> None:
    reader = reader_of(odd, Settings({"client_id": "x"}, roles_file=Path("/nowhere"), subject_key=b"k"), Sessions(Clock()))
    assert reader.rights == PUBLIC


@pytest.mark.parametrize("field", ["iat", "exp"])
def test_a_moment_in_a_text_is_no_moment(field: str, known: Settings, sessions: Sessions) -> None:
    assert reader_of(claims(**{field: str(START)}), known, sessions).rights == PUBLIC


def test_a_token_that_had_expired_when_it_was_first_seen_is_refused(known: Settings, sessions: Sessions) -> None:
    assert reader_of(claims(iat=START - 4000, exp=START - 400), known, sessions).standing == "verlopen"


def test_a_token_from_the_future_is_refused(known: Settings, sessions: Sessions) -> None:
    assert reader_of(claims(iat=START + 3600, exp=START + 7200), known, sessions).standing == "verlopen"


def test_a_session_that_is_used_outlives_its_token_and_ends_after_twelve_hours(known: Settings, sessions: Sessions, clock: Clock) -> None:
    while clock.now <= START - 5 + ABSOLUTE:
        assert reader_of(claims(), known, sessions).standing == "aangemeld"
        clock.now += IDLE - 1
    assert reader_of(claims(), known, sessions).standing == "verlopen"


def test_half_an_hour_without_a_rerun_ends_a_session_in_every_tab_for_good(known: Settings, sessions: Sessions, clock: Clock) -> None:
    reader_of(claims(exp=START + 50_000), known, sessions)
    clock.now += IDLE + 1
    assert [reader_of(claims(exp=START + 50_000), known, sessions).standing for _ in range(2)] == ["verlopen", "verlopen"]
    again = claims(iat=clock.now, exp=clock.now + 600, nonce="n2")
    assert reader_of(again, known, sessions).standing == "aangemeld"


def test_signing_out_ends_the_other_tabs_too(known: Settings, monkeypatch: pytest.MonkeyPatch, sessions: Sessions, tmp_path: Path) -> None:
    monkeypatch.setattr(identity, "SESSIONS", sessions)
    reader_of(claims())
    identity.sign_out(claims())
    assert reader_of(claims()).standing == "verlopen"
    assert [entry["event"] for entry in log(tmp_path / "data")] == ["aangemeld", "afgemeld"]


def test_who_is_withdrawn_sees_what_is_public_at_the_next_rerun_and_can_be_restored(known: Settings, sessions: Sessions, tmp_path: Path) -> None:
    name = reader_of(claims(), known, sessions).subject
    store = tmp_path / "data" / "access" / "withdrawn.jsonl"
    store.write_text(json.dumps({"action": "withdraw", "subject": name, "reason": "left"}) + "\n", encoding="utf-8")
    assert (reader_of(claims(), known, sessions).standing, reader_of(claims(), known, sessions).rights) == ("ingetrokken", PUBLIC)
    with store.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"action": "restore", "subject": name, "reason": "back"}) + "\n")
    assert reader_of(claims(), known, sessions).standing == "aangemeld"


@pytest.mark.parametrize("line", ["not json", "[]", '{"action": "other", "subject": "x"}'])
def test_a_store_that_cannot_be_read_gives_nobody_more_than_the_public(line: str, known: Settings, sessions: Sessions, tmp_path: Path) -> None:
    reader_of(claims(), known, sessions)
    (tmp_path / "data" / "access" / "withdrawn.jsonl").write_text(line + "\n", encoding="utf-8")
    assert (reader_of(claims(), known, sessions).standing, reader_of(claims(), known, sessions).rights) == ("storing", PUBLIC)


def test_a_role_taken_from_the_mapping_file_is_gone_at_the_next_rerun(known: Settings, sessions: Sessions, tmp_path: Path) -> None:
    assert reader_of(claims(), known, sessions).rights.roles == ("professional",)
    role_file(tmp_path, 'claim = "groups"\n[roles]\ndelft = "gemeente:GM0503"\n')
    assert (reader_of(claims(), known, sessions).standing, reader_of(claims(), known, sessions).rights) == ("onbekend", PUBLIC)
    role_file(tmp_path, "broken [")
    assert reader_of(claims(), known, sessions).standing == "storing"


def test_two_people_and_two_providers_have_unlike_pseudonyms_that_stay() -> None:
    settings, other = Settings(subject_key=b"k" * 40), Settings(subject_key=b"j" * 40)
    names = [identity.pseudonym(settings, issuer, subject) for issuer in ("a", "b") for subject in ("x", "y")]
    assert len({*names, identity.pseudonym(other, "a", "x")}) == 5
    assert names[0] == identity.pseudonym(settings, "a", "x")
