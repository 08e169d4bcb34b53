"""Codes of the lists that DCAT-AP-NL asks for (https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/, chapter Waardelijsten), each with its Dutch name."""

from __future__ import annotations

from dataclasses import dataclass

AUTHORITY = "http://publications.europa.eu/resource/authority/"
DATA_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
#: TOOI, the register of names of government organisations.
GEMEENTEN = "https://identifier.overheid.nl/tooi/id/gemeente/"


@dataclass(frozen=True)
class Code:
    """One code of a list of the Publications Office of the European Union."""

    list: str
    code: str
    label: str

    @property
    def uri(self) -> str:
        return f"{AUTHORITY}{self.list}/{self.code}"


@dataclass(frozen=True)
class Licence:
    """What may be done with the open figures."""

    uri: str
    spdx: str
    label: str

    @property
    def as_package(self) -> dict[str, str]:
        return {"name": self.spdx, "path": self.uri, "title": self.label}


LICENCE = Licence("http://creativecommons.org/licenses/by/4.0/deed.nl", "CC-BY-4.0", "Creative Commons Naamsvermelding 4.0")
THEMES = (
    Code("data-theme", "JUST", "Justitie, rechtsstelsel en openbare veiligheid"),
    Code("data-theme", "SOCI", "Bevolking en samenleving"),
)
DUTCH = Code("language", "NLD", "Nederlands")
NETHERLANDS = Code("country", "NLD", "Nederland")
PUBLIC = Code("access-right", "PUBLIC", "openbaar")
CSV = Code("file-type", "CSV", "CSV")
PARQUET = Code("file-type", "PARQUET", "Parquet")
_YEARLY = Code("frequency", "ANNUAL", "jaarlijks")
FREQUENCIES = {
    "maand": Code("frequency", "MONTHLY", "maandelijks"),
    "kwartaal": Code("frequency", "QUARTERLY", "driemaandelijks"),
    "jaar": _YEARLY,
    "schooljaar": _YEARLY,
    "twee jaar": Code("frequency", "BIENNIAL", "tweejaarlijks"),
}


def status(kind: str, *, is_synthetic: bool) -> Code:
    """The status of a `dataset` or `distribution`: made-up figures are for development and for nothing else."""
    return Code(f"{kind}-status", "DEVELOP", "in ontwikkeling") if is_synthetic else Code(f"{kind}-status", "COMPLETED", "voltooid")
