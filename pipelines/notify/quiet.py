"""Quiet hours: when a message is kept until later."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class QuietHours:
    """From `begin` until `end` on the clock of `zone` (past midnight when `end` is earlier; none when they are equal), and with
    `weekend` all of Saturday and Sunday. By the clock on the wall: in the night that the clock is set, what it shows counts."""

    begin: dt.time
    end: dt.time
    weekend: bool
    zone: ZoneInfo

    def covers(self, moment: dt.datetime) -> bool:
        """Whether a moment (with a time zone) lies in quiet hours."""
        local = moment.astimezone(self.zone)
        if self.weekend and local.weekday() >= 5:
            return True
        if self.begin <= self.end:
            return self.begin <= local.time() < self.end
        return local.time() >= self.begin or local.time() < self.end
