"""Holds published values and intervals against the named methods, and finds out how those that differ were made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import polars as pl
from examples.evidence import Held

import outcomes as oc

__all__ = [
    "Reading",
    "half_last_decimal",
    "hold_intervals",
    "hold_values",
    "is_near",
    "readings",
    "statistic_of",
    "with_ways",
]

_Z: Final = NormalDist().inv_cdf(0.975)
_LEVEL: Final = (0.95,)
# numbers given with all the decimals of a double still rest on inputs that were cut somewhere
_RELATIVE: Final = 1e-6
# so many decimals are no accident of a zero at the end
_MANY_DECIMALS: Final = 4
_COUNT, _BASE = pl.col("count"), pl.col("denominator")
_VALUE, _LOWER, _UPPER = pl.col("value"), pl.col("lower"), pl.col("upper")
_HALF: Final = pl.when((_COUNT % 5 == 0) & (_BASE % 5 == 0)).then(2.5).otherwise(0.5)


@dataclass(frozen=True)
class Reading:
    """One way in which published intervals may have been made.

    Attributes:
        text: The way, in words.
        fits: Whether a row's interval is what this way gives, as far as its decimals tell.
    """

    text: str
    fits: pl.Expr


def statistic_of(indicator: oc.Indicator) -> str:
    """Return what an indicator's value is, of one that is taken as published too."""
    return indicator.published_as or indicator.statistic.value.replace("_", " ")


def readings(indicator: oc.Indicator) -> tuple[Reading, ...]:
    """Return the ways that are tried for the intervals of an indicator, the named method first."""
    statistic = statistic_of(indicator)
    if statistic == "proportion":
        effect = indicator.design_effect
        by = "Wilson" if effect == 1 else f"Wilson, counts divided by {effect:g}"
        return (
            Reading(by, _both(_proportion(indicator, _COUNT / effect, _BASE / effect))),
            Reading("Wilson with its two terms cut to whole numbers", _both(_cut_wilson(indicator.multiplier))),
            Reading("Wilson of some count behind the share", _fits_some_count(indicator.multiplier, rounded_to=0)),
            Reading(
                "Wilson of some count, the share itself of counts rounded to 5",
                _fits_some_count(indicator.multiplier, rounded_to=5),
            ),
            Reading("Wilson, within what rounded counts allow", _between_proportions(indicator)),
        )
    if statistic == "crude rate":
        count = oc.statistics.count("count", method=indicator.method or "exact_or_byar", confidence=_LEVEL)
        ways = {indicator.method or "exact_or_byar": "", "exact": "", "byar": ""}
        return (
            *(Reading(_spoken(way), _both(_rate(indicator, way))) for way in ways),
            Reading("the limits of the count, not of the rate", _both(_limits(count))),
        )
    if statistic.startswith("indirectly standardised"):
        return (
            Reading("Byar of observed by expected", _both(_rate(indicator, "byar"))),
            Reading("Byar around the rounded value, within what rounding allows", _around_value()),
        )
    if statistic == "directly standardised rate":
        return (Reading("Dobson and Byar: the limits lie about the rate as Byar's about the count", _as_dobson()),)
    return ()


def with_ways(rows: pl.DataFrame, indicator: oc.Indicator) -> pl.DataFrame:
    """Return rows with `way`, how their interval was made or null, and `is_named`, whether by the named method."""
    ways = readings(indicator)
    way = _first_of(ways) if ways else pl.lit(None, dtype=pl.String)
    return rows.with_columns(way.alias("way")).with_columns(
        is_named=(pl.col("way") == ways[0].text).fill_null(value=False) if ways else pl.lit(value=False)
    )


def hold_intervals(rows: pl.DataFrame, indicator: oc.Indicator) -> Iterator[Held]:
    """Hold the intervals of one indicator's rows: how many were made in which way.

    Arguments:
        rows: As `read_extract` returns them.
        indicator: Its definition.
    """
    ways = readings(indicator)
    found = with_ways(rows.filter(_LOWER.is_not_null() & _UPPER.is_not_null() & _VALUE.is_not_null()), indicator)
    if found.is_empty() or not ways:
        return
    remarks = _counted(found["way"], [way.text for way in ways])
    others = found.filter(pl.col("way").is_null())
    kind = f"intervals of {indicator.id} {indicator.short_name}"
    shown = others.select("area_code", "year", "sex", "age", "category", *("count", "denominator", "value"), *_ENDS)
    yield Held(kind, found.height - others.height, found.height, "; ".join(remarks), shown)


