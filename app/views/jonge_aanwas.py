"""The page of the theme Jonge aanwas."""

from app.theme_page import show_theme

show_theme("jonge_aanwas")
