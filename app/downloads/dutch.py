"""Files for a reader with Dutch Excel share their rows: Dutch headings, names of areas, an empty cell for a total."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from app import wording
from app.downloads.columns import HEADINGS, NUMBERS
from app.downloads.extract import Extract, about, states_text
from app.figures import TOTAL

PLAIN_NUMBER = re.compile(r"-?\d+(,\d+)?")
#: Where a spreadsheet could see a formula begin: first in a cell, also behind blanks, quotes and in full width, and behind a
#: sign at which a program that expects another separator would cut the cell in two.
FORMULA = re.compile(r'(?:\A["\s]*|(?<=[;,\t\r\n])"*)(?=[=+\-@＝＋－＠])')
LARGEST_WHOLE = 2**53


def safe_cell(text: str) -> str:
    """A text that a spreadsheet cannot take for a formula: an apostrophe stands where one could begin. A number stays as it is."""
    return text if PLAIN_NUMBER.fullmatch(text) else FORMULA.sub(r"\g<0>'", text)


def number_text(value: float | None, mark: str = ",") -> str:
    """A number with every digit that it has, `mark` for decimals and no thousand marks; nothing for one that is withheld or unknown."""
    if value is None:
        return ""
    return repr(int(value) if float(value).is_integer() and abs(value) <= LARGEST_WHOLE else float(value)).replace(".", mark)


def dutch_rows(extract: Extract) -> Iterator[tuple[list[str], list[float | None]]]:
    """Per row the eleven texts and the five numbers, in the order of `HEADINGS`."""
    names = extract.release.names
    for row in extract.rows.iter_rows(named=True):
        level, code, state = row["area_level"], row["area_code"], row["state"]
        texts = [level, code, wording.area_label(level, code, names.get((level, code), code)), row["period_grain"], row["period"]]
        texts += ["" if row[name] == TOTAL else row[name] for name in ("dimension_1", "category_1", "dimension_2", "category_2")]
        yield [*texts, state, "ja" if state == "geheim" else "nee"], [row[name] for name in NUMBERS]


def dutch_csv(extract: Extract) -> bytes:
    """CSV for Dutch Excel: UTF-8 with BOM, semicolons, decimal comma.

    The first lines hold `# subject: text`. `stand` says why a number is absent, so that an empty cell is never read as zero.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for subject, said in [*about(extract), ("standen", states_text())]:
        writer.writerow([safe_cell(f"# {subject}: {said}")])
    writer.writerow(HEADINGS)
    for texts, numbers in dutch_rows(extract):
        writer.writerow([*map(safe_cell, texts), *map(number_text, numbers)])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")
