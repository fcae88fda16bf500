"""The first signal: each current value beside the benchmarks that its framework names."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from outcomes.estimates.model import Estimates
from outcomes.geography.succession import with_former_areas_placed
from outcomes.judgement.benchmarks import SUMMABLE, with_areas_above, with_other_areas
from outcomes.judgement.current import as_judgements, why_no_value
from outcomes.judgement.neighbours import with_neighbours
from outcomes.judgement.overdispersion import with_overdispersion
from outcomes.judgement.own_earlier import DIFFERENCE, with_own_earlier
from outcomes.judgement.p_values import p_value_of_comparison
from outcomes.judgement.sides import DOWN, LEVEL, UP, direction_beside
from outcomes.judgement.wholes import WHOLE_LEVELS, areas_above
from outcomes.partnership.model import Partnership
from outcomes.statistics import compare_with_benchmark
from outcomes.vocabulary import BenchmarkKind, Detail, Reason, Signal, Statistic, Word

__all__ = ["comparisons", "obstacles_to_comparison"]

_NONE: Final = ""
_OTHERS: Final = BenchmarkKind.OTHER_PLACES.value
_FIXED: Final = BenchmarkKind.FIXED_VALUE.value
_EARLIER: Final = BenchmarkKind.OWN_EARLIER_VALUE.value
_NEIGHBOURS: Final = BenchmarkKind.STATISTICAL_NEIGHBOURS.value

# a condition, the kind of obstacle, its Reason, a sentence
_Case = tuple[pl.Expr, str, pl.Expr | Reason, pl.Expr]


def comparisons(current: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return one row for each current figure and benchmark: the word, or why it is not compared.

    An area benchmark is the figure of the area above, or the sums of the other areas of the same level in the same
    system, or of its statistical neighbours, of the same indicator version, period and group; a fixed value is the
    inclusion's own. An area is never compared with itself, nor a local variant (proxy) of a national measure with the
    national figure. The word is decided by the value's interval alone, and the benchmark counts as exact; beside an own
    earlier value by the interval of the difference. Large areas have a second word, which allows for overdispersion.

    Arguments:
        current: The current figures with their terms (`current_figures`).
        estimates: Every period of every area.
        partnership: Footprints and published series.
        as_of: The date that the judgement speaks for.

    Returns:
        The judgements' columns. Without benchmarks in the inclusion, one row `not compared` that says so.

    Source: OHID, Fingertips public health technical guidance: comparisons by confidence intervals.
    """
    rows = current.with_columns(
        pl.when(pl.col("benchmarks").list.len() == 0).then(pl.lit([_NONE])).otherwise("benchmarks").alias("against")
    ).explode("against")
    wholes = areas_above(partnership, current["period_end"])
    # a figure of former areas is held against what the area of today lies in; among others of then it would count twice
    placed = with_former_areas_placed(partnership.succession)
    is_same = placed is partnership.footprints
    above = wholes if is_same else areas_above(partnership, current["period_end"], placed)
    levels = [level.value for level in WHOLE_LEVELS]
    parts = [
        with_areas_above(rows.filter(pl.col("against").is_in(levels)), above, estimates, partnership, as_of),
        with_other_areas(rows.filter(pl.col("against") == _OTHERS), wholes, estimates, partnership),
        with_neighbours(rows.filter(pl.col("against") == _NEIGHBOURS), estimates, partnership, as_of),
        with_own_earlier(rows.filter(pl.col("against") == _EARLIER), estimates),
        rows.filter(pl.col("against") == _FIXED).with_columns(pl.col("benchmark_value").alias("against_value")),
        rows.filter(pl.col("against") == _NONE).with_columns(pl.lit(None, dtype=pl.Float64).alias("against_value")),
    ]
    together = pl.concat(parts, how="diagonal")
    names = partnership.areas.frame.select(
        pl.col("area_code").alias("against_code"), pl.col("name").alias("against_name")
    )
    held = together.join(names, on="against_code", how="left", maintain_order="left").with_columns(
        pl.coalesce("against_name", "against_code")
    )
    obstacle = obstacles_to_comparison(_of_neighbours_and_earlier())
    compared = held.with_columns(obstacle.alias("obstacle")).unnest("obstacle")
    is_earlier = pl.col("against") == _EARLIER
    differing = {name: pl.col(column) for name, column in DIFFERENCE.items()}
    word = (
        pl.when(is_earlier)
        .then(compare_with_benchmark(benchmark=0.0, **differing))
        .otherwise(compare_with_benchmark(benchmark="against_value"))
    )
    direction = pl.when(is_earlier).then(_direction_of_difference()).otherwise(direction_beside("against_value"))
    is_free = pl.col("because").is_null()
    has_distance = pl.col("obstacle_kind").is_null() | (pl.col("obstacle_kind") == "interval")
    judged = compared.with_columns(
        pl.when(is_free).then(word).otherwise(pl.lit(Word.NOT_COMPARED.value)).alias("word"),
        pl.when(has_distance).then(pl.col("value") - pl.col("against_value")).alias("amount"),
        pl.when(is_free).then(direction).alias("direction"),
        pl.when(is_free).then(_incomplete_others()).otherwise("because").alias("because"),
        pl.when(is_free).then(None).otherwise("reason_not").alias("reason"),
        pl.when(is_free).then(None).otherwise("detail_not").alias("detail"),
        # a benchmark that must not be used is not printed beside the value either
        pl.when(has_distance | (pl.col("obstacle_kind") == "value")).then("against_value").alias("against_value"),
    )
    is_compared = pl.col("word") != Word.NOT_COMPARED.value
    told = judged.with_columns(p_value_of_comparison(judged)).with_columns(
        pl.when(is_compared).then("p_value").alias("p_value")
    )
    return as_judgements(with_overdispersion(told, estimates, partnership, as_of), Signal.COMPARISON)


