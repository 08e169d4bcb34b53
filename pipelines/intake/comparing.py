"""What is said of an accepted file beside earlier ones: what it stands beside, how it differs, whether its period is odd."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from data_contracts.base import Contract
from pipelines.intake.checking import Verdict
from pipelines.intake.drift import Drift, Statistics, find_drift
from pipelines.intake.file_periods import doubt_period


@dataclass(frozen=True)
class Remarks:
    """Remarks on an accepted file: earlier files (register lines) about the same period, and warnings."""

    beside: tuple[sqlite3.Row, ...] = ()
    warnings: tuple[Drift, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """In Dutch, each a sentence by itself, for a log."""
        return self._said(with_words=False)

    @property
    def in_full(self) -> list[str]:
        """The same for the partner, with the words that are new or gone."""
        return self._said(with_words=True)

    def _said(self, *, with_words: bool) -> list[str]:
        earlier = [f"{line['filename']} (ontvangen op {dt.date.fromisoformat(line['received_at'][:10]):%d-%m-%Y})" for line in self.beside]
        which = f"Over dezelfde periode kwam eerder {' en '.join(earlier[-3:])}; beide blijven bewaard, en waar zij elkaar overlappen telt de nieuwste."
        warned = [f"Let op: {each.sentence}{': ' + ', '.join(each.words[:10]) if with_words and each.words else ''}." for each in self.warnings]
        return [which] * bool(earlier) + warned


def remarks_on(verdict: Verdict, contract: type[Contract], received: sqlite3.Row, standing: Sequence[sqlite3.Row]) -> Remarks:
    """Holds a verdict against the accepted files of the same delivery and slice (`standing`: lines of the register)."""
    terms = contract.terms()
    others = [line for line in standing if line["id"] != received["id"] and line["slice"] == received["slice"]]
    beside = [line for line in others if line["id"] < received["id"] and set(json.loads(line["periods"])) & set(verdict.periods)]
    odd = doubt_period(received["filename"], list(verdict.periods), terms, dt.date.fromisoformat(received["received_at"][:10]))
    warnings = find_drift(verdict.statistics, _earlier(verdict, received, others), contract) if not terms.is_fetched else []
    return Remarks(tuple(beside) if not terms.is_fetched else (), tuple([Drift("periode", terms.period_column, odd)] * bool(odd) + warnings))


def _earlier(verdict: Verdict, received: sqlite3.Row, others: Sequence[sqlite3.Row]) -> list[Statistics]:
    """Of the files about as many periods that all lie before, and are as real or as made up: per period the newest."""
    alike: dict[tuple[str, ...], Statistics] = {}
    for line in others:
        periods = tuple(json.loads(line["periods"]))
        made_up = (line["origin"] == "synthetic") == (received["origin"] == "synthetic")
        if (
            made_up
            and periods
            and line["judged_by"] == verdict.judged_by
            and line["statistics"]
            and len(periods) == len(verdict.periods)
            and periods[-1] < verdict.periods[0]
        ):
            alike[periods] = Statistics(**json.loads(line["statistics"]))
    return [alike[periods] for periods in sorted(alike)]
