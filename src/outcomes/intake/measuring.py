"""Turns the cells of numbers into exact scaled integers, and says where they cannot be what they claim."""

from dataclasses import replace
from typing import Final

import polars as pl

from outcomes.intake.entries import Entries
from outcomes.intake.numbers import NumberSpellings, numbers_from_text
from outcomes.intake.rules.number_rules import DECLARED_ONLY, NUMBER_COLUMNS
from outcomes.intake.terms import Terms
from outcomes.vocabulary import RowStatus

__all__ = ["with_numbers"]

_TENS: Final = pl.Series("tens", [10**power for power in range(19)], dtype=pl.Int64)
_STATUSES: Final = [status.value for status in RowStatus]
# of value, at most so many decimals are held against numerator and denominator
_COMPARED_DECIMALS: Final = 6
_NOT_CHECKED: Final = ("directly_standardised_rate", "life_expectancy", "published_value")
_FLOAT_COLUMNS: Final = ("value", "lower_ci_95", "upper_ci_95", "effective_sample_size")
_MAX_SQUARES: Final = 10**18
_TOO_LARGE: Final = 2**62
# what says that nothing is given
_EMPTY: Final = ["blank", "null_word"]


def with_numbers(entries: Entries, terms: Terms, *, refuses_commas: bool) -> Entries:
    """Return the entries with exact numbers, the status of each row, and what the rules on numbers ask.

    Arguments:
        entries: With identity.
        terms: What the check holds them against.
        refuses_commas: Whether a comma in a number is refused in this file.

    Returns:
        For each number column: `<column>_mantissa`, `_decimals`, `_form`; numerator, denominator and sum_of_squares
        as Int64 multiples of 1/scale; the others as Float64; `status`; and the flags that the rules name.
    """
    spellings = NumberSpellings(terms.markers, terms.null_words, refuses_commas)
    for column in NUMBER_COLUMNS:
        # a value is only held against what is worked out here, unless it is published ready made
        entries = _read(entries, column, replace(spellings, shortens_decimals=column == "value"))
    for column, decimals in terms.layout.rounded_to.items():
        entries = _rounded(entries, column, decimals)
    entries = _only_declared(entries)
    entries = _with_needs(entries, terms)
    entries = _with_scaled(entries, terms)
    return _with_value_checks(entries)


def _read(entries: Entries, column: str, spellings: NumberSpellings) -> Entries:
    names = {part: f"{column}_{part}" for part in ("mantissa", "decimals", "form")}
    if f"{column}_text" not in entries.columns:
        return entries.with_columns(
            pl.lit(None, dtype=pl.Int64).alias(names["mantissa"]),
            pl.lit(None, dtype=pl.Int8).alias(names["decimals"]),
            pl.lit("blank").alias(names["form"]),
            pl.lit(None, dtype=pl.String).alias(f"{column}_text"),
        )
    kinds = entries[f"{column}_kind"] if f"{column}_kind" in entries.columns else None
    read = numbers_from_text(entries[f"{column}_text"], kinds, spellings).rename(names)
    return entries.with_columns(read.get_columns())


