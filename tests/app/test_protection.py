"""What the page on the protection of persons says, from certificates written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from app import protection
from app.access import Audience

POLICY = {"share": 0.9, "deepest": 3, "decoys": 0.005, "never": [], "bevestigd": False}
NAMES = {"b": "Slachtoffers", "a": "Verdachten", "c": "Woningen"}


def table(level: str, grain: str, by: str, figures: int, shown: int, and_by: str = "totaal") -> dict[str, Any]:
    return {"area_level": level, "period_grain": grain, "dimension_1": by, "dimension_2": and_by, "figures": figures, "figures_shown": shown}


def certificate(*layouts: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """Of indicators a, b, … with these tables."""
    said = [
        {
            "indicator_id": name,
            "tables": len(layout),
            "tables_shown": sum(one["figures_shown"] > 0 for one in layout),
            "figures": sum(one["figures"] for one in layout),
            "figures_shown": sum(one["figures_shown"] for one in layout),
            "layout": layout,
        }
        for name, layout in zip("ab", layouts, strict=False)
    ]
    names = [one["indicator_id"] for one in said]
    return {"thresholds": dict.fromkeys(names, 5), "policy": dict.fromkeys(names, POLICY), "attackers": ["buitenstaander"], "indicators": said, **changes}


def pair(professional: dict[str, Any], publiek: dict[str, Any]) -> dict[Audience, dict[str, Any]]:
    return {"professional": professional, "publiek": publiek}


@pytest.mark.parametrize(
    ("figures", "shown", "withheld", "choice"),
    [
        (400, 381, "19 van 400 (4,8%)", "met geheime cijfers"),
        (23867, 304, "23.563 van 23.867 (98,7%)", "met geheime cijfers"),
        (5, 5, "0 van 5 (0%)", "heel getoond"),
        (5, 0, "5 van 5 (100%)", "heel geheim"),
        (0, 0, "geen cijfers", "geen cijfers"),
    ],
)
def test_figures_are_written_with_what_was_chosen_for_their_table(figures: int, shown: int, withheld: str, choice: str) -> None:
    counted = protection.Shown(figures, shown)
    assert (counted.withheld, counted.choice) == (withheld, choice)


def test_indicators_of_which_the_same_is_asked_stand_together_the_most_first() -> None:
    strict = {**POLICY, "never": ["nationaliteitsgroep", "leeftijdsgroep=0-17"], "bevestigd": True}
    said = {"thresholds": {"a": 10, "b": 5, "c": 5, "d": 5}, "policy": {"a": strict, "b": POLICY, "c": dict(POLICY), "d": None}}
    (usual, most), (other, one), (nothing, none) = protection.policy_groups(said)
    assert (most, one, none) == (["b", "c"], ["a"], ["d"])
    assert usual == protection.Asked(5, 0.9, 3, 0.005, (), False)
    terms = dict(protection.policy_terms(other))
    assert terms["Drempel"] == "Een aantal personen onder 10 is geheim, ook nul."
    assert terms["Loting"].startswith("Van elke 1.000 aantallen ter grootte van de drempel maakt een loting er gemiddeld 5 geheim")
    assert dict(protection.policy_terms(usual._replace(decoys=0.0)))["Loting"].startswith("Er wordt niet geloot.")
    assert terms["Nooit getoond"] == "naar nationaliteitsgroep en 0-17 (van leeftijdsgroep)"
    assert terms["Privacy officer"] == "heeft dit bevestigd"
    assert dict(protection.policy_terms(usual))["Privacy officer"] == "heeft dit nog niet bevestigd"
    assert protection.policy_terms(nothing) == [("Geen beleid", "Voor deze indicatoren is niets vastgelegd. Daarom wordt er niets van getoond.")]


def test_an_exception_names_its_indicators() -> None:
    assert protection.applies_to(["a", "b"], NAMES, is_usual=False) == "Uitzondering voor Verdachten en Slachtoffers."
    assert protection.applies_to(["a"], NAMES, is_usual=True) == "Dit geldt voor 1 indicator over personen."


def test_the_tables_of_both_audiences_stand_beside_each_other_the_coarse_ones_first() -> None:
    full = [
        table("gemeente", "kwartaal", "leeftijd", 100, 0, "delict"),
        table("gemeente", "jaar", "totaal", 27, 25),
        table("regio", "kwartaal", "totaal", 20, 20),
        table("regio", "jaar", "totaal", 5, 5),
        table("regio", "jaar", "leeftijd", 10, 10),
    ]
    rows = protection.table_rows(pair(certificate(full), certificate([{**one, "figures_shown": 0} for one in full[:4]])), "a")
    assert [row["Tabel"] for row in rows] == [
        "Regio, jaar, zonder uitsplitsing",
        "Regio, kwartaal, zonder uitsplitsing",
        "Gemeente, jaar, zonder uitsplitsing",
        "Regio, jaar, naar leeftijd",
        "Gemeente, kwartaal, naar leeftijd en delict",
    ]
    assert rows[2] == {
        "Tabel": "Gemeente, jaar, zonder uitsplitsing",
        "Professionals: geheim": "2 van 27 (7,4%)",
        "Professionals: gekozen": "met geheime cijfers",
        "Iedereen: geheim": "27 van 27 (100%)",
        "Iedereen: gekozen": "heel geheim",
    }
    assert rows[3]["Iedereen: gekozen"] == "geen cijfers"


def test_an_indicator_is_summed_up_in_words() -> None:
    said = certificate([table("regio", "jaar", "totaal", 5, 5), table("gemeente", "jaar", "totaal", 27, 25)], [table("regio", "jaar", "totaal", 5, 0)], [])
    assert protection.summary(said, "a") == "2 tabellen: 1 heel getoond en 1 met geheime cijfers. Geheim: 2 van de 32 cijfers (6,3%)."
    assert protection.summary(said, "b") == "1 tabel: 1 heel geheim. Geheim: 5 van de 5 cijfers (100%)."
    assert protection.summary(said, "c") == "Er zijn hier geen cijfers."
    assert protection.whole(said) == protection.Shown(37, 30)


def test_indicators_about_persons_stand_in_the_order_of_the_catalogue() -> None:
    said = pair(certificate([table("regio", "jaar", "totaal", 5, 5)], [table("regio", "jaar", "totaal", 5, 4)]), certificate([], []))
    assert protection.indicator_rows(said, NAMES) == [
        {"Indicator": "Slachtoffers", "Professionals: geheim": "1 van 5 (20,0%)", "Iedereen: geheim": "geen cijfers"},
        {"Indicator": "Verdachten", "Professionals: geheim": "0 van 5 (0%)", "Iedereen: geheim": "geen cijfers"},
    ]


def test_every_threshold_says_how_far_the_possible_counts_lie_apart() -> None:
    said = certificate([], [], thresholds={"a": 10, "b": 5})
    assert protection.width_sentence(said).count("uit elkaar") == 2
    assert "Bij een drempel van 10 liggen het laagste en het hoogste aantal dat nog kan, minstens 9 uit elkaar." in protection.width_sentence(said)


def test_an_attacker_that_is_new_here_is_named_all_the_same() -> None:
    (first, explained), (second, not_yet) = protection.attacker_terms(pair(certificate(), certificate(attackers=["buitenstaander", "buurman"])))
    assert (first, second) == ("Buitenstaander", "Buurman")
    assert "eerdere releases" in explained
    assert "nog niet uitgelegd" in not_yet


def test_a_certificate_of_before_there_were_tables_in_it_leaves_the_page_whole() -> None:
    old = pair({}, {"indicators": [{"indicator_id": "a", "tables": 3, "tables_shown": 1, "figures": 9, "figures_shown": 2}]})
    assert protection.policy_groups(old["professional"]) == []
    assert protection.table_rows(old, "a") == []
    assert protection.indicator_rows(old, NAMES) == [
        {"Indicator": "Verdachten", "Professionals: geheim": "geen cijfers", "Iedereen: geheim": "7 van 9 (77,8%)"}
    ]
