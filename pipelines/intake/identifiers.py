"""Finds numbers and addresses that point at one person: each function takes an expression of texts and gives one of true and false.

Expressions, because a file may hold two million different texts, and because Polars works through all of them side by side.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
CANDIDATE = (  # what every text has that one of the patterns below can match; two million pseudonyms as S-4f2a9c81 are let go here
    r"\d{6}|\d[ .)/-]+['’(]?\d|@|[(\[] ?(?i:at|apen)|\d ?\p{L}{3,}[.,]? ?['’]?\d|^\d{4} ?\p{L}{2}|[^\w-]\d{4} ?\p{L}{2}\b|\p{L}{3}\.?[ -]\d"
)
SERIAL = r"^[A-Za-z]-?\d+$"  # P000000123 is nothing else
NINE_DIGITS = (
    r"\b\d{9}\b|(?i:bsn|sofi)\D{0,12}\d{8,9}\b|^[1-9]\d{7}$"  # Excel drops the zero with which a BSN may begin
    r"|(?:^|[^\d.,-])(?:\d{3}[ .-]\d{3}[ .-]\d{3}|\d{4}[ .-]\d{2}[ .-]\d{3}|\d{2}[ .-]\d{3}[ .-]\d{3}[ .-]\d)(?:$|[^\d.,-]|[.,]$|[.,]\D)"
)
NO_BSN = r"^20[0-4]\d{5}$|^-?\d*[.,]\d+$"  # a day as 20260912, a case number of a year, a decimal number
DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
MONTH_NAMES = r"(?i:jan|feb|mrt|maa|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)\p{L}*\.?"
YEAR = r"((?:19|20)\d{2})"
DATES = (
    rf"(?:^|\D){DAY}[-/. ]{{1,3}}{DAY}[-/. ]{{1,3}}{YEAR}(?:\D|$)",
    rf"(?:^|\D){YEAR}[-/. ]{MONTH}[-/. ]{DAY}(?:\D|$)",
    rf"(?:^|\D){DAY}(?:e|ste|de|st|nd|rd|th)?[ -]+{MONTH_NAMES},?[ -]+{YEAR}\b",
    rf"\b{MONTH_NAMES} {DAY}(?:st|nd|rd|th)?,? {YEAR}\b",
    r"^((?:19|20)\d{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:0{6})?$",
    rf"^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){YEAR}$",
)
SHORT_YEAR = rf"^{DAY}[-/]{MONTH}[-/]['’]?(\d{{2}})$|^{DAY} ?{MONTH_NAMES} ?['’]?(\d{{2}})$|^(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.(\d{{2}})$"
HISTORY = rf"(?i)\b(?:sinds|vanaf|per|wet van|besluit van|tot|tot en met) {DAY}[-/. ](?:{MONTH}|{MONTH_NAMES})[-/. ]\d{{4}}"
MOMENT = r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?\b|\b(?:19|20)\d{2}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?\b"
CASE_NUMBER = r"\b(?:0[1-57-9]|[1-9]\d)[/.-]\d{6}-\d{2}\b"  # parketnummer of the Openbaar Ministerie
START = r"(?:^|[^\w.,/-]|(?i:tel|mob|t|m)[.:]? ?)"
NATIONAL = r"\d(?:[ .)/-]{0,3}\d){7}"
DUTCH_PHONE = (
    rf"{START}(?:\(?(?:\+|00) ?31\)?[ .-]?(?:\(0\))?[ .-]?\(?[1-9]|\(?0[1-8])\)?[ .)/-]{{0,3}}{NATIONAL}(?:\D|$)"
    r"|(?:^|\D)\(0\d{1,3}\)[ -]{0,2}\d{6,8}(?:\D|$)|(?:^|[^\w.,/-])0\d{2,3}-\d{6,7}(?:\D|$)"
)
FOREIGN_PHONE = r"(?:^|[^\w.])((?:\+|00)[1-9]\d[\d ().-]{6,16}\d)"
EMAIL = r"(?i)[^\s@<>;,:]+@[^\s@]+\.[a-z]{2,}|\S ?[\[(] ?(?:at|apenstaartje) ?[\])] ?\S+ ?(?:\.|[\[(]dot[\])])"
IBAN = r"(?i)\b[A-Z]{2}\d{2}(?:[ .]?[A-Z0-9]){11,30}\b"
IBAN_LENGTHS = (
    "AD24 AE23 AL28 AT20 BA20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 EG29 ES24 FI18 FR27 GB22 GE22 GR27 HR21 HU28 IE22 IT27 LI21 LT20 LU20 LV21 "
    "MC27 MD24 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 TN24 TR26 UA29"
)
LENGTHS = {entry[:2]: int(entry[2:]) for entry in IBAN_LENGTHS.split()}
NO_POSTCODE = (
    r"\b(?:19[5-9]\d|20[0-4]\d) (?:AF|AL|DE|EN|ER|IN|IS|NA|OF|OM|OP|TE|TM|ZO)\b|\b[1-9]\d{3} ?(?:SA|SD|SS)\b"
    r"|\b[1-9]\d{3} (?:EU|KG|KM|GB|MB|TB|VO|PO) \p{Ll}{2,}"
)
POSTCODE = (
    r"(?:^|[^\w-])[1-9]\d{3} ?[A-Z]{2}(?:$|[^\w-]|[ -]+\d)"
    r"|(?i:^[1-9]\d{3} ?[a-z]{2}(?:[ ,-]+\d{1,5}[ -]?[a-z]?)?$|(?:^|[^\w-])[1-9]\d{3} ?[a-z]{2}[, ]+\d{1,4}\b)"
)
ADDRESS = (
    r"\b\p{Lu}[\p{L}.'-]+ ?(?:straat|str\.|laan|weg|plein|kade|singel|gracht|hof|dreef|steeg|dijk|plantsoen|pad|boulevard)"
    r" \d{1,4} ?(?:[a-zA-Z]|-\d+|bis)?(?:$|[,. ;)])"
)


def plain(texts: pl.Series) -> pl.Series:
    """Texts without what hides a number from a pattern: zero-width and direction signs, full-width digits, hard spaces, underscores."""
    foreign = texts.str.len_bytes() != texts.str.len_chars()
    if foreign.any():
        unveiled = texts.filter(foreign).str.replace_all(r"\p{Cf}", "").str.normalize("NFKC").str.replace_all(r"[‐‑‒–—−]", "-")
        texts = texts.scatter(foreign.arg_true(), unveiled)
    return texts.str.replace_all(r"[\s_]+", " ").str.strip_chars()


def eleven_test(digits: pl.Expr) -> pl.Expr:
    """The BSN check on texts of nine digits: 9×d1 + 8×d2 + … + 2×d8 − d9 is a multiple of eleven and not zero (Logisch Ontwerp BSN)."""
    terms = [weight * digits.str.slice(place, 1).cast(pl.Int32, strict=False) for place, weight in enumerate(WEIGHTS)]
    return (pl.sum_horizontal(terms) % 11 == 0) & (digits != "000000000") & (digits.str.len_bytes() == 9)


def holds_bsn(text: pl.Expr) -> pl.Expr:
    """A number of nine digits that passes the eleven test, plain or in groups; eight digits are taken for nine without their zero."""
    digits = pl.element().str.replace_all(r"\D", "").str.zfill(9)
    found = pl.when(~text.str.contains(NO_BSN)).then(text).str.extract_all(NINE_DIGITS)
    return found.list.eval(eleven_test(digits)).list.any().fill_null(False)


def holds_old_date(text: pl.Expr, before: int) -> pl.Expr:
    """A full date, in digits or words, in a year from 1900 on that lies before `before`; a date after `sinds` or `vanaf` is history."""
    told = text.str.replace_all(HISTORY, "")
    short = pl.coalesce(told.str.extract(SHORT_YEAR, group) for group in (1, 2, 3)).cast(pl.Int32)
    century = pl.when(short <= (before + 10) % 100).then(2000).otherwise(1900)  # 03-05-94 is of the last one
    years = [*(told.str.extract(pattern).cast(pl.Int32) for pattern in DATES), short + century]
    return pl.any_horizontal(year.is_between(1900, before - 1).fill_null(False) for year in years)


def holds_phone(text: pl.Expr) -> pl.Expr:
    """A Dutch number in its usual forms, or a number of another country that exists."""
    timeless = text.str.replace_all(f"{MOMENT}|{CASE_NUMBER}", " ")
    return timeless.str.contains(DUTCH_PHONE) | _is_right(timeless.str.extract_all(FOREIGN_PHONE), _is_foreign_phone)


def holds_iban(text: pl.Expr) -> pl.Expr:
    """An account number that passes the mod 97 test (ISO 13616)."""
    return _is_right(text.str.extract_all(IBAN), _is_iban)


def holds_email(text: pl.Expr) -> pl.Expr:
    """An e-mail address, also written with (at)."""
    return text.str.contains(EMAIL)


def holds_postcode(text: pl.Expr) -> pl.Expr:
    """A full postcode, with or without a house number; `in 2025 en` is none."""
    return text.str.replace_all(NO_POSTCODE, " ").str.contains(POSTCODE)


def holds_address(text: pl.Expr) -> pl.Expr:
    """A street with a house number."""
    return text.str.contains(ADDRESS)


def _is_right(parts: pl.Expr, is_right: Callable[[str], bool]) -> pl.Expr:
    """True where one of the parts that have the form also is right; those are few, and looked at one by one."""

    def look(lists: pl.Series) -> pl.Series:
        few = (lists.list.len() > 0).arg_true()
        return pl.Series([False]).new_from_index(0, len(lists)).scatter(few, [any(map(is_right, found)) for found in lists.gather(few)])

    return parts.map_batches(look, return_dtype=pl.Boolean)


def _is_iban(text: str) -> bool:
    from stdnum.iso7064 import mod_97_10

    account, length = re.sub(r"[ .]", "", text).upper(), LENGTHS.get(text[:2].upper(), 0)
    if not length or len(account) < length or (len(account) > length and account == text.upper()):  # words may follow, letters may not
        return False
    return mod_97_10.is_valid(account[4:length] + account[:4])


def _is_foreign_phone(text: str) -> bool:
    import phonenumbers

    try:
        number = phonenumbers.parse(re.sub(r"^\D*?(?:\+|00)", "+", text))
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)
