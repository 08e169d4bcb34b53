"""Findings as an audience may read them. They are judged on figures before persons are protected, so they can tell more than is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: Checks of which the sentence says nothing of a count, whoever it is about.
WITHOUT_COUNTS = ("delivery_on_time", "delivery_not_synthetic")
SENTENCE = (
    "Bij ‘{}’ is iets opgevallen. Wat, leest de werkgroep in het kwaliteitsrapport. Hier staat het niet, omdat het iets kan zeggen over cijfers "
    "die geheim zijn."
)


def findings_for(audience: str, quality: Mapping[str, Any], catalogue: Sequence[Mapping[str, Any]], contracts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Quality (the content of quality.json) without sentences that say how figures move that this audience may not see.

    Of an indicator about persons a part is withheld from everybody who reads pages, and what a confidential delivery holds from the public. What
    catalogue and contracts do not say plainly to be about nobody, or not to be confidential, counts as withheld.
    """
    names = {str(entry["indicator_id"]): str(entry["name"]) for entry in catalogue}
    names |= {str(contract["delivery"]): str(contract.get("title", contract["delivery"])) for contract in contracts}
    harmless = {str(entry["indicator_id"]) for entry in catalogue if entry.get("person_related") is False}
    harmless |= {str(contract["delivery"]) for contract in contracts if audience == "professional" or contract.get("confidential") is False}

    def for_reader(finding: dict[str, Any]) -> dict[str, Any]:
        about = str(finding.get("indicator_id") or finding.get("delivery") or "")
        if str(finding.get("id", "")).partition(":")[0] in WITHOUT_COUNTS or about in harmless:
            return finding
        return {**finding, "sentence": SENTENCE.format(names.get(about, "een levering")), "area_code": None, "rows": None}

    told = {name: said for name, said in quality.items() if name != "decisions"}  # their texts may say what the sentences do not
    return {**told, "findings": [for_reader(finding) for finding in quality.get("findings", []) if isinstance(finding, dict)]}
