"""Reads one date or period as Dutch partners write it; None for what is none. Each gets text without stray white space."""

from __future__ import annotations

import datetime as dt
import re

MONTH_NAMES = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")
TIME = r"[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?\s*$"  # behind a date
PROVISIONAL = r"(?: ?\*+| ?\(?(?:nader )?voorlopig\)?)?"  # StatLine's stars
DAY_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})|(\d{4})-(\d{1,2})-(\d{1,2})")
NAMED = re.compile(r"(?:[a-z]{2,9},? )?(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4})")


def read_date(text: str) -> dt.date | None:
    """`03-04-2026`, `3/4/2026`, `3.4.2026`, `2026-04-03`, `3 april 2026`, `3 apr. 2026`: day first. A year outside 1900 to
    2199 (`0206`) and a day that does not exist (`31-02`) are no date."""
    if found := DAY_FIRST.fullmatch(text):
        year, month, day = int(found[4]), int(found[3]), int(found[1])
    elif found := YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in (found.group(1, 3, 4) if found[1] else found.group(5, 6, 7)))
    elif (found := NAMED.fullmatch(text.lower())) and month_number(found[2]):
        year, month, day = int(found[3]), month_number(found[2]), int(found[1])
    else:
        return None
    try:
        return dt.date(year, month, day) if 1900 <= year < 2200 else None
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 to 12 for a Dutch name of a month, whole or from three letters (`mrt`, `sept`); 0 for another word."""
    full = "maart" if name == "mrt" else "oktober" if name == "oct" else name
    return next((number for number, month in enumerate(MONTH_NAMES, start=1) if len(full) >= 3 and month.startswith(full)), 0)


def read_year(text: str) -> str | None:
    """`2026`, also as CBS writes it: `2026JJ00`, `2026*`."""
    found = re.fullmatch(rf"((?:19|20)\d{{2}})(?:JJ00|\.0|{PROVISIONAL})", text, re.IGNORECASE)
    return found[1] if found else None


def read_quarter(text: str) -> str | None:
    """`2026Q3`, `2026-K3`, `3e kwartaal 2026`, `2026 3e kwartaal`, `2026KW03`: `2026Q3`."""
    lower = re.sub(PROVISIONAL + "$", "", text.lower()).replace("kwartaal", "k")
    found = re.fullmatch(r"(20\d{2})[\s-]*[kq]\s*([1-4])|(20\d{2})kw0?([1-4])|(20\d{2})[\s-]*([1-4])(?:e|ste|de)?\s*k", lower)
    if found:
        year, quarter = (part for part in found.groups() if part)
        return f"{year}Q{quarter}"
    found = re.fullmatch(r"(?:[kq]\s*([1-4])|([1-4])(?:e|ste|de)?\s*k)[\s-]*(20\d{2})", lower)
    return f"{found[3]}Q{found[1] or found[2]}" if found else None


def read_month(text: str) -> str | None:
    """`2026-09`, `09-2026`, `september 2026`, `2026 september`, `202609`, `2026MM09`, or its first day: `2026-09`."""
    lower = re.sub(PROVISIONAL + "$", "", text.lower())
    found = re.fullmatch(r"(20\d{2})(?:[-/]|mm)?(0?[1-9]|1[0-2])(?:-01(?: 00:00:00)?)?", lower)
    if found:
        return f"{found[1]}-{int(found[2]):02d}"
    found = re.fullmatch(r"(?:01-)?(0?[1-9]|1[0-2])[-/](20\d{2})", lower)
    if found:
        return f"{found[2]}-{int(found[1]):02d}"
    found = re.fullmatch(r"([a-z]{3,9})\.?[\s-]*(20\d{2})|(20\d{2})[\s-]*([a-z]{3,9})\.?", lower)
    number = month_number(found[1] or found[4]) if found else 0
    return f"{found[2] or found[3]}-{number:02d}" if found and number else None


def read_school_year(text: str) -> str | None:
    """`2025/26`, `2025-2026`, `2025/2026`, `schooljaar 2025-2026`, `2025SJ00`: `2025/26`. The second year follows the first."""
    found = re.fullmatch(r"(?:schooljaar|sj)?\.? ?(20\d{2}) ?(?:[/-]|–|t/m) ?((?:20)?\d{2})|(20\d{2})sj00", re.sub(PROVISIONAL + "$", "", text.lower()))
    if not found:
        return None
    first = int(found[1] or found[3])
    second = int(found[2][-2:]) if found[2] else (first + 1) % 100
    return f"{first}/{second:02d}" if second == (first + 1) % 100 and (not found[2] or len(found[2]) == 2 or int(found[2]) == first + 1) else None
