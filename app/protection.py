"""How persons are protected in a release, in Dutch, from its certificates. Pure. It knows how many figures are withheld, and of no figure what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app import wording
from app.access import Audience

Certificate = Mapping[str, Any]
Certificates = Mapping[Audience, Certificate]

#: In the order in which they stand beside each other.
READERS: Mapping[Audience, str] = {"professional": "Professionals", "publiek": "Iedereen"}
CHOICES = ("heel getoond", "met geheime cijfers", "heel geheim")
COARSE_FIRST = (*wording.LEVELS, *reversed([*wording.GRAINS]))
ATTACKERS: Mapping[str, str] = {
    "buitenstaander": "Iemand die alles leest wat is gepubliceerd, nu en in eerdere releases, en daar alles uit berekent wat te berekenen is. "
    "Ook cijfers van anderen die in het beleid staan, zijn bekend. Verder weet de buitenstaander niets van de personen.",
    "regelkenner": "Iemand die ook precies weet volgens welke regels cijfers geheim zijn. Dat helpt niet: nul is net zo geheim als elk klein aantal.",
    "insider": "Iemand die ook weet welke personen zelf zijn aangeleverd, bijvoorbeeld een medewerker van een partner.",
}
NOT_COVERED = (
    "Wie eigen dossiers kent. Een medewerker van een partner die weet om wie het gaat, weet meer dan de buitenstaander.",
    "Wie de methode narekent, maar niet weet wat er is geloot. Die kan door de loting geen van de aantallen uit het bewijs uitsluiten, maar wel sommige "
    "waarschijnlijker vinden dan andere. Dit is getoetst op kleine verzonnen releases, niet op deze release.",
    "Wie heel veel andere kennis heeft. Geen enkele manier om cijfers weg te laten, is bestand tegen onbeperkte kennis.",
    "Personen van wie het gebied of de categorie onbekend is. Hun aantallen zijn geheim als ze onder de drempel liggen, maar worden verder niet bewaakt.",
    "Indicatoren over verschillende groepen personen samen. Indicatoren over dezelfde personen zijn samen beschermd; de andere elk apart.",
    "Tabellen die fijner zijn dan wat naar buiten gaat of dan het beleid toelaat. Zij zijn heel geheim, maar zitten niet in het bewijs.",
)


class Asked(NamedTuple):
    """What policy asks of an indicator: threshold, least share of a table that is shown, steps, the chance of a lot, what is never shown, confirmed or not."""

    threshold: int
    share: float
    deepest: int
    decoys: float
    never: tuple[str, ...]
    is_confirmed: bool


class Shown(NamedTuple):
    """How many figures there are, and how many of them are shown."""

    figures: int = 0
    shown: int = 0

    @property
    def withheld(self) -> str:
        """`19 van 400 (4,8%)`, of the figures those that are not shown."""
        return self._written("{} van {} ({}%)") if self.figures else "geen cijfers"

    @property
    def sentence(self) -> str:
        """`Geheim: 19 van de 400 cijfers (4,8%).`"""
        return self._written("Geheim: {} van de {} cijfers ({}%).") if self.figures else "Er zijn hier geen cijfers."

    def _written(self, form: str) -> str:
        hidden = self.figures - self.shown
        percentage = wording.format_number(100 * hidden / self.figures, 0 if hidden in (0, self.figures) else 1)
        return form.format(wording.format_number(hidden), wording.format_number(self.figures), percentage)

    @property
    def choice(self) -> str:
        """What was chosen for a table of these figures."""
        if not self.figures:
            return "geen cijfers"
        return CHOICES[0 if self.shown == self.figures else 1 if self.shown else 2]


class Layout(NamedTuple):
    """A table: areas of one level, periods of one kind, up to two breakdowns."""

    area_level: str
    period_grain: str
    dimension_1: str
    dimension_2: str

    @property
    def name(self) -> str:
        """`Gemeente, kwartaal, naar leeftijd en delict`."""
        by = [wording.label(dimension).lower() for dimension in self[2:] if dimension != "totaal"]
        what = f"naar {wording.join_words(by)}" if by else "zonder uitsplitsing"
        return ", ".join([wording.label(wording.LEVELS.get(self.area_level, self.area_level)), wording.GRAINS.get(self.period_grain, self.period_grain), what])


def policy_groups(certificate: Certificate) -> list[tuple[Asked | None, list[str]]]:
    """What policy asks, with the ids of the indicators of which it asks that, the most first. None: nobody said what to ask, and nothing is shown."""
    groups: dict[Asked | None, list[str]] = {}
    for indicator_id, policy in certificate.get("policy", {}).items():
        threshold = certificate["thresholds"].get(indicator_id)
        asked = None
        if policy and threshold is not None:
            asked = Asked(threshold, policy["share"], policy["deepest"], policy["decoys"], tuple(policy["never"]), policy["bevestigd"])
        groups.setdefault(asked, []).append(indicator_id)
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def applies_to(indicator_ids: Sequence[str], names: Mapping[str, str], *, is_usual: bool) -> str:
    """For which indicators policy holds: how many where it is the usual one, their names where it is an exception."""
    if not is_usual:
        return f"Uitzondering voor {wording.join_words([names[one] for one in indicator_ids])}."
    return f"Dit geldt voor {len(indicator_ids)} {'indicator' if len(indicator_ids) == 1 else 'indicatoren'} over personen."


def policy_terms(asked: Asked | None) -> list[tuple[str, str]]:
    """Policy as terms and what they mean for a reader."""
    if asked is None:
        return [("Geen beleid", "Voor deze indicatoren is niets vastgelegd. Daarom wordt er niets van getoond.")]
    steps, share = f"{asked.deepest} {'stap' if asked.deepest == 1 else 'stappen'}", wording.format_number(100 * asked.share)
    may_have_gaps = f"Een tabel die hoogstens {steps} fijner is dan de hele regio per jaar, mag geheime cijfers hebben."
    return [
        ("Drempel", f"Een aantal personen onder {wording.format_number(asked.threshold)} is geheim, ook nul."),
        ("Zoveel moet er staan", f"Van een tabel moet minstens {share}% van de cijfers getoond kunnen worden. Anders is de hele tabel geheim."),
        ("Zo fijn mag het", f"{may_have_gaps} Een nog fijnere tabel is heel getoond of heel geheim."),
        ("Loting", _lot(asked.decoys)),
        ("Nooit getoond", wording.join_words([_never(name) for name in asked.never]) or "geen enkele uitsplitsing of categorie"),
        ("Privacy officer", "heeft dit bevestigd" if asked.is_confirmed else "heeft dit nog niet bevestigd"),
    ]


def _lot(chance: float) -> str:
    if not chance:
        return "Er wordt niet geloot. Wie de methode narekent, kan uit een geheim cijfer soms opmaken dat het klein is."
    each = wording.format_number(1000 * chance, 0 if (1000 * chance).is_integer() else 1)
    said = f"Van elke 1.000 aantallen ter grootte van de drempel maakt een loting er gemiddeld {each} geheim, van grotere minder."
    return f"{said} Zo verraadt een geheim cijfer niet waarom."


def _never(name: str) -> str:
    dimension, _, category = name.partition("=")
    by = wording.label(dimension).lower()
    return f"{wording.label(category).lower()} (van {by})" if category else f"naar {by}"


def protected_ids(certificates: Certificates, names: Mapping[str, str]) -> list[str]:
    """The indicators about persons, in the order of the catalogue (`names`: id → name)."""
    said = {one["indicator_id"] for certificate in certificates.values() for one in certificate.get("indicators", [])}
    return [indicator_id for indicator_id in names if indicator_id in said]


def whole(certificate: Certificate, indicator_id: str | None = None) -> Shown:
    """The figures of one indicator, or of all, together."""
    said = [one for one in certificate.get("indicators", []) if indicator_id in (None, one["indicator_id"])]
    return Shown(sum(one["figures"] for one in said), sum(one["figures_shown"] for one in said))


def tables_of(certificate: Certificate, indicator_id: str) -> dict[Layout, Shown]:
    """The tables of an indicator, the coarse ones first."""
    layout = [table for one in certificate.get("indicators", []) if one["indicator_id"] == indicator_id for table in one.get("layout", [])]
    found = {Layout(*(table[name] for name in Layout._fields)): Shown(table["figures"], table["figures_shown"]) for table in layout}
    return dict(sorted(found.items(), key=lambda table: _coarse_first(table[0])))


def _coarse_first(layout: Layout) -> tuple[bool, int, str, str, int]:
    level, grain = (COARSE_FIRST.index(name) if name in COARSE_FIRST else len(COARSE_FIRST) for name in layout[:2])
    return layout[2:] != ("totaal", "totaal"), level, layout.dimension_1, layout.dimension_2, grain


def summary(certificate: Certificate, indicator_id: str) -> str:
    """Of an indicator's tables how many are whole, have gaps, or are withheld, and how many of its figures."""
    choices = [shown.choice for shown in tables_of(certificate, indicator_id).values()]
    counts = wording.join_words([f"{choices.count(choice)} {choice}" for choice in CHOICES if choice in choices])
    tables = f"{len(choices)} {'tabel' if len(choices) == 1 else 'tabellen'}: {counts}. " if choices else ""
    return tables + whole(certificate, indicator_id).sentence


