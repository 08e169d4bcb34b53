"""The catalogue of open data in DCAT-AP-NL 3 (https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/): one dataset, of which every release is a version.

A dataset per release would be gone from data.overheid.nl at each harvest, with whatever pointed at it. Nothing is a blank node, so that equal facts
give equal bytes, and each code of a list stands with its class and name: the shapes ask for them, and nobody has to look them up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from pipelines.release.metadata import codes
from pipelines.release.metadata.codes import Code
from pipelines.release.metadata.facts import FIGURES_CSV, FIGURES_PARQUET, MAKER, REGION, Facts, Publisher

ADMS = Namespace("http://www.w3.org/ns/adms#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PREFIXES = {"adms": ADMS, "dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "rdfs": RDFS, "skos": SKOS, "spdx": SPDX, "vcard": VCARD, "xsd": XSD}
VERSION = URIRef(f"{DCAT}version")  # of DCAT 3, which rdflib's list of names does not have
DESCRIBED_BY = f"{FIGURES_CSV}-metadata.json"
FILES = (
    (FIGURES_CSV, "csv", codes.CSV, "text/csv"),
    (FIGURES_PARQUET, "parquet", codes.PARQUET, "application/vnd.apache.parquet"),
)


def catalogue(facts: Facts, publisher: Publisher) -> Graph:
    """Catalogue, dataset and a distribution per file, as triples."""
    triples = _Triples()
    named = partial(_named, publisher)
    maker = triples.add(named("uitgever"), FOAF.Agent, (FOAF.name, _dutch(MAKER)))
    contact = triples.add(
        named("contact"),
        VCARD.Kind,
        (VCARD.fn, _dutch(MAKER)),
        *([(VCARD.hasEmail, URIRef(f"mailto:{publisher.contact}"))] if publisher.contact else []),
        *([(VCARD.hasURL, URIRef(publisher.address))] if publisher.address else []),
    )
    of_both = [
        (DCTERMS.publisher, maker),
        (DCTERMS.creator, maker),
        (DCAT.contactPoint, contact),
        (DCTERMS.language, triples.code(codes.DUTCH, DCTERMS.LinguisticSystem)),
        (DCTERMS.modified, Literal(facts.created_at)),
        *((DCTERMS.spatial, place) for place in _places(triples, facts, named("gebied"))),
    ]
    dataset = triples.add(
        named("dataset"),
        DCAT.Dataset,
        *of_both,
        *_about(triples, facts, publisher),
        *((DCAT.distribution, _distribution(triples, facts, publisher, *file)) for file in FILES),
    )
    home = [(FOAF.homepage, triples.add(URIRef(publisher.address), FOAF.Document))] if publisher.address else []
    title, description = "Open data van de Ketenmonitor Den Haag", f"Openbare cijfers van de {MAKER}."
    triples.add(
        named("catalogus"), DCAT.Catalog, *of_both, *home, (DCTERMS.title, _dutch(title)), (DCTERMS.description, _dutch(description)), (DCAT.dataset, dataset)
    )
    return triples.graph


def as_turtle(graph: Graph) -> bytes:
    """Turtle; rdflib sorts subjects and predicates."""
    return graph.serialize(format="turtle", encoding="utf-8")


def as_json_ld(graph: Graph) -> bytes:
    """JSON-LD with everything sorted: rdflib gives it in the order in which its sets come."""
    made = json.loads(graph.serialize(format="json-ld", context={prefix: str(space) for prefix, space in PREFIXES.items()}))
    return (json.dumps(_sorted(made), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


class _Triples:
    def __init__(self) -> None:
        self.graph = Graph(bind_namespaces="none")
        for prefix, space in PREFIXES.items():
            self.graph.bind(prefix, space)

    def add(self, subject: URIRef, kind: URIRef, *said: tuple[URIRef, Node]) -> URIRef:
        """Say what something is and more of it; gives it back, to be pointed at."""
        for predicate, value in ((RDF.type, kind), *said):
            self.graph.add((subject, predicate, value))
        return subject

    def code(self, code: Code, kind: URIRef = SKOS.Concept) -> URIRef:
        """A code of a list, with its class and its name."""
        return self.add(URIRef(code.uri), kind, (SKOS.prefLabel, _dutch(code.label)))


def _places(triples: _Triples, facts: Facts, region: URIRef) -> Iterator[URIRef]:
    """The country, which the lists of the European Union know; the region; and each gemeente by the register of names of the government."""
    yield triples.code(codes.NETHERLANDS, DCTERMS.Location)
    yield triples.add(region, DCTERMS.Location, (SKOS.prefLabel, _dutch(REGION)))
    for code, name in facts.gemeenten.items():
        yield triples.add(URIRef(codes.GEMEENTEN + code.lower()), DCTERMS.Location, (SKOS.prefLabel, _dutch(name)))


def _about(triples: _Triples, facts: Facts, publisher: Publisher) -> Iterator[tuple[URIRef, Node]]:
    """What only the dataset says."""
    yield DCTERMS.title, _dutch(facts.title)
    yield DCTERMS.description, _dutch(facts.description)
    yield DCTERMS.identifier, Literal(publisher.name("dataset"))
    yield VERSION, Literal(facts.release_id)
    yield DCTERMS.issued, Literal(facts.created_at)
    yield DCTERMS.accessRights, triples.code(codes.PUBLIC, DCTERMS.RightsStatement)
    yield DCTERMS.accrualPeriodicity, triples.code(codes.FREQUENCIES[facts.rhythm], DCTERMS.Frequency)
    yield ADMS.status, triples.code(codes.status("dataset", is_synthetic=facts.is_synthetic))
    yield from ((DCAT.theme, triples.code(theme)) for theme in codes.THEMES)
    yield from ((DCAT.keyword, _dutch(subject)) for subject in facts.subjects)
    yield DCTERMS.conformsTo, triples.add(URIRef(codes.DATA_PACKAGE), DCTERMS.Standard)
    sources = _named(publisher, "herkomst")
    yield DCTERMS.provenance, triples.add(sources, DCTERMS.ProvenanceStatement, (RDFS.label, _dutch(f"Bronnen: {'; '.join(facts.sources)}.")))
    if facts.span:
        first, last = ((each, Literal(day)) for each, day in zip((DCAT.startDate, DCAT.endDate), facts.span, strict=True))
        yield DCTERMS.temporal, triples.add(_named(publisher, "periode"), DCTERMS.PeriodOfTime, first, last)
    if publisher.address:
        page = triples.add(URIRef(f"{publisher.address}/definities"), FOAF.Document)
        yield from ((DCAT.landingPage, page), (FOAF.page, page))


def _distribution(triples: _Triples, facts: Facts, publisher: Publisher, file: str, name: str, kind: Code, media_type: str) -> URIRef:
    """One file: where it is, its form, size and hash, and what may be done with it."""
    place, made = URIRef(publisher.url(facts.release_id, file)), Literal(facts.created_at)
    digest = Literal(facts.files[file].sha256, datatype=XSD.hexBinary, normalize=False)
    algorithm = triples.add(URIRef(codes.SHA256), SPDX.ChecksumAlgorithm)
    described = triples.add(URIRef(publisher.url(facts.release_id, DESCRIBED_BY)), DCTERMS.Standard)
    return triples.add(
        _named(publisher, name),
        DCAT.Distribution,
        (DCTERMS.title, _dutch(f"{facts.title} ({kind.label})")),
        (DCTERMS.description, _dutch(facts.description)),
        (DCAT.accessURL, place),
        (DCAT.downloadURL, place),
        (DCTERMS.format, triples.code(kind, DCTERMS.MediaTypeOrExtent)),
        (DCAT.mediaType, triples.add(URIRef(codes.MEDIA_TYPES + media_type), DCTERMS.MediaType)),
        (DCAT.byteSize, Literal(facts.files[file].size, datatype=XSD.nonNegativeInteger)),
        (SPDX.checksum, triples.add(_named(publisher, f"{name}-sha256"), SPDX.Checksum, (SPDX.algorithm, algorithm), (SPDX.checksumValue, digest))),
        (DCTERMS.license, triples.add(URIRef(codes.LICENCE.uri), DCTERMS.LicenseDocument, (RDFS.label, _dutch(codes.LICENCE.label)))),
        (DCTERMS.language, triples.code(codes.DUTCH, DCTERMS.LinguisticSystem)),
        (ADMS.status, triples.code(codes.status("distribution", is_synthetic=facts.is_synthetic))),
        (DCTERMS.issued, made),
        (DCTERMS.modified, made),
        (DCTERMS.conformsTo, described),
    )


def _named(publisher: Publisher, thing: str) -> URIRef:
    return URIRef(publisher.name(thing))


def _dutch(text: str) -> Literal:
    return Literal(text, lang="nl")


def _sorted(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _sorted(value) for key, value in part.items()}
    return sorted(map(_sorted, part), key=lambda one: json.dumps(one, sort_keys=True)) if isinstance(part, list) else part
