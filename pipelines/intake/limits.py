"""What a partner's file may ask of this machine; each limit with the reason for its height.

A file above a limit is refused with a sentence that names the limit. Tests stand at one below, at, and one above each.
"""

from __future__ import annotations

MOST_BYTES = 1_000_000_000  # of any file as it arrives: a national Parquet extract of 10M rows and 15 columns is 300 MB
MOST_BYTES_TEXT = 300_000_000  # of a CSV: 2M rows of 15 columns are 254 MB and take 0.9 GB to read; larger goes by Parquet
MOST_BYTES_RECORDS = 50_000_000  # of JSON: Python's objects take ten times the text
MOST_CELLS_TEXT = 40_000_000  # of a CSV, also counted as rows × columns: 16 bytes each and more; 2M rows of 15 columns are 30M
MOST_ROWS_TEXT = 10_000_000  # of a CSV, empty lines included: 250 MB of line ends took 1.5 GB to count
MOST_BYTES_LINE = 1_000_000  # of one row of a CSV: the widest real one (500 columns) was 9 kB; a file of one line is no table
MOST_BYTES_UNPACKED = 300_000_000  # of a zip or workbook: a 665 KiB bomb unpacked to 600 MB; a sheet of 4M cells is 240 MB
MOST_RATIO = 200  # unpacked to packed bytes of a zip or workbook: real sheets reach 20, columns that repeat one word 100
LEAST_BYTES_FOR_RATIO = 1_000_000  # below this a ratio says nothing: an empty sheet of 1 kB packs to 200 bytes
MOST_ENTRIES = 1_000  # of a zip or workbook: a workbook of 60 sheets has 150
MOST_COLUMNS = 1_000  # of a table: the widest contract has 20; StatLine tables reach 300
MOST_CELLS = 4_000_000  # of a sheet, counted as the box around its filled cells: calamine takes 32 bytes for each, filled or not
MOST_ROWS = 20_000_000  # of Parquet: twice the largest extract that was measured
MOST_CELLS_PARQUET = 400_000_000  # rows × columns of Parquet: repeated values pack without end, 16 bytes each when read
MOST_BYTES_ROW_GROUP = 1_000_000_000  # of one row group of Parquet unpacked: it is read as a whole
MOST_BYTES_CELL = 100_000  # of one cell: the longest text that a contract allows has 2,000 characters
HEADER_WITHIN = 30  # rows: the longest title block seen in StatLine and partner files was 9

MOST_SECONDS = 120  # of one job in the child process: 2M rows of CSV are inspected or judged in 12 s on 2 slow cores
MOST_MEMORY = 1_500_000_000  # bytes that a job may hold: 2M rows of CSV take 1.3 GB, 10M rows of Parquet less
MOST_MEMORY_ASKED = 4_000_000_000  # bytes that it may ask for (RLIMIT_DATA): the watch keeps the limit above, this one stops who asks for far more at once
MOST_JOBS = 500  # after which a worker is replaced, so that nothing that leaks can grow
