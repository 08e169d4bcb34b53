"""Findings as a reader may see them. They are judged on figures before persons are protected, so they can tell more than is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.access import Audience

#: Checks of which the sentence says nothing of a count, whoever it is about.
WITHOUT_COUNTS = ("delivery_on_time", "delivery_not_synthetic")
SENTENCE = (
    "Bij ‘{}’ is iets opgevallen. Wat, leest de werkgroep in het kwaliteitsrapport. Hier staat het niet, omdat het iets kan zeggen over cijfers "
    "die geheim zijn."
)


def for_readers(quality: Mapping[str, Any], manifest: Mapping[str, Any], audience: Audience) -> dict[str, Any]:
    """Quality (`quality.json` of a release) without sentences that say how figures move that this audience may not see.

    Of an indicator about persons a part is withheld from everybody who reads pages, and what a confidential delivery holds from the public. What
    the manifest does not say plainly to be about nobody, or not to be confidential, counts as withheld.
    """
    names = {str(entry["indicator_id"]): str(entry["name"]) for entry in manifest.get("catalogue", [])}
    names |= {str(contract["delivery"]): str(contract.get("title", contract["delivery"])) for contract in manifest.get("contracts", [])}
    harmless = {str(entry["indicator_id"]) for entry in manifest.get("catalogue", []) if entry.get("person_related") is False}
    harmless |= {str(contract["delivery"]) for contract in manifest.get("contracts", []) if audience == "professional" or contract.get("confidential") is False}

    def for_reader(finding: dict[str, Any]) -> dict[str, Any]:
        about = str(finding.get("indicator_id") or finding.get("delivery") or "")
        if str(finding.get("id", "")).partition(":")[0] in WITHOUT_COUNTS or about in harmless:
            return finding
        return {**finding, "sentence": SENTENCE.format(names.get(about, "een levering")), "area_code": None, "rows": None}

    return {**quality, "findings": [for_reader(finding) for finding in quality.get("findings", []) if isinstance(finding, dict)]}
