"""Makes the fifth signal of a line from its judged row and the gaps behind it."""

from collections.abc import Mapping, Sequence
from datetime import date

from outcomes.framework.model import Inclusion, Indicator
from outcomes.scorecard.figures import Row
from outcomes.scorecard.model import GapFigure, Inequality, NotBuilt, Point
from outcomes.vocabulary import Detail, Polarity, Reason, Word

__all__ = ["NOT_ASKED", "NOT_COLLECTED", "inequality_of"]

NOT_ASKED = "Inequality is not asked: no method is named."
NOT_COLLECTED = "It is not collected by deprivation."
NO_FIGURE = "There is no figure."
NO_WHOLE = "There is no figure of everybody, beside which a gap would stand."
_LIMITS = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")


def inequality_of(
    judged: Sequence[Row],
    gaps: Mapping[date, Row],
    points: Sequence[Point],
    indicator: Indicator,
    inclusion: Inclusion,
    titles: Mapping[str, str],
) -> Inequality | NotBuilt:
    """Return what is said of the gap by deprivation; where it is not asked or not collected, that.

    Arguments:
        judged: The signal's rows; one, or none where there is no figure.
        gaps: The gaps by first day of the period, from protected figures.
        points: The line's points, earliest first.
        indicator: The measure.
        inclusion: The terms.
        titles: Method name to its printed title.
    """
    if not inclusion.inequality:
        return NotBuilt(because=NOT_ASKED)
    if not (indicator.is_gap or any(breakdown.deprivation for breakdown in indicator.breakdowns)):
        return NotBuilt(because=NOT_COLLECTED)
    terms = {"method": inclusion.inequality, "method_title": titles.get(inclusion.inequality, inclusion.inequality)}
    if not judged:
        because = NO_FIGURE if indicator.is_gap else NO_WHOLE
        return Inequality(word=Word.CANNOT_TELL, reason=Reason.MISSING, because=because, **terms)
    row = judged[0]
    word = Word(row["word"])
    now: Row = gaps.get(row["period_start"], {})
    entered = [start for start in sorted(gaps) if gaps[start]["is_in_change"]]
    # a word that is withheld or cannot be told has no past to be held against
    first = gaps[entered[0]] if entered and word is not Word.CANNOT_TELL else None
    periods = {point.period_start: point.period for point in points}
    return Inequality(
        word=word,
        dimension=now.get("dimension") or "",
        groups=now.get("groups") or 0,
        most_deprived_group=now.get("most_deprived_group") or "",
        least_deprived_group=now.get("least_deprived_group") or "",
        most_deprived=now.get("most_deprived_value"),
        least_deprived=now.get("least_deprived_value"),
        absolute_gap=_figure(now, "absolute_gap"),
        relative_gap=_figure(now, "relative_gap"),
        slope_index=_figure(now, "slope_index"),
        relative_index=_figure(now, "relative_index"),
        slope_method=inclusion.slope_index,
        slope_method_title=titles.get(inclusion.slope_index, inclusion.slope_index),
        slope_reason=Reason(now["slope_reason"]) if now.get("slope_reason") else None,
        slope_detail=Detail(now["slope_detail"]) if now.get("slope_detail") else None,
        first_gap=first["absolute_gap"] if first else None,
        first_relative_gap=first["relative_gap"] if first else None,
        first_period=periods.get(first["period_start"], "") if first else "",
        slope=row["amount"],
        chi_square=row["test_statistic"],
        points=row["points"] or 0,
        direction=row["direction"],
        worse_end=_worse_end(now, inclusion.polarity),
        reason=Reason(row["reason"]) if row["reason"] else None,
        detail=Detail(row["detail"]) if row["detail"] else None,
        because=row["because"] or "",
        **terms,
    )


def _figure(row: Row, name: str) -> GapFigure:
    return GapFigure(value=row.get(name), **{limit: row.get(f"{name}_{limit}") for limit in _LIMITS})


def _worse_end(row: Row, polarity: Polarity) -> str | None:
    """Return the end that is worse off by the interval of the gap; None where nobody judges or chance may have it."""
    lower, upper = row.get("absolute_gap_lower_ci_95"), row.get("absolute_gap_upper_ci_95")
    if polarity is Polarity.NO_JUDGEMENT or lower is None or upper is None or lower <= 0 <= upper or not row["groups"]:
        return None
    is_most_higher = lower > 0
    return "most" if is_most_higher == (polarity is Polarity.LOWER_IS_BETTER) else "least"
