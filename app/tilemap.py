"""The hand-laid grid of the tile map: every area one tile, about where it lies, so that a small gemeente is as visible as a large one.

An area that is not laid here (a merger, a new district) gets a place in an extra row below, so that no figure vanishes
from the map because this page was not kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """Place of one area: column and row of its upper left corner (west is 0, north is 0), width, and its name on a tile."""

    code: str
    column: float
    row: float
    lines: str
    short: str
    width: float = 1


def _tiles(*rows: tuple[str, float, float, str, str]) -> dict[str, Tile]:
    return {code: Tile(code, column, row, lines, short) for code, column, row, lines, short in rows}


GEMEENTEN = _tiles(
    ("GM0534", 4, 0, "Hillegom", "Hill"),
    ("GM0575", 3, 1, "Noordwijk", "Nwijk"),
    ("GM0553", 4, 1, "Lisse", "Lisse"),
    ("GM0537", 2, 2, "Katwijk", "Katw"),
    ("GM0579", 3, 2, "Oegstgeest", "Oegst"),
    ("GM1525", 4, 2, "Teylingen", "Teyl"),
    ("GM1884", 5, 2, "Kaag en\nBraassem", "K&B"),
    ("GM0629", 2, 3, "Wassenaar", "Wass"),
    ("GM0546", 3, 3, "Leiden", "Leid"),
    ("GM0547", 4, 3, "Leiderdorp", "Ldorp"),
    ("GM0484", 5, 3, "Alphen a/d\nRijn", "Alph"),
    ("GM0569", 6, 3, "Nieuwkoop", "Nkoop"),
    ("GM0518", 1, 4, "Den Haag", "DenH"),
    ("GM1916", 2, 4, "Leidschendam-\nVoorburg", "L-V"),
    ("GM0626", 3, 4, "Voorschoten", "Vsch"),
    ("GM0638", 4, 4, "Zoeterwoude", "Zwde"),
    ("GM0627", 5, 4, "Waddinxveen", "Wadd"),
    ("GM1901", 6, 4, "Bodegraven-\nReeuwijk", "B-R"),
    ("GM1783", 0, 5, "Westland", "Westl"),
    ("GM0603", 1, 5, "Rijswijk", "Rijsw"),
    ("GM1926", 2, 5, "Pijnacker-\nNootdorp", "P-N"),
    ("GM0637", 3, 5, "Zoetermeer", "Zmeer"),
    ("GM1892", 4, 5, "Zuidplas", "Zplas"),
    ("GM0513", 5, 5, "Gouda", "Gouda"),
    ("GM1842", 0, 6, "Midden-\nDelfland", "M-D"),
    ("GM0503", 1, 6, "Delft", "Delft"),
    ("GM1931", 5, 6, "Krimpener-\nwaard", "Krimp"),
)
DISTRICTEN = _tiles(
    ("F", 2, 0, "F  Leiden -\nBollenstreek", "F"),
    ("B", 0, 1, "B  Den Haag-\nWest", "B"),
    ("A", 1, 1, "A  Den Haag-\nCentrum", "A"),
    ("D", 2, 1, "D  Zoetermeer -\nLeidsch./Voorburg", "D"),
    ("G", 3, 1, "G  Alphen -\nGouda", "G"),
    ("E", 0, 2, "E  Westland -\nDelft", "E"),
    ("C", 1, 2, "C  Den Haag-\nZuid", "C"),
) | {"ABC": Tile("ABC", 0, 1, "Den Haag (A+B+C)", "ABC", width=2)}
ZORGREGIOS = _tiles(("HM", 1, 0, "Hollands Midden", "HM"), ("HGL", 0, 1, "Haaglanden", "HGL"))
LAID = GEMEENTEN | DISTRICTEN | ZORGREGIOS


def lay_out(areas: Iterable[tuple[str, str, str]]) -> list[Tile]:
    """Tiles for areas given as (level, code, name). Basisteams stand in one row per district; unknown areas below all."""
    known: list[Tile] = []
    spare: list[tuple[str, str]] = []
    for level, code, name in areas:
        if level == "basisteam" and len(code) == 2 and code[0] in "ABCDEFG" and code[1:].isdigit():
            known.append(Tile(code, int(code[1:]) - 1, "ABCDEFG".index(code[0]), f"{code}  {_fold(name)}", code))
        elif code in LAID:
            known.append(LAID[code])
        else:
            spare.append((code, name))
    bottom = max((tile.row for tile in known), default=-1) + 1
    return known + [Tile(code, place % 7, bottom + place // 7, _fold(name), name[:5]) for place, (code, name) in enumerate(spare)]


def _fold(name: str) -> str:
    """A long name on two lines, broken at a space, a slash or a hyphen near its middle."""
    breaks = [place + 1 for place, sign in enumerate(name) if sign in " /-"]
    if len(name) <= 13 or not breaks:
        return name
    middle = min(breaks, key=lambda place: abs(place - len(name) / 2))
    return f"{name[:middle].rstrip()}\n{name[middle:]}"
