"""Tests of the release store."""
