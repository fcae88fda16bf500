"""Says what the reader saw of a file: made of a check's own examination, not of a second reading."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from outcomes.intake.codes import ascii_folded, closest, fold_header, trimmed
from outcomes.intake.entries import Entries
from outcomes.intake.entries_model import ADDED, Address, Table
from outcomes.intake.examination import Examination
from outcomes.intake.figures import figures_of
from outcomes.intake.headers import Header, HeaderFinder
from outcomes.intake.layouts import cells_under, find_table
from outcomes.intake.period_spellings import is_period, read_described_period
from outcomes.intake.quoting import quoted
from outcomes.intake.reading import Grid, Refusal
from outcomes.intake.reading.grid import cell_address, column_letter
from outcomes.intake.remark import Remark
from outcomes.intake.tables import finders_for
from outcomes.intake.terms import Terms
from outcomes.intake.trial.model import ColumnSeen, FigureSeen, ReadAs, RowsSeen, SheetSeen, TableSeen, TextSeen
from outcomes.intake.unfolding import shared_columns
from outcomes.intake.wording import findings_of
from outcomes.partnership.layout import NUMBERS
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import PeriodKind

__all__ = ["counts_of", "first_figures", "fitting_layouts", "sheets_seen", "tables_seen"]

_MOST_TEXTS: Final = 20
_MOST_PLAIN: Final = 3
_NO_CODES: Final = (*NUMBERS, "comment", "value_note")
# rows that a table leaves out, and what is said of its totals
_ROWS_SAID: Final = (
    "OUT-106", "OUT-107", "OUT-108", "OUT-114", "OUT-116", "OUT-151", "OUT-152", "OUT-154", "OUT-155", "OUT-163",
    "OUT-165", "OUT-166", "OUT-168", "OUT-255", "OUT-256", "OUT-508", "OUT-556", "OUT-558",
)  # fmt: skip
_COUNTED: Final = (
    "OUT-106", "OUT-107", "OUT-108", "OUT-114", "OUT-116", "OUT-151", "OUT-152", "OUT-154", "OUT-155",
)  # fmt: skip


def sheets_seen(grids: Sequence[Grid], headers: Sequence[Header]) -> tuple[SheetSeen, ...]:
    """Return every sheet of a file, with the number of tables that were found in it."""
    return tuple(
        SheetSeen(
            None if grid.sheet is None else quoted(grid.sheet, 40),
            grid.cells.height,
            grid.cells.width,
            sum(1 for header in headers if header.grid is grid),
        )
        for grid in grids
    )


def fitting_layouts(grids: Sequence[Grid], partnership: Partnership, terms: Terms) -> tuple[str, ...]:
    """Return the ids of the layouts all of whose tables stand in the sheets of a file, sorted."""
    return tuple(
        layout.id
        for _, layout in sorted(partnership.layouts.items())
        if all(_finds(grids, finder) for finder in finders_for(Terms(partnership, terms.partner, None, layout)))
    )


def _finds(grids: Sequence[Grid], finder: HeaderFinder) -> bool:
    try:
        find_table(grids, finder)
    except Refusal:
        return False
    return True


def tables_seen(found: Examination) -> tuple[TableSeen, ...]:
    """Return every table that was found, with what became of its columns, texts and rows."""
    if found.terms is None:
        return ()
    finders = finders_for(found.terms)
    return tuple(
        _table(at, header, next(one for one in finders if one.description == header.description), found, found.terms)
        for at, header in enumerate(found.headers)
    )


def _table(at: int, header: Header, finder: HeaderFinder, found: Examination, terms: Terms) -> TableSeen:
    rows = _rows_read(at, found.table)
    under = cells_under(header)
    # where nothing was read, the texts of all rows say why
    read = under.filter(pl.col("row").is_in(rows.implode())) if len(rows) else under
    texts, left = _texts(read, header, terms)
    description = header.description
    first = 0 if header.position < 0 else int(header.grid.rows[header.first])
    return TableSeen(
        sheet=None if header.grid.sheet is None else quoted(header.grid.sheet, 40),
        header_first_row=first,
        header_row=0 if header.position < 0 else header.row,
        columns=tuple(_columns(header, finder)),
        constants=tuple(sorted(description.constants.items())),
        figures=len(figures_of(header)) or 1,
        texts=texts,
        texts_left=left,
        rows_below=under.height,
        rows_read=len(rows),
        rows_left=tuple(_rows_left(at, header, found)),
    )


def _rows_read(at: int, table: Table | None) -> pl.Series:
    """The rows of a table of which a figure was read."""
    none = pl.Series([], dtype=pl.Int32)
    if table is None:
        return none
    entries = table.entries
    if ADDED in entries.columns:
        entries = entries.filter(~pl.col(ADDED))
    if "address_at" in entries.columns:
        own = [place for place, address in enumerate(table.addresses) if address.table == at]
        entries = entries.filter(pl.col("address_at").is_in(own))
    elif at != table.addresses[0].table:
        return none
    # a figure of several rows has the row of each number beside its own
    rows = [entries[name].cast(pl.Int32) for name in ("row", *(f"{name}_row" for name in NUMBERS)) if name in entries]
    return pl.concat([one.alias("row") for one in rows]).drop_nulls().unique().sort()


def _columns(header: Header, finder: HeaderFinder) -> Iterator[ColumnSeen]:
    ignored = {fold_header(text) for text in header.description.ignored_columns}
    ignored |= {fold_header(part) for text in header.description.ignored_columns for part in text.split("|")}
    named = [name for name in finder.meanings if name not in map(fold_header, header.texts)]
    ours = [name for name in finder.meanings.values() if name not in header.columns]
    for place, text in enumerate(header.texts):
        folded, letter, shown = fold_header(text), column_letter(place), quoted(" ".join(text.split()))
        meaning = finder.meanings.get(folded)
        if not folded:
            if (header.grid.texts(header.position + 1)[str(place)].fill_null("").str.strip_chars() != "").any():
                yield ColumnSeen(letter, shown, ReadAs.NAMELESS)
        elif header.places[folded] != place and finder.description.is_header_repeated_by_first:
            yield ColumnSeen(letter, shown, ReadAs.IGNORED, nearest=f"the first “{shown}” counts")
        elif meaning:
            yield ColumnSeen(letter, shown, ReadAs.OURS, meaning)
        elif folded in ignored:
            yield ColumnSeen(letter, shown, ReadAs.IGNORED)
        elif finder.is_described(text):
            yield ColumnSeen(letter, shown, ReadAs.NAMED, _becomes(header, place))
        else:
            yield ColumnSeen(letter, shown, ReadAs.UNKNOWN, nearest=closest(folded, [*named, *ours]) or "")


def _becomes(header: Header, place: int) -> str:
    """Our columns that a column fills which the layout names apart from its `columns`."""
    description = header.description
    filled = [name for name, texts in description.joined.items() if place in {header.place_of(one) for one in texts}]
    for figure in figures_of(header):
        filled += [name for name, parts in figure.cells.items() if any(part.place == place for part in parts)]
    one_below = description.one_below_the_other
    if one_below and place == header.place_of(one_below.value):
        filled += sorted(set(one_below.figures.values()))
    return ", ".join(dict.fromkeys(filled))


def _texts(
    read: pl.DataFrame, header: Header, terms: Terms
) -> tuple[tuple[TextSeen, ...], tuple[tuple[str, int], ...]]:
    seen: list[TextSeen] = []
    left: list[tuple[str, int]] = []
    uncoded = replace(header, description=header.description.model_copy(update={"codes": {}}))
    given = {column.name: column for column in shared_columns(read, uncoded)}
    for made in shared_columns(read, header):
        name = made.name.removesuffix("_text")
        if name == made.name or name in _NO_CODES or name in header.description.constants:
            continue
        codes = header.description.codes.get(name, {})
        pairs = pl.DataFrame({"text": given[made.name], "becomes": made})
        counts = pairs.drop_nulls("text").group_by("text", "becomes").len("rows")
        ones = [
            TextSeen(
                name,
                quoted(trimmed(text)),
                quoted(becomes) if trimmed(text) in codes else "",
                rows,
                _is_known(name, becomes or "", header, terms),
            )
            for text, becomes, rows in counts.iter_rows()
            if trimmed(text)
        ]
        ones.sort(key=lambda one: (one.is_known, not one.becomes, -one.rows, one.text))
        # of texts that need no code a few are enough
        plain = [one for one in ones if one.is_known and not one.becomes]
        shown = [*(one for one in ones if one not in plain)][:_MOST_TEXTS] + plain[:_MOST_PLAIN]
        seen += shown
        if len(ones) > len(shown):
            left.append((name, len(ones) - len(shown)))
    return tuple(seen), tuple(left)


def _is_known(column: str, text: str, header: Header, terms: Terms) -> bool:
    bare = trimmed(text)
    if column == "indicator_id":
        return ascii_folded(bare) in terms.indicator_names
    if column == "place_code":
        return ascii_folded(bare) in terms.areas_by_folded_code
    if column == "period":
        reading = header.description.period
        return any(read_described_period(bare, "text", kind, reading)[0] for kind in PeriodKind) or is_period(bare)
    folded = bare.lower()
    known = {
        category.lower()
        for indicator in terms.partnership.indicators.values()
        for breakdown in indicator.breakdowns
        if breakdown.dimension == column
        for category in (*breakdown.categories, *((breakdown.whole,) if breakdown.whole else ()))
    }
    return folded in known or folded in terms.spellings.get(column, {}) or column not in terms.dimensions


def _rows_left(at: int, header: Header, found: Examination) -> Iterator[RowsSeen]:
    table = found.table
    # where no table was read, it is not known whose remark is whose
    own = {place for place, address in enumerate(table.addresses) if address.table == at} if table else None
    remarks = [
        remark
        for remark in found.remarks
        if remark.code in _ROWS_SAID
        and (remark.address in own if own is not None else at == 0)
        and remark.sheet in (None, header.grid.sheet)
    ]
    counts: Counter[str] = Counter()
    for remark in remarks:
        if remark.code in _COUNTED:
            counts[remark.code] += 1 + remark.repeats
    said: set[str] = set()
    for remark in remarks:
        if remark.code in counts and remark.code not in said:
            said.add(remark.code)
            yield RowsSeen(counts[remark.code], _WORDS[remark.code], remark.code)
        elif remark.code not in counts:
            yield RowsSeen(None, _sentence(remark, found), remark.code)


_WORDS: Final = {
    "OUT-106": "longer than the header",
    "OUT-107": "cut short",
    "OUT-108": "cut off at the end of the file",
    "OUT-114": "another header",
    "OUT-116": "a whole row in one cell",
    "OUT-151": "above the header",
    "OUT-152": "blank",
    "OUT-154": "words without a figure",
    "OUT-155": "the header once more",
}


def _sentence(remark: Remark, found: Examination) -> str:
    (finding,) = findings_of([remark], "", found.table)
    return finding.text


def counts_of(entries: Entries | None, column: str) -> tuple[tuple[str, int], ...]:
    """Return each text of a column of entries with the number of figures, in order."""
    if entries is None or column not in entries.columns:
        return ()
    counts = entries.select(column).drop_nulls().group_by(column).len().sort(column)
    return tuple((str(text), int(count)) for text, count in counts.iter_rows())


def first_figures(found: Examination, rows: int) -> Iterable[FigureSeen]:
    """Yield the first figures as they were read, with the cells that they were read from.

    Arguments:
        found: What a check saw.
        rows: How many figures.
    """
    if found.entries is None or found.table is None:
        return
    for entry in found.entries.head(rows).wide().iter_rows(named=True):
        address = found.table.addresses[int(entry.get("address_at") or 0)]
        yield FigureSeen(
            sheet=None if address.sheet is None else quoted(address.sheet, 40),
            row=int(entry["row"]),
            indicator_id=quoted(str(entry.get("indicator_id") or entry.get("indicator_id_text") or "")),
            area_code=quoted(str(entry.get("area_code") or entry.get("place_code_text") or "")),
            period=quoted(str(entry.get("period") or entry.get("period_text") or "")),
            breakdown=quoted(str(entry.get("breakdown") or ""), 120),
            numbers=tuple(_numbers(entry, address)),
        )


def _numbers(entry: dict[str, object], address: Address) -> Iterator[tuple[str, str, str]]:
    for name in NUMBERS:
        text = entry.get(f"{name}_text")
        if text is None:
            continue
        place, row = address.columns.get(name), entry.get(f"{name}_row") or entry["row"]
        has_cell = address.has_addresses and place is not None and isinstance(row, int)
        yield name, quoted(str(text)), cell_address(place, row) if has_cell else ""  # type: ignore[arg-type]
