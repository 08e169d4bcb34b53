"""CSV → a grid of text with the line of every row. One pass over the bytes says where rows and cells end, and Polars reads them.

Polars fills a row with too few cells and cuts one with too many without a word, so the pass counts the cells of every row.
"""

from __future__ import annotations

import csv
import io
from array import array
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data_contracts.base import Contract
from pipelines.intake import limits
from pipelines.intake.reading.decoding import Content, decode, too_long
from pipelines.intake.reading.extract import FIELDS, SOURCE_ROW, Extract, headings_of, matches
from pipelines.intake.reading.tables import table_of
from pipelines.intake.refusal import DeliveryRefused

PIECE = 1 << 25  # bytes that Polars reads at a time
DELIMITERS = ";,\t|~^¦§:#"  # in order of preference: the one that finds most headings of the contract wins
LINE_FEED, RETURN, SPACE, QUOTE = (ord(sign) for sign in '\n\r "')
BEGIN_OF_WHITE = (b"\t", b"\v", b"\f", b"\xc2", b"\xe1", b"\xe3")  # of white space other than the space, in UTF-8; rare enough to strip for


@dataclass(frozen=True)
class Survey:
    """Where rows begin and how long they are: `lines` (from 1) and `fields` per row, blank rows included.

    `padded`: a cell may begin or end with white space. `quoted`: there are quotes; `regular`: they stand only around whole
    cells, doubled inside; `closed`: the last one is closed. `lone_returns`: some CR is not followed by LF. `ends`: rows that
    are complete after each block, -1 where it ends inside a quoted cell. `longest`: bytes of the longest line.
    """

    lines: NDArray[np.int64]
    fields: NDArray[np.int64]
    padded: bool
    quoted: bool
    regular: bool
    closed: bool
    lone_returns: bool
    ends: list[int]
    longest: int


def read_delimited(name: str, content: Content, contract: type[Contract]) -> Extract:
    """Reads a CSV. Raises DeliveryRefused; csv.Error, ValueError and PolarsError mean that it is unreadable."""
    blocks, encoding = decode(name, content)
    delimiter = _delimiter(blocks[0], contract)
    return table_of(name, grid_of(name, blocks, delimiter), contract, {"codering": encoding, "scheidingsteken": delimiter})


def grid_of(name: str, blocks: list[bytes], delimiter: str) -> pl.DataFrame:
    """Every row of UTF-8 `blocks` of whole lines, which are emptied: text columns `0`, `1`, …, then `source_row` and `fields`."""
    mark = delimiter if delimiter.isascii() else "\x1f"
    if mark != delimiter:
        blocks = [block.replace(delimiter.encode(), mark.encode()) for block in blocks]
    found = survey(name, blocks, mark)
    if found.longest > limits.MOST_BYTES_LINE:
        raise too_long(name)
    if found.lone_returns:
        blocks = [block.replace(b"\r\n", b"\n").replace(b"\r", b"\n") for block in blocks]
        found = survey(name, blocks, mark)
    if not found.regular:
        blocks, lines = regularise(blocks, mark)
        found = replace(survey(name, blocks, mark), lines=lines)
    if not found.closed:
        raise DeliveryRefused(
            "half", f"{name}: een aanhalingsteken wordt niet gesloten. Waarschijnlijk is het bestand half geschreven: lever het opnieuw en volledig aan."
        )
    width = int(found.fields.max())
    if width > limits.MOST_COLUMNS:
        raise DeliveryRefused(
            "onleesbaar",
            f"{name}: regel {found.lines[found.fields.argmax()]} heeft {width} velden, meer dan de {limits.MOST_COLUMNS} die worden gelezen. "
            "Controleer de levering.",
        )
    if width * len(found.lines) > limits.MOST_CELLS_TEXT:
        raise too_many(name)
    return _parse(blocks, mark, width, found)


def too_many(name: str) -> DeliveryRefused:
    """The refusal of a file with more cells than the limit."""
    rows, cells = limits.MOST_ROWS_TEXT // 1_000_000, limits.MOST_CELLS_TEXT // 1_000_000
    return DeliveryRefused(
        "onleesbaar", f"{name}: het bestand heeft meer dan {rows} miljoen regels of {cells} miljoen cellen. Lever het in delen aan, of als Parquet."
    )


def _delimiter(start: bytes, contract: type[Contract]) -> str:
    known = headings_of(contract)
    head = b"".join(start.splitlines(keepends=True)[: limits.HEADER_WITHIN]).decode()
    return max(DELIMITERS, key=lambda mark: max((matches(row, known) for row in csv.reader(io.StringIO(head, newline=""), delimiter=mark)), default=0))


