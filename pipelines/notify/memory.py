"""What was told and what waits, in one file of the data folder that is replaced as a whole.

A cause is told when it is new, when its state changed, and when it comes back after it was solved. What a channel has not had yet
waits for it, through quiet hours and failures; a cause that was solved meanwhile is still told, as solved.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pipelines.durable import write_whole
from pipelines.notify.causes import Cause
from pipelines.notify.recipients import Channel

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """A message that a channel has not had: its cause, when it was seen (UTC, ISO), and whether the cause is there no more."""

    cause: Cause
    seen_at: str
    is_solved: bool = False


@dataclass
class Memory:
    """`open`: the state of each cause that is there, by kind and key. `waiting`: per channel what it has not had, by kind and key."""

    open: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, dict[str, Waiting]] = field(default_factory=dict)

    def note(self, found: Mapping[str, Sequence[Cause]], channels: Iterable[Channel], at: str) -> None:
        """Take in all causes of some kinds as they are at a moment (UTC, ISO); kinds that were not looked at stay as they were."""
        channels = list(channels)
        here = {_address(cause): cause for causes in found.values() for cause in causes}
        for address in [address for address in self.open if address.split(":", 1)[0] in found and address not in here]:
            del self.open[address]
            for waiting in self.waiting.values():
                if address in waiting:
                    waiting[address] = replace(waiting[address], is_solved=True)
        for address, cause in here.items():
            if self.open.get(address) == cause.state:
                continue
            self.open[address] = cause.state
            for channel in channels:
                if channel.wants(cause.severity):
                    self.waiting.setdefault(channel.name, {})[address] = Waiting(cause, at)


def _address(cause: Cause) -> str:
    return f"{cause.kind}:{cause.key}"


def read_memory(path: Path) -> Memory:
    """What is remembered; nothing where there is no file yet, or a damaged one: to tell all of it again is better than to tell nothing."""
    if not path.exists():
        return Memory()
    try:
        known = json.loads(path.read_bytes())
        waiting = {
            channel: {address: Waiting(**{**one, "cause": Cause(**one["cause"])}) for address, one in messages.items()}
            for channel, messages in known["waiting"].items()
        }
        return Memory(dict(known["open"]), waiting)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        LOGGER.warning("%s is damaged (%s): what it remembers may be told again", path.name, type(error).__name__)
        return Memory()


def keep_memory(path: Path, memory: Memory) -> None:
    """Write it, whole."""
    write_whole(path, json.dumps(asdict(memory), ensure_ascii=False, indent=1).encode(), mode=0o600)
