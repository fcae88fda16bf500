"""Persons of areas from population series: for denominators that are taken once, and for coverage."""

from collections.abc import Mapping

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.reference_series import ReferenceSeries, SeriesKind

__all__ = ["persons_of", "population_series", "with_reference_denominators"]


def population_series(series: Mapping[str, ReferenceSeries], preferred: str | None) -> str | None:
    """Return the id of the population series that weighs areas: the preferred one, else the first by id.

    >>> population_series({}, None) is None
    True
    """
    populations = sorted(name for name, held in series.items() if held.description.kind is SeriesKind.POPULATION)
    return preferred if preferred in populations else next(iter(populations), None)


def persons_of(series: ReferenceSeries, wanted: pl.DataFrame) -> pl.Series:
    """Return the persons of each wanted area, group and period, or null.

    The figure of the very period (same kind, same first day) is taken; where there is none, the latest population that
    begins no later than the period ends.

    Arguments:
        series: A population series; persons stand in its numerator.
        wanted: area_code, breakdown, period_kind, period_start, period_end.

    Returns:
        Int64, in the order of wanted.
    """
    held = series.frame.filter(pl.col("numerator").is_not_null()).select(
        "area_code", "breakdown", "period_kind", "period_start", persons="numerator"
    )
    by = ["area_code", "breakdown"]
    exact = held.unique([*by, "period_kind", "period_start"], keep="first", maintain_order=True)
    # of several that begin on one day, the first kind by name
    latest = held.sort("period_start", "period_kind", "persons").unique([*by, "period_start"], keep="first")
    asked = wanted.select(*by, "period_kind", "period_start", "period_end").with_row_index("place")
    found = asked.join(exact, on=[*by, "period_kind", "period_start"], how="left").sort("period_end")
    found = found.join_asof(
        latest.sort("period_start").select(*by, "period_start", latest="persons"),
        left_on="period_end",
        right_on="period_start",
        by=by,
        strategy="backward",
        check_sortedness=False,
        suffix="_of_latest",
    )
    return found.sort("place").select(persons=pl.coalesce("persons", "latest"))["persons"]


def with_reference_denominators(
    own: pl.DataFrame, figures: pl.DataFrame, series: Mapping[str, ReferenceSeries], codes: list[str]
) -> pl.DataFrame:
    """Return sums whose denominators, where the indicator says so, are taken from a reference series.

    Arguments:
        own: figure, area, numerator, denominator, and any other columns.
        figures: As described: reference (the id of a series, or null), denominator_scale, the period and breakdown.
        series: Reference series by id.
        codes: The codes that the areas' numbers stand for.

    Returns:
        The same rows; the denominator is null where the series has none.

    Raises:
        UnknownNameError: An indicator names a series that is not there.
    """
    found = [own.join(figures.filter(pl.col("reference").is_not_null()), on="figure", how="anti")]
    for name in figures["reference"].drop_nulls().unique().sort():
        if name not in series:
            offered = ", ".join(sorted(series)) or "none"
            raise UnknownNameError(f"no reference series is called {name!r}; there are: {offered}")
        of_series = figures.filter(pl.col("reference") == name).select(
            "figure", "breakdown", "period_kind", "period_start", "period_end", "denominator_scale"
        )
        sums = own.join(of_series, on="figure").with_columns(
            area_code=pl.lit(pl.Series(codes, dtype=pl.String)).gather("area")
        )
        persons = persons_of(series[name], sums) * sums["denominator_scale"]
        found.append(
            sums.with_columns(denominator=pl.when(pl.col("numerator").is_not_null()).then(persons)).select(own.columns)
        )
    return pl.concat(found)
