"""Funnels: where each area lies beside the average of all, by chance alone or with overdispersion allowed for."""

import math
from collections.abc import Sequence
from typing import Final

import polars as pl

from outcomes.errors import TableError, UnknownNameError
from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels, normal_quantile
from outcomes.statistics.estimate_columns import LARGEST_INPUT, as_number
from outcomes.statistics.exact_sums import exact_sums
from outcomes.statistics.frame_columns import checked_numbers, refuse_lazy, written_out
from outcomes.statistics.funnel_lines import line_names, poisson_lines, proportion_funnel_lines
from outcomes.statistics.funnel_positions import BY_CHANCE, FUNNEL, FUNNEL_METHODS, overdispersed, position_of
from outcomes.statistics.multipliers import checked_multiplier
from outcomes.statistics.poisson import poisson_limits
from outcomes.vocabulary import Detail, Reason, Word

__all__ = ["proportion_funnel", "rate_funnel", "ratio_funnel"]

FEWEST_EVENTS: Final = 10.0
"""A directly standardised rate of fewer events has no place in a funnel."""

# an inner and an outer pair of lines
_LEVELS: Final = 2


def proportion_funnel(
    frame: pl.DataFrame,
    *,
    numerator: str,
    denominator: str,
    by: str | Sequence[str] = (),
    average: float | None = None,
    multiplier: float = 100.0,
    method: str = BY_CHANCE,
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.DataFrame:
    """Return where each proportion lies in a funnel around the average.

    Args:
        frame: One row an area.
        numerator: The column of those with the property, 0 to the denominator.
        denominator: The column of all, above 0.
        by: The columns that make a funnel (such as indicator and period); without any, all rows are one.
        average: What the funnel stands around, on the multiplier's scale; without it the sum of the numerators over
            the sum of the denominators, of the rows that can be used.
        multiplier: What a whole is: 100 gives per cent.
        method: `funnel_chance`: the limits are the proportions whose Wilson interval just touches the average.
            `funnel_multiplicative`: on the scale of the angle asin √p the limits are √φ wider.
            `funnel_additive`: on that scale the variance between areas τ² is added to that of chance.
            `funnel_additive_corrected`: likewise, φ and τ² corrected for the outer tenths being drawn in.
        confidence: Two confidence levels (or one), the inner first.

    Returns:
        The rows in their order, with `value`, `average`, `lower_limit_95` and so on (the lines at the row's own
        size, one pair a level), `position` (a `Word`: `similar`, `lower` and `higher` beyond the inner lines, `much
        lower` and `much higher` beyond the outer; `not compared` without a value), `overdispersion` φ and
        `variance_between` τ² (missing by chance alone), `reason` and `detail`. Fewer than 10 areas have no
        overdispersion: then the value stands and the position is `not compared` with the detail `too few points`.

    Raises:
        TableError: A column is absent, holds no numbers, or has the name of a result.
        UnknownNameError: No method for funnels has the name.
        ValueError: A confidence level, the average or the multiplier is none.

    Source: Spiegelhalter DJ, Statistics in Medicine 2005;24:1185-202. Limits of use: overdispersion cannot tell bad
    risk adjustment from real differences; a funnel says that an area differs, never why.

    >>> areas = pl.DataFrame({"seen_in_time": [50, 90, 30], "patients": [100, 100, 100]})
    >>> funnel = proportion_funnel(areas, numerator="seen_in_time", denominator="patients")
    >>> funnel.select("value", pl.col("average", "lower_limit_95").round(3), "position").rows()
    [(50.0, 56.667, 46.954, 'similar'), (90.0, 56.667, 46.954, 'much higher'), (30.0, 56.667, 46.954, 'much lower')]
    """
    per = _whole(multiplier)
    if average is not None and not 0.0 <= average <= per:
        raise ValueError(f"average: found {average}, expected 0 to {per:g}. Give it on the multiplier's scale.")
    levels = _checked(method, confidence)
    rows = _rows(frame, by, _results(levels), x=numerator, n=denominator)
    x, n = pl.col("x"), pl.col("n")
    rows = rows.with_columns(
        _refusal(
            [
                ((x < 0) | (n < 0) | (n > LARGEST_INPUT), Detail.IMPOSSIBLE_INPUT),
                (n == 0, Detail.ZERO_DENOMINATOR),
                (x.is_nan() | (x > n), Detail.IMPOSSIBLE_INPUT),
            ]
        )
    )
    rows = _with_average(rows, None if average is None else average / per)
    share, mean = x / n, pl.col("mean")

    if method == BY_CHANCE:
        lines = [
            proportion_funnel_lines(n, mean, multiplier=1.0, confidence=[level]).struct.unnest() for level in levels
        ]
        # the word is that of the lines before they are held between 0 and 1
        half = [normal_quantile(level) * (mean * (1.0 - mean) / n).sqrt() for level in levels]
        rows = rows.with_columns(
            *lines,
            value=share,
            position=position_of([share > mean + h for h in half], [share < mean - h for h in half]),
        )
    else:
        rows = overdispersed(
            rows.with_columns(value=share),
            method,
            levels,
            to_scale=lambda proportion: proportion.sqrt().arcsin(),
            from_scale=lambda angle: angle.clip(0.0, math.pi / 2.0).sin().pow(2),
            standard_error=0.5 / n.sqrt(),
            is_average_known=average is not None,
        )
    return _told(frame, rows, levels, per)


def ratio_funnel(
    frame: pl.DataFrame,
    *,
    observed: str,
    expected: str,
    by: str | Sequence[str] = (),
    average: float | None = None,
    multiplier: float = 1.0,
    method: str = BY_CHANCE,
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.DataFrame:
    """Return where each ratio of observed to expected events lies in a funnel.

    Args:
        frame: One row an area.
        observed: The column of events observed, 0 or more.
        expected: The column of events expected, above 0.
        by: The columns that make a funnel; without any, all rows are one.
        average: What the funnel stands around, on the multiplier's scale; None for as many as expected.
        multiplier: What a ratio of 1 is printed as, such as 100.
        method: `funnel_chance`: the word is that of the limits of the observed events, exact below 10 and Byar's
            from 10, over the expected; the lines are exact Poisson limits. `funnel_multiplicative`,
            `funnel_additive` and `funnel_additive_corrected`: as for proportions, on the scale of the square root of
            the ratio.
        confidence: Two confidence levels (or one), the inner first.

    Returns:
        As `proportion_funnel`.

    Raises:
        TableError, UnknownNameError, ValueError: As `proportion_funnel`.

    Source: Spiegelhalter DJ, Statistics in Medicine 2005;24:1185-202. Breslow NE, Day NE, 1987 (Byar).

    >>> trusts = pl.DataFrame({"deaths": [80, 100, 160], "expected": [100.0, 100.0, 100.0]})
    >>> funnel = ratio_funnel(trusts, observed="deaths", expected="expected", multiplier=100)
    >>> funnel.select("value", pl.col("lower_limit_95").round(2), "position").rows()
    [(80.0, 80.39, 'lower'), (100.0, 80.39, 'similar'), (160.0, 80.39, 'much higher')]
    """
    per = _whole(multiplier)
    levels = _checked(method, confidence)
    rows = _rows(frame, by, _results(levels), x=observed, n=expected).with_columns(_refusal(_poisson_refusals()))
    return _told(
        frame, _poisson_funnel(rows, method, levels, _above_0(per if average is None else average, per)), levels, per
    )


def rate_funnel(
    frame: pl.DataFrame,
    *,
    numerator: str,
    denominator: str,
    rate: str | None = None,
    is_directly_standardised: bool = False,
    by: str | Sequence[str] = (),
    average: float | None = None,
    multiplier: float = 100_000.0,
    method: str = BY_CHANCE,
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.DataFrame:
    """Return where each rate lies in a funnel around the average.

    Args:
        frame: One row an area.
        numerator: The column of events, 0 or more.
        denominator: The column of persons or person-years, above 0.
        rate: The column of rates per multiplier where they are not numerator over denominator, as for standardised
            ones: then the size of an area is what its events and its rate make (m x / rate; the denominator where
            there are no events).
        is_directly_standardised: Whether the rates are; those of fewer than 10 events are then not compared, though
            they count in the average.
        by: The columns that make a funnel; without any, all rows are one.
        average: What the funnel stands around, per multiplier; None for all events over all sizes.
        multiplier: What the rate is per.
        method: As `ratio_funnel`.
        confidence: Two confidence levels (or one), the inner first.

    Returns:
        As `proportion_funnel`, with `size` (the denominator, or what the rate makes of it). Fewer than 10 events of
        a directly standardised rate: `cannot be calculated` with the detail `too few events`.

    Raises:
        TableError, UnknownNameError, ValueError: As `proportion_funnel`.

    Source: Spiegelhalter DJ, Statistics in Medicine 2005;24:1185-202. Dobson AJ et al., Statistics in Medicine
    1991;10:457-62. Breslow NE, Day NE, 1987 (Byar).

    >>> areas = pl.DataFrame({"deaths": [20, 60, 9], "population": [10_000, 10_000, 2_000]})
    >>> funnel = rate_funnel(areas, numerator="deaths", denominator="population", multiplier=1000)
    >>> funnel.select("value", pl.col("average").round(3), "position").rows()
    [(2.0, 4.045, 'much lower'), (6.0, 4.045, 'higher'), (4.5, 4.045, 'similar')]
    """
    per = _whole(multiplier)
    levels = _checked(method, confidence)
    columns = {"x": numerator, "n": denominator} | ({} if rate is None else {"rate": rate})
    rows = _rows(frame, by, _results(levels, with_size=True), **columns)
    x, n = pl.col("x"), pl.col("n")
    refusals = _poisson_refusals()
    if rate is not None:
        given = pl.col("rate")
        # a rate and its events are 0 together
        refusals.append(((given < 0) | ~given.is_finite() | ((given == 0) != (x == 0)), Detail.IMPOSSIBLE_INPUT))
        refusals.append(((x > 0) & ~(per * x / given).is_finite(), Detail.IMPOSSIBLE_INPUT))
        rows = rows.with_columns(_refusal(refusals), pl.when(x > 0).then(per * x / given).otherwise(n).alias("n"))
    else:
        rows = rows.with_columns(_refusal(refusals))
    told = _poisson_funnel(
        rows, method, levels, _above_0(average, per), fewest_events=FEWEST_EVENTS if is_directly_standardised else 0.0
    )
    return _told(frame, told, levels, per, with_size=True)


def _poisson_refusals() -> list[tuple[pl.Expr, Detail]]:
    x, n = pl.col("x"), pl.col("n")
    return [
        # NaN counts as above every number
        ((x < 0) | (x > LARGEST_INPUT) | (n < 0) | (n > LARGEST_INPUT), Detail.IMPOSSIBLE_INPUT),
        (n == 0, Detail.ZERO_DENOMINATOR),
        (1.0 / n > LARGEST_INPUT, Detail.IMPOSSIBLE_INPUT),
    ]


def _poisson_funnel(
    rows: pl.DataFrame, method: str, levels: Sequence[float], average: float | None, fewest_events: float = 0.0
) -> pl.DataFrame:
    rows = _with_average(rows, average)
    x, n, mean = pl.col("x"), pl.col("n"), pl.col("mean")
    rows = rows.with_columns(
        pl.when(pl.col("refusal").is_null() & (x < fewest_events))
        .then(pl.lit(Detail.TOO_FEW_EVENTS.value))
        .otherwise("refusal")
        .alias("refusal")
    ).with_columns(value=x / n)
    if method != BY_CHANCE:
        return overdispersed(
            rows,
            method,
            levels,
            to_scale=lambda ratio: ratio.sqrt(),
            from_scale=lambda root: root.clip(lower_bound=0.0).pow(2),
            standard_error=0.5 / n.sqrt(),
            is_average_known=average is not None,
        )
    used = pl.when(pl.col("refusal").is_null() & ~pl.col("is_missing"))
    expected = used.then(n * mean).cast(pl.Float64)
    bounds = [poisson_limits(used.then(x), level, "exact_or_byar") for level in levels]
    lines: list[pl.Expr] = []
    for level in levels:
        # an average of 0 leaves nothing to be expected, and no line
        low, high = poisson_lines(pl.when(expected > 0).then(expected), level)
        lower, upper = line_names(level)
        lines += [(low / n).alias(lower), (high / n).alias(upper)]
    # a value lies above a line where its own lower limit lies above the average
    words = position_of(
        [lower / n > mean for lower, _ in bounds],
        [upper / n < mean for _, upper in bounds],
    )
    return rows.with_columns(*lines, words.alias("position"))


def _rows(frame: pl.DataFrame, by: str | Sequence[str], results: Sequence[str], **columns: str) -> pl.DataFrame:
    """Return the numbers of each row and the number of its funnel, the frame's own columns checked."""
    refuse_lazy(frame)
    groups = [by] if isinstance(by, str) else list(by)
    absent = [name for name in groups if name not in frame.columns]
    if absent:
        raise TableError(
            f"by: found no column {', '.join(absent)}, expected the columns that make a funnel. Add or name the column."
        )
    checked_numbers(frame, columns.values())
    clashing = sorted(set(results) & set(frame.columns))
    if clashing:
        raise TableError(
            f"column {', '.join(clashing)}: found in the frame, expected no result's name. Rename or drop it first."
        )
    rows = written_out(frame.select(as_number(name).alias(part) for part, name in columns.items()))
    number = pl.lit(0, dtype=pl.UInt32)
    if groups:
        number = pl.struct(groups).rank("dense").cast(pl.UInt32)
        rows = rows.with_columns(frame.select(number.alias(FUNNEL)))
    else:
        rows = rows.with_columns(number.alias(FUNNEL))
    return rows.with_columns(pl.any_horizontal(pl.col(part).is_null() for part in columns).alias("is_missing"))


def _refusal(refusals: Sequence[tuple[pl.Expr, Detail]]) -> pl.Expr:
    refusal = pl.lit(None, dtype=pl.String)
    for condition, detail in reversed(refusals):
        refusal = pl.when(condition).then(pl.lit(detail.value)).otherwise(refusal)
    return pl.when(pl.col("is_missing")).then(None).otherwise(refusal).alias("refusal")


def _with_average(rows: pl.DataFrame, average: float | None) -> pl.DataFrame:
    if average is not None:
        return rows.with_columns(pl.lit(average).alias("mean"))
    used = rows.filter(pl.col("refusal").is_null() & ~pl.col("is_missing"))
    sums = used.group_by(FUNNEL, maintain_order=True).agg("x", "n")
    sums = sums.select(FUNNEL, (exact_sums(sums["x"]) / exact_sums(sums["n"])).alias("mean"))
    return rows.join(sums, on=FUNNEL, how="left", maintain_order="left")


def _told(
    frame: pl.DataFrame, rows: pl.DataFrame, levels: Sequence[float], per: float, *, with_size: bool = False
) -> pl.DataFrame:
    for name in ("overdispersion", "variance_between"):
        if name not in rows.columns:
            rows = rows.with_columns(pl.lit(None, dtype=pl.Float64).alias(name))
    if "obstacle" not in rows.columns:
        rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias("obstacle"))
    is_told = pl.col("refusal").is_null() & ~pl.col("is_missing")
    scaled = ["value", *(name for level in levels for name in line_names(level))]
    found = rows.select(
        *([pl.when(is_told).then("n").alias("size")] if with_size else []),
        *(pl.when(is_told).then(pl.col(name) * per).alias(name) for name in scaled),
        (pl.col("mean") * per).alias("average"),
        pl.when(is_told)
        .then(pl.col("position").fill_null(Word.NOT_COMPARED.value))
        .otherwise(pl.lit(Word.NOT_COMPARED.value))
        .alias("position"),
        "overdispersion",
        "variance_between",
        pl.when("is_missing")
        .then(pl.lit(Reason.MISSING.value))
        .when(~is_told)
        .then(pl.lit(Reason.CANNOT_BE_CALCULATED.value))
        .alias("reason"),
        pl.coalesce("refusal", "obstacle").alias("detail"),
    )
    return pl.concat([frame, found.select(_results(levels, with_size=with_size))], how="horizontal")


def _results(levels: Sequence[float], *, with_size: bool = False) -> list[str]:
    lines = [name for level in levels for name in line_names(level)]
    spread = ["overdispersion", "variance_between"]
    return [*(["size"] if with_size else []), "value", "average", *lines, "position", *spread, "reason", "detail"]


def _checked(method: str, confidence: Sequence[float]) -> tuple[float, ...]:
    if method not in FUNNEL_METHODS:
        raise UnknownNameError(
            f"method: found {method!r}, expected one of {', '.join(FUNNEL_METHODS)}. "
            "Use funnel_chance unless areas differ by more than chance."
        )
    levels = checked_levels(confidence)
    if len(levels) > _LEVELS or list(levels) != sorted(levels):
        raise ValueError(
            f"confidence: found {list(levels)}, expected one level or two, the inner first. Leave it out for 0.95 "
            "and 0.998."
        )
    return levels


def _whole(multiplier: float) -> float:
    checked_multiplier(multiplier)
    return float(multiplier)


def _above_0(average: float | None, per: float) -> float | None:
    if average is None:
        return None
    if not 0.0 < average <= LARGEST_INPUT:
        raise ValueError(f"average: found {average}, expected a number above 0. Give it on the multiplier's scale.")
    return average / per
