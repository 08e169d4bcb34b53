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

    return {**_without_rows(quality), "findings": [for_reader(finding) for finding in quality.get("findings", []) if isinstance(finding, dict)]}


def _without_rows(quality: Mapping[str, Any]) -> dict[str, Any]:
    """Quality without the rows per expectation, for how many areas stand out is what a finding about persons does not say, and without the
    decisions, whose texts may say it."""

    def silent(counts: Mapping[str, Any]) -> dict[str, Any]:
        return {**counts, "expectations": [{**one, "rows": None, "failed": None} for one in counts["expectations"]]}

    checked = quality.get("checked", {})
    told = {name: said for name, said in quality.items() if name != "decisions"}
    return {**told, **({"checked": {suite: silent(counts) for suite, counts in checked.items()}} if _tells_expectations(checked) else {})}


def _tells_expectations(checked: Mapping[str, Any]) -> bool:
    """Whether the report is of a version that tells each expectation; releases of before keep what they said."""
    return bool(checked) and all("expectations" in counts for counts in checked.values())