def _direction_of_difference() -> pl.Expr:
    """Return where the interval of a difference lies beside 0."""
    lower, upper = pl.col(DIFFERENCE["lower_ci_95"]), pl.col(DIFFERENCE["upper_ci_95"])
    inside = pl.when(lower.is_not_null()).then(pl.lit(LEVEL))
    return pl.when(lower > 0).then(pl.lit(UP)).when(upper < 0).then(pl.lit(DOWN)).otherwise(inside)


def _of_neighbours_and_earlier() -> list[_Case]:
    """Return what stands in the way of a comparison with statistical neighbours, or with an own earlier value."""
    against, other = pl.col("against"), pl.col("against_name")
    is_earlier, is_of_neighbours = against == _EARLIER, against == _NEIGHBOURS
    group = pl.when(pl.col("breakdown") == "").then(pl.lit("")).otherwise(pl.lit("this group for "))
    has_value, has_level = pl.col("value").is_not_null(), pl.col("against_value").is_not_null()
    has_interval = pl.col("lower_ci_95").is_not_null() & pl.col("upper_ci_95").is_not_null()
    return [
        (
            is_earlier & pl.col("periods_back").is_null(),
            "terms",
            Reason.NOT_AVAILABLE,
            pl.lit("The framework does not say how many periods back its own earlier value lies."),
        ),
        (
            is_earlier & pl.col("is_overlapping"),
            "terms",
            Reason.NOT_COMPARABLE,
            pl.format("The period {} shares days with {}.", pl.col("period"), other),
        ),
        (
            is_earlier & pl.col("has_break"),
            "terms",
            Reason.NOT_COMPARABLE,
            pl.format("The series begins anew between {} and {}.", other, pl.col("period")),
        ),
        (
            is_of_neighbours & pl.col("against_code").is_null(),
            "area",
            Reason.NOT_AVAILABLE,
            pl.format("No statistical neighbours of {} are recorded.", pl.col("area_name")),
        ),
        (
            is_of_neighbours & has_value & ~has_level,
            "benchmark",
            Reason.NOT_AVAILABLE,
            pl.format("None of its statistical neighbours has a figure for {}{}.", group, pl.col("period")),
        ),
        (
            is_earlier & has_value & ~has_level,
            "benchmark",
            Reason.NOT_AVAILABLE,
            pl.format("There is no value for {}{}.", group, other),
        ),
        (
            is_earlier & has_value & has_interval & pl.col(DIFFERENCE["lower_ci_95"]).is_null(),
            "interval",
            Reason.CANNOT_BE_CALCULATED,
            pl.format("The value for {} has no confidence interval, so chance cannot be told apart.", other),
        ),
    ]


