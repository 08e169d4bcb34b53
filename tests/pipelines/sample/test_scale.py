"""What grows with the scale, what does not, and what a maker must never do."""

from __future__ import annotations

import pytest

from pipelines.sample.counts import AREAS, jeugd_verdachten, online_registraties
from pipelines.sample.makers import MAKERS, Maker
from pipelines.sample.published import CALIBRATED_YEAR
from pipelines.sample.victims import comensha_slachtoffers

GRID = len(AREAS) * 12 * 6 * 2 * 6  # areas, months, kinds, aangifte or melding, ages


@pytest.mark.parametrize("delivery", sorted(MAKERS))
def test_the_same_call_gives_the_same_frame_and_a_scale_never_fewer_rows(delivery: str) -> None:
    plain, again, larger = (MAKERS[delivery](2025, 2023, scale) for scale in (1.0, 1.0, 3.0))
    assert plain.equals(again)
    assert plain.schema == larger.schema
    assert larger.height >= plain.height > 0


def test_records_grow_with_the_scale() -> None:
    plain, larger = (comensha_slachtoffers(2025, 2023, scale) for scale in (1.0, 30.0))
    assert larger.height == pytest.approx(30 * plain.height, rel=0.1)
    assert larger["pseudoniem"].n_unique() == pytest.approx(30 * plain["pseudoniem"].n_unique(), rel=0.05)


def test_a_count_gets_rows_that_count_nothing_until_the_grid_is_full_and_grows_from_there() -> None:
    plain, denser, full = (online_registraties(2025, 2023, scale) for scale in (1.0, 3.0, 50.0))
    assert denser.height == pytest.approx(3 * plain.height, rel=0.01)
    assert denser["aantal"].sum() == plain["aantal"].sum()
    assert full.height == GRID
    assert full["aantal"].sum() == pytest.approx(50 * plain.height / GRID * int(plain["aantal"].sum()), rel=0.02)


@pytest.mark.parametrize("maker", [comensha_slachtoffers, online_registraties, jeugd_verdachten])
def test_the_calibrated_year_is_the_same_at_any_scale(maker: Maker) -> None:
    assert maker(CALIBRATED_YEAR, 2023, 1.0).equals(maker(CALIBRATED_YEAR, 2023, 20.0))
