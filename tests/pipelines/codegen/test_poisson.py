"""The macro of exact Poisson limits is generated, and a number that was changed by hand is noticed."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from pipelines.codegen import __main__ as command
from pipelines.codegen.generating import ROOT, differences
from pipelines.codegen.poisson import BYAR_FROM, exact_limits, normal_quantile, poisson_sql

MACRO = Path("dbt_project/macros/poisson_exact.sql")


def test_the_limits_are_the_published_ones() -> None:
    assert exact_limits(0, 0.95) == pytest.approx((0, 3.6889), abs=5e-5)
    assert exact_limits(5, 0.95) == pytest.approx((1.6235, 11.6683), abs=5e-5)  # Garwood's table
    assert normal_quantile(0.95) == pytest.approx(1.96, abs=5e-5)
    assert poisson_sql().count(" when ") == 4 * BYAR_FROM


def test_a_number_changed_by_hand_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("dbt_project", "data_contracts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("target", "logs", "__pycache__"))
    assert tmp_path / MACRO not in differences(tmp_path)
    macro = tmp_path / MACRO
    macro.write_text(macro.read_text(encoding="utf-8").replace("3.688", "3.689"), encoding="utf-8")
    monkeypatch.setattr(command, "ROOT", tmp_path)
    output = io.StringIO()
    assert command.main(["--check"], output) == 1
    assert f"differs: {MACRO}" in output.getvalue()
