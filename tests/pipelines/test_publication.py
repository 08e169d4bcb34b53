"""The banner says what is made up, in as few words as are true."""

from __future__ import annotations

from pipelines.publication import synthetic_note

MADE_UP = {"delivery": "halt_verwijzingen", "slice": "", "origin": "synthetic"}
CRIMES = {"delivery": "politie_misdrijven", "slice": "", "origin": "recorded"}
PEOPLE = {"delivery": "cbs_bevolking", "slice": "totaal", "origin": "service"}
YOUNG = {"delivery": "cbs_bevolking", "slice": "jongeren", "origin": "synthetic"}


def test_a_release_of_real_data_needs_no_note() -> None:
    assert synthetic_note([CRIMES, PEOPLE]) is None


def test_where_all_is_made_up_no_list_is_needed() -> None:
    assert synthetic_note([MADE_UP, YOUNG]) == "Synthetische voorbeeldgegevens: geen enkel cijfer is echt."


def test_where_little_is_real_the_real_deliveries_are_named() -> None:
    note = synthetic_note([MADE_UP, YOUNG, CRIMES])
    assert note == "Synthetische voorbeeldgegevens, geen echte cijfers. Echt zijn alleen: Geregistreerde misdrijven (Politie (open data))."


def test_where_little_is_made_up_that_is_named_with_its_slice() -> None:
    note = synthetic_note([YOUNG, CRIMES, PEOPLE, YOUNG])
    assert note == "Synthetische voorbeeldgegevens, geen echte cijfers, zijn: Bevolking op 1 januari per gemeente (CBS, jongeren)."
