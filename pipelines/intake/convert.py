"""Turns partners' Dutch text into typed columns, never strictly: what cannot be read becomes a named failure.

Distinct texts are read once, by plain functions (`periods.py`, and the choosers below): 2M rows of 28 basisteams cost 28
calls. Numbers, of which a column may hold millions of different ones, are read by expressions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import polars as pl

from data_contracts.base import AT_LEAST, AT_MOST, Contract
from pipelines.intake import periods
from pipelines.intake.reading import SOURCE_ROW, normalise
from pipelines.intake.reading.extract import MISSING

YES, NO = {"ja", "j", "yes", "y", "1", "waar", "true", "x"}, {"nee", "n", "no", "0", "onwaar", "false", "neen"}
WHAT = {
    "year": "is geen jaar",
    "quarter": "is geen kwartaal",
    "month": "is geen maand",
    "school_year": "is geen schooljaar",
    "date": "is geen bestaande datum",
    "count": "is geen geheel getal",
    "number": "is geen getal",
    "flag": "is geen ja of nee",
    "category": "staat niet in de lijst van het contract",
    "several": "bevat iets dat niet in de lijst van het contract staat",
}
IS_BOUND = "is een grens of reeks (zoals <5 of 0-4), terwijl hier een precies aantal is afgesproken"
IN_PERIODS = {"year": periods.read_year, "quarter": periods.read_quarter, "month": periods.read_month, "school_year": periods.read_school_year}
SIGN_FREE = {"number", "count", "date"}  # kinds in which `.`, `x` or `n.b.` means that a value is missing

BELOW = re.compile(r"(?:<|kleiner dan|minder dan|lager dan) ?(\d+)")
AT_MOST_SAID = re.compile(r"(?:≤|<=|=<|max\.?|maximaal|hoogstens|ten hoogste) ?(\d+)")
SEVERAL = r"[;,|+]| en "  # what partners put between the values of one cell
FROM_TO = re.compile(r"(\d+) ?(?:-|–|—|t/m|tot en met|tm) ?(\d+)")
GROUPED = r"^-?\d{1,3}(?:[. ]\d{3})+(?:,\d+)?$"  # thousand points or spaces, then perhaps a decimal comma
PLAIN_NUMBER = r"^-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$"

Columns = dict[str, pl.Series]  # by suffix: "" for the column itself, and its bounds


def convert(texts: pl.DataFrame, contract: type[Contract], *, commas: Collection[str] | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Types the columns of a contract.

    `texts` has the contract's columns (or some, and then only those are typed), as strings or already typed, and
    `source_row`. Gives the typed frame (same rows, columns of the contract's schema, then `source_row`) and the failures:
    source_row, column, rule (Dutch), one row per cell that held something unreadable. Such a cell is null in the typed frame.
    Empty cells and signs for "missing" are null and no failure here: whether a column may be empty is the contract's own
    rule. `commas` are the columns that write decimals with a comma, from `decimal_commas` of the whole file; needed only when
    `texts` is a part of it.
    """
    commas = decimal_commas(texts, contract) if commas is None else commas
    typed: Columns = {}
    failures = [pl.DataFrame(schema={SOURCE_ROW: pl.Int64, "column": pl.String, "rule": pl.String})]
    for column, field in _present(texts.columns, contract):
        values, rules = _read(texts[column], field, comma=column in commas)
        typed |= {f"{column}{suffix}": series for suffix, series in values.items()}
        if rules is not None:
            lost = pl.DataFrame({SOURCE_ROW: texts[SOURCE_ROW], "rule": rules}).drop_nulls("rule")
            failures.append(lost.select(SOURCE_ROW, pl.lit(column).alias("column"), "rule"))
    return pl.DataFrame({name: typed[name] for name in contract.to_schema().columns if name in typed} | {SOURCE_ROW: texts[SOURCE_ROW]}), pl.concat(failures)


def decimal_commas(texts: pl.DataFrame | pl.LazyFrame, contract: type[Contract]) -> frozenset[str]:
    """Number columns in which a dot before three digits is a thousand point: some cell has a comma, or two such dots."""
    types = texts.collect_schema()
    numbers = [column for column, field in _present(types.names(), contract) if field["kind"] == "number" and types[column] == pl.String]
    found: set[str] = set()
    for part in (texts.lazy().head(1000), texts.lazy()):  # the head mostly says it: 0.3 s of 2M rows saved
        dutch = [pl.col(column).str.contains(r",|\.\d{3}\.\d{3}").any() for column in numbers if column not in found]
        found |= {column for column, is_dutch in part.select(dutch).collect().to_dicts()[0].items() if is_dutch} if dutch else set()
    return frozenset(found)


