"""The door, measured on made-up data: the test prints what it found and what it refused."""

from __future__ import annotations

import pytest

from tests.pipelines.intake.measuring import CELL, COLUMN, measure

FOUND, REFUSED = 0.995, 0.001  # of planted identifiers, at least; of clean files, at most
FOUND_NAMES = {COLUMN: 0.95, CELL: 0.7}  # a short list of names cannot know each: 99% and 85% of 1,000 were found


@pytest.mark.slow
def test_the_door_finds_planted_identifiers_and_lets_clean_files_pass(capsys: pytest.CaptureFixture[str]) -> None:
    measured = measure(20_261, clean=300, planted=280, names=30)  # five thousand of each in `make bench`
    with capsys.disabled():
        print(f"\n{measured}")
    assert measured.share >= FOUND
    assert len(measured.refused) <= REFUSED * measured.clean, measured.refused
    for kind, share in FOUND_NAMES.items():
        assert measured.found[kind] >= share * measured.planted[kind], kind
