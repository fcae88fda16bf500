"""Makes the tables behind a line: every period, every part of the place, every group of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from outcomes.breakdown import WHOLE, breakdown_text
from outcomes.report.charts import interval_bar
from outcomes.report.formatting import (
    count_text,
    interval_text,
    joined,
    number_text,
    period_text,
    value_text,
)
from outcomes.report.marks import Mark, mark_of
from outcomes.report.printed import figure_key
from outcomes.report.signals import absence_text, compared_with, reason_text
from outcomes.report.special_cause_view import limits_text, rule_text
from outcomes.report.submitted import differing_whole
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import AreaValue, GroupValue, IndicatorLine, Point, Value
from outcomes.vocabulary import AS_PUBLISHED, Detail, Reason, Word

__all__ = [
    "GroupTable",
    "PartRow",
    "absent_parts",
    "group_tables",
    "interval_of",
    "is_marked",
    "part_rows",
    "period_rows",
    "point_period",
    "printed_value",
    "why_no_interval",
    "withheld_parts",
]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of the place in a table; `figure` names its figure on every page."""

    name: str
    value: str
    interval: str
    bar: Markup
    word: str
    mark: Mark | None
    note: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The values of one way to group people."""

    dimension: str
    rows: tuple[PartRow, ...]


def printed_value(value: Value, decimals: int, unit: str) -> str:
    """Return a value with its unit, or its Reason in a word."""
    return value_text(value.value, decimals, unit) if value.value is not None else absence_text(value)


def point_period(line: IndicatorLine, point: Point, *, long: bool = False) -> str:
    """Return a point's period as people write it."""
    return period_text(line.period_kind, point.period, point.period_start, point.period_end, long=long)


def interval_of(value: Value, decimals: int) -> str:
    """Return a value's interval as it is printed, or an empty text where there is none."""
    if value.lower_ci_95 is None or value.upper_ci_95 is None or value.value is None:
        return ""
    return interval_text(value.lower_ci_95, value.upper_ci_95, decimals)


def _count(value: float | None, whole: Value) -> str:
    if value is not None:
        return count_text(value)
    return say("counts_hidden") if whole.reason is Reason.CONFIDENTIAL else say("no_count")


def period_rows(line: IndicatorLine) -> tuple[tuple[str, ...], Markup]:
    """Return the table behind the chart: columns that have anything to say, and a row a period, the latest first.

    The rows are joined here, not in a template: a page has hundreds.
    """
    points = line.points
    has_counts = any(p.value.numerator is not None or p.value.denominator is not None for p in points)
    has_benchmark = any(p.benchmark is not None for p in points)
    has_path = any(p.path is not None for p in points)
    columns = [say("period"), say("value"), say("interval")]
    columns += [say("numerator"), say("denominator")] if has_counts else []
    columns += [line.drawn_benchmark or say("comparison")] if has_benchmark else []
    columns += [say("path")] if has_path else []
    has_process = any(p.process is not None for p in points)
    columns += [say("process_limits"), say("special_cause")] if has_process else []
    notes = [_note(point.value, line) for point in points]
    columns += [say("note")] if any(notes) else []
    rows = []
    for point, note in zip(reversed(points), reversed(notes), strict=True):
        value = point.value
        row = [
            point_period(line, point, long=True),
            printed_value(value, line.decimals, ""),
            interval_of(value, line.decimals) or say("no_interval"),
        ]
        row += [_count(value.numerator, value), _count(value.denominator, value)] if has_counts else []
        if has_benchmark:
            known = point.benchmark is not None
            row.append(number_text(point.benchmark or 0.0, line.decimals) if known else say("benchmark_missing"))
        if has_path:
            row.append(number_text(point.path, line.decimals) if point.path is not None else say("no_path"))
        row += [_limits_cell(line, point)] if has_process else []
        # the row is escaped at once: cell by cell takes most of a page's time
        cells = str(escape("\x1f".join(row[1:]))).replace("\x1f", "</td><td>")
        cells = f"<td>{cells}</td>"
        if has_process:
            cells += f'<td class="note">{_escaped(_special_cause_cell(line, point))}</td>'
        if any(notes):
            cells += f'<td class="note">{_escaped(note or say("nothing_to_note"))}</td>'
        rows.append(f'<tr><th scope="row">{_escaped(row[0])}</th>{cells}</tr>')
    return tuple(columns), Markup("".join(rows))


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    """A text of which a page has many alike."""
    return str(escape(text))


def _limits_cell(line: IndicatorLine, point: Point) -> str:
    return (limits_text(line, point.process) if point.process else "") or say("no_limits")


def _special_cause_cell(line: IndicatorLine, point: Point) -> str:
    """What a period shows, and the rule by which it is flagged."""
    process = point.process
    if process is None:
        return say("not_charted")
    rule = rule_text(line.period_kind, process)
    word = f"{process.variation.value}, {rule}" if process.rule is not None and process.variation is not None else rule
    return sentence_case(word) or say("no_value")


