"""One small release for all tests of the dashboard, and one running server for those that need HTTP."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app import access
from app.release import Release, open_release
from tests.app.browsing import browser, outside, page  # noqa: F401 - fixtures of the tests in a browser
from tests.app.release_fixture import PROJECT, write_release
from tests.app.roles_fixture import place, provider, unlike  # noqa: F401 - fixtures of the tests of roles
from tests.app.running import running


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one synthetic release. Read it, never change it."""
    data_dir = tmp_path_factory.mktemp("published")
    write_release(data_dir)
    return data_dir


@pytest.fixture(autouse=True)
def same_main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's AppTest puts the page in the place of `__main__` and leaves it there; a process that is spawned after that
    would import the page."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every reader has every role."""
    monkeypatch.setattr(access, "_settings", [access.Settings(demo=True)])


@pytest.fixture
def own_copy(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data folder that a test may damage; the app reads it."""
    shutil.copytree(published / "releases", tmp_path / "data" / "releases")
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def release(published: Path, monkeypatch: pytest.MonkeyPatch) -> Release:
    """The release as the app opens it."""
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(published))
    return open_release(None)


@pytest.fixture
def open_page(published: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens a page by its file name, with the address parameters given."""
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", os.environ.get("KETENMONITOR_DATA_DIR", str(published)))

    def show(view: str = "overzicht", **address: str) -> AppTest:
        app = AppTest.from_file(str(PROJECT / "app" / "main.py"), default_timeout=60)
        if view != "overzicht":
            app.run()
            app.switch_page(f"views/{view}.py")
        for key, value in address.items():
            app.query_params[key] = value
        return app.run()

    return show


def page_html(app: AppTest) -> str:
    """All HTML of our own making on a page."""
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.fixture(scope="session")
def server(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard for everybody."""
    with running(published, tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="session")
def professional_server(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard with every role, as a demo."""
    with running(published, tmp_path_factory.mktemp("server"), "--demo") as address:
        yield address
