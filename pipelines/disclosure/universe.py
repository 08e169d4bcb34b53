"""Who is counted: the persons or cases that an indicator is about (its universe), and which of them a figure counts.

Figures of several indicators about one universe are protected together, for one of them may be a part, or the same, of another.
The catalogue says in `universe` of each indicator (several where its categories are about others) what a figure of it counts:

    jeugd_verdachten&delict=drugs                 of all young suspects those of drugs
    slachtoffers&leeftijdsgroep=!onbekend > leeftijdsgroep=0-17     a share: of those of known age (!: all but) the ones below 18
    slachtoffers > melder                         a share of all, of which the breakdown divides the numerator alone
    signaal: incidenten&soort=signaal             the category signaal counts these

`a;b` is a or b. A breakdown of a figure takes the place of what is said here of the same attribute, and the numerator that of both. Without
the part after `>` the numerator of a share is in no other indicator; without a universe an indicator is about one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from pipelines.disclosure.model import DisclosureError

PERCENTAGE = 100
BREAKDOWNS = ("dimension_1", "category_1", "dimension_2", "category_2")
ITEM = re.compile(r"(?:(?P<category>[^:>]+): )?(?P<universe>[a-z0-9_]+)(?P<terms>(?:&[^&>]+?)*)(?: > (?P<part>[^>]+))?")
SIGNS = re.compile(r"[&=;|>]|^!")


class UnknownUniverse(DisclosureError):
    """What the catalogue says of whom an indicator counts cannot be read."""


class Categories(NamedTuple):
    """Some categories of an attribute; with `others` all but these, those without a category too."""

    names: frozenset[str]
    others: bool = False

    @property
    def is_one(self) -> bool:
        """Whether this is one category, as a breakdown shows it."""
        return not self.others and len(self.names) == 1

    def holds(self, name: str) -> bool:
        """Whether a category is among these."""
        return (name in self.names) != self.others

    def without(self, part: Categories) -> Categories | None:
        """These less some of them, None where `part` is not all among these."""
        if part.others:
            return Categories(part.names - self.names) if self.others and self.names < part.names else None
        if not all(self.holds(name) for name in part.names) or part == self:
            return None
        return Categories(self.names | part.names if self.others else self.names - part.names, self.others)

    def __str__(self) -> str:
        return "!" * self.others + ";".join(sorted(self.names))


ALL = Categories(frozenset(), others=True)
Terms = dict[str, Categories]


def read_terms(who: str) -> Terms:
    """Attribute → categories, of `who` in an address (`write_terms`)."""
    terms = Terms()
    for attribute, _, text in (term.partition("=") for term in who.split("&") if term):
        terms[attribute] = Categories(frozenset(text.removeprefix("!").split(";")), text.startswith("!"))
    return terms


def write_terms(terms: Mapping[str, Categories]) -> str:
    """`attribute=category` with & between them, in order; an attribute of which all categories are counted is left out."""
    return "&".join(f"{attribute}={terms[attribute]}" for attribute in sorted(terms) if terms[attribute] != ALL)


def list_groups(values: pl.DataFrame, entries: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Whom the rows of `values` count: one row per indicator and breakdown in it (indicator_id, the columns of BREAKDOWNS), with `universe`,
    and as `who` of an address `whole` (all that is counted), and for a share `part` and `rest`, null where these are no persons of their own;
    `counted` names the column with the number of `whole`; `crossed`: by which attributes the finest of them is told apart, & between them.

    An indicator that is not in `entries`, or a category of which the catalogue does not say whom it counts, has no row. Raises UnknownUniverse,
    also for a category with a sign that means something here.
    """
    known = {str(entry["indicator_id"]): entry for entry in entries}
    found = values.select("indicator_id", *BREAKDOWNS).unique(maintain_order=True)
    rows = []
    for row in found.iter_rows(named=True):
        if (entry := known.get(row["indicator_id"])) and (group := _group(entry, {row[f"dimension_{k}"]: row[f"category_{k}"] for k in (1, 2)})):
            rows.append(row | group)
    names = ("universe", "whole", "part", "rest", "counted", "crossed")
    return pl.DataFrame(rows, schema={**{name: found.schema[name] for name in found.columns}, **{name: pl.String() for name in names}}, orient="row")


