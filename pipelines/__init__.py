"""Moves data and decides nothing about meaning: intake, warehouse, disclosure, release."""
