"""Dutch labels, and numbers, periods and dates as Dutch readers write them. Pure: knows no data and no screen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")

SIGNS: Mapping[str, str] = {"waarde": "", "voorlopig": "*", "geheim": "x", "nihil": "-", "onbekend": ".", "nvt": ""}
STATES: Mapping[str, str] = {
    "waarde": "vastgesteld",
    "voorlopig": "voorlopig",
    "geheim": "geheim",
    "nihil": "nihil",
    "onbekend": "onbekend",
    "nvt": "niet van toepassing",
}
#: What stands below a table or chart with signs in it.
SIGNS_SAID = "* voorlopig, x geheim, - nihil, . onbekend."
STATE_MEANING: Mapping[str, str] = {
    "waarde": "een vastgesteld cijfer",
    "voorlopig": "een voorlopig cijfer, dat nog kan veranderen",
    "geheim": "geheim: het cijfer wordt niet getoond, zodat niemand te herkennen is of uit andere cijfers te berekenen",
    "nihil": "nihil: de bron is compleet en het aantal is nul",
    "onbekend": "onbekend: niet geleverd of niet te berekenen",
    "nvt": "niet van toepassing: er was niets om een deel van te nemen",
}
GRAINS: Mapping[str, str] = {
    "maand": "maand",
    "kwartaal": "kwartaal",
    "jaar": "jaar",
    "schooljaar": "schooljaar",
    "twee_jaar": "enquêtejaar",
    "drie_jaar": "drie jaar samen",
}
LEVELS: Mapping[str, str] = {
    "regio": "regio",
    "zorgregio": "zorgregio",
    "abc": "heel Den Haag",
    "district": "district",
    "basisteam": "basisteam",
    "gemeente": "gemeente",
    "wijk": "wijk",
}
LEVELS_PLURAL: Mapping[str, str] = {"zorgregio": "zorgregio's", "district": "districten", "basisteam": "basisteams", "gemeente": "gemeenten"}
THEMES: Mapping[str, str] = {
    "mensenhandel": "Mensenhandel",
    "online_criminaliteit": "Online criminaliteit",
    "jonge_aanwas": "Jonge aanwas",
    "context": "Context",
    "ketenbreed": "Ketenbreed",
}
ORIGINS: Mapping[str, str] = {
    "inbox": "aangeleverd door de partner",
    "service": "echte open data, opgehaald bij de dienst",
    "recorded": "echte open data, uit een bewaard bestand",
    "landed": "de laatst ontvangen levering",
    "synthetic": "synthetisch voorbeeld",
}
DIRECTIONS: Mapping[str, str] = {"lager_beter": "lager is beter", "hoger_beter": "hoger is beter", "geen_oordeel": "geen oordeel over hoger of lager"}
VERDICTS: Mapping[str, str] = {
    "goed": "Goed: er zijn geen bevindingen die het gebruik raken.",
    "let op": "Let op: de cijfers zijn bruikbaar, maar lees de bevindingen.",
    "fout": "Fout: gebruik de genoemde cijfers niet zonder te lezen wat de werkgroep erover besloot.",
}
CATEGORIES: Mapping[str, str] = {"onbekend": "Onbekend", "elders": "Buiten de regio"}
ALSO_KNOWN_AS: Mapping[str, str] = {"GM0518": "Den Haag"}  # readers search for this name; the register says 's-Gravenhage
#: What readers also call a gemeente, beside the names above; HLT is the working organisation of three.
SEARCHED_AS: Mapping[str, str] = {"GM0534": "HLT", "GM0553": "HLT", "GM1525": "HLT", "GM1916": "LV", "GM1926": "PN"}
PARTNER_IN_SENTENCE: Mapping[str, str] = {
    "Politie": "de politie",
    "CBS": "het CBS",
    "RSIV": "het RSIV",
    "RIEC": "het RIEC",
    "Openbaar Ministerie": "het Openbaar Ministerie",
}


def format_number(value: float | None, decimals: int = 0) -> str:
    """`1234.5` → `1.234,5`. Rounds half away from zero, as readers do; an absent number gives an empty text."""
    if value is None:
        return ""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    return f"-{text}" if rounded < 0 else text


def parse_number(text: str) -> float:
    """The inverse of `format_number`. Raises ValueError for another notation."""
    if not re.fullmatch(r"-?\d{1,3}(\.\d{3})*(,\d+)?", text):
        raise ValueError(f"not a Dutch number: {text!r}")
    return float(text.replace(".", "").replace(",", "."))


def format_value(value: float | None, state: str, decimals: int, value_unit: str = "") -> str:
    """A value with its CBS sign: `2,8`, `2,8*`, `x`, `-`, `.`; a unit that starts with % is written behind the number."""
    if state not in ("waarde", "voorlopig") or value is None:
        return SIGNS.get(state, ".") if state != "waarde" else "."
    percent = "%" if value_unit.startswith("%") else ""
    return format_number(value, decimals) + percent + SIGNS[state]


def unit_behind(value_unit: str) -> str:
    """The unit without the % that already stands behind the number."""
    return value_unit.removeprefix("%").strip()


def format_period(period: str) -> str:
    """`2023` → `2023`, `2023Q3` → `3e kwartaal 2023`, `2023-09` → `september 2023`, `2025/26` → `schooljaar 2025/26`,
    `2021/23` → `2021 tot en met 2023`; else as it is."""
    if re.fullmatch(r"\d{4}Q[1-4]", period):
        return f"{period[5:]}e kwartaal {period[:4]}"
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", period):
        return f"{MONTHS[int(period[5:]) - 1]} {period[:4]}"
    if _is_three_years(period):
        return f"{period[:4]} tot en met {int(period[:4]) + 2}"
    return f"schooljaar {period}" if re.fullmatch(r"\d{4}/\d{2}", period) else period


def _is_three_years(period: str) -> bool:
    return re.fullmatch(r"\d{4}/\d{2}", period) is not None and (int(period[:4]) + 2) % 100 == int(period[5:])


def period_in_sentence(period: str) -> str:
    """`2023Q3` → `het 3e kwartaal van 2023`, `2025/26` → `het schooljaar 2025/26`; the others as `format_period`."""
    text = format_period(period)
    if period[4:5] == "Q":
        return f"het {period[5:]}e kwartaal van {period[:4]}"
    return f"het {text}" if period[4:5] == "/" and not _is_three_years(period) else text


def end_of_period(period: str) -> dt.date:
    """The last day of a period; a school year ends on 31 July, three years on 31 December. Raises ValueError for another notation."""
    year = int(period[:4])
    match period[4:5]:
        case "Q":
            month = 3 * int(period[5:])
        case "-":
            month = int(period[5:])
        case "/" if _is_three_years(period):
            return dt.date(year + 2, 12, 31)
        case "/":
            return dt.date(year + 1, 7, 31)
        case _:
            month = 12
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def start_of_period(period: str) -> dt.date:
    """The first day of a period. Raises ValueError for another notation."""
    last = end_of_period(period)
    first = last.year * 12 + last.month - (36 if _is_three_years(period) else {"Q": 3, "-": 1}.get(period[4:5], 12))
    return dt.date(first // 12, first % 12 + 1, 1)


def format_date(value: object) -> str:
    """A date, datetime or ISO text → `22 november 2026`; nothing gives `nog niet`; another text stays as it is."""
    if value is None or value == "":
        return "nog niet"
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            return str(value)
    if isinstance(value, dt.date):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return str(value)


def label(code: str) -> str:
    """A readable label of a category or dimension code: `beleid_mensenhandel` → `Beleid mensenhandel`."""
    text = CATEGORIES.get(code, code.replace("_", " "))
    return text[:1].upper() + text[1:]


def measure(value_unit: str) -> str:
    """What a chart shows, for its title: `% van de onderdelen` → `Aandeel (% van de onderdelen)`."""
    return f"Aandeel ({value_unit})" if value_unit.startswith("%") else label(value_unit)


def theme_title(theme: str) -> str:
    """The title of a theme; a theme that is new here is written from its code."""
    return THEMES.get(theme, label(theme))


def area_label(level: str, code: str, name: str) -> str:
    """The name of an area in lists and tables: `District E, Westland - Delft`."""
    if code in CATEGORIES:
        return "Gebied onbekend" if code == "onbekend" else CATEGORIES[code]
    match level:
        case "regio":
            return f"Hele regio ({name})"
        case "zorgregio":
            return f"Zorgregio {name}"
        case "district" | "basisteam":
            return f"{label(level)} {code}, {name}"
    return f"{name} ({ALSO_KNOWN_AS[code]})" if code in ALSO_KNOWN_AS else name


def search_label(level: str, code: str, name: str) -> str:
    """The name of an area in a list that is searched by typing, the name that readers type first: `Den Haag ('s-Gravenhage)`, `Lisse (HLT)`."""
    if code in ALSO_KNOWN_AS:
        return f"{ALSO_KNOWN_AS[code]} ({name})"
    return f"{area_label(level, code, name)} ({SEARCHED_AS[code]})" if code in SEARCHED_AS else area_label(level, code, name)


def area_in_sentence(level: str, code: str, name: str) -> str:
    """The name of an area behind 'in': `de regio`, `district E (Westland - Delft)`, `Delft`."""
    match level:
        case "regio":
            return "de regio"
        case "zorgregio":
            return f"de zorgregio {name}"
        case "district" | "basisteam":
            return f"{level} {code} ({name})"
    return name


def partner_in_sentence(partner: str) -> str | None:
    """The partner as the subject of a sentence, or None when its grammar is unknown (`Gemeenten (…)` is a plural)."""
    short = re.split(r",| \(", partner)[0].strip()
    if short in PARTNER_IN_SENTENCE:
        return PARTNER_IN_SENTENCE[short]
    return short if short and " " not in short and not short.endswith("en") else None


def join_words(words: list[str]) -> str:
    """`a, b en c`."""
    return " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
