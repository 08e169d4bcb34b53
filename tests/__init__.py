"""Tests mirror the tree; house/ holds the tests of the house rules."""
