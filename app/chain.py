"""The partners of the chain: their names, and who passes what on to whom. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from app import wording
from app.cooperation import ALL, has

LONG_NAME = 34  # signs; more would take three lines in a diagram


class Pass(NamedTuple):
    """One partner passes something on to another; both are names."""

    giver: str
    receiver: str
    what: str

    @property
    def sentence(self) -> str:
        """`Van Politie naar Openbaar Ministerie: dossiers`."""
        return f"Van {self.giver} naar {self.receiver}: {self.what or 'niet bekend wat'}"


def short_name(organisation: str) -> str:
    """A name for a diagram: without what stands between brackets, and where it stays long its abbreviation or its first part."""
    bare = re.sub(r"\s*\([^)]*\)", "", organisation).strip() or organisation
    if len(bare) <= LONG_NAME:
        return bare
    abbreviation = re.search(r"\(([A-Z]{2,6})\)", organisation)
    return abbreviation[1] if abbreviation else bare.split(",")[0]


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Short names by id; two partners that would have the same one keep their whole name."""
    short = {partner_id: short_name(name) for partner_id, name in names.items()}
    times = Counter(short.values())
    return {partner_id: name if times[name] == 1 else names[partner_id] for partner_id, name in short.items()}


def partner_names(partners: pl.DataFrame) -> dict[str, str]:
    """The name of each partner by its id, in the order of the alphabet."""
    pairs = [(str(row["partner_id"]), str(row["organisatie"])) for row in partners.to_dicts()]
    return dict(sorted(pairs, key=lambda pair: pair[1].lower()))


def passes(partners: pl.DataFrame) -> list[tuple[str, str, str]]:
    """Who passes what on to whom: id, id and what. A receiver that the register does not know counts too."""
    return [
        (str(row["partner_id"]), receiver.strip(), str(row["wat_wordt_doorgegeven"] or ""))
        for row in partners.to_dicts()
        for receiver in str(row["geeft_door_aan"] or "").split(";")
        if receiver.strip()
    ]


def within(partners: pl.DataFrame, theme: str = ALL, partner: str = ALL) -> list[Pass]:
    """The passes between partners of a theme, or those from and to one partner, with short names."""
    names = short_names(partner_names(partners))
    inside = {str(row["partner_id"]) for row in partners.to_dicts() if has(row, theme)}
    return [
        Pass(name_of(names, giver), name_of(names, receiver), what)
        for giver, receiver, what in passes(partners)
        if (giver in inside and (receiver in inside or receiver not in names)) and partner in (ALL, giver, receiver)
    ]


def name_of(names: Mapping[str, str], partner_id: str) -> str:
    """The name of a partner; one that is not in the register is written from its id."""
    return names.get(partner_id, wording.label(partner_id.replace("-", " ")))


def busiest(partners: pl.DataFrame, theme: str = ALL) -> str:
    """The partner with most passes within a theme, to start the diagram with; ALL when nobody passes anything on."""
    inside = {str(row["partner_id"]) for row in partners.to_dicts() if has(row, theme)}
    counts = Counter(one for giver, receiver, _ in passes(partners) if {giver, receiver} <= inside for one in (giver, receiver))
    return min(counts, key=lambda one: (-counts[one], one)) if counts else ALL
