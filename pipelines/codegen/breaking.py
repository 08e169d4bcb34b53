"""What a contract takes back of its promise: two ODCS documents side by side.

A change breaks when a file or a query that was right becomes wrong. Everything else that tools can see is an addition;
words for people (descriptions, examples, quirks, the change log) may change at any time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]

LOWEST, HIGHEST = ("minimum", "minLength"), ("maximum", "maxLength")
HEAD, WORDS = {"name", "version", "status", "tags", "description", "team", "support"}, {"description", "examples", "dataGranularityDescription"}


def breaks(old: Document, new: Document) -> list[str]:
    """What `new` breaks of `old`, one English phrase for each, with the column."""
    before, after = _columns(old), _columns(new)
    heirs = {name: _heir(name, before, after) for name in before if name not in after}
    found = [f"column {name} is gone" + (f", or renamed to {heir}" if heir else "") for name, heir in heirs.items()]
    found += [phrase for name, column in before.items() if name in after for phrase in _column_breaks(name, column, after[name])]
    added = after.keys() - before.keys() - set(heirs.values())
    found += [f"column {name} is new" for name in after if name in added and is_asked(after[name])]
    was, now = ({name for name, column in columns.items() if column.get("primaryKey")} for columns in (before, after))
    if was - heirs.keys() != now - set(heirs.values()):
        found.append(f"the key was {' + '.join(sorted(was))} and is {' + '.join(sorted(now))}")
    return found + list(_rule_breaks(old, new))


def is_asked(column: Document) -> bool:
    """Whether a partner must deliver a column, be it empty: a file without one is refused, since a column that was forgotten
    would read as nothing known. A bound that the reader makes of a count is not asked."""
    return not _custom(column, "madeFrom", "")


def is_same_promise(old: Document, new: Document) -> bool:
    """Whether the documents differ in words for people at most."""
    return all(_promise(old.get(part)) == _promise(new.get(part)) for part in (*old, *new) if part not in HEAD)


def _columns(document: Document) -> dict[str, Any]:
    return {column["name"]: column for column in document["schema"][0]["properties"]}


def _custom(described: Document, name: str, default: Any) -> Any:
    return next((each["value"] for each in described.get("customProperties", ()) if each["property"] == name), default)


def _heir(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """The new name of a column that went: a new column that takes its heading, or of its type at its place."""
    place = (list(before).index(name), before[name]["physicalType"])
    for heir, column in after.items():
        if heir not in before and (name in _custom(column, "headings", ()) or (list(after).index(heir), column["physicalType"]) == place):
            return heir
    return None


def _column_breaks(name: str, old: Document, new: Document) -> Iterator[str]:
    if old["physicalType"] != new["physicalType"]:
        yield f"column {name} changed its type from {old['physicalType']} to {new['physicalType']}"
    if new["required"] and not old["required"]:
        yield f"column {name} may no longer be empty"
    lost = [value for value in _categories(old) if value not in _categories(new)] if _categories(new) else []
    if lost:
        yield f"column {name} lost {', '.join(repr(value) for value in lost)}"
    if _categories(new) and not _categories(old):
        yield f"column {name} takes listed categories only"
    yield from _narrowed(name, old.get("logicalTypeOptions", {}), new.get("logicalTypeOptions", {}), has_list=bool(_categories(new)))
    for kind in ("headings", "spellings"):
        gone = [value for value in _custom(old, kind, ()) if value not in _custom(new, kind, ()) and value != name]
        if gone:
            yield f"column {name} no longer takes the {kind} {', '.join(repr(value) for value in gone)}"


def _categories(column: Document) -> list[Any]:
    return [each["value"] for each in column.get("enum", ())] or list(_custom(column, "categories", ()))


def _narrowed(name: str, old: Document, new: Document, *, has_list: bool) -> Iterator[str]:
    for option in (*LOWEST, *HIGHEST):
        was, now = old.get(option), new.get(option)
        if now is not None and (was is None or (now > was if option in LOWEST else now < was)):
            yield f"column {name} narrowed its {option} from {'none' if was is None else was} to {now}"
    # whether one pattern holds another cannot be computed in general: any other pattern counts as a narrower one
    if "pattern" in new and new["pattern"] != old.get("pattern") and not has_list:
        yield f"column {name} changed its pattern to {new['pattern']}"


def _rule_breaks(old: Document, new: Document) -> Iterator[str]:
    before = {rule["name"]: rule.get("implementation") for rule in old["schema"][0]["quality"]}
    for rule in new["schema"][0]["quality"]:
        if rule["type"] == "custom" and before.get(rule["name"]) != rule["implementation"]:
            yield f"rule {rule['name']} {'changed' if rule['name'] in before else 'is new'}"
    was, now = (_custom(document, "tolerance", 0) for document in (old, new))
    if now < was:
        yield f"the tolerance fell from {was:g} to {now:g}"


def _promise(described: Any) -> Any:
    if isinstance(described, Mapping):
        return {name: _promise(value) for name, value in described.items() if name not in WORDS}
    if isinstance(described, list):
        return [_promise(each) for each in described if not (isinstance(each, Mapping) and each.get("property") == "changes")]
    return described
