"""The statistics in SQL give the numbers of scipy and of the published golden rows (stat_golden.csv)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from scipy.stats import binomtest, chi2, chi2_contingency, norm
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson
from statsmodels.stats.rates import test_poisson_2indep as compare_two_rates

from pipelines.codegen.poisson import exact_limits
from tests.dbt_project.rendering import CompilerError, render

MACROS = ("poisson_exact", "intervals", "standardised", "change")
CONFIDENCES = (0.95, 0.998)
SIDES = ("lower", "upper")


def rows(sql: str) -> list[tuple[Any, ...]]:
    """Answer of DuckDB to `sql` after its macros are written out."""
    with duckdb.connect() as connection:
        return connection.execute(render(sql, MACROS)).fetchall()


def numbers(expressions: list[str], relation: str = "(select 1)") -> list[float | None]:
    """One value per expression, all in one query."""
    return list(rows(f"select {', '.join(expressions)} from {relation} as given")[0])


def limits(macro: str, arguments: str, confidence: float) -> list[str]:
    return [f"{{{{ {macro}('{side}', {arguments}, confidence={confidence}) }}}}" for side in SIDES]


def test_exact_poisson_limits_are_those_of_the_chi_squared_distribution() -> None:
    for confidence in CONFIDENCES:
        found = numbers([each for count in range(10) for each in limits("poisson_limit", str(count), confidence)])
        tail = (1 - confidence) / 2
        wanted = [limit for x in range(10) for limit in (chi2.ppf(tail, 2 * x) / 2 if x else 0, chi2.ppf(1 - tail, 2 * x + 2) / 2)]
        assert found == pytest.approx(wanted, rel=1e-13)


def test_from_ten_on_the_limits_are_near_the_exact_ones() -> None:
    counts = (10, 11, 25, 100, 5_000, 2_000_000)
    for confidence, nearness in ((0.95, 4e-3), (0.998, 2e-2)):
        found = numbers([each for count in counts for each in limits("poisson_limit", str(count), confidence)])
        assert found == pytest.approx([limit for count in counts for limit in exact_limits(count, confidence)], rel=nearness)


def test_nothing_counted_has_an_upper_limit_and_nothing_known_has_none() -> None:
    given = "(select cast(null as bigint) as x)"
    assert numbers(limits("poisson_limit", "0", 0.95)) == pytest.approx([0, 3.6889], abs=1e-4)
    assert numbers(limits("poisson_limit", "'x'", 0.95), given) == [None, None]
    assert numbers([*limits("poisson_limit", "'(-1)'", 0.95), *limits("poisson_limit", "1.5", 0.95)]) == [None] * 4


def test_a_limit_that_was_not_computed_stops_the_compilation() -> None:
    for sql in ("{{ poisson_limit('lower', 'x', 0.9) }}", "{{ poisson_limit('onder', 'x') }}", "{{ wilson_limit('lower', 'x', 'n', 0.9) }}"):
        with pytest.raises(CompilerError):
            render(sql, MACROS)


def test_wilson_limits_of_a_share_are_those_of_scipy() -> None:
    shares = [(x, n) for n in (1, 2, 7, 30, 1_000, 80_000) for x in sorted({0, 1, n // 3, n - 1, n})]
    for confidence in CONFIDENCES:
        found = numbers([each for x, n in shares for each in limits("wilson_limit", f"{x}, {n}", confidence)])
        wanted = [limit for x, n in shares for limit in binomtest(x, n).proportion_ci(confidence, method="wilson")]
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-12)
        assert all(value is not None and 0 <= value <= 1 for value in found)


@pytest.mark.parametrize("share", ["0, 0", "'null', 5", "3, 'null'", "6, 5", "'(-1)', 5"])
def test_a_share_of_nothing_or_of_less_than_its_part_has_no_limit(share: str) -> None:
    assert numbers(limits("wilson_limit", share, 0.95)) == [None, None]


def test_limits_are_those_of_statsmodels() -> None:
    for confidence in CONFIDENCES:
        alpha = 1 - confidence
        found = numbers([*limits("poisson_limit", "7", confidence), *limits("wilson_limit", "7, 30", confidence)])
        assert found == pytest.approx(
            [*confint_poisson(7, 1, method="exact-c", alpha=alpha), *proportion_confint(7, 30, alpha=alpha, method="wilson")], rel=1e-9
        )


def test_two_rates_differ_as_statsmodels_says() -> None:
    for x, n, y, m in ((60, 51_477.5, 30, 54_308.7), (3, 100.0, 11, 250.0), (0, 10.0, 4, 10.0), (800, 1.0, 700, 1.0)):
        (found,) = numbers([f"{{{{ two_rates_score({x}, {n}, {y}, {m}) }}}}"])
        assert found == pytest.approx(compare_two_rates(x, n, y, m, method="score").statistic, rel=1e-9)


def test_two_shares_differ_as_the_chi_squared_test_says() -> None:
    for x, n, x2, n2 in ((30, 100, 50, 100), (1, 8, 7, 9), (40, 4_000, 90, 5_000)):
        statistic = chi2_contingency([[x, n - x], [x2, n2 - x2]], correction=False).statistic
        (found,) = numbers([f"{{{{ two_shares_score({x}, {n}, {x2}, {n2}) }}}}"])
        assert found == pytest.approx((1 if x / n > x2 / n2 else -1) * statistic**0.5, rel=1e-12)


def test_where_nothing_happened_twice_nothing_changed() -> None:
    assert numbers(["{{ two_rates_score(0, 10, 0, 10) }}", "{{ two_shares_score(0, 5, 0, 7) }}", "{{ two_shares_score(5, 5, 7, 7) }}"]) == [0, 0, 0]


# --- golden rows -------------------------------------------------------------------------------------------------------------


class Golden:
    """The golden rows: inputs by name or as text, expected numbers and tolerance."""

    def __init__(self, folder: Path) -> None:
        with (folder / "stat_golden.csv").open(encoding="utf-8", newline="") as lines:
            self.rows = list(csv.DictReader(lines))

    def of(self, *methods: str) -> Iterator[tuple[dict[str, Any], list[float], float]]:
        """Inputs, expected numbers and tolerance of the rows of these methods."""
        for row in self.rows:
            if row["method"] in methods:
                text = row["input"]
                given = json.loads(text) if text.startswith("{") else dict(part.split("=") for part in text.split(";") if "=" in part)
                yield given, [float(number) for number in row["expected"].split(";")], float(row["tolerance"])


@pytest.fixture(scope="module")
def golden(open_data: Path) -> Golden:
    return Golden(open_data)


def check(cases: list[tuple[list[str], list[float], float]], number: int, relation: str = "(select 1)") -> None:
    """All cases in one query; the tolerance of a golden row is relative."""
    assert len(cases) == number
    found = iter(numbers([expression for expressions, _, _ in cases for expression in expressions], relation))
    for expressions, expected, tolerance in cases:
        assert [next(found) for _ in expressions] == pytest.approx(expected, rel=tolerance)


def test_the_golden_intervals_of_counts(golden: Golden) -> None:
    cases = [(limits("byar_limit", given["count"], given["confidence"]), wanted, near) for given, wanted, near in golden.of("byar_interval")]
    cases += [
        ([f"{given['multiplier']} * {each} / {given['denominator']}" for each in limits("poisson_limit", given["count"], given["confidence"])], wanted, near)
        for given, wanted, near in golden.of("poisson_exact_rate", "byar_rate")
    ]
    cases += [
        ([f"100 * {observed} / {given['expected']}" for observed in (given["observed"], *limits("poisson_limit", given["observed"], 0.95))], wanted, near)
        for given, wanted, near in golden.of("isr_ratio_byar", "isr_ratio_exact")
    ]
    check(cases, 6 + 4 + 3)


def test_the_golden_intervals_of_shares(golden: Golden) -> None:
    cases = [(limits("wilson_limit", f"{given['count']}, {given['n']}", given["confidence"]), *rest) for given, *rest in golden.of("wilson_interval")]
    check(cases, 4)  # type: ignore[arg-type]


def test_the_golden_exact_limits_of_15_and_of_the_funnel_are_those_of_the_generator(golden: Golden) -> None:
    ((_, wanted, near),) = golden.of("poisson_exact_rate_vs_R")
    assert [limit / 400 for limit in exact_limits(15, 0.95)] == pytest.approx(wanted, rel=near)
    funnel = list(golden.of("funnel_limits_ratio_expected"))
    assert len(funnel) == 4
    for given, wanted, near in funnel:
        found = [limit for confidence in CONFIDENCES for limit in reversed(exact_limits(int(given["observed"].split()[0]), confidence))]
        assert found == pytest.approx(wanted, rel=near, abs=near)  # PHE searches these limits to within 1e-5


def test_the_other_byar_of_desctools_is_not_ours(golden: Golden) -> None:
    ((_, wanted, _),) = golden.of("byar_rate_desctools")
    assert [value / 400 for value in numbers(limits("poisson_limit", "15", 0.95)) if value] != pytest.approx(wanted, rel=1e-3)


def test_the_golden_labels_of_the_funnel_follow_from_the_limits(golden: Golden) -> None:
    cases = [(json.loads(row["input"]), row["expected"]) for row in golden.rows if row["method"] == "funnel_significance_ratio"]
    assert len(cases) == 6
    for given, label in cases:
        low, high = (numbers(limits("poisson_limit", f"{given['observed']:.0f}", confidence)) for confidence in CONFIDENCES)
        found = [
            (name, f"({tail})")
            for tail, (lower, upper) in (("0.001", high), ("0.025", low))
            for name, outside in (("High", lower > given["expected"]), ("Low", upper < given["expected"]))
            if outside
        ]
        assert (" ".join(found[0]) if found else "Not significant") == label


def test_the_golden_comparison_of_two_rates(golden: Golden) -> None:
    (row,) = [row for row in golden.rows if row["method"] == "poisson_two_rates_score"]
    statistic, probability = map(float, row["expected"].split(";"))
    (found,) = numbers(["{{ two_rates_score(60, 51477.5, 30, 54308.7) }}"])
    assert found == pytest.approx(statistic, rel=float(row["tolerance"]))
    assert found is not None
    assert 2 * norm.sf(found) == pytest.approx(probability, abs=5e-7)


def strata(given: dict[str, Any]) -> str:
    """The strata of a golden row as a relation; persons by number of events become events, with their variance."""
    persons = given.get("persons_by_event_frequency") or {"1": given["count"]}
    found = [
        (sum(int(f) * each[i] for f, each in persons.items()), sum(int(f) ** 2 * each[i] for f, each in persons.items()), population, weight)
        for i, (population, weight) in enumerate(zip(given["population"], given["standard"], strict=True))
    ]
    return f"(values {', '.join(map(str, found))}) as strata (events, variance, population, weight)"


def test_the_golden_standardised_rates(golden: Golden) -> None:
    cases = list(golden.of("dsr_dobson", "dsr_nonindependent_events"))
    assert len(cases) == 7
    for given, wanted, near in cases:
        columns = f"'events', 'population', 'weight', {given['per']}"
        both = [f"{{{{ standardised_limit('{side}', {columns}, confidence={given['confidence']}, variance='variance') }}}}" for side in SIDES]
        value = [f"{{{{ standardised_rate({columns}) }}}}"] if len(wanted) == 3 else []
        ((*found,),) = rows(f"select {', '.join(value + both)} from {strata(given)}")
        assert found == pytest.approx(wanted, rel=near)


@pytest.mark.parametrize("stratum", ["(4, 4, 100, 1)", "(null, null, 100, 1)", "(9, 9, 0, 1)", "(9, 9, null, 1)", "(9, 9, 100, null)"])
def test_fewer_than_ten_events_or_an_unknown_age_group_have_no_standardised_rate(stratum: str) -> None:
    columns = "'events', 'population', 'weight', 1000"
    expressions = [f"{{{{ standardised_rate({columns}) }}}}", *(f"{{{{ standardised_limit('{side}', {columns}) }}}}" for side in SIDES)]
    relation = f"(values (5, 5, 100, 2), {stratum}) as strata (events, variance, population, weight)"
    assert rows(f"select {', '.join(expressions)} from {relation}") == [(None, None, None)]
