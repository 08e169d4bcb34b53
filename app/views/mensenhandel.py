"""The page of the theme Mensenhandel."""

from app.theme_page import show_theme

show_theme("mensenhandel", {"views/opvang.py": "Opvang: bedden, bezetting en voor wie er geen plek was"})
