"""mart_reconciliation: do the parts add up to the total that the partner itself delivered?"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validation.checks import Between, Check, Part, Row, Suite
from validation.dutch import number_text, period_text
from validation.tables import Tables

NAME = "mart_reconciliation"


def build_suite(tables: Tables) -> Suite:
    """Expectations of mart_reconciliation: one row per indicator and period that a partner states a total of, with
    indicator_id, period, parts_sum, whole, difference (parts_sum - whole), parts_name and whole_name (Dutch)."""
    facts = tables.facts.select("indicator_id", "name", "person_related", "delivery", "partner")
    frame = (
        tables.frame("mart_reconciliation")
        .join(facts, on="indicator_id", how="left")
        .with_columns(pl.col("person_related").fill_null(value=True), pl.col("parts_sum", "whole", "difference").cast(pl.Float64))
        .sort("indicator_id", "period")
    )
    return Suite(NAME, "Aansluiting van delen op totalen", (Part("reconciliation", "Delen en totalen", frame, (_adds_up(),)),))


def _adds_up() -> Check:
    return Check(
        id="parts_equal_stated_total",
        severity="let op",
        dimension="consistentie",
        description="De som van de delen is gelijk aan het totaal dat de partner zelf noemt.",
        expect=Between("difference", 0, 0),
        sentence=_difference,
        subject=("indicator_id", "period"),
    )


def _difference(rows: Sequence[Row]) -> str:
    row = rows[0]
    period, parts, whole = period_text(row["period"]), row["parts_name"], row["whole_name"]
    if row["person_related"]:
        return f"‘{row['name'] or row['indicator_id']}’: de {parts} verschilt in {period} van {whole}: vraag na bij {row['partner']}."
    return (
        f"De {parts} ({number_text(row['parts_sum'])}) verschilt {number_text(abs(row['difference']))} van {whole} ({number_text(row['whole'])}) "
        f"in {period}: vraag na bij {row['partner']}."
    )
