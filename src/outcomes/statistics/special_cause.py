"""Process control charts (XmR): the limits of each series, the points that a special cause shows in, and its icons."""

from collections.abc import Sequence

import polars as pl

from outcomes.errors import TableError, UnknownNameError
from outcomes.statistics.estimate_columns import LARGEST_INPUT, Column, as_number
from outcomes.statistics.exact_sums import exact_sums
from outcomes.statistics.frame_columns import checked_groups, checked_numbers
from outcomes.statistics.process_rules import flagged
from outcomes.vocabulary import Assurance, Detail, Polarity, Reason, Variation

__all__ = ["FEWEST_POINTS", "SPECIAL_CAUSE_METHODS", "assurance", "special_cause_points", "variation_and_assurance"]

SPECIAL_CAUSE_METHODS = ("nhse_excel", "ptd")

FEWEST_POINTS = 13
"""Limits of fewer points than this are provisional."""

LIMIT_FACTOR = 2.66
"""Three standard deviations of a single value, in average moving ranges of two points (3 / 1.128)."""

SCREENING_FACTOR = 3.267
"""The upper limit of a moving range of two points, in average moving ranges."""

_RESULTS = (
    "segment",
    "points",
    "is_provisional",
    "is_in_limits",
    "process_mean",
    "lower_process_limit",
    "upper_process_limit",
    "rule",
    "direction",
    "variation",
    "reason",
    "detail",
)
_SERIES = "_series"
_SEGMENT = "_segment"


def special_cause_points(
    frame: pl.DataFrame,
    *,
    by: str | Sequence[str],
    order: str,
    value: str = "value",
    polarity: Polarity | str = Polarity.NO_JUDGEMENT,
    begins_anew: str | None = None,
    baseline_points: int | str | None = None,
    method: str = "ptd",
) -> pl.DataFrame:
    """Return every point of each series with its process limits and the rule that flags it, if one does.

    The limits are the mean plus and minus 2.66 average moving ranges. Four rules flag a special cause, the first that
    applies: a point beyond a limit; seven points in a row that only rises (or only falls); two in three beyond two
    thirds of the way to one limit but not beyond it, all three on its side; seven on one side of the mean. Everything
    is worked out within a segment.

    Args:
        frame: One row a point, evenly spaced in time; its other columns are kept.
        by: The column or columns that make a series.
        order: The column that puts a series in order, such as its dates, each once.
        value: The column of values; a missing one breaks runs and both its moving ranges.
        polarity: One `Polarity` for all rows, or the column of their texts.
        begins_anew: The column that is true where a new segment begins (a change that was named and dated); limits
            are worked out again from there. None for one segment a series.
        baseline_points: How many first points of each segment make its limits, or the column that says so (missing
            for all); None for all.
        method: `ptd` drops moving ranges of 3.267 average ones or more, once, before the average is taken again;
            `nhse_excel` keeps them all.

    Returns:
        The frame, sorted by series and order, with `segment` (0, 1, …), `points` (with a value in it),
        `is_provisional` (fewer than 13), `is_in_limits` (whether the point made them), `process_mean`,
        `lower_process_limit`, `upper_process_limit`, `rule` (a `ProcessRule`, missing where none applies),
        `direction` (`up` or `down`: where or whither the flagged point lies or moves) and `variation` (a
        `Variation`). A point without a value has none, with `reason` and `detail` (as has every point of a series
        whose order repeats or is missing). Where there are no limits, `detail` says why: `no spread` (no moving
        range that counts is above 0) or `too few points` (no two neighbours have a value).

    Raises:
        TableError: A column is absent, holds no numbers, or has a result's name.
        UnknownNameError: No method has the name.

    Limits of use: a season or a slow drift is flagged as special causes, again and again; counts of a few events and
    proportions of small denominators are better held by charts made for them. Flags come by chance too: of charts of
    24 points of mere chance, nearly one in five has a flag somewhere (by `nhse_excel` one in six), and one in sixty
    has one at its last point.

    Source: Shewhart WA, Economic control of quality of manufactured product, 1931. Wheeler DJ, Understanding
    variation, 2nd edition, 2000. NHS England, Making Data Count. Provost LP, Murray SK, The health care data guide,
    Jossey-Bass 2011 (dropping ranges above their own upper limit, 3.267 averages; Nelson LS, Journal of Quality
    Technology 1982;14:172-3, dropped those above 3.5).

    >>> months = pl.DataFrame({"trust": ["R1"] * 9, "month": range(9), "value": [50, 52, 51, 49, 50, 51, 50, 52, 71]})
    >>> points = special_cause_points(months, by="trust", order="month", polarity=Polarity.HIGHER_IS_BETTER)
    >>> points.select(pl.col("process_mean", "upper_process_limit").round(2), "rule", "direction", "variation").row(-1)
    (52.89, 56.69, 'outside the limits', 'up', 'improvement')
    """
    if method not in SPECIAL_CAUSE_METHODS:
        raise UnknownNameError(
            f"method: found {method!r}, expected one of {', '.join(SPECIAL_CAUSE_METHODS)}. Use the one your "
            "framework names."
        )
    groups = checked_groups(frame, by, _RESULTS)
    clashing = sorted(set(frame.columns) & set(_RESULTS))
    if clashing:
        raise TableError(f"columns: found {', '.join(clashing)}, expected names that no result has. Rename them.")
    named = [name for name in (polarity, begins_anew) if isinstance(name, str) and not isinstance(name, Polarity)]
    checked_groups(frame, [order, *named], ())
    checked_numbers(frame, [value, *([baseline_points] if isinstance(baseline_points, str) else [])])

    points = _in_segments(frame, groups, order, value, begins_anew)
    points = _with_limits(points, baseline_points, screens=method == "ptd")
    points = flagged(points, segment=_SEGMENT)
    return points.with_columns(pl.when("_is_usable").then(_variation(polarity)).alias("variation"), *_reasons()).select(
        *frame.columns, *_RESULTS
    )


