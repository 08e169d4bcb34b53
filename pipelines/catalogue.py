"""The catalogue of indicators and the contracts, in the form in which a release carries them."""

from __future__ import annotations

import csv
from pathlib import Path

from data_contracts import all_contracts
from pipelines.resources import PROJECT

CATALOGUE = PROJECT / "dbt_project" / "seeds" / "catalogue.csv"
LISTS = ("sources", "area_levels", "period_grains", "breakdowns")
NUMBERS = ("per", "decimals", "threshold_professional", "threshold_publiek")


def load_catalogue(path: Path = CATALOGUE) -> list[dict[str, object]]:
    """The entries of the catalogue seed, lists and numbers parsed; an empty number is None.

    Raises ValueError that names the entry and the field when one does not parse.
    """
    entries: list[dict[str, object]] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            entry: dict[str, object] = dict(row)
            try:
                entry |= {field: [part for part in row[field].split("|") if part] for field in LISTS}
                entry |= {field: int(row[field]) if row[field] else None for field in NUMBERS}
                entry["person_related"] = {"true": True, "false": False}[row["person_related"].lower()]
            except (KeyError, ValueError, AttributeError) as error:
                raise ValueError(f"catalogue entry {row.get('indicator_id')!r} does not parse: {error}") from None
            entries.append(entry)
    return entries


def describe_contracts() -> list[dict[str, object]]:
    """Per contract what a release says of it: delivery, version, title, partner, theme, rhythm, owner, smallest_area, audiences, confidential."""
    described = []
    for contract in all_contracts():
        terms = contract.terms()
        plain = {field: getattr(terms, field) for field in ("delivery", "version", "title", "partner", "theme", "owner", "confidential")}
        described.append({**plain, "rhythm": str(terms.rhythm), "smallest_area": terms.law.smallest_area, "audiences": list(terms.law.audiences)})
    return described
