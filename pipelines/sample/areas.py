"""The areas as the imagined partners know them: codes, names, spellings, and how many people live there.

Numbers of inhabitants are rounded to hundreds and serve as weights only; the real ones come from CBS. Which area lies in
which is the business of the area seed in dbt: a test holds this page against it, so that a sample never names an area
that the house does not know.
"""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN, ELSEWHERE = "onbekend", "elders"
WITHOUT_AREA = (UNKNOWN, ELSEWHERE)


@dataclass(frozen=True)
class Basisteam:
    """A basisteam; the first letter of `code` is its district. `people` is a weight."""

    code: str
    name: str
    people: int

    @property
    def district(self) -> str:
        return self.code[0]


@dataclass(frozen=True)
class Gemeente:
    """A gemeente; `districts` are more than one for 's-Gravenhage only. `crimes` is a plausible yearly number."""

    code: str
    name: str
    people: int
    districts: str
    zorgregio: str
    crimes: int


BASISTEAMS = (
    Basisteam("A1", "Jan Hendrikstraat", 42_000),
    Basisteam("A2", "De Heemstraat", 49_000),
    Basisteam("A3", "Hoefkade", 47_000),
    Basisteam("B1", "Overbosch", 47_000),
    Basisteam("B2", "Loosduinen", 50_000),
    Basisteam("B3", "Scheveningen", 58_000),
    Basisteam("B4", "Segbroek", 60_000),
    Basisteam("C1", "Laak", 46_000),
    Basisteam("C2", "Beresteinlaan", 55_000),
    Basisteam("C3", "Zuiderpark", 60_000),
    Basisteam("C4", "Leidschenveen-Ypenburg", 49_000),
    Basisteam("D1", "Zoetermeer", 127_000),
    Basisteam("D2", "Leidschendam-Voorburg", 78_000),
    Basisteam("D3", "Wassenaar", 27_000),
    Basisteam("D4", "Pijnacker-Nootdorp", 58_000),
    Basisteam("E1", "Rijswijk", 58_000),
    Basisteam("E2", "Westland", 115_000),
    Basisteam("E3", "Delft", 125_500),
    Basisteam("F1", "Hillegom/Lisse/Teylingen", 84_300),
    Basisteam("F2", "Katwijk/Noordwijk", 111_800),
    Basisteam("F3", "Leiden-Noord", 82_000),
    Basisteam("F4", "Leiden-Zuid", 74_000),
    Basisteam("F5", "Leiden-Midden", 60_000),
    Basisteam("G1", "Alphen aan den Rijn", 143_700),
    Basisteam("G2", "Kaag en Braassem", 28_600),
    Basisteam("G3", "Gouda", 111_600),
    Basisteam("G4", "Waddinxveen/Zuidplas", 79_600),
    Basisteam("G5", "Krimpenerwaard", 57_700),
)

GEMEENTEN = (
    Gemeente("GM0484", "Alphen aan den Rijn", 114_200, "G", "HM", 4_500),
    Gemeente("GM0503", "Delft", 106_100, "E", "HGL", 5_500),
    Gemeente("GM0513", "Gouda", 75_300, "G", "HM", 3_900),
    Gemeente("GM0518", "'s-Gravenhage", 562_800, "ABC", "HGL", 37_500),
    Gemeente("GM0534", "Hillegom", 22_500, "F", "HM", 700),
    Gemeente("GM0537", "Katwijk", 66_600, "F", "HM", 2_000),
    Gemeente("GM0546", "Leiden", 127_100, "F", "HM", 7_300),
    Gemeente("GM0547", "Leiderdorp", 27_700, "F", "HM", 1_100),
    Gemeente("GM0553", "Lisse", 23_400, "F", "HM", 700),
    Gemeente("GM0569", "Nieuwkoop", 29_500, "G", "HM", 700),
    Gemeente("GM0575", "Noordwijk", 45_200, "F", "HM", 1_600),
    Gemeente("GM0579", "Oegstgeest", 25_700, "F", "HM", 900),
    Gemeente("GM0603", "Rijswijk", 58_000, "E", "HGL", 3_400),
    Gemeente("GM0626", "Voorschoten", 25_700, "F", "HM", 700),
    Gemeente("GM0627", "Waddinxveen", 32_600, "G", "HM", 1_000),
    Gemeente("GM0629", "Wassenaar", 27_100, "D", "HGL", 1_000),
    Gemeente("GM0637", "Zoetermeer", 127_000, "D", "HGL", 6_600),
    Gemeente("GM0638", "Zoeterwoude", 9_400, "F", "HM", 400),
    Gemeente("GM1525", "Teylingen", 38_500, "F", "HM", 1_000),
    Gemeente("GM1783", "Westland", 114_900, "E", "HGL", 4_200),
    Gemeente("GM1842", "Midden-Delfland", 19_500, "E", "HGL", 500),
    Gemeente("GM1884", "Kaag en Braassem", 28_600, "G", "HM", 700),
    Gemeente("GM1892", "Zuidplas", 47_000, "G", "HM", 1_300),
    Gemeente("GM1901", "Bodegraven-Reeuwijk", 36_300, "G", "HM", 1_000),
    Gemeente("GM1916", "Leidschendam-Voorburg", 77_800, "D", "HGL", 3_000),
    Gemeente("GM1926", "Pijnacker-Nootdorp", 57_700, "D", "HGL", 1_700),
    Gemeente("GM1931", "Krimpenerwaard", 57_700, "G", "HM", 1_500),
)

DISTRICTS = {
    "A": "Den Haag-Centrum",
    "B": "Den Haag-West",
    "C": "Den Haag-Zuid",
    "D": "Zoetermeer - Leidschendam/Voorburg",
    "E": "Westland - Delft",
    "F": "Leiden - Bollenstreek",
    "G": "Alphen aan den Rijn - Gouda",
}

# Level, then code, then what partners write for it; the first spelling is the tidy one. HLT is never written: it is one
# organisation of three gemeenten, so a row of figures cannot be about it.
SPELLINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "basisteam": {team.code: (team.code, f"{team.code} {team.name}", team.name) for team in BASISTEAMS}
    | {
        "C1": ("C1", "C-1", "C-1 Laak", "Laak"),
        "F5": ("F5", "Leiden Midden", "F5 Leiden-Midden"),
        "D2": ("D2", "D2 Leidschendam - Voorburg", "Leidschendam-Voorburg"),
        UNKNOWN: ("onbekend", "Onb.", "niet bekend"),
        ELSEWHERE: ("elders", "Buiten regio", "buiten eenheid"),
    },
    "gemeente": {gemeente.code: (gemeente.name, gemeente.name.upper(), gemeente.code) for gemeente in GEMEENTEN}
    | {
        "GM0518": ("'s-Gravenhage", "Den Haag", "The Hague", "Gemeente Den Haag"),
        "GM1842": ("Midden-Delfland", "Midden-Delftland"),
        "GM0603": ("Rijswijk", "Rijswijk (ZH.)"),
        UNKNOWN: ("onbekend", "n.b."),
        ELSEWHERE: ("elders", "Buiten de regio"),
    },
    "zorgregio": {"HGL": ("Haaglanden", "HAAGLANDEN", "zorgregio Haaglanden"), "HM": ("Hollands Midden", "Hollands-Midden", "hollands midden")},
    "district": {code: (code, f"District {code}", f"{code} {name}", name) for code, name in DISTRICTS.items()},
}
