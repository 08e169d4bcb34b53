"""Deliveries: what is late or missing, what was set apart, what stands in for real data."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validation.checks import Between, Check, Part, Row, Suite, Within
from validation.dutch import date_text, number_text, percentage_text, period_text
from validation.tables import Tables

NAME = "leveringen"


def build_suite(tables: Tables) -> Suite:
    """Expectations of the table of deliveries: one row per delivery, with counts of rows and never a row."""
    frame = tables.frame("leveringen").select(
        "delivery",
        "partner",
        "title",
        pl.col("newest_period").alias("period"),
        pl.col("due_at").cast(pl.String).str.slice(0, 10).str.to_date(strict=False),
        "status",
        "origin",
        "rows_in",
        "rows_quarantined",
        "warnings",
        "warning_text",
        "corrections",
        "correction_text",
        (pl.col("rows_quarantined") / pl.when(pl.col("rows_in") > 0).then(pl.col("rows_in"))).fill_null(0.0).alias("quarantine_share"),
        pl.when(pl.col("status") != "ontbreekt").then(pl.col("status")).alias("status_when_present"),
    )
    return Suite(NAME, "Leveringen van partners", (Part("leveringen", "Leveringen", frame, _checks()),))


def _checks() -> tuple[Check, ...]:
    return (
        Check(
            id="delivery_present",
            severity="waarschuwing",
            dimension="volledigheid",
            description="Elke levering is ten minste eenmaal ontvangen.",
            expect=Within("status", ("op tijd", "te laat", "verwacht")),
            sentence=_missing,
            subject=("delivery",),
        ),
        Check(
            id="delivery_on_time",
            severity="waarschuwing",
            dimension="tijdigheid",
            description="Geen levering is te laat.",
            expect=Within("status_when_present", ("op tijd", "verwacht")),
            sentence=_late,
            subject=("delivery", "period"),
        ),
        Check(
            id="delivery_without_quarantine",
            severity="let op",
            dimension="juistheid",
            description="Geen regel van een levering is apart gezet.",
            expect=Between("quarantine_share", 0, 0),
            sentence=_quarantined,
            subject=("delivery",),
        ),
        Check(
            id="delivery_without_drift",
            severity="let op",
            dimension="plausibiliteit",
            description="De nieuwste levering lijkt op de leveringen ervoor.",
            expect=Between("warnings", 0, 0),
            sentence=_drifted,
            subject=("delivery", "period"),
        ),
        Check(
            id="delivery_without_corrections",
            severity="let op",
            dimension="juistheid",
            description="Geen levering heeft bekende fouten die de monitor zelf herstelt.",
            expect=Between("corrections", 0, 0),
            sentence=_corrected,
            subject=("delivery",),
        ),
        Check(
            id="delivery_not_synthetic",
            severity="let op",
            dimension="juistheid",
            description="De cijfers komen uit een levering van de partner, niet uit een synthetische vervanger.",
            expect=Within("origin", ("inbox", "service", "recorded", "landed")),
            sentence=_synthetic,
            subject=("delivery",),
        ),
    )


def _missing(rows: Sequence[Row]) -> str:
    return f"Er is nog geen levering ‘{rows[0]['title']}’ ontvangen: vraag na bij {rows[0]['partner']}."


def _late(rows: Sequence[Row]) -> str:
    row = rows[0]
    newest = f" Het nieuwste cijfer gaat over {period_text(row['period'])}." if row["period"] else ""
    due = f" (verwacht uiterlijk {date_text(row['due_at'])})" if row["due_at"] else ""
    return f"De levering ‘{row['title']}’ is te laat{due}: vraag na bij {row['partner']}.{newest}"


def _quarantined(rows: Sequence[Row]) -> str:
    row = rows[0]
    number = int(row["rows_quarantined"])
    verb = "is er" if number == 1 else "zijn er"
    return (
        f"Van de {number_text(row['rows_in'])} regels in de levering ‘{row['title']}’ {verb} {number_text(number)} apart gezet "
        f"({percentage_text(row['quarantine_share'])}): de terugkoppeling noemt de regels en de reden; vraag {row['partner']} om een verbeterde levering."
    )


def _drifted(rows: Sequence[Row]) -> str:
    row = rows[0]
    return f"De levering ‘{row['title']}’ over {period_text(row['period'])} wijkt af: {row['warning_text']}. Vraag {row['partner']} of dit klopt."


def _corrected(rows: Sequence[Row]) -> str:
    row = rows[0]
    return f"In de levering ‘{row['title']}’ van {row['partner']} zijn bekende fouten hersteld of vervallen: {row['correction_text']}."


def _synthetic(rows: Sequence[Row]) -> str:
    row = rows[0]
    return f"Voor ‘{row['title']}’ zijn geheel of deels synthetische cijfers gebruikt, niet die van {row['partner']}: trek er geen conclusies uit."
