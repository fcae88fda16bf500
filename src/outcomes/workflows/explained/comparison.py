"""Explains the first signal: what stands behind the benchmark, the distance, the intervals, and its chance."""

from typing import Final

from outcomes.scorecard.model import ExplanationStep
from outcomes.vocabulary import BenchmarkKind
from outcomes.workflows.explained.benchmark import EXPLAINED_BENCHMARKS
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.false_discoveries import with_family
from outcomes.workflows.explained.overdispersion import with_overdispersed_word
from outcomes.workflows.explained.p_value import with_p_value
from outcomes.workflows.explained.working import figure, working

__all__ = ["explained_comparison"]

_INTERVALS: Final = (("95 %", "lower_ci_95", "upper_ci_95"), ("99.8 %", "lower_ci_99_8", "upper_ci_99_8"))


def explained_comparison(case: Case, row: Row, step: ExplanationStep) -> ExplanationStep:
    """Return the step of a comparison with the benchmark's source and sums, the distance, and how sure it is."""
    level, value = row["against_value"], case.chosen["value"]
    is_earlier = row["against"] == BenchmarkKind.OWN_EARLIER_VALUE
    step = case.with_method(step, "interval_of_difference" if is_earlier else "interval_comparison")
    if level is None:
        return step
    behind = EXPLAINED_BENCHMARKS[BenchmarkKind(row["against"])](case, row)
    figures = [*step.figures, *behind.figures]
    # beside an own earlier value the interval of the difference decides, not the value's own
    for said, lower, upper in () if is_earlier else _INTERVALS:
        ends = (case.chosen[lower], case.chosen[upper])
        if None not in ends:
            holds = "holds" if ends[0] <= level <= ends[1] else "leaves out"
            between = f"{figure(ends[0])} to {figure(ends[1])}"
            figures.append((f"{said} interval", f"{between}, which {holds} {figure(level)}"))
    distance = working("distance", "value − benchmark", {"value": value, "benchmark": level}, row["amount"])
    workings = tuple(one for one in (*behind.workings, distance) if one is not None)
    told = step.model_copy(
        update={
            "figures": tuple(figures),
            "tables": (*step.tables, *behind.tables),
            "workings": (*step.workings, *workings),
        }
    )
    for further in (with_p_value, with_family, with_overdispersed_word):
        told = further(case, row, told)
    return told
