"""Tests of the dashboard, on a small release of their own."""
