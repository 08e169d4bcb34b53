"""The signs that stand where a reader expects a number, and why the number is not there. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from app import wording
from app.access import Audience
from app.catalogue import Indicator

READER: Mapping[Audience, str] = {"professional": "professionals", "publiek": "iedereen"}
#: One text for all that is withheld: which of the reasons holds would tell something of the number.
EXPLAINED: Mapping[str, str] = {
    "geheim": "Wij tonen dit cijfer niet, om mensen te beschermen. Het aantal personen ligt onder de drempel (ook nul), of het zou helpen om een ander "
    "geheim aantal uit te rekenen, of de hele tabel is te fijn om te tonen. Welke reden hier geldt, zeggen wij niet: ook dat zou iets over het aantal "
    "vertellen. Lees een x nooit als nul en nooit als een klein aantal.",
    "onbekend": "De partner heeft dit cijfer niet geleverd, of het is niet te berekenen. Het kan elk getal zijn. In een tabel die heel geheim is, krijgt "
    "ook een onbekend cijfer een x.",
    "nihil": "De bron is compleet en het aantal is nul. Bij aantallen personen ziet u dit teken niet, want daar is nul geheim.",
    "nvt": "Niet van toepassing: er was niets om een deel van te nemen.",
    "voorlopig": "Het cijfer staat er, maar kan nog veranderen. De partner kan nog gegevens toevoegen of verbeteren.",
}
EXAMPLE = (
    "Een verzonnen voorbeeld. Een tabel telt samen 60 personen. Gemeente A heeft er 24 en gemeente B heeft er 18. Bij gemeente C en gemeente D staat een x.",
    "C en D hebben er dus samen 18. Hoe die zijn verdeeld, is niet te zien. Misschien ligt C onder de drempel, en is D alleen geheim omdat u C anders kunt "
    "uitrekenen. Misschien is het andersom. Een van beide kan ook nul zijn. U komt daar niet achter, en dat is de bedoeling.",
)


def sign_terms() -> list[tuple[str, str]]:
    """Each sign with its name, and what it means."""
    return [(f"{wording.SIGNS[state] or 'leeg'}  ({wording.STATES[state]})", said) for state, said in EXPLAINED.items()]


def threshold_sentence(indicators: Sequence[Indicator], audience: Audience) -> str:
    """The threshold that holds for most indicators about persons in what this audience sees, and which others have another."""
    limits = {indicator.name: indicator.thresholds[audience] for indicator in indicators if indicator.person_related}
    if not limits:
        return "Deze release heeft geen indicatoren over personen, en dus geen drempel."
    usual = Counter(limits.values()).most_common(1)[0][0]
    others = [f"{name} ({_written(limit)})" for name, limit in limits.items() if limit != usual]
    exceptions = f" Een andere drempel geldt voor {wording.join_words(others)}." if others else ""
    return f"De drempel is het kleinste aantal personen dat wij tonen. In deze cijfers, voor {READER[audience]}, is dat {_written(usual)}.{exceptions}"


def _written(limit: float | None) -> str:
    return "niet vastgelegd, zodat er niets wordt getoond" if limit is None else wording.format_number(limit)
