"""What an audience may see of all indicators, with the proof: protect each group of persons, and put the rest under one sign."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

import pipelines.disclosure
import pipelines.release
from pipelines.disclosure.attack import usual_attackers
from pipelines.disclosure.figures import SHOWN, TABLE
from pipelines.disclosure.protection import Policy, protect_figures
from pipelines.disclosure.universe import each_universe
from pipelines.policy import policy_in_entry
from pipelines.release.elsewhere import with_elsewhere
from pipelines.release.exclusion import without_excluded
from pipelines.release.layout import FIGURES, NUMBERS
from pipelines.release.memory import Memory
from pipelines.release.never import never_shown
from pipelines.release.outcomes import Earlier, Outcome, join_proofs, outcome_of
from pipelines.release.tables import count_tables

RULE = {
    "nl": "Aantallen personen onder de drempel, ook nul, staan er niet, en evenmin wat er samen met andere cijfers naar te herleiden is. "
    "Een tabel die te ver is uitgesplitst, of waarvan te weinig cijfers getoond kunnen worden, staat er niet."
}
#: Noughts are withheld as any small count is: the rules say nothing of a withheld count that an outsider does not know.
ATTACKERS = tuple(usual_attackers(zeros_shown=False)[:2])
#: What of a catalogue entry decides how its figures add up.
READ_OF_ENTRY = ("indicator_id", "universe", "per", "breakdowns", "additivity", "elsewhere")


class Disclosed(NamedTuple):
    """values: the 15 columns, withheld figures with state geheim and five nulls, rows in their order; protected: the same before series were
    excluded; certificate: what certificate.json says; proof: the tables of `check_worlds`, each with columns `block` and `universe`."""

    values: pl.DataFrame
    protected: pl.DataFrame
    certificate: dict[str, Any]
    proof: dict[str, pa.Table]


def disclose(
    values: pl.DataFrame,
    catalogue: Sequence[Mapping[str, Any]],
    audience: str,
    parents: pl.DataFrame,
    *,
    memory: Memory,
    before: pl.DataFrame | None,
    in_use: Path | None,
    excluded: pl.Expr | None = None,
) -> Disclosed:
    """What an audience may see of `values` (the 15 columns of a release).

    Indicators about the same persons (`each_universe`) are protected together. memory: what earlier releases told, and the key from which
    seeds are made; what is told now is added to it. before: what the audience before this one may see, of which this one sees no more.
    in_use: this audience's folder of the release in use: a universe of which neither figures nor policy nor engine have changed is taken over
    from it, proof and all. excluded: rows that go out as `onbekend`, whatever protection would show of them. Of an indicator about persons without
    a threshold and policy, and of one that the catalogue does not know, nothing is shown. Raises PolicyBroken, and what `never_shown` and
    `protect_figures` raise.
    """
    names = Counter(str(entry["indicator_id"]) for entry in catalogue)
    entries = {str(entry["indicator_id"]): entry for entry in catalogue if names[str(entry["indicator_id"])] == 1}
    is_public = pl.col("indicator_id").is_in([name for name, entry in entries.items() if entry.get("person_related") is False])
    policies = {name: policy for name, entry in entries.items() if (policy := policy_in_entry(entry, audience)) is not None}
    is_shown, outcomes = values.select(is_public).to_series().to_numpy().copy(), list[Outcome]()
    guarded = [entries[name] for name in policies]
    kept_out = values.with_columns(kept_out=pl.lit(value=False) if excluded is None else excluded)["kept_out"].to_numpy()
    barred, earlier = _barred(values, before) | _unnamed(values, entries) | never_shown(values, policies), Earlier(in_use, guarded)
    for universe, own, about in each_universe(values, guarded):
        rows, own = own["row"].to_numpy(), own.drop("row")
        said = {str(entry["indicator_id"]): policies[str(entry["indicator_id"])] for entry in about}
        asked = {name: Policy(each.threshold, each.share, each.deepest, each.decoys) for name, each in said.items()}
        told = memory.known(audience, universe)
        figures = hashlib.sha256(own.write_csv().encode() + barred[rows].tobytes() + kept_out[rows].tobytes()).digest()
        mark = _mark(memory.key, figures, about, audience, asked, parents)
        # of what is excluded the release in use does not say whether it would have been shown
        outcome = earlier.outcome(mark) if told is not None and not kept_out[rows].any() else None
        if outcome is None:
            seed = int.from_bytes(hmac.digest(memory.key, f"{audience}/{universe}".encode(), "sha256")[:8])
            known = with_elsewhere(told, own, about)
            found = protect_figures(own, about, parents, asked, ATTACKERS, seed=seed, barred=np.flatnonzero(barred[rows]), known=known)
            memory.add(audience, universe, found.counts)
            outcome = outcome_of(found, own.height, universe, mark)
        is_shown[rows] = outcome.is_shown
        outcomes.append(outcome)
    protected = _withhold(values, is_shown)
    published = protected if excluded is None else without_excluded(protected, excluded)
    certificate = {
        "audience": audience,
        "rule": RULE,
        "thresholds": {name: entry.get(f"threshold_{audience}") for name, entry in entries.items() if entry.get("person_related") is not False},
        "policy": {name: (entry.get("policy") or {}).get(audience) for name, entry in entries.items() if entry.get("person_related") is not False},
        "attackers": [attacker.name for attacker in ATTACKERS],
        "indicators": count_tables(published, policies),
        "universes": [outcome.said for outcome in outcomes],
    }
    return Disclosed(published, protected, certificate, join_proofs(outcomes))


def _barred(values: pl.DataFrame, before: pl.DataFrame | None) -> np.ndarray:
    """Rows that the audience before this one does not see."""
    if before is None:
        return np.zeros(values.height, dtype=bool)
    address = [name for name in values.columns if name not in (*NUMBERS, "state")]
    seen = before.filter(pl.col("state").is_in(SHOWN)).select(*address, seen=pl.lit(value=True))
    return values.select(address).join(seen, on=address, how="left", maintain_order="left")["seen"].is_null().to_numpy()


def _unnamed(values: pl.DataFrame, entries: Mapping[str, Mapping[str, Any]]) -> np.ndarray:
    """Rows of a breakdown that the catalogue does not name, so that nobody knows how it adds up."""
    named = {(name, str(each).removesuffix("*")) for name, entry in entries.items() for each in (*(entry.get("breakdowns") or []), "totaal")}
    known = pl.DataFrame(sorted(named), schema={"indicator_id": pl.String, "breakdown": pl.String}, orient="row")
    found = np.zeros(values.height, dtype=bool)
    for dimension in ("dimension_1", "dimension_2"):
        beside = values.select("indicator_id", breakdown=dimension).join(known.with_columns(seen=True), on=known.columns, how="left", maintain_order="left")
        found |= beside["seen"].is_null().to_numpy()
    return found


def _mark(key: bytes, figures: bytes, entries: Sequence[Mapping[str, Any]], audience: str, policies: Mapping[str, Policy], parents: pl.DataFrame) -> str:
    """A word for all that an outcome is made from, the code of disclosure control and of releases included: what is never shown and what others have
    published is read there. With the key, so that it tells nothing of the figures."""
    made_from = hmac.new(key, figures, digestmod="sha256")
    said = [audience, [[entry.get(name) for name in READ_OF_ENTRY] for entry in entries], policies, [*map(tuple, ATTACKERS)]]
    made_from.update(json.dumps(said, default=str).encode() + parents.sort(parents.columns).write_csv().encode())
    for path in sorted(path for folder in (pipelines.disclosure, pipelines.release) for path in Path(folder.__path__[0]).glob("*.py")):
        made_from.update(hashlib.sha256(path.read_bytes()).digest())
    return made_from.hexdigest()


def _withhold(values: pl.DataFrame, is_shown: np.ndarray) -> pl.DataFrame:
    """All figures that are not shown under one sign. `onbekend` stays where it says nothing about a count: in a table of which figures are
    shown, and where an area and period has no figure in any table of its indicator, level and grain (no delivery came)."""
    state = pl.col("state")
    of_table = pl.Series("shown", is_shown)
    marked = values.with_columns(of_table, no_delivery=(state == "onbekend").all().over("indicator_id", "area_level", "area_code", "period_grain", "period"))
    open_table = pl.col("shown").any().over(TABLE)
    keeps = pl.col("shown") | ((state == "onbekend") & (open_table | pl.col("no_delivery")))
    return marked.select(
        *(name for name in values.columns if name not in (*NUMBERS, "state")),
        pl.when(keeps).then(state).otherwise(pl.lit("geheim")).alias("state"),
        *(pl.when(pl.col("shown") & state.is_in(FIGURES)).then(name).alias(name) for name in NUMBERS),
    )
