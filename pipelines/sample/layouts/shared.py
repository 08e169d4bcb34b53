"""Layouts that any partner may use, with the contract's own headings."""

from __future__ import annotations

from pipelines.sample.layouts.layout import Layout
from pipelines.sample.spelling import BITS, LETTERS, WORDS, Spelling

SHARED = (
    Layout(encoding="cp1252", title=True, bounds=True, spelling=Spelling(0.8, quarter="2023-K4", month="09-2023", flags=WORDS, gap=".")),
    Layout("xlsx", groups=True, hidden=True, date_cells=True, totals=True, spelling=Spelling(0.8, quarter="4e kwartaal 2023", month="september 2023")),
    Layout(delimiter=",", bounds=True, footer=True, spelling=Spelling(0.9, flags=BITS, gap="n.b.")),
    Layout("tsv", delimiter="\t", encoding="utf-16", spelling=Spelling(0.9, quarter="Q4 2023", flags=LETTERS)),
    Layout("txt", delimiter="|", encoding="utf-8-sig", bounds=True, spelling=Spelling(0.9)),
    Layout("ods", title=True, spelling=Spelling(0.9, quarter="Q4 2023", flags=WORDS)),
    Layout("parquet"),
    Layout("xlsx", bounds=True, spelling=Spelling(0.9, quarter="2023-K4", month="september 2023", flags=LETTERS, separator="; ")),
    Layout("json", bounds=True, spelling=Spelling(0.9)),
    Layout(zipped=True, encoding="utf-8-sig", totals=True, footer=True, spelling=Spelling(0.9, thousand_points=True)),
    Layout(line_end="\r", bounds=True, title=True, groups=True, units=True, spelling=Spelling(0.9, school_year="2025-2026")),
    Layout(line_end="\n", totals=True, spelling=Spelling(0.95, percent_signs=True, gap="x")),
    Layout("xlsx", zipped=True, bounds=True, spelling=Spelling(0.9, flags=WORDS, school_year="2025/2026")),
)
