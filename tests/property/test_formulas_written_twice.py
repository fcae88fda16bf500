"""Holds the statistics against formulas written a second time: window by window, in exact fractions, by definition.

The second writing shares no code with the first and no way of working: where the library has closed forms, runs and
sorted searches, here are loops, roots and fractions. What was found so stands in docs/second_reading.md.
"""

import math
import random
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import polars as pl
import pytest

from outcomes import statistics
from outcomes.statistics.overdispersion import dispersion_of, variance_between
from outcomes.vocabulary import Polarity

LEVELS = (0.501, 0.95, 0.998, 0.9999)
RUN = 7
Flag = tuple[str | None, str | None]


# --- process control charts, window by window ---


def signs(numbers: Sequence[float | None]) -> list[int | None]:
    return [
        None if first is None or second is None else (second > first) - (second < first)
        for first, second in pairwise(numbers)
    ]


def limits_of(values: Sequence[float | None], baseline: int | None, *, screens: bool) -> tuple[Fraction, Fraction]:
    """Return the mean and the width of the limits, 0 where there are none."""
    used = [value if baseline is None or place < baseline else None for place, value in enumerate(values)]
    present = [Fraction(value) for value in used if value is not None]
    ranges = [abs(Fraction(b) - Fraction(a)) for a, b in pairwise(used) if a is not None and b is not None]
    average = sum(ranges, Fraction(0)) / max(1, len(ranges))
    if screens and average:
        ranges = [size for size in ranges if size < Fraction(3267, 1000) * average]
        average = sum(ranges, Fraction(0)) / len(ranges)
    return sum(present, Fraction(0)) / max(1, len(present)), Fraction(266, 100) * average


def flags_of(values: Sequence[float | None], baseline: int | None, *, screens: bool) -> list[Flag]:
    mean, width = limits_of(values, baseline, screens=screens)
    side = [None if value is None else (Fraction(value) > mean) - (Fraction(value) < mean) for value in values]
    far = [Fraction(0) if value is None else abs(Fraction(value) - mean) for value in values]
    outside = [bool(width) and distance > width for distance in far]
    near = [bool(width) and distance > width * 2 / 3 and distance <= width for distance in far]
    shift, trend, two = ([0] * len(values) for _ in range(3))
    for start in range(len(values) - RUN + 1):
        window = range(start, start + RUN)
        sides = {side[place] for place in window}
        if sides in ({1}, {-1}):
            for place in window:
                shift[place] = side[place] or 0
        steps = signs(values[start : start + RUN])
        if set(steps) in ({1}, {-1}):
            for place in window:
                # a point that ends one trend and begins another goes with the later window
                trend[place] = steps[0] or 0
    for start in range(len(values) - 2):
        sides = set(side[start : start + 3])
        if sides in ({1}, {-1}) and sum(near[start : start + 3]) >= 2:
            for place in range(start, start + 3):
                two[place] = (side[place] or 0) * near[place]
    found: list[Flag] = []
    for place, value in enumerate(values):
        rules = (
            ("outside the limits", (side[place] or 0) * outside[place]),
            ("seven in a trend", trend[place]),
            ("two in three near a limit", two[place]),
            ("seven on one side of the mean", shift[place]),
        )
        name, way = next(((name, way) for name, way in rules if way), (None, 0))
        found.append((None, None) if value is None else (name, {1: "up", -1: "down", 0: None}[way]))
    return found


