"""Holds values against their own baseline, and gaps between groups against a baseline gap, with the chance of both."""

from typing import Final

import polars as pl

from outcomes.estimates.model import Estimates
from outcomes.statistics import absolute_gap
from outcomes.vocabulary import Detail, Qualifier, Reason, Statistic

__all__ = ["against_own_baseline", "against_the_gap_of_a_baseline"]

_SERIES: Final = ("indicator_id", "indicator_version", "area_code", "period_kind")
_LIMITS: Final = ("lower_ci_95", "upper_ci_95")
_FIGURE: Final = ("value", *_LIMITS, "reason", "detail", "is_of_less", "is_stale")
_CONFIDENCE: Final = (0.95,)
# what may lie below 0
_SIGNED: Final = (Statistic.MEAN.value, Statistic.PUBLISHED_VALUE.value)

# what stands in the way, the first that does: when, its Reason, its Detail, a plain sentence
_Obstacle = tuple[pl.Expr, pl.Expr | Reason, pl.Expr | Detail | None, pl.Expr]


def against_own_baseline(rows: pl.DataFrame, estimates: Estimates) -> pl.DataFrame:
    """Return values held against a change of their own earlier figure.

    What is expected is `factor` × baseline + `shift`. The interval of the distance joins the chance of the value and
    of the baseline (so many times it) by the root of their squares; a share of a baseline is held against in the same
    way, which gives the word that the interval of the ratio gives.

    Arguments:
        rows: Figures held against a target (`targets`), with `factor`, `shift`, `end_factor`, `end_shift`,
            `baseline_start` and `baseline_period`.
        estimates: Every period.

    Returns:
        The rows with `against_value`, `baseline_value`, `end_value`, `lower_amount`, `upper_amount` and, where it
        cannot be told, `obstacle`, `obstacle_reason` and `obstacle_detail`.

    Source: Zou GY, Donner A, Statistics in Medicine 2008;27:1693-702. Donner A, Zou GY, Statistical Methods in Medical
    Research 2012;21:347-59.
    """
    found = _with_figure(rows, estimates, "base", group="breakdown", start="baseline_start")
    obstacles = [_nothing_to_share("base_value"), _nothing_to_reach("base_value")]
    found = _with_obstacle(found, [*_about_baseline(found, estimates, ["breakdown"]), *obstacles])
    found = found.with_columns(
        pl.when(pl.col("obstacle") == "").then("base_value").alias("baseline_value"),
        *(pl.col(name).alias(f"now_{name}") for name in ("value", *_LIMITS)),
    )
    scaled = found.with_columns(
        (pl.col("factor") * pl.col(f"base_{name}")).alias(f"then_{name}") for name in ("value", *_LIMITS)
    )
    gap = absolute_gap("now", "then", confidence=_CONFIDENCE)
    return scaled.with_columns(
        (pl.col("factor") * pl.col("baseline_value") + pl.col("shift")).alias("against_value"),
        (pl.col("end_factor") * pl.col("baseline_value") + pl.col("end_shift")).alias("end_value"),
        *_limits(gap, pl.col("shift"), ("lower_amount", "upper_amount")),
    )


