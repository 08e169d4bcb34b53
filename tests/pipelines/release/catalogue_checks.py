"""What the shapes of DCAT-AP-NL let pass: codes that no list has, dates that are none, and sizes and hashes of other files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rdflib import DCAT, DCTERMS, Graph, Literal, Namespace, URIRef

from pipelines.release.metadata.codes import AUTHORITY

ADMS, SPDX = Namespace("http://www.w3.org/ns/adms#"), Namespace("http://spdx.org/rdf/terms#")
THEMES = ("AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "OP_DATPRO", "REGI", "SOCI", "TECH", "TRAN")
#: The lists of the Publications Office of the European Union: whole where they are short, else what may occur here.
LISTS = {
    DCAT.theme: {f"data-theme/{code}" for code in THEMES},
    DCTERMS.accessRights: {f"access-right/{code}" for code in ("PUBLIC", "RESTRICTED", "NON_PUBLIC")},
    DCTERMS.language: {"language/NLD"},
    DCTERMS.format: {"file-type/CSV", "file-type/PARQUET"},
    DCTERMS.accrualPeriodicity: {f"frequency/{code}" for code in ("MONTHLY", "QUARTERLY", "ANNUAL", "BIENNIAL")},
    ADMS.status: {f"{kind}-status/{code}" for kind in ("dataset", "distribution") for code in ("COMPLETED", "DEPRECATED", "DEVELOP", "WITHDRAWN")},
}
DAYS = {DCAT.startDate: dt.date, DCAT.endDate: dt.date, DCTERMS.issued: dt.datetime, DCTERMS.modified: dt.datetime}


def unlisted(graph: Graph) -> Iterator[str]:
    """Codes that their list does not have, and lists of which nothing is said."""
    for predicate, known in LISTS.items():
        said = {str(code) for code in graph.objects(None, predicate)}
        yield from sorted(said - {AUTHORITY + code for code in known})
        if not said:
            yield f"nothing of {predicate}"


def no_dates(graph: Graph) -> Iterator[str]:
    """Dates that are none, or not of the kind that they should be."""
    for predicate, kind in DAYS.items():
        yield from (str(day) for day in graph.objects(None, predicate) if not isinstance(day, Literal) or type(day.toPython()) is not kind)


def files_of(graph: Graph) -> dict[str, tuple[int, str]]:
    """Per file that can be downloaded, by the last part of its address: the size and SHA-256 that its distribution tells."""
    found = {}
    for distribution, address in graph.subject_objects(DCAT.downloadURL):
        checksum = graph.value(distribution, SPDX.checksum)
        assert graph.value(checksum, SPDX.algorithm) == URIRef(f"{SPDX}checksumAlgorithm_sha256")
        size = graph.value(distribution, DCAT.byteSize)
        found[str(address).rpartition("/")[2]] = (int(str(size)), str(graph.value(checksum, SPDX.checksumValue)))
    return found
