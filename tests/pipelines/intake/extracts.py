"""Small files as partners send them, for the tests of intake."""

from __future__ import annotations

HALF_YEAR = ["2026Q1", "2026Q2"]
JEUGD_HEADER = "basisteam_woonplaats;kwartaal;leeftijd;delict;first_offender;aantal"


def jeugd_rows(quarter: str = "2026Q3", teams: tuple[str, ...] = ("A1", "D1 Zoetermeer", "onbekend")) -> list[str]:
    """Lines of politie_jeugd_verdachten: for each team two ages, one offence, first offender yes and no."""
    return [f"{team};{quarter};{age};drugs;{first};{7 + index}" for index, team in enumerate(teams) for age in ("12-17", "18-23") for first in ("ja", "nee")]


def jeugd_csv(*rows: str, header: str = JEUGD_HEADER, end: str = "\r\n") -> bytes:
    """A delivery file of politie_jeugd_verdachten as bytes."""
    return (end.join([header, *(rows or jeugd_rows())]) + end).encode("cp1252")