def why_no_interval(value: Value, line: IndicatorLine) -> str:
    """Return why a value that is there has no interval; of a published one, that none came with it."""
    if line.definition.method == AS_PUBLISHED and value.detail is Detail.NO_SPREAD:
        return say("no_interval_published")
    return say("no_interval_because", reason=say(f"detail_{value.detail.value}")) if value.detail else ""


def is_marked(value: Value) -> bool:
    """Whether a single figure came with a marker in place of its number: its Reason says so, and nobody is missing."""
    is_said = value.reason in (Reason.NOT_AVAILABLE, Reason.NOT_APPLICABLE, Reason.CONFIDENTIAL)
    return value.value is None and is_said and value.parts_expected in (None, 1)


def withheld_parts(value: Value, line: IndicatorLine) -> tuple[str, ...]:
    """Return which parts of the current value have come and are withheld.

    They are those that the line's own table of parts calls confidential; of other periods no table says so, and nothing
    is told of them.
    """
    if line.current is None or value != line.current.value:
        return ()
    hidden = {part.name for part in line.parts if part.value.reason is Reason.CONFIDENTIAL}
    return tuple(name for name in value.missing_parts if name in hidden)


def absent_parts(value: Value, line: IndicatorLine) -> list[str]:
    """Return which parts are not in a value: those that are missing, and those that are withheld."""
    withheld = withheld_parts(value, line)
    missing = [name for name in value.missing_parts if name not in withheld]
    named = (("parts_missing", missing), ("parts_withheld", withheld))
    return [say(key, parts=joined(names)) for key, names in named if names]


def _note(value: Value, line: IndicatorLine) -> str:
    notes = [qualifier.value for qualifier in value.qualifiers]
    if value.value is None:
        notes.insert(0, reason_text(value))
    elif value.lower_ci_95 is None and value.detail is not None:
        notes.append(why_no_interval(value, line))
    if not is_marked(value):
        notes += absent_parts(value, line)
    notes += differing_whole(value, line.decimals, line.unit)
    return sentence_case("; ".join(notes))


def _ends(values: Sequence[Value]) -> tuple[float, float]:
    numbers = [
        n for v in values for n in (v.value, v.lower_ci_95, v.upper_ci_95) if v.value is not None and n is not None
    ]
    return (min(numbers), max(numbers)) if numbers else (0.0, 0.0)


def _part_row(
    line: IndicatorLine,
    name: str,
    value: Value,
    mark: Mark | None,
    word: str,
    ends: tuple[float, float],
    whose: tuple[str, str],
) -> PartRow:
    whole = line.current.value.value if line.current else None
    interval = interval_of(value, line.decimals) or say("no_interval")
    printed = printed_value(value, line.decimals, line.unit if line.unit in ("%", "£") else "")
    bar = ""
    if value.value is not None:
        # the row says it in words
        bar = interval_bar(
            value.value, value.lower_ci_95, value.upper_ci_95, "", low=ends[0], high=ends[1], beside=whole, mark=mark
        )  # fmt: skip
    period = line.current.period if line.current else ""
    figure = figure_key(line.page_name, period, *whose)
    return PartRow(name, printed, interval, Markup(bar), word, mark, _note(value, line), figure)


def part_rows(line: IndicatorLine, parts: Sequence[AreaValue]) -> tuple[PartRow, ...]:
    """Return the parts of a place as rows, in the order given, on one scale."""
    ends = _scale_with_whole(line, [part.value for part in parts])
    rows = []
    for part in parts:
        is_compared = part.comparison is not None and part.comparison.word is not Word.NOT_COMPARED
        mark = mark_of(part.comparison.first_word) if part.comparison is not None else None
        word = say("part_remainder" if part.is_remainder else "part_not_compared")
        if part.comparison is not None:
            word = sentence_case(compared_with(part.comparison))
        whose = (part.area_code, WHOLE)
        row = _part_row(line, part.name, part.value, mark if is_compared else None, word, ends, whose)
        rows.append(row)
    return tuple(rows)


def _scale_with_whole(line: IndicatorLine, values: Sequence[Value]) -> tuple[float, float]:
    whole = [Value(value=line.current.value.value)] if line.current and line.current.value.value is not None else []
    return _ends([*values, *whole])


def group_tables(line: IndicatorLine, groups: Sequence[GroupValue], area_code: str = "") -> tuple[GroupTable, ...]:
    """Return one table for each way to group people of an area, in the order given."""
    found: dict[str, list[GroupValue]] = {}
    for group in groups:
        found.setdefault(group.dimension, []).append(group)
    tables = []
    for dimension, members in found.items():
        ends = _scale_with_whole(line, [member.value for member in members])
        rows = tuple(
            _part_row(
                line,
                member.category,
                member.value,
                None,
                "",
                ends,
                (area_code, breakdown_text({dimension: member.category})),
            )
            for member in members
        )
        tables.append(GroupTable(sentence_case(dimension.replace("_", " ")), rows))
    return tuple(tables)
