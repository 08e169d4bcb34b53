"""What disclosure control is asked for, as data: `disclosure_policy.toml` beside the catalogue, with defaults per audience and exceptions per indicator."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from pipelines.resources import PROJECT

POLICY = PROJECT / "dbt_project" / "seeds" / "disclosure_policy.toml"
AUDIENCES = ("professional", "publiek")
ELSEWHERE = "openbaar"

Model = TypeVar("Model", bound=BaseModel)
Count = Annotated[int, Field(ge=1)]
Word = Annotated[str, StringConstraints(min_length=1)]
#: A breakdown (`nationaliteitsgroep`) or one of its categories (`leeftijdsgroep=0-11`).
Never = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(=.+)?$")]


class PolicyBroken(ValueError):
    """Policy does not hold its schema. The message says file or indicator, audience and field."""


class AudiencePolicy(BaseModel):
    """What one audience may see of one indicator; the words of the policy file explain the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    threshold: Count
    share: Annotated[float, Field(gt=0, le=1)]
    deepest: Annotated[int, Field(ge=0)]
    decoys: Annotated[float, Field(ge=0, lt=1)]
    never: list[Never]
    bevestigd: bool


class Elsewhere(BaseModel):
    """A figure about persons that others have published, so that everybody may know it; the words of the policy file explain the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    area_level: Word
    area_code: Word
    period_grain: Word
    period: Word
    uitsplitsing: Annotated[dict[Word, Word], Field(max_length=2)] = {}
    aantal: Annotated[int, Field(ge=0)]
    noemer: Count | None = None
    bron: Word


def add_policy(entries: Sequence[Mapping[str, Any]], path: Path = POLICY) -> list[dict[str, Any]]:
    """Catalogue entries with what policy asks of each: `policy` has per audience share, deepest, decoys, never and bevestigd (it is empty for what is not
    about persons), and `threshold_<audience>` is the higher one of catalogue and policy; `elsewhere` are the figures that others have published.

    An exception replaces what it names; it is not confirmed unless it says so itself. Raises PolicyBroken for a file that cannot be read, an
    unknown audience, indicator, breakdown or field, a wrong type, a figure without a source, and a public threshold below that of professionals.
    """
    defaults, exceptions = _read(path, {str(entry["indicator_id"]): entry for entry in entries})
    known = {name for entry in entries for name in _breakdowns(entry)}
    for audience, default in defaults.items():
        _check_breakdowns(default, known, f"{path.name}, default.{audience}")
    return [{**entry, **_asked(entry, defaults, exceptions.get(str(entry["indicator_id"]), {}), path.name)} for entry in entries]


def policy_in_entry(entry: Mapping[str, Any], audience: str) -> AudiencePolicy | None:
    """The policy that an entry carries; None where it says not plainly that it is about persons, with which threshold and policy: then nothing
    may be shown of it. Raises PolicyBroken for an unknown field or a wrong type."""
    threshold, said = entry.get(f"threshold_{audience}"), entry.get("policy")
    if entry.get("person_related") is not True or not said or not isinstance(threshold, int) or isinstance(threshold, bool) or threshold < 1:
        return None
    where = f"policy of {entry.get('indicator_id')} for {audience}"
    if not isinstance(said, Mapping) or not isinstance(said.get(audience), Mapping):
        raise PolicyBroken(f"{where}: is no table of fields")
    return _validate({**said[audience], "threshold": threshold}, where, AudiencePolicy)


def _read(path: Path, entries: Mapping[str, Mapping[str, Any]]) -> tuple[dict[str, AudiencePolicy], dict[str, dict[str, dict[str, Any]]]]:
    """Defaults per audience, and the exceptions as they stand per indicator and audience."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PolicyBroken(f"{path.name}: cannot be read ({type(error).__name__}): it must be there, as TOML in UTF-8") from None
    _check_names(tables, ("default", "indicator"), path.name)
    default = _table(tables.get("default"), f"{path.name}, default")
    _check_names(default, AUDIENCES, f"{path.name}, default")
    defaults = {audience: _validate(default.get(audience), f"{path.name}, default.{audience}", AudiencePolicy) for audience in AUDIENCES}
    exceptions = _table(tables.get("indicator", {}), f"{path.name}, indicator")
    for indicator_id, exception in exceptions.items():
        where = f"{path.name}, indicator.{indicator_id}"
        if entries.get(indicator_id, {}).get("person_related") is not True:
            raise PolicyBroken(f"{where}: the catalogue has no indicator about persons of this name")
        _check_names(_table(exception, where), (*AUDIENCES, ELSEWHERE), where)
        for audience in set(exception) & set(AUDIENCES):
            _table(exception[audience], f"{where}.{audience}")
    return defaults, exceptions


def _asked(entry: Mapping[str, Any], defaults: Mapping[str, AudiencePolicy], exceptions: Mapping[str, Mapping[str, Any]], file: str) -> dict[str, Any]:
    if entry["person_related"] is not True:
        return {"policy": {}, "elsewhere": []}
    own, thresholds, policy = _breakdowns(entry), {}, {}
    for audience, default in defaults.items():
        where, asked = f"{file}, indicator.{entry['indicator_id']}.{audience}", default
        if exception := exceptions.get(audience):
            asked = _validate({**default.model_dump(), "bevestigd": False, **exception}, where, AudiencePolicy)
            if "never" in exception:
                _check_breakdowns(asked, own, where)
        thresholds[f"threshold_{audience}"] = max(asked.threshold, entry[f"threshold_{audience}"])
        never = [name for name in asked.never if name.partition("=")[0] in own]
        policy[audience] = {**asked.model_dump(exclude={"threshold"}), "never": never}
    if thresholds["threshold_publiek"] < thresholds["threshold_professional"]:
        raise PolicyBroken(f"{file}, indicator.{entry['indicator_id']}: threshold: the public one may not be below that of professionals")
    return {**thresholds, "policy": policy, "elsewhere": list(_elsewhere(exceptions.get(ELSEWHERE, []), own, f"{file}, indicator.{entry['indicator_id']}"))}


def _elsewhere(figures: object, known: set[str], where: str) -> Iterator[dict[str, Any]]:
    if not isinstance(figures, list):
        raise PolicyBroken(f"{where}.{ELSEWHERE}: is no list of figures: write [[indicator.<indicator_id>.{ELSEWHERE}]]")
    for number, fields in enumerate(figures, start=1):
        figure = _validate(fields, f"{where}.{ELSEWHERE} {number}", Elsewhere)
        if strange := sorted(set(figure.uitsplitsing) - known):
            raise PolicyBroken(f"{where}.{ELSEWHERE} {number}: uitsplitsing: no breakdown of the indicator is called {', '.join(strange)}")
        yield figure.model_dump()


def _validate(fields: object, where: str, model: type[Model]) -> Model:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'table'}: {each['msg']}" for each in error.errors(include_input=False))
        raise PolicyBroken(f"{where}: {wrong}") from None


def _table(found: object, where: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise PolicyBroken(f"{where}: is no table of fields")
    return found


def _check_names(table: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    if strange := sorted(set(table) - set(known)):
        raise PolicyBroken(f"{where}: {', '.join(strange)}: not known here; known are {', '.join(known)}")


def _breakdowns(entry: Mapping[str, Any]) -> set[str]:
    return {str(name).removesuffix("*") for name in entry["breakdowns"]}


def _check_breakdowns(asked: AudiencePolicy, known: set[str], where: str) -> None:
    if strange := sorted({name.partition("=")[0] for name in asked.never} - known):
        raise PolicyBroken(f"{where}: never: no breakdown of the catalogue is called {', '.join(strange)}")
