"""Text files made line by line, and what reading makes of them."""

from __future__ import annotations

import polars as pl

from data_contracts import contract_of
from data_contracts.base import Contract
from pipelines.intake.reading import read_extract

JEUGD = contract_of("politie_jeugd_verdachten")
NAME = "politie_jeugd_verdachten_2026Q3.csv"


def text_file(*lines: str, end: str = "\n", encoding: str = "utf-8") -> bytes:
    """Lines as the bytes of a file."""
    return (end.join(lines) + end).encode(encoding)


def rows_of(content: bytes, contract: type[Contract] = JEUGD, name: str = NAME) -> pl.DataFrame:
    """The rows that are read from `content`."""
    return read_extract(name, content, contract).rows.collect()


def guesses_of(content: bytes, contract: type[Contract] = JEUGD) -> dict[str, str | int]:
    """What reading `content` had to guess."""
    return read_extract(NAME, content, contract).guesses
