"""A small proof by worlds, as rows of its tables, and ways to change them."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

HOLDS = {"alles": [0, 1, 2, 3], "Delft": [0, 1], "Rijswijk": [2, 3], "2024": [0, 2], "2025": [1, 3]}
SECRET = ["Delft 2024", "Delft 2025", "Rijswijk 2024", "Rijswijk 2025"]
SCHEMA = {"address": pa.string(), "state": pa.string()}
Rows = dict[str, list]


def proof() -> dict[str, Rows]:
    """Two gemeenten by two years: the sums are published, the four inner cells are not; two worlds leave each of these a room of 5."""
    addresses = [*HOLDS, *SECRET]
    pairs = [(cell, inner) for cell, held in enumerate([*HOLDS.values(), [0], [1], [2], [3]]) for inner in held]
    worlds = [(0, [102, 108, 208, 202]), (1, [107, 103, 203, 207])]
    return {
        "cells": {
            "cell": list(range(9)),
            "address": addresses,
            "state": ["waarde"] * 5 + ["geheim"] * 4,
            "count": [620, 210, 410, 310, 310, None, None, None, None],
            "need": [0] * 5 + [5] * 4,
        },
        "inner": {"cell": [cell for cell, _ in pairs], "inner": [inner for _, inner in pairs]},
        "worlds": {
            "world": [world for world, _ in worlds for _ in range(4)],
            "inner": [0, 1, 2, 3] * 2,
            "count": [count for _, counts in worlds for count in counts],
        },
        "facts": {"fact": [4, 4, 7], "inner": [0, 3, 0], "factor": [1, -1, 1000]},  # Rijswijk 2025 has a hundred more than Delft 2024
        "limits": {"fact": [4, 7], "lower": [-100, None], "upper": [-100, 107_500]},
    }


def tables(rows: dict[str, Rows]) -> dict[str, pa.Table]:
    return {title: pa.table({name: pa.array(each, SCHEMA.get(name, pa.int64())) for name, each in columns.items()}) for title, columns in rows.items()}


def put(title: str, column: str, row: int, value: object) -> Callable[[dict[str, Rows]], None]:
    def change(rows: dict[str, Rows]) -> None:
        rows[title][column][row] = value

    return change


def add(title: str, **values: object) -> Callable[[dict[str, Rows]], None]:
    def change(rows: dict[str, Rows]) -> None:
        for name, value in values.items():
            rows[title][name].append(value)

    return change


def drop(title: str, row: int) -> Callable[[dict[str, Rows]], None]:
    def change(rows: dict[str, Rows]) -> None:
        for column in rows[title].values():
            del column[row]

    return change
