"""Keeps a promise kept: a contract is compared with the ODCS document of it that was committed.

What breaks needs a new major version beside the old one; what adds needs a new minor version; both need a line in the
change log. Documents of git's HEAD count, so that a contract may be edited often before it is committed; where git does
not know the project, the documents that lie there count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from data_contracts import all_contracts, versions_of
from data_contracts.base import Contract
from pipelines.codegen.breaking import Document, breaks, is_same_promise
from pipelines.codegen.history import SUFFIX, committed, delivery_of, documents, heir_of, numbers
from pipelines.codegen.odcs import odcs


def file_name(contract: type[Contract]) -> str:
    """Name of the document of one version of a contract."""
    return f"{contract.terms().delivery}-{contract.terms().version}{SUFFIX}"


def refusals(root: Path) -> list[str]:
    """Why the contracts may not become what they are now; empty when they may."""
    texts = committed(root)
    texts = documents(root) if texts is None else texts
    sentences: list[str] = []
    for newest in all_contracts():
        contracts = versions_of(newest.terms().delivery)
        before = [_load(text) for name, text in texts.items() if delivery_of(name) == newest.terms().delivery]
        sentences += [sentence for contract in contracts for sentence in _without_change_line(contract)]
        sentences += refusals_of({contract.terms().version: odcs(contract) for contract in contracts}, newest.__name__, before)
    return sentences


def _load(text: str) -> Document:
    document: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader, in C where there is one
    return document


def _without_change_line(contract: type[Contract]) -> Iterator[str]:
    terms = contract.terms()
    if not any(change.startswith(f"{terms.version}:") for change in terms.changes):
        yield f"{terms.delivery}: the change log has no line for version {terms.version}. Add '{terms.version}: …' (Dutch, for the partner) to `changes`."


def refusals_of(now: Mapping[str, Document], class_name: str, before: Iterable[Document]) -> list[str]:
    """Why the versions of one contract (version → document) may not follow the committed ones; `class_name` is the newest's."""
    return [sentence for old in before for sentence in _refusals(old, now, class_name)]


def _refusals(old: Document, now: Mapping[str, Document], class_name: str) -> Iterator[str]:
    delivery, version = old["id"], old["version"]
    major, minor, _ = numbers(version)
    heir = heir_of(version, now)
    if heir is None:
        yield (
            f"{delivery}: version {version} is gone, and files of its periods can no longer be judged. "
            f"Keep the class of that version beside {class_name}, in the same file, as {class_name}V<n>."
        )
    elif found := breaks(old, now[heir]):
        promised = "it" if heir == version else f"version {version}"
        yield (
            f"{delivery}: version {heir} breaks what {promised} promised: {'; '.join(found)}. Raise the version to {major + 1}.0.0, "
            f"keep the old class as {class_name}V{len(now)} in the same file, set `from_period` on the new one, "
            f"and add a line '{major + 1}.0.0: …' to `changes`."
        )
    elif numbers(heir)[:2] == (major, minor) and not is_same_promise(old, now[heir]):
        yield (
            f"{delivery}: version {heir} promises more or other than what was committed. "
            f"Raise the version to {major}.{minor + 1}.0 and add a line '{major}.{minor + 1}.0: …' to `changes`."
        )
