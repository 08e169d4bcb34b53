"""The partners of the chain, and the diagram of who passes what on to whom."""

from __future__ import annotations

import itertools
from typing import Any

import polars as pl
import pytest

from app import cards, chain, chain_diagram
from app.chain import Pass
from tests.app.registers_fixture import registers


def partners(*rows: tuple[str, str, str, str | None]) -> pl.DataFrame:
    """Partners by id, name, themes and to whom they pass on."""
    frame = pl.DataFrame([*rows], schema=["partner_id", "organisatie", "themas", "geeft_door_aan"], orient="row", infer_schema_length=None)
    return frame.with_columns(wat_wordt_doorgegeven=pl.when(pl.col("geeft_door_aan").is_not_null()).then(pl.lit("signalen")))


THREE = (
    ("politie", "Politie", "mensenhandel|jonge aanwas", "om; halt"),
    ("om", "Openbaar Ministerie", "mensenhandel|jonge aanwas", "halt"),
    ("halt", "Halt", "jonge aanwas", None),
)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("RSIV (Regionaal Samenwerkingsverband Integrale Veiligheid)", "RSIV"),
        ("Centrum voor Criminaliteitspreventie en Veiligheid (CCV)", "CCV"),
        ("Openbaar Ministerie, arrondissementsparket Den Haag", "Openbaar Ministerie"),
        ("Halt", "Halt"),
    ],
)
def test_a_long_name_is_short_in_the_diagram(name: str, short: str) -> None:
    assert chain.short_name(name) == short


def test_partners_that_would_have_the_same_short_name_keep_their_whole_name() -> None:
    assert chain.short_names({"a": "Zorg (noord)", "b": "Zorg (zuid)", "c": "Halt (heel)"}) == {"a": "Zorg (noord)", "b": "Zorg (zuid)", "c": "Halt"}


def test_the_chain_of_a_theme_holds_its_partners_only() -> None:
    register = partners(*THREE)
    assert chain.within(register, "mensenhandel") == [Pass("Politie", "Openbaar Ministerie", "signalen")]
    assert len(chain.within(register)) == 3
    assert [one.sentence for one in chain.within(register, partner="om")] == [
        "Van Politie naar Openbaar Ministerie: signalen",
        "Van Openbaar Ministerie naar Halt: signalen",
    ]


def test_a_receiver_that_the_register_does_not_know_is_written_from_its_id() -> None:
    assert chain.within(partners(("politie", "Politie", "mensenhandel", "veilig-thuis")))[0].receiver == "Veilig thuis"


def test_the_diagram_starts_with_the_partner_that_has_most_arrows() -> None:
    assert chain.busiest(partners(*THREE, ("rsiv", "RSIV", "mensenhandel", "om"))) == "om"
    assert chain.busiest(partners(("halt", "Halt", "jonge aanwas", None))) == "alle"


def rows_of(spec: dict[str, Any], layer: int) -> list[dict[str, Any]]:
    return list(spec["layer"][layer]["data"]["values"])


def test_the_diagram_has_a_described_arrow_for_each_pass() -> None:
    found = chain.within(partners(*THREE))
    arrows = rows_of(chain_diagram.diagram(found), 0)
    assert [arrow["beschrijving"] for arrow in arrows] == [one.sentence for one in found]
    assert len({(arrow["van"], arrow["naar"]) for arrow in arrows}) == 3


def test_what_a_partner_gets_stands_above_what_it_gives() -> None:
    arrows = rows_of(chain_diagram.diagram(chain.within(partners(*THREE), partner="om"), "Openbaar Ministerie"), 0)
    gets, gives = sorted(arrows, key=lambda arrow: not arrow["krijgt"])
    assert max(gets["van"], gets["naar"]) < min(gives["van"], gives["naar"])


def test_names_in_the_diagram_never_lie_over_each_other() -> None:
    many = [Pass(f"Partner met een lange naam {number}", f"Krijger {number % 4}", "iets") for number in range(20)]
    spec = chain_diagram.diagram(many)
    for layer in (2, 4):
        places = sorted((row["y"], len(row["regels"])) for row in rows_of(spec, layer))
        assert all(below - above >= lines * chain_diagram.LINE for (above, lines), (below, _) in itertools.pairwise(places))


def test_the_list_says_of_a_partner_what_the_diagram_shows() -> None:
    register = registers()["partners"]
    justice = next(row for row in register.to_dicts() if row["partner_id"] == "om")
    names, passes = chain.partner_names(register), chain.passes(register)
    html = cards.partner(justice, names, passes)
    assert "<dt>Krijgt van</dt><dd><ul><li>Politie: dossiers</li></ul></dd>" in html
    assert "Geeft door" not in html
    assert "<dt>Geeft door</dt><dd>Dossiers</dd>" in cards.partner(next(row for row in register.to_dicts() if row["partner_id"] == "politie"), names, passes)
    assert "<dt>Zo bereikt u hen</dt><dd>Via de politie</dd>" in html
