"""Contracts of the theme jonge aanwas."""
