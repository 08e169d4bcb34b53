"""The Dutch answer to a partner: what came, what was accepted, what must be mended. Counts, rules and lines, never a value.

One page, as HTML (self-contained, readable without colour, printable) and as text.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_contracts.base import Contract
from pipelines.durable import write_whole
from pipelines.intake.checking import Verdict
from pipelines.intake.comparing import Remarks
from pipelines.intake.corrections import Outcome
from pipelines.intake.hints import hint_for
from pipelines.intake.refusal import Broken, DeliveryRefused

if TYPE_CHECKING:
    import jinja2

TEMPLATES = Path(__file__).parent / "templates"
GUESSED = {";": "puntkomma", ",": "komma", "\t": "tab", "|": "verticale streep"}


def dutch_count(number: int) -> str:
    """A whole number in Dutch notation: 1.234."""
    return f"{number:,}".replace(",", ".")


@dataclass(frozen=True)
class Mend:
    """One rule that rows broke, and what the partner can do about it."""

    broken: Broken
    hint: str


@dataclass(frozen=True)
class Answer:
    """What a partner is told of one file. `verdict` is geaccepteerd or geweigerd; `sentence` says it whole."""

    title: str
    delivery: str
    version: str
    file: str
    received_at: dt.datetime | None
    verdict: str
    sentence: str
    contact: str
    mends: tuple[Mend, ...] = ()
    remarks: tuple[str, ...] = ()
    corrections: tuple[Outcome, ...] = ()
    reading: str = ""

    def as_text(self) -> str:
        """Plain text, for a terminal or an e-mail."""
        return _templates().get_template("answer.txt.j2").render(answer=self)

    def as_html(self) -> str:
        """A whole page; everything that a partner named (file, heading) is escaped."""
        return _templates().get_template("answer.html.j2").render(answer=self)


def accepted_answer(name: str, contract: type[Contract], verdict: Verdict, *, received_at: dt.datetime | None = None, remarks: Remarks | None = None) -> Answer:
    """The answer to a file that passed."""
    periods = verdict.periods
    about = f", over {periods[0]} tot en met {periods[-1]}" if len(periods) > 1 else f", over {periods[0]}" if periods else ""
    sentence = f"{dutch_count(verdict.accepted)} van de {dutch_count(verdict.accepted + verdict.quarantined)} rijen zijn geaccepteerd{about}."
    if verdict.totals:
        sentence += f" {dutch_count(verdict.totals)} totaalregel(s) zijn nagerekend, kloppen en tellen niet mee."
    if verdict.quarantined:
        sentence += f" {dutch_count(verdict.quarantined)} rij(en) zijn apart gezet: die tellen niet mee tot u ze herstelt en het hele bestand opnieuw levert."
    return Answer(
        **_head(name, contract, received_at),
        version=verdict.judged_by,
        verdict="geaccepteerd",
        sentence=sentence,
        mends=_mends(verdict.broken, contract),
        remarks=tuple(remarks.in_full if remarks else ()),
        corrections=verdict.corrections,
        reading=", ".join(f"{what} {GUESSED.get(str(value), value)}" for what, value in verdict.guesses.items()),
    )


def refused_answer(name: str, contract: type[Contract] | None, refusal: DeliveryRefused, *, received_at: dt.datetime | None = None) -> Answer:
    """The answer to a file that was refused; None for a file of no delivery."""
    version = contract.terms().version if contract else ""
    mends = _mends(refusal.broken, contract) if contract else ()
    return Answer(**_head(name, contract, received_at), version=version, verdict="geweigerd", sentence=str(refusal), mends=mends)


def _head(name: str, contract: type[Contract] | None, received_at: dt.datetime | None) -> dict[str, Any]:
    if contract is None:
        return {"title": "Onbekende levering", "delivery": "", "file": name, "received_at": received_at, "contact": "het RIEC"}
    terms = contract.terms()
    return {"title": terms.title, "delivery": terms.delivery, "file": name, "received_at": received_at, "contact": f"{terms.owner}, of het RIEC"}


def _mends(broken: tuple[Broken, ...], contract: type[Contract]) -> tuple[Mend, ...]:
    return tuple(Mend(each, hint_for(each, contract)) for each in broken)


@functools.cache
def _templates() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["count"] = dutch_count
    return environment


def write_answer(feedback: Path, delivery: str, sha256: str, answer: Answer) -> Path:
    """Keeps an answer as `<feedback>/<delivery>/<first 12 of the sha256>.html` and `.txt`; gives the former."""
    place = feedback / delivery / sha256[:12]
    write_whole(place.with_suffix(".txt"), answer.as_text().encode())
    write_whole(place.with_suffix(".html"), answer.as_html().encode())
    return place.with_suffix(".html")