def series(draw: random.Random) -> list[float | None]:
    size = draw.choice([1, 2, 7, 8, 13, 24, 40])
    shape = draw.choice(["counts", "drift", "level", "saw", "measures", "spike"])
    made: dict[str, Callable[[int], float]] = {
        "counts": lambda _: float(draw.randint(0, 8)),
        "drift": lambda place: float(draw.randint(0, 2) + place // 2),
        "level": lambda _: 5.0,
        "saw": lambda place: float(abs(place % 14 - 7)),
        "measures": lambda _: round(draw.gauss(50, 4), 6),
        # moving ranges of 1 but for two, which are about as large as those that screening drops
        "spike": lambda place: 50.0 + place % 2 + (place == size // 2) * draw.uniform(3.0, 5.5),
    }
    values: list[float | None] = [made[shape](place) for place in range(size)]
    if draw.random() < 0.3:
        values[draw.randrange(size)] = None
    if draw.random() < 0.2:
        values[draw.randrange(size)] = draw.choice([60.0, -60.0])
    return values


@pytest.mark.parametrize("method", ["ptd", "nhse_excel"])
def test_process_points_are_flagged_as_windows_of_the_rules_flag_them(method: str) -> None:
    draw = random.Random(17)
    for _ in range(150):
        values = series(draw)
        cut, baseline = draw.choice([None, draw.randrange(len(values))]), draw.choice([None, None, 12, 5])
        months = pl.DataFrame(
            {
                "series": "A",
                "month": range(len(values)),
                "value": values,
                "anew": [p == cut for p in range(len(values))],
            },
            schema_overrides={"value": pl.Float64},
        )
        points = statistics.special_cause_points(
            months,
            by="series",
            order="month",
            begins_anew="anew",
            baseline_points=baseline,
            method=method,
            polarity=Polarity.HIGHER_IS_BETTER,
        )
        segments = [values[:cut], values[cut:]] if cut else [values]
        screens = method == "ptd"
        expected = [flag for part in segments for flag in flags_of(part, baseline, screens=screens)]
        assert points.select("rule", "direction").rows() == expected, (values, cut, baseline)
        widths = [limits_of(part, baseline, screens=screens) for part in segments for _ in part]
        for (mean, width), upper in zip(widths, points["upper_process_limit"], strict=True):
            assert (upper is None) == (width == 0)
            assert upper is None or upper == pytest.approx(float(mean + width), rel=1e-14)


# --- quantiles and ranks, by their definitions ---


def quantile_of(rule: str, rank: int, values: list[float], value: float, classes: int) -> int:
    areas = len(values)
    if rule == "phe_quantile":
        return max(1, classes + 1 - math.ceil(Fraction(areas + 1 - rank) / Fraction(areas, classes)))
    if rule == "ntile":
        ends = [
            sum(areas // classes + (part < areas % classes) for part in range(whole + 1)) for whole in range(classes)
        ]
        return next(number for number, end in enumerate(ends, 1) if rank <= end)
    cuts = []
    for part in range(1, classes):
        place = Fraction((areas - 1) * part, classes)
        low = math.floor(place)
        high = min(low + 1, areas - 1)
        cuts.append(Fraction(values[low]) + (place - low) * (Fraction(values[high]) - Fraction(values[low])))
    return 1 + sum(cut < Fraction(value) for cut in cuts)


@pytest.mark.parametrize("rule", ["phe_quantile", "fingertips_quintile", "ntile"])
def test_a_quantile_is_what_its_definition_says_in_exact_fractions(rule: str) -> None:
    draw = random.Random(7)
    for _ in range(150):
        classes = draw.choice([2, 3, 4, 5, 10])
        values = [draw.choice([draw.random(), float(draw.randint(0, 8))]) for _ in range(draw.randint(classes, 60))]
        turned = draw.random() < 0.5
        keys = [-value if turned else value for value in values]
        ordered = sorted(keys)
        asked = statistics.quantile("value", quantiles=classes, method=rule, highest_first=turned, fewest_areas=1)
        found = pl.DataFrame({"value": values}).select(asked.struct.field("quantile"))["quantile"].to_list()
        assert found == [quantile_of(rule, ordered.index(key) + 1, ordered, key, classes) for key in keys]


def test_joint_ranks_are_those_of_every_pair_asked() -> None:
    draw = random.Random(11)
    normal = NormalDist()
    for _ in range(60):
        joint = draw.choice([0.5, 0.95, 0.99])
        groups = []
        for name in ("A", "B"):
            values = [round(draw.gauss(0, 3), draw.choice([0, 1, 9])) for _ in range(draw.randint(1, 30))]
            sides = [[abs(draw.gauss(0, 1)) * draw.choice([0, 0.2, 1]) for _ in values] for _ in range(2)]
            areas = pl.DataFrame({"group": name, "value": values}).with_columns(
                lower=pl.col("value") - pl.Series(sides[0]), upper=pl.col("value") + pl.Series(sides[1])
            )
            groups.append(areas)
        table = statistics.ranks(
            pl.concat(groups),
            value="value",
            lower="lower",
            upper="upper",
            by="group",
            highest_first=False,
            joint_confidence=joint,
        )
        for areas in groups:
            size, values = areas.height, areas["value"].to_list()
            stretch = normal.inv_cdf((1 + joint ** (1 / size)) / 2) / normal.inv_cdf(0.975)
            lows, highs = (
                [value + (end - value) * stretch for value, end in zip(values, areas[name], strict=True)]
                for name in ("lower", "upper")
            )
            found = table.filter(pl.col("group") == areas["group"][0]).select("rank_lower", "rank_upper").rows()
            for place, ranks in enumerate(found):
                others = [other for other in range(size) if other != place]
                before = sum(highs[other] < lows[place] for other in others)
                after = sum(lows[other] > highs[place] for other in others)
                assert ranks == (1 + before, size - after)


# --- intervals, by what they promise ---


def test_a_proportion_lies_as_many_standard_errors_from_its_limits_as_the_level_allows() -> None:
    draw = random.Random(3)
    counts = [(draw.choice([1, size // 2 + 1, max(1, size - 1), size]), size) for size in [1, 2, 9, 10**6, 10**12] * 12]
    rows = pl.DataFrame(counts, schema=["x", "n"], orient="row").select(
        statistics.proportion("x", "n", multiplier=1, confidence=LEVELS).struct.unnest()
    )
    for (x, n), row in zip(counts, rows.iter_rows(named=True), strict=True):
        for level in LEVELS:
            squared = Fraction(-NormalDist().inv_cdf((1 - level) / 2)) ** 2
            for name in statistics.limit_names(level):
                limit, share = Fraction(row[name]), Fraction(x, n)
                if x == n and name.startswith("upper"):
                    assert limit == 1
                    continue
                # how far the equation is from holding, as a change of the limit that would make it hold
                miss = (share - limit) ** 2 * n - squared * limit * (1 - limit)
                slope = -2 * n * (share - limit) - squared * (1 - 2 * limit)
                assert abs(miss / slope) <= Fraction(1, 10**14) * limit


def test_a_relative_gap_ends_where_the_difference_from_so_many_times_the_other_ends_at_0() -> None:
    draw = random.Random(5)
    names = ("value", "lower_ci_95", "upper_ci_95")
    for _ in range(80):
        ends = []
        for _ in range(2):
            n = 10 ** draw.randint(1, 12)
            row = pl.DataFrame({"x": [draw.choice([1, n // 3 + 1, n - 1, n])], "n": [n]})
            ends.append(row.select(statistics.proportion("x", "n", multiplier=1).struct.unnest()).select(names).row(0))
        pair = {
            f"{who}_{name}": [number]
            for who, row in zip(("most_deprived", "least_deprived"), ends, strict=True)
            for name, number in zip(names, row, strict=True)
        }
        found = pl.DataFrame(pair).select(statistics.relative_gap(confidence=[0.95]).struct.unnest()).row(0, named=True)
        with localcontext() as exact:
            exact.prec = 60
            (first, low, high), (second, other_low, other_high) = ([Decimal(end) for end in row] for row in ends)
            for limit, end, other in ((1, low, other_high), (-1, high, other_low)):
                ratio = Decimal(found["lower_ci_95"] if limit == 1 else found["upper_ci_95"])
                root = ((first - end) ** 2 + (ratio * (second - other)) ** 2).sqrt()
                # first - r second ∓ root is 0 at the limit; a change of r by its last bits moves it by second of them
                assert abs(first - ratio * second - limit * root) <= Decimal("1e-14") * ratio * second


def test_a_life_table_in_exact_fractions_has_the_same_years_and_limits() -> None:
    draw = random.Random(13)
    starts = [0, 1, *range(5, 95, 5)]
    for _ in range(12):
        persons = [draw.randint(500, 10**6) for _ in starts]
        deaths = [1 + int(size * 0.0001 * math.exp(0.08 * age)) for size, age in zip(persons, starts, strict=True)]
        bands = pl.DataFrame({"area": "A", "age": starts, "deaths": deaths, "persons": persons})
        table = statistics.life_expectancy(bands, deaths="deaths", population="persons", band_start="age", by="area")
        widths = [b - a for a, b in pairwise(starts)]
        lived = [Fraction(0.1), *[Fraction(1, 2)] * 18]
        rates = [Fraction(d, p) for d, p in zip(deaths, persons, strict=True)]
        dying = [n * m / (1 + n * (1 - a) * m) for n, m, a in zip(widths, rates, lived, strict=False)]
        alive = [Fraction(1)]
        for chance in dying:
            alive.append(alive[-1] * (1 - chance))
        spent = [
            n * (after + a * (before - after))
            for n, a, (before, after) in zip(widths, lived, pairwise(alive), strict=True)
        ] + [alive[19] / rates[19]]
        years = [sum(spent[age:]) / alive[age] for age in range(20)]
        parts = [
            alive[age] ** 2
            * ((1 - lived[age]) * widths[age] + years[age + 1]) ** 2
            * (dying[age] ** 2 * (1 - dying[age]) / deaths[age])
            for age in range(19)
        ]
        # the last band: the variance of the inverse of its rate
        parts.append(alive[19] ** 2 / (deaths[19] * rates[19] ** 2))
        for age, row in enumerate(table.iter_rows(named=True)):
            half = 1.959963984540054 * math.sqrt(sum(parts[age:]) / alive[age] ** 2)
            assert row["value"] == pytest.approx(float(years[age]), rel=1e-13)
            assert row["upper_ci_95"] == pytest.approx(float(years[age]) + half, rel=1e-13)


# --- overdispersion and trends ---


def test_dispersion_and_variance_between_are_those_of_the_textbook() -> None:
    draw = random.Random(19)
    for _ in range(200):
        scores = [draw.gauss(0, draw.choice([0.5, 1, 3])) for _ in range(draw.randint(10, 60))]
        errors = [draw.uniform(0.01, 1) for _ in scores]
        drawn_in = len(scores) // 10
        ordered = sorted(Fraction(score) for score in scores)
        low, high = ordered[drawn_in], ordered[-1 - drawn_in]
        phi = sum(min(max(score, low), high) ** 2 for score in ordered) / len(scores)
        weights = [1 / Fraction(error) ** 2 for error in errors]
        excess = len(scores) * phi - (len(scores) - 1)
        between = excess / (sum(weights) - sum(weight**2 for weight in weights) / sum(weights))
        assert dispersion_of(scores) == pytest.approx(float(phi), rel=1e-13)
        assert variance_between(scores, errors) == pytest.approx(max(0.0, float(between)), rel=1e-10, abs=1e-300)


def test_a_recent_trend_is_that_of_weighted_least_squares_with_and_without_each_point() -> None:
    draw = random.Random(23)
    for _ in range(150):
        values = [draw.uniform(0, 5) + draw.choice([0, 0.5, 1.5]) * year for year in range(5)]
        if draw.random() < 0.5:
            # a chi-squared near the critical one
            values = [year * math.sqrt(draw.uniform(0.85, 1.05)) for year in range(5)]
            halves = [(2.0, 2.0)] * 5
        else:
            halves = [(draw.uniform(0.2, 3), draw.uniform(0.2, 3)) for _ in values]
        years = pl.DataFrame({"area": "A", "year": range(5), "value": values}).with_columns(
            lower_ci_95=pl.col("value") - pl.Series([down for down, _ in halves]),
            upper_ci_95=pl.col("value") + pl.Series([up for _, up in halves]),
        )
        found = statistics.recent_trend(years, by="area", order="year", numerator=None, denominator=None).row(
            0, named=True
        )
        roots = np.array([3.92 / (down + up) for down, up in halves])
        steps, numbers = np.arange(5.0), np.array(values)
        slope = np.polyfit(steps, numbers, 1, w=roots)[0]
        left_out = [
            np.polyfit(np.delete(steps, p), np.delete(numbers, p), 1, w=np.delete(roots, p))[0] for p in range(5)
        ]
        design = np.stack([roots, roots * steps], axis=1)
        chi_square = slope**2 / np.linalg.inv(design.T @ design)[1, 1]
        is_trend = chi_square > 9.54953570608324 and all(np.sign(one) == np.sign(slope) for one in left_out)
        word = ("increasing" if slope > 0 else "decreasing") if is_trend else "no significant change"
        assert found["slope"] == pytest.approx(slope, rel=1e-9, abs=1e-12)
        assert found["chi_square"] == pytest.approx(chi_square, rel=1e-9, abs=1e-12)
        assert found["direction"] == word
