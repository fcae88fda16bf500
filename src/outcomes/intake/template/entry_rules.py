"""What a spreadsheet program holds a partner's entries to while they are typed: numbers or markers, and lists."""

from typing import Any, Final

from outcomes.framework.model import Indicator
from outcomes.intake.reading.grid import cell_address
from outcomes.intake.template.asking import NEEDED, Asked, inputs_of
from outcomes.intake.template.lists import list_name
from outcomes.intake.template.texts import COLUMN_NOTES, MOST_SAID, cell_message, marker_choice
from outcomes.vocabulary import NumeratorKind

__all__ = ["SPARE_ROWS", "hold_entries"]

# so many rows below the last one have the same lists
SPARE_ROWS: Final = 300
_LISTED: Final = ("indicator_id", "place_code", "source_code", "value_status")
_FEW_DECIMALS: Final = 1_000_000
_MOST_TITLE: Final = 32


def hold_entries(page: Any, asked: Asked) -> None:
    """Add drop-downs, checks of numbers and the words beside the cells to the sheet that is filled.

    Arguments:
        page: The worksheet, its rows written.
        asked: What it asks for.
    """
    last, end = len(asked.rows), len(asked.rows) + SPARE_ROWS
    for place, column in enumerate(asked.columns):
        if column in NEEDED or column.endswith(("_95", "_squares", "_size")):
            for first, final, indicator in _runs(asked):
                if column in inputs_of(indicator):
                    said = cell_message(asked, indicator, column)
                    rule = _number_rule(indicator, column, cell_address(place, first + 1))
                    page.data_validation(
                        first, place, final, place, _checked(rule, indicator.short_name or indicator.name, said, asked)
                    )
                else:
                    said = f"This indicator takes no {column} from you. Leave the cell empty."
                    page.data_validation(first, place, final, place, _message("Not asked for", said))
            rule = _number_or_marker(cell_address(place, last + 2), "TRUE")
            note = COLUMN_NOTES[column][:MOST_SAID]
            page.data_validation(last + 1, place, end, place, _checked(rule, column, note, asked))
        elif column in (*_LISTED, *asked.dimensions):
            if column == "source_code" and not asked.sources:
                continue
            first = 1 if column == "value_status" else last + 1
            page.data_validation(
                *(first, place, end, place),
                {
                    "validate": "list",
                    "source": f"={list_name(column)}",
                    "error_title": "Not in the list",
                    "error_message": f"Choose one of the entries of the list for {column}.",
                },
            )
        elif column == "period":
            page.data_validation(
                *(last + 1, place, end, place),
                _message("period", f"Write the period as in the rows above, such as {asked.rows[0].period}."),
            )


def _message(title: str, said: str) -> dict[str, Any]:
    return {"validate": "any", "input_title": title, "input_message": said}


def _runs(asked: Asked) -> list[tuple[int, int, Indicator]]:
    """The first and last row of each indicator, counted from 0 with the header; the rows are sorted by indicator."""
    runs: list[tuple[int, int, Indicator]] = []
    for row, line in enumerate(asked.rows, start=1):
        if runs and runs[-1][2].key == line.indicator.key:
            runs[-1] = (runs[-1][0], row, line.indicator)
        else:
            runs.append((row, row, line.indicator))
    return runs


def _number_rule(indicator: Indicator, column: str, cell: str) -> str:
    tests = []
    may_be_negative = column in ("value", "lower_ci_95", "upper_ci_95") or (
        column == "numerator" and indicator.allow_negative
    )
    if not may_be_negative:
        tests.append(f"{cell}>=0")
    if column == "numerator" and indicator.numerator is NumeratorKind.COUNT:
        tests.append(f"{cell}=INT({cell})")
    elif column in ("numerator", "denominator"):
        scale = indicator.numerator_scale if column == "numerator" else indicator.denominator_scale
        if scale < _FEW_DECIMALS:
            # what is typed is held in floating point: half a millionth of a part is no part
            tests.append(f"ABS({cell}*{scale}-ROUND({cell}*{scale},0))<0.0000005")
    return _number_or_marker(cell, f"AND({','.join(tests)})" if tests else "TRUE")


def _number_or_marker(cell: str, is_right: str) -> str:
    return f"=IF(ISNUMBER({cell}),{is_right},SUMPRODUCT(--({list_name('markers')}=TRIM({cell})))>0)"


def _checked(rule: str, title: str, said: str, asked: Asked) -> dict[str, Any]:
    return {
        "validate": "custom",
        "value": rule,
        "input_title": title if len(title) <= _MOST_TITLE else title[: _MOST_TITLE - 1] + "…",
        "input_message": said,
        "error_title": "Not a number or a marker",
        "error_message": f"{said.rpartition('; or ')[0] or said} Or a marker: {marker_choice(asked)}."[:MOST_SAID],
    }
