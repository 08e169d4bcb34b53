"""One clean copy of the project for both recipes: what others change meanwhile in the checkout does not count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dbt_project.conftest import _remember  # noqa: F401 - for `run_dbt` on a copy
from tests.house.project import copy_project


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy on which nothing was done."""
    return copy_project(tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="session")
def before(clean: Path) -> dict[str, bytes]:
    """What each file of the clean copy holds."""
    return {path.relative_to(clean).as_posix(): path.read_bytes() for path in clean.rglob("*") if path.is_file()}
