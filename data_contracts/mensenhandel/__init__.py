"""Contracts of the theme mensenhandel."""
