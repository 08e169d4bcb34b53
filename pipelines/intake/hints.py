"""How to mend what a rule found: one plain Dutch sentence per rule."""

from __future__ import annotations

from data_contracts.base import Contract
from pipelines.intake.checking.breaches import DOUBLE, RULES, TWIN
from pipelines.intake.checking.sorting import REMOVED
from pipelines.intake.refusal import Broken

FORMS = {
    "year": "Schrijf een jaar als vier cijfers, bijvoorbeeld 2026.",
    "quarter": "Schrijf een kwartaal als jaar, Q en nummer, bijvoorbeeld 2026Q3.",
    "month": "Schrijf een maand als jaar, streepje en nummer, bijvoorbeeld 2026-09.",
    "school_year": "Schrijf een schooljaar als 2025/26.",
    "date": "Schrijf een datum als dag, maand en jaar (dd-mm-jjjj), met een jaar tussen 2000 en 2100.",
    "count": "Vul een geheel getal in, zonder tekst of eenheid, 0 of hoger.",
    "number": "Vul een getal in, met een komma voor de decimalen en zonder tekst of eenheid.",
    "flag": "Vul ja of nee in.",
    "area": "Vul de naam of code van het gebied in, of 'onbekend'.",
    "text": "Gebruik voor een pseudoniem 6 tot 40 letters, cijfers en streepjes; maak een lange tekst korter.",
}
HINTS = {
    RULES["not_nullable"]: "Vul de cel. Is de waarde niet bekend, gebruik dan het woord dat de leveringsinstructie daarvoor noemt, zoals 'onbekend'.",
    DOUBLE: "De rij staat er nog een keer, precies gelijk: laat haar één keer staan. De eerste telt mee.",
    TWIN: "Deze kolommen samen mogen maar één keer voorkomen. Zoek uit welke rij juist is en verwijder de andere, of tel ze op.",
    REMOVED: "U hoeft niets te doen; is de rij bij u hersteld, lever het bestand dan opnieuw aan.",
}


def hint_for(broken: Broken, contract: type[Contract]) -> str:
    """What a partner can do about a rule that rows broke."""
    if broken.rule in HINTS:
        return HINTS[broken.rule]
    field = contract.kinds().get(broken.column)
    if field is None:
        return "Vergelijk deze kolommen met elkaar in de genoemde rijen, en verbeter wat niet samen kan."
    if "values" in field:
        several = " Zijn het er meer, zet er dan een puntkomma tussen." if field["kind"] == "several" else ""
        return f"Gebruik een van: {', '.join(str(value) for value in field['values'])}.{several}"  # type: ignore[attr-defined]
    unit = {"procent": " Een percentage ligt tussen 0 en 100.", "cijfer": " Een cijfer ligt tussen 1 en 10."}.get(str(field.get("unit")), "")
    bounded = " Een klein aantal dat u niet wilt noemen mag als <5." if field.get("bounded") else ""
    return FORMS.get(str(field["kind"]), "Vergelijk de cel met de leveringsinstructie en verbeter haar.") + unit + bounded
