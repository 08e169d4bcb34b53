# The same commands locally and in CI. `make help` lists them.
SHELL := /bin/bash
unexport PYTHONDONTWRITEBYTECODE
export UV_COMPILE_BYTECODE ?= 1
export UV_LINK_MODE = copy
export DO_NOT_TRACK = 1
export DAGSTER_DISABLE_TELEMETRY = 1

PYTHON ?= python3
BIN := .venv/bin
LOCK := requirements.lock
SOURCES := data_contracts pipelines validation app tests

.DEFAULT_GOAL := help

.venv/bin/uv: requirements-bootstrap.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { echo "Python 3.11, 3.12 or 3.13 is needed; name one with PYTHON=..."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@touch $@

.venv/.product: requirements.lock pyproject.toml | .venv/bin/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.product
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: setup
setup: .venv/.product  ## Make .venv with the hash-locked packages

.PHONY: run
run: setup  ## Sample data, the whole pipeline, a verified release, the dashboard on 127.0.0.1:8501
	$(BIN)/ketenmonitor sample
	$(BIN)/ketenmonitor run
	$(BIN)/ketenmonitor releases verify
	$(BIN)/ketenmonitor app --demo

.PHONY: demo-data
demo-data: setup  ## Write synthetic extracts into the inbox
	$(BIN)/ketenmonitor sample

.PHONY: test
test: .venv/.dev  ## Every test
	$(BIN)/python -m pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

.venv/.spark: requirements-spark.lock | .venv/bin/uv
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python .venv/spark
	$(BIN)/uv pip install --quiet --python .venv/spark/bin/python --require-hashes -r requirements-spark.lock
	@touch $@

.venv/.bouncer: requirements-bouncer.lock | .venv/bin/uv
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python .venv/bouncer
	$(BIN)/uv pip install --quiet --python .venv/bouncer/bin/python --require-hashes -r requirements-bouncer.lock
	@touch $@

.PHONY: spark-test
spark-test: .venv/.dev .venv/.spark  ## The same models on Apache Spark, every mart compared row by row with DuckDB's (needs Java 17)
	$(BIN)/python -m pytest -m spark tests/spark

.PHONY: spark-ci
spark-ci: .venv/.dev .venv/.spark  ## Of that comparison the part that CI has time for: every shape of an indicator (needs Java 17)
	$(BIN)/python -m pytest -m spark tests/spark/test_shapes.py

.PHONY: check check-python check-sql
check: .venv/.dev .venv/.bouncer  ## Format, lint, types, import rules, generated files, data contracts, dbt parse and rules, SQL lint
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target check-python check-sql

check-python:
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy data_contracts pipelines validation app
	$(BIN)/lint-imports
	$(BIN)/python -m pipelines.codegen --check
	$(BIN)/python -m pipelines.codegen.standard

check-sql:
	$(BIN)/dbt --quiet parse --project-dir dbt_project --profiles-dir dbt_project
	cd dbt_project && ../.venv/bouncer/bin/dbt-bouncer run --config-file dbt-bouncer.yml
	$(BIN)/python -m tests.house.lint_sql

.PHONY: format
format: .venv/.dev  ## Mend format and generated files
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/python -m pipelines.codegen
	$(BIN)/python -m tests.house.lint_sql --fix

.PHONY: bench
bench: .venv/.dev  ## Measure against a reference in the same run
	$(BIN)/python -m tests.benchmarks

.PHONY: screenshots
screenshots: .venv/.dev  ## Pictures of the pages for the README, from the release in ./data
	$(BIN)/python -m tests.app.screenshots

.PHONY: lock
lock: .venv/bin/uv  ## Resolve the lock files anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" pyproject.toml --extra build --extra dev -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" pyproject.toml --extra build -c requirements-dev.lock -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --group spark -c requirements-dev.lock -o requirements-spark.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --group bouncer -o requirements-bouncer.lock

.PHONY: help
help:  ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'
