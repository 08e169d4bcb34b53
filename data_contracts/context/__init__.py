"""Contracts of open data that give context and denominators."""