_ENDS: Final = ("lower", "upper")


def hold_values(rows: pl.DataFrame, indicator: oc.Indicator) -> Iterator[Held]:
    """Hold the values of one indicator's rows that counts are given for."""
    statistic = statistic_of(indicator)
    given = rows.filter(_VALUE.is_not_null() & _COUNT.is_not_null())
    if given.is_empty() or statistic in ("directly standardised rate", "score"):
        return
    if statistic == "count":
        ways: tuple[Reading, ...] = (Reading("the count itself", is_near(_COUNT, "value")),)
    else:
        given = given.filter(_BASE > 0)
        scaled = indicator.multiplier * _COUNT / _BASE
        low = indicator.multiplier * (_COUNT - _HALF) / (_BASE + _HALF)
        high = indicator.multiplier * (_COUNT + _HALF) / (_BASE - _HALF)
        within = _VALUE.is_between(low - half_last_decimal("value"), high + half_last_decimal("value"))
        ways = (Reading("count by denominator", is_near(scaled, "value")), Reading("within their rounding", within))
    found = given.with_columns(_first_of(ways).alias("way"))
    others = found.filter(pl.col("way").is_null())
    is_standardised = statistic.startswith("indirectly standardised")
    remark = "; ".join(_counted(found["way"], [way.text for way in ways]))
    if is_standardised and others.height:
        remark += f"; {others.height:,} rest on expected counts that are not given"
    yield Held(
        f"values of {indicator.id} {indicator.short_name}",
        found.height - others.height,
        found.height,
        remark,
        None if is_standardised else others.select("area_code", "year", "category", "count", "denominator", "value"),
        is_explained=is_standardised,
    )


def _first_of(ways: Sequence[Reading]) -> pl.Expr:
    return pl.coalesce(*(pl.when(way.fits.fill_null(value=False)).then(pl.lit(way.text)) for way in ways))


def _counted(found: pl.Series, texts: Sequence[str]) -> list[str]:
    counts = dict(found.drop_nulls().value_counts().iter_rows())
    return [f"{counts[text]:,} {text}" for text in texts if text in counts]


def half_last_decimal(*names: str) -> pl.Expr:
    """Return half a unit of the last decimal that is printed; of numbers printed alike one may lack its last zero."""
    own = pl.col(f"{names[0]}_decimals")
    decimals = pl.when(own >= _MANY_DECIMALS).then(own).otherwise(pl.max_horizontal(f"{n}_decimals" for n in names))
    return 0.5001 * pl.lit(10.0).pow(-decimals) + 1e-9


def is_near(ours: pl.Expr, name: str, *alike: str) -> pl.Expr:
    """Return whether our number is the published one, as far as its decimals, and those of numbers like it, tell."""
    return (ours - pl.col(name)).abs() <= half_last_decimal(name, *alike) + _RELATIVE * pl.col(name).abs()


def _both(limits: tuple[pl.Expr, pl.Expr]) -> pl.Expr:
    lower, upper = limits
    return is_near(lower, "lower", *_ENDS) & is_near(upper, "upper", *_ENDS)


