"""An indicator as the catalogue of a release describes it. Everything the pages say of an indicator comes from here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: How the catalogue speaks, in the limitations of an indicator, of what was not reported, not recognised or not looked for.
UNREPORTED = re.compile(
    r"onbekend blijven|(niemand|niet) meld|meldde online|doen geen aangifte|van alle slachtoffers|niet is gemeld|niet als slachtoffer herkend"
    r"|topje van de ijsberg|niet in beeld|hangt (ook )?af van|volgt hoeveel|wordt meer gevonden|makkelijker te vinden|niet even vaak"
)


@dataclass(frozen=True)
class Breakdown:
    """A dimension of an indicator; `overlaps` when one unit can count in several categories, so that they never add up."""

    dimension: str
    overlaps: bool


@dataclass(frozen=True, eq=False)
class Indicator:
    """One catalogue entry. `per` is None for a count, 100 for a share, else the base of a rate; `unit` names the numerator;
    `interval_kind` is poisson for events, wilson for shares of counted cases, enquete for a survey's own margins, else geen."""

    id: str
    name: str
    theme: str
    definition: str
    unit: str
    value_unit: str
    numerator: str
    denominator: str
    per: float | None
    decimals: int
    interval_kind: str
    sources: tuple[str, ...]
    area_levels: tuple[str, ...]
    period_grains: tuple[str, ...]
    breakdowns: tuple[Breakdown, ...]
    direction: str
    person_related: bool
    thresholds: Mapping[str, float | None]
    limitations: str
    steward: str
    version: str

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any]) -> Indicator:
        """Read an entry of release.json. Raises KeyError without id, name or theme; all else may be empty."""
        return cls(
            id=str(entry["indicator_id"]),
            name=str(entry["name"]),
            theme=str(entry["theme"]),
            definition=_text(entry, "definition"),
            unit=_text(entry, "unit"),
            value_unit=_text(entry, "value_unit") or _text(entry, "unit"),
            numerator=_text(entry, "numerator"),
            denominator=_text(entry, "denominator"),
            per=_number(entry.get("per")),
            decimals=int(_number(entry.get("decimals")) or 0),
            interval_kind=_text(entry, "interval_kind"),
            sources=_items(entry.get("sources")),
            area_levels=_items(entry.get("area_levels")),
            period_grains=_items(entry.get("period_grains")),
            breakdowns=tuple(Breakdown(item.rstrip("*"), item.endswith("*")) for item in _items(entry.get("breakdowns"))),
            direction=_text(entry, "direction") or "geen_oordeel",
            person_related=bool(entry.get("person_related")),
            thresholds={name: _number(entry.get(f"threshold_{name}")) for name in ("professional", "publiek")},
            limitations=_text(entry, "limitations"),
            steward=_text(entry, "steward"),
            version=_text(entry, "version"),
        )

    @property
    def unreported(self) -> list[str]:
        """The sentences of the limitations on the dark number; none for what counts no reports, such as trainings."""
        return [one for one in re.split(r"(?<=\.) (?=[A-Z])", self.limitations) if UNREPORTED.search(one)]

    @property
    def is_share(self) -> bool:
        """True for a percentage of a denominator."""
        return self.per == 100

    @property
    def is_rate(self) -> bool:
        """True when the value is relative, so that areas of unlike size can be compared."""
        return self.per is not None


def _text(entry: Mapping[str, Any], key: str) -> str:
    return str(entry.get(key) or "").strip()


def _number(value: object) -> float | None:
    return float(str(value)) if value not in (None, "") else None


def _items(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()
