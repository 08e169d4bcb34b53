"""Publication within what the contracts allow: the smallest area and group and the audiences of every source of an indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from pipelines.release.errors import LawBroken

# Basisteam and gemeente cut across each other, so neither is finer than the other.
FINENESS = {"regio": 0, "zorgregio": 1, "abc": 2, "district": 2, "gemeente": 3, "basisteam": 3, "wijk": 4, "buurt": 5}


def check_areas(values: pl.DataFrame, catalogue: Sequence[Mapping[str, Any]], contracts: Sequence[Mapping[str, Any]]) -> None:
    """Raises LawBroken where an indicator has an area level finer than a source allows, or a source has no contract."""
    for contract in contracts:
        if not {"smallest_area", "audiences"} <= contract.keys():
            raise LawBroken(f"contract {contract.get('delivery')} does not say its smallest_area and audiences: nothing is published without them")
    by_delivery = {contract["delivery"]: contract for contract in contracts}
    levels = values.group_by("indicator_id").agg(pl.col("area_level").unique().sort()).sort("indicator_id")
    entries = {str(entry["indicator_id"]): entry for entry in catalogue}
    for indicator_id, present in levels.iter_rows():
        if indicator_id not in entries:
            raise LawBroken(f"indicator {indicator_id} has figures and no entry in the catalogue: add it, or leave its figures out of the mart")
        for source in entries[indicator_id].get("sources") or []:
            if source not in by_delivery:
                raise LawBroken(f"indicator {indicator_id} names source {source}, which has no contract: correct the catalogue or add the contract")
            smallest = str(by_delivery[source].get("smallest_area"))
            finer = [level for level in present if FINENESS.get(level, 9) > FINENESS.get(smallest, -1)]
            if finer:
                raise LawBroken(
                    f"indicator {indicator_id} has area level {', '.join(finer)}, and the contract of {source} allows no smaller area than {smallest}: "
                    "take the level out of the catalogue, or agree on it with the partner and change the contract"
                )


def check_groups(catalogue: Sequence[Mapping[str, Any]], contracts: Sequence[Mapping[str, Any]], audiences: Sequence[str]) -> None:
    """Raises LawBroken where the threshold of an indicator lies below the smallest group that a contract lets be published."""
    groups = {contract["delivery"]: contract.get("smallest_group") or {} for contract in contracts}
    for entry in catalogue:
        for audience in audiences:
            for source in entry.get("sources") or []:
                smallest = groups.get(source, {}).get(audience, 0)
                if smallest > max(entry.get(f"threshold_{audience}") or 0, 1):
                    raise LawBroken(
                        f"indicator {entry['indicator_id']} has a threshold of {entry.get(f'threshold_{audience}')} for {audience}, and the contract of "
                        f"{source} allows no group smaller than {smallest}: raise the threshold in the catalogue, or agree on it with the partner"
                    )


def outside_audience(catalogue: Sequence[Mapping[str, Any]], contracts: Sequence[Mapping[str, Any]], audience: str) -> list[str]:
    """Ids of indicators of which a source may not be shown to this audience; they are left out of its release altogether."""
    barred = {contract["delivery"] for contract in contracts if audience not in contract["audiences"]}
    return sorted(str(entry["indicator_id"]) for entry in catalogue if barred & set(entry.get("sources") or []))
