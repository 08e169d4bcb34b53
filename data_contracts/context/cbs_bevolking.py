"""CBS open data: inwoners op 1 januari per gemeente (StatLine table 03759ned, OData v4)."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, ODataTable, Rhythm, Terms

YOUTH = {f"1{age:02d}00": str(age) for age in range(12, 24)}  # CBS codes of single years of age: 11200 is 12 years
AGES = ("totaal", *YOUTH.values())
# Men and women apart for all ages together only: for twelve ages too, an answer of the whole country would near 50 MB (limits.py).
WHERE = "(Geslacht eq 'T001038' or Leeftijd eq '10000') and BurgerlijkeStaat eq 'T001019' and startswith(RegioS,'GM') and Perioden ge '2019JJ00'"


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
        odata=ODataTable(
            table="03759ned",
            measure="M000352",  # Bevolking op 1 januari
            value_column="inwoners",
            columns={"RegioS": "gemeente", "Perioden": "jaar", "Leeftijd": "leeftijd", "Geslacht": "geslacht"},
            codes={"Leeftijd": {"10000": "totaal"} | YOUTH, "Geslacht": {"T001038": "totaal", "3000": "man", "4000": "vrouw"}},
            where=WHERE,
            slice_dimension="Leeftijd",
            slices={"totaal": ("10000",), "jongeren": tuple(YOUTH)},
            scope={"RegioS": "^GM", "Perioden": "JJ00$"},
        ),
        recorded="odata/v4_03759ned/observations-page-*.json",
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
