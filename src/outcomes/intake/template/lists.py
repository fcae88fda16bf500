"""The code lists of a template, each a small table on a sheet of its own, with the names that drop-downs go by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from outcomes.intake.template.asking import Asked, inputs_of
from outcomes.intake.template.texts import number_rule, spoken_day
from outcomes.partner_words import MARKER_WORDS
from outcomes.vocabulary import Qualifier, RowStatus

__all__ = ["CodeList", "code_lists", "list_name"]

# what a partner can know of a figure that it sends
_QUALIFIERS: Final = (
    Qualifier.PROVISIONAL,
    Qualifier.REVISED,
    Qualifier.ESTIMATED,
    Qualifier.BREAK_IN_SERIES,
    Qualifier.LOW_RELIABILITY,
)


@dataclass(frozen=True)
class CodeList:
    """One table of codes.

    Attributes:
        sheet: Its worksheet.
        note: One sentence above it.
        columns: The names of its columns.
        widths: Of the columns, in characters.
        rows: Texts.
        ranges: Names of runs of its cells: name to (column, first row, last row), rows counted from 0 in `rows`.
    """

    sheet: str
    note: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    ranges: dict[str, tuple[int, int, int]]


def list_name(column: str) -> str:
    """Return the name by which the drop-down of a column finds its list.

    >>> list_name("ethnic-group")
    'list_ethnic_group'
    """
    return "list_" + re.sub(r"[^A-Za-z0-9]", "_", column)


def code_lists(asked: Asked) -> Iterator[CodeList]:
    """Yield the code lists of a template: indicators, places, markers, and categories where there are any."""
    yield _indicators(asked)
    yield _places(asked)
    yield _markers(asked)
    categories = tuple(_categories(asked))
    if categories:
        ranges = {}
        for column in dict.fromkeys(row[0] for row in categories):
            at = [index for index, row in enumerate(categories) if row[0] == column]
            ranges[list_name(column)] = (1, at[0], at[-1])
        yield CodeList(
            "Categories",
            "What the other columns with a list may hold.",
            ("Column", "Category", "Meaning"),
            (24, 34, 60),
            categories,
            ranges,
        )


def _indicators(asked: Asked) -> CodeList:
    rows = []
    for indicator in asked.indicators:
        mine = [row for row in asked.rows if row.indicator.key == indicator.key]
        takes = inputs_of(indicator)
        denominator = indicator.denominator_definition if "denominator" in takes else "Not asked for"
        numerator = indicator.numerator_definition or indicator.published_as or "As published"
        column = "value" if "value" in takes else "numerator"
        rows.append(
            (
                indicator.id,
                indicator.name,
                ", ".join(dict.fromkeys(row.period for row in mine)),
                spoken_day(max(row.due_on for row in mine)),
                numerator,
                number_rule(indicator, column),
                denominator,
                number_rule(indicator, "denominator") if "denominator" in takes else "Not asked for",
                indicator.unit or "none",
            )
        )
    return CodeList(
        "Indicators",
        "What each indicator is, and what its numbers count.",
        (
            *("indicator_id", "Indicator", "Period", "Due by", "What the numerator or the value is"),
            *("It is written as", "What the denominator is", "The denominator is written as", "Unit"),
        ),
        (24, 44, 14, 19, 52, 26, 52, 26, 16),
        tuple(rows),
        {list_name("indicator_id"): (0, 0, len(rows) - 1)},
    )


def _places(asked: Asked) -> CodeList:
    found = {row.area_code: row.area_name for row in asked.rows}
    levels = {area.code: area.level.value for area in asked.partnership.areas}
    rows = tuple((code, name, levels[code]) for code, name in sorted(found.items()))
    return CodeList(
        "Places",
        "The places for which figures are asked.",
        ("place_code", "Place", "Level"),
        (18, 48, 18),
        rows,
        {list_name("place_code"): (0, 0, len(rows) - 1)},
    )


def _markers(asked: Asked) -> CodeList:
    markers = asked.terms.layout.markers
    rows = tuple(
        (text, MARKER_WORDS[status][0], MARKER_WORDS[status][1])
        for status in RowStatus
        for text in markers.get(status, ())
    )
    return CodeList(
        "Markers",
        "What to write in place of a number that you do not have.",
        ("Marker", "It means", "When to write it"),
        (12, 20, 60),
        rows,
        {list_name("markers"): (0, 0, max(len(rows) - 1, 0))},
    )


def _categories(asked: Asked) -> Iterator[tuple[str, str, str]]:
    for dimension in asked.dimensions:
        found: dict[str, str] = {}
        for indicator in asked.indicators:
            for breakdown in indicator.breakdowns:
                if breakdown.dimension == dimension:
                    found |= dict.fromkeys(breakdown.categories, "One category")
                    if breakdown.whole:
                        found[breakdown.whole] = "Everybody"
        yield from ((dimension, category, meaning) for category, meaning in found.items())
    yield from (("source_code", source, "Whose figure it is") for source in asked.sources)
    if "value_status" in asked.columns:
        yield from (("value_status", qualifier.value, "What to know about the figure") for qualifier in _QUALIFIERS)
