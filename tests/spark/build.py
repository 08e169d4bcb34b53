"""Builds the models on Spark. Runs in the environment that has it: `.venv/spark/bin/python -m tests.spark.build DBT_PROJECT [--select …]`.

dbt's data tests and unit tests stay with DuckDB: they ask about rows that the parity test proves to be the same rows.
Both steps in one process, since the catalog lives in the Spark session.
"""

from __future__ import annotations

import sys

STEPS = (["run-operation", "register_sources"], ["build", "--resource-type", "seed", "--resource-type", "model"])


def build(project: str, *selection: str) -> None:
    """Builds every seed and model of the dbt project in the folder `project`, or the selected ones; ends the process with 1 when one fails."""
    from dbt.cli.main import dbtRunner

    for step in (STEPS[0], [*STEPS[1], *selection]):
        outcome = dbtRunner().invoke([*step, "--target", "spark", "--project-dir", project, "--profiles-dir", project, "--log-level", "error"])
        if not outcome.success:
            sys.exit(1)


if __name__ == "__main__":
    build(*sys.argv[1:])
