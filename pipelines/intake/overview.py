"""What came and what is due: the register as one row per delivery, and as the list of files behind a release."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import Counter
from typing import Any

import polars as pl

from data_contracts import all_contracts
from pipelines.intake import register
from pipelines.intake.timeliness import standing
from pipelines.resources import Settings

WORST_FIRST = ("synthetic", "recorded", "inbox", "service")  # a delivery that is partly a stand-in is called a stand-in


def overview_deliveries(settings: Settings, today: dt.date) -> pl.DataFrame:
    """One row per contract: delivery, title, partner, theme, rhythm, newest_period, received_at, due_at, status, origin,
    origin_note, rows_in, rows_accepted, rows_quarantined, rows_totals, warnings (of the newest file) and corrections, each
    as a number and as a Dutch text without a value of a row, and correction_state (`2 toegepast, 1 vervallen`).
    Texts are Dutch where readers see them; times UTC."""
    rows = []
    for contract in all_contracts():
        terms = contract.terms()
        with register.open_register(settings.register) as lines:
            accepted = register.accepted_lines(lines, terms.delivery, terms.version)
        periods = [period for line in accepted for period in json.loads(line["periods"])]
        newest = max(periods, default=None)
        status, due = standing(contract, newest, today)
        corrected = _corrected(accepted)
        origins = sorted({line["origin"] for line in accepted}, key=WORST_FIRST.index)
        rows.append(
            {
                "delivery": terms.delivery,
                "title": terms.title,
                "partner": terms.partner,
                "theme": terms.theme,
                "rhythm": str(terms.rhythm),
                "newest_period": newest,
                "received_at": max((line["received_at"] for line in accepted), default=None),
                "due_at": due.isoformat(),
                "status": status,
                "origin": origins[0] if origins else None,
                "origin_note": "; ".join(dict.fromkeys(_note(line) for line in accepted)) or None,
                "rows_in": sum(line["rows_in"] for line in accepted),
                "rows_accepted": sum(line["rows_accepted"] for line in accepted),
                "rows_quarantined": sum(line["rows_quarantined"] for line in accepted),
                "rows_totals": sum(line["rows_totals"] for line in accepted),
                **_told("warning", _warnings(accepted, newest)),
                **_told("correction", [_correction(each) for each in corrected]),
                "correction_state": ", ".join(f"{number} {state}" for state, number in sorted(Counter(each["state"] for each in corrected).items())) or None,
            }
        )
    texts = ("delivery", "title", "partner", "theme", "rhythm", "newest_period", "received_at", "due_at", "status", "origin", "origin_note")
    return pl.DataFrame(rows, schema_overrides=dict.fromkeys((*texts, "warning_text", "correction_text", "correction_state"), pl.String))


def _told(what: str, sentences: list[str]) -> dict[str, int | str | None]:
    return {f"{what}s": len(sentences), f"{what}_text": "; ".join(sentences) or None}


def _warnings(accepted: list[sqlite3.Row], newest: str | None) -> list[str]:
    """What was odd about the newest file of the newest period."""
    about = [line for line in accepted if newest in json.loads(line["periods"])]
    return [warning["sentence"] for line in about[-1:] for warning in json.loads(line["warnings"])]


def _corrected(accepted: list[sqlite3.Row]) -> list[dict[str, Any]]:
    """Each known error with what became of it in the newest file that it is about."""
    newest = {(each["period"], each["column"], each["reason"]): each for line in accepted for each in json.loads(line["corrected"])}
    return list(newest.values())


def _correction(each: dict[str, Any]) -> str:
    column = f", kolom '{each['column']}'" if each["column"] else ""
    reported = f", gemeld aan {each['reported_to']} {each['reported_at']}".rstrip() if each["reported_to"] else ""
    return f"{each['period']}{column}, {each['action']}: {each['reason']} ({each['state']}{reported})"


def _note(line: sqlite3.Row) -> str:
    return f"{line['slice']}: {line['origin_note']}" if line["slice"] else str(line["origin_note"])


def files_behind(settings: Settings) -> list[dict[str, object]]:
    """The accepted files as a release lists them: delivery, slice, sha256, origin, origin_note, periods [first, last],
    received_at, contract_version, used (true: every accepted file feeds the warehouse)."""
    files: list[dict[str, object]] = []
    for contract in all_contracts():
        with register.open_register(settings.register) as lines:
            for line in register.accepted_lines(lines, contract.terms().delivery, contract.terms().version):
                periods = json.loads(line["periods"])
                plain = {field: line[field] for field in ("delivery", "slice", "sha256", "origin", "origin_note", "received_at", "contract_version")}
                files.append({**plain, "periods": [periods[0], periods[-1]] if periods else [], "used": True})
    return files
