"""The door to what was found: which report is the newest, and for whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import review
from app.access import rights_of
from app.release import DamagedReleaseError, Release, open_release
from app.review import NotForThisReader
from tests.app.findings_fixture import NEWEST, OLDER, QUALITY, SUM, change_release, copy_release, write_newest
from tests.app.release_fixture import RELEASE_ID

WERKGROEP, PRIVACY = rights_of(["werkgroep"]), rights_of(["privacy"])
OTHERS = [["professional"], ["privacy"], ["beheer"], ["analist"], ["gemeente:GM0503"], []]


@pytest.fixture
def here(own_copy: Path) -> Release:
    """The release in use, in a data folder that a test may change."""
    return open_release(None, WERKGROEP)


def sentences(report: review.Report) -> set[str]:
    return {one["sentence"] for one in report.findings}


def test_the_newest_run_is_read_also_when_nothing_of_it_was_published(here: Release, own_copy: Path) -> None:
    write_newest(own_copy)
    report = review.newest_report(here, WERKGROEP)
    assert [one["severity"] for one in report.findings] == ["fout", "fout", "waarschuwing", "let op"]
    assert (report.verdict, report.release_id, str(report.day)) == ("fout", "", "2026-11-29")
    assert RELEASE_ID in report.remark


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (None, review.NO_REPORT),
        (b"{", review.DAMAGED),
        (b"[]", review.DAMAGED),
        (b"\xff", review.DAMAGED),
        (b'{"created_at": "2027-01-01T00:00:00", "verdict": "goed", "findings": [{"id": "x", "severity": "erg", "sentence": "y"}]}', review.DAMAGED),
        (b'{"created_at": "morgen", "verdict": "goed", "findings": []}', review.DAMAGED),
        (b'{"created_at": "2026-11-01T00:00:00", "verdict": "goed", "findings": []}', review.OLDER),
    ],
)
def test_without_a_good_and_newer_run_the_release_tells_what_was_found_and_says_why(content: bytes | None, remark: str, here: Release, own_copy: Path) -> None:
    if content is not None:
        write_newest(own_copy)
        (own_copy / "quality" / "quality.json").write_bytes(content)
    report = review.newest_report(here, WERKGROEP)
    assert (report.release_id, report.remark) == (RELEASE_ID, remark)
    assert SUM in sentences(report)


def test_the_report_that_went_out_with_the_release_needs_no_remark(here: Release, own_copy: Path) -> None:
    quality = QUALITY | {"created_at": "2026-11-22T11:31:00"}
    copy = copy_release(own_copy / "releases" / RELEASE_ID, "2026-11-22T1200-bb22", quality)
    write_newest(own_copy, quality)
    report = review.newest_report(open_release(copy.name, WERKGROEP), WERKGROEP)
    assert (report.release_id, report.remark) == (copy.name, "")
    seen_from_before = review.newest_report(here, WERKGROEP)
    assert seen_from_before.release_id == copy.name
    assert f"Dit is het nieuwste rapport, van release {copy.name}." in seen_from_before.remark


@pytest.mark.parametrize("roles", OTHERS)
def test_the_door_is_shut_for_who_is_not_of_the_werkgroep(roles: list[str], here: Release, own_copy: Path) -> None:
    write_newest(own_copy)
    rights = rights_of(roles)
    with pytest.raises(NotForThisReader):
        review.newest_report(here, rights)
    with pytest.raises(NotForThisReader):
        review.past_reports(rights)


@pytest.mark.parametrize("roles", [roles for roles in OTHERS if "privacy" not in roles])
def test_the_checks_are_for_the_werkgroep_and_privacy_officers_alone(roles: list[str], here: Release) -> None:
    assert review.docs_pages(here, WERKGROEP) == review.docs_pages(here, PRIVACY) == (RELEASE_ID, ["index"])
    assert "Controles" in review.docs_page(here, RELEASE_ID, "index", PRIVACY)
    with pytest.raises(NotForThisReader):
        review.docs_pages(here, rights_of(roles))
    with pytest.raises(NotForThisReader):
        review.docs_page(here, RELEASE_ID, "index", rights_of(roles))


@pytest.mark.parametrize("whose", ["", RELEASE_ID])
@pytest.mark.parametrize("name", ["../../release", "..%2f", "/etc/passwd", "INDEX", "bestaat_niet", ""])
def test_no_name_of_a_page_leads_out_of_the_checks(name: str, whose: str, here: Release, own_copy: Path) -> None:
    write_newest(own_copy)
    with pytest.raises(DamagedReleaseError):
        review.docs_page(here, whose, name, PRIVACY)


def test_the_checks_of_the_newest_run_are_shown_when_its_report_is(here: Release, own_copy: Path) -> None:
    write_newest(own_copy)
    (own_copy / "quality" / "docs" / "leveringen.html").write_text("<main>nieuw</main>", encoding="utf-8")
    assert review.docs_pages(here, PRIVACY) == ("", ["leveringen"])
    assert review.docs_page(here, "", "leveringen", PRIVACY) == "<main>nieuw</main>"


def test_a_release_whose_report_was_changed_is_left_out_and_named(here: Release, own_copy: Path) -> None:
    folder = own_copy / "releases" / RELEASE_ID
    copy_release(folder, OLDER, QUALITY)
    (copy_release(folder, "2026-09-22T1130-aa11", QUALITY) / "quality" / "quality.json").write_text("{}", encoding="utf-8")
    past, unread = review.past_reports(WERKGROEP)
    assert [one.release_id for one in past] == [OLDER, RELEASE_ID]
    assert unread == ["2026-09-22T1130-aa11"]
    assert ("RSIV", "ontbreekt") in past[0].deliveries


def test_a_finding_was_first_seen_in_the_first_of_an_unbroken_row_of_reports(here: Release, own_copy: Path) -> None:
    folder = own_copy / "releases" / RELEASE_ID
    for number, findings in enumerate(([0, 1], [1], [0, 1], [0, 1])):
        copy_release(folder, f"2026-0{number + 1}-22T1130-aa11", QUALITY | {"findings": [QUALITY["findings"][one] for one in findings]})
    past, _ = review.past_reports(WERKGROEP)
    assert review.first_seen(past, "regional_sum") == "2026-03-22T1130-aa11"
    assert review.first_seen(past, "delivery_on_time") == "2026-01-22T1130-aa11"
    assert review.first_seen(past, "nooit") is None


def test_a_demo_opens_nothing_where_a_release_is_real(demo: None, here: Release, own_copy: Path) -> None:
    write_newest(own_copy, NEWEST)
    assert review.newest_report(here, WERKGROEP).findings
    real = copy_release(own_copy / "releases" / RELEASE_ID, OLDER, QUALITY)
    change_release(real, {}, synthetic=False)
    for ask in (lambda: review.newest_report(here, WERKGROEP), lambda: review.docs_pages(here, WERKGROEP), lambda: review.past_reports(WERKGROEP)):
        with pytest.raises(NotForThisReader):
            ask()
