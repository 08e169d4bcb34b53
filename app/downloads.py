"""Tables to take along. A file carries its source, release, licence and, where it holds, the synthetic statement."""

from __future__ import annotations

import csv
import io
import re

from app import wording
from app.catalogue import Indicator
from app.figures import TOTAL
from app.release import Release

HEADINGS = [
    *("gebiedsniveau", "gebiedscode", "gebied", "periode_soort", "periode", "uitsplitsing_1", "categorie_1", "uitsplitsing_2", "categorie_2"),
    *("stand", "onderdrukt", "waarde", "teller", "noemer", "ondergrens", "bovengrens"),
]
PLAIN_NUMBER = re.compile(r"-?\d+(,\d+)?")


def safe_cell(text: str) -> str:
    """A text that Excel cannot take for a formula: one that starts with = + - @, a tab or a return gets an apostrophe, a number not."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") and not PLAIN_NUMBER.fullmatch(text) else text


def csv_number(value: float | None) -> str:
    """A number with a decimal comma and no thousand points; nothing for a number that is withheld or unknown."""
    return "" if value is None else repr(int(value) if float(value).is_integer() else round(value, 6)).replace(".", ",")


def indicator_csv(release: Release, indicator: Indicator, *, sources: str) -> bytes:
    """All published cells of one indicator as CSV for Dutch Excel: UTF-8 with BOM, semicolons, decimal comma.

    The first lines hold `# key: value`. `stand` says why a number is absent, so that an empty cell is never read as zero.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for key, said in _header(release, indicator, sources):
        writer.writerow([f"# {key}: {said}"])
    writer.writerow(HEADINGS)
    values = release.values_of(indicator.id).sort("area_level", "area_code", "period_grain", "period", "dimension_1", "category_1", "dimension_2", "category_2")
    for row in values.iter_rows(named=True):
        level, code = row["area_level"], row["area_code"]
        texts = [level, code, wording.area_label(level, code, release.names.get((level, code), code)), row["period_grain"], row["period"]]
        texts += ["" if row[name] == TOTAL else row[name] for name in ("dimension_1", "category_1", "dimension_2", "category_2")]
        texts += [row["state"], "ja" if row["state"] == "geheim" else "nee"]
        writer.writerow([safe_cell(cell) for cell in texts] + [csv_number(row[name]) for name in ("value", "numerator", "denominator", "lower", "upper")])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def file_name(release: Release, indicator: Indicator) -> str:
    """A name that tells what the file holds, and whether it is synthetic."""
    return f"ketenmonitor_{indicator.id}_{release.id}{'_synthetisch' if release.is_synthetic else ''}.csv"


def _header(release: Release, indicator: Indicator, sources: str) -> list[tuple[str, str]]:
    note = release.synthetic_note
    return [
        ("titel", indicator.name),
        ("definitie", indicator.definition),
        ("eenheid van waarde", indicator.value_unit),
        ("eenheid van teller", indicator.unit),
        ("bron", sources),
        *([("let op", note)] if note else []),
        *([("beperking", indicator.limitations)] if indicator.limitations else []),
        ("release", release.id),
        ("gemaakt op", wording.format_date(release.manifest.get("created_at"))),
        ("doelgroep", release.audience),
        (
            "licentie",
            "Cijfers: vrij te gebruiken met vermelding van bron en release"
            if release.audience == "publiek"
            else "Cijfers: alleen voor professionals van de deelnemende partners",
        ),
        ("standen", "; ".join(f"{state} = {meaning}" for state, meaning in wording.STATE_MEANING.items())),
    ]
