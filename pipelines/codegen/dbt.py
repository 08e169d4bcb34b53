"""dbt's side of the contracts: sources and descriptions of staging models."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from data_contracts import versions_of
from data_contracts.base import Contract, Rhythm
from pipelines.codegen.text import grain_of, yaml_text

DATA_FOLDER = "{{ env_var('KETENMONITOR_DATA_DIR', '../data') }}"

#: SQL type per type that a contract can give a column; the accepted Parquet holds the same.
SQL_TYPES = {"String": "varchar", "Int64": "bigint", "Float64": "double", "Boolean": "boolean", "Date": "date"}
#: Days that a period of each rhythm lasts at most, for the freshness of a source.
LONGEST = {Rhythm.MONTH: 31, Rhythm.QUARTER: 92, Rhythm.YEAR: 366, Rhythm.SCHOOL_YEAR: 366, Rhythm.TWO_YEARS: 731}
LANDING_COLUMNS = (
    ("delivery_sha256", "varchar", "Kenmerk (sha256) van het bestand waar de rij uit komt"),
    ("received_at", "timestamp", "Tijdstip van ontvangst, UTC"),
    ("source_row", "bigint", "Regelnummer in het bestand"),
)


def _columns(contract: type[Contract]) -> list[dict[str, str]]:
    """The columns of every version, as the newest has them: rows accepted under an older one stay readable."""
    columns = {name: column for version in versions_of(contract.terms().delivery) for name, column in version.to_schema().columns.items()}
    own = [(name, SQL_TYPES[str(column.dtype)], str(column.description or "")) for name, column in columns.items()]
    return [{"name": name, "data_type": data_type, "description": description} for name, data_type, description in (*own, *LANDING_COLUMNS)]


def _freshness(contract: type[Contract]) -> dict[str, Any]:
    """When `dbt source freshness` warns: a whole period and the days until its delivery is due after the last receipt."""
    terms = contract.terms()
    return {"warn_after": {"count": max(LONGEST[terms.rhythm] + terms.due_days, 1), "period": "day"}}


def sources_yaml(contracts: Iterable[type[Contract]]) -> str:
    """dbt's source `accepted`: a table per delivery with its columns. Null rules are Pandera's and are not repeated."""
    tables = [
        {
            "name": contract.terms().delivery,
            "description": f"{grain_of(contract)} {contract.terms().title}, van {contract.terms().partner}.",
            "config": {"freshness": _freshness(contract), "tags": [contract.terms().theme], "meta": {"owner": contract.terms().owner}},
            "columns": _columns(contract),
        }
        for contract in contracts
    ]
    source: dict[str, Any] = {
        "name": "accepted",
        "description": "Rows that passed their contract, as Parquet under the data folder; _schema.parquet holds the columns of a delivery that never came.",
        "loader": "ketenmonitor run",
        "config": {
            "loaded_at_field": "received_at",
            # union_by_name: a file accepted under an older version of a contract reads with nulls for a later column
            "meta": {"external_location": f"read_parquet('{DATA_FOLDER}/accepted/{{name}}/*.parquet', union_by_name = true)"},
        },
        "tables": tables,
    }
    return yaml_text({"sources": [source]}, "data_contracts/")


def staging_yaml(contracts: Iterable[type[Contract]], staging: Path) -> str:
    """Descriptions of the staging models that exist and of their columns; a contract without a model yet is left out, which dbt would warn of."""
    models = [
        {
            "name": f"stg_{contract.terms().delivery}",
            "description": f"{grain_of(contract)} Every accepted delivery, renamed and cast, nothing else.",
            "config": {"tags": [contract.terms().theme]},
            "columns": staged_columns(contract, (staging / f"stg_{contract.terms().delivery}.sql").read_text(encoding="utf-8")),
        }
        for contract in contracts
        if (staging / f"stg_{contract.terms().delivery}.sql").exists()
    ]
    return yaml_text({"models": models}, "data_contracts/ and models/staging/")


def staged_columns(contract: type[Contract], sql: str) -> list[dict[str, str]]:
    """The columns of a staging model with the description of the delivered column that each renames.

    A staging model has one column a line (`aantal as report_count,`). Raises ValueError for a line that names no column of the
    contract, which staging may not do.
    """
    described = {column["name"]: column["description"] for column in _columns(contract)}
    columns = []
    for line in sql.splitlines():
        if not line.startswith("    "):
            continue
        expression, _, name = line.strip().removesuffix(",").rpartition(" as ")
        origin = next((word for word in re.findall(r"[a-z_0-9]+", expression or name) if word in described), None)
        if origin is None:
            raise ValueError(f"stg_{contract.terms().delivery}: {name!r} renames no column of the contract")
        columns.append({"name": name, "description": described[origin]})
    return columns
