"""A contract as Open Data Contract Standard 3.2: what anybody's tools can read of the promise.

What the standard has no place for (the law, aliases, quirks, the change log) stands in its `customProperties`. No example
comes from data. Links to outside definitions are left out: `datacontract` would follow them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from data_contracts import versions_of
from data_contracts.base import AT_LEAST, AT_MOST, Contract, Rhythm, Terms
from pipelines.codegen.dbt import SQL_TYPES
from pipelines.codegen.text import contact_of, dutch_percentage, grain_of, yaml_text

API_VERSION = "v3.2.0"
LOGICAL_TYPES = {"String": "string", "Int64": "integer", "Float64": "number", "Boolean": "boolean", "Date": "date"}
OPTIONS = {
    ("greater_than_or_equal_to", "min_value"): "minimum",
    ("less_than_or_equal_to", "max_value"): "maximum",
    ("str_matches", "pattern"): "pattern",
    ("str_length", "min_value"): "minLength",
    ("str_length", "max_value"): "maxLength",
}
EXAMPLES: Mapping[str, tuple[object, ...]] = {
    "area": ("Delft",),
    "year": ("2026",),
    "quarter": ("2026Q3",),
    "month": ("2026-09",),
    "school_year": ("2025/26",),
    "date": ("2026-09-15",),
    "count": (12,),
}
FREQUENCY = {Rhythm.MONTH: (1, "month"), Rhythm.QUARTER: (3, "month"), Rhythm.YEAR: (1, "year"), Rhythm.SCHOOL_YEAR: (1, "year"), Rhythm.TWO_YEARS: (2, "year")}


def odcs_yaml(contract: type[Contract]) -> str:
    """The document of one version of a contract, as YAML."""
    return yaml_text(odcs(contract), f"data_contracts/{contract.terms().theme}/")


def odcs(contract: type[Contract]) -> dict[str, Any]:
    """The document of one version of a contract. Valid by the JSON schema of ODCS 3.2, with no field that it does not know."""
    terms = contract.terms()
    newest = contract is versions_of(terms.delivery)[-1]
    return {
        "apiVersion": API_VERSION,
        "kind": "DataContract",
        "id": terms.delivery,
        "name": terms.title,
        "version": terms.version,
        "status": "active" if newest else "deprecated",
        "domain": terms.theme,
        "tags": [terms.theme, terms.grain.value, "vertrouwelijk" if terms.confidential else "open"],
        "description": _description(terms),
        "servers": [
            {
                "server": "accepted",
                "type": "local",
                "description": "Accepted rows, below the data folder (KETENMONITOR_DATA_DIR)",
                "path": f"accepted/{terms.delivery}/*.parquet",
                "format": "parquet",
            }
        ],
        "schema": [
            {
                "name": terms.delivery,
                "physicalType": "file",
                "description": terms.title,
                "dataGranularityDescription": grain_of(contract),
                "properties": [_property(contract, name) for name in contract.to_schema().columns],
                "quality": list(_quality(contract)),
            }
        ],
        "support": [{"channel": "levering", "description": f"Vragen over de levering: {contact_of(terms)}"}],
        "team": {"name": terms.partner, "members": [{"username": terms.owner, "role": "owner"}]},
        "roles": [
            {"role": audience, "access": "read", "customProperties": _custom(smallestArea=terms.law.smallest_area, smallestGroup=group)}
            for audience, group in terms.law.smallest_group.items()
            if audience in terms.law.audiences
        ],
        "slaProperties": list(_service_levels(terms)),
        "customProperties": _custom(
            doel=terms.law.doel,
            grondslag=terms.law.grondslag,
            convenant=terms.law.convenant,
            dpia=terms.law.dpia,
            bewaartermijnMaanden=terms.law.bewaartermijn_maanden,
            smallestArea=terms.law.smallest_area,
            smallestGroup=dict(terms.law.smallest_group),
            audiences=list(terms.law.audiences),
            grain=terms.grain.value,
            periodColumn=terms.period_column,
            fromPeriod=terms.from_period,
            tolerance=terms.tolerance,
            confidential=terms.confidential,
            openDataTable=f"{terms.odata.service}: {terms.odata.table} ({terms.odata.measure})" if terms.odata else None,
            contactDetailsAllowed=dict(terms.allowed),
            changes=list(terms.changes),
        ),
    }


def _custom(**properties: Any) -> list[dict[str, Any]]:
    """Custom properties; an empty one is left out, a 0 or a no is not."""
    return [{"property": name, "value": value} for name, value in properties.items() if value not in ("", [], {}, None)]


def _description(terms: Terms) -> dict[str, str]:
    usage = f"Toegestaan voor {' en '.join(terms.law.audiences)}, niet kleiner dan {terms.law.smallest_area}."
    described = {"purpose": terms.law.doel, "usage": usage, "limitations": " ".join(terms.quirks)}
    return {name: text for name, text in described.items() if text}


def _property(contract: type[Contract], name: str) -> dict[str, Any]:
    column, terms, key = contract.to_schema().columns[name], contract.terms(), contract.key()
    field = column.metadata or {}
    options = options_of(contract, name)
    values = tuple(options.pop("values", ()))
    examples = list(EXAMPLES.get(str(field.get("kind")), ()))
    described: dict[str, Any] = {
        "name": name,
        "description": str(column.description or ""),
        "logicalType": LOGICAL_TYPES[str(column.dtype)],
        "physicalType": SQL_TYPES[str(column.dtype)],
        "required": not column.nullable,
    }
    if name in key:
        described |= {"primaryKey": True, "primaryKeyPosition": key.index(name) + 1} | ({"unique": True} if key == [name] else {})
    if values and field.get("kind") == "category":
        described["enum"] = [{"value": value} for value in values]
    if options:
        described["logicalTypeOptions"] = options
    if examples and all(options.get("minimum", example) <= example <= options.get("maximum", example) for example in examples):
        described["examples"] = examples
    custom = _custom(
        kind=field.get("kind"),
        unit=field.get("unit"),
        areaLevel=field.get("level"),
        categories=list(values) if field.get("kind") == "several" else [],
        headings=list(terms.aliases.get(name, ())),
        spellings=dict(field.get("aliases") or {}),
        bounded=field.get("bounded") or None,
        madeFrom=_bounded_column(contract, name),
    )
    return described | ({"customProperties": custom} if custom else {})


def _bounded_column(contract: type[Contract], name: str) -> str | None:
    """The count that a column `_minstens` or `_hoogstens` belongs to; a partner does not deliver such a column."""
    count = re.sub(f"({AT_LEAST}|{AT_MOST})$", "", name)
    return count if count != name and (contract.kinds().get(count) or {}).get("bounded") else None


def options_of(contract: type[Contract], name: str) -> dict[str, Any]:
    """What the checks of a column allow: minimum, maximum, pattern, minLength, maxLength and values, where there are any."""
    column = contract.to_schema().columns[name]
    options: dict[str, Any] = {}
    for check in column.checks:
        for (check_name, statistic), option in OPTIONS.items():
            value = (check.statistics or {}).get(statistic) if check.name == check_name else None
            if value is not None:
                options[option] = value.isoformat() if hasattr(value, "isoformat") else getattr(value, "pattern", value)
    values = (column.metadata or {}).get("values")
    return options | ({"values": values} if values else {})


def _quality(contract: type[Contract]) -> Iterable[dict[str, Any]]:
    if contract.key():
        yield {
            "name": "key_is_unique",
            "description": f"Elke combinatie van {', '.join(contract.key())} komt hoogstens één keer voor.",
            "dimension": "uniqueness",
            "type": "library",
            "metric": "duplicateValues",
            "arguments": {"properties": contract.key()},
            "mustBe": 0,
        }
    for rule in contract.rules():
        yield {
            "name": rule.name,
            "description": f"{' + '.join(rule.columns)} {rule.sentence}",
            "dimension": "consistency",
            "type": "custom",
            "engine": "polars",
            "implementation": str(rule.holds),
        }
    yield {
        "name": "tolerance",
        "description": f"Een bestand met meer dan {dutch_percentage(contract.terms().tolerance)} rijen die een regel breken wordt geweigerd.",
        "dimension": "conformity",
        "type": "text",
    }


def _service_levels(terms: Terms) -> Iterable[dict[str, Any]]:
    every, unit = FREQUENCY[terms.rhythm]
    yield {"property": "frequency", "value": every, "unit": unit, "description": f"Elke levering gaat over een {terms.rhythm.value}"}
    yield {"property": "latency", "value": terms.due_days, "unit": "day", "description": "Dagen na het einde van de periode waarop de levering er uiterlijk is"}
    yield {"property": "retention", "value": terms.law.bewaartermijn_maanden, "unit": "month", "description": "Bewaartermijn", "driver": "regulatory"}
