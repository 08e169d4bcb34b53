"""The program that checks a proof by worlds: what it accepts, what it refuses and how it says so."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.disclosure import check_worlds
from pipelines.disclosure.check_worlds import check, compare_released, main
from tests.pipelines.disclosure.proofs import Rows, add, drop, proof, put, tables

PROGRAM = Path(check_worlds.__file__)


def publish(rows: dict[str, Rows]) -> None:
    """As if Delft 2024 had been published."""
    put("cells", "state", 5, "waarde")(rows)
    put("cells", "count", 5, 102)(rows)
    put("cells", "need", 5, 0)(rows)


def test_a_correct_proof_passes_with_and_without_facts_and_in_any_order_of_rows() -> None:
    assert check(**tables(proof())) == []
    rows = {title: {name: column[::-1] for name, column in columns.items()} for title, columns in proof().items()}
    assert check(**tables(rows)) == []
    del rows["facts"], rows["limits"]
    assert check(**tables(rows)) == []


TAMPERINGS = {
    "a published count one higher": (put("cells", "count", 1, 211), ["world 0", "Delft"]),
    "a world altered": (put("worlds", "count", 4, 108), ["world 1", "alles"]),
    "a row of a world left out": (drop("worlds", 7), ["world 1", "Rijswijk"]),
    "a withheld cell left out": (drop("cells", 5), ["inner has an unknown cell: 5"]),
    "a withheld cell as if it were published": (publish, ["world 1", "Delft 2024"]),
    "a withheld cell with its count": (put("cells", "count", 5, 102), ["withheld", "Delft 2024"]),
    "a published cell without its count": (put("cells", "count", 1, None), ["published", "Delft"]),
    "another state": (put("cells", "state", 5, "nihil"), ["state", "Delft 2024"]),
    "a negative published count": (put("cells", "count", 1, -1), ["below nought", "Delft"]),
    "a published count beyond bounds": (put("cells", "count", 1, 2**40 + 1), ["too large", "Delft"]),
    "a need below nought": (put("cells", "need", 5, -1), ["need", "Delft 2024"]),
    "a published cell that needs room": (put("cells", "need", 1, 1), ["need", "Delft"]),
    "a cell twice": (put("cells", "cell", 1, 2), ["two rows for one cell"]),
    "an address twice": (put("cells", "address", 1, "2024"), ["twice", "2024"]),
    "no address": (put("cells", "address", 1, None), ["without address"]),
    "a negative cell": (put("cells", "cell", 1, -2), ["cell below nought"]),
    "a negative count in a world": (put("worlds", "count", 0, -102), ["world 0", "below nought"]),
    "a count in a world beyond bounds": (put("worlds", "count", 4, 2**40 + 1), ["world 1", "too large"]),
    "a count near the end of int64": (put("worlds", "count", 4, 2**63 - 1), ["world 1", "too large"]),
    "a row of a world twice": (add("worlds", world=1, inner=3, count=1), ["worlds has two rows", "world 1"]),
    "an unknown inner cell in a world": (add("worlds", world=1, inner=4, count=1), ["worlds has an unknown inner: 4"]),
    "a negative world": (put("worlds", "world", 0, -1), ["world below nought"]),
    "a null in a world": (put("worlds", "count", 0, None), ["worlds has a row without count"]),
    "an inner cell twice in a cell": (add("inner", cell=5, inner=0), ["inner has two rows", "cell 5"]),
    "too narrow by one": (put("cells", "need", 8, 6), ["less room", "Rijswijk 2025"]),
    "a fact broken from above": (put("limits", "upper", 1, 106_999), ["world 1 breaks fact 7"]),
    "a fact broken from below": (put("limits", "lower", 0, -99), ["world 0 breaks fact 4"]),
    "a fact twice": (put("limits", "fact", 0, 7), ["limits has two rows"]),
    "a fact without limits": (drop("limits", 0), ["facts has an unknown fact: 4"]),
    "a fact on an unknown inner cell": (put("facts", "inner", 0, 9), ["facts has an unknown inner: 9"]),
    "factors that would overflow": (put("facts", "factor", 0, -(2**63)), ["fact 4", "too large"]),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_refused_in_a_sentence_that_names_the_place_and_no_count(name: str) -> None:
    tamper, words = TAMPERINGS[name]
    rows = proof()
    tamper(rows)
    found = check(**tables(rows))
    assert any(all(word in sentence for word in words) for sentence in found), found
    counts = {str(count) for count in [*rows["cells"]["count"], *rows["worlds"]["count"], *rows["limits"]["upper"]] if count is not None and count > 99}
    assert not [count for count in counts if any(count in sentence.split() for sentence in found)]


def test_sums_that_int64_does_not_hold_are_refused_before_they_are_made() -> None:
    """Two products of 2^62 would come out as a negative number, below the upper limit."""
    rows = proof()
    rows["worlds"]["count"][0] = rows["worlds"]["count"][4] = 2**40
    rows["facts"]["factor"][0] = 2**23
    assert check(**tables(rows)) == ["a cell or a fact has too many inner cells or too large factors to be summed in 64 bits"]


def test_tables_of_other_types_or_without_a_column_are_refused() -> None:
    good = tables(proof())
    for title, name in (("cells", "count"), ("inner", "inner"), ("worlds", "count"), ("facts", "factor"), ("limits", "lower")):
        table = good[title]
        place = table.column_names.index(name)
        floats = table.set_column(place, name, table[name].cast(pa.float64()))
        assert check(**{**good, title: floats}) == [f"{title}.{name} is not int64"]
        assert check(**{**good, title: table.drop_columns([name])}) == [f"{title} needs one column {name}"]
        assert check(**{**good, title: table.append_column(name, table[name])}) == [f"{title} needs one column {name}"]
    numbers = good["cells"].set_column(1, "address", good["cells"]["cell"])
    assert check(**{**good, "cells": numbers}) == ["cells.address is not text"]
    assert check(good["cells"], good["inner"], good["worlds"], facts=good["facts"]) == ["facts and limits come together"]


def test_without_worlds_nothing_withheld_is_proved_and_a_cell_that_needs_no_room_needs_no_world() -> None:
    rows = proof()
    rows["worlds"] = {name: [] for name in rows["worlds"]}
    assert len(check(**tables(rows))) == 4
    rows["cells"]["need"] = [0] * 9
    assert check(**tables(rows)) == []


def test_a_cell_that_holds_no_inner_cell_is_nought_in_every_world() -> None:
    rows = proof()
    add("cells", cell=40, address="leeg", state="geheim", count=None, need=0)(rows)
    assert check(**tables(rows)) == []
    put("cells", "need", 9, 1)(rows)
    assert check(**tables(rows)) == ["the worlds leave less room than policy asks to leeg"]


def test_twenty_sentences_are_enough_and_the_rest_is_counted() -> None:
    rows = proof()
    for world in range(2, 9):
        add("worlds", world=world, inner=0, count=1)(rows)
    found = check(**tables(rows))
    assert len(found) == 21
    assert found[-1] == "and 22 more"  # five cells and a fact in each of seven worlds: 42


def test_the_verdict_is_that_of_plain_sums_in_python_for_random_tables() -> None:
    verdicts: Counter[bool] = Counter()
    for seed in range(200):
        rng = np.random.default_rng(seed)
        held = (rng.random((6, 5)) < 0.5).astype(int).tolist()
        worlds = rng.integers(0, 4, size=(int(rng.integers(1, 4)), 5)).tolist()
        totals = [[sum(h * x for h, x in zip(row, world, strict=True)) for row in held] for world in worlds]
        low, high = [min(each) for each in zip(*totals, strict=True)], [max(each) for each in zip(*totals, strict=True)]
        shown = [bool((a == b) ^ (rng.random() < 0.05)) for a, b in zip(low, high, strict=True)]
        need = [0 if s else max(0, b - a + int(rng.random() < 0.1)) for a, b, s in zip(low, high, shown, strict=True)]
        expected = all(a == b if s else b - a >= n for a, b, n, s in zip(low, high, need, shown, strict=True))
        everywhere = 6  # a withheld cell that holds all, so that each inner cell is known
        rows: dict[str, Rows] = {
            "cells": {
                "cell": list(range(7)),
                "address": [f"cel {cell}" for cell in range(7)],
                "state": [*("waarde" if s else "geheim" for s in shown), "geheim"],
                "count": [*(a if s else None for a, s in zip(low, shown, strict=True)), None],
                "need": [*need, 0],
            },
            "inner": {
                "cell": [*(cell for cell, row in enumerate(held) for h in row if h), *[everywhere] * 5],
                "inner": [*(i for row in held for i, h in enumerate(row) if h), *range(5)],
            },
            "worlds": {
                "world": [w for w, world in enumerate(worlds) for x in world if x],
                "inner": [i for world in worlds for i, x in enumerate(world) if x],
                "count": [x for world in worlds for x in world if x],
            },
        }
        if any(sum(world) == 0 for world in worlds):
            continue  # a world without persons has no rows
        assert (check(**tables(rows)) == []) == expected, seed
        verdicts[expected] += 1
    assert min(verdicts[True], verdicts[False]) > 30


def test_what_was_released_is_compared_by_address_and_not_by_order() -> None:
    cells = tables(proof())["cells"]
    released = cells.select(["address", "state", "count"])
    assert compare_released(cells, released.take(list(range(8, -1, -1)))) == []
    for tamper in (put("cells", "count", 5, 102), put("cells", "state", 5, "waarde"), drop("cells", 5)):
        rows = proof()
        tamper(rows)
        assert compare_released(cells, tables(rows)["cells"]) == ["not released as it was checked: Delft 2024"]
    rows = proof()
    add("cells", cell=9, address="Delft\nproved", state="waarde", count=3, need=0)(rows)
    assert len(compare_released(cells, tables(rows)["cells"])) == 1


def run(folder: Path, *more: str) -> tuple[int, str]:
    """The program as anyone would run it, without our packages in sight."""
    done = subprocess.run([sys.executable, str(PROGRAM), str(folder), *more], cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    return done.returncode, done.stdout


def test_the_program_says_in_one_line_whether_a_folder_proves_what_was_released(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "proof"
    folder.mkdir()
    for title, table in tables(proof()).items():
        pq.write_table(table, folder / f"{title}.parquet")
    released = tmp_path / "released.parquet"
    pq.write_table(tables(proof())["cells"], released)
    code, line = run(folder, "--released", str(released))
    assert code == 0
    assert line == "proved: 4 withheld cells of 9 keep their room (0 need none), in 2 worlds with 2 public facts, and the released file is the same\n"
    rows = proof()
    add("cells", cell=9, address="Delft\nproved", state="waarde", count=3, need=0)(rows)
    pq.write_table(tables(rows)["cells"], released)
    assert run(folder, "--released", str(released)) == (1, "refused: not released as it was checked: Delft proved\n")
    (folder / "limits.parquet").unlink()
    assert main([str(folder)]) == 1
    assert capsys.readouterr().out == "refused: facts and limits come together\n"
    (folder / "worlds.parquet").write_bytes(b"no table")
    assert main([str(folder)]) == 1
    assert capsys.readouterr().out == "refused: worlds.parquet is missing or no Parquet file\n"
    (folder / "worlds.parquet").unlink()
    (folder / "worlds.parquet" / "world=9").mkdir(parents=True)
    pq.write_table(tables(proof())["worlds"].drop_columns(["world"]), folder / "worlds.parquet" / "world=9" / "part.parquet")
    assert main([str(folder)]) == 1
    assert capsys.readouterr().out == "refused: worlds.parquet is missing or no Parquet file\n"


def test_the_program_needs_numpy_and_pyarrow_only_and_can_be_read_in_one_sitting() -> None:
    source = PROGRAM.read_text()
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add((node.module or "").split(".")[0])
    assert names - sys.stdlib_module_names == {"numpy", "pyarrow"}
    assert "importlib" not in names
    assert len(source.splitlines()) < 300