def against_the_gap_of_a_baseline(rows: pl.DataFrame, estimates: Estimates) -> pl.DataFrame:
    """Return the size of a gap between two groups held against a share of the same gap in a baseline period.

    A gap that has turned round is one all the same: what counts is its size. The gap's interval joins the chance of
    both groups by the root of their squares, and that of a baseline as now known is joined in the same way; a gap
    frozen in the agreement counts as exact. Beside everybody, who hold the group, the interval is wider than it need
    be.

    Arguments:
        rows: Figures of the first group held against a target (`targets`), with `compared_with`, `factor`, `shift`,
            `end_factor`, `end_shift`, `frozen_value`, `agreed_level`, `agreed_end`, `baseline_start` and
            `baseline_period`.
        estimates: Every period and group.

    Returns:
        The rows as of `against_own_baseline`, with `measured_value`, the size of the gap now.

    Source: Newcombe RG, Statistics in Medicine 1998;17:873-90. Zou GY, Donner A, Statistics in Medicine
    2008;27:1693-702.
    """
    found = _with_figure(rows, estimates, "other", group="compared_with", start="period_start")
    found = _with_figure(found, estimates, "first", group="breakdown", start="baseline_start")
    found = _with_figure(found, estimates, "second", group="compared_with", start="baseline_start")
    found = found.with_columns(pl.col(name).alias(f"now_{name}") for name in ("value", *_LIMITS))
    found = found.with_columns(
        absolute_gap("now", "other", confidence=_CONFIDENCE).alias("gap"),
        absolute_gap("first", "second", confidence=_CONFIDENCE).alias("base_gap"),
        (pl.col("now_value") - pl.col("other_value")).alias("gap_value"),
        (pl.col("first_value") - pl.col("second_value")).alias("base_gap_value"),
    )
    is_frozen = pl.col("frozen_value").is_not_null()
    found = found.with_columns(
        pl.coalesce("frozen_value", pl.col("base_gap_value").abs()).alias("size"),
        *_sized(is_frozen),
    )
    expected = pl.when(is_frozen).then("agreed_level").otherwise(pl.col("factor") * pl.col("size") + pl.col("shift"))
    found = found.with_columns(expected.alias("expected"))
    found = _with_obstacle(
        found,
        [
            (
                pl.col("other_value").is_null(),
                pl.coalesce("other_reason", pl.lit(Reason.NOT_AVAILABLE.value)),
                pl.col("other_detail"),
                pl.format(
                    "There is no value for {} in {}: {}.",
                    "compared_name",
                    "period",
                    _why("other", "no figure was sent"),
                ),
            ),
            _of_less("other"),
            *_about_baseline(found, estimates, ["breakdown", "compared_with"]),
            (
                pl.col("size") == 0,
                Reason.NOT_APPLICABLE,
                None,
                pl.format("There was no gap in {} to reduce.", "baseline_period"),
            ),
            (
                # along a path too: its end is what was agreed
                pl.min_horizontal("expected", pl.col("end_factor") * pl.col("size") + pl.col("end_shift")) < 0,
                Reason.NOT_APPLICABLE,
                None,
                pl.format("The gap in {} was smaller than what it was to be reduced by.", "baseline_period"),
            ),
        ],
    )
    is_free = pl.col("obstacle") == ""
    return found.with_columns(
        pl.when(is_free).then("expected").alias("against_value"),
        pl.when(is_free).then("size").alias("baseline_value"),
        pl.when(is_free)
        .then(
            pl.when(is_frozen).then("agreed_end").otherwise(pl.col("end_factor") * pl.col("size") + pl.col("end_shift"))
        )
        .alias("end_value"),
        # what stands in the way of the baseline keeps nothing of the gap of today
        pl.col("gap_value").abs().alias("measured_value"),
    ).pipe(_limits_of_size)


def _sized(is_frozen: pl.Expr) -> list[pl.Expr]:
    """Return the size of the baseline gap and of its limits: a gap below 0 is turned round; a frozen one is exact."""
    is_turned = pl.col("base_gap_value") < 0
    lower, upper = (pl.col("base_gap").struct.field(name) for name in _LIMITS)
    frozen = pl.col("frozen_value")
    return [
        pl.when(is_frozen).then(frozen).when(is_turned).then(-upper).otherwise(lower).alias("size_lower"),
        pl.when(is_frozen).then(frozen).when(is_turned).then(-lower).otherwise(upper).alias("size_upper"),
    ]


