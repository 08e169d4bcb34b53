"""Which files are generated, and whether they are what they should be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from data_contracts import all_contracts, versions_of
from data_contracts.base import Contract
from pipelines.codegen.areas import areas_by_level
from pipelines.codegen.dbt import sources_yaml, staging_yaml
from pipelines.codegen.history import FOLDER
from pipelines.codegen.indicators import ids_sql, indicators_yaml, read_catalogue
from pipelines.codegen.instruction import instruction_html
from pipelines.codegen.odcs import odcs_yaml
from pipelines.codegen.poisson import poisson_sql
from pipelines.codegen.template import template_xlsx
from pipelines.codegen.versioning import file_name

ROOT = Path(__file__).resolve().parents[2]
INSTRUCTIONS = "data_contracts/instructions"


def rendered(root: Path = ROOT) -> dict[Path, bytes]:
    """Every generated file with the content it should have."""
    contracts, models = all_contracts(), root / "dbt_project" / "models"
    catalogue = read_catalogue(root / "dbt_project" / "seeds" / "catalogue.csv")
    texts = {
        models / "staging" / "_sources.yml": sources_yaml(contracts),
        models / "staging" / "_staging.yml": staging_yaml(contracts, models / "staging"),
        models.parent / "macros" / "indicator_ids.sql": ids_sql(catalogue),
        models.parent / "macros" / "poisson_exact.sql": poisson_sql(),
        models / "indicators" / "_indicators.yml": indicators_yaml(catalogue, models / "indicators"),
    }
    versions = [version for contract in contracts for version in versions_of(contract.terms().delivery)]
    texts |= {root / FOLDER / file_name(version): odcs_yaml(version) for version in versions}
    delivered = [contract for contract in contracts if not contract.terms().is_fetched]
    documents = {root / INSTRUCTIONS / name: content for contract in delivered for name, content in partner_files(contract, root).items()}
    return {path: text.encode() for path, text in texts.items()} | documents


def partner_files(contract: type[Contract], root: Path = ROOT) -> dict[str, bytes]:
    """What a partner gets, by file name: the instruction and the template to fill in."""
    areas, delivery = areas_by_level(root / "dbt_project" / "seeds" / "areas.csv"), contract.terms().delivery
    return {f"{delivery}.html": instruction_html(contract, areas).encode(), f"{delivery}.xlsx": template_xlsx(contract, areas)}


def _content(data: bytes, suffix: str) -> object:
    """What counts of a file. Of a workbook the members: how well a machine's zlib packs them is no difference."""
    if suffix != ".xlsx":
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as members:
        return {name: members.read(name) for name in members.namelist()}


def differences(root: Path = ROOT) -> dict[Path, bytes | None]:
    """Files that are not what they should be, with what they should be: None for one of a delivery or version that is no more."""
    wanted = rendered(root)
    different = {path: data for path, data in wanted.items() if not path.exists() or _content(path.read_bytes(), path.suffix) != _content(data, path.suffix)}
    obsolete = (path for folder in (FOLDER, INSTRUCTIONS) for path in sorted((root / folder).glob("*")) if path not in wanted)
    return {**different, **dict.fromkeys(obsolete)}


def write(different: Mapping[Path, bytes | None]) -> None:
    """Writes what differs, and removes what is no longer wanted."""
    for path, data in different.items():
        if data is None:
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
