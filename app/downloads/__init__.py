"""Figures to take along: one extract of a release, written as XLSX, CSV, Parquet or a zip. Pure: knows no screen and no disk."""
