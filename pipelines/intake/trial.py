"""A partner tests a file before sending it: the same door and the same contract, and nothing is stored or sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from data_contracts import contract_of
from pipelines.intake.checking import judge_file
from pipelines.intake.child import run_in_child
from pipelines.intake.feedback import Answer, accepted_answer, refused_answer
from pipelines.intake.inspecting import inspect_file
from pipelines.intake.refusal import DeliveryRefused


@dataclass(frozen=True)
class Trial:
    """What would come of a file: the answer that the partner would get, and the same as plain data."""

    accepted: bool
    answer: Answer
    document: dict[str, Any]


def try_file(file: Path, delivery: str) -> Trial:
    """Judges a file on the spot. Raises KeyError with the known ids for an unknown delivery."""
    contract = contract_of(delivery)
    try:
        run_in_child(inspect_file, file, file.name, delivery)
        verdict = run_in_child(judge_file, file, file.name, delivery)
    except DeliveryRefused as refusal:
        document = {"accepted": False, "rule": refusal.rule, "sentence": str(refusal), "broken": [asdict(each) for each in refusal.broken]}
        return Trial(accepted=False, answer=refused_answer(file.name, contract, refusal), document=document)
    counts = {"rows": verdict.rows_in, "accepted_rows": verdict.accepted, "quarantined": verdict.quarantined, "totals": verdict.totals}
    broken = [asdict(each) for each in verdict.broken]
    document = {"accepted": True, **counts, "periods": verdict.periods, "judged_by": verdict.judged_by, "broken": broken}
    return Trial(accepted=True, answer=accepted_answer(file.name, contract, verdict), document=document)
