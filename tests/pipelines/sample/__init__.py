"""Tests of the synthetic partner extracts."""
