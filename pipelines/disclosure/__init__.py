"""Disclosure control, first version: pure functions over frames, no I/O, nothing of ours imported.

`protect` withholds, `audit` proves it from the published frame alone (it shares no code with the protector), and
`check_certificate` lets an outsider redo the claims. The engine that takes the place of all three is here too, and no release uses
it yet: `assure` goes from counts to what may be published, with worlds as its proof, which `check_worlds` (a program of its own)
lets an outsider redo. It takes any cells over inner cells (`model.Cells`), a frame with hierarchies (`model.tabulate`), or the figures
of indicators with their catalogue entries (`protection.protect_figures`).

    units = pl.DataFrame({"gemeente": [...], "district": [...], "vormen": [["arbeid"], ["arbeid", "seksueel"], ...]})  # a row per inner cell
    cells = tabulate(units, [[], ["district"], ["gemeente"], ["district", "vormen"]])
    counts = cells.inner @ inner_counts
    wish = Wish(primary=counts < 5, public=np.zeros(len(counts), bool), need=np.full(len(counts), 4), worth=np.ones(len(counts)))
    assured = assure(cells, counts, inner_counts, wish, usual_attackers(zeros_shown=False), seed=secret)

Limits: withholding cannot stand up to unlimited knowledge of the persons; the smallest set of cells to withhold is NP-hard to find.
"""

from pipelines.disclosure.areas import area_parents
from pipelines.disclosure.auditor import audit
from pipelines.disclosure.checker import check_certificate
from pipelines.disclosure.protector import AUDIENCES, protect, withheld_tables, withhold

__all__ = ["AUDIENCES", "area_parents", "audit", "check_certificate", "protect", "withheld_tables", "withhold"]
