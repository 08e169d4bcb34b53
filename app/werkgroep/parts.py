"""The parts that page and pack share, as HTML: lights, changes, questions, decisions. Pure; every text goes through `escape`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from app import wording
from app.catalogue import Indicator
from app.decisions import Decisions, Entry, Finding, counting
from app.release import Release
from app.werkgroep.questions import Question, Standing
from app.werkgroep.standing import MEANING, Light

ROLE = {"werkgroep": "lid van de werkgroep"}


def texts(rows: Sequence[Mapping[str, str]], caption: str) -> str:
    """A table of texts, the first column its heads; empty without rows."""
    return _table(list(rows[0]), [[escape(text) for text in row.values()] for row in rows], caption) if rows else ""


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]], caption: str) -> str:
    """A table of HTML. On a narrow screen a row stands as a list, each cell below its head."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(f'<tr><th scope="row">{line[0]}</th>{"".join(map(_cell, heads[1:], line[1:]))}</tr>' for line in lines)
    return (
        f'<div class="km-rol km-teksten" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="km-tabel">'
        f'<caption class="km-onzichtbaar">{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(head: str, content: str) -> str:
    return f'<td data-kop="{escape(head)}">{content}</td>'


def light(severity_code: str, sign: str, word: str) -> str:
    """A sign with its word, in its colour."""
    return f'<b class="km-licht km-licht-{severity_code}"><span aria-hidden="true">{sign}</span> {escape(word)}</b>'


def lights(found: Sequence[Light], head: str, quiet: str, *, folded: bool = True) -> str:
    """Traffic lights with the reason in words: red and orange first; those with remarks alone in a list to open, or by name where nothing can be
    opened; the rest counted."""
    grave, calm = [one for one in found if one.severity != "let op"], [one for one in found if one.severity == "let op"]
    shown = _lights(grave, head) if grave else "<p>Nergens staat het licht op rood of oranje.</p>"
    if calm and folded:
        shown += f"<details><summary>● Groen, met opmerking ({len(calm)})</summary>{_lights(calm, head)}</details>"
    elif calm:
        shown += f"<p>● Groen, met opmerking: {escape(wording.join_words([one.name for one in calm]))}.</p>"
    return f'{shown}<p>{escape(quiet)}</p><p class="km-meta">{escape(MEANING)}</p>'


def _lights(found: Sequence[Light], head: str) -> str:
    lines = [(escape(one.name), light(*one.colour), escape(one.reason), escape(one.decisions)) for one in found]
    return _table((head, "Licht", "Waarom", "Besluiten"), lines, f"Stoplicht per {head.lower()}")


def questions(found: Sequence[Question], stale: Sequence[Entry]) -> str:
    """Open questions, and how many were settled because their finding is gone."""
    shown = texts([one.row for one in found], "Open vragen aan partners") or "<p>Er staan geen vragen open.</p>"
    if gone := sum(entry["decision"] == "vraag aan partner" for entry in stale):
        what = "1 eerdere vraag is vervallen: die bevinding" if gone == 1 else f"{gone} eerdere vragen zijn vervallen: die bevindingen"
        shown += f"<p>{what} {'staat' if gone == 1 else 'staan'} niet meer in het rapport.</p>"
    return shown


def standing(found: Sequence[Standing]) -> str:
    """Findings that stand long without a decision."""
    return texts([one.row for one in found], "Bevindingen zonder besluit die er al langer staan") or "<p>Geen bevinding staat al langer zonder besluit.</p>"


def about(finding: Finding, release: Release) -> str:
    """What a finding is about, in a line: indicator or delivery, area, period, partner."""
    names = _names(release.indicators)
    what = names.get(str(finding.get("indicator_id"))) or str(release.contract(str(finding.get("delivery"))).get("title") or "")
    area = next((name for (_, code), name in release.names.items() if code == finding.get("area_code")), str(finding.get("area_code") or ""))
    period = wording.format_period(str(finding["period"])) if finding.get("period") else ""
    return ". ".join(part for part in (what, area, period, str(finding.get("partner") or "")) if part)


def _names(indicators: Sequence[Indicator]) -> dict[str, str]:
    return {one.id: one.name for one in indicators}


def decided(entries: Sequence[Entry], sentence: str) -> str:
    """All decisions on a finding, the newest first, with the one that counts marked. sentence: of the finding now; a decision on another
    wording says so."""
    if not entries:
        return "<p>Nog geen besluit.</p>"
    return f"<ul>{''.join(_decision(entry, sentence, counts=entry is counting(entries)) for entry in reversed(entries))}</ul>"


def _decision(entry: Entry, sentence: str, *, counts: bool) -> str:
    old = entry["about"]["sentence"]
    other = f'<br><span class="km-meta">Toen luidde de bevinding: {escape(str(old))}</span>' if old != sentence else ""
    name = escape(wording.label(entry["decision"]))
    return f'<li>{f"<strong>{name}</strong> (dit telt)" if counts else name}{_behind(entry)}<br><span class="km-meta">{escape(_when(entry))}</span>{other}</li>'


def _when(entry: Entry) -> str:
    """The day, the role, and who: a pseudonym, or the name of a function."""
    return f"{wording.format_date(entry['at'][:10])}, {ROLE.get(entry['role'], entry['role'])} {entry['by']}"


def _behind(entry: Entry) -> str:
    return f": {escape(entry['text'])}" if entry["text"] else ""


def stale(entries: Sequence[Entry]) -> str:
    """Decisions on findings that are no longer there."""
    rows = [
        {
            "Besluit": wording.label(entry["decision"]),
            "Vastgelegd": wording.format_date(entry["at"][:10]),
            "Bevinding van toen": str(entry["about"]["sentence"]),
            "Toelichting": str(entry["text"]),
        }
        for entry in entries
    ]
    return texts(rows, "Vervallen besluiten")


def signed(decisions: Decisions, findings: Sequence[Finding]) -> str:
    """Who signed this report, or faults that stand in it as they were signed."""
    items = "".join(f"<li>{escape(_when(one))}{_behind(one)}</li>" for one in decisions.signatures(findings))
    return (
        f"<p>Getekend voor dit rapport, of voor fouten die er nog net zo in staan:</p><ul>{items}</ul>"
        if items
        else "<p>Voor dit rapport heeft nog niemand getekend.</p>"
    )


def to_sign(decisions: Decisions, findings: Sequence[Finding]) -> str:
    """What a signature under these findings is about: each of severity fout with its decision."""
    grave = [one for one in findings if one["severity"] == "fout"]
    if not grave:
        return "<p>Er zijn geen fouten. Een handtekening is niet nodig om te publiceren, maar mag wel.</p>"
    rows = [{"Besluit": wording.label(_settled(decisions, one)), "Fout": one["sentence"]} for one in grave]
    return f"<p>Een handtekening gaat over het hele rapport. Dit zijn de fouten erin:</p>{texts(rows, 'Fouten met hun besluit')}"


def _settled(decisions: Decisions, finding: Finding) -> str:
    entry = decisions.latest.get(finding["id"])
    return entry["decision"] if entry else "nog geen besluit"
