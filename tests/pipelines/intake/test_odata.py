"""The landed form of an open-data answer: what becomes a row, what is left out, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from data_contracts.base import Lookup, ODataTable
from pipelines.intake.odata import UNEXPLAINED, pack, unpack
from pipelines.intake.refusal import DeliveryRefused

TABLE = ODataTable(
    table="12345NED",
    measure="M1",
    value_column="aantal",
    columns={"RegioS": "gemeente", "Perioden": "jaar", "Soort": "soort"},
    codes={"Soort": {"A01": "alles"}, "regio": {"VR15": "Haaglanden"}},
    where="true",
    scope={"RegioS": "^GM", "Perioden": "JJ00$"},
    lookups={"regio": Lookup("RegioS", "12345NED/RegioS")},
    constants={"bron": "CBS"},
)


def row(**changes: Any) -> dict[str, Any]:
    return {"Measure": "M1", "Value": 12, "ValueAttribute": "None", "RegioS": "GM0518  ", "Perioden": "2023JJ00", "Soort": "A01", "regio": "VR15"} | changes


def read(*rows: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, str | int]]:
    frame, guesses = unpack("a.json", pack(TABLE, "", source="x", observations=rows), TABLE)
    return frame.to_dicts(), guesses


def test_a_row_gets_the_words_of_the_contract() -> None:
    rows, guesses = read(row(), row(RegioS="GM0546", Soort="B02", Value=7.0, regio=None))
    assert rows == [
        {"gemeente": "GM0518", "jaar": "2023", "soort": "alles", "regio": "Haaglanden", "bron": "CBS", "aantal": "12", "source_row": 1},
        {"gemeente": "GM0546", "jaar": "2023", "soort": "B02", "regio": None, "bron": "CBS", "aantal": "7", "source_row": 2},
    ]
    assert guesses == {"tabel": "12345NED", "buiten bereik": 0, "zonder waarde": 0}


def test_other_measures_places_and_periods_are_left_out_and_counted() -> None:
    rows, guesses = read(row(), row(Measure="M2"), row(RegioS="NL01"), row(Perioden="2023MM01"))
    assert len(rows) == 1
    assert guesses["buiten bereik"] == 2


@pytest.mark.parametrize("reason", ["Impossible", UNEXPLAINED])
def test_a_cell_without_a_value_is_left_out_and_never_a_zero(reason: str) -> None:
    rows, guesses = read(row(Value=0), row(Value=None, ValueAttribute=reason))
    assert [cell["aantal"] for cell in rows] == ["0"]
    assert guesses["zonder waarde"] == 1


@pytest.mark.parametrize("reason", ["Secret", "None", None])
def test_a_cell_without_a_value_for_another_reason_refuses_the_answer(reason: str | None) -> None:
    with pytest.raises(DeliveryRefused, match="1 waarneming"):
        read(row(), row(Value=None, ValueAttribute=reason))


def test_an_answer_with_nothing_of_the_contract_is_refused() -> None:
    with pytest.raises(DeliveryRefused, match="binnen het contract"):
        read(row(Measure="M2"), row(Value=None, ValueAttribute="Impossible"))


def test_a_slice_asks_for_its_codes_and_version_three_for_no_measure() -> None:
    from dataclasses import replace

    sliced = replace(TABLE, slices={"ab": {"Soort": ("A", "B"), "Geslacht": ("T",)}})
    assert sliced.filter_of("ab") == "Measure eq 'M1' and true and (Soort eq 'A' or Soort eq 'B') and (Geslacht eq 'T')"
    assert replace(TABLE, version=3).filter_of("") == "true"
