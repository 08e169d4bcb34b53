"""How the newest report stands: may it be published, what is late, and a traffic light per partner and per indicator. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from app import wording
from app.decisions import NOT_RUN, Decisions, Finding
from app.release import Release
from app.review import SEVERITIES, Report

LATE = ("delivery_on_time", "delivery_present")  # the checks whose finding says that a delivery is late or never came
PLURAL: Mapping[str, str] = {"fout": "fouten", "waarschuwing": "waarschuwingen", "let op": "opmerkingen (let op)"}
SINGULAR: Mapping[str, str] = {"fout": "fout", "waarschuwing": "waarschuwing", "let op": "opmerking (let op)"}
NO_FINDING = "Nee. De controle geeft ‘fout’, maar noemt geen bevinding. Waarschuw de beheerder."


class Colour(NamedTuple):
    """One of the colours of a traffic light: its part of a class name, its sign and its word. The word stands beside the sign, always."""

    code: str
    sign: str
    word: str


LIGHTS: Mapping[str, Colour] = {
    "fout": Colour("rood", "■", "Rood"),
    "waarschuwing": Colour("oranje", "▲", "Oranje"),
    "let op": Colour("groen", "●", "Groen, met opmerking"),
}
MEANING = "■ Rood: minstens één fout. ▲ Oranje: geen fout, wel een waarschuwing. ● Groen: geen van beide."


class Light(NamedTuple):
    """A partner or indicator with findings: the gravest severity, its sentence, how many findings there are beside it, and how many of all still
    need a decision."""

    name: str
    severity: str
    sentence: str
    others: int
    undecided: int

    @property
    def colour(self) -> Colour:
        """What the light shows."""
        return LIGHTS[self.severity]

    @property
    def reason(self) -> str:
        """The gravest finding, and how many there are beside it: `… (en nog 2)`."""
        return f"{self.sentence} (en nog {self.others})" if self.others else self.sentence

    @property
    def decisions(self) -> str:
        """What is still to be decided."""
        return f"nog {self.undecided} te besluiten" if self.undecided else "over alles besloten"


def counted(findings: Sequence[Finding]) -> str:
    """`1 fout, 4 waarschuwingen en 30 opmerkingen (let op)`."""
    numbers = [(severity, sum(one["severity"] == severity for one in findings)) for severity in SEVERITIES]
    said = [f"{number} {SINGULAR[severity] if number == 1 else PLURAL[severity]}" for severity, number in numbers if number]
    return wording.join_words(said) or "geen bevindingen"


def publication(report: Report, decisions: Decisions) -> tuple[str, str]:
    """Whether this report may be published, as the kind of a note (`goed`, `let-op`, `fout`) and a Dutch sentence."""
    if decisions.broken:
        return "fout", f"Nee. {decisions.broken}"
    grave = [one for one in report.findings if one["severity"] == "fout"]
    if not grave:
        if report.verdict == "fout":
            return "fout", NO_FINDING
        calm = all(one["severity"] == "let op" for one in report.findings)
        return "goed", "Ja. Er zijn geen fouten gevonden." if calm else "Ja. Er zijn geen fouten gevonden. Lees wel de waarschuwingen."
    if left := decisions.open(report.findings):
        return "fout", f"Nee, nog niet. {still_to_do(left)}"
    if not decisions.unsigned(report.findings):
        signed = decisions.signatures(report.findings)
        days = wording.join_words([wording.format_date(day) for day in dict.fromkeys(one["at"][:10] for one in signed)])
        return "goed", f"Ja. Over {_fouten(len(grave))} is besloten, en de werkgroep heeft getekend op {days}."
    return "let-op", f"Bijna. Over {_fouten(len(grave))} is besloten. Alleen de handtekening van de werkgroep ontbreekt nog."


def still_to_do(left: Sequence[Finding]) -> str:
    """What must happen to the findings of severity fout that hold up publication."""
    failed = sum(one["id"].startswith(NOT_RUN) for one in left)
    said = [f"Over {_fouten(len(left) - failed)} moet de werkgroep nog besluiten: ‘akkoord’ of ‘uitgesloten’."] if len(left) > failed else []
    if failed:
        said.append(f"{failed} {'toets is' if failed == 1 else 'toetsen zijn'} niet uitgevoerd: dat moet de beheerder eerst herstellen.")
    return " ".join(said)


def _fouten(number: int) -> str:
    return f"{number} {'fout' if number == 1 else 'fouten'}"


def summary(report: Report, release: Release, decisions: Decisions) -> list[tuple[str, str]]:
    """What one screen must say: findings, decisions and deliveries, as terms with a sentence."""
    decided = sum(one["id"] in decisions.latest for one in report.findings)
    open_ = len(decisions.open(report.findings))
    holding = f"{_fouten(open_)} {'houdt' if open_ == 1 else 'houden'} de publicatie tegen." if open_ else "Geen bevinding houdt de publicatie tegen."
    late = late_deliveries(report, release)
    total = max(release.deliveries.height, len(late))
    on_time = f"{total - len(late)} van de {total} leveringen zijn op tijd." if total else "Deze release zegt niets over leveringen."
    return [
        ("Gevonden", f"{wording.label(counted(report.findings))}."),
        ("Besloten", f"Over {decided} van de {len(report.findings)} is een besluit vastgelegd. {holding}"),
        ("Op tijd", " ".join([on_time, *(["Te laat of nog nooit gekomen:"] if late else [])])),
    ]


def late_deliveries(report: Report, release: Release) -> list[tuple[str, str]]:
    """Deliveries that are late or never came, late longest first: title with partner, and since when."""
    held = {str(row["delivery"]): row for row in release.deliveries.iter_rows(named=True)}
    late = {str(one["delivery"]): one for one in report.findings if one["id"].partition(":")[0] in LATE and one.get("delivery")}
    rows = sorted((str(held.get(delivery, {}).get("due_at") or "9999")[:10], delivery) for delivery in late)
    found = []
    for due, delivery in rows:
        title = str(held.get(delivery, {}).get("title") or release.contract(delivery).get("title") or delivery)
        since = "datum niet bekend" if due.startswith("9999") else f"verwacht uiterlijk {wording.format_date(due)}"
        found.append((f"{title} ({late[delivery].get('partner') or 'partner onbekend'})", since))
    return found


def lights(findings: Sequence[Finding], name_of: Callable[[Finding], str | None], decisions: Decisions) -> list[Light]:
    """A light per name that `name_of` gives, red first; findings without a name have none. Of findings as grave as each other the one that still
    needs a decision comes first."""
    groups: dict[str, list[Finding]] = {}
    for one in sorted(findings, key=lambda one: (SEVERITIES.index(one["severity"]), one["id"] in decisions.latest)):
        if name := name_of(one):
            groups.setdefault(name, []).append(one)
    found = [
        Light(name, mine[0]["severity"], mine[0]["sentence"], len(mine) - 1, sum(one["id"] not in decisions.latest for one in mine))
        for name, mine in groups.items()
    ]
    return sorted(found, key=lambda light: (SEVERITIES.index(light.severity), light.name.lower()))


def partner_of(finding: Finding) -> str | None:
    """The partner to ask."""
    return str(finding["partner"]) if finding.get("partner") else None


def theme_of(finding: Finding, release: Release) -> str:
    """The theme of a finding's indicator, or else of its delivery; empty when neither is known."""
    about = {indicator.id: indicator.theme for indicator in release.indicators}
    return about.get(str(finding.get("indicator_id"))) or str(release.contract(str(finding.get("delivery"))).get("theme") or "")


def partners_of(release: Release) -> list[str]:
    """All partners with a contract, by name."""
    return sorted({str(contract["partner"]) for contract in release.manifest.get("contracts", []) if contract.get("partner")}, key=str.lower)


def without_finding(names: Sequence[str], shown: Sequence[Light], what: str, several: str) -> str:
    """`● Groen, zonder bevindingen: 12 partners.`"""
    quiet = len(set(names) - {light.name for light in shown})
    return f"● Groen, zonder bevindingen: {quiet} {what if quiet == 1 else several}."
