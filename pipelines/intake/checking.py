"""Judges an extract against its contract: typed rows that may go on, rows set apart with their rule, or a refusal.

Nothing is lost: every row of the file is either accepted or quarantined with the rule that it broke.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass

import polars as pl

from data_contracts.base import Contract, Rhythm
from pipelines.intake.convert import convert
from pipelines.intake.reading import TOTALS, Extract, headings_of, normalise
from pipelines.intake.refusal import DeliveryRefused

RULES = {
    "not_nullable": "mag niet leeg zijn",
    "isin": "staat niet in de lijst van het contract",
    "greater_than_or_equal_to": "is te laag",
    "less_than_or_equal_to": "is te hoog",
    "str_matches": "heeft niet de vorm van het contract",
    "str_length": "is te kort of te lang",
    "multiple_fields_uniqueness": "komt meer dan eens voor, met verschillende waarden",
}


@dataclass(frozen=True)
class Judgement:
    """What came of a file that passed. `accepted`: contract columns, typed, and source_row. `quarantined`: the rows as text
    with source_row, column and rule (first broken rule of the row). `periods`: what the accepted rows are about, sorted.
    `broken`: column, rule, rows: how many rows broke each rule."""

    accepted: pl.DataFrame
    quarantined: pl.DataFrame
    periods: tuple[str, ...]
    broken: pl.DataFrame
    guesses: dict[str, str | int]

    @property
    def rows_in(self) -> int:
        return self.accepted.height + self.quarantined.height


def judge(name: str, extract: Extract, contract: type[Contract]) -> Judgement:
    """Judges the text of a file called `name` by its contract. Raises DeliveryRefused when it cannot pass."""
    terms = contract.terms()
    texts = _contract_columns(name, extract.rows, contract)
    texts, guesses = _without_totals(name, texts, contract)
    typed, unreadable = convert(texts, contract)
    broken = pl.concat([unreadable, _broken_rules(typed, unreadable, contract)]).unique(["source_row", "column"], keep="first", maintain_order=True)
    first = broken.unique("source_row", keep="first", maintain_order=True)
    accepted = typed.join(first, on="source_row", how="anti")
    quarantined = texts.join(first, on="source_row", how="inner")
    counted = broken.group_by("column", "rule").agg(pl.len().alias("rows")).sort("rows", "column", descending=[True, False])
    if quarantined.height > terms.tolerance * texts.height:
        worst = counted.row(0, named=True)
        raise DeliveryRefused(
            "te_veel_fouten",
            f"{name}: {quarantined.height} van de {texts.height} rijen voldoen niet aan het contract (toegestaan: {terms.tolerance:.0%}). "
            f"De meeste: kolom '{worst['column']}' {worst['rule']} ({worst['rows']} rijen). Herstel deze rijen en lever opnieuw aan.",
        )
    periods = tuple(periods_of(accepted, contract))
    _refuse_other_period(name, periods, contract)
    return Judgement(accepted, quarantined, periods, counted, {**extract.guesses, **guesses})


def _contract_columns(name: str, rows: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    """Renames the file's headings to the contract's columns; refuses a missing or an unknown column."""
    known = headings_of(contract)
    found = {heading: known.get(normalise(heading)) for heading in rows.columns if heading != "source_row"}
    missing = [column for column in contract.kinds() if column not in found.values()]
    if missing:
        raise DeliveryRefused(
            "kolom_ontbreekt", f"{name}: {len(missing)} kolom(men) van het contract ontbreken: {', '.join(missing)}. Voeg ze toe en lever opnieuw aan."
        )
    extra = [heading for heading, column in found.items() if column is None]
    if extra:
        raise DeliveryRefused(
            "kolom_onbekend",
            f"{name}: {len(extra)} kolom(men) staan niet in het contract: {', '.join(repr(heading) for heading in extra)}. "
            "Lever alleen wat is afgesproken: verwijder ze.",
        )
    columns = [column for column in found.values() if column]
    if len(set(columns)) < len(columns):
        twice = sorted({column for column in columns if columns.count(column) > 1})
        raise DeliveryRefused("kolom_onbekend", f"{name}: meer dan één kolomkop betekent {', '.join(twice)}. Lever elke kolom één keer aan.")
    return rows.rename({heading: column for heading, column in found.items() if column}).with_columns(pl.all().exclude("source_row").cast(pl.String))


def _without_totals(name: str, texts: pl.DataFrame, contract: type[Contract]) -> tuple[pl.DataFrame, dict[str, str | int]]:
    """Leaves out totals rows, after using them: a total that differs from the sum of its rows means a file cut short."""
    kinds = contract.kinds()
    areas = [column for column, field in kinds.items() if field["kind"] == "area"]
    counts = [column for column, field in kinds.items() if field["kind"] == "count"]
    if not areas or not counts:
        return texts, {}
    is_total = pl.col(areas[0]).str.strip_chars().str.to_lowercase().is_in(list(TOTALS))
    totals, rows = texts.filter(is_total), texts.filter(~is_total.fill_null(False))
    if totals.height == 1:
        said, summed = (convert(part, contract)[0][counts[0]].sum() for part in (totals, rows))
        if said != summed:
            raise DeliveryRefused(
                "totaal",
                f"{name}: de totaalregel klopt niet met de som van kolom '{counts[0]}' over {rows.height} rijen. "
                "Waarschijnlijk ontbreken rijen: lever opnieuw aan.",
            )
    return rows, {"totaalregels": totals.height} if totals.height else {}


def _broken_rules(typed: pl.DataFrame, unreadable: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    """What Pandera says of the typed rows: source_row, column, rule. Identical rows after the first are doubles."""
    from pandera.errors import SchemaErrors

    columns = list(contract.kinds())
    doubled = typed.filter(~pl.struct(columns).is_first_distinct())
    doubles = doubled.select("source_row", pl.lit(columns[0]).alias("column"), pl.lit("dubbele rij").alias("rule"))
    rest = typed.join(doubled, on="source_row", how="anti")
    keyed = rest.join(unreadable, on="source_row", how="anti") if unreadable.height else rest
    cases: list[pl.DataFrame] = [doubles]
    for frame, whole in ((keyed, True), (rest.join(keyed, on="source_row", how="anti"), False)):
        if frame.is_empty():
            continue
        schema = copy.copy(contract.to_schema())  # a copy: Pandera keeps one schema per class
        if not whole:
            schema.unique = None  # an unreadable key cell is null: it would pair with every other one
        try:
            schema.validate(frame.drop("source_row"), lazy=True)
        except SchemaErrors as errors:
            failed = errors.failure_cases.filter(pl.col("index").is_not_null())
            if failed.height < errors.failure_cases.height:
                raise RuntimeError(f"contract {contract.terms().delivery} cannot judge its own typed columns: {errors.schema_errors[:1]}") from None
            cases.append(
                failed.select(
                    frame["source_row"].gather(failed["index"]).alias("source_row"),
                    pl.when(pl.col("schema_context") == "Column").then("column").otherwise(pl.lit(" + ".join(contract.key()))).alias("column"),
                    pl.col("check").str.replace(r"\(.*", "").replace_strict(RULES, default=pl.col("check").cast(pl.String)).alias("rule"),
                )
            )
    return pl.concat(cases)


def periods_of(frame: pl.DataFrame, contract: type[Contract]) -> list[str]:
    """The distinct periods of typed rows in the notation of the house; dates are put in the contract's rhythm."""
    column = frame[contract.terms().period_column].drop_nulls()
    if column.dtype == pl.Date:
        year = column.dt.year().cast(pl.String)
        if contract.terms().rhythm is Rhythm.QUARTER:
            column = year + "Q" + column.dt.quarter().cast(pl.String)
        else:
            column = year if contract.terms().rhythm is Rhythm.YEAR else column.dt.strftime("%Y-%m")
    return sorted(column.unique().to_list())


def _refuse_other_period(name: str, periods: tuple[str, ...], contract: type[Contract]) -> None:
    """Last quarter's file under this quarter's name: the period in the name must be the period of the rows."""
    stem = name.rsplit("/", 1)[-1].removeprefix(contract.terms().delivery)
    found = re.search(r"(?<!\d)(20\d{2})(?:[-_ ]?([QqKk][1-4])|[-_](0[1-9]|1[0-2]))?(?!\d)", stem)
    if not found or not periods or not contract.terms().confidential:
        return
    said = found[1] + (f"Q{found[2][1]}" if found[2] else f"-{found[3]}" if found[3] else "")
    outside = [period for period in periods if not period.startswith(said)]
    if outside:
        raise DeliveryRefused(
            "periode",
            f"{name}: de bestandsnaam zegt {said}, maar de rijen gaan (ook) over {', '.join(outside[:3])}. "
            "Is het bestand van een vorige periode? Lever het juiste bestand aan, of verbeter de naam.",
        )
