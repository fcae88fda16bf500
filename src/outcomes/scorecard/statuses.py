"""Reads the separate signals in another system's fixed statuses, by its table of rules; no page shows them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.errors import OutcomesError, UnknownNameError
from outcomes.protection.model import WORKING_COPY
from outcomes.scorecard.collection import Scorecards
from outcomes.status_table import NOT_JUDGED, StatusMeasure, StatusTable
from outcomes.table import hold_to_table
from outcomes.vocabulary import AreaLevel, Reason, Signal, Word

__all__ = ["STATUS_EXPORT_COLUMNS", "statuses"]

STATUS_EXPORT_COLUMNS: Final[dict[str, pl.DataType]] = {
    "framework_id": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "official_code": pl.String(),
    "indicator": pl.String(),
    "unit": pl.String(),
    "area_code": pl.String(),
    "area": pl.String(),
    "level": pl.String(),
    "period": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "value": pl.Float64(),
    "lower_ci_95": pl.Float64(),
    "upper_ci_95": pl.Float64(),
    # why there is no value, or why a word was withheld
    "reason": pl.String(),
    "qualifiers": pl.String(),
    # the target that counted
    "set_by": pl.String(),
    "decision": pl.String(),
    "expected": pl.Float64(),
    "distance": pl.Float64(),
    "target_period": pl.String(),
    "target_value": pl.Float64(),
    "status_id": pl.String(),
    "status": pl.String(),
    # the number of the rule in its table, from 1; null where there is nothing that a rule could be asked about
    "rule": pl.Int32(),
    # what the signals said that the rules look at, such as `target: on track; reached: reached`
    "signals": pl.String(),
    "because": pl.String(),
}

Row = Mapping[str, Any]

_OF_TARGET: Final = ("target", "reached", "certainty")
_KEY: Final = ("indicator_id", "indicator_version", "area_code", "period_start")


def statuses(cards: Scorecards, framework: str) -> pl.DataFrame:
    """Return the status of every measure of a framework for every place, by the framework's published table.

    It reads what the pages print, protected as they are; the signals stay as they were judged, and nothing else
    changes. A figure that is missing, hidden or withheld has the table's status for that, with the reason. Of several
    targets the nearest one that is not past counts, of the setter that the table names first; of two for one period
    that whose decision comes first by its letters, then a level or path before others, the lower first. Targets of a
    group and of a gap do not count: a status is of everybody.

    Arguments:
        cards: The scorecards of all places.
        framework: The framework's id, such as `bcf`; it must have a `statuses.yaml`.

    Returns:
        One row for each measure of the framework and place, also where nothing was ever sent of it; columns
        `STATUS_EXPORT_COLUMNS`, sorted by indicator, then area.

    Raises:
        UnknownNameError: No framework of these scorecards has such an id and a table of statuses.
        OutcomesError: The scorecards are an unprotected working copy: statuses are for others.
    """
    if cards.policy_id == WORKING_COPY:
        raise OutcomesError(
            "statuses: found an unprotected working copy, expected protected scorecards: another system reads them. "
            "Score them under a policy for small numbers."
        )
    if framework not in cards.status_tables:
        offered = ", ".join(sorted(cards.status_tables)) or "none"
        raise UnknownNameError(
            f"framework {framework!r}: found no statuses.yaml for it, expected one of: {offered}. Name one of these, "
            "or add a table of statuses to the framework's folder."
        )
    rows = list(_rows(cards, framework, cards.status_tables[framework]))
    found = pl.DataFrame(rows, schema=dict(STATUS_EXPORT_COLUMNS), orient="row")
    return hold_to_table(
        found.sort("indicator_id", "indicator_version", "area_code"), STATUS_EXPORT_COLUMNS, "statuses"
    )


def _rows(cards: Scorecards, framework: str, table: StatusTable) -> Iterator[dict[str, Any]]:
    places = {card.place.area_code: card.place for card in cards}
    judged: dict[tuple[Any, ...], list[Row]] = {}
    is_here = (pl.col("framework_id") == framework) & (pl.col("breakdown") == WHOLE)
    for row in cards.signals.filter(is_here).iter_rows(named=True):
        judged.setdefault(tuple(row[name] for name in _KEY), []).append(row)
    current = _current(cards, framework, sorted(places))
    sent = {
        StatusMeasure(*row)
        for row in current.select("indicator_id", "indicator_version", "official_code", "indicator", "unit").iter_rows()
    }
    # a measure of which nothing was ever sent is missing everywhere
    included = {measure[:2]: measure for measure in (*cards.status_measures.get(framework, ()), *sorted(sent, key=str))}
    of_measures = current.partition_by("indicator_id", "indicator_version", as_dict=True)
    for key, measure in sorted(included.items()):
        figures = {row["area_code"]: row for row in of_measures.get(key, current.clear()).iter_rows(named=True)}
        for area_code, place in sorted(places.items()):
            if area_code not in figures:
                yield {
                    **dict.fromkeys(STATUS_EXPORT_COLUMNS),
                    **measure._asdict(),
                    "framework_id": framework,
                    "area_code": area_code,
                    "area": place.name,
                    "level": place.level.value,
                    **_without(table, Reason.MISSING.value),
                }
            else:
                row = figures[area_code]
                yield _with_status(row, judged.get(tuple(row[name] for name in _KEY), ()), table)


def _current(cards: Scorecards, framework: str, places: list[str]) -> pl.DataFrame:
    """The current figure of each measure and place: the latest period that had ended by the date."""
    frame = cards.frame.filter(
        (pl.col("framework_id") == framework)
        & (pl.col("breakdown") == WHOLE)
        & (pl.col("period_end") <= cards.as_of)
        & pl.col("area_code").is_in(places)
    )
    latest = pl.col("period_start").max().over("indicator_id", "indicator_version", "area_code")
    return frame.filter(pl.col("period_start") == latest)


def _with_status(row: Row, judged: Sequence[Row], table: StatusTable) -> dict[str, Any]:
    target = _target(judged, table)
    figures = {name: row[name] for name in STATUS_EXPORT_COLUMNS if name in row and name not in ("target_value",)}
    found: dict[str, Any] = {**dict.fromkeys(STATUS_EXPORT_COLUMNS), **figures}
    if row["value"] is None:
        return {**found, **_without(table, row["reason"] or Reason.MISSING.value)}
    looked_at = {name: _row_of(name, judged, target, row["benchmark"]) for name in table.used}
    hidden = any(one is not None and one["reason"] == Reason.CONFIDENTIAL.value for one in looked_at.values())
    if hidden:
        return {**found, **_without(table, Reason.CONFIDENTIAL.value)}
    # why a word beside a figure that is there could not be given, such as of one that is too old
    found["reason"] = next((one["reason"] for one in looked_at.values() if one is not None and one["reason"]), None)
    said = {name: _word(name, one) for name, one in looked_at.items()}
    position = table.rule_of(said)
    rule = table.rules[position]
    if target is not None and target["target_period"]:
        found |= {
            "set_by": target["against"],
            "decision": target["against_code"],
            "expected": target["against_value"],
            "distance": target["amount"],
            "target_period": target["target_period"],
            "target_value": target["target_value"],
        }
    return {
        **found,
        "status_id": rule.status,
        "status": table.text_of(rule.status),
        "rule": position + 1,
        "signals": "; ".join(f"{name.replace('_', ' ')}: {word}" for name, word in said.items()),
        "because": rule.because,
    }


def _without(table: StatusTable, reason: str) -> dict[str, Any]:
    """The status of a figure that is not there to be read."""
    return {
        "reason": reason,
        "status_id": table.not_available,
        "status": table.text_of(table.not_available),
        "because": f"There is no figure to go by: {reason}.",
    }


def _target(judged: Sequence[Row], table: StatusTable) -> Row | None:
    """The target that counts: of the setter that comes first, the nearest that is not past, else the latest."""
    rows = [row for row in judged if row["signal"] == Signal.TARGET.value and row["target_period"]]
    order = table.set_by or tuple(AreaLevel)
    rows = [row for row in rows if row["against"] in order]
    if not rows:
        return None
    first = min(order.index(AreaLevel(row["against"])) for row in rows)
    rows = [row for row in rows if order.index(AreaLevel(row["against"])) == first]
    # canonical texts of one rhythm stand in the order of time
    ahead = [row for row in rows if row["target_period"] >= row["period"]]
    end = (min if ahead else max)(row["target_period"] for row in ahead or rows)
    # a target that follows from another level has no value of its own
    return min(
        (row for row in rows if row["target_period"] == end),
        key=lambda row: (
            row["against_code"] or "",
            row["target_value"] is None,
            row["target_value"] or 0.0,
            row["target_key"] or "",
        ),
    )


def _row_of(name: str, judged: Sequence[Row], target: Row | None, benchmark: str | None) -> Row | None:
    if name in _OF_TARGET:
        return target
    of_signal = [row for row in judged if row["signal"] == name]
    if name == Signal.COMPARISON.value:
        # the results name the inclusion's first benchmark
        of_signal = [row for row in of_signal if (row["against"] or "") == (benchmark or "")]
    return of_signal[0] if of_signal else None


def _word(name: str, row: Row | None) -> str:
    if row is None:
        if name == "target":
            return Word.NO_TARGET.value
        return NOT_JUDGED if name in _OF_TARGET else Word.NOT_ASKED.value
    if name in ("reached", "certainty"):
        return str(row[name] or NOT_JUDGED)
    return str(row["word"])
