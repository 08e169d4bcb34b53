"""CBS open data: inwoners op 1 januari per gemeente (StatLine table 03759ned, OData v4)."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms

AGES = ("totaal", *(str(age) for age in range(12, 24)))


class CbsBevolking(Contract):
    """One row per gemeente, year, age and sex: inhabitants on 1 January. Ages: all together, and each year from 12 to 23."""

    _terms = Terms(
        delivery="cbs_bevolking",
        title="Bevolking op 1 januari per gemeente",
        partner="CBS",
        owner="CBS, StatLine tabel 03759ned",
        theme="context",
        grain=Grain.COUNT,
        rhythm=Rhythm.YEAR,
        due_days=-150,  # figures of 1 January come out in June of the same year
        period_column="jaar",
        confidential=False,
        tolerance=0.0,
        law=Law(
            doel="Noemer van cijfers per inwoner",
            grondslag="Open data, CC BY 4.0",
            convenant="Niet nodig",
            dpia="Niet nodig: open data",
            bewaartermijn_maanden=240,
            smallest_area="gemeente",
            smallest_group={"professional": 0, "publiek": 0},
        ),
    )

    gemeente: str = fields.area("gemeente", description="CBS-code van de gemeente (GM0518)")
    jaar: str = fields.year()
    leeftijd: str = fields.category("Leeftijd in jaren, of totaal", AGES)
    geslacht: str = fields.category("Geslacht", ("totaal", "man", "vrouw"))
    inwoners: int = fields.count("Inwoners op 1 januari", unit="inwoners")

    class Config(Contract.Config):
        unique = ["gemeente", "jaar", "leeftijd", "geslacht"]
