"""The sums of tables, and what is kept in balance over them."""

import numpy as np
import polars as pl
import scipy.sparse as sp

from pipelines.disclosure.balance import Balance, Together, divide
from pipelines.disclosure.model import Cells, tabulate


def victims() -> Cells:
    """Four gemeenten in two districts, and the forms of victims, of which one may have two."""
    units = pl.DataFrame({"district": ["D", "D", "E", "E"], "gemeente": ["GM0637", "GM1916", "GM0603", "GM1783"]}).join(
        pl.DataFrame({"vormen": [["arbeid"], ["seksueel"], ["arbeid", "seksueel"]], "leeftijd": ["18-", "18+", "18+"]}), how="cross"
    )
    return tabulate(units, [[], ["district"], ["gemeente"], ["leeftijd"], ["district", "leeftijd"], ["vormen"]])


def in_words(cells: Cells) -> set[str]:
    sums = divide(cells)
    names = np.array([cells.name(cell) for cell in range(cells.inner.shape[0])])
    rows = (np.split(each, sums.indptr[1:-1]) for each in (sums.indices, sums.data))
    return {f"{names[cell[factor > 0]][0]} = {' + '.join(sorted(names[cell[factor < 0]]))}" for cell, factor in zip(*rows, strict=True)}


def test_a_cell_is_the_sum_of_the_cells_of_a_table_that_divides_it_step_by_step() -> None:
    assert in_words(victims()) == {
        "totaal = district D + district E",
        "totaal = leeftijd 18+ + leeftijd 18-",
        "district D = gemeente GM0637 + gemeente GM1916",
        "district E = gemeente GM0603 + gemeente GM1783",
        "district D = district D, leeftijd 18+ + district D, leeftijd 18-",
        "district E = district E, leeftijd 18+ + district E, leeftijd 18-",
        "leeftijd 18+ = district D, leeftijd 18+ + district E, leeftijd 18+",
        "leeftijd 18- = district D, leeftijd 18- + district E, leeftijd 18-",
    }


def test_the_sums_hold_whatever_the_counts_are() -> None:
    cells = victims()
    inner = np.random.default_rng(1).poisson(3, cells.inner.shape[1])
    assert not (divide(cells) @ (cells.inner @ inner)).any()


def test_no_withheld_part_is_left_alone_in_its_sum_and_the_cheapest_goes_with_it() -> None:
    cells = victims()
    names = [cells.name(cell) for cell in range(cells.inner.shape[0])]
    counts, worth = np.full(len(names), 9), np.ones(len(names))
    withheld, cheap = names.index("gemeente GM0637"), names.index("gemeente GM1916")
    rows = np.delete(np.eye(len(names), dtype=np.int64), withheld, axis=0)
    nothing = np.zeros(len(names), dtype=bool)
    balance = Balance(Together(sp.csr_matrix(rows), divide(cells)), counts, np.full(len(names), 4), nothing, worth, np.random.default_rng(1))
    assert {names[cell] for cell in np.flatnonzero(~balance.published)} == {"gemeente GM0637", "gemeente GM1916"}
    assert balance.give_back_with(cheap) is None


def test_a_count_that_everybody_knows_is_never_withheld_for_another() -> None:
    cells = victims()
    names = [cells.name(cell) for cell in range(cells.inner.shape[0])]
    counts, worth = np.full(len(names), 9), np.ones(len(names))
    withheld, known = names.index("gemeente GM0637"), names.index("gemeente GM1916")
    rows = sp.csr_matrix(np.delete(np.eye(len(names), dtype=np.int64), [withheld, known], axis=0))
    public = np.arange(len(names)) == known
    balance = Balance(Together(rows, divide(cells)), counts, np.full(len(names), 4), public, worth, np.random.default_rng(1))
    assert balance.published[known]
