"""What came of protecting the figures of one universe, as a release holds it: made from a protection, or taken over from the release in use."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import scipy.sparse as sp

from pipelines.disclosure.certificate import certificate_tables
from pipelines.disclosure.figures import SHOWN
from pipelines.disclosure.model import Cells, Facts
from pipelines.disclosure.protection import Proof, Protected
from pipelines.disclosure.universe import each_universe
from pipelines.release.layout import PROOF_TABLES


class Outcome(NamedTuple):
    """Of one universe: which of its rows are shown, what the certificate says of it, and its proof (tables of `check_worlds`, with columns
    `block`, rising, and `universe`)."""

    is_shown: np.ndarray
    said: dict[str, Any]
    proof: dict[str, pa.Table]


def outcome_of(protected: Protected, height: int, universe: str, made_from: str) -> Outcome:
    """The outcome of a universe of `height` rows. made_from: a word for all that it was made from, see `Earlier`."""
    is_shown = np.zeros(height, dtype=bool)
    is_shown[protected.published] = True
    said = {"universe": universe, "made_from": made_from}
    return Outcome(is_shown, said, _stack([_tables(proof, block, universe) for block, proof in enumerate(protected.proofs)]))


def join_proofs(outcomes: Sequence[Outcome]) -> dict[str, pa.Table]:
    """The proofs of several universes under each other, blocks numbered on."""
    proofs, blocks = [_nothing()], 0
    for proof in (outcome.proof for outcome in outcomes if outcome.proof["cells"].num_rows):
        block = proof["cells"]["block"]
        shift = blocks - pc.min(block).as_py()
        proofs.append({title: _with_block(table, pc.add(table["block"], shift)) for title, table in proof.items()})
        blocks = pc.max(block).as_py() + shift + 1
    return _stack(proofs)


class Earlier:
    """The outcomes of the release in use; its certificate has a word for all that each was made from, and the same word means the same outcome."""

    def __init__(self, folder: Path | None, entries: Sequence[Mapping[str, Any]]) -> None:
        """folder: of one audience, None for no release; entries: of the catalogue of now, which say which rows are whose. A folder that
        cannot be read or was made before there were such words has no outcomes."""
        self._said: dict[str, dict[str, Any]] = {}
        if folder is None:
            return
        try:
            certificate = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
            values = pl.read_parquet(folder / "values.parquet")
            self._states = {universe: rows["state"] for universe, rows, _ in each_universe(values, entries)}
            self._proof = {title: pq.ParquetFile(folder / "proof" / f"{title}.parquet").read() for title in PROOF_TABLES}
            self._said = {str(said["made_from"]): said for said in certificate["universes"]}
        except (OSError, ValueError, KeyError, TypeError, pa.ArrowException, pl.exceptions.PolarsError):
            return

    def outcome(self, made_from: str) -> Outcome | None:
        """The outcome that was made from the same, None where there is none."""
        if (said := self._said.get(made_from)) is None:
            return None
        proof = {title: table.filter(pc.equal(table["universe"], said["universe"])) for title, table in self._proof.items()}
        return Outcome(self._states[said["universe"]].is_in(SHOWN).to_numpy(), said, proof)


def _tables(proof: Proof, block: int, universe: str) -> dict[str, pa.Table]:
    tables = {}
    for title, table in certificate_tables(*proof).items():
        own = table.append_column("block", pa.array([block] * table.num_rows, pa.int64()))
        tables[title] = own.append_column("universe", pa.array([universe] * table.num_rows, pa.string()))
    return tables


def _nothing() -> dict[str, pa.Table]:
    """Tables with their columns and without a row."""
    none = sp.csr_matrix((0, 0), dtype=np.int64)
    numbers = np.zeros(0, dtype=np.int64)
    cells = Cells(none, pl.DataFrame({"who": []}, schema={"who": pl.String}), Facts(none, numbers.astype(float), numbers.astype(float)))
    return _tables(Proof(cells, numbers, numbers.astype(bool), numbers, np.zeros((0, 0), dtype=np.int64)), 0, "")


def _stack(parts: Sequence[dict[str, pa.Table]]) -> dict[str, pa.Table]:
    # in one piece, for what is taken over comes in other pieces than what is made, and the bytes of a file depend on them
    return {title: pa.concat_tables([part[title] for part in (parts or [_nothing()])]).combine_chunks() for title in PROOF_TABLES}


def _with_block(table: pa.Table, block: pa.ChunkedArray) -> pa.Table:
    return table.set_column(table.column_names.index("block"), "block", block)
