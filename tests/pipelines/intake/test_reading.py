"""Partners' files are read as they come, and what cannot be read is refused with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts import contract_of
from pipelines.intake.reading import read_extract
from pipelines.intake.refusal import DeliveryRefused
from tests.pipelines.intake.extracts import JEUGD_HEADER, jeugd_csv, jeugd_rows

JEUGD = contract_of("politie_jeugd_verdachten")
MISDRIJVEN = contract_of("politie_misdrijven")
NAME = "politie_jeugd_verdachten_2026Q3.csv"


def test_what_was_guessed_is_recorded() -> None:
    guesses = read_extract(NAME, jeugd_csv(), JEUGD).guesses
    assert guesses == {"codering": "utf-8", "scheidingsteken": ";", "kopregel": 1}


@pytest.mark.parametrize(
    ("content", "rule", "says"),
    [
        (b"", "leeg", "leeg"),
        (b"\r\n  \r\n", "leeg", "leeg"),
        ((JEUGD_HEADER + "\r\n").encode(), "leeg", "geen gegevens onder de kopregel"),
        (jeugd_csv()[:-20], "half", "half geschreven"),
        (b"een;heel;ander;bestand\r\n1;2;3;4\r\n", "kolom_ontbreekt", "geen kopregel"),
        (b"\x00\x01\x02binary", "onleesbaar", "binaire tekens"),
    ],
)
def test_a_file_that_is_not_a_table_is_refused_with_a_sentence(content: bytes, rule: str, says: str) -> None:
    with pytest.raises(DeliveryRefused, match=says) as refused:
        read_extract(NAME, content, JEUGD)
    assert refused.value.rule == rule
    assert str(refused.value).startswith(NAME)


@given(st.binary(max_size=400))
def test_no_bytes_at_all_end_in_another_error_than_a_refusal(content: bytes) -> None:
    for name in ("x.csv", "x.xlsx", "x.ods", "x.parquet", "x.json", "x.zip", "x.exe"):
        try:
            read_extract(name, content, JEUGD)
        except DeliveryRefused as refused:
            assert str(refused).startswith(name)


@given(st.lists(st.sampled_from(jeugd_rows()), min_size=1, max_size=30), st.integers(min_value=1, max_value=40))
def test_a_file_cut_inside_its_last_row_is_never_taken_for_whole(rows: list[str], cut: int) -> None:
    content = jeugd_csv(*rows, end="\n").rstrip(b"\n")
    missing = content[: -min(cut, len(rows[-1]) - 1)]
    if missing.rsplit(b"\n", 1)[-1].count(b";") == 5:
        return  # cut inside the last cell: only a totals row can tell
    with pytest.raises(DeliveryRefused):
        read_extract(NAME, missing, JEUGD)
