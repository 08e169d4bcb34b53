"""The release of the tests with the indicators of shelter in it, which the others do without."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app import release_fixture


def write_release_with_shelter(data_dir: Path) -> None:
    """Write it under `data_dir` and point at it. The last target group of those for whom shelter was sought is withheld."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(release_fixture, "INDICATORS", (*release_fixture.INDICATORS, "mh_opvang_niet_geplaatst_aandeel", "mh_bedden_bezetting"))
        changed.setitem(release_fixture.CATEGORIES, "doelgroep", ["vrouwen", "mannen", "minderjarigen", "onbekend"])
        changed.setitem(release_fixture.CATEGORIES, "peildag", ["laatste dag"])
        release_fixture.write_release(data_dir)
