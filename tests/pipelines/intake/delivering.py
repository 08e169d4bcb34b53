"""Delivers a file of politie_jeugd_verdachten to the inbox, and shows what was accepted."""

from __future__ import annotations

import os
import time

import polars as pl

from pipelines.intake.receiving import Notice, receive_inbox
from pipelines.resources import Settings

ID = "politie_jeugd_verdachten"
NAME = f"{ID}_2026Q3.csv"


def deliver(settings: Settings, content: bytes, name: str = NAME) -> Notice:
    """Puts `content` in the inbox under `name`, and tells what receiving it says."""
    (settings.inbox / name).write_bytes(content)
    long_ago = time.time() - 60  # a file that changed just now is waited for
    os.utime(settings.inbox / name, (long_ago, long_ago))
    (notice,) = receive_inbox(settings, ID)
    return notice


def accepted(settings: Settings) -> pl.DataFrame:
    """All accepted rows of the delivery."""
    return pl.read_parquet(settings.accepted / ID / "*.parquet")
