"""Disclosure control, first version: pure functions over frames, no I/O, nothing of ours imported.

`protect` withholds, `audit` proves it from the published frame alone (it shares no code with the protector), and
`check_certificate` lets an outsider redo the claims. The engine that takes the place of `protect` is
being built beside it: `model` and `independence` are its first parts, and no release uses them yet.
"""

from pipelines.disclosure.areas import area_parents
from pipelines.disclosure.auditor import audit
from pipelines.disclosure.checker import check_certificate
from pipelines.disclosure.protector import AUDIENCES, protect, withheld_tables, withhold

__all__ = ["AUDIENCES", "area_parents", "audit", "check_certificate", "protect", "withheld_tables", "withhold"]
