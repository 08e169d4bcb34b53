"""The door to data: the newest release without a restart, and a plain refusal of everything that is not a sound release."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import access
from app.release import DamagedReleaseError, NoReleaseError, UnknownReleaseError, open_release, release_ids
from tests.app.release_fixture import NOTE, RELEASE_ID, write_release

EVERYTHING = access.rights_of(access.ROLES)
LATER = "2026-11-23T0900-77aa"


def test_the_release_that_the_pointer_names_is_opened(own_copy: Path) -> None:
    release = open_release(None)
    assert (release.id, release.audience, release.is_synthetic, release.synthetic_note) == (RELEASE_ID, "publiek", True, NOTE)
    assert {indicator.id for indicator in release.indicators} >= {"alg_misdrijven", "mh_slachtoffers", "oc_registraties", "ja_verdachten_12_23"}


def test_a_new_release_shows_without_a_restart_and_the_old_one_stays_reachable(own_copy: Path) -> None:
    assert open_release(None).id == RELEASE_ID
    write_release(own_copy, LATER)
    assert open_release(None).id == LATER
    assert open_release(RELEASE_ID).id == RELEASE_ID
    assert release_ids() == [LATER, RELEASE_ID]


def test_each_audience_gets_its_own_folder(own_copy: Path) -> None:
    (own_copy / "releases" / RELEASE_ID / "professional" / "values.parquet").write_bytes(b"not for the public")
    assert open_release(None).audience == "publiek"
    with pytest.raises(DamagedReleaseError):
        open_release(None, EVERYTHING)


def test_a_professional_reads_both_certificates_and_the_public_reads_none(own_copy: Path) -> None:
    assert {audience: said["audience"] for audience, said in open_release(None, EVERYTHING).certificates.items()} == {
        "professional": "professional",
        "publiek": "publiek",
    }
    assert open_release(None).certificates == {}


@pytest.mark.parametrize("audience", ["professional", "publiek"])
@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_changed_or_absent_certificate_is_refused_to_who_reads_it(audience: str, damage: str, own_copy: Path) -> None:
    file = own_copy / "releases" / RELEASE_ID / audience / "certificate.json"
    if damage == "gone":
        file.unlink()
    else:
        file.write_text(file.read_text(encoding="utf-8").replace('"bevestigd": false', '"bevestigd": true'), encoding="utf-8")
    assert open_release(None).certificates == {}
    with pytest.raises(DamagedReleaseError):
        open_release(None, EVERYTHING)


def test_without_any_release_the_door_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(tmp_path))
    with pytest.raises(NoReleaseError):
        open_release(None)


@pytest.mark.parametrize("asked", ["2020-01-01T0000-abcd", "../../etc", "..", "", "x" * 10_000, "<script>", f"{RELEASE_ID}/professional", f"{RELEASE_ID}\n"])
def test_an_address_cannot_name_what_is_not_a_release(asked: str, own_copy: Path) -> None:
    with pytest.raises(UnknownReleaseError):
        open_release(asked)


@pytest.mark.parametrize("pointer", ["", "../elsewhere", "2020-01-01T0000-abcd", "\x00", "é"])
def test_a_pointer_to_nothing_is_refused(pointer: str, own_copy: Path) -> None:
    (own_copy / "releases" / "current").write_text(pointer, encoding="latin-1")
    with pytest.raises(DamagedReleaseError):
        open_release(None)


@pytest.mark.parametrize("path", ["publiek/values.parquet", "publiek/areas.parquet", "publiek/leveringen.parquet", "publiek/quality.json"])
@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_changed_or_absent_file_is_refused(path: str, damage: str, own_copy: Path) -> None:
    file = own_copy / "releases" / RELEASE_ID / path
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(DamagedReleaseError) as refused:
        open_release(None)
    assert str(own_copy) not in str(refused.value)


@pytest.mark.parametrize("content", ["", "[]", "null", "{}", '{"catalogue": [{}], "files": {}}', '{"catalogue": null, "files": null}'])
def test_a_manifest_of_another_form_is_refused(content: str, own_copy: Path) -> None:
    (own_copy / "releases" / RELEASE_ID / "release.json").write_text(content, encoding="utf-8")
    with pytest.raises(DamagedReleaseError):
        open_release(None)


def test_a_mended_release_shows_again_without_a_restart(own_copy: Path) -> None:
    file = own_copy / "releases" / RELEASE_ID / "publiek" / "values.parquet"
    content = file.read_bytes()
    file.write_bytes(b"half")
    with pytest.raises(DamagedReleaseError):
        open_release(None)
    file.write_bytes(content)
    assert open_release(None).id == RELEASE_ID


def test_a_release_that_does_not_say_whether_it_is_synthetic_counts_as_synthetic(own_copy: Path) -> None:
    file = own_copy / "releases" / RELEASE_ID / "release.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    del manifest["synthetic"], manifest["synthetic_note"]
    file.write_text(json.dumps(manifest), encoding="utf-8")
    note = open_release(None).synthetic_note
    assert note is not None
    assert note.startswith("Synthetische voorbeeldgegevens")