def _rounded(entries: Entries, column: str, decimals: int) -> Entries:
    """Round what has more decimals than the layout reads, half away from zero."""
    mantissa, given = pl.col(f"{column}_mantissa"), pl.col(f"{column}_decimals")
    is_longer = (given > decimals).fill_null(False)
    ten = _ten_to((given - decimals).clip(0).fill_null(0))
    rounded = (mantissa.abs() + ten // 2) // ten * mantissa.sign()
    return entries.with_columns(
        pl.when(is_longer).then(rounded).otherwise(mantissa).alias(f"{column}_mantissa"),
        pl.when(is_longer).then(pl.lit(decimals)).otherwise(given).cast(pl.Int8).alias(f"{column}_decimals"),
        is_longer.alias(f"is_{column}_rounded"),
    )


def _only_declared(entries: Entries) -> Entries:
    # what an indicator does not declare is not read, however it is written
    dropped: list[pl.Expr] = []
    for column in DECLARED_ONLY:
        if not _has_cells(entries, column):
            dropped.append(pl.lit(False).alias(f"is_{column}_unused"))
            continue
        declared = pl.col("optional_columns").list.contains(column)
        is_read = declared.fill_null(False)
        dropped += [
            (declared.not_() & pl.col(f"{column}_form").is_in(_EMPTY).not_())
            .fill_null(False)
            .alias(f"is_{column}_unused"),
            pl.when(is_read).then(pl.col(f"{column}_mantissa")).alias(f"{column}_mantissa"),
            pl.when(is_read).then(pl.col(f"{column}_form")).otherwise(pl.lit("blank")).alias(f"{column}_form"),
        ]
    return entries.with_columns(dropped)


def _marker(column: str) -> pl.Expr:
    form = pl.col(f"{column}_form").cast(pl.String)
    return pl.when(form.is_in(_STATUSES)).then(form)


def _with_needs(entries: Entries, terms: Terms) -> Entries:
    is_published = pl.col("is_published").fill_null(False)
    is_empty = (pl.col("numerator_form") == "blank") & (pl.col("value_form") == "blank")
    means = terms.layout.empty_number_means
    entries = entries.with_columns((is_empty if means else pl.lit(False)).alias("is_blank_status"))
    columns = [column for column in ("numerator", "denominator", "value") if _has_cells(entries, column)]
    has_markers = any(entries[f"{column}_form"].is_in(_STATUSES).any() for column in columns)
    status = (
        pl.lit(None, dtype=pl.String)
        if not has_markers
        else (
            pl.when(is_published & pl.col("value_mantissa").is_not_null())
            .then(None)
            .when(is_published)
            .then(pl.coalesce(_marker("value"), _marker("numerator")))
            .when(pl.col("takes_denominator"))
            .then(pl.coalesce(_marker("numerator"), _marker("denominator")))
            .otherwise(_marker("numerator"))
        )
    )
    if means:
        status = pl.when(pl.col("is_blank_status")).then(pl.lit(means.value)).otherwise(status)
    entries = entries.with_columns(
        status.alias("status"), pl.lit(means.value.replace("_", " ") if means else "").alias("status_read")
    )
    needs = {
        "needs_numerator": pl.col("is_published").not_(),
        "needs_denominator": pl.col("takes_denominator"),
        "needs_value": is_published,
    }
    if not means and not has_markers:
        # then it is the same in every row of a figure
        figures = entries.tables["figure_at"].with_columns(**needs)
        return replace(entries, tables={**entries.tables, "figure_at": figures})
    is_stated = pl.col("is_blank_status").not_()
    needs["needs_value"] &= pl.col("status").is_null()
    return entries.with_columns((need & is_stated).alias(name) for name, need in needs.items())


def _ten_to(decimals: pl.Expr) -> pl.Expr:
    return pl.lit(_TENS).gather(decimals.cast(pl.UInt32))


def _with_scaled(entries: Entries, terms: Terms) -> Entries:
    scales = {
        "numerator": pl.col("numerator_scale"),
        "denominator": pl.col("denominator_scale"),
        "sum_of_squares": pl.col("numerator_scale") * pl.col("numerator_scale"),
    }
    made: list[pl.Expr] = []
    for column, scale in scales.items():
        if not _has_numbers(entries, column):
            made += _no_numbers(column, pl.Int64())
            continue
        limit = terms.layout.limits.max_count if column != "sum_of_squares" else _MAX_SQUARES
        largest = _largest_whole(entries, column, scale)
        if largest is not None:
            number = pl.col(f"{column}_mantissa")
            is_above = (number > limit) | (number < -limit) if largest > limit else pl.lit(False)
            scaled = number * scale
            if _are_ones(entries, scale):
                # nothing is asked of a figure that nobody defined
                is_defined = _scales(entries, scale).is_not_null()
                at = pl.col("figure_at")
                scaled = number if is_defined.all() else pl.when(pl.lit(is_defined).gather(at)).then(number)
            made += [
                pl.lit(False).alias(f"is_{column}_unheld"),
                is_above.fill_null(False).alias(f"is_{column}_too_large"),
                (scaled if largest <= limit else pl.when(~is_above).then(scaled)).alias(column),
            ]
            continue
        product = pl.col(f"{column}_mantissa").cast(pl.Int128) * scale
        ten = _ten_to(pl.col(f"{column}_decimals"))
        is_too_large = pl.col(f"{column}_mantissa").cast(pl.Int128).abs() > ten.cast(pl.Int128) * limit
        # beyond this an Int64 cannot hold it: said, never cut
        is_too_large = is_too_large | ((product // ten).abs() >= _TOO_LARGE)
        is_unheld = (product % ten != 0).fill_null(False)
        is_held = is_unheld.not_() & is_too_large.not_()
        made += [
            is_unheld.alias(f"is_{column}_unheld"),
            is_too_large.fill_null(False).alias(f"is_{column}_too_large"),
            pl.when(is_held).then(product // ten).cast(pl.Int64).alias(column),
        ]
    for column in _FLOAT_COLUMNS:
        if not _has_numbers(entries, column):
            made += _no_numbers(column, pl.Float64())
            continue
        # correctly rounded: the text itself is converted, not a quotient of floats
        plain = pl.when(pl.col(f"{column}_form") == "plain").then(pl.col(f"{column}_text"))
        quotient = pl.col(f"{column}_mantissa").cast(pl.Float64) / _ten_to(pl.col(f"{column}_decimals")).cast(
            pl.Float64
        )
        number = pl.coalesce(plain.cast(pl.Float64, strict=False), quotient)
        made += [
            pl.when(pl.col(f"{column}_mantissa").is_not_null()).then(number).alias(column),
            pl.lit(False).alias(f"is_{column}_too_large"),
        ]
    entries = entries.with_columns(made)
    is_kept = entries.tables["figure_at"]["keeps_denominator"]
    if is_kept.all():
        return entries.with_columns(pl.lit(False).alias("is_denominator_unused"))
    is_unused = pl.col("keeps_denominator").not_() & pl.col("denominator_mantissa").is_not_null()
    return entries.with_columns(
        is_unused.alias("is_denominator_unused"),
        # what is not asked for is not stored
        pl.when(pl.col("keeps_denominator")).then(pl.col("denominator")).alias("denominator"),
    )


def _largest_whole(entries: Entries, column: str, scale: pl.Expr) -> int | None:
    """The largest number without its sign; None where there are decimals, or where scaling could overflow."""
    mantissa = pl.col(f"{column}_mantissa")
    least, most, decimals = entries.select(
        mantissa.min().alias("least"),
        mantissa.max().alias("most"),
        pl.col(f"{column}_decimals").max().alias("decimals"),
    ).row(0)
    times = _scales(entries, scale).max()
    largest = max(abs(int(least)), abs(int(most)))
    is_held = decimals == 0 and isinstance(times, int) and largest * times < _TOO_LARGE
    return largest if is_held else None


def _scales(entries: Entries, scale: pl.Expr) -> pl.Series:
    """The scales of all figures that are named."""
    return entries.tables["figure_at"].select(scale).to_series()


def _are_ones(entries: Entries, scale: pl.Expr) -> bool:
    return bool((_scales(entries, scale) == 1).all())


def _has_numbers(entries: Entries, column: str) -> bool:
    return _has_cells(entries, column) and entries[f"{column}_mantissa"].null_count() < entries.height


def _has_cells(entries: Entries, column: str) -> bool:
    """Whether there is a column of such numbers at all."""
    return entries[f"{column}_text"].null_count() < entries.height


def _no_numbers(column: str, dtype: pl.DataType) -> list[pl.Expr]:
    return [
        pl.lit(None, dtype=dtype).alias(column),
        pl.lit(False).alias(f"is_{column}_unheld"),
        pl.lit(False).alias(f"is_{column}_too_large"),
    ]


def _with_value_checks(entries: Entries) -> Entries:
    if not _has_numbers(entries, "value"):
        return entries.with_columns(pl.lit(False).alias("is_value_wrong"), pl.lit(False).alias("is_interval_wrong"))
    numerator = pl.col("numerator") / pl.col("numerator_scale")
    denominator = pl.col("denominator") / pl.col("denominator_scale")
    is_count = pl.col("statistic") == "count"
    expected = (
        pl.when(is_count)
        .then(pl.col("multiplier") * numerator)
        .when(pl.col("takes_denominator") & (pl.col("denominator") != 0))
        .then(pl.col("multiplier") * numerator / denominator)
    )
    decimals = pl.min_horizontal(pl.col("value_decimals").cast(pl.Int32), pl.lit(_COMPARED_DECIMALS))
    unit = _ten_to(decimals).cast(pl.Float64)
    entries = entries.with_columns(
        pl.when(pl.col("statistic").is_in(_NOT_CHECKED).not_()).then(expected).alias("value_expected"),
        unit.alias("value_unit"),
    )
    # agreeing when rounded, give or take one in the last place; a hair more for the float's own rounding
    last_places = (pl.col("value") - pl.col("value_expected")).abs() * pl.col("value_unit")
    hair = (pl.col("value_expected").abs() * pl.col("value_unit") * 1e-14) + 1e-9
    is_wrong = (last_places > 1.5 + hair).fill_null(False)
    is_ordered = (pl.col("lower_ci_95") <= pl.col("value")) & (pl.col("value") <= pl.col("upper_ci_95"))
    entries = entries.with_columns(
        is_wrong.alias("is_value_wrong"), is_ordered.not_().fill_null(False).alias("is_interval_wrong")
    )
    if not entries["is_value_wrong"].any():
        return entries
    is_fraction = (pl.col("value") * 100 - pl.col("value_expected")).abs() * pl.col("value_unit") <= 151
    # with as many decimals as are needed to see the difference
    places = range(1, _COMPARED_DECIMALS + 1)
    shown = pl.coalesce(
        *(
            pl.when(pl.col("value_decimals") <= count).then(pl.col("value_expected").round(count).cast(pl.String))
            for count in places
        ),
        pl.col("value_expected").round(_COMPARED_DECIMALS).cast(pl.String),
    )
    hint = (
        pl.when(is_fraction & (pl.col("multiplier") == 100))
        .then(shown + pl.lit(" (yours is 100 times smaller: is it a fraction instead of a percentage?)"))
        .otherwise(shown)
    )
    return entries.with_columns(hint.alias("value_hint"))