def variation_and_assurance(
    points: pl.DataFrame,
    *,
    by: str | Sequence[str],
    polarity: Polarity | str = Polarity.NO_JUDGEMENT,
    target: Column | float | None = None,
) -> pl.DataFrame:
    """Return what the last point of each series shows, and whether the process will meet its target.

    Args:
        points: What `special_cause_points` returned, in its order.
        by: The column or columns that make a series.
        polarity: As it was given to `special_cause_points`.
        target: The target, a number or a column; the last point's counts. None for no target.

    Returns:
        One row a series, sorted: the last point's `segment`, `points`, `is_provisional`, `process_mean`,
        `lower_process_limit`, `upper_process_limit`, `rule`, `direction`, `variation`, `reason` and `detail`;
        `special_causes` (how many points of the series are flagged) and `assurance` (an `Assurance`; missing without
        a target, and where nobody says which way is good). A target beyond the limit on its good side is
        consistently missed, beyond the other consistently met; between them, on one, or beside a process without
        limits it is hit and miss.

    Source: NHS England, Making Data Count: variation and assurance icons.

    >>> months = pl.DataFrame({"trust": ["R1"] * 8, "month": range(8), "value": [50, 52, 51, 49, 50, 51, 50, 52]})
    >>> good = Polarity.HIGHER_IS_BETTER
    >>> points = special_cause_points(months, by="trust", order="month", polarity=good)
    >>> variation_and_assurance(points, by="trust", polarity=good, target=95.0).select("variation", "assurance").row(0)
    ('common cause', 'consistently misses')
    """
    groups = checked_groups(points, by, ("special_causes", "assurance"))
    wanted = pl.lit(None, dtype=pl.Float64) if target is None else as_number(target)
    kept = [name for name in _RESULTS if name != "is_in_limits"]
    return (
        points.with_columns(wanted.alias("_target"), _polarity(polarity).alias("_polarity"))
        .group_by(groups, maintain_order=True)
        .agg(
            pl.col(*kept, "_target", "_polarity").last(),
            pl.col("rule").is_not_null().sum().cast(pl.Int64).alias("special_causes"),
        )
        .with_columns(assurance(target="_target", polarity="_polarity"))
        .select(*groups, *kept, "special_causes", "assurance")
        .sort(groups)
    )


