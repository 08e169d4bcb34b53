"""Descriptions of the table itself: a Data Package (https://datapackage.org) and CSV on the Web (https://www.w3.org/TR/tabular-metadata/)."""

from __future__ import annotations

from typing import Any

from pipelines.release.layout import AREA_CODES, KEY, NUMBERS, PERIODS, PSEUDO_AREAS, STATES
from pipelines.release.metadata.codes import DATA_PACKAGE, LICENCE
from pipelines.release.metadata.columns import MEANING
from pipelines.release.metadata.facts import FIGURES_CSV, FIGURES_PARQUET, MAKER, Facts, Publisher

TOLD_OF_INDICATORS = ("indicator_id", "name", "theme", "definition", "value_unit", "numerator", "denominator", "per", "limitations", "version", "sources")
CONSTRAINTS: dict[str, dict[str, Any]] = {
    "area_level": {"enum": list(AREA_CODES)},
    "area_code": {"pattern": "|".join([*AREA_CODES.values(), *PSEUDO_AREAS])},
    "period_grain": {"enum": list(PERIODS)},
    "period": {"pattern": "|".join(sorted({pattern.strip("^$") for pattern in PERIODS.values()}))},
    "state": {"enum": list(STATES)},
}


def data_package(facts: Facts, publisher: Publisher) -> dict[str, Any]:
    """The content of datapackage.json. Beside what the standard knows, `indicators` and `areas` say what the codes mean."""
    schema = {"fields": [_field(name) for name in MEANING], "primaryKey": list(KEY), "missingValues": [""]}
    csv = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\r\n"}}
    parquet = {"type": "file", "format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    return {
        "$schema": DATA_PACKAGE,
        "name": "ketenmonitor-den-haag",
        "id": publisher.name("dataset"),
        "title": facts.title,
        "description": facts.description,
        "version": facts.release_id,
        "created": facts.created_at.isoformat().replace("+00:00", "Z"),
        **({"homepage": publisher.address} if publisher.address else {}),
        "synthetic": facts.is_synthetic,
        "keywords": list(facts.subjects),
        "licenses": [LICENCE.as_package],
        "contributors": [{"title": MAKER, "roles": ["publisher"], **({"email": publisher.contact} if publisher.contact else {})}],
        "sources": [{"title": source} for source in facts.sources],
        "resources": [
            {"name": name.replace(".", "-"), "path": name, **kind, "bytes": facts.files[name].size, "hash": f"sha256:{facts.files[name].sha256}", **more}
            for name, kind, more in ((FIGURES_CSV, csv, {"schema": schema}), (FIGURES_PARQUET, parquet, {}))
        ],
        "indicators": [{name: entry.get(name) for name in TOLD_OF_INDICATORS} for entry in facts.indicators],
        "areas": list(facts.areas),
    }


def _field(name: str) -> dict[str, Any]:
    if name in NUMBERS:
        return {"name": name, "type": "number", "description": MEANING[name]}
    return {"name": name, "type": "string", "description": MEANING[name], "constraints": {"required": True, **CONSTRAINTS.get(name, {})}}


def csv_on_the_web(facts: Facts) -> dict[str, Any]:
    """The content of values.csv-metadata.json, whose name and place are how the standard finds it."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": FIGURES_CSV,
        "dc:title": facts.title,
        "dc:description": facts.description,
        "dc:identifier": facts.release_id,
        "dc:created": {"@value": facts.created_at.isoformat(), "@type": "xsd:dateTime"},
        "dc:source": "; ".join(facts.sources),
        "dc:publisher": MAKER,
        "dc:license": {"@id": LICENCE.uri},
        "dialect": {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True, "headerRowCount": 1, "commentPrefix": None},
        "tableSchema": {"columns": [_column(name) for name in MEANING], "primaryKey": list(KEY)},
    }


def _column(name: str) -> dict[str, Any]:
    kind: Any = "number" if name in NUMBERS else "string"
    if name == "state":
        kind = {"base": "string", "format": "|".join(STATES)}
    return {"name": name, "titles": name, "dc:description": MEANING[name], "datatype": kind, "required": name not in NUMBERS, "null": ""}
