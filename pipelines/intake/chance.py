"""Tells a number that points at a person from one that only happens to look like it: codes of one length, counts and sums."""

from __future__ import annotations

import functools
import math

import polars as pl

from pipelines.intake import identifiers
from pipelines.intake.personal_headings import BIRTH, BSN, PHONE

CODE = r"^[0-9A-Za-z-]{6,40}$"
FEWEST_CODES = 30
NUMBER = r"^[€<>≤≥\s-]*(?:0|[1-9]\d{0,2}(?:[. ]\d{3})+|[1-9]\d*)(?:,\d+|\.\d+)?\s*[%€]?$"
LONG = r"^\d{8,11}$"


def exceeds(hits: int, of: int, chance: float) -> bool:
    """More hits than chance gives: four standard deviations above the mean, and more than three."""
    return hits > max(3, of * chance + 4 * math.sqrt(of * chance * (1 - chance)))


def not_by_chance(hits: pl.DataFrame, texts: pl.Series, chance: float) -> pl.DataFrame:
    """Those of `hits` (column text) that the `texts` of their column do not explain.

    Where at least thirty codes of one shape, and half of the column, are serial numbers, or most codes hold letters and digits
    (1b1e3056), a share `chance` of them looks like an identifier (one in eleven of nine digits passes the eleven test): as long as
    the hits of that shape are no more, they are let go. Fewer codes are no excuse: a pseudonym has no business with nine digits.
    """
    if hits.is_empty():
        return hits
    text = pl.col("text")
    shape = pl.when(text.str.contains(CODE)).then(text.str.replace_all("[0-9A-Za-z]", "x")).alias("shape")
    mixed = text.str.contains("[A-Za-z]") & text.str.contains(r"\d")
    codes = texts.to_frame("text").group_by(shape).agg(pl.len().alias("of"), mixed.sum().alias("mixed"))
    told = hits.group_by(shape).len("hits").join(codes, on="shape")  # a null shape, of what is no code, joins nothing
    innocent = [
        found
        for found, number, of, mixed in told.iter_rows()
        if (of >= max(FEWEST_CODES, len(texts) / 2) or mixed >= max(3, len(texts) / 2)) and not exceeds(number, of, chance)
    ]
    return hits.filter(~shape.is_in(innocent).fill_null(False))


def screen_numbers(cells: pl.Series, *, is_money: bool, old_before: int) -> tuple[dict[str, int], pl.Series]:
    """Rows per kind among the numbers of a column of numbers, and the cells that are no numbers.

    A sum of nine digits passes the eleven test once in eleven times. So a number counts only when it does not belong in its
    column: hundred millions of persons, far above all others, without the decimals of all others, or too many that pass.
    """
    long = cells.filter((cells.str.len_bytes() >= 6) | cells.str.contains(r"\p{L}"))
    if long.is_empty():
        return {}, long
    is_number = long.str.contains(NUMBER)
    others = long.filter(~is_number)
    big = _digits(long.filter(is_number))
    big = big.filter(big.str.contains(LONG))
    if big.is_empty():
        return {}, others
    suspects = big.alias("digits").value_counts(name="rows").with_columns(pl.col("digits").cast(pl.Float64).alias("size"), **_looks(old_before))
    distinct, suspects = suspects.height, suspects.filter(pl.any_horizontal(BSN, PHONE, BIRTH))
    if suspects.is_empty():
        return {}, others
    rest = cells.unique()
    rest = _digits(rest.filter(rest.str.contains(NUMBER)))
    rest = rest.filter(~rest.str.contains(LONG))
    top = rest.str.replace(",", ".").cast(pl.Float64, strict=False).max()
    others_have_decimals = len(rest) > 0 and int(rest.str.contains(",").sum()) > 0.9 * len(rest)
    strange = pl.lit(others_have_decimals) | (pl.col("size") > (100 if is_money else 20) * (top or math.inf))  # type: ignore[operator]
    if not is_money:
        strange |= pl.col("size") >= 1e8
    found = {}
    for kind, chance in ((BSN, 1 / 11), (PHONE, 0.1), (BIRTH, 0.01)):
        too_many = exceeds(int(suspects[kind].sum()), distinct, chance)
        found[kind] = int(suspects.filter(pl.col(kind) & (strange | pl.lit(too_many)))["rows"].sum())
        suspects = suspects.filter(~pl.col(kind))  # a BSN that begins with a 6 is no telephone number as well
    return found, others


def _digits(numbers: pl.Series) -> pl.Series:
    """Digits alone, with a comma before decimals: € 1.234,50 as 1234,50 and 1234.5 as 1234,5."""
    return numbers.str.replace(r"\.(\d{1,2}|\d{4,})$", ",$1").str.replace_all(r"[^\d,]", "")


@functools.cache
def _looks(old_before: int) -> dict[str, pl.Expr]:
    digits = pl.col("digits")
    return {
        BSN: identifiers.eleven_test(digits.str.zfill(9)),
        PHONE: digits.str.contains(r"^(?:31)?6[1-8]\d{7}$"),
        BIRTH: identifiers.holds_old_date(digits, old_before),
    }
