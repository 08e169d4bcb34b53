"""CBS open data: inwoners op 1 januari per gemeente (StatLine table 03759ned, OData v4)."""

from __future__ import annotations

from collections.abc import Mapping

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, ODataTable, Rhythm, Terms

YEARS = {f"1{age:02d}00" if age else "10010": str(age) for age in range(60)}  # CBS codes of single years of age: 11200 is 12 years
AGES = ("totaal", *YEARS.values())
TOTAL, SEXES = "T001038", {"3000": "man", "4000": "vrouw"}


def _ages(first: int, last: int) -> dict[str, tuple[str, ...]]:
    return {"Geslacht": (TOTAL,), "Leeftijd": tuple(YEARS)[first : last + 1]}


# Single years, because no two partners have the same age bands. The answer about eighteen ages of the whole country since 2019 is
# some 24 MB, and may be 50 (limits.py); so men and women apart are asked for all ages together only, and who is 60 or older is the rest.
SLICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "totaal": {"Geslacht": (TOTAL,), "Leeftijd": ("10000",)},
    "geslacht": {"Geslacht": tuple(SEXES), "Leeftijd": ("10000",)},
    "kinderen": _ages(0, 11),
    "jongeren": _ages(12, 23),
    "24-41": _ages(24, 41),
    "42-59": _ages(42, 59),
}


class CbsBevolking(Contract):
    """One row per gemeente, year, age and sex: inhabitants on 1 January. Ages: all together, and each year to 59; men and women for all ages together."""

    _terms = Terms(
        delivery="cbs_bevolking",
        version="1.1.0",
        changes=("1.0.0: eerste versie", "1.1.0: elk jaar van leeftijd van 0 tot en met 59 in plaats van 12 tot en met 23"),
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
            codes={"Leeftijd": {"10000": "totaal"} | YEARS, "Geslacht": {TOTAL: "totaal"} | SEXES},
            where="BurgerlijkeStaat eq 'T001019' and startswith(RegioS,'GM') and Perioden ge '2019JJ00'",
            slices=SLICES,
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
    leeftijd: str = fields.category("Leeftijd in jaren tot en met 59, of totaal", AGES)
    geslacht: str = fields.category("Geslacht", ("totaal", "man", "vrouw"))
    inwoners: int = fields.count("Inwoners op 1 januari", unit="inwoners")

    class Config(Contract.Config):
        unique = ["gemeente", "jaar", "leeftijd", "geslacht"]
