"""What a reader is told of a finding: nothing of how figures move that are withheld."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.release.findings import SENTENCE, findings_for

MANIFEST: dict[str, Any] = {
    "catalogue": [
        {"indicator_id": "mh_slachtoffers", "name": "Slachtoffers", "person_related": True},
        {"indicator_id": "mh_trainingen", "name": "Trainingen", "person_related": False},
        {"indicator_id": "mh_nieuw", "name": "Nieuw"},
    ],
    "contracts": [
        {"delivery": "comensha_slachtoffers", "title": "Registraties", "confidential": True},
        {"delivery": "cbs_bevolking", "title": "Bevolking", "confidential": False},
        {"delivery": "nieuw", "title": "Nieuwe levering"},
    ],
}
TOLD = "In Lisse is het aantal veel hoger: 3 in plaats van 0."


def sentence(audience: str, **about: Any) -> str:
    finding = {"id": "figures_in_line_with_past:1", "sentence": TOLD, "area_code": "GM0553", "rows": 3, "indicator_id": None, "delivery": None, **about}
    (seen,) = findings_for(audience, {"verdict": "let op", "findings": [finding, "geen bevinding"]}, **MANIFEST)["findings"]
    if seen["sentence"] != TOLD:
        assert (seen["area_code"], seen["rows"]) == (None, None)
    return str(seen["sentence"])


@pytest.mark.parametrize("audience", ["professional", "publiek"])
@pytest.mark.parametrize(("indicator", "name"), [("mh_slachtoffers", "Slachtoffers"), ("mh_nieuw", "Nieuw"), ("vreemd", "een levering")])
def test_how_figures_about_persons_move_is_told_to_nobody_who_reads_pages(audience: str, indicator: str, name: str) -> None:
    assert sentence(audience, indicator_id=indicator, delivery="cbs_bevolking") == SENTENCE.format(name)


def test_what_is_about_nobody_is_told_to_all() -> None:
    assert sentence("publiek", indicator_id="mh_trainingen", delivery="comensha_slachtoffers") == TOLD
    assert sentence("publiek", delivery="cbs_bevolking") == TOLD


@pytest.mark.parametrize("delivery", ["comensha_slachtoffers", "nieuw", "vreemd", None])
def test_what_a_confidential_delivery_holds_is_not_told_to_the_public(delivery: str | None) -> None:
    assert sentence("publiek", delivery=delivery) != TOLD


def test_professionals_read_what_is_said_of_a_delivery() -> None:
    assert sentence("professional", delivery="comensha_slachtoffers") == TOLD


@pytest.mark.parametrize("check", ["delivery_on_time", "delivery_not_synthetic"])
def test_that_a_delivery_is_late_or_synthetic_is_told_to_all(check: str) -> None:
    assert sentence("publiek", id=f"{check}:comensha_slachtoffers", delivery="comensha_slachtoffers") == TOLD


def test_how_many_rows_failed_an_expectation_is_for_the_werkgroep_alone() -> None:
    expectation = {"id": "figures_in_line_with_past", "ran": True, "rows": 300, "failed": 3, "findings": ["figures_in_line_with_past:1"]}
    quality = {"checked": {"plausibility": {"checks": 1, "findings": 1, "expectations": [expectation]}}, "findings": []}
    (told,) = findings_for("professional", quality, **MANIFEST)["checked"]["plausibility"]["expectations"]
    assert told == {**expectation, "rows": None, "failed": None}


@pytest.mark.parametrize("quality", [{"findings": []}, {"findings": [], "checked": {"plausibility": {"checks": 1}}}])
def test_a_report_of_before_is_copied_as_it_was(quality: dict[str, Any]) -> None:
    assert findings_for("publiek", quality, **MANIFEST) == quality
