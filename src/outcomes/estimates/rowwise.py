"""Turns each row of counts, or of a published value, into a value with its interval; one pass for each method."""

from collections.abc import Callable
from typing import Final

import polars as pl

from outcomes.statistics import count, crude_rate, mean, proportion
from outcomes.vocabulary import AS_PUBLISHED, Basis, Detail, Reason, Statistic

__all__ = ["ESTIMATED_FIELDS", "estimated_rows"]

_LIMITS: Final = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")
ESTIMATED_FIELDS: Final = ("value", *_LIMITS, "method", "reason", "detail")

# in the unit of the count itself: here, and only here, the scales are divided out
_COUNT: Final = pl.col("numerator") / pl.col("numerator_scale")
_BASE: Final = pl.col("denominator") / pl.col("denominator_scale")
_MULTIPLIER: Final = pl.col("multiplier")
# events that come together tell chance as much as so many fewer
_EFFECTIVE_COUNT: Final = _COUNT / pl.col("design_effect")
_EFFECTIVE_BASE: Final = _BASE / pl.col("design_effect")
_NO_NUMBER: Final = pl.lit(None, dtype=pl.Float64)
_NO_WORD: Final = pl.lit(None, dtype=pl.String)


def estimated_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the columns of an estimate; those that came with a Reason keep it.

    Arguments:
        rows: Place measures with their indicator's terms (`estimation_terms`) joined on.

    Returns:
        The rows, in no promised order, `numerator` and `denominator` now Float64 in the unit of the count, and
        `value`, both pairs of limits, `method`, `reason` and `detail` set. No number is inf or NaN.
    """
    is_published = (pl.col("basis") == Basis.PUBLISHED.value) | (pl.col("statistic") == Statistic.PUBLISHED_VALUE.value)
    way = (
        pl.when(pl.col("reason").is_not_null())
        .then(pl.lit("reason"))
        .when(is_published)
        .then(pl.lit("published"))
        .otherwise(pl.concat_str("statistic", pl.col("named_method").fill_null(""), separator=" "))
    )
    way_of_row = rows.select(way.alias("way"))["way"]
    ways = way_of_row.unique().sort().to_list() or ["reason"]
    # mostly there is one way, and nothing to take apart
    parts = {name: rows if len(ways) == 1 else rows.filter(way_of_row == name) for name in ways}
    return _finite(pl.concat([_one_way(part, name) for name, part in parts.items()]))


def _one_way(part: pl.DataFrame, way: str) -> pl.DataFrame:
    """Return rows that are all estimated alike, with the fields of their estimate."""
    statistic, _, method = way.partition(" ")
    if method and statistic in _COMPUTED:
        # in two steps: polars works a whole estimate out again for each field asked of its expression; and lazily:
        # only then is a term that comes several times in it worked out once
        part = part.lazy().with_columns(_COMPUTED[statistic](method).alias("raw")).collect()
        fields = _with_method(statistic, method)
    else:
        fields = _without_method(statistic, is_of_strata=bool(method))
    part = part.with_columns(fields.alias("estimate"))
    return part.drop(*ESTIMATED_FIELDS, "raw", strict=False).unnest("estimate")


def _without_method(statistic: str, *, is_of_strata: bool) -> pl.Expr:
    """Return the struct of `ESTIMATED_FIELDS` for rows that no interval method of ours is for."""
    if is_of_strata:
        # counts of everybody, not by stratum
        return _refused(Reason.CANNOT_BE_CALCULATED, Detail.MISSING_STRATUM)
    ways: dict[str, Callable[[], pl.Expr]] = {
        "reason": _kept_reason,
        "published": _published,
        Statistic.RATIO.value: _ratio,
        # a count that is no count of events
        Statistic.COUNT.value: _plain_number,
    }
    return ways[statistic]() if statistic in ways else _refused(Reason.NOT_AVAILABLE)


def _proportion(_method: str) -> pl.Expr:
    return proportion(_EFFECTIVE_COUNT, _EFFECTIVE_BASE, multiplier=_MULTIPLIER)


def _crude_rate(method: str) -> pl.Expr:
    return crude_rate(_EFFECTIVE_COUNT, _EFFECTIVE_BASE, multiplier=_MULTIPLIER, method=method)


def _count(method: str) -> pl.Expr:
    return count(_COUNT, method=method)


def _mean(_method: str) -> pl.Expr:
    # the sums stay whole numbers, so that the spread is exact; the scale goes into the multiplier
    return mean("numerator", "sum_of_squares", _BASE, multiplier=_MULTIPLIER / pl.col("numerator_scale"))


_COMPUTED: Final[dict[str, Callable[[str], pl.Expr]]] = {
    Statistic.PROPORTION.value: _proportion,
    Statistic.CRUDE_RATE.value: _crude_rate,
    Statistic.COUNT.value: _count,
    Statistic.MEAN.value: _mean,
}


def _with_method(statistic: str, method: str) -> pl.Expr:
    """Return the struct of `ESTIMATED_FIELDS` from the column `raw`, on the printed scale."""
    numbers = {name: pl.col("raw").struct.field(name) for name in ("value", *_LIMITS)}
    if statistic == Statistic.COUNT:
        # a count has no multiplier of its own
        numbers = {name: number * _MULTIPLIER for name, number in numbers.items()}
    if statistic in (Statistic.PROPORTION, Statistic.CRUDE_RATE):
        # the value is of all that were counted
        numbers["value"] = pl.when(numbers["value"].is_not_null()).then(_COUNT * _MULTIPLIER / _BASE)
    if statistic == Statistic.MEAN:
        # one division, last: a scale inside the multiplier costs the last bit
        exact = pl.col("numerator") * _MULTIPLIER / (pl.col("numerator_scale") * _BASE)
        numbers["value"] = pl.when(numbers["value"].is_not_null()).then(exact)
        for name in _LIMITS:
            beyond = pl.min_horizontal if name.startswith("lower") else pl.max_horizontal
            numbers[name] = pl.when(numbers[name].is_not_null()).then(beyond(numbers[name], exact))
    has_interval = pl.col("raw").struct.field("lower_ci_95").is_not_null()
    return pl.struct(
        *(number.alias(name) for name, number in numbers.items()),
        pl.when(has_interval).then(pl.lit(method)).otherwise(_NO_WORD).alias("method"),
        pl.col("raw").struct.field("reason"),
        pl.col("raw").struct.field("detail"),
    )


def _ratio() -> pl.Expr:
    is_missing = pl.col("numerator").is_null() | pl.col("denominator").is_null()
    return _without_interval(
        pl.when(_BASE > 0).then(_COUNT * _MULTIPLIER / _BASE),
        is_missing=is_missing,
        refusal=pl.when(_BASE == 0)
        .then(pl.lit(Detail.ZERO_DENOMINATOR.value))
        .when(_BASE < 0)
        .then(pl.lit(Detail.IMPOSSIBLE_INPUT.value)),
    )


def _plain_number() -> pl.Expr:
    return _without_interval(_COUNT * _MULTIPLIER, is_missing=pl.col("numerator").is_null(), refusal=_NO_WORD)


def _without_interval(value: pl.Expr, *, is_missing: pl.Expr, refusal: pl.Expr) -> pl.Expr:
    return pl.struct(
        value.alias("value"),
        *(_NO_NUMBER.alias(name) for name in _LIMITS),
        _NO_WORD.alias("method"),
        pl.when(is_missing)
        .then(pl.lit(Reason.MISSING.value))
        .when(refusal.is_not_null())
        .then(pl.lit(Reason.CANNOT_BE_CALCULATED.value))
        .alias("reason"),
        pl.when(~is_missing).then(pl.coalesce(refusal, pl.lit(Detail.NO_SPREAD.value))).alias("detail"),
    )


def _published() -> pl.Expr:
    """Return a published value with its own interval, if that holds the value: else it is the interval of another."""
    value, lower, upper = pl.col("value"), pl.col("lower_ci_95"), pl.col("upper_ci_95")
    is_given = value.is_not_null()
    is_number = value.is_finite().fill_null(value=False)
    is_whole_interval = lower.is_finite() & upper.is_finite() & (lower <= value) & (value <= upper)
    has_interval = is_number & is_whole_interval.fill_null(value=False)
    names_interval = lower.is_not_null() | upper.is_not_null()
    return pl.struct(
        pl.when(is_number).then(value).alias("value"),
        pl.when(has_interval).then(lower).alias("lower_ci_95"),
        pl.when(has_interval).then(upper).alias("upper_ci_95"),
        _NO_NUMBER.alias("lower_ci_99_8"),
        _NO_NUMBER.alias("upper_ci_99_8"),
        pl.when(is_number).then(pl.lit(AS_PUBLISHED)).otherwise(_NO_WORD).alias("method"),
        pl.when(~is_given)
        .then(pl.lit(Reason.MISSING.value))
        .when(~is_number)
        .then(pl.lit(Reason.CANNOT_BE_CALCULATED.value))
        .alias("reason"),
        pl.when(~is_given | has_interval)
        .then(_NO_WORD)
        .when(~is_number | names_interval)
        .then(pl.lit(Detail.IMPOSSIBLE_INPUT.value))
        .otherwise(pl.lit(Detail.NO_SPREAD.value))
        .alias("detail"),
    )


def _refused(reason: Reason, detail: Detail | None = None) -> pl.Expr:
    return pl.struct(
        *(_NO_NUMBER.alias(name) for name in ("value", *_LIMITS)),
        _NO_WORD.alias("method"),
        pl.lit(reason.value).alias("reason"),
        (_NO_WORD if detail is None else pl.lit(detail.value)).alias("detail"),
    )


def _kept_reason() -> pl.Expr:
    return pl.struct(
        *(_NO_NUMBER.alias(name) for name in ("value", *_LIMITS)),
        _NO_WORD.alias("method"),
        pl.col("reason"),
        pl.col("detail"),
    )


def _finite(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with their counts in their own unit; a number beyond Float64 is no number."""
    is_beyond = pl.any_horizontal(~pl.col(name).is_finite().fill_null(value=True) for name in ("value", *_LIMITS))
    # a hidden count has no number at all, not even the population that it was counted in
    is_hidden = (pl.col("reason") == Reason.CONFIDENTIAL.value).fill_null(value=False)
    finite = rows.lazy().with_columns(
        pl.when(~is_hidden).then(_COUNT).alias("numerator"),
        pl.when(~is_hidden).then(_BASE).alias("denominator"),
        *(pl.when(~is_beyond).then(pl.col(name)).alias(name) for name in ("value", *_LIMITS, "method")),
        pl.when(is_beyond).then(pl.lit(Reason.CANNOT_BE_CALCULATED.value)).otherwise("reason").alias("reason"),
        pl.when(is_beyond).then(pl.lit(Detail.IMPOSSIBLE_INPUT.value)).otherwise("detail").alias("detail"),
    )
    return finite.collect()
