"""A column as a partner reads of it, in Dutch: what goes in, what we also understand. Both documents show this."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from data_contracts.base import AT_LEAST, Contract
from pipelines.codegen.areas import CODED, Areas
from pipelines.codegen.odcs import options_of

FORMS: Mapping[str, str] = {
    "year": "een jaar van vier cijfers",
    "quarter": "een kwartaal, geschreven als 2026Q3",
    "month": "een maand, geschreven als 2026-09",
    "school_year": "een schooljaar, geschreven als 2025/26",
    "date": "een datum, geschreven als dd-mm-jjjj",
    "count": "een geheel getal, 0 of meer",
    "number": "een getal",
    "flag": "ja of nee",
    "category": "één uit de lijst",
    "several": "één of meer uit de lijst, gescheiden door een puntkomma",
    "text": "tekst",
}
#: Other spellings that we read; a test holds each against the reader.
SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "quarter": ("2026-K3", "K3 2026", "3e kwartaal 2026"),
    "month": ("09-2026", "september 2026", "sep 2026"),
    "date": ("15/09/2026", "2026-09-15"),
    "number": ("16,4", "16.4"),
    "flag": ("j", "n", "1", "0", "waar", "onwaar"),
}
BOUND, THOUSANDS = "<5", "1.234"
SIGNS = (".", "-", "x", "n.b.")  # what CBS and partners write for "not known" in a column of numbers or dates
MANGLED = re.compile(r"^[a-z]{3}-\d\d$")  # `dec-13` is what Excel makes of 12-13: we read it, and recommend it to nobody


@dataclass(frozen=True)
class Column:
    """One delivered column. `form` says what to fill in, `values` what may stand there (of an area: what exists today),
    `spellings` what is read as well, `headings` other headings; `limits` are those of ODCS: minimum, maximum, pattern, …"""

    name: str
    description: str
    kind: str
    form: str
    unit: str
    values: tuple[str, ...]
    spellings: tuple[str, ...]
    headings: tuple[str, ...]
    limits: Mapping[str, object]
    is_mandatory: bool
    is_bounded: bool
    reason: str


def columns_of(contract: type[Contract], areas: Areas) -> list[Column]:
    """The columns that a partner delivers, in the order of the contract."""
    terms = contract.terms()
    return [
        _column(contract, name, field, areas, headings=terms.aliases.get(name, ()), reason=terms.allowed.get(name, ""))
        for name, field in contract.kinds().items()
    ]


def _column(contract: type[Contract], name: str, field: Mapping[str, object], areas: Areas, *, headings: tuple[str, ...], reason: str) -> Column:
    kind, bounded = str(field["kind"]), bool(field.get("bounded"))
    limits = options_of(contract, name)
    values = limits.pop("values", ()) if kind != "area" else areas.get(str(field.get("level")), ())
    aliases = field.get("aliases")
    spellings = [alias for alias in aliases if not MANGLED.match(alias)] if isinstance(aliases, Mapping) else []
    columns = contract.to_schema().columns
    return Column(
        name=name,
        description=str(field["description"]),
        kind=kind,
        form=_form(kind, field, limits, bounded=bounded),
        unit=str(field.get("unit") or ""),
        values=tuple(values),
        spellings=(*spellings, *SPELLINGS.get(kind, ())),
        headings=headings,
        limits=limits,
        is_mandatory=not columns[f"{name}{AT_LEAST}" if bounded else name].nullable,
        is_bounded=bounded,
        reason=reason,
    )


def _form(kind: str, field: Mapping[str, object], limits: Mapping[str, object], *, bounded: bool) -> str:
    if kind == "area":
        level = str(field.get("level"))
        return f"code en naam van {level}" if level in CODED else f"naam of code van {level}"
    if kind == "number":
        lowest, highest = limits.get("minimum"), limits.get("maximum")
        return f"een getal van {lowest:g} tot en met {highest:g}" if highest is not None else f"een getal, {lowest:g} of meer"
    if kind == "text" and "pattern" in limits:
        return "letters, cijfers en streepjes, 6 tot 40 tekens, zonder betekenis buiten uw organisatie"
    if kind == "text" and "maxLength" in limits:
        return f"tekst van hoogstens {limits['maxLength']} tekens"
    return FORMS[kind] + (f", of {BOUND} als u kleine aantallen niet geeft" if bounded else "")
