"""Looks for personal data before anything is stored. Names the column and the kind, never the value."""

from __future__ import annotations

import re

import polars as pl

from pipelines.intake.reading import Extract, normalise
from pipelines.intake.refusal import DeliveryRefused

NAME_COLUMNS = {
    "naam",
    "voornaam",
    "achternaam",
    "tussenvoegsel",
    "voorletters",
    "roepnaam",
    "initialen",
    "volledige_naam",
    "adres",
    "straat",
    "huisnummer",
    "woonadres",
}
BIRTH_COLUMNS = {"geboortedatum", "geb_datum", "gebdatum", "geboren", "geboortedag", "date_of_birth"}
BSN_COLUMNS = {"bsn", "burgerservicenummer", "sofinummer", "sofi_nummer"}
PATTERNS = {
    "een volledige postcode": re.compile(r"\b[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}\b|^[1-9]\d{3} ?[a-z]{2}$"),  # "in 2025 en" is no postcode
    "een e-mailadres": re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE),
    "een telefoonnummer": re.compile(r"(?<!\d)(?:\+31|0031|0)[\s-]?(?:6(?:[\s-]?\d){8}|[1-9]\d{1,2}[\s-]?\d{6,7})(?!\d)"),
}
NINE_DIGITS = re.compile(r"(?<!\d)\d{3}[. ]?\d{3}[. ]?\d{3}(?!\d)")


def passes_eleven_test(digits: str) -> bool:
    """The BSN check: 9×d1 + 8×d2 + … + 2×d8 − d9 is a multiple of eleven and not zero (Logisch Ontwerp BSN)."""
    if len(digits) != 9 or not digits.isdigit() or digits == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def refuse_personal_data(name: str, extract: Extract, *, open_data: bool = False) -> None:
    """Raises DeliveryRefused when a column holds what looks like a BSN, birth date, postcode, e-mail, phone or name.

    One number of nine digits that passes the BSN test is enough, though one in eleven does by chance: a pseudonym has no
    business with nine digits. Only headings are looked at in open statistics.
    """
    for heading in extract.rows.columns:
        if heading == "source_row":
            continue
        plain = normalise(heading)
        kind = "een naam of adres" if plain in NAME_COLUMNS else "een geboortedatum" if plain in BIRTH_COLUMNS else "een BSN" if plain in BSN_COLUMNS else None
        values = [] if open_data else extract.rows[heading].drop_nulls().unique().to_list()
        if kind is None:
            kind = next((label for label, pattern in PATTERNS.items() if any(pattern.search(value) for value in values)), None)
        if kind is None:
            nine = [re.sub(r"\D", "", number) for value in values for number in NINE_DIGITS.findall(value)]
            kind = "een BSN" if any(passes_eleven_test(number) for number in nine) else None
        if kind is None and not open_data and _looks_like_birth_dates(extract.rows[heading]):
            kind = "een geboortedatum"
        if kind:
            raise DeliveryRefused(
                "persoonsgegevens",
                f"{name}: kolom '{heading}' lijkt {kind} te bevatten. Het bestand is niet opgeslagen. Verwijder de kolom, of lever pseudoniemen of aantallen.",
            )


def _looks_like_birth_dates(values: pl.Series) -> bool:
    """Full dates of which most lie more than twelve years back: no delivery of this monitor is about such dates."""
    dates = values.drop_nulls().str.extract(r"^(?:\d{1,2}[-/.]\d{1,2}[-/.](\d{4})|(\d{4})-\d{2}-\d{2})", 0)
    years = dates.drop_nulls().str.extract(r"((?:19|20)\d{2})", 1).cast(pl.Int64, strict=False).drop_nulls()
    return 2 * int((years < 2013).sum()) > len(years)
