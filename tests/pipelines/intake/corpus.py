"""Hostile and broken files, made by code: what each is called, what it holds, and how intake must end with it.

`CORPUS` has one line per file. `ends` says where: `door` (refused before anything is stored), `contract` (stored, then refused),
`quarantine` (accepted but for some rows), `accepted`. `rule` is the rule that refuses it, or the rule of the quarantined rows.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.pipelines.intake import hostile_archives as archives
from tests.pipelines.intake import hostile_tables as tables
from tests.pipelines.intake.extracts import JEUGD_HEADER, jeugd_csv, jeugd_rows

JEUGD, RSIV = "politie_jeugd_verdachten", "rsiv_activiteiten"
TEAMS = tuple(f"{district}{number}" for district in "ABC" for number in range(1, 8))
RSIV_HEADER = "activiteit_id;activiteit;soort;thema;actielijn;doelgroep;district;gemeente;datum;deelnemers;waardering"


@dataclass(frozen=True)
class Hostile:
    """One file of the corpus. `suffix` begins with a dot; `stem` is what follows the delivery id and the period in its name."""

    what: str
    suffix: str
    make: Callable[[], bytes]
    ends: str
    rule: str
    delivery: str = JEUGD
    stem: str = ""

    @property
    def name(self) -> str:
        return f"{self.delivery}_2026Q3{self.stem}{self.suffix}"


def many(*bad: str) -> bytes:
    """Eighty-four good rows of politie_jeugd_verdachten, and bad ones: few enough for its tolerance."""
    return jeugd_csv(*jeugd_rows(teams=TEAMS), *bad)


def replaced(what: bytes, by: str) -> bytes:
    """Good rows, of which the last one has another text somewhere."""
    good = many("G1;2026Q3;12-17;drugs;ja;4")
    return good[:-40] + good[-40:].replace(what, by.encode())


def activities(*bad: str, titles: str = "Basistraining") -> bytes:
    """A hundred good rows of rsiv_activiteiten, and bad ones."""
    good = [f"RSIV-2026-{number:03d};{titles};training;mensenhandel;;gemeenten;;Delft;{1 + number % 28:02d}-08-2026;12;7,5" for number in range(100)]
    return ("\r\n".join([RSIV_HEADER, *good, *bad]) + "\r\n").encode()


def _noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def _widened(columns: int) -> bytes:
    return jeugd_csv(*(row + ";1" * columns for row in jeugd_rows()), header=JEUGD_HEADER + "".join(f";k{number}" for number in range(columns)))


TEXT = jeugd_csv().decode()
GOOD = "A1;2026Q3;12-17;drugs;ja;7"
CORPUS = (
    # nothing in it, or half of it
    Hostile("no bytes", ".csv", lambda: b"", "door", "leeg"),
    Hostile("white space alone", ".csv", lambda: b" \r\n\t\r\n" * 50, "door", "leeg"),
    Hostile("only a byte order mark", ".csv", lambda: b"\xef\xbb\xbf", "door", "leeg"),
    Hostile("a header without rows", ".csv", lambda: (JEUGD_HEADER + "\r\n").encode(), "door", "leeg"),
    Hostile("cut inside a row", ".csv", lambda: jeugd_csv()[:-20], "door", "half"),
    Hostile("a row with too many fields", ".csv", lambda: jeugd_csv(*jeugd_rows(), GOOD + ";8;9"), "door", "half"),
    Hostile(
        "the delimiter changes half way", ".csv", lambda: jeugd_csv(*jeugd_rows()[:6], *(row.replace(";", ",") for row in jeugd_rows()[6:])), "door", "half"
    ),
    # something else under the name of a table
    Hostile("noise", ".csv", lambda: _noise(50_000), "door", "onleesbaar"),
    Hostile("zeros", ".csv", lambda: bytes(1_000_000), "door", "onleesbaar"),
    Hostile("a zip called csv", ".csv", archives.good_zip, "door", "onleesbaar"),
    Hostile("a gzip called csv", ".csv", archives.gzipped, "door", "onleesbaar"),
    Hostile("a PDF called csv", ".csv", tables.pdf, "door", "onleesbaar"),
    Hostile("a PDF called xlsx", ".xlsx", tables.pdf, "door", "onleesbaar"),
    Hostile("a web page called csv", ".csv", tables.web_page, "door", "kolom_ontbreekt"),
    Hostile("a web page called xlsx", ".xlsx", tables.web_page, "door", "onleesbaar"),
    Hostile("a web page called xls", ".xls", tables.web_page, "door", "onleesbaar"),
    Hostile("an old workbook called xlsx", ".xlsx", lambda: tables.compound("Workbook"), "door", "onleesbaar"),
    Hostile("a workbook with a password", ".xlsx", lambda: tables.compound("EncryptedPackage"), "door", "onleesbaar"),
    Hostile("a csv called xlsx", ".xlsx", jeugd_csv, "door", "onleesbaar"),
    Hostile("a csv called parquet", ".parquet", jeugd_csv, "door", "onleesbaar"),
    Hostile("a csv called json", ".json", jeugd_csv, "door", "onleesbaar"),
    Hostile("a program", ".exe", lambda: b"MZ" + _noise(5_000), "door", "onleesbaar"),
    Hostile("a program behind a table's suffix", ".csv.exe", jeugd_csv, "door", "onleesbaar"),
    Hostile("no suffix", "", jeugd_csv, "door", "onleesbaar"),
    # text that is no table
    Hostile("one line of 10 MB", ".csv", lambda: b"a;" * 5_000_000, "door", "onleesbaar"),
    Hostile("one cell of 5 MB", ".csv", lambda: jeugd_csv(GOOD.replace("drugs", "x" * 5_000_000)), "door", "onleesbaar"),
    Hostile("5,000 columns", ".csv", lambda: _widened(5_000), "door", "onleesbaar"),
    Hostile("a million quotes", ".csv", lambda: jeugd_csv(GOOD.replace("drugs", '"' * 1_000_000)), "door", "onleesbaar"),
    Hostile("a quote that is never closed", ".csv", lambda: jeugd_csv(*jeugd_rows()[:3], '"' + GOOD, *jeugd_rows()[3:]), "door", "half"),
    Hostile("a heading twice", ".csv", lambda: jeugd_csv(*(row + ";1" for row in jeugd_rows()), header=JEUGD_HEADER + ";aantal"), "door", "kolom_onbekend"),
    Hostile(
        "a column without heading", ".csv", lambda: jeugd_csv(*(row + ";1;2" for row in jeugd_rows()), header=JEUGD_HEADER + ";;x"), "door", "kolom_onbekend"
    ),
    Hostile("headings of look-alike letters", ".csv", lambda: TEXT.replace("a", "а").replace("e", "е").encode(), "door", "kolom_ontbreekt"),
    Hostile("the file of another partner", ".csv", lambda: b"kwartaal;wetsartikel;fase\r\n2026Q3;273f Sr;vonnis\r\n", "door", "kolom_ontbreekt"),
    Hostile("UTF-7", ".csv", lambda: TEXT.replace(";", "+ADs-").encode(), "door", "kolom_ontbreekt"),
    Hostile("EBCDIC", ".csv", lambda: TEXT.encode("cp500"), "door", "onleesbaar"),
    Hostile("a UTF-16 mark before UTF-8", ".csv", lambda: b"\xff\xfe" + TEXT.encode(), "accepted", ""),
    Hostile("half a UTF-16 character", ".csv", lambda: TEXT.encode("utf-16")[:-1], "door", "onleesbaar"),
    Hostile("base64", ".csv", lambda: base64.b64encode(jeugd_csv()), "door", "kolom_ontbreekt"),
    # personal data
    Hostile("a BSN", ".csv", lambda: many(GOOD.replace("drugs", "111222333")), "door", "persoonsgegevens"),
    Hostile("a BSN behind zero-width signs", ".csv", lambda: replaced(b"drugs", "111\u200b222\u200b333"), "door", "persoonsgegevens"),
    Hostile("a name and a birth date", ".csv", lambda: many("Jan de Vries;2026Q3;3 mei 1994;drugs;ja;7"), "door", "persoonsgegevens"),
    Hostile(
        "personal data in a heading",
        ".csv",
        lambda: jeugd_csv(*(f"{row};x" for row in jeugd_rows()), header=f"{JEUGD_HEADER};jan@voorbeeld.nl"),
        "door",
        "persoonsgegevens",
    ),
    # what only the contract can see
    Hostile("keys without values", ".csv", lambda: many(";;12-17;drugs;ja;7"), "quarantine", "mag niet leeg zijn"),
    Hostile("a negative count", ".csv", lambda: many("G1;2026Q3;12-17;drugs;ja;-4"), "quarantine", "is te laag"),
    Hostile("a formula in a category", ".csv", lambda: many("G1;2026Q3;12-17;=1+1;ja;4"), "quarantine", "staat niet in de lijst van het contract"),
    Hostile("direction signs in a category", ".csv", lambda: replaced(b"drugs", "\u202esgurd"), "quarantine", "staat niet in de lijst van het contract"),
    Hostile("a zero byte in a cell", ".csv", lambda: many("G1;2026Q3;12-17;dr\0gs;ja;4"), "door", "onleesbaar"),
    Hostile("a number without end", ".csv", lambda: many(f"G1;2026Q3;12-17;drugs;ja;{'9' * 5_000}"), "quarantine", "is geen geheel getal"),
    Hostile("infinite and no number", ".csv", lambda: many("G1;2026Q3;12-17;drugs;ja;inf"), "quarantine", "is geen geheel getal"),
    Hostile("not a number", ".csv", lambda: many("G1;2026Q3;12-17;drugs;ja;NaN"), "quarantine", "mag niet leeg zijn"),
    Hostile("1e308", ".csv", lambda: many("G1;2026Q3;12-17;drugs;ja;1e308"), "quarantine", "is geen geheel getal"),
    Hostile(
        "31 February",
        ".csv",
        lambda: activities("RSIV-2026-999;Basistraining;training;mensenhandel;;gemeenten;;Delft;31-02-2026;12;7,5"),
        "quarantine",
        "is geen bestaande datum",
        RSIV,
    ),
    Hostile(
        "the year 0206",
        ".csv",
        lambda: activities("RSIV-2026-999;Basistraining;training;mensenhandel;;gemeenten;;Delft;03-08-0206;12;7,5"),
        "quarantine",
        "is geen bestaande datum",
        RSIV,
    ),
    Hostile(
        "a mark of 11",
        ".csv",
        lambda: activities("RSIV-2026-999;Basistraining;training;mensenhandel;;gemeenten;;Delft;03-08-2026;12;11"),
        "quarantine",
        "is te hoog",
        RSIV,
    ),
    Hostile(
        "a gemeente that ended",
        ".csv",
        lambda: activities("RSIV-2026-999;Basistraining;training;mensenhandel;;gemeenten;;NOORDWIJKERHOUT;03-08-2026;12;7,5"),
        "quarantine",
        "noemt Noordwijkerhout, een gemeente die niet meer bestaat sinds 1-1-2019; gebruik Noordwijk",
        RSIV,
    ),
    Hostile(
        "three gemeenten as one",
        ".csv",
        lambda: activities("RSIV-2026-999;Basistraining;training;mensenhandel;;gemeenten;;hlt;03-08-2026;12;7,5"),
        "quarantine",
        "noemt HLT: één organisatie van drie gemeenten, dus geen gemeente met eigen cijfers; gebruik Hillegom, Lisse of Teylingen",
        RSIV,
    ),
    Hostile("a header in the middle", ".csv", lambda: many(JEUGD_HEADER), "quarantine", "is geen kwartaal"),
    Hostile("last quarter under this quarter's name", ".csv", lambda: jeugd_csv(*jeugd_rows("2026Q2")), "contract", "periode"),
    Hostile(
        "a column too few",
        ".csv",
        lambda: jeugd_csv(*(row[:-2] for row in jeugd_rows()), header=JEUGD_HEADER.removesuffix(";aantal")),
        "contract",
        "kolom_ontbreekt",
    ),
    Hostile(
        "a column too many", ".csv", lambda: jeugd_csv(*(row + ";x" for row in jeugd_rows()), header=JEUGD_HEADER + ";opmerking"), "contract", "kolom_onbekend"
    ),
    Hostile("nothing right", ".csv", lambda: jeugd_csv(*("x;y;z;x;y;z" for _ in range(20))), "contract", "te_veel_fouten"),
    Hostile("a total that does not add up", ".csv", lambda: jeugd_csv(*jeugd_rows(), "Totaal;;;;;400"), "contract", "totaal"),
    # ugly but right
    Hostile("mixed line ends", ".csv", lambda: TEXT.replace("\r\n", "\n", 4).replace("\n", "\r", 2).encode(), "accepted", ""),
    Hostile("a byte order mark and cp1252", ".csv", lambda: b"\xef\xbb\xbf" + many().replace(b"A1", b"'s-Gravenhage \xe9\xe9n"), "accepted", ""),
    Hostile("a line for Excel before the header", ".csv", lambda: b"sep=;\r\n" + jeugd_csv(), "accepted", ""),
    Hostile("capitals in the suffix", ".CSV", jeugd_csv, "accepted", ""),
    Hostile("formulas in text", ".csv", lambda: activities(titles='"=HYPERLINK(""http://voorbeeld.invalid"")"'), "accepted", "", RSIV),
    # zip
    Hostile("a flat bomb", ".zip", archives.flat_bomb, "door", "onleesbaar"),
    Hostile("a bomb of many small files", ".zip", archives.crowd, "door", "onleesbaar"),
    Hostile("a zip in a zip", ".zip", archives.nested, "door", "onleesbaar"),
    Hostile("entries over one another", ".zip", archives.overlapping, "door", "onleesbaar"),
    Hostile("an entry larger than it says", ".zip", archives.liar, "door", "onleesbaar"),
    Hostile("a path outside", ".zip", lambda: archives.zipped({f"../../{JEUGD}.csv": jeugd_csv()}), "door", "onleesbaar"),
    Hostile("an absolute path", ".zip", lambda: archives.zipped({"/etc/cron.d/x.csv": jeugd_csv()}), "door", "onleesbaar"),
    Hostile("a link in a zip", ".zip", archives.link, "door", "onleesbaar"),
    Hostile("two tables in a zip", ".zip", lambda: archives.zipped({"a.csv": jeugd_csv(), "b.csv": jeugd_csv()}), "door", "onleesbaar"),
    Hostile("no table in a zip", ".zip", lambda: archives.zipped({"leesmij.exe": b"MZ"}), "door", "onleesbaar"),
    Hostile("an empty zip", ".zip", lambda: archives.zipped({}), "door", "onleesbaar"),
    Hostile("a zip with a password", ".zip", archives.encrypted, "door", "onleesbaar"),
    Hostile("a zip with a wrong checksum", ".zip", archives.wrong_checksum, "door", "onleesbaar"),
    Hostile("half a zip", ".zip", lambda: archives.good_zip()[:-60], "door", "onleesbaar"),
    # workbooks
    Hostile("two cells at the ends of a sheet", ".xlsx", tables.sparse_workbook, "door", "onleesbaar"),
    Hostile("a sheet of five million cells", ".xlsx", tables.repeated_workbook, "door", "onleesbaar"),
    Hostile("a billion laughs", ".xlsx", tables.laughing_workbook, "door", "onleesbaar"),
    Hostile("an entity that reads a file", ".xlsx", tables.reading_workbook, "door", "onleesbaar"),
    Hostile("links to other workbooks", ".xlsx", tables.linked_workbook, "door", "onleesbaar"),
    Hostile("an empty sheet", ".xlsx", lambda: tables.workbook([]), "door", "kolom_ontbreekt"),
    Hostile("a sheet with only a header", ".xlsx", lambda: tables.workbook([JEUGD_HEADER.split(";")]), "door", "leeg"),
    Hostile("a text that is not there", ".xlsx", tables.wrong_index_workbook, "door", "onleesbaar"),
    Hostile("no sheets", ".xlsx", lambda: archives.zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}), "door", "onleesbaar"),
    Hostile("half a workbook", ".xlsx", lambda: tables.good_workbook()[:-400], "door", "onleesbaar"),
    Hostile("cells repeated without end", ".ods", tables.repeated_sheet, "door", "onleesbaar"),
    Hostile("a sheet with a billion laughs", ".ods", tables.laughing_sheet, "door", "onleesbaar"),
    # Parquet and JSON
    Hostile("fifty million rows in a kilobyte", ".parquet", tables.parquet_bomb, "door", "onleesbaar"),
    Hostile("a text of a megabyte a million times", ".parquet", tables.parquet_of_long_texts, "door", "onleesbaar"),
    Hostile("a broken footer", ".parquet", lambda: tables.good_parquet()[:-8] + b"\xff\xff\xff\x7fPAR1", "door", "onleesbaar"),
    Hostile("half a Parquet file", ".parquet", lambda: tables.good_parquet()[: len(tables.good_parquet()) // 2], "door", "onleesbaar"),
    Hostile("bytes turned in Parquet pages", ".parquet", tables.turned_parquet, "door", "onleesbaar"),
    Hostile("lists in cells", ".parquet", tables.nested_parquet, "door", "onleesbaar"),
    Hostile("Parquet with nothing in it", ".parquet", lambda: tables.good_parquet(rows=0), "door", "leeg"),
    Hostile("brackets without end", ".json", lambda: b"[" * 100_000, "door", "onleesbaar"),
    Hostile("JSON of something else", ".json", lambda: b'{"a": {"b": [1, 2, {"c": null}]}}', "door", "onleesbaar"),
    Hostile("lists in records", ".json", lambda: b'[{"basisteam_woonplaats": ["A1"], "kwartaal": {"q": 3}, "leeftijd": "12-17"}]', "door", "onleesbaar"),
    Hostile("numbers that JSON cannot hold", ".json", lambda: tables.records(aantal="1" * 6_000), "door", "onleesbaar"),
    Hostile("infinite in JSON", ".json", lambda: tables.records(aantal="Infinity"), "door", "onleesbaar"),
    Hostile("half JSON", ".json", lambda: tables.records(aantal="7")[:-9], "door", "onleesbaar"),
)