def survey(name: str, blocks: list[bytes], mark: str) -> Survey:
    """Walks over UTF-8 blocks of whole lines with cells parted by the ASCII character `mark`; 1 s for 254 MB. Raises
    DeliveryRefused as soon as it counts too many cells."""
    edge = np.isin(np.arange(256), (LINE_FEED, RETURN, QUOTE, ord(mark)))
    padded, regular = False, True
    marks_so_far, numbers = [np.array([0])], [np.array([0])]  # at each end of a row: marks and line feeds up to and with it
    marks = feeds = quotes = returns = rows = 0
    ends = []
    longest = 0
    for block in blocks:
        signs = np.frombuffer(block, np.uint8)
        is_feed, is_mark = signs == LINE_FEED, signs == ord(mark)
        at_feed, at_mark = np.flatnonzero(is_feed), np.flatnonzero(is_mark)
        number = feeds + np.arange(1, len(at_feed) + 1)
        feeds += len(at_feed)
        longest = max(longest, int(np.diff(at_feed, prepend=-1).max()) - 1)
        is_edge = is_feed | is_mark
        if RETURN in block:
            is_return = signs == RETURN
            returns += int(np.count_nonzero(is_return) - np.count_nonzero(is_return[at_feed - 1]))
            is_edge |= is_return
        if QUOTE in block or quotes:
            is_quote = signs == QUOTE
            is_edge |= is_quote
            at_quote = np.flatnonzero(is_quote)
            opens = (quotes + np.arange(len(at_quote))) % 2 == 0
            regular = regular and bool(edge[signs[at_quote[opens] - 1]].all() and edge[signs[at_quote[~opens] + 1]].all())
            feed_outside, mark_outside = ((quotes + np.searchsorted(at_quote, places)) % 2 == 0 for places in (at_feed, at_mark))
            at_feed, number, at_mark = at_feed[feed_outside], number[feed_outside], at_mark[mark_outside]
            quotes += len(at_quote)
        if not padded:
            is_space = signs == SPACE
            padded = bool((is_edge[:-1] & is_space[1:]).any() or (is_space[:-1] & is_edge[1:]).any() or is_space[0])
            padded = padded or any(sign in block for sign in BEGIN_OF_WHITE if sign != mark.encode())
            padded = padded or (0x80 in block and b"\xe2\x80" in block)  # the search for one byte is ten times as fast
        marks_so_far.append(marks + np.searchsorted(at_mark, at_feed))
        numbers.append(number)
        marks += len(at_mark)
        rows += len(at_feed)
        if feeds > limits.MOST_ROWS_TEXT or rows + marks > limits.MOST_CELLS_TEXT:
            raise too_many(name)
        ends.append(-1 if quotes % 2 else rows)
    lines = np.concatenate(numbers)[:-1] + 1
    return Survey(lines, np.diff(np.concatenate(marks_so_far)) + 1, padded, quotes > 0, regular, quotes % 2 == 0, returns > 0, ends, longest)


def regularise(blocks: list[bytes], mark: str) -> tuple[list[bytes], NDArray[np.int64]]:
    """The same rows with every cell quoted, and their lines: for quotes inside cells, which only the csv module understands.
    Takes 10 s for 254 MB. Raises csv.Error for a quoted cell that goes on after its quote, or is not closed."""
    rows = csv.reader((line for block in blocks for line in io.StringIO(block.decode(), newline="\n")), delimiter=mark, strict=True)
    regular = io.StringIO()
    write = csv.writer(regular, delimiter=mark, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow
    lines = array("q", [1])
    for row in rows:
        write(row)
        lines.append(rows.line_num + 1)
    return [regular.getvalue().encode()], np.array(lines[:-1])


def _parse(blocks: list[bytes], mark: str, width: int, found: Survey) -> pl.DataFrame:
    """Columns `0`, `1`, … of text, null where a cell is empty or absent; `source_row` and `fields`. Empties `blocks`.

    Some 32 MB at a time, each made into one chunk: at once it takes 0.4 GB more for 254 MB, and again at every later step.
    """
    header = mark.join(str(number) for number in range(width)).encode() + b"\n"
    frames, piece, begin = [], [header], 0
    for number, end in enumerate(found.ends):
        piece.append(blocks[number])
        blocks[number] = b""
        if end < 0 or (sum(len(block) for block in piece) < PIECE and number + 1 < len(blocks)):
            continue
        text = b"".join(piece)
        frame = pl.read_csv(text, separator=mark, infer_schema=False, truncate_ragged_lines=True, quote_char='"' if found.quoted else None).rechunk()
        if found.padded or found.quoted:
            cells = pl.all().str.strip_chars()
            frame = frame.select(pl.when(cells != "").then(cells.str.replace_all("\r\n", "\n", literal=True) if found.quoted else cells))
        frames.append(frame.with_columns(pl.Series(SOURCE_ROW, found.lines[begin:end]), pl.Series(FIELDS, found.fields[begin:end])))
        piece, begin = [header], end
    return pl.concat(frames, rechunk=False)