def _present(columns: Collection[str], contract: type[Contract]) -> list[tuple[str, dict[str, object]]]:
    return [(column, field) for column, field in contract.kinds().items() if column in columns]


def _read(source: pl.Series, field: dict[str, object], *, comma: bool = False) -> tuple[Columns, pl.Series | None]:
    """The typed column by suffix, and the broken rule of each cell (None: no cell is broken)."""
    kind = str(field["kind"])
    if source.dtype.is_float():
        source = source.fill_nan(None)  # pandas writes an empty cell so
    if kind in {"count", "number"}:
        whole = kind == "count"
        values, rules = _typed_numbers(source, whole=whole) if source.dtype.is_numeric() else _numbers(_text(source), whole=whole, comma=comma)
        return _bounded(source, values, rules, bounded=bool(field.get("bounded"))) if whole else ({"": values}, rules)
    if (kind == "date" and source.dtype in (pl.Date, pl.Datetime)) or (kind == "flag" and source.dtype == pl.Boolean):
        return {"": source.cast(pl.Date) if kind == "date" else source}, None
    texts = _text(source)
    if kind == "text":
        plain = texts.str.replace_all(r"\s+", " ") if bool(texts.str.contains(r"[^\S ]|  ").any()) else texts
        plain = plain.str.strip_chars()
        return {"": plain.set(plain == "", None)}, None
    if kind == "date":
        return _mapped(texts.str.replace(periods.TIME, ""), periods.read_date, kind, pl.Date)
    return _mapped(texts, _reader(kind, field), kind, pl.Boolean if kind == "flag" else pl.String)


def _reader(kind: str, field: dict[str, object]) -> Callable[[str], object]:
    """The function that reads one text of a kind; areas stay as they are written."""
    if kind == "flag":
        return lambda text: True if text.lower() in YES else False if text.lower() in NO else None
    if kind in {"category", "several"}:
        choose = _chooser(field)
        return choose if kind == "category" else lambda text: _several(text, choose)
    return IN_PERIODS.get(kind, lambda text: text)


def _text(source: pl.Series) -> pl.Series:
    """Typed columns of Parquet as the text that a CSV would have: `2026`, not `2026.0`."""
    if source.dtype.is_float():
        whole = (source == source.round(0)) & (source.abs() < 2**53)
        return (
            source.to_frame("x")
            .select(pl.when(whole).then(pl.col("x").cast(pl.Int64, strict=False).cast(pl.String)).otherwise(pl.col("x").cast(pl.String)))
            .to_series()
        )
    return source if source.dtype == pl.String else source.cast(pl.String)


def _mapped(source: pl.Series, read: Callable[[str], object], kind: str, dtype: type[pl.DataType]) -> tuple[Columns, pl.Series | None]:
    """Reads each distinct text once, without stray white space."""
    distinct = source.drop_nulls().unique()
    clean = [" ".join(text.split()) for text in distinct]
    values = [read(text) if text else None for text in clean]
    if dtype == pl.String and values == distinct.to_list():
        return {"": source}, None  # as the house writes it: 3 of 5 s of converting ten million rows of fifteen columns
    column = source.replace_strict(distinct, pl.Series(values, dtype=dtype), default=None, return_dtype=dtype)
    lost = [
        text for text, plain, value in zip(distinct, clean, values, strict=True) if plain and value is None and not (kind in SIGN_FREE and is_missing(plain))
    ]
    return {"": column}, _broken(source, dict.fromkeys(lost, WHAT.get(kind, "")))


def _broken(source: pl.Series, rules: dict[str, str]) -> pl.Series | None:
    return source.replace_strict(list(rules), list(rules.values()), default=None, return_dtype=pl.String) if rules else None


def is_missing(text: str) -> bool:
    """Whether a text says that there is no value: `.`, `x`, `-`, `n.b.`, `onbekend`, `geheim`."""
    return text.lower() in MISSING


def _typed_numbers(source: pl.Series, *, whole: bool) -> tuple[pl.Series, pl.Series | None]:
    number = source.cast(pl.Float64, strict=False) if not source.dtype.is_integer() else source.cast(pl.Int64, strict=False)
    return _checked(source, number, whole=whole)


def _checked(source: pl.Series, number: pl.Series, *, whole: bool) -> tuple[pl.Series, pl.Series | None]:
    """Leaves out what is not finite, or not whole; names the cells that then lack a number though they hold something."""
    if number.dtype.is_float():
        right = number.is_finite() & ((number == number.round(0)) & (number.abs() < 2**53) if whole else True)
        number = number.set(~right, None)
    lost = source.is_not_null() & number.is_null()
    rules = lost.to_frame("lost").select(pl.when("lost").then(pl.lit(WHAT["count" if whole else "number"]))).to_series() if lost.any() else None
    return number.cast(pl.Int64 if whole else pl.Float64), rules