def _limits(estimate: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    return estimate.struct.field("lower_ci_95"), estimate.struct.field("upper_ci_95")


def _proportion(indicator: oc.Indicator, count: pl.Expr, base: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    return _limits(oc.statistics.proportion(count, base, multiplier=indicator.multiplier, confidence=_LEVEL))


def _rate(indicator: oc.Indicator, method: str) -> tuple[pl.Expr, pl.Expr]:
    rate = oc.statistics.crude_rate(
        "count", "denominator", multiplier=indicator.multiplier, method=method, confidence=_LEVEL
    )
    return _limits(rate)


def _spoken(method: str) -> str:
    return {
        "exact_or_byar": "exact below 10 events, else Byar",
        "exact": "exact from 10 events on too",
        "byar": "Byar below 10 events too",
    }[method]


def _cut_wilson(multiplier: float) -> tuple[pl.Expr, pl.Expr]:
    """Return Wilson's limits as a program makes them that keeps 2x + z² and the root as whole numbers."""
    middle = (2 * _COUNT + _Z**2).floor()
    root = (_Z * (_Z**2 + 4 * _COUNT * (1 - _COUNT / _BASE)).sqrt()).floor()
    whole = multiplier / (2 * (_BASE + _Z**2))
    return (middle - root) * whole, (middle + root) * whole


def _between_proportions(indicator: oc.Indicator) -> pl.Expr:
    """Whether both limits lie between those of the least and the most that rounded counts can stand for."""
    effect = indicator.design_effect
    low = _proportion(indicator, (_COUNT - _HALF).clip(0) / effect, (_BASE + _HALF) / effect)
    high = _proportion(indicator, (_COUNT + _HALF) / effect, (_BASE - _HALF) / effect)
    unit = half_last_decimal(*_ENDS)
    return _LOWER.is_between(low[0] - unit, high[0] + unit) & _UPPER.is_between(low[1] - unit, high[1] + unit)


def _fits_some_count(multiplier: float, *, rounded_to: int) -> pl.Expr:
    """Whether one sample size makes Wilson's two limits of the printed share, where no count is given.

    The limits are the roots of x²(1 + c) - x(2p + c) + p² = 0 with c = z²/n: their sum and product give p and c back.
    It is asked over all that the printed decimals of both limits can stand for. Of counts that are rounded before they
    are divided, the share may be off by half of that in the numerator and half in the denominator.
    """
    shares, sizes = [], []
    for down in (-1, 1):
        for up in (-1, 1):
            lower = (_LOWER + down * half_last_decimal(*_ENDS)) / multiplier
            upper = (_UPPER + up * half_last_decimal(*_ENDS)) / multiplier
            total, product = lower + upper, lower * upper
            square, line, rest = (total - 1) ** 2 / 4, total * (total - 1) / 2 - product, total**2 / 4 - product
            size = 2 * rest / ((line**2 - 4 * square * rest).sqrt() - line)
            sizes.append(size)
            shares.append(multiplier * (total + (total - 1) * size) / 2)
    # the greatest c is the smallest sample
    smallest = _Z**2 / pl.max_horizontal(sizes)
    room = half_last_decimal("value") + (rounded_to / 2) * (multiplier + _VALUE) / smallest
    return (
        _COUNT.is_null()
        & (pl.min_horizontal(sizes) > 0)
        & (pl.min_horizontal(shares) <= _VALUE + room)
        & (pl.max_horizontal(shares) >= _VALUE - room)
    )


def _byar_distances(count: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    lower, upper = _limits(oc.statistics.count(count, method="byar", confidence=_LEVEL))
    return count - lower, upper - count


def _as_dobson() -> pl.Expr:
    """Whether the two limits lie about the rate in the proportion in which Byar's lie about the count.

    Dobson's limits are the rate and a multiple of the distances of Byar's limits from the count, so the quotient of
    the two distances is that of the count alone, whatever the age bands. A multiple of 5 may be a rounded count.
    """
    half = pl.when(_COUNT % 5 == 0).then(2.5).otherwise(0.0)
    unit = half_last_decimal(*_ENDS, "value")
    above, below = _UPPER - _VALUE, _VALUE - _LOWER
    fewest, most = _byar_distances(_COUNT - half), _byar_distances(_COUNT + half)
    return ((above - 2 * unit) / (below + 2 * unit) <= fewest[1] / fewest[0]) & (
        (above + 2 * unit) / (below - 2 * unit) >= most[1] / most[0]
    )


def _around_value() -> pl.Expr:
    """Whether the limits are the value scaled as Byar scales the count, within the rounding of value, count, limits.

    The expected number that both rest on is rounded to a whole number too; it is never less than 0.8 of that observed.
    """
    value_unit, unit = half_last_decimal("value") + _VALUE * 0.5 / (0.8 * _COUNT), half_last_decimal(*_ENDS)
    ends = [_limits(oc.statistics.count(count, method="byar", confidence=_LEVEL)) for count in _rounded()]
    fewest, most = ((lower / count, upper / count) for (lower, upper), count in zip(ends, _rounded(), strict=True))
    least, greatest = _VALUE - value_unit, _VALUE + value_unit
    return _LOWER.is_between(least * fewest[0] - unit, greatest * most[0] + unit) & _UPPER.is_between(
        least * most[1] - unit, greatest * fewest[1] + unit
    )


def _rounded() -> tuple[pl.Expr, pl.Expr]:
    half = pl.when(_COUNT % 5 == 0).then(2.5).otherwise(0.0)
    return _COUNT - half, _COUNT + half
