"""Makes clean files of every contract, and personal data to plant in them. All of it is made up, from a seed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping

import polars as pl
from faker import Faker

from data_contracts.base import Contract
from pipelines.intake.personal_headings import ADDRESS, BIRTH, BSN, EMAIL, IBAN, PHONE, POSTCODE
from pipelines.intake.reading import Extract
from pipelines.intake.screening import PROSE
from pipelines.sample.areas import SPELLINGS

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")
TITLES = (
    "Basistraining mensenhandel",
    "Bijeenkomst seksuele uitbuiting in hotels",
    "Week tegen de mensenhandel",
    "Webinar 2025 in Delft",
    "re_B00TCMP",
    "Escape room",
)
GROUPS = (
    "aandachtsfunctionarissen",
    "toezichthouders en boa's",
    "leerlingen voortgezet onderwijs",
    "Ouderen (60+)",
    "Hotelpersoneel",
    "mbo-studenten",
    "1500 VO leerlingen",
)
ORGANISATIONS = (
    "Veilig Thuis Haaglanden",
    "Politie, eenheid Den Haag",
    "Stichting de Haven",
    "Johan de Witt College",
    "GGD",
    "Gemeente Alphen aan den Rijn",
    "RIEC Den Haag",
)
WIJKEN = {
    "WK051828": ("Wijk 28 Centrum",),
    "WK051829": ("Schildersbuurt", "Wijk 29 Schildersbuurt"),
    "WK062908": ("De Kieviet",),
    "BU05460101": ("Johan de Wittlaan",),
}
SENTENCES = (
    "De gemeente heeft sinds 1 januari 2015 een meldpunt; signalen komen daar binnen.",
    "Het cijfer is hoger dan vorig jaar, omdat de politie vaker controleert.",
    "Bel bij spoed 112 en anders 0900-8844, of meld het bij het meldpunt van de gemeente.",
    "Let op gedrag dat niet past: geld zonder werk, angst, of iemand die steeds wordt gehaald.",
)
CASES = (
    "een van de jongens zegt dat hij door een oudere neef is gevraagd om pakketjes te brengen",
    "Moeder heeft aangegeven dat haar zoon sinds de zomer niet meer naar school gaat en geld heeft",
    "slachtoffer durft geen aangifte te doen omdat de verdachte weet waar haar familie woont",
    "Betrokkene is met een busje opgehaald en moest in de kas slapen, paspoort werd afgenomen",
)


class Maker:
    """Clean values and personal data, in the forms in which they turn up in Dutch files."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.faker = Faker("nl_NL")
        self.faker.seed_instance(seed)
        self.planted: Mapping[str, Callable[[], str]] = {
            BSN: self.bsn,
            BIRTH: self.birth_date,
            POSTCODE: self.postcode,
            ADDRESS: self.address,
            EMAIL: self.email,
            PHONE: self.phone,
            IBAN: self.iban,
            PROSE: lambda: self.random.choice(CASES),
        }

    def digits(self, number: int) -> str:
        return "".join(self.random.choices("0123456789", k=number))

    def bsn(self) -> str:
        nine = self.faker.ssn()
        a, b, c = nine[:3], nine[3:6], nine[6:]
        forms = (
            nine,
            nine,
            nine.lstrip("0"),
            f"{a}.{b}.{c}",
            f"{a} {b} {c}",
            f"{a}-{b}-{c}",
            f"{nine[:4]}.{nine[4:6]}.{c}",
            f"BSN {nine}",
            f"bsn:{nine}",
            f"zie {nine} (dossier)",
        )
        return self.random.choice(forms)

    def birth_date(self) -> str:
        born = self.faker.date_of_birth(minimum_age=9, maximum_age=95)
        forms = [born.strftime(form) for form in ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d", "%d-%m-%y", "%d%m%Y", "%Y-%m-%d 00:00:00")]
        month = MONTHS[born.month - 1]
        forms += [
            f"{born.day}-{born.month}-{born.year}",
            f"{born.day} {month} {born.year}",
            f"{born.day} {month[:3]} {born.year}",
            f"geb. {born.day}-{born.month}-{born.year}",
        ]
        return self.random.choice(forms)

    def postcode(self) -> str:
        letters = self.random.choice(["AB", "CB", "EN", "IN", "KM", "XZ", "TE", "HD"])
        code = f"{self.random.randint(1000, 9999)}"
        return self.random.choice(
            [
                f"{code}{letters}",
                f"{code} {letters}",
                f"{code}{letters} {self.random.randint(1, 300)}",
                f"{code}{letters.lower()}",
                f"woont op {code} {letters}",
            ]
        )

    def address(self) -> str:
        street = self.random.choice(
            ["Kerkstraat", "Laan van Meerdervoort", "Van Speijkstraat", "Prinsegracht", "Hoefkade", "Dorpsweg", "Burgemeester Elsenlaan"]
        )
        street = "Dorpsstraat" if street.startswith("Laan") else street
        return f"{street} {self.random.randint(1, 400)}{self.random.choice(['', 'a', '-2', ' bis'])}"

    def email(self) -> str:
        address = self.faker.email()
        return self.random.choice([address, address.upper(), f"mail: {address}", f"<{address}>", address.replace("@", " (at) ")])

    def phone(self) -> str:
        eight, seven = f"{self.random.randint(1, 9)}{self.digits(7)}", self.digits(7)
        forms: tuple[str, ...] = (
            f"06-{eight}",
            f"06{eight}",
            f"06 {eight[:4]} {eight[4:]}",
            f"06 {eight[:2]} {eight[2:4]} {eight[4:6]} {eight[6:]}",
            f"+316{eight}",
            f"+31 6 {eight}",
            f"0031 6 {eight}",
        )
        forms += (
            f"+31 (0)6 {eight}",
            f"070-{seven}",
            f"(070) {seven[:3]} {seven[3:]}",
            f"070 {seven[:3]} {seven[3:5]} {seven[5:]}",
            f"0174-{seven[:6]}",
            f"+31 70 {seven}",
            f"tel:06{eight}",
        )
        return self.random.choice((*forms, f"+32 475 {self.digits(2)} {self.digits(2)} {self.digits(2)}", f"bel 06-{eight}"))

    def iban(self) -> str:
        account = self.faker.iban()
        return self.random.choice([account, account.lower(), " ".join(account[place : place + 4] for place in range(0, 18, 4)), f"rekening {account} op naam"])

    def full_name(self) -> str:
        given, surname = self.faker.first_name(), self.faker.last_name()
        return self.random.choice([f"{given} {surname}", f"{given} {surname}", f"{given[0]}. {surname}", f"dhr. {surname}", f"{surname}, {given}"])

    def names(self) -> Callable[[], str]:
        """How one column writes names: in full, given names, or surnames."""
        return self.random.choice([self.full_name, lambda: f"{self.faker.first_name()} {self.faker.last_name()}", self.faker.first_name, self.faker.last_name])

    def clean_cell(self, column: str, field: Mapping[str, object], style: int) -> str:
        """A value that the contract allows, or a slip that partners make (`n.b.`, `<5`, a category in capitals)."""
        match str(field["kind"]):
            case "area":
                spellings = SPELLINGS.get(str(field["level"]), WIJKEN)
                return self.random.choice(spellings[self.random.choice(list(spellings))])
            case "flag":
                return self.random.choice([("ja", "nee"), ("J", "N"), ("1", "0")][style % 3])
            case "category" | "several":
                said = self.random.choice([*field["values"], *field["aliases"]])  # type: ignore[misc]
                return self.random.choice([said, said, said.upper(), said.capitalize(), f" {said} "])
            case "count" | "number":
                return self.clean_number(str(field["unit"]), style)
            case "text":
                return self.clean_text(column, style, self.random.randint(2021, 2026))
            case period:
                return self.clean_period(period, style)

    def clean_period(self, kind: str, style: int) -> str:
        day = dt.date(self.random.randint(2021, 2026), self.random.randint(1, 12), self.random.randint(1, 28))
        year, quarter = day.year, (day.month + 2) // 3
        forms = {
            "year": (str(year),),
            "school_year": (f"{year}/{(year + 1) % 100:02d}", f"{year}-{year + 1}"),
            "quarter": (f"{year}Q{quarter}", f"{year}-K{quarter}", f"{quarter}e kwartaal {year}", f"Q{quarter} {year}"),
            "month": (*(day.strftime(form) for form in ("%Y-%m", "%m-%Y", "%Y%m", "%Y-%m-01 00:00:00")), f"{MONTHS[day.month - 1]} {year}"),
            "date": tuple(day.strftime(form) for form in ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%Y-%m-%d 00:00:00")),
        }[kind]
        return forms[style % len(forms)]

    def clean_number(self, unit: str, style: int) -> str:
        if unit == "euro":
            amount = self.random.lognormvariate(9, 1.5) if style % 3 else self.random.uniform(1e8, 9e8)
            return f"{amount:,.{2 * (style % 2)}f}".translate(str.maketrans(",.", ".,"))
        if unit in {"procent", "cijfer", "uur"}:
            return f"{self.random.uniform(0, 10):.{style % 4}f}".replace(".", ",")
        plain = str(self.random.randint(0, (20, 400, 90_000)[style % 3]))
        return self.random.choice([plain] * 12 + ["<5", "n.b.", "", f"{self.random.randint(1000, 99_000):,}".replace(",", ".")])

    def clean_text(self, column: str, style: int, year: int) -> str:
        number = self.random.randint(1, 9999)
        if column.endswith("_id") or column in {"pseudoniem", "locatie"}:
            forms = (
                f"RSIV-{year}-{number:03d}",
                f"S-{self.random.getrandbits(32):08x}",
                f"{self.random.getrandbits(32):08x}",
                f"PL1500-{year}{number:06d}",
                f"Z{year}-{number:08d}",
            )
            return (*forms, str(self.faker.uuid4()), f"{self.random.getrandbits(40):010X}", f"{year}{number:05d}00", f"09-{100_000 + number}-{year % 100}")[
                style % 9
            ]
        if column in {"telefoon", "email", "website", "contactroute", "hoe", "aanmelden"}:
            return self.random.choice(
                ["0900-8844", "070-1234567", "info@voorbeeld.nl", "https://www.voorbeeld.nl/melden", "Postbus 264, 2501 CG Den Haag", "via het meldpunt"]
            )
        if column in {"toelichting", "inhoud", "omschrijving", "taak", "signalen", "vermoeden", "duiding", "tekst", "actie"}:
            return self.random.choice(SENTENCES)
        if column in {"organisatie", "eigenaar", "aanbieder", "trekker", "meld_bij", "school"}:
            return self.random.choice(ORGANISATIONS)
        return self.random.choice(GROUPS if "groep" in column else TITLES)

    def clean_frame(self, contract: type[Contract], rows: int) -> dict[str, list[str]]:
        """A clean file as columns of text."""
        styles = {column: self.random.randint(0, 60) for column in contract.kinds()}
        return {column: [self.clean_cell(column, field, styles[column]) for _ in range(rows)] for column, field in contract.kinds().items()}


def extract_of(columns: Mapping[str, list[str]]) -> Extract:
    """What a reader would give of these columns."""
    height = len(next(iter(columns.values())))
    return Extract.of(pl.DataFrame({"source_row": range(2, height + 2), **columns}, schema_overrides={"source_row": pl.Int64}))
