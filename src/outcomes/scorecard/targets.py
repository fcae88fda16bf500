"""Turns the judgements of a line's targets into what pages need of them: kind, groups, baseline, path, distance."""

from collections.abc import Iterable
from typing import Any

from outcomes.breakdown import WHOLE, spoken_group
from outcomes.framework.model import IndicatorKey
from outcomes.partnership.model import KnownTarget
from outcomes.scorecard.figures import Figures, Row
from outcomes.scorecard.model import BaselineLine, TargetLine, TargetSignal
from outcomes.target import Target
from outcomes.vocabulary import AreaLevel, Assurance, Certainty, Reached, TargetKind, Word

__all__ = ["target_signals"]


def target_signals(rows: Iterable[Row], figures: Figures) -> tuple[TargetSignal, ...]:
    """Return the targets of a line: everybody's first, then those of groups; that there is none, only where none is.

    Those that a later version of the agreement changed or dropped follow the ones that stand.

    Arguments:
        rows: The judgements of the fourth signal, everybody's and groups'.
        figures: The targets as agreed, by their keys, what each figure was held against, and the groups' values.
    """
    ordered = sorted(rows, key=lambda row: row["breakdown"])
    signals = [_signal(row, figures) for row in ordered if row["word"] != Word.NO_TARGET]
    replaced = [one for one in signals if one.change is not None]
    standing = [one for one in signals if one.change is None]
    none = [_signal(row, figures) for row in ordered if row["word"] == Word.NO_TARGET]
    return (*(standing or none), *replaced)


def _signal(row: Row, figures: Figures) -> TargetSignal:
    word = Word(row["word"])
    if word is Word.NO_TARGET:
        return TargetSignal(word=word, because=row["because"] or "")
    known = figures.targets.get(row["target_key"] or "")
    said = TargetSignal(
        word=word,
        key=row["target_key"] or "",
        set_by=AreaLevel(row["against"]) if row["against"] else None,
        breakdown=row["breakdown"],
        group=_group(row, row["breakdown"], figures),
        period=row["period"],
        expected=row["against_value"],
        target_period=row["target_period"] or "",
        target_value=row["target_value"],
        reached=Reached(row["reached"]) if row["reached"] else None,
        certainty=Certainty(row["certainty"]) if row["certainty"] else None,
        assurance=Assurance(row["assurance"]) if row["assurance"] else None,
        distance=row["amount"],
        decision=row["against_code"] or "",
        because=row["because"] or "",
    )
    if known is None:
        return said
    return said.model_copy(update=_terms(row, known.target, figures) | _replaced(known))


def _replaced(known: KnownTarget) -> dict[str, Any]:
    """Return what became of a target that a later version of its agreement changed or dropped."""
    if known.change is None or known.replaced_by is None:
        return {}
    version, decision, since = known.replaced_by
    return {"change": known.change, "replaced_by": version, "replaced_decision": decision, "replaced_since": since}


def _terms(row: Row, target: Target, figures: Figures) -> dict[str, Any]:
    """Return what the agreed target adds to its judgement."""
    held: Row = figures.held_against(row) or {}
    baseline = _baseline(target, held)
    end = target.points[-1].value if target.points else held.get("end_value")
    return {
        "kind": target.kind,
        "compared_with": _compared_with(row, target, held, figures),
        "match": target.match,
        "areas": row["points"],
        "baseline": baseline,
        "by_points": target.by.points if target.by else None,
        "by_per_cent": target.by.per_cent if target.by else None,
        "has_path": target.has_path or target.kind is TargetKind.PATH,
        "measured": _measured(row, target, held, figures),
        "target_value": end,
        "points": _points(target, baseline, end),
        "distance_lower_ci_95": held.get("lower_amount"),
        "distance_upper_ci_95": held.get("upper_amount"),
        "agreed_on": target.agreed_on,
    }


def _group(row: Row, breakdown: str, figures: Figures) -> str:
    indicator = figures.partnership.indicators[(row["indicator_id"], row["indicator_version"])]
    return spoken_group(breakdown, indicator.by_deprivation)


def _compared_with(row: Row, target: Target, held: Row, figures: Figures) -> str:
    if target.kind is TargetKind.GAP:
        return _group(row, target.compared_with, figures)
    code = held.get("compared_code") or ""
    return figures.names.get(code, code)


def _baseline(target: Target, held: Row) -> BaselineLine | None:
    if target.baseline is None:
        return None
    frozen = target.baseline.value
    return BaselineLine(
        period=target.baseline.period,
        value=held.get("baseline_value") if frozen is None else frozen,
        is_frozen=frozen is not None,
        source=target.baseline.source,
    )


def _measured(row: Row, target: Target, held: Row, figures: Figures) -> float | None:
    if target.kind is TargetKind.GAP:
        return held.get("measured_value")
    if row["breakdown"] == WHOLE:
        return None
    key: IndicatorKey = (row["indicator_id"], row["indicator_version"])
    of_group = (
        one["value"]
        for one in figures.estimates_of(key, row["area_code"])
        if one["breakdown"] == row["breakdown"] and one["period_start"] == row["period_start"]
    )
    return next(of_group, None)


def _points(target: Target, baseline: BaselineLine | None, end: float | None) -> tuple[TargetLine, ...]:
    """Return the levels of a target on the indicator's own scale: the gap and the benchmark have none."""
    if target.points:
        return tuple(TargetLine(period=point.period, value=point.value) for point in target.points)
    if target.kind is not TargetKind.CHANGE or end is None:
        return ()
    last = TargetLine(period=target.due, value=end)
    if not target.has_path or baseline is None or baseline.value is None:
        return (last,)
    return (TargetLine(period=baseline.period, value=baseline.value), last)
