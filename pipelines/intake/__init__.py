"""Receives deliveries and judges them against their contract: stages 1 and 2 of the house."""
