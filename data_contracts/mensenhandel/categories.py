"""Categories that several partners of the theme mensenhandel share; what one partner alone uses stands in its contract."""

from __future__ import annotations

from collections.abc import Mapping

VORMEN = ("seksueel", "arbeid", "crimineel", "onbekend")
VORM_ALIASES: Mapping[str, str] = {
    "seksuele uitbuiting": "seksueel",
    "arbeidsuitbuiting": "arbeid",
    "arbeid/dienstverlening": "arbeid",
    "criminele uitbuiting": "crimineel",
    "gedwongen criminaliteit": "crimineel",
}

DOELGROEPEN = ("vrouwen", "vrouwen met kinderen", "mannen", "minderjarigen", "onbekend")
DOELGROEP_ALIASES: Mapping[str, str] = {
    "vrouw": "vrouwen",
    "vrouw met kinderen": "vrouwen met kinderen",
    "moeders met kinderen": "vrouwen met kinderen",
    "man": "mannen",
    "minderjarig": "minderjarigen",
    "onder 18": "minderjarigen",
    "niet bekend": "onbekend",
}

LEEFTIJDEN_VERDACHTE = ("12-17", "18-22", "23-29", "30-39", "40-59", "60+", "onbekend")  # under 12 nobody is prosecuted (art. 486 Sv)
LEEFTIJD_ALIASES: Mapping[str, str] = {
    "12 t/m 17": "12-17",
    "18 t/m 22": "18-22",
    "23 t/m 29": "23-29",
    "30 t/m 39": "30-39",
    "40 t/m 59": "40-59",
    "60 en ouder": "60+",
    "60 jaar en ouder": "60+",
    "niet bekend": "onbekend",
}