def _numbers(source: pl.Series, *, whole: bool, comma: bool) -> tuple[pl.Series, pl.Series | None]:
    """Dutch and plain numbers. Dots between groups of three digits are thousand points in a whole number, and in a column
    that writes decimals with a comma; any other dot is a decimal point. The plain ones are cast, the rest is looked at."""
    if whole:
        number = source.cast(pl.Int64, strict=False)
    else:
        number = source.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        odd = source.str.contains(r"\.|[nN]") if comma else source.str.contains("[nN]")  # 1.234 is no 1,234; nan and inf are no numbers
        number = number.set(odd, None)
    rest = (number.is_null() & source.is_not_null()).arg_true()
    if not len(rest):
        return number, None
    texts = source.gather(rest).str.to_lowercase().str.replace_all(r"[€%]|\beuro?\b", "").str.replace_all("[−–]", "-").str.replace(r",--?\s*$", "")
    texts = texts.str.replace_all(r"\s+", " ").str.strip_chars().str.replace(r"^\+ ?", "").str.replace(r"^- ", "-").str.replace(r"^([\d., ]+?) ?-$", "-$1")
    grouped = texts.str.contains(GROUPED if whole or comma else r"^-?\d{1,3}(?: \d{3})+(?:[.,]\d+)?$|^-?\d{1,3}(?:\.\d{3}){2,}$")
    frame = pl.DataFrame({"text": texts, "grouped": grouped})
    frame = frame.with_columns(pl.when("grouped").then(pl.col("text").str.replace_all("[. ]", "")).otherwise("text").alias("text"))
    plain = frame["text"].set(~frame["text"].str.contains(PLAIN_NUMBER), None).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    original = source.gather(rest).str.strip_chars().str.to_lowercase()
    missing = original.is_in(MISSING) | (original == "")
    careful, rules = _checked(original.set(missing, None), plain, whole=whole)
    number = number.scatter(rest, careful)
    return number, None if rules is None else pl.repeat(None, len(source), dtype=pl.String, eager=True).scatter(rest, rules)


def _bounded(source: pl.Series, values: pl.Series, rules: pl.Series | None, *, bounded: bool) -> tuple[Columns, pl.Series | None]:
    """Counts with what is known of those that a partner bounds (`<5`): at least 0 and at most 4, and itself empty."""
    found: dict[str, tuple[int, int]] = {}
    if rules is not None and source.dtype == pl.String:
        odd = source.filter(rules.is_not_null()).unique()
        found = {text: bounds for text in odd if (bounds := read_bounds(text))}
        if found:
            kept = source.is_in(list(found))
            rules = rules.set(kept, None if bounded else IS_BOUND)
            rules = rules if rules.null_count() < len(rules) else None
    if not bounded:
        return {"": values}, rules
    columns = {"": values}
    for place, suffix in enumerate((AT_LEAST, AT_MOST)):
        known = source.replace_strict(list(found), [pair[place] for pair in found.values()], default=None, return_dtype=pl.Int64) if found else values
        columns[suffix] = values.zip_with(values.is_not_null(), known)
    return columns, rules


def read_bounds(text: str) -> tuple[int, int] | None:
    """The least and most that a bounded count can be: `<5` → (0, 4), `1 t/m 4` → (1, 4); None for anything else."""
    plain = re.sub(r"(?<=\d)[. ](?=\d{3}\b)", "", " ".join(text.lower().split()))
    if below := BELOW.fullmatch(plain):
        return (0, int(below[1]) - 1) if int(below[1]) else None
    if most := AT_MOST_SAID.fullmatch(plain):
        return (0, int(most[1]))
    if both := FROM_TO.fullmatch(plain):
        return (int(both[1]), int(both[2])) if int(both[1]) <= int(both[2]) else None
    return None


def _chooser(field: dict[str, object]) -> Callable[[str], str | None]:
    values, aliases = field["values"], field["aliases"]
    assert isinstance(values, tuple)
    assert isinstance(aliases, dict)
    known = {_plain(value): value for value in values} | {_plain(alias): value for alias, value in aliases.items()}
    return lambda text: known.get(_plain(text))


def _plain(text: str) -> str:
    return normalise(text.replace("+", " plus "))


def _several(text: str, choose: Callable[[str], str | None]) -> str | None:
    chosen = [choose(part) for part in re.split(SEVERAL, text) if part.strip()]
    return "|".join(sorted({part for part in chosen if part})) if chosen and all(chosen) else None
