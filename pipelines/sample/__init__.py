"""Makes synthetic partner extracts, calibrated to the published figures, in the messy formats in which files arrive.

`write_sample` fills an inbox, `write_broken` adds faulty files; `stand_in_misdrijven` and `stand_in_bevolking` replace open data that cannot be had;
`PUBLISHED_FIGURES` lists what the sample meets exactly. All of it is made up: every figure follows from a seed.
"""

from pipelines.sample.broken import write_broken
from pipelines.sample.published import CALIBRATED_YEAR, PUBLISHED_FIGURES, PublishedFigure
from pipelines.sample.stand_ins import stand_in_bevolking, stand_in_misdrijven
from pipelines.sample.writing import write_sample

__all__ = ["CALIBRATED_YEAR", "PUBLISHED_FIGURES", "PublishedFigure", "stand_in_bevolking", "stand_in_misdrijven", "write_broken", "write_sample"]
