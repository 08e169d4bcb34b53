"""A cause is told once, and again only when it changes or comes back; nothing is lost to quiet hours or a channel that fails."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.notify import telling
from pipelines.notify.causes import Cause, Severity
from pipelines.notify.channels import Message
from pipelines.notify.memory import Memory, read_memory
from pipelines.notify.recipients import Channel, Quiet
from pipelines.resources import Settings

NIGHT = Quiet.model_validate({"from": "19:00", "to": "07:00", "weekend": True})
MONDAY_NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def cause(key: str, state: str = "x", *, kind: str = "levering", severity: Severity = "waarschuwing") -> Cause:
    return Cause(kind, key, state, severity, f"{key} is {state}.", "ketenmonitor deliveries")


class Post:
    """Takes the place of the way out: keeps what went through; refuses what is for a channel that is `down`."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, Message]] = []
        self.down = ""

    def __call__(self, channel: Channel, message: Message) -> None:
        if channel.name == self.down:
            raise ValueError("what this says may hold anything: geheim-123")
        self.taken.append((channel.name, message))

    def lines(self, channel: str = "beheer") -> list[list[str]]:
        """What each message to a channel said, without hints."""
        return [[line.partition(" [")[0].removeprefix("- ") for line in message.lines] for name, message in self.taken if name == channel]


class Teller:
    """A data folder, one channel (or more) and a clock."""

    def __init__(self, folder: Path, post: Post, monkeypatch: Any, *channels: Channel) -> None:
        monkeypatch.setattr(telling, "send_to", post)
        self.settings, self.post, self.channels = Settings(data_dir=folder), post, channels or (Channel(name="beheer"),)

    def tell(self, *causes: Cause, kinds: tuple[str, ...] = ("levering",), now: dt.datetime = MONDAY_NOON) -> list[str]:
        state = self.settings.notified / "state.json"
        found = {kind: [one for one in causes if one.kind == kind] for kind in kinds}
        return telling.tell(self.settings, read_memory(state), found, self.channels, now)


@pytest.fixture
def teller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Teller:
    return Teller(tmp_path, Post(), monkeypatch)


def test_a_cause_is_told_once_and_again_when_it_changes_or_comes_back(teller: Teller) -> None:
    for causes in ([cause("om")], [cause("om")], [cause("om", "y")], [], [cause("om", "y")]):
        teller.tell(*causes)
    assert teller.post.lines() == [["waarschuwing: om is x."], ["waarschuwing: om is y."], ["waarschuwing: om is y."]]


def test_causes_of_one_run_go_in_one_message_the_gravest_first(teller: Teller) -> None:
    teller.tell(cause("om"), cause("run", kind="run", severity="fout"), kinds=("levering", "run"))
    ((_, message),) = teller.post.taken
    assert message.title == "Ketenmonitor: 2 meldingen, waarvan 1 fout"
    assert teller.post.lines() == [["fout: run is x.", "waarschuwing: om is x."]]


def test_what_was_not_looked_at_is_not_taken_for_solved(teller: Teller) -> None:
    teller.tell(cause("om"))
    teller.tell(kinds=("bron",))
    teller.tell(cause("om"))
    assert len(teller.post.taken) == 1


def test_a_channel_hears_of_its_severity_and_worse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    teller = Teller(tmp_path, Post(), monkeypatch, Channel(name="alles", least="let op"), Channel(name="beheer", least="fout"))
    teller.tell(cause("a", severity="fout"), cause("b", severity="waarschuwing"), cause("c", severity="let op"))
    assert teller.post.lines() == [["fout: a is x."]]
    assert len(teller.post.lines("alles")[0]) == 3


