"""The catalogue of indicators and the contracts, in the form in which a release carries them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from data_contracts import all_contracts
from pipelines.disclosure.universe import check_universe
from pipelines.policy import POLICY, add_policy
from pipelines.resources import PROJECT

CATALOGUE = PROJECT / "dbt_project" / "seeds" / "catalogue.csv"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
Level = Literal["regio", "zorgregio", "abc", "district", "basisteam", "gemeente", "wijk"]
Grain = Literal["maand", "kwartaal", "jaar", "schooljaar", "twee_jaar", "drie_jaar"]


def _parts(cell: object) -> object:
    return [part for part in cell.split("|") if part] if isinstance(cell, str) else cell


def _empty_is_none(cell: object) -> object:
    return None if cell == "" else cell


Listed = BeforeValidator(_parts)
NoneWhenEmpty = BeforeValidator(_empty_is_none)


class Entry(BaseModel):
    """One indicator of the catalogue: everything that a reader must be told about it (domain.md names the fields)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    indicator_id: Annotated[str, StringConstraints(pattern=r"^(alg|mh|oc|ja|x)_[a-z0-9_]+$")]
    name: Text
    theme: Literal["context", "mensenhandel", "online_criminaliteit", "jonge_aanwas", "ketenbreed"]
    definition: Annotated[str, StringConstraints(pattern=r"^[A-Z].*\.$")]
    unit: Text
    value_unit: Text
    numerator: Text
    denominator: str
    per: Annotated[Annotated[int, Field(gt=0)] | None, NoneWhenEmpty]
    decimals: Annotated[int, Field(ge=0, le=3)]
    interval_kind: Literal["poisson", "wilson", "enquete", "geen"]
    sources: Annotated[list[Name], Listed, Field(min_length=1)]
    area_levels: Annotated[list[Level], Listed, Field(min_length=1)]
    period_grains: Annotated[list[Grain], Listed, Field(min_length=1)]
    breakdowns: Annotated[list[Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+\*?$")]], Listed]
    universe: Annotated[list[str], Listed]
    additivity: Literal["som", "personen", "niet"]
    direction: Literal["hoger_beter", "lager_beter", "geen_oordeel"]
    person_related: bool
    threshold_professional: Annotated[int, Field(ge=0)]
    threshold_publiek: Annotated[int, Field(ge=0)]
    limitations: Text
    steward: Text
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]

    @model_validator(mode="after")
    def _unfolds(self) -> Self:
        """What is divided names what it is divided by; a share has a Wilson interval, and what is secret a threshold."""
        if (self.per is None) != (self.denominator == ""):
            raise ValueError("per and denominator belong together: a rate that cannot be unfolded is no indicator")
        if self.interval_kind == "wilson" and self.per != 100:
            raise ValueError("interval_kind wilson is for a share (per 100)")
        if self.threshold_publiek < self.threshold_professional:
            raise ValueError("the public threshold may not be below that of professionals")
        if self.person_related != (self.threshold_professional > 0):
            # also of businesses that can be recognised: disclosure control looks at person_related
            raise ValueError("person_related and a threshold belong together: without the one the other protects nobody")
        if {name.rstrip("*") for name in self.breakdowns} & {"totaal"} or len({name.rstrip("*") for name in self.breakdowns}) != len(self.breakdowns):
            raise ValueError("breakdowns stand twice, or are called totaal")
        check_universe(dict(self))
        return self


def load_catalogue(path: Path = CATALOGUE, policy: Path = POLICY) -> list[dict[str, object]]:
    """The entries of the catalogue seed as plain data, lists and numbers parsed, with what policy asks (`add_policy`); an empty `per` is None.

    Raises ValueError that names the entry, the field and what is wrong with it when one breaks the schema (`Entry`), stands
    twice, or names a delivery without a contract, and PolicyBroken.
    """
    known = {contract.terms().delivery for contract in all_contracts()}
    entries: list[dict[str, object]] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                entry = Entry.model_validate(row)
            except ValidationError as error:
                wrong = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'entry'}: {each['msg']}" for each in error.errors(include_input=False))
                raise ValueError(f"catalogue entry {row.get('indicator_id')!r} does not hold the schema: {wrong}") from None
            if strangers := set(entry.sources) - known:
                raise ValueError(f"catalogue entry {entry.indicator_id!r} names sources without a contract: {', '.join(sorted(strangers))}")
            if any(entry.indicator_id == other["indicator_id"] for other in entries):
                raise ValueError(f"catalogue entry {entry.indicator_id!r} stands twice")
            entries.append(entry.model_dump())
    return add_policy(entries, policy)


def describe_contracts() -> list[dict[str, object]]:
    """Per contract what a release says of it: delivery, version, title, partner, theme, rhythm, owner, smallest_area, smallest_group
    (per audience), audiences, confidential."""
    described = []
    for contract in all_contracts():
        terms = contract.terms()
        plain = {field: getattr(terms, field) for field in ("delivery", "version", "title", "partner", "theme", "owner", "confidential")}
        law = {"smallest_area": terms.law.smallest_area, "smallest_group": dict(terms.law.smallest_group), "audiences": list(terms.law.audiences)}
        described.append({**plain, "rhythm": str(terms.rhythm), **law})
    return described
