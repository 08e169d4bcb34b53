"""Writes the files that follow from the contracts and the catalogue, so that nobody keeps a column in two places.

`python -m pipelines.codegen` writes them; with `--check` it writes nothing, names the files that differ and exits 1.
A new contract with its staging model, or a new indicator with its catalogue row, needs this command and no other edit.
"""