def test_in_quiet_hours_messages_wait_and_go_out_together_and_what_was_solved_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    teller = Teller(tmp_path, Post(), monkeypatch, Channel(name="beheer", quiet=NIGHT))
    night = MONDAY_NOON + dt.timedelta(hours=10)
    teller.tell(cause("om"), now=night)
    teller.tell(cause("om"), cause("halt"), now=night + dt.timedelta(hours=1))
    teller.tell(cause("halt"), now=night + dt.timedelta(hours=2))
    assert teller.post.taken == []
    teller.tell(cause("halt"), now=night + dt.timedelta(hours=12))
    assert teller.post.lines() == [["waarschuwing: halt is x.", "opgelost: om is x."]]


def test_a_channel_that_fails_is_logged_and_tried_again_and_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post()
    teller = Teller(tmp_path, post, monkeypatch, Channel(name="beheer"), Channel(name="chat"))
    post.down = "beheer"
    said = teller.tell(cause("om"))
    assert said == ["Kanaal beheer is niet bereikt (ValueError); de melding wordt de volgende keer opnieuw verstuurd."]
    post.down = ""
    teller.tell(cause("om"))
    log = (tmp_path / "notified" / "messages.jsonl").read_text(encoding="utf-8")
    assert [name for name, _ in post.taken] == ["chat", "beheer"]
    assert "niet verstuurd: ValueError" in log
    assert "geheim-123" not in log


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from("abc"), st.sampled_from("xy"), max_size=3),  # the causes that are there, with their state
            st.integers(1, 30),  # hours since the step before
            st.booleans(),  # whether the channel works
        ),
        max_size=8,
    )
)
def test_whatever_happens_each_cause_is_told_and_none_twice(steps: list[tuple[dict[str, str], int, bool]]) -> None:
    post, now, shown, before = Post(), MONDAY_NOON, [], dict[str, str]()
    news: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        teller = Teller(Path(folder), post, patch, Channel(name="beheer", quiet=NIGHT))
        for causes, hours, works in steps:
            now += dt.timedelta(hours=hours)
            post.down = "" if works else "beheer"
            sent = len(post.taken)
            teller.tell(*(cause(key, state) for key, state in causes.items()), now=now)
            assert len(post.taken) - sent <= (works and not NIGHT.hours.covers(now))
            for key in causes:
                news[key] = news.get(key, 0) + (before.get(key) != causes[key])
            shown.append(causes)
            before = causes
        post.down = ""
        teller.tell(*(cause(key, state) for key, state in before.items()), now=MONDAY_NOON + dt.timedelta(days=28))
        sent = len(post.taken)
        teller.tell(*(cause(key, state) for key, state in before.items()), now=MONDAY_NOON + dt.timedelta(days=28, hours=1))
        assert len(post.taken) == sent
    told = [one for _, message in post.taken for one in message.messages]
    assert {one.cause.key for one in told} == news.keys()
    for key, times in news.items():
        own = [one for one in told if one.cause.key == key]
        assert len(own) <= times
        assert own[-1].cause.state == [causes[key] for causes in shown if key in causes][-1]
        assert own[-1].is_solved <= (key not in before)


@pytest.mark.parametrize("damage", ["{", "[]", '{"open": {}}', '{"open": {}, "waiting": {"beheer": {"run:run": {"cause": {}}}}}'])
def test_a_damaged_memory_is_begun_anew_and_all_is_told_again(teller: Teller, damage: str) -> None:
    teller.tell(cause("om"))
    (teller.settings.notified / "state.json").write_text(damage)
    teller.tell(cause("om"))
    teller.tell(cause("om"))
    assert teller.post.lines() == [["waarschuwing: om is x."]] * 2


def test_nothing_is_told_of_a_run_about_an_earlier_moment(tmp_path: Path) -> None:
    config = Settings(data_dir=tmp_path, notify=tmp_path / "channels.toml", as_of=dt.datetime.fromisoformat("2026-06-30"))
    assert telling.tell_run(config, "failed") == []
    assert not config.notified.exists()


def test_memory_without_a_file_knows_nothing(tmp_path: Path) -> None:
    assert read_memory(tmp_path / "state.json") == Memory()