def _limits_of_size(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the limits of the gap's size less what is expected: of the gap as it lies and turned round, the larger."""
    lower, upper = (pl.col("gap").struct.field(name) for name in _LIMITS)
    # a frozen baseline is all exact
    factor = pl.when(pl.col("frozen_value").is_not_null()).then(0.0).otherwise("factor")
    exact = pl.col("expected") - factor * pl.col("size")
    named = rows.with_columns(
        pl.col("gap_value").alias("lying_value"),
        lower.alias("lying_lower_ci_95"),
        upper.alias("lying_upper_ci_95"),
        (-pl.col("gap_value")).alias("turned_value"),
        (-upper).alias("turned_lower_ci_95"),
        (-lower).alias("turned_upper_ci_95"),
        (factor * pl.col("size")).alias("share_value"),
        (factor * pl.col("size_lower")).alias("share_lower_ci_95"),
        (factor * pl.col("size_upper")).alias("share_upper_ci_95"),
    )
    either = [absolute_gap(way, "share", confidence=_CONFIDENCE) for way in ("lying", "turned")]
    lowers, uppers = ([one.struct.field(name) - exact for one in either] for name in _LIMITS)
    is_known = (pl.col("obstacle") == "") & pl.all_horizontal(one.is_not_null() for one in (*lowers, *uppers))
    return named.with_columns(
        # no size is below 0
        pl.when(is_known).then(pl.max_horizontal(*lowers, -pl.col("expected"))).alias("lower_amount"),
        pl.when(is_known).then(pl.max_horizontal(*uppers)).alias("upper_amount"),
    )


def _limits(gap: pl.Expr, shift: pl.Expr, names: tuple[str, str]) -> list[pl.Expr]:
    is_free = pl.col("obstacle") == ""
    return [
        pl.when(is_free).then(gap.struct.field(limit) - shift).alias(name)
        for limit, name in zip(_LIMITS, names, strict=True)
    ]


def _with_figure(rows: pl.DataFrame, estimates: Estimates, name: str, *, group: str, start: str) -> pl.DataFrame:
    """Return the rows with the figure of the same series for a group and period: `<name>_value` and so on."""
    qualifiers = pl.col("qualifiers")
    figures = (
        estimates.frame.filter(pl.col("indicator_id").is_in(rows["indicator_id"].unique().to_list()))
        .with_columns(
            qualifiers.list.contains(Qualifier.PARTIAL.value).alias("is_of_less"),
            qualifiers.list.contains(Qualifier.STALE.value).alias("is_stale"),
        )
        .select(
            *_SERIES, "breakdown", "period_start", *(pl.col(column).alias(f"{name}_{column}") for column in _FIGURE)
        )
        .with_columns(pl.lit(value=True).alias(f"{name}_is_there"))
    )
    return rows.join(
        figures,
        left_on=[*_SERIES, group, start],
        right_on=[*_SERIES, "breakdown", "period_start"],
        how="left",
        maintain_order="left",
    )


def _about_baseline(rows: pl.DataFrame, estimates: Estimates, groups: list[str]) -> list[_Obstacle]:
    """Return what keeps the figures of a baseline that is not frozen from being held against."""
    is_asked = pl.col("baseline_start").is_not_null()
    names = ["base"] if groups == ["breakdown"] else ["first", "second"]
    found: list[_Obstacle] = []
    for name, group in zip(names, groups, strict=True):
        about = pl.format("{}", "baseline_period")
        if len(groups) > 1:
            about = pl.format("{} in {}", "group_name" if group == "breakdown" else "compared_name", "baseline_period")
        is_absent = is_asked & pl.col(f"{name}_is_there").is_null()
        value, less = pl.col(f"{name}_value"), _of_less(name)
        found += [
            (
                is_absent & _has_another_version(rows, estimates, group),
                Reason.NOT_COMPARABLE,
                None,
                pl.format("Its definition has changed since the baseline, {}.", about),
            ),
            (is_absent, Reason.NOT_AVAILABLE, None, pl.format("There is no figure for the baseline, {}.", about)),
            (
                is_asked & value.is_null(),
                pl.coalesce(f"{name}_reason", pl.lit(Reason.MISSING.value)),
                pl.col(f"{name}_detail"),
                pl.format("There is no value for the baseline, {}: {}.", about, _why(name, "missing")),
            ),
            (
                is_asked & pl.col(f"{name}_is_stale"),
                Reason.NOT_COMPARABLE,
                None,
                pl.format("The figure of the baseline, {}, is stale.", about),
            ),
            (is_asked & less[0], less[1], less[2], less[3]),
            (
                is_asked & _has_break(rows, estimates, group),
                Reason.NOT_COMPARABLE,
                None,
                pl.format("The series breaks after the baseline, {}, so the two do not compare.", about),
            ),
        ]
    return found


def _nothing_to_share(value: str) -> _Obstacle:
    return (
        (pl.col("factor") != 1) & (pl.col(value) <= 0),
        Reason.CANNOT_BE_CALCULATED,
        Detail.ZERO_DENOMINATOR,
        pl.format("The baseline, {}, is not above 0, so no share of it can be taken.", "baseline_period"),
    )


def _nothing_to_reach(value: str) -> _Obstacle:
    """No count, rate or share is below 0, and no share is above the whole."""
    end = pl.col("end_factor") * pl.col(value) + pl.col("end_shift")
    is_above_the_whole = (pl.col("statistic") == Statistic.PROPORTION.value) & (end > pl.col("multiplier"))
    return (
        (~pl.col("statistic").is_in(_SIGNED) & (end < 0)) | is_above_the_whole,
        Reason.NOT_APPLICABLE,
        None,
        pl.format("No value is so far from the baseline, {}, as was agreed.", "baseline_period"),
    )


def _of_less(name: str) -> _Obstacle:
    """A bare count with a part missing would look like a fall."""
    is_count = pl.col("statistic") == Statistic.COUNT.value
    return (
        is_count & pl.col(f"{name}_is_of_less"),
        Reason.NOT_COMPARABLE,
        None,
        pl.lit("A part of one of the counts is missing, so the two do not compare."),
    )


def _why(name: str, otherwise: str) -> pl.Expr:
    reason, detail = pl.col(f"{name}_reason"), pl.col(f"{name}_detail")
    return pl.coalesce(pl.format("{} ({})", reason, detail), reason, pl.lit(otherwise))


def _has_another_version(rows: pl.DataFrame, estimates: Estimates, group: str) -> pl.Expr:
    """Return of which rows there is a baseline figure under another version of the definition."""
    key = ["indicator_id", "area_code", "period_kind"]
    others = estimates.frame.select(*key, "breakdown", "period_start", "indicator_version")
    found = (
        rows.select(*key, "indicator_version", "baseline_start", pl.col(group).alias("group"))
        .with_row_index("number")
        .join(others, left_on=[*key, "group", "baseline_start"], right_on=[*key, "breakdown", "period_start"])
        .filter(pl.col("indicator_version") != pl.col("indicator_version_right"))
    )
    return _marks(rows, found["number"])


def _has_break(rows: pl.DataFrame, estimates: Estimates, group: str) -> pl.Expr:
    """Return in which rows the series breaks after the baseline, up to the value's own period."""
    breaks = estimates.frame.filter(pl.col("qualifiers").list.contains(Qualifier.BREAK_IN_SERIES.value)).select(
        *_SERIES, "breakdown", pl.col("period_start").alias("broken_at")
    )
    found = (
        rows.select(*_SERIES, "period_start", "baseline_start", pl.col(group).alias("group"))
        .with_row_index("number")
        .join(breaks, left_on=[*_SERIES, "group"], right_on=[*_SERIES, "breakdown"])
        .filter(pl.col("broken_at").is_between("baseline_start", "period_start", closed="right"))
    )
    return _marks(rows, found["number"])


def _marks(rows: pl.DataFrame, numbers: pl.Series) -> pl.Expr:
    return pl.lit(pl.int_range(rows.height, eager=True).is_in(numbers.cast(pl.Int64).unique().implode()))


def _with_obstacle(rows: pl.DataFrame, cases: list[_Obstacle]) -> pl.DataFrame:
    """Return the rows with the first obstacle that applies: a sentence (empty where there is none), Reason, Detail."""
    sentence, reason, detail = pl.lit(""), pl.lit(None, dtype=pl.String), pl.lit(None, dtype=pl.String)
    for condition, its_reason, its_detail, said in reversed(cases):
        applies = condition.fill_null(value=False)
        given = pl.lit(its_reason.value) if isinstance(its_reason, Reason) else its_reason
        closer = pl.lit(its_detail.value) if isinstance(its_detail, Detail) else its_detail
        sentence = pl.when(applies).then(said).otherwise(sentence)
        reason = pl.when(applies).then(given).otherwise(reason)
        detail = pl.when(applies).then(closer).otherwise(detail)
    return rows.with_columns(
        sentence.alias("obstacle"), reason.alias("obstacle_reason"), detail.alias("obstacle_detail")
    )
