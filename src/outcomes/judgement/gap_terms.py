"""Lists of which measures a gap by deprivation is asked, on which terms, and which groups are its two ends."""

from typing import Final

import polars as pl

from outcomes.breakdown import breakdown_text
from outcomes.errors import UnknownNameError
from outcomes.framework.model import Indicator
from outcomes.partnership.model import Partnership
from outcomes.statistics.gap_trends import GAP_TREND_METHODS
from outcomes.statistics.inequality_slopes import SLOPE_METHODS
from outcomes.vocabulary import Statistic

__all__ = ["gap_groups", "gap_terms"]

_TERMS: Final[dict[str, pl.DataType]] = {
    "framework_id": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "inequality_method": pl.String(),
    "slope_method": pl.String(),
    "slope_seed": pl.Int64(),
    "is_gap": pl.Boolean(),
    # the scale on which the errors of its values are symmetrical
    "scale": pl.String(),
}
_GROUPS: Final[dict[str, pl.DataType]] = {
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    # of several breakdowns by deprivation, which comes first
    "choice": pl.Int32(),
    "dimension": pl.String(),
    "groups": pl.Int32(),
    # 1 the most deprived
    "group": pl.Int32(),
    "category": pl.String(),
    "breakdown": pl.String(),
}
_LOGARITHM: Final = (Statistic.CRUDE_RATE, Statistic.DIRECTLY_STANDARDISED_RATE)


def gap_terms(partnership: Partnership) -> pl.DataFrame:
    """Return one row for each inclusion of which inequality is asked and can be: the measure has groups, or is a gap.

    Arguments:
        partnership: Whose frameworks include the indicators.

    Raises:
        UnknownNameError: An inclusion names a method that there is not.
    """
    rows = []
    for framework, inclusion in partnership.inclusions:
        indicator = partnership.indicators.get(inclusion.key)
        if indicator is None or not inclusion.inequality:
            continue
        if not (indicator.is_gap or any(breakdown.deprivation for breakdown in indicator.breakdowns)):
            continue
        for key, name, known in (
            ("inequality", inclusion.inequality, tuple(GAP_TREND_METHODS)),
            ("slope_index", inclusion.slope_index or SLOPE_METHODS[0], SLOPE_METHODS),
        ):
            if name not in known:
                raise UnknownNameError(
                    f"framework {framework.id}, inclusion of {inclusion.indicator}: found {key} method {name!r}, "
                    f"expected one of {', '.join(known)}. Correct it in inclusions.yaml, or leave it empty for none."
                )
        rows.append(
            (
                framework.id,
                *inclusion.key,
                inclusion.inequality,
                inclusion.slope_index,
                inclusion.slope_index_seed,
                indicator.is_gap,
                _scale(indicator),
            )
        )
    return pl.DataFrame(rows, schema=_TERMS, orient="row")


def gap_groups(partnership: Partnership) -> pl.DataFrame:
    """Return one row for each group of each breakdown that is ordered by deprivation, 1 the most deprived.

    Arguments:
        partnership: Whose indicators declare the breakdowns.
    """
    rows = [
        (
            *indicator.key,
            choice,
            breakdown.dimension,
            len(breakdown.categories),
            number,
            category,
            breakdown_text({breakdown.dimension: category}),
        )
        for indicator in partnership.indicators.values()
        for choice, breakdown in enumerate(indicator.breakdowns)
        for number, category in enumerate(breakdown.most_deprived_first, 1)
    ]
    return pl.DataFrame(rows, schema=_GROUPS, orient="row")


def _scale(indicator: Indicator) -> str:
    """Return the scale of a measure's errors; of a published value, that of what it was published as."""
    published = indicator.published_as.lower().replace(" ", "_")
    statistic = published if indicator.statistic is Statistic.PUBLISHED_VALUE else indicator.statistic.value
    if statistic in [rate.value for rate in _LOGARITHM]:
        return "log"
    # a published proportion has no multiplier that would tell its whole
    return "logit" if indicator.statistic is Statistic.PROPORTION else "own"
