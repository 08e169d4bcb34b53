"""The first parts of the engine: cells over inner cells, and a choice of published cells by exact linear independence."""

from fractions import Fraction

import numpy as np
import polars as pl
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from pipelines.disclosure.independence import choose_published
from pipelines.disclosure.model import NotACount, TablesDoNotAddUp, TwoValues, tabulate

AREAS = {"team": ["A1", "A1", "A2", "B1"], "gemeente": ["Delft", "Rijswijk", "Rijswijk", "Rijswijk"]}  # team A1 and Rijswijk overlap
LAYOUTS = [[], ["team"], ["gemeente"], ["jaar"], ["vormen"], ["team", "jaar"], ["gemeente", "vormen"]]


def units(years: tuple[str, ...] = ("2024", "2025")) -> pl.DataFrame:
    """Four pieces of areas that do not nest, years, and sets of two forms."""
    places = pl.DataFrame(AREAS)
    forms = pl.DataFrame({"vormen": [["arbeid"], ["seksueel"], ["arbeid", "seksueel"]]})
    return places.join(pl.DataFrame({"jaar": list(years)}), how="cross").join(forms, how="cross")


def in_span(rows: list[list[int]], target: list[int]) -> bool:
    """Plain elimination in fractions: is the target a linear combination of the rows?"""
    pivots: dict[int, list[Fraction]] = {}

    def reduce(row: list[Fraction]) -> list[Fraction]:
        for lead, pivot in pivots.items():
            row = [value - row[lead] * other for value, other in zip(row, pivot, strict=True)] if row[lead] else row
        return row

    for row in rows:
        left = reduce([Fraction(value) for value in row])
        lead = next((place for place, value in enumerate(left) if value), None)
        if lead is not None:
            left = [value / left[lead] for value in left]
            pivots = {place: [a - other[lead] * b for a, b in zip(other, left, strict=True)] for place, other in pivots.items()}
            pivots[lead] = left
    return not any(reduce([Fraction(value) for value in target]))


@st.composite
def tables(draw: st.DrawFn) -> tuple[sp.csr_matrix, np.ndarray, np.ndarray]:
    """Cells over up to nine inner cells, which of them are primary, and an order of the others."""
    inner = draw(st.integers(2, 9))
    sets = draw(st.lists(st.sets(st.integers(0, inner - 1), min_size=1), min_size=2, max_size=14))
    matrix = sp.csr_matrix([[int(place in members) for place in range(inner)] for members in sets])
    primary = np.array(draw(st.lists(st.booleans(), min_size=len(sets), max_size=len(sets))))
    return matrix, primary, np.array(draw(st.permutations(np.flatnonzero(~primary).tolist())), dtype=np.int64)


@given(tables())
def test_no_primary_cell_is_a_linear_function_of_published_ones_and_nothing_is_withheld_in_vain(case: tuple[sp.csr_matrix, np.ndarray, np.ndarray]) -> None:
    """Both by elimination in fractions, which shares nothing with the one modulo a prime."""
    matrix, primary, order = case
    published = choose_published(matrix, primary, order)
    rows = matrix.toarray().tolist()
    shown = [rows[cell] for cell in np.flatnonzero(published)]
    secrets = [rows[cell] for cell in np.flatnonzero(primary)]
    assert not any(in_span(shown, secret) for secret in secrets)
    for cell in np.flatnonzero(~published & ~primary):
        assert any(in_span([*shown, rows[cell]], secret) for secret in secrets)


def test_cells_of_areas_that_do_not_nest_and_of_several_forms_hold_their_inner_cells() -> None:
    frame = units()
    cells = tabulate(frame, LAYOUTS)
    counts = cells.inner @ np.arange(1, frame.height + 1)
    by_address = {
        tuple(sorted((key, value) for key, value in row.items() if value is not None)): count
        for row, count in zip(cells.addresses.to_dicts(), counts, strict=True)
    }
    numbered = frame.with_columns(n=pl.int_range(1, pl.len() + 1))
    assert by_address[()] == numbered["n"].sum()
    assert by_address[("team", "A1"),] == numbered.filter(pl.col("team") == "A1")["n"].sum()
    assert (
        by_address[("gemeente", "Rijswijk"), ("vormen", "arbeid")]
        == numbered.filter((pl.col("gemeente") == "Rijswijk") & pl.col("vormen").list.contains("arbeid"))["n"].sum()
    )
    assert by_address[("vormen", "arbeid"),] + by_address[("vormen", "seksueel"),] > by_address[()]


def test_the_one_region_that_two_areas_share_is_not_given_away() -> None:
    """Rijswijk and team A1 overlap in one piece: team A1 - Delft, both published, would be it."""
    cells = tabulate(units(("2025",)), [["team"], ["gemeente"], ["team", "gemeente"]])
    names = [tuple(value for value in row if value) for row in cells.addresses.select("team", "gemeente").rows()]
    primary = np.array([name == ("A1", "Rijswijk") for name in names])
    published = choose_published(cells.inner, primary, np.flatnonzero(~primary))
    shown = {name for name, is_shown in zip(names, published, strict=True) if is_shown}
    assert not {("A1",), ("Delft",)} <= shown
    assert not {("A1",), ("A1", "Delft")} <= shown


def test_what_is_no_count_does_not_add_up_or_has_two_values_is_named_by_table_and_address() -> None:
    frame = units(("2025",))
    cells = tabulate(frame, [["team"], ["gemeente"], ["team", "jaar"]])
    inner = np.ones(frame.height)
    good = cells.inner @ inner
    cells.check(good, inner)
    for wrong in (-1.0, 0.5, np.nan):
        with pytest.raises(NotACount, match=r"team A2"):
            cells.check(np.where(np.arange(len(good)) == 1, wrong, good))
    with pytest.raises(TwoValues, match=r"team A1.*jaar 2025|jaar 2025.*team A1"):
        cells.check(np.where(np.arange(len(good)) == 0, good + 1, good))
    with pytest.raises(TablesDoNotAddUp, match="gemeente Delft"):
        cells.check(np.where(cells.addresses["gemeente"].to_numpy() == "Delft", good + 1, good), inner)
