"""Every sentence of a template: cover, notes of the columns, and what is said beside a cell."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from outcomes.framework.model import Indicator
from outcomes.intake.number_words import number_in_words
from outcomes.intake.template.asking import NEEDED, Asked
from outcomes.intake.template.mark import RETURN_SHEET
from outcomes.partner_words import MARKER_WORDS, UNLOCK, marker_shown
from outcomes.period import EXAMPLE, period_from_text
from outcomes.vocabulary import RowStatus

__all__ = [
    "COLUMN_NOTES",
    "MOST_SAID",
    "cell_message",
    "cover_lines",
    "marker_choice",
    "number_rule",
    "spoken_day",
]

# what a spreadsheet program shows beside a cell is no longer
MOST_SAID: Final = 255
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
COLUMN_NOTES: Final = {
    "indicator_id": "The indicator's id. The sheet Indicators says what each one is. Leave it as it is.",
    "indicator_name": "What the id stands for. The id counts; the name is only compared with it. Leave it as it is.",
    "place_code": "The place's code. The sheet Places lists them. Leave it as it is.",
    "place_name": "What the code stands for. The code counts; the name is only compared with it. Leave it as it is.",
    "period": "The period that the figure is for. Leave it as it is.",
    "source_code": "Whose figure it is, where it is not your own. Leave it as it is.",
    "numerator": "What is counted. A number in every row, 0 if there were none, or a marker. Never blank.",
    "denominator": "Out of how many. A number in every row, or a marker. Never blank.",
    "value": "The figure itself, as published. A number in every row, or a marker. Never blank.",
    "lower_ci_95": "The lower end of the 95% confidence interval, if there is one.",
    "upper_ci_95": "The upper end of the 95% confidence interval, if there is one.",
    "sum_of_squares": "The sum of the squares of what was measured; with it a mean gets an interval. May stay empty.",
    "effective_sample_size": "How many answers count, after weighting. May stay empty.",
    "value_status": "If the figure is provisional, revised or estimated: choose it from the list. May stay empty.",
    "comment": "Anything we should know, in your own words. Nothing about single people. May stay empty.",
}


def spoken_day(day: date) -> str:
    """Return a day as it stands in a sentence.

    >>> spoken_day(date(2026, 11, 2))
    '2 November 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def marker_choice(asked: Asked) -> str:
    """Return one marker for each meaning, as a list of words."""
    chosen = []
    for status, texts in sorted(asked.terms.layout.markers.items(), key=lambda pair: list(RowStatus).index(pair[0])):
        if text := marker_shown(texts):
            chosen.append(f"{text} {MARKER_WORDS[status][0]}")
    return ", ".join(chosen)


def number_rule(indicator: Indicator, column: str) -> str:
    """Return what kind of number a column of an indicator takes, as a sentence begins."""
    words = number_in_words(indicator, column)
    return words[:1].upper() + words[1:]


def cell_message(asked: Asked, indicator: Indicator, column: str) -> str:
    """Return what is said beside a cell that takes a number, short enough to be shown."""
    meaning = {
        "numerator": indicator.numerator_definition,
        "denominator": indicator.denominator_definition,
        "value": indicator.published_as or indicator.numerator_definition,
    }.get(column, COLUMN_NOTES.get(column, ""))
    rule = f" {number_rule(indicator, column)}"
    rule += f"; or {marker_choice(asked)}." if column in NEEDED else "."
    meaning = meaning.rstrip(". ")
    room = MOST_SAID - len(rule) - 2
    if len(meaning) > room:
        meaning = meaning[: room - 1].rstrip() + "…"
    return (f"{meaning}.{rule}" if meaning else rule.strip())[:MOST_SAID]


def cover_lines(asked: Asked, contact: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of the cover, each with its kind: `title`, `heading`, `text` or `link`."""
    partnership = asked.partnership.description
    yield "title", f"Return of {asked.partner.name}"
    yield "text", f"To {partnership.title}. Made for {spoken_day(asked.as_of)}."
    if partnership.is_fictional:
        yield "text", "Everything here is made up."
    yield "heading", "What this is"
    figures = _counted(len(asked.rows), "figure")
    indicators = _counted(len(asked.indicators), "indicator")
    places = _counted(len({row.area_code for row in asked.rows}), "place")
    yield "text", f"The sheet “{RETURN_SHEET}” asks you for {figures}: {indicators}, {places}. One row is one figure."
    yield "heading", "When it is due"
    yield from _due(asked)
    yield "heading", "How to fill it"
    yield "link", f"1. Open the sheet “{RETURN_SHEET}”."
    needed = [column for column in NEEDED if column in asked.columns]
    yield (
        "text",
        f"2. Fill the framed cells in every row: {' and '.join(needed)}. Go to a cell to read what it asks for.",
    )
    yield "text", "3. Leave none of these blank. Write 0 if there were none. If you have no number, write a marker:"
    for status in RowStatus:
        texts = asked.terms.layout.markers.get(status, ())
        if texts:
            word, meaning = MARKER_WORDS[status]
            yield "text", f"     {marker_shown(texts)}   {word}. {meaning}"
    if any(asked.text_of(row, name) is not None for row in asked.rows for name in needed):
        yield "text", "     A cell without a frame is not asked for; leave it as it is."
    yield "text", f"     What stands right of the {needed[-1]} may stay empty."
    yield "text", "4. Leave the codes and the first row as they are. The other sheets say what the codes stand for."
    yield "text", f"     They are locked. Should one be wrong all the same: {UNLOCK}."
    yield "text", _more_rows(asked)
    yield "text", "6. Save it as an Excel workbook (.xlsx) under any name and send it back. It knows whose it is."
    yield "heading", "Never write about single people"
    yield "text", "Only sums. No names, no dates of birth, no NHS numbers. A file with an NHS number is not kept."
    yield "heading", "Whom to ask"
    yield "text", contact or "Whoever sent you this workbook."


def _due(asked: Asked) -> Iterator[tuple[str, str]]:
    counts: dict[tuple[date, str], int] = {}
    for row in asked.rows:
        spoken = period_from_text(row.indicator.period, row.period).spoken
        counts[row.due_on, spoken] = counts.get((row.due_on, spoken), 0) + 1
    for (due_on, period), count in sorted(counts.items()):
        was = "is due by" if due_on >= asked.as_of else "was due by"
        if count > 1:
            was = was.replace("is due", "are due").replace("was due", "were due")
        yield "text", f"{_counted(count, 'figure')} for {period} {was} {spoken_day(due_on)}."


def _more_rows(asked: Asked) -> str:
    if asked.dimensions:
        named = ", ".join(asked.dimensions)
        return f"5. If you also have figures by {named}: add rows for them below the last row, one row a figure."
    kinds = sorted({indicator.period for indicator in asked.indicators})
    examples = " or ".join(EXAMPLE[kind] for kind in kinds)
    return f"5. To send or correct another period, add rows for it below the last row; write it like {examples}."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