def assurance(
    *,
    target: Column | float,
    polarity: Polarity | str,
    lower_process_limit: Column = "lower_process_limit",
    upper_process_limit: Column = "upper_process_limit",
) -> pl.Expr:
    """Return whether a process will meet a target, by where the target lies beside its limits.

    Args:
        target: The target, a number or a column.
        polarity: One `Polarity` for all rows, or the column of their texts.
        lower_process_limit: The column of lower limits.
        upper_process_limit: The column of upper limits.

    Returns:
        The `Assurance`, as text; missing without a target, and where nobody says which way is good.

    Source: NHS England, Making Data Count: assurance icons.

    >>> chart = pl.DataFrame({"lower_process_limit": [70.0], "upper_process_limit": [80.0]})
    >>> chart.select(assurance(target=95.0, polarity=Polarity.HIGHER_IS_BETTER)).item()
    'consistently misses'
    """
    level, stated = as_number(target), _polarity(polarity)
    is_above = (level > as_number(upper_process_limit)).fill_null(value=False)
    is_below = (level < as_number(lower_process_limit)).fill_null(value=False)
    wants_more = stated == Polarity.HIGHER_IS_BETTER.value
    is_asked = level.is_finite() & (wants_more | (stated == Polarity.LOWER_IS_BETTER.value))
    return (
        pl.when(~is_asked.fill_null(value=False))
        .then(pl.lit(None, dtype=pl.String))
        .when(pl.when(wants_more).then(is_above).otherwise(is_below))
        .then(pl.lit(Assurance.CONSISTENTLY_MISSES.value))
        .when(is_above | is_below)
        .then(pl.lit(Assurance.CONSISTENTLY_MEETS.value))
        .otherwise(pl.lit(Assurance.HIT_AND_MISS.value))
        .alias("assurance")
    )


def _in_segments(
    frame: pl.DataFrame, groups: list[str], order: str, value: str, begins_anew: str | None
) -> pl.DataFrame:
    """Return the points in order, each with its series, its segment, and what of it can be used."""
    points = frame.sort([*groups, order], nulls_last=True, maintain_order=True)
    is_first = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in groups)
    is_first = is_first | (pl.int_range(pl.len()) == 0)
    begins = pl.lit(value=False) if begins_anew is None else pl.col(begins_anew).cast(pl.Boolean).fill_null(value=False)
    number = as_number(value)
    points = points.with_columns(
        is_first.cum_sum().cast(pl.Int64).alias(_SERIES), (is_first | begins).cum_sum().cast(pl.Int64).alias(_SEGMENT)
    ).with_columns(
        (pl.col(_SEGMENT) - pl.col(_SEGMENT).first().over(_SERIES)).alias("segment"),
        # where two points share a place, which is the neighbour of which is a matter of chance
        (pl.col(order).is_null() | pl.struct(_SERIES, order).is_duplicated()).any().over(_SERIES).alias("_is_tangled"),
        number.is_null().alias("_is_missing"),
    )
    is_number = number.is_finite() & (number.abs() <= LARGEST_INPUT)
    is_usable = (is_number & ~pl.col("_is_tangled")).fill_null(value=False)
    return points.with_columns(is_usable.alias("_is_usable"), pl.when(is_usable).then(number).alias("_y"))