def obstacles_to_comparison(further: Sequence[_Case] = ()) -> pl.Expr:
    """Return what stands in the way of a comparison, the first that does: a kind, a Reason, its Detail, a sentence.

    Arguments:
        further: What else can stand in the way of some kinds of comparison.
    """
    against = pl.col("against")
    level = against.replace_strict({_OTHERS: "system"}, default=against)
    is_area = ~against.is_in([_FIXED, _NONE, _EARLIER, _NEIGHBOURS])
    name, other = pl.col("area_name"), pl.col("against_name")
    group = pl.when(pl.col("breakdown") == "").then(pl.lit("")).otherwise(pl.lit("this group for "))
    unsummable = ~pl.col("statistic").is_in([statistic.value for statistic in SUMMABLE])
    is_proxy = pl.col("is_proxy") & (against == BenchmarkKind.NATION.value)
    is_self = is_area & (pl.col("level") == against)
    no_value = pl.format("There is no value for {}{}: {}.", group, pl.col("period"), why_no_value())
    cases: list[_Case] = [
        (
            against == _NONE,
            "terms",
            Reason.NOT_APPLICABLE,
            pl.lit("The framework that includes it names no benchmark."),
        ),
        (
            is_proxy,
            "terms",
            Reason.NOT_COMPARABLE,
            pl.lit("It is a local variant of a national measure, never compared with the national figure."),
        ),
        (is_self, "terms", Reason.NOT_APPLICABLE, pl.format("{} is not compared with itself.", name)),
        (
            (pl.col("statistic") == Statistic.COUNT.value) & ~against.is_in([_FIXED, _EARLIER]),
            "terms",
            Reason.NOT_COMPARABLE,
            pl.lit("A count grows with the size of the area, so it is not compared with another area's."),
        ),
        (
            against.is_in([_OTHERS, _NEIGHBOURS]) & unsummable,
            "terms",
            Reason.NOT_COMPARABLE,
            pl.lit("The figures of other places cannot be added up for this kind of measure."),
        ),
        (
            is_area & pl.col("against_code").is_null(),
            "area",
            Reason.NOT_AVAILABLE,
            pl.format("No {} is recorded that {} lies in.", level, name),
        ),
        (
            is_area & (pl.col("codes_above") > 1),
            "area",
            Reason.NOT_COMPARABLE,
            pl.format("{} lies in more than one {}.", name, level),
        ),
        *further,
        (pl.col("value").is_null(), "value", pl.col("reason"), no_value),
        (
            (against == _FIXED) & pl.col("against_value").is_null(),
            "benchmark",
            Reason.NOT_AVAILABLE,
            pl.lit("The framework gives no level for its fixed benchmark."),
        ),
        (
            (against == _OTHERS) & pl.col("against_value").is_null(),
            "benchmark",
            Reason.NOT_AVAILABLE,
            pl.format("No other {} in {} has a figure for {}{}.", pl.col("level"), other, group, pl.col("period")),
        ),
        (
            pl.col("against_value").is_null(),
            "benchmark",
            Reason.NOT_AVAILABLE,
            pl.format("{} has no figure for {}{}.", other, group, pl.col("period")),
        ),
        (
            pl.col("lower_ci_95").is_null() | pl.col("upper_ci_95").is_null(),
            "interval",
            Reason.CANNOT_BE_CALCULATED,
            pl.lit("The value has no confidence interval, so chance cannot be told from a difference."),
        ),
    ]
    kind, reason, because = (pl.lit(None, dtype=pl.String) for _ in range(3))
    for condition, its_kind, its_reason, sentence in reversed(cases):
        applies = condition.fill_null(value=False)
        kind = pl.when(applies).then(pl.lit(its_kind)).otherwise(kind)
        given = pl.lit(its_reason.value) if isinstance(its_reason, Reason) else its_reason
        reason = pl.when(applies).then(given).otherwise(reason)
        because = pl.when(applies).then(sentence).otherwise(because)
    return pl.struct(
        kind.alias("obstacle_kind"),
        reason.alias("reason_not"),
        pl.when(kind == "value")
        .then("detail")
        .when(kind == "interval")
        .then(pl.coalesce("detail", pl.lit(Detail.NO_SPREAD.value)))
        .alias("detail_not"),
        because.alias("because"),
    )


def _incomplete_others() -> pl.Expr:
    """Return the sentence beside a comparison with other places, or with neighbours, some of whom have no figures."""
    is_fewer = pl.col("others_counted") < pl.col("others")
    sentence = pl.format(
        "{} of the {} others in {} have figures for this period.",
        pl.col("others_counted"),
        pl.col("others"),
        pl.col("against_name"),
    )
    of_neighbours = pl.format(
        "{} of its {} statistical neighbours have figures for this period.",
        pl.col("others_counted"),
        pl.col("others"),
    )
    return (
        pl.when((pl.col("against") == _OTHERS) & is_fewer)
        .then(sentence)
        .when((pl.col("against") == _NEIGHBOURS) & is_fewer)
        .then(of_neighbours)
        .otherwise(pl.lit(""))
    )
