"""Disclosure control: pure functions, no I/O, nothing of ours imported.

`assure` goes from counts to what may be published, with worlds as its proof, which `check_worlds` (a program of its own) lets an
outsider redo. What proves shares no code with what protects. It takes any cells over inner cells (`model.Cells`), a frame with
hierarchies (`model.tabulate`), or the figures of indicators with their catalogue entries (`protection.protect_figures`, for releases).

    units = pl.DataFrame({"gemeente": [...], "district": [...], "vormen": [["arbeid"], ["arbeid", "seksueel"], ...]})  # a row per inner cell
    cells = tabulate(units, [[], ["district"], ["gemeente"], ["district", "vormen"]])
    counts = cells.inner @ inner_counts
    wish = Wish(primary=counts < 5, public=np.zeros(len(counts), bool), need=np.full(len(counts), 4), worth=np.ones(len(counts)))
    assured = assure(cells, counts, inner_counts, wish, usual_attackers(zeros_shown=False), seed=secret)

Limits: withholding cannot stand up to unlimited knowledge of the persons; the smallest set of cells to withhold is NP-hard to find.
"""