def _with_limits(points: pl.DataFrame, baseline_points: int | str | None, *, screens: bool) -> pl.DataFrame:
    """Return the points with the mean and the limits of their segment."""
    position = pl.int_range(pl.len(), dtype=pl.Int64).over(_SEGMENT)
    first = pl.col(baseline_points) if isinstance(baseline_points, str) else pl.lit(baseline_points, dtype=pl.Int64)
    points = points.with_columns(
        (pl.col("_is_usable") & (first.is_null() | (position < first))).fill_null(value=False).alias("is_in_limits")
    )
    used = pl.when("is_in_limits").then("_y")
    is_neighbour = pl.col(_SEGMENT) == pl.col(_SEGMENT).shift(1)
    segments = (
        points.with_columns(pl.when(is_neighbour).then((used - used.shift(1)).abs()).alias("_range"))
        .group_by(_SEGMENT, maintain_order=True)
        .agg(
            used.drop_nulls().alias("values"),
            pl.col("_range").drop_nulls().alias("ranges"),
            pl.col("_is_usable").sum().cast(pl.Int64).alias("points"),
        )
    )
    ranges = _averages(segments["ranges"])
    if screens:
        ranges = _averages(_screened(segments["ranges"], ranges))
    segments = segments.with_columns(_averages(segments["values"]).alias("process_mean"), ranges.alias("range"))
    width = pl.when(pl.col("range") > 0).then(pl.col("range") * LIMIT_FACTOR)
    return points.join(
        segments.select(
            _SEGMENT,
            "points",
            (pl.col("points") < FEWEST_POINTS).alias("is_provisional"),
            "process_mean",
            (pl.col("process_mean") - width).alias("lower_process_limit"),
            (pl.col("process_mean") + width).alias("upper_process_limit"),
            width.alias("_width"),
            (pl.col("range") == 0).fill_null(value=False).alias("_is_level"),
        ),
        on=_SEGMENT,
        how="left",
        maintain_order="left",
    )


def _averages(lists: pl.Series) -> pl.Series:
    """Return the mean of each list, from its correctly rounded sum; missing of an empty one."""
    lengths = lists.list.len().cast(pl.Float64)
    return (exact_sums(lists) / lengths).fill_nan(None)


def _screened(lists: pl.Series, averages: pl.Series) -> pl.Series:
    """Return each list without the moving ranges that are far above their average."""
    bound = pl.col("average") * SCREENING_FACTOR
    # a series that does not vary has no range to drop
    is_kept = (pl.col("average").fill_null(0.0) == 0.0) | (pl.col("range") < bound)
    ranges = pl.DataFrame({"range": lists, "average": averages}).with_row_index("series").explode("range")
    kept = ranges.filter(is_kept).group_by("series", maintain_order=True).agg("range")
    series = lists.to_frame("range").with_row_index("series").select("series")
    found = series.join(kept, on="series", how="left", maintain_order="left")["range"]
    return found.fill_null(pl.Series([[]], dtype=lists.dtype)).rename(lists.name)


def _reasons() -> list[pl.Expr]:
    """Return why a point has no variation, or its segment no limits."""
    # of a series whose order repeats nothing can be said, whatever a point holds
    is_impossible = pl.col("_is_tangled") | ~(pl.col("_is_usable") | pl.col("_is_missing"))
    reason = (
        pl.when(is_impossible)
        .then(pl.lit(Reason.CANNOT_BE_CALCULATED.value))
        .when(pl.col("_is_missing"))
        .then(pl.lit(Reason.MISSING.value))
    )
    detail = (
        pl.when(is_impossible)
        .then(pl.lit(Detail.IMPOSSIBLE_INPUT.value))
        .when(pl.col("_width").is_not_null())
        .then(pl.lit(None, dtype=pl.String))
        .when("_is_level")
        .then(pl.lit(Detail.NO_SPREAD.value))
        .otherwise(pl.lit(Detail.TOO_FEW_POINTS.value))
    )
    return [reason.alias("reason"), detail.alias("detail")]


def _polarity(polarity: Polarity | str) -> pl.Expr:
    return pl.lit(polarity.value) if isinstance(polarity, Polarity) else pl.col(polarity).cast(pl.String)


def _variation(polarity: Polarity | str) -> pl.Expr:
    stated = _polarity(polarity)
    is_good = (pl.col("direction") == "up") == (stated == Polarity.HIGHER_IS_BETTER.value)
    is_judged = stated.is_in([Polarity.HIGHER_IS_BETTER.value, Polarity.LOWER_IS_BETTER.value])
    return (
        pl.when(pl.col("rule").is_null())
        .then(pl.lit(Variation.COMMON_CAUSE.value))
        .when(~is_judged.fill_null(value=False))
        .then(pl.lit(Variation.NOT_JUDGED.value))
        .when(is_good)
        .then(pl.lit(Variation.IMPROVEMENT.value))
        .otherwise(pl.lit(Variation.CONCERN.value))
    )
