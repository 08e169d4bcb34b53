"""Policy is a file with a schema: what it asks goes into every entry of the catalogue, and what it does not know stops the release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.policy import POLICY, PolicyBroken, add_policy, policy_in_entry
from pipelines.publication import publish_release
from pipelines.release import CatalogueBroken
from pipelines.resources import Settings
from tests.pipelines.disclosure.frames import entry


def catalogue() -> list[dict[str, Any]]:
    """Two indicators about persons, and one about nobody."""
    persons = [{**entry(name, breakdowns=breakdowns), "policy": None} for name, breakdowns in (("mh_a", ("nationaliteitsgroep",)), ("mh_b", ("vorm*",)))]
    return [*persons, {**entry("alg_c", person_related=False), "threshold_professional": 0, "threshold_publiek": 0}]


def changed(folder: Path, old: str = "", new: str = "", more: str = "") -> Path:
    """The policy of the project with one text replaced everywhere and something added."""
    path = folder / "disclosure_policy.toml"
    policy, _, _ = POLICY.read_text(encoding="utf-8").partition("\n[[indicator")  # of indicators that are not here
    path.write_text(policy.replace(old, new) + more, encoding="utf-8")
    return path


PUBLISHED = """[[indicator.mh_a.openbaar]]
area_level = "regio"
area_code = "DH"
period_grain = "jaar"
period = "2023"
uitsplitsing = { nationaliteitsgroep = "EU" }
aantal = 2
bron = "Een jaarverslag"
"""


def test_a_figure_that_others_have_published_goes_with_its_source_into_the_entry(tmp_path: Path) -> None:
    a, b, c = add_policy(catalogue(), changed(tmp_path, more=PUBLISHED))
    (figure,) = a["elsewhere"]
    assert (figure["uitsplitsing"], figure["aantal"], figure["bron"]) == ({"nationaliteitsgroep": "EU"}, 2, "Een jaarverslag")
    assert b["elsewhere"] == c["elsewhere"] == []


def test_every_entry_about_persons_carries_a_policy_that_nobody_has_confirmed_yet() -> None:
    for one in load_catalogue():
        for audience in ("professional", "publiek"):
            asked = policy_in_entry(one, audience)
            assert (asked is None) == (one["person_related"] is False)
            assert asked is None or not asked.bevestigd


def test_the_higher_threshold_of_policy_and_catalogue_holds(tmp_path: Path) -> None:
    path = changed(tmp_path, more="[indicator.mh_b.publiek]\nthreshold = 4\n", old="threshold = 5", new="threshold = 7")
    a, b, c = add_policy(catalogue(), path)
    assert (a["threshold_professional"], a["threshold_publiek"]) == (7, 10)
    assert b["threshold_publiek"] == 10, "an exception does not go below what the catalogue asks"
    assert (c["threshold_professional"], c["policy"]) == (0, {})


def test_an_exception_replaces_what_it_names_and_is_not_confirmed_by_the_default(tmp_path: Path) -> None:
    path = changed(tmp_path, "bevestigd = false", "bevestigd = true", "[indicator.mh_a.publiek]\nnever = ['nationaliteitsgroep']\n")
    a, b, _ = add_policy(catalogue(), path)
    assert a["policy"]["publiek"] == {"share": 0.9, "deepest": 2, "decoys": 0.005, "never": ["nationaliteitsgroep"], "bevestigd": False}
    assert a["policy"]["professional"] == {"share": 0.9, "deepest": 3, "decoys": 0.005, "never": [], "bevestigd": True}
    assert b["policy"]["publiek"]["bevestigd"] is True


def test_what_is_never_shown_by_default_goes_to_the_indicators_that_have_it(tmp_path: Path) -> None:
    a, b, _ = add_policy(catalogue(), changed(tmp_path, "never = []", "never = ['nationaliteitsgroep', 'vorm=arbeid']"))
    assert a["policy"]["publiek"]["never"] == ["nationaliteitsgroep"]
    assert b["policy"]["publiek"]["never"] == ["vorm=arbeid"]


@pytest.mark.parametrize(
    ("old", "new", "more", "said"),
    [
        ("deepest", "diepste", "", r"default.professional: deepest: .*; diepste: "),
        ("share = 0.9", "share = '0.9'", "", "default.professional: share: "),
        ("share = 0.9", "share = 1.5", "", "default.professional: share: "),
        ("share = 0.9", "share = nan", "", "default.professional: share: "),
        ("threshold = 5", "threshold = 5.0", "", "default.professional: threshold: "),
        ("threshold = 5", "threshold = 0", "", "default.professional: threshold: "),
        ("bevestigd = false", "bevestigd = 'ja'", "", "default.professional: bevestigd: "),
        ("never = []", "never = ['Nationaliteit!']", "", "default.professional: never.0: "),
        ("never = []", "never = ['nationaliteit']", "", "default.professional: never: no breakdown of the catalogue is called nationaliteit"),
        ("[default.publiek]", "[default.iedereen]", "", "default: iedereen: not known here"),
        ("[default.publiek]", "[standaard.publiek]", "", "standaard: not known here"),
        ("", "", "[indicator.mh_z.publiek]\nthreshold = 20\n", "indicator.mh_z: the catalogue has no indicator about persons of this name"),
        ("", "", "[indicator.alg_c.publiek]\nthreshold = 20\n", "indicator.alg_c: the catalogue has no indicator about persons of this name"),
        ("", "", "[indicator.mh_a.iedereen]\nthreshold = 20\n", "indicator.mh_a: iedereen: not known here"),
        ("", "", "[indicator.mh_a]\npubliek = 20\n", "indicator.mh_a.publiek: is no table of fields"),
        ("", "", "[indicator.mh_a.publiek]\ndrempel = 20\n", "indicator.mh_a.publiek: drempel: "),
        ("", "", "[indicator.mh_a.publiek]\nnever = ['vorm']\n", "indicator.mh_a.publiek: never: no breakdown of the catalogue is called vorm"),
        ("", "", "[indicator.mh_a.professional]\nthreshold = 20\n", "indicator.mh_a: threshold: the public one may not be below"),
        ("", "", "[[indicator.mh_a.openbaar]]\naantal = 2\n", "indicator.mh_a.openbaar 1: area_level: .*; bron: "),
        ("", "", PUBLISHED.replace("aantal = 2", "aantal = 2.5"), "indicator.mh_a.openbaar 1: aantal: "),
        ("", "", PUBLISHED.replace("nationaliteitsgroep", "vorm"), "indicator.mh_a.openbaar 1: uitsplitsing: no breakdown of the indicator is called vorm"),
        ("", "", "[indicator.mh_a]\nopenbaar = 2\n", "indicator.mh_a.openbaar: is no list of figures"),
        ("[default", "[[default", "", "cannot be read"),
    ],
)
def test_a_policy_that_breaks_its_schema_is_refused_with_file_place_and_field(tmp_path: Path, old: str, new: str, more: str, said: str) -> None:
    with pytest.raises(PolicyBroken, match=said) as error:
        add_policy(catalogue(), changed(tmp_path, old, new, more))
    assert "disclosure_policy.toml" in str(error.value)


def test_without_a_policy_there_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(PolicyBroken, match=r"policy.toml: cannot be read \(FileNotFoundError\)"):
        load_catalogue(policy=tmp_path / "policy.toml")


def test_a_broken_policy_stops_the_release_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = changed(tmp_path, "deepest", "diepste")
    monkeypatch.setattr("pipelines.catalogue.load_catalogue", lambda: load_catalogue(policy=broken))
    with pytest.raises(CatalogueBroken, match=r"no release: disclosure_policy.toml, default.professional: .*; the last release stays in place"):
        publish_release(Settings(data_dir=tmp_path / "data"), dict)