def each_universe(values: pl.DataFrame, entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, pl.DataFrame, list[Mapping[str, Any]]]]:
    """Each universe in order of name, with its rows of `values` (numbered in `row`) and the entries that have any among them."""
    numbered = values.with_row_index("row").join(list_groups(values, entries), on=["indicator_id", *BREAKDOWNS], how="inner", maintain_order="left")
    parts = numbered.select("row", *values.columns, "universe").partition_by("universe", as_dict=True, include_key=False)
    for (universe,), rows in sorted(parts.items(), key=str):
        present = set(rows["indicator_id"].unique())
        yield str(universe), rows, [entry for entry in entries if entry["indicator_id"] in present]


def several_valued(entries: Sequence[Mapping[str, Any]]) -> set[str]:
    """The attributes of which a person can have several categories: breakdowns with a * in the catalogue."""
    return {str(name).removesuffix("*") for entry in entries for name in entry.get("breakdowns") or [] if str(name).endswith("*")}


def check_universe(entry: Mapping[str, Any]) -> None:
    """Raises UnknownUniverse where what an entry of the catalogue says of its universe cannot be read."""
    _items(entry)


def _items(entry: Mapping[str, Any]) -> list[re.Match[str]]:
    said = [str(item) for item in entry.get("universe") or []] or [str(entry["indicator_id"])]
    items = [match for item in said if (match := ITEM.fullmatch(item))]
    if len(items) < len(said) or (len(items) > 1 and not all(item["category"] for item in items)):
        raise UnknownUniverse(
            f"the universe of {entry['indicator_id']} cannot be read: one, or one per category, like name&attribute=category > attribute=category"
        )
    if any(item["part"] for item in items) and entry.get("per") != PERCENTAGE:
        raise UnknownUniverse(f"the universe of {entry['indicator_id']} has a numerator, and it is no share (per 100)")
    if not all("=" in term for item in items for term in item["terms"].split("&")[1:]):
        raise UnknownUniverse(f"the universe of {entry['indicator_id']} names an attribute without a category")
    return items


def _group(entry: Mapping[str, Any], breakdowns: Mapping[str, str]) -> dict[str, str | None] | None:
    divided = {name: category for name, category in breakdowns.items() if name != "totaal"}
    if any(SIGNS.search(category) for category in divided.values()):
        raise UnknownUniverse(f"{entry['indicator_id']} has a category with one of the signs & = ; | > or a ! at its start")
    items = _items(entry)
    if items[0]["category"]:
        items = [item for item in items if item["category"] in divided.values()]
        divided = {name: category for name, category in divided.items() if category not in {item["category"] for item in items}}
    if not items:
        return None
    own, per = items[0], entry.get("per")
    cells = {name: Categories(frozenset([category])) for name, category in divided.items()}
    whole = read_terms(own["terms"]) | cells
    group = {"universe": own["universe"], "part": None, "rest": None, "counted": "denominator" if per is not None and per <= PERCENTAGE else "numerator"}
    if per == PERCENTAGE:
        said = (own["part"] or f"{entry['indicator_id']}=teller").split("&")
        part = whole | read_terms("&".join(term for term in said if "=" in term))
        whole = {name: terms for name, terms in whole.items() if name not in said}
        differ = [name for name in {*part, *whole} if part.get(name, ALL) != whole.get(name, ALL)]
        left = whole.get(differ[0], ALL).without(part.get(differ[0], ALL)) if len(differ) == 1 else None
        group |= {"part": write_terms(part), "rest": None if left is None else write_terms(whole | {differ[0]: left})}
        return group | {"whole": write_terms(whole), "crossed": "&".join(sorted(part))}
    return group | {"whole": write_terms(whole), "crossed": "&".join(sorted(whole))}
