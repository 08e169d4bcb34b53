"""Which heading of a file is which column of the contract."""

from __future__ import annotations

from collections.abc import Sequence

from data_contracts.base import Contract
from pipelines.intake.reading import headings_of, normalise
from pipelines.intake.refusal import DeliveryRefused


def columns_of(name: str, headings: Sequence[str], contract: type[Contract]) -> dict[str, str]:
    """Contract column → heading of the file called `name`; refuses a missing, an unknown or a doubled column."""
    known = headings_of(contract)
    found = {heading: known.get(normalise(heading)) for heading in headings}
    missing = [column for column in contract.kinds() if column not in found.values()]
    if missing:
        raise DeliveryRefused(
            "kolom_ontbreekt", f"{name}: {len(missing)} kolom(men) van het contract ontbreken: {', '.join(missing)}. Voeg ze toe en lever opnieuw aan."
        )
    extra = [heading for heading, column in found.items() if column is None]
    if extra:
        raise DeliveryRefused(
            "kolom_onbekend",
            f"{name}: {len(extra)} kolom(men) staan niet in het contract: {', '.join(repr(heading) for heading in extra)}. "
            "Lever alleen wat is afgesproken: verwijder ze.",
        )
    columns = list(found.values())
    if twice := sorted({str(column) for column in columns if columns.count(column) > 1}):
        raise DeliveryRefused("kolom_onbekend", f"{name}: meer dan één kolomkop betekent {', '.join(twice)}. Lever elke kolom één keer aan.")
    return {str(column): heading for heading, column in found.items()}
