"""Proposes a first layout for a file that none fits: its own headers, and guesses that are marked as guesses."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from outcomes.intake.codes import ascii_folded, fold_header, looks_like_total, trimmed
from outcomes.intake.period_spellings import is_period
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import Grid, column_letter
from outcomes.intake.terms import Terms
from outcomes.personal_numbers import has_nhs_number, masked

__all__ = ["MARK", "proposed_layout"]

# begins a line that is a guess; without it the line is a part of the layout
MARK: Final = "#? "
_HEADER_ROWS: Final = 40
_SAMPLE: Final = 2_000
# of the texts of a column so many must be of a kind for a guess
_MOST: Final = 0.6
# what YAML allows nowhere, or takes for the end of a line
_UNWRITABLE: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_NUMBER: Final = re.compile(r"[+-]?[\d,]*\.?\d+(?:e[+-]?\d+)?%?\Z", re.IGNORECASE)
# by these words of a header a column of numbers is guessed; the first that fits
_WORDS: Final = (
    ("lower_ci_95", r"\b(lower|lci|lcl)\b"),
    ("upper_ci_95", r"\b(upper|uci|ucl)\b"),
    ("denominator", r"\b(denominator|denom|population|eligible|out of|total)\b"),
    ("numerator", r"\b(numerator|num|count|number|events|cases)\b"),
    ("value", r"\b(value|rate|percent|percentage|proportion|outcome|score|result)\b|%"),
)
# codes of the Office for National Statistics, whether or not this partnership has them
_AREA_CODE: Final = re.compile(r"[EWSNKJLM][0-9]{8}\Z")
_NAMED: Final = (
    ("place_code", re.compile(r"\b(area|ons|org|organisation|provider|ods|la|lsoa|icb|geograph\w+)\d* codes?\b")),
    ("indicator_id", re.compile(r"\b(indicator|measure|metric)( id| code| name)?\b")),
)
_NOTES: Final = re.compile(r"\b(note|notes|comment|comments|remark|remarks|footnote)\b")


@dataclass(frozen=True)
class _Column:
    """A column below a likely header, with what is guessed of it."""

    letter: str
    header: str
    ours: str = ""
    because: str = ""
    texts: tuple[str, ...] = ()


def proposed_layout(grids: Sequence[Grid], terms: Terms, file: str, *, is_old_excel: bool = False) -> str:
    """Return a first layout in YAML; every guess stands in a line that begins with the mark of guesses.

    Arguments:
        grids: The sheets of the file.
        terms: The partnership, whose codes are looked for in the cells.
        file: The file's name.
        is_old_excel: Whether it is a workbook of Excel 97 to 2003.
    """
    found = [(grid, position) for grid in grids if (position := _header_position(grid)) is not None]
    lines = [
        f"# A first layout for {quoted(file)}, made of its own headers.",
        f"# Nothing is decided: each line that begins with {MARK.strip()} is a guess. Take the mark away where",
        "# it is right; mend or delete the others.",
        f"id: {_slug(file)}",
        f"title: {_said(PurePath(file).stem)}",
    ]
    if is_old_excel:
        lines.append("is_old_excel_read: true")
    if not found:
        return _joined([*lines, "# No row was found that looks like a header with figures below it."])
    grid, position = max(found, key=lambda one: _figures_below(*one))
    others = [one.sheet or "" for one in grids if one is not grid]
    if others:
        lines.append(f"# The other worksheets: {', '.join(quoted(name, 31) for name in others[:20])}")
        lines.append(f"{MARK}sheet: {_said(grid.sheet or '')}")
    row = 1 if position < 0 else int(grid.rows[position])
    lines.append(f"# The header seems to stand in row {row}.")
    if position >= 20:
        lines.append(f"header_search_rows: {position + 5}")
    return _joined([*lines, *_described(_columns(grid, position, terms), terms)])


def _joined(lines: Sequence[str]) -> str:
    # what is quoted in remarks may hold signs that end a line
    return "".join(_UNWRITABLE.sub("·", line.replace("\n", " ")) + "\n" for line in lines)


def _slug(file: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", masked(PurePath(file).stem).lower()).strip("-")[:60] or "sheet"


def _said(text: str) -> str:
    # a text in JSON's quotes is one in YAML's too; a header is written whole, or it would not be found again
    written = json.dumps(masked(text), ensure_ascii=False)
    return _UNWRITABLE.sub(lambda found: json.dumps(found[0])[1:-1], written)


def _first_rows(grid: Grid) -> list[tuple[str | None, ...]]:
    return grid.texts(0, _HEADER_ROWS).rows()


def _is_number(text: str) -> bool:
    return _NUMBER.match(text.replace(" ", "")) is not None


def _is_period(text: str) -> bool:
    # of bare numbers only what is a year of our time
    return is_period(text) and (not text.isdigit() or 1900 <= int(text) <= 2100)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _header_position(grid: Grid) -> int | None:
    """The row with the most different words over filled columns, or None; a header that the file itself names is -1."""
    if grid.header is not None:
        return -1
    best: tuple[int, int] | None = None
    rows = _first_rows(grid)
    for position, row in enumerate(rows):
        below = rows[position + 1 : position + 6]
        words = {
            trimmed(cell).lower(): place
            for place, cell in enumerate(row)
            if cell
            and trimmed(cell)
            and not _is_number(trimmed(cell))
            and any(one[place] and trimmed(one[place] or "") for one in below)
        }
        has_number = any(
            one[place] and _is_number(trimmed(one[place] or "")) for one in below for place in words.values()
        )
        if len(words) >= 2 and has_number and (best is None or len(words) > best[0]):
            best = (len(words), position)
    return None if best is None else best[1]


def _figures_below(grid: Grid, position: int) -> int:
    return (grid.cells.height - position) * grid.cells.width


def _columns(grid: Grid, position: int, terms: Terms) -> list[_Column]:
    header = grid.header if grid.header is not None else grid.cells.row(position)
    below = grid.texts(position + 1, _SAMPLE)
    named = [(place, trimmed(text)) for place, text in enumerate(header) if text and trimmed(text)]
    texts = {place: [trimmed(text) for text in below[str(place)].drop_nulls() if trimmed(text)] for place, _ in named}
    taken: set[str] = set()
    found: dict[int, _Column] = {}
    # what the cells say weighs more than what a header says, wherever it stands
    for guess in (_by_own_name, _by_texts, _by_name):
        for place, text in named:
            if place in found:
                continue
            column = guess(column_letter(place), text, texts[place], terms, taken)
            if column is not None:
                found[place] = column
                taken.add(column.ours)
    return [found[place] for place, _ in named]


def _by_own_name(letter: str, header: str, texts: list[str], terms: Terms, taken: set[str]) -> _Column | None:
    if not texts or any(map(has_nhs_number, texts)):
        return _Column(letter, header, because="it is not to be read" if texts else "nothing stands in it")
    folded = fold_header(header)
    if folded in terms.columns and folded not in taken:
        return _Column(letter, header, folded, "our own name")
    return None


def _by_texts(letter: str, header: str, texts: list[str], terms: Terms, taken: set[str]) -> _Column | None:
    distinct = list(dict.fromkeys(texts))
    for ours, what, kept in (
        ("indicator_id", "names of indicators", lambda text: ascii_folded(text) in terms.indicator_names),
        ("place_code", "codes of places", lambda text: ascii_folded(text) in terms.areas_by_folded_code),
        ("period", "periods", _is_period),
    ):
        fitting = [text for text in distinct if kept(text)]
        if ours not in taken and len(fitting) >= max(1, _MOST * len(distinct)):
            others = tuple(text for text in distinct if text not in fitting)
            return _Column(letter, header, ours, f"{len(fitting)} of {len(distinct)} texts are {what}", others)
    for dimension in terms.dimensions:
        fitting = [text for text in distinct if text.lower() in _categories(terms, dimension)]
        if dimension not in taken and len(fitting) >= max(1, _MOST * len(distinct)):
            others = tuple(text for text in distinct if text not in fitting)
            because = f"{len(fitting)} of {len(distinct)} texts are categories of {dimension}"
            return _Column(letter, header, dimension, because, others)
    return None


def _by_name(letter: str, header: str, texts: list[str], terms: Terms, taken: set[str]) -> _Column:
    distinct, spoken = list(dict.fromkeys(texts)), re.sub(r"[_\-]", " ", header.lower())
    numbers = [text for text in texts if _is_number(text) or text.lower() in terms.markers]
    if len(numbers) >= _MOST * len(texts) and any(map(_is_number, numbers)):
        named = next((ours for ours, words in _WORDS if ours not in taken and re.search(words, spoken)), "")
        return _Column(letter, header, named, f"{len(numbers):,} of {len(texts):,} cells are numbers or markers")
    codes = [text for text in distinct if _AREA_CODE.match(text)]
    if "place_code" not in taken and len(codes) >= _MOST * len(distinct):
        because = f"{len(codes):,} of {_counted(len(distinct), 'text')} look like codes of areas; few are known here"
        return _Column(letter, header, "place_code", because)
    for ours, pattern in _NAMED:
        if ours not in taken and pattern.search(spoken):
            because = f"by its name; of {_counted(len(distinct), 'text')} few or none are known here"
            return _Column(letter, header, ours, because, tuple(distinct))
    if _NOTES.search(spoken) and "value_note" not in taken:
        return _Column(letter, header, "value_note", "by its name")
    shown = ", ".join(f"“{quoted(text, 20)}”" for text in distinct[:3])
    return _Column(letter, header, because=f"{_counted(len(distinct), 'different text')}, such as {shown}")


def _categories(terms: Terms, dimension: str) -> set[str]:
    known = set(terms.spellings.get(dimension, {})) | set(terms.wholes.get(dimension, ()))
    for indicator in terms.partnership.indicators.values():
        for breakdown in indicator.breakdowns:
            if breakdown.dimension == dimension:
                known |= {category.lower() for category in breakdown.categories}
    # a bare number may be anything
    return {category for category in known if not category.isdigit()}


def _described(columns: Sequence[_Column], terms: Terms) -> Iterator[str]:
    run = [column for column in columns if is_period(column.header) or is_period(f"{column.header} 2000")]
    beside = run if len(run) >= 2 else []
    guessed = [column for column in columns if column.ours and column not in beside]
    if guessed:
        yield f"{MARK}columns:"
        for column in guessed:
            line = f"{MARK}  {_said(column.header)}: {column.ours}"
            yield f"{line}  # {column.letter}: {column.because}"
    if beside:
        yield "# These headers are periods that stand side by side:"
        yield f"{MARK}side_by_side:"
        yield f"{MARK}  headers: [{', '.join(_said(column.header) for column in beside)}]"
        yield f"{MARK}  becomes: period"
        yield f"{MARK}  figure: {'value' if 'numerator' in {one.ours for one in guessed} else 'numerator'}"
    left = [column for column in columns if not column.ours and column not in beside]
    if left:
        yield "# Of these nothing was guessed; each is one of our columns, a figure of its own (wide), or ignored:"
        yield f"{MARK}ignored_columns:"
        for column in left:
            yield f"{MARK}  - {_said(column.header)}  # {column.letter}: {column.because}"
    yield from _untranslated(guessed)
    given = {column.ours for column in guessed} | ({"period"} if beside else set())
    missing = [name for name in ("indicator_id", "place_code", "period") if name not in given]
    if missing:
        yield f"# No column was found for {', '.join(missing)}: constants, joined columns, a banner's cell"
        some = ", ".join(sorted(terms.indicator_titles)[:8])
        yield f"# (period: cell) or --period may give it. Indicators here: {some}"
    if not given & {"numerator", "value"} and not beside:
        yield "# No column of figures was guessed: say which is the numerator, the denominator, or a published value."


def _untranslated(columns: Sequence[_Column]) -> Iterator[str]:
    for column in columns:
        if not column.texts:
            continue
        shown = ", ".join(f"“{quoted(text, 40)}”" for text in column.texts[:10])
        more = f" and {len(column.texts) - 10} more" if len(column.texts) > 10 else ""
        yield f"# Not known as {column.ours} ({column.letter}): {shown}{more}"
        yield "# (codes translates them, rows skips them, totals compares them, unlisted_places leaves them out)"
        totals = [text for text in column.texts if looks_like_total(text)]
        if totals:
            yield f"{MARK}totals:"
            listed = ", ".join(map(_said, totals[:5]))
            yield f"{MARK}  - {{column: {_said(column.header)}, texts: [{listed}], because: Totals of the rows.}}"
