"""Contracts of the theme online criminaliteit."""
