"""The door: looks for personal data before anything of a file is stored. Names column, kind and number of rows, never a value.

Every column is looked at, also one that no contract knows. A file is taken in parts of 250,000 rows, and of each part the
distinct texts. What one cell holds is proof, except where a column of codes or numbers would hold as much by chance.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from data_contracts.base import Contract, Grain
from pipelines.intake import identifiers
from pipelines.intake.chance import not_by_chance, screen_numbers
from pipelines.intake.convert import SEVERAL
from pipelines.intake.limits import MOST_BYTES_CELL
from pipelines.intake.person_names import has_form_of_name, holds_name, may_be_name
from pipelines.intake.personal_headings import ADDRESS, BIRTH, BSN, EMAIL, IBAN, NAME, PHONE, POSTCODE, kind_of_heading
from pipelines.intake.reading import Extract, headings_of, normalise
from pipelines.intake.refusal import DeliveryRefused

PROSE = "vrije tekst"
NEVER_ALLOWED = (BSN, BIRTH, IBAN)  # no reason of a contract lets these in
PART = 250_000  # rows: of 15 columns, with all that is made of them, some 400 MB
LONG_AGO = 8  # years: no delivery goes back further than that from its own period, and nobody in it is younger
SHORT_TEXT = 60  # characters: a text column that may hold no more than this is no place for sentences
SENTENCE = r"(?:\S+\s+){5,}\S+"
SEVERAL_WORDS = r"\p{L}[.,]? ?['’]?\p{L}+[.,]? |\p{L}[.,] ?\p{L}|\p{L}[.,]? \p{L}"
NAMES_ENOUGH = 0.2  # share of the distinct texts of a column: our lists hold some 45% of all surnames that occur
SAMPLE = 2_000  # distinct texts of a column in which names are counted
CHANCES = {BSN: 1 / 11, IBAN: 1 / 97, BIRTH: 0.01, PHONE: 0.1, EMAIL: 0, POSTCODE: 0.05, ADDRESS: 0}  # that a code looks like it
VERBS = r"(?i)\b(?:is|was|heeft|had|hebben|werd|wordt|worden|zijn|niet|dat|die|hij|zij|ze|haar|hem|ik|wij|zijn|geeft|zegt|kwam|komt|moet|mag|wil|kan|blijkt)\b"
WORDS = {
    "sure": holds_name(pl.col("text")),
    "form": has_form_of_name(pl.col("text")),
    "perhaps": may_be_name(pl.col("text")),
    "prose": pl.col("text").str.contains(SENTENCE) & pl.col("text").str.contains(VERBS),
}


@dataclass(frozen=True)
class Finding:
    """What a column seems to hold and in how many rows: none when only its heading says so."""

    column: str
    kind: str
    rows: int


@dataclass(frozen=True)
class Column:
    """What the contract says of a column, as far as the door cares. `kind` is empty when the contract does not know it.

    `has_list`: what may stand in it is fixed (areas aside), so that a cell with the form of a name is one. `has_prose`: sentences
    may stand in it. `known` are its categories and their aliases, `words` the words of these and of its description.
    """

    kind: str = ""
    is_money: bool = False
    is_allowed: bool = False
    has_list: bool = False
    has_prose: bool = False
    known: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    old_before: int = 0


def refuse_personal_data(name: str, extract: Extract, contract: type[Contract]) -> None:
    """Raises DeliveryRefused when the headings or the cells of a file called `name` hold what looks like personal data."""
    found = screen(name, extract, contract)
    if found:
        said = "; ".join(f"kolom {finding.column} lijkt {finding.kind} te bevatten ({_rows(finding.rows)})" for finding in found)
        raise DeliveryRefused(
            "persoonsgegevens",
            f"{name}: {said}. Het bestand is niet opgeslagen. Verwijder deze gegevens, of lever pseudoniemen of aantallen, en lever opnieuw aan.",
        )


def _rows(number: int) -> str:
    return "volgens de kolomkop" if number == 0 else f"{number} rij" if number == 1 else f"{number} rijen"


def screen(name: str, extract: Extract, contract: type[Contract]) -> list[Finding]:
    """Every column and kind of personal data that it seems to hold, in the order of the file."""
    told = re.search(r"(?<!\d)20\d{2}(?!\d)", name.rsplit("/", 1)[-1])
    known = headings_of(contract)
    year = int(told[0]) if told else dt.date.today().year
    columns = {heading: _column(known.get(normalise(heading)), contract, year) for heading in extract.headings}
    rows = Counter({(heading, kind): 0 for heading, column in columns.items() if not column.kind and (kind := kind_of_heading(heading))})
    unknown = [heading for heading, column in columns.items() if not column.kind]
    in_headings = _screen_headings(unknown) if unknown else Counter()
    rows.update(dict.fromkeys(in_headings, 0))
    seen = 0
    for part in extract.rows.select(extract.headings).collect_batches(chunk_size=PART):
        seen += part.height
        _refuse_long_cells(name, part)
        rows.update(_screen_part(part, columns))
    if seen != extract.height:  # Polars ends the parts in silence where its reader panics on a broken page
        raise DeliveryRefused("onleesbaar", f"{name}: het bestand is beschadigd. Maak het opnieuw en lever het opnieuw aan.")
    unfit = {heading for heading, _ in in_headings} | {heading for heading in columns if len(heading) > 80 or not heading.isprintable()}
    labels = {heading: f"nummer {place}" if heading in unfit else f"'{heading}'" for place, heading in enumerate(extract.headings, start=1)}
    return [Finding(labels[heading], kind, rows[heading, kind]) for heading in extract.headings for of, kind in rows if of == heading]


def _screen_headings(headings: list[str]) -> Counter[tuple[str, str]]:
    """Headings that hold personal data themselves, as in a file without a header row; they are told by their place."""
    texts = pl.DataFrame({"text": headings, "rows": 1, "heading": headings}, schema_overrides={"text": pl.String, "heading": pl.String})
    known = dict.fromkeys(headings, Column(old_before=dt.date.today().year - LONG_AGO, has_prose=True))
    return +(_identifiers(texts, known) + _words(texts, known))


def _refuse_long_cells(name: str, part: pl.DataFrame) -> None:
    """Looks at lengths alone: a Parquet file of 18 kB can repeat a text of a megabyte a million times, and every comparison reads it."""
    lengths = part.select(pl.col(pl.String).str.len_bytes().max())
    too_long = [longest for longest in (lengths.row(0) if lengths.width else ()) if longest and longest > MOST_BYTES_CELL]
    if too_long:
        raise DeliveryRefused(
            "onleesbaar",
            f"{name}: {len(too_long)} kolom(men) hebben een cel van meer dan {MOST_BYTES_CELL // 1000} kB tekst. "
            "Een cel hoort één gegeven te bevatten: herstel de export.",
        )


def _column(name: str | None, contract: type[Contract], year: int) -> Column:
    terms, old_before = contract.terms(), year - LONG_AGO
    if name is None:
        return Column(old_before=old_before)
    field = contract.kinds()[name]
    kind = str(field["kind"])
    values, aliases = field.get("values", ()), field.get("aliases", {})
    listed = [*values, *aliases]  # type: ignore[misc]
    words = {word for text in (*listed, str(field["description"]), name) for word in normalise(text).split("_") if len(word) > 3}
    has_prose = kind == "text" and _longest(contract, name) > SHORT_TEXT
    return Column(
        kind=kind,
        is_money=field.get("unit") == "euro",
        is_allowed=name in terms.allowed,
        has_list=not has_prose and kind != "area",
        has_prose=has_prose,
        known=frozenset(map(normalise, listed)),
        words=frozenset(words),
        old_before=2000 if kind == "date" and terms.grain is Grain.REFERENCE else old_before,  # a route may hold since 2009
    )


def _longest(contract: type[Contract], column: str) -> float:
    """The most characters that a text column may hold; a column with a pattern holds codes."""
    checks = contract.to_schema().columns[column].checks
    return min((SHORT_TEXT if check.name == "str_matches" else check.statistics.get("max_value") or math.inf for check in checks), default=math.inf)


def _screen_part(part: pl.DataFrame, columns: Mapping[str, Column]) -> Counter[tuple[str, str]]:
    """Rows per heading and kind in some rows of a file: every distinct text of all columns is looked at once."""
    rows: Counter[tuple[str, str]] = Counter()
    texts = [pl.DataFrame(schema={"text": pl.String, "rows": pl.UInt32, "heading": pl.String})]
    for heading, column in columns.items():
        cells = part[heading]
        if cells.dtype.is_temporal():
            rows[heading, BIRTH] = int(cells.dt.year().is_between(1900, column.old_before - 1).sum()) if cells.dtype in (pl.Date, pl.Datetime) else 0
            continue
        if cells.dtype == pl.Boolean or (cells.dtype.is_numeric() and (cells.abs().max() or 0) < 1e7):  # type: ignore[operator]
            continue
        if (column.kind in {"count", "number"} and cells.dtype == pl.String) or cells.dtype.is_numeric():
            found, cells = screen_numbers(_as_text(cells), is_money=column.is_money, old_before=column.old_before)
            rows.update({(heading, kind): number for kind, number in found.items()})
        if column.kind == "several" and cells.dtype == pl.String:  # each part is a word of the list, the cell as a whole is none
            cells = cells.str.replace_all(SEVERAL, "\n").str.split("\n").explode().str.strip_chars()
        counted = cells.alias("text").drop_nulls().value_counts(name="rows")
        if cells.dtype != pl.String:
            counted = counted.with_columns(pl.col("text").cast(pl.String))
        texts.append(counted.insert_column(2, pl.Series("heading", [heading]).new_from_index(0, counted.height)))
    distinct = pl.concat(texts)
    distinct = distinct.with_columns(identifiers.plain(distinct["text"]))
    return +(rows + _identifiers(distinct, columns) + _words(distinct, columns))


def _as_text(cells: pl.Series) -> pl.Series:
    """Typed cells of Parquet as a Dutch file would have them: 7 for 7.0, and 0,5."""
    if not cells.dtype.is_float():
        return cells.cast(pl.String)
    whole = cells.is_finite() & (cells == cells.round()) & (cells.abs() < 2**53)
    return cells.cast(pl.String).str.replace(".", ",", literal=True).zip_with(~whole, cells.cast(pl.Int64, strict=False).cast(pl.String))


def _identifiers(distinct: pl.DataFrame, columns: Mapping[str, Column]) -> Counter[tuple[str, str]]:
    """Rows per heading and kind that hold a number or address of a person. `distinct` has text, rows and heading."""
    text = pl.col("text")
    candidates = distinct.filter(text.str.contains(identifiers.CANDIDATE) & ~text.str.contains(identifiers.SERIAL))
    if candidates.is_empty():
        return Counter()
    old_before = max(column.old_before for column in columns.values())
    hits = candidates.with_columns(**_finders(old_before)).filter(pl.any_horizontal(list(CHANCES)))
    rows: Counter[tuple[str, str]] = Counter()
    for (heading,), of_column in hits.group_by("heading"):
        column, everything = columns[heading], distinct["text"].filter(distinct["heading"] == heading)
        for kind, chance in CHANCES.items():
            if kind in NEVER_ALLOWED or not column.is_allowed:
                found = of_column.filter(kind)
                if kind == BIRTH and column.kind == "date":
                    found = found.filter(identifiers.holds_old_date(pl.col("text"), column.old_before))
                if column.kind in {"", "text"}:  # no other kind of column holds codes
                    found = not_by_chance(found, everything, chance)
                rows[heading, kind] = int(found["rows"].sum())
    return rows


@functools.cache
def _finders(old_before: int) -> dict[str, pl.Expr]:
    text = pl.col("text")
    return {
        BSN: identifiers.holds_bsn(text),
        IBAN: identifiers.holds_iban(text),
        BIRTH: identifiers.holds_old_date(text, old_before),
        PHONE: identifiers.holds_phone(text),
        EMAIL: identifiers.holds_email(text),
        POSTCODE: identifiers.holds_postcode(text),
        ADDRESS: identifiers.holds_address(text),
    }


def _words(distinct: pl.DataFrame, columns: Mapping[str, Column]) -> Counter[tuple[str, str]]:
    """Rows per heading that hold the name of a person or a sentence where none belongs. `distinct` as in `_identifiers`."""
    first = pl.int_range(pl.len()).over("heading") < SAMPLE if distinct.height > SAMPLE else pl.lit(True)
    looks = distinct.filter(first | pl.col("text").str.contains(SEVERAL_WORDS)).with_columns(**WORDS).filter(pl.any_horizontal(list(WORDS)))
    rows: Counter[tuple[str, str]] = Counter()
    for (heading,), hits in looks.group_by("heading"):
        column = columns[heading]
        if column.is_allowed:
            continue
        said = [normalise(cell) for cell in hits["text"]]
        is_strange = pl.Series([not column.words & set(cell.split("_")) for cell in said]) & column.has_list
        hits = hits.with_columns(pl.col("sure") | (pl.col("form") & is_strange)).filter(pl.Series([cell not in column.known for cell in said]))
        perhaps = hits.filter(pl.col("sure") | pl.col("perhaps"))
        filled = min(int((distinct["heading"] == heading).sum()), SAMPLE)
        names = perhaps if perhaps.height >= max(3, NAMES_ENOUGH * filled) else perhaps.filter(pl.col("sure") & (column.kind != "area"))  # Horst aan de Maas
        rows[heading, NAME] = int(names["rows"].sum())
        rows[heading, PROSE] = 0 if column.has_prose else int(hits.filter("prose")["rows"].sum())
    return rows
