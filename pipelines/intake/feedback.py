"""The Dutch answer to a partner: what came, what was accepted, what must be mended. Counts and rules, never a value."""

from __future__ import annotations

from pathlib import Path

from data_contracts.base import Contract
from pipelines.durable import write_whole
from pipelines.intake.checking import Judgement
from pipelines.intake.refusal import DeliveryRefused


def dutch_count(number: int) -> str:
    """A whole number in Dutch notation: 1.234."""
    return f"{number:,}".replace(",", ".")


def accepted_answer(name: str, contract: type[Contract], judgement: Judgement) -> str:
    """Markdown for a file that passed."""
    terms = contract.terms()
    periods = judgement.periods
    about = f"{periods[0]} tot en met {periods[-1]}" if len(periods) > 1 else "".join(periods)
    lines = [
        f"# {terms.title}",
        "",
        f"Bestand `{name}`, levering `{terms.delivery}`, contract versie {terms.version}.",
        "",
        f"**Geaccepteerd**: {dutch_count(judgement.accepted.height)} van de {dutch_count(judgement.rows_in)} rijen, over {about}.",
    ]
    if judgement.quarantined.height:
        lines += [
            "",
            f"**Apart gezet**: {dutch_count(judgement.quarantined.height)} rij(en). Deze tellen niet mee tot u ze herstelt en opnieuw levert.",
            "",
            "| kolom | wat er niet klopt | rijen | regels in het bestand |",
            "|---|---|---|---|",
        ]
        for row in judgement.broken.iter_rows(named=True):
            places = judgement.quarantined.filter(column=row["column"], rule=row["rule"])["source_row"].head(5).to_list()
            lines.append(f"| {row['column']} | {row['rule']} | {row['rows']} | {', '.join(map(str, places)) or 'zie andere kolom'} |")
    if judgement.guesses:
        guessed = ", ".join(f"{what} {_visible(value)}" for what, value in judgement.guesses.items())
        lines += ["", f"Hoe het bestand is gelezen: {guessed}."]
    return "\n".join([*lines, ""])


def _visible(value: str | int) -> str:
    return {";": "puntkomma", ",": "komma", "\t": "tab", "|": "verticale streep"}.get(str(value), str(value))


def refused_answer(name: str, contract: type[Contract] | None, refusal: DeliveryRefused) -> str:
    """Markdown for a file that was refused."""
    title = contract.terms().title if contract else "Onbekende levering"
    contact = f"Vragen: {contract.terms().owner} en het RIEC." if contract else "Vragen: het RIEC."
    return "\n".join([f"# {title}", "", f"Bestand `{name}`.", "", f"**Geweigerd**: {refusal}", "", contact, ""])


def write_answer(feedback: Path, delivery: str, sha256: str, answer: str) -> Path:
    """Keeps an answer as `<feedback>/<delivery>/<first 12 of the sha256>.md`."""
    path = feedback / delivery / f"{sha256[:12]}.md"
    write_whole(path, answer.encode())
    return path
