"""The page of the theme Online criminaliteit."""

from app.theme_page import show_theme

show_theme("online_criminaliteit")
