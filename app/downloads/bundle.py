"""The zip with everything: each file, and in words what it is, what may be done with it and how it came about."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable

from app import tiles, wording
from app.downloads.archive import pack
from app.downloads.columns import AREA_NAME, COLUMNS, IS_WITHHELD, NOTE, RELEASE_ID
from app.downloads.csvw import csvw_files
from app.downloads.dutch import dutch_csv
from app.downloads.extract import LICENCES, MAKER, Extract, about, file_stem, states
from app.downloads.parquet import parquet
from app.downloads.picture import pictures
from app.downloads.workbook import workbook

DUTCH_ENDING = "_excel.csv"
CC_BY = "https://creativecommons.org/licenses/by/4.0/deed.nl"


def bundle(extract: Extract) -> bytes:
    """A zip with the figures in every format, the charts of a view as pictures, LEESMIJ.txt, LICENTIE.txt, DEFINITIES.txt and filters.json."""
    stem = file_stem(extract.release, extract.indicator, extract.view)
    figures = {
        f"{stem}.xlsx": workbook(extract),
        f"{stem}{DUTCH_ENDING}": dutch_csv(extract),
        **csvw_files(extract),
        f"{stem}.parquet": parquet(extract),
    }
    words = {
        "LEESMIJ.txt": _text(_readme(extract, stem)),
        "LICENTIE.txt": _text(_licence(extract)),
        "DEFINITIES.txt": _text(_definitions(extract)),
        "filters.json": (json.dumps(_filters(extract), ensure_ascii=False, indent=2) + "\n").encode("utf-8"),
    }
    drawn = {f"plaatjes/{stem}_{kind}.png": picture for kind, picture in pictures(extract, "png").items()}
    return pack(words | figures | drawn, extract.made_at)


def _filters(extract: Extract) -> dict[str, str]:
    """The choices, of which release, and what must be said of it."""
    note = extract.release.synthetic_note
    return {"release": extract.release.id} | ({"let op": note} if note else {}) | extract.filters


def _text(paragraphs: Iterable[str]) -> bytes:
    """Lines of at most 100 characters with the line ends that every Windows program knows. A line of a list hangs below its mark."""
    lines = [
        textwrap.fill(one, 100, subsequent_indent="  " if one.startswith("- ") else "", break_long_words=False, break_on_hyphens=False) for one in paragraphs
    ]
    return ("\n".join(lines) + "\n").replace("\n", "\r\n").encode("utf-8")


def _readme(extract: Extract, stem: str) -> list[str]:
    release = extract.release
    return [
        f"LEESMIJ: {extract.indicator.name}",
        "",
        *([f"LET OP: {release.synthetic_note}", ""] if release.synthetic_note else []),
        f"Dit zijn cijfers van de {MAKER}, release {release.id}, gemaakt op {wording.format_date(release.manifest.get('created_at'))}.",
        f"{extract.choice} Het zijn {wording.format_number(extract.rows.height)} rijen; elk bestand hieronder bevat dezelfde rijen.",
        "",
        "Bestanden",
        f"De bestanden met cijfers heten {stem}, met een van deze eindes:",
        "- .xlsx: voor Excel, met een blad cijfers en een blad toelichting.",
        f"- {DUTCH_ENDING}: CSV die Nederlands Excel direct opent (puntkomma's, decimale komma).",
        "- .csv: CSV voor andere programma's (komma's, decimale punt, UTF-8).",
        "- .csv-metadata.json: beschrijving van de kolommen van dat bestand (W3C CSV on the Web).",
        "- .parquet: voor Python, R en andere programma's voor analyse.",
        "Verder:",
        *(["- plaatjes: de kaart en grafieken van de pagina, met bron en release (PNG)."] if extract.view else []),
        "- DEFINITIES.txt: wat is geteld, de standen en de kolommen.",
        "- LICENTIE.txt: wat u met de cijfers mag doen.",
        "- filters.json: de keuzes waarmee deze cijfers zijn gekozen, met de namen en codes uit het adres van de pagina.",
        "",
        "Wat u moet weten",
        "- Een leeg getal is nooit nul. De kolom stand (state) zegt waarom het ontbreekt.",
        "- Wat geheim is, staat er als rij zonder getallen. Probeer het niet uit andere cijfers af te leiden en probeer niemand te herkennen.",
        "- In de CSV-bestanden krijgt een tekst die een rekenprogramma voor een formule kan aanzien een apostrof. Getallen blijven getallen.",
        "",
        "Over deze cijfers",
        *(f"- {subject}: {text}" for subject, text in about(extract)),
    ]


def _licence(extract: Extract) -> list[str]:
    release = extract.release
    real = [delivery for delivery in extract.indicator.sources if set(release.origins(delivery)) - {"synthetic"}]
    from_cbs = any(str(release.contract(delivery).get("partner", "")).startswith("CBS") for delivery in real)
    closed = "Geef ze niet door aan anderen en publiceer ze niet. " if release.audience == "professional" else ""
    return [
        "LICENTIE",
        "",
        f"{LICENCES[release.audience]}. {closed}Probeer niet om personen te herkennen.",
        "",
        "Zo noemt u de bron:",
        f"{extract.sources}; bewerkt door de {MAKER}, indicator {extract.indicator.id}, release {release.id}.",
        *(["", f"Cijfers van het CBS vallen onder Creative Commons Naamsvermelding 4.0 (CC BY 4.0, {CC_BY})."] if from_cbs else []),
        *(["", f"LET OP: {release.synthetic_note} Noem deze cijfers nergens als feit."] if release.synthetic_note else []),
    ]


def _definitions(extract: Extract) -> list[str]:
    release = extract.release
    columns = [f"- {one.heading} ({one.name}): {one.meaning}" for one in (*COLUMNS, AREA_NAME, IS_WITHHELD, RELEASE_ID, NOTE)]
    return [
        f"DEFINITIES bij release {release.id}",
        "",
        *([f"LET OP: {release.synthetic_note}", ""] if release.synthetic_note else []),
        extract.indicator.name,
        *(f"- {term}: {' '.join(said.split())}" for term, said in tiles.indicator_terms(release, extract.indicator) if said),
        "",
        "Standen",
        *(f"- {state}: {meaning}" for state, meaning in states()),
        "",
        "Kolommen (tussen haakjes de naam in de bestanden voor andere programma's)",
        *columns,
    ]
