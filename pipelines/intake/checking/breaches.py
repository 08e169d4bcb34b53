"""Which rules a row breaks, in Pandera's judgement and in Dutch."""

from __future__ import annotations

import copy

import polars as pl

from data_contracts.base import AT_LEAST, AT_MOST, Contract

DOUBLE, TWIN = "dubbele rij", "komt meer dan eens voor, met verschillende waarden"
RULES = {
    "not_nullable": "mag niet leeg zijn",
    "isin": "staat niet in de lijst van het contract",
    "greater_than_or_equal_to": "is te laag",
    "less_than_or_equal_to": "is te hoog",
    "str_matches": "heeft niet de vorm van het contract",
    "str_length": "is te kort of te lang",
    "multiple_fields_uniqueness": TWIN,
}
NONE_BROKEN = pl.DataFrame(schema={"source_row": pl.Int64, "column": pl.String, "rule": pl.String})


def broken_rules(typed: pl.DataFrame, contract: type[Contract], *, twins: bool) -> pl.DataFrame:
    """What breaks a rule of the contract: source_row, column, rule (Dutch), one row per rule that a row breaks.

    `typed` has the contract's columns and source_row. With `twins` these are the rows whose key stands more than once, all
    of them: of identical rows the first is good and the others are doubles. Without it the key is not looked at.
    """
    if not twins:
        return _judged(typed, contract, unique=False)
    doubled = ~typed.select(pl.struct(pl.exclude("source_row")).is_first_distinct()).to_series()
    doubles = typed.filter(doubled).select("source_row", pl.lit(" + ".join(contract.key())).alias("column"), pl.lit(DOUBLE).alias("rule"))
    return pl.concat([doubles, _judged(typed.filter(~doubled), contract, unique=True)])


def _judged(typed: pl.DataFrame, contract: type[Contract], *, unique: bool) -> pl.DataFrame:
    from pandera.errors import SchemaErrors

    schema = copy.copy(contract.to_schema())  # a copy: Pandera keeps one schema per class
    if not unique:
        schema.unique = None
    try:
        schema.validate(typed.drop("source_row"), lazy=True)
    except SchemaErrors as errors:
        failed = errors.failure_cases.filter(pl.col("index").is_not_null())
        if failed.height < errors.failure_cases.height:
            raise RuntimeError(f"contract {contract.terms().delivery} cannot judge its own typed columns: {errors.schema_errors[:1]}") from None
        return _in_dutch(failed, typed["source_row"], contract)
    return NONE_BROKEN


def _in_dutch(failed: pl.DataFrame, source_rows: pl.Series, contract: type[Contract]) -> pl.DataFrame:
    across = {rule.name: (" + ".join(rule.columns), rule.sentence) for rule in contract.rules()}
    check = pl.col("check").cast(pl.String).str.replace(r"\(.*", "")
    columns = {name: columns for name, (columns, _) in across.items()} | {"multiple_fields_uniqueness": " + ".join(contract.key())}
    column = pl.when(pl.col("schema_context") == "Column").then("column").otherwise(check.replace(columns))
    kinds = contract.kinds()
    bounds = {f"{name}{suffix}": name for name, field in kinds.items() if field.get("bounded") for suffix in (AT_LEAST, AT_MOST)}
    return failed.select(
        source_rows.gather(failed["index"]).alias("source_row"),
        column.cast(pl.String).replace(bounds).alias("column"),
        check.replace(RULES | {name: sentence for name, (_, sentence) in across.items()}).alias("rule"),
    ).unique(maintain_order=True)
