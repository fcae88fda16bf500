"""Sorts the rows under a header: figures to be read, and blank rows, notes, repeats and cut rows to be said."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from outcomes.intake.codes import ascii_folded, fold_header, trimmed
from outcomes.intake.entries_model import IDENTITY, WANTED, Table
from outcomes.intake.layouts import Header, cells_under
from outcomes.intake.missing_columns import missing_column
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Layout

__all__ = ["NothingLeft", "table_of"]

_EMPTY_UNLESS_FIGURE: Final = ("place_code", "period", "numerator", "denominator", "value")


def table_of(header: Header, layout: Layout, names_of_indicators: frozenset[str]) -> Table:
    """Return the rows that may hold figures, under our column names, and what is to be said about the others.

    Arguments:
        header: The table's header.
        layout: Which rows are read, constants and codes.
        names_of_indicators: Every name of an indicator, folded; a row of words that names none is a note.

    Raises:
        Refusal: No row is left.
    """
    remarks: list[Remark] = [
        Remark(code="OUT-151", row=int(row)) for row in header.grid.rows.head(max(header.position, 0))
    ]
    for column in IDENTITY:
        if column not in header.columns and column not in layout.constants:
            remarks.append(missing_column(column, header.row, header.names.values()))
    under = cells_under(header)
    under = _without_notes(under, header, names_of_indicators, layout, remarks)
    under = _of_right_length(under, header, layout, remarks)
    under = _filtered(under, header, layout, remarks)
    if under.is_empty() and not any(remark.code in ("OUT-106", "OUT-107", "OUT-108") for remark in remarks):
        raise NothingLeft(Remark(code="OUT-104"), tuple(remarks))
    hidden = set(header.grid.hidden_rows)
    if hidden:
        remarks.extend(Remark(code="OUT-162", row=row) for row in under["row"].to_list() if row in hidden)
    return Table(
        entries=_entries(under, header, layout),
        header_row=header.row,
        columns=header.columns,
        headers={column: header.texts[place] for column, place in header.columns.items()},
        names=header.names,
        sheet=header.grid.sheet,
        has_addresses=header.grid.has_addresses,
        refuses_commas=header.grid.uses_decimal_comma_settings,
        remarks=tuple(remarks),
    )


class NothingLeft(Refusal):
    """No row is left; the remarks made on the way are worth saying too."""

    def __init__(self, remark: Remark, others: tuple[Remark, ...]) -> None:
        super().__init__(remark)
        self.others = others


def _is_empty(place: int) -> pl.Expr:
    cell = pl.col(str(place))
    return cell.is_null() | (cell.str.strip_chars(" \t\r\n\u00a0\u200b\ufeff") == "")


def _may_be_empty(place: int) -> pl.Expr:
    # a cell that begins with a visible letter of ASCII is not empty
    cell = pl.col(str(place))
    return (cell.is_null() | (cell < "!") | (cell >= "\x7f")).fill_null(True)


def _without_notes(
    under: pl.DataFrame, header: Header, names: frozenset[str], layout: Layout, remarks: list[Remark]
) -> pl.DataFrame:
    figure_places = [header.columns[name] for name in _EMPTY_UNLESS_FIGURE if name in header.columns]
    indicator_place = header.columns.get("indicator_id")
    first = indicator_place if indicator_place is not None else min(header.columns.values())
    is_suspicious = (
        pl.all_horizontal(*(_is_empty(place) for place in figure_places)) if figure_places else pl.lit(False)
    )
    named = under[str(first)].unique()
    repeated = named.filter(named.str.to_lowercase() == header.texts[first].lower())
    repeats_header = pl.col(str(first)).is_in(repeated.implode()) if len(repeated) else pl.lit(False)
    # most rows are cleared by a look at one cell
    may_be_empty = _may_be_empty(figure_places[0]) if figure_places else pl.lit(False)
    suspects = under.with_row_index("at").filter(may_be_empty | repeats_header)
    suspects = suspects.filter(is_suspicious | repeats_header)
    dropped: list[int] = []
    width = len(header.texts)
    folded_header = [fold_header(text) for text in header.texts]
    last_row = under["row"][-1] if under.height else None
    expected = width - layout.ragged_tail
    for entry in suspects.iter_rows(named=True):
        cells = [entry[str(place)] for place in range(header.grid.cells.width)]
        words = [trimmed(cell) for cell in cells if cell and trimmed(cell)]
        is_cut = header.grid.is_cut_off_possible and entry["row"] == last_row and entry.get("fields", width) < expected
        row = int(entry["row"])
        if not words:
            remarks.append(Remark(code="OUT-152", row=row))
        elif [fold_header(cell or "") for cell in cells[:width]] == folded_header:
            remarks.append(Remark(code="OUT-155", row=row))
        elif (
            not is_cut
            and all(not trimmed(cells[place] or "") for place in figure_places)
            and (indicator_place is None or ascii_folded(cells[indicator_place] or "") not in names)
        ):
            remarks.append(Remark(code="OUT-154", row=row, value=words[0]))
        else:
            continue
        dropped.append(entry["at"])
    if not dropped:
        return under
    return under.with_row_index("at").filter(~pl.col("at").is_in(dropped)).drop("at")


def _of_right_length(under: pl.DataFrame, header: Header, layout: Layout, remarks: list[Remark]) -> pl.DataFrame:
    if "fields" not in under.columns or under.is_empty() or header.grid.field_counts is None:
        return under
    width = int(header.grid.field_counts[header.position])
    fewest = width - layout.ragged_tail
    counts = under["fields"]
    if counts.min() == counts.max() == width:
        return under
    too_long = pl.col("fields") > width
    if bool((counts == counts.max()).all()) and int(counts[0]) > width and _surplus_is_empty(under, width):
        remarks.append(Remark(code="OUT-157", details={"found": str(int(counts[0]) - width)}))
        return under
    details = {"expected": str(width)}
    for entry in under.filter(too_long).select("row", "fields").iter_rows():
        remarks.append(Remark(code="OUT-106", row=entry[0], details={**details, "found": str(entry[1])}))
    short = under.filter(pl.col("fields") < fewest)
    last_row = int(under["row"][-1])
    needed = [header.columns[name] for name in WANTED[:4] if name in header.columns]
    cut: list[int] = []
    for row, fields in short.select("row", "fields").iter_rows():
        said = {**details, "found": str(fields)}
        if row == last_row and header.grid.is_cut_off_possible:
            remarks.append(Remark(code="OUT-108", row=row, details=said))
        elif any(place >= fields for place in needed):
            unreached = [name for name in WANTED if header.columns.get(name, -1) >= fields]
            remarks.extend(Remark(code="OUT-107", row=row, column=name, details=said) for name in unreached)
        else:
            remarks.append(Remark(code="OUT-156", row=row, details=said))
            continue
        cut.append(row)
    return under.filter(~too_long & ~pl.col("row").is_in(cut))


def _surplus_is_empty(under: pl.DataFrame, width: int) -> bool:
    surplus = [place for place in range(width, under.width) if str(place) in under.columns]
    return all(bool(under.select(_is_empty(place).all()).item()) for place in surplus)


def _filtered(under: pl.DataFrame, header: Header, layout: Layout, remarks: list[Remark]) -> pl.DataFrame:
    folded = {fold_header(text): place for place, text in reversed(list(enumerate(header.texts)))}
    for row_filter in layout.rows:
        place = folded.get(fold_header(row_filter.column))
        if place is None:
            details = {"layout": layout.title}
            remarks.append(Remark(code="OUT-111", row=header.row, column=row_filter.column, details=details))
            continue
        cell = pl.col(str(place)).fill_null("").str.strip_chars()
        is_read = pl.lit(True)
        if row_filter.keep:
            is_read = is_read & cell.is_in(list(row_filter.keep))
        if row_filter.skip:
            is_read = is_read & ~cell.is_in(list(row_filter.skip))
        kept = under.filter(is_read)
        if kept.height < under.height:
            details = {"found": f"{under.height - kept.height:,}", "because": row_filter.because}
            remarks.append(Remark(code="OUT-163", column=row_filter.column, details=details))
        under = kept
    return under


def _entries(under: pl.DataFrame, header: Header, layout: Layout) -> pl.DataFrame:
    columns: list[pl.Expr | pl.Series] = [pl.col("row")]
    for name, place in header.columns.items():
        text = pl.col(str(place))
        if layout.codes.get(name):
            stripped = text.str.strip_chars()
            text = stripped.replace_strict(dict(layout.codes[name]), default=text, return_dtype=pl.String)
        columns.append(text.alias(f"{name}_text"))
        if f"{place}_kind" in under.columns:
            columns.append(pl.col(f"{place}_kind").alias(f"{name}_kind"))
    constants: Sequence[pl.Expr] = [
        pl.lit(text, dtype=pl.String).alias(f"{name}_text")
        for name, text in layout.constants.items()
        if name not in header.columns
    ]
    return under.select(*columns, *constants)
