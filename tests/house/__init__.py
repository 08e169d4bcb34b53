"""The house rules as tests: each says which rule it keeps, and why, in its name."""
