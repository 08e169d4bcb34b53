"""What the werkgroep is told of a small release."""

from __future__ import annotations

from typing import Any

FIELDS = ("id", "severity", "dimension", "delivery", "partner", "indicator_id", "area_code", "period", "sentence", "rows")
SUM = "De som van de 27 gemeenten wijkt 2 af van het cijfer van de politie-eenheid."
FINDINGS = (
    ("regional_sum", "let op", "consistentie", "politie_misdrijven", "Politie (open data)", "alg_misdrijven", "DH", "2022", SUM, 1),
    ("delivery_on_time", "waarschuwing", "tijdigheid", "rsiv_activiteiten", "RSIV", None, None, None, "Deze levering is nog niet ontvangen.", None),
)
QUALITY: dict[str, Any] = {"verdict": "let op", "signed_by": [], "findings": [dict(zip(FIELDS, finding, strict=True)) for finding in FINDINGS]}
