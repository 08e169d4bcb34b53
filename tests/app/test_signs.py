"""Why there is no number: the words for each sign, and for the threshold that holds."""

from __future__ import annotations

from typing import Any

import pytest

from app import signs, wording
from app.catalogue import Indicator


def indicator(name: str, *, person_related: bool = True, professional: float | None = 5.0, publiek: float | None = 10.0) -> Indicator:
    entry: dict[str, Any] = {"indicator_id": name, "name": name, "theme": "context", "person_related": person_related}
    return Indicator.from_entry(entry | {"threshold_professional": professional, "threshold_publiek": publiek})


def test_every_state_without_a_plain_number_is_explained_under_its_sign() -> None:
    assert set(signs.EXPLAINED) == set(wording.STATES) - {"waarde"}
    assert [term for term, _ in signs.sign_terms()] == ["x  (geheim)", ".  (onbekend)", "-  (nihil)", "leeg  (niet van toepassing)", "*  (voorlopig)"]


def test_one_text_gives_all_reasons_to_withhold_and_says_not_which() -> None:
    said = signs.EXPLAINED["geheim"]
    assert "onder de drempel (ook nul), of" in said
    assert "Welke reden hier geldt, zeggen wij niet" in said
    assert "nooit als nul en nooit als een klein aantal" in said


@pytest.mark.parametrize(("audience", "reader", "threshold"), [("professional", "professionals", "5"), ("publiek", "iedereen", "10")])
def test_the_threshold_is_that_of_the_audience_in_view(audience: Any, reader: str, threshold: str) -> None:
    things = indicator("Woningen", person_related=False, professional=None, publiek=None)
    said = signs.threshold_sentence([indicator("Slachtoffers"), indicator("Verdachten"), things], audience)
    assert said == f"De drempel is het kleinste aantal personen dat wij tonen. In deze cijfers, voor {reader}, is dat {threshold}."


def test_indicators_with_another_threshold_are_named() -> None:
    others = [indicator("Meisjes", publiek=20.0), indicator("Nieuw", publiek=None)]
    said = signs.threshold_sentence([indicator("Slachtoffers"), indicator("Verdachten"), *others], "publiek")
    assert said.endswith("is dat 10. Een andere drempel geldt voor Meisjes (20) en Nieuw (niet vastgelegd, zodat er niets wordt getoond).")


def test_without_indicators_about_persons_there_is_no_threshold() -> None:
    assert "geen drempel" in signs.threshold_sentence([indicator("Woningen", person_related=False)], "publiek")
