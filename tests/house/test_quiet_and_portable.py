"""Nothing calls home, nothing depends on one machine, and the environment is read at one place."""

from __future__ import annotations

import ast
import configparser
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.house.project import PACKAGES, ROOT, project_files, python_files, syntax_of, text_files

READERS_OF_THE_ENVIRONMENT = {"pipelines/resources.py", "app/release.py", "app/access.py"}
LOCKS = [path for path in project_files() if path.suffix == ".lock"]

# Folders of one machine. In pieces, so that this file does not name what it forbids.
MACHINE_PATH = re.compile(r"(?<![\w.$}{/*-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers"]) + r")/\w")


def reads_environment(tree: ast.AST) -> bool:
    """Whether code asks the environment for a variable: by os, or by an option's `envvar`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"} and ast.unparse(node.value) == "os":
            return True
        if isinstance(node, ast.ImportFrom) and node.module == "os" and {alias.name for alias in node.names} & {"environ", "environb", "getenv"}:
            return True
        if isinstance(node, ast.keyword) and node.arg == "envvar":
            return True
    return False


@pytest.mark.parametrize("code", ["import os\nos.environ['A']", "import os\nos.getenv('A')", "from os import environ", "Option(envvar='A')"])
def test_the_scan_for_the_environment_finds_what_it_looks_for(code: str) -> None:
    assert reads_environment(ast.parse(code))


def test_the_environment_is_read_at_one_place_of_the_pipelines_and_two_of_the_app() -> None:
    readers = {path.as_posix() for path in python_files(*PACKAGES) if reads_environment(syntax_of(path))}
    assert readers - READERS_OF_THE_ENVIRONMENT == set()


def test_dbt_sends_nothing() -> None:
    flags = yaml.safe_load((ROOT / "dbt_project" / "dbt_project.yml").read_text(encoding="utf-8"))["flags"]
    assert (flags["send_anonymous_usage_stats"], flags["version_check"]) == (False, False)


def test_dbt_duckdb_fetches_no_extension() -> None:
    profile = yaml.safe_load((ROOT / "dbt_project" / "profiles.yml").read_text(encoding="utf-8"))["ketenmonitor"]
    for output in (each for each in profile["outputs"].values() if each["type"] == "duckdb"):
        assert (output["settings"]["autoinstall_known_extensions"], output["settings"]["autoload_known_extensions"]) == (False, False)


def test_streamlit_sends_nothing_and_asks_nobody_for_its_address() -> None:
    config = tomllib.loads((ROOT / "app" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["headless"] is True
    assert config["server"]["address"] == "127.0.0.1"


def test_dagster_sends_nothing() -> None:
    config = yaml.safe_load((ROOT / ".dagster" / "dagster.yaml").read_text(encoding="utf-8"))
    assert (config["telemetry"]["enabled"], config["nux"]["enabled"]) == (False, False)


def test_great_expectations_sends_nothing() -> None:
    from validation.expect import open_source

    with open_source() as place:
        context = place.data_asset.datasource.data_context
        assert context is not None
        assert context.config.analytics_enabled is False


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = {f"{path}:{number}" for path, text in text_files() for number, line in enumerate(text.splitlines(), 1) if MACHINE_PATH.search(line)}
    assert sorted(found) == []


def test_the_scan_for_machine_paths_finds_what_it_looks_for() -> None:
    assert MACHINE_PATH.search('open("/' + 'home/jan/file")')
    assert not MACHINE_PATH.search("see pipelines/" + "home/x and https://example.org/" + "work/x")


@pytest.mark.parametrize("lock", LOCKS, ids=str)
def test_a_lock_file_names_no_host_and_hashes_every_package(lock: Path) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"^.*(?:://|--(?:extra-)?index-url|--find-links|--trusted-host).*$", text, re.MULTILINE) == []
    packages = re.findall(r"^([A-Za-z0-9][\w.-]*)==(?:.*\\\n)((?:\s+--hash=sha256:[0-9a-f]{64}.*\n?)*)", text, re.MULTILINE)
    assert packages
    assert [name for name, hashes in packages if not hashes] == []
    assert len(packages) == len(re.findall(r"^[A-Za-z0-9][^\n]*==", text, re.MULTILINE))


def test_the_import_rules_stand_in_their_own_file() -> None:
    rules = configparser.ConfigParser()
    rules.read(ROOT / ".importlinter", encoding="utf-8")
    assert set(rules["importlinter"]["root_packages"].split()) == set(PACKAGES)


def test_generated_files_are_current() -> None:
    from pipelines.codegen.generating import differences

    assert list(differences()) == [], "run `python -m pipelines.codegen`"
