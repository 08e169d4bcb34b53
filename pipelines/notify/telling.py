"""Looks at what is wrong, and tells each channel what it has not heard yet. Nothing here stops a run: a failure is a sentence."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from pipelines.intake.receiving import Notice
from pipelines.notify.causes import RUN, SOURCE, Cause, find_standing, of_pull, of_run
from pipelines.notify.channels import Message, NotTaken, send_to
from pipelines.notify.memory import Memory, Waiting, keep_memory, read_memory
from pipelines.notify.recipients import Channel, NotifyRefused, read_channels
from pipelines.resources import Settings

LOCK_PATIENCE = 120  # seconds: another process that tells may wait for a server of every channel


@dataclass(frozen=True)
class Preview:
    """What a channel would be told now; `is_quiet` when its quiet hours keep it back."""

    channel: str
    is_quiet: bool
    message: Message


def tell_run(settings: Settings, failure: str | None) -> list[str]:
    """After a run: its failure (English, without a value of a row), the quality report and the deliveries. Gives Dutch sentences on what could not be told."""
    return _tell(settings, {RUN: of_run(failure)}, with_standing=True)


def tell_pull(settings: Settings, notices: Iterable[Notice]) -> list[str]:
    """After a pull: the sources that were not reached. Gives Dutch sentences on what could not be told."""
    return _tell(settings, {SOURCE: of_pull(notices)}, with_standing=False)


def tell_standing(settings: Settings) -> list[str]:
    """Between runs: what the clock brings (a delivery that is late by now, quiet hours that ended). Gives Dutch sentences on what could not be told."""
    return _tell(settings, {}, with_standing=True)


def preview(settings: Settings, now: dt.datetime | None = None) -> list[Preview]:
    """What `tell_standing` would tell per channel; nothing is sent and nothing remembered. Raises NotifyRefused."""
    now = now or dt.datetime.now(dt.UTC)
    channels = _channels(settings)
    memory = read_memory(_state(settings))
    memory.note(find_standing(settings), channels, now.isoformat(timespec="seconds"))
    return [Preview(channel.name, channel.quiet.hours.covers(now), Message.of(list(waiting.values()))) for channel, waiting in _due(memory, channels)]


def _tell(settings: Settings, found: Mapping[str, Sequence[Cause]], *, with_standing: bool) -> list[str]:
    if settings.as_of:  # figures of an earlier moment are news to nobody
        return []
    try:
        channels = _channels(settings)
        with FileLock(_state(settings).with_name(".lock"), timeout=LOCK_PATIENCE):
            memory = read_memory(_state(settings))
            standing = find_standing(settings) if with_standing else {}
            return tell(settings, memory, {**found, **standing}, channels, dt.datetime.now(dt.UTC))
    except NotifyRefused as error:
        return [f"Er is niets gemeld: {error}"]
    except Exception as error:  # its message may quote what it read: its kind is enough
        return [f"Er kon niet worden gemeld ({type(error).__name__}); de volgende keer opnieuw. Kijk in de map notified van de gegevensmap."]


def tell(settings: Settings, memory: Memory, found: Mapping[str, Sequence[Cause]], channels: Sequence[Channel], now: dt.datetime) -> list[str]:
    """Remembers what was found and sends what is due to each channel that is not quiet at `now`; a message is forgotten once it was taken.
    Gives a Dutch sentence per channel that failed. A process that dies between sending and remembering tells twice, never not."""
    memory.note(found, channels, now.isoformat(timespec="seconds"))
    keep_memory(_state(settings), memory)
    failures = []
    for channel, waiting in _due(memory, channels):
        if channel.quiet.hours.covers(now):
            continue
        message = Message.of(list(waiting.values()))
        try:
            send_to(channel, message)
            outcome = "verstuurd"
            del memory.waiting[channel.name]
            keep_memory(_state(settings), memory)
        except Exception as error:  # libraries differ in what they raise, and one channel must not stop the others
            outcome = f"niet verstuurd: {error}" if isinstance(error, NotTaken) else f"niet verstuurd: {type(error).__name__}"
            failures.append(f"Kanaal {channel.name} is niet bereikt ({outcome.partition(': ')[2]}); de melding wordt de volgende keer opnieuw verstuurd.")
        line = {"at": now.isoformat(timespec="seconds"), "channel": channel.name, "outcome": outcome, "lines": message.lines}
        with _log(settings).open("a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False) + "\n")
    return failures


def _due(memory: Memory, channels: Sequence[Channel]) -> list[tuple[Channel, dict[str, Waiting]]]:
    return [(channel, memory.waiting[channel.name]) for channel in channels if memory.waiting.get(channel.name)]


def _channels(settings: Settings) -> list[Channel]:
    if not settings.notify:
        raise NotifyRefused("KETENMONITOR_NOTIFY noemt geen bestand met kanalen.")
    return read_channels(settings.notify)


def _state(settings: Settings) -> Path:
    return settings.notified / "state.json"


def _log(settings: Settings) -> Path:
    """Every message that was sent or could not be, one JSON object per line."""
    return settings.notified / "messages.jsonl"