def table_rows(certificates: Certificates, indicator_id: str) -> list[dict[str, str]]:
    """Per table of an indicator what is withheld and what was chosen, for one audience beside the other."""
    each = {reader: tables_of(certificates[audience], indicator_id) for audience, reader in READERS.items()}
    layouts = sorted({layout for tables in each.values() for layout in tables}, key=_coarse_first)
    return [
        {"Tabel": layout.name} | {k: v for reader, tables in each.items() for k, v in _beside(reader, tables.get(layout, Shown())).items()}
        for layout in layouts
    ]


def _beside(reader: str, shown: Shown) -> dict[str, str]:
    return {f"{reader}: geheim": shown.withheld, f"{reader}: gekozen": shown.choice}


def indicator_rows(certificates: Certificates, names: Mapping[str, str]) -> list[dict[str, str]]:
    """Per indicator about persons how many figures are withheld, for one audience beside the other."""
    return [
        {"Indicator": names[indicator_id]} | {f"{reader}: geheim": whole(certificates[audience], indicator_id).withheld for audience, reader in READERS.items()}
        for indicator_id in protected_ids(certificates, names)
    ]


def width_sentence(certificate: Certificate) -> str:
    """How uncertain what is withheld stays, by each threshold of an audience."""
    thresholds = sorted({asked.threshold for asked, _ in policy_groups(certificate) if asked})
    return " ".join(
        f"Bij een drempel van {limit} liggen het laagste en het hoogste aantal dat nog kan, minstens {limit - 1} uit elkaar." for limit in thresholds
    )


def attacker_terms(certificates: Certificates) -> list[tuple[str, str]]:
    """Against whom the release is proved to hold."""
    named: Sequence[str] = list(dict.fromkeys(name for certificate in certificates.values() for name in certificate.get("attackers", [])))
    return [(wording.label(name), ATTACKERS.get(name, "Deze aanvaller wordt hier nog niet uitgelegd.")) for name in named]
