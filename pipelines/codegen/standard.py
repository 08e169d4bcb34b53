"""Holds the ODCS documents against the standard, and against those of the branch that this one leaves.

`python -m pipelines.codegen.standard` needs the packages of development. It calls datacontract's library: its command takes
2.9 s a file, all files in one process take 0.3 s each. Nothing is fetched: references are not followed.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, TextIO

import yaml

from pipelines.codegen.breaking import breaks, is_asked
from pipelines.codegen.history import SUFFIX, base_of, committed, delivery_of, documents, heir_of, version_of

ROOT = Path(__file__).resolve().parents[2]
COLUMN_RULES = {"schema-added-or-removed", "property-added-or-removed"}


def schema_errors(document: Mapping[str, Any]) -> list[str]:
    """What the strict schema of the installed open-data-contract-standard says against a document."""
    return [f"{'.'.join(map(str, error.absolute_path)) or 'document'}: {error.message}" for error in _validator().iter_errors(document)]


@functools.cache
def _validator() -> Any:
    """Reads the published schema by its own draft: as draft 7 it lets every unknown field pass. Its one open object is closed."""
    from jsonschema import Draft201909Validator

    schema = json.loads(resources.files("open_data_contract_standard").joinpath("schema.json").read_text(encoding="utf-8"))
    schema["properties"]["description"]["additionalProperties"] = False
    return Draft201909Validator(schema)


def lint_errors(text: str) -> list[str]:
    """What `datacontract lint` says against a document."""
    from datacontract.data_contract import DataContract

    checks = DataContract(data_contract_str=text, inline_references=False).lint().checks or []
    return [f"{check.name}: {check.reason}" for check in checks if check.result != "passed"]


def breaking_changes(old: str, new: str) -> list[str]:
    """What `datacontract breaking` and our own comparison say that `new` breaks of `old`.

    Of the two perspectives of datacontract one fails on all that is asked, the other on all that is given. Between partner
    and monitor it breaks when something more is asked or a column is taken away; an optional column, one category more or
    a wider bound adds.
    """
    from datacontract.data_contract import DataContract

    before, after = (DataContract(data_contract_str=text, inline_references=False) for text in (old, new))
    was, now = (yaml.safe_load(text) for text in (old, new))
    optional = {f"schema.{now['id']}.properties.{column['name']}" for column in now["schema"][0]["properties"] if not is_asked(column)}
    found = [
        entry.message
        for entry in before.breaking(after).entries
        if entry.direction == "both"
        or (entry.direction == "tightens" and not (entry.change_type == "added" and entry.path in optional))
        or (entry.direction == "loosens" and entry.change_type == "removed" and entry.rule_id in COLUMN_RULES)
    ]
    return [*found, *breaks(was, now)]


def findings(now: Mapping[str, str], before: Mapping[str, str]) -> Iterator[str]:
    """Everything that is wrong with the documents of today (file name → text), alone and after those of `before`."""
    for name, text in now.items():
        yield from (f"{name}: {error}" for error in (*schema_errors(yaml.safe_load(text)), *lint_errors(text)))
    for name, text in before.items():
        delivery, versions = delivery_of(name), [version_of(each) for each in now if delivery_of(each) == delivery_of(name)]
        heir = heir_of(version_of(name), versions)
        if heir is None and versions:
            yield f"{name}: this version is gone; keep its class beside the newer one."
        following = now.get(f"{delivery}-{heir}{SUFFIX}", text)
        if following != text:
            yield from (f"{name}: {change}. Raise the major version and keep this one." for change in breaking_changes(text, following))


def main(output: TextIO = sys.stdout) -> int:
    """Exit 0 when every document keeps the standard and its promise, else 1 with a line for each finding."""
    base = base_of(ROOT)
    now, before = documents(ROOT), (committed(ROOT, base) if base else None) or {}
    found = list(findings(now, before))
    output.writelines(f"{line}\n" for line in found)
    compared = f"compared with {len(before)} of {base[:12]}" if base and before else "no earlier ones to compare with"
    output.write(f"{len(now)} data contracts, {compared}: {len(found) or 'no'} findings\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
