"""Reads every table that a layout describes out of the sheets of a file, as one table of entries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import polars as pl

from outcomes.intake.entries_model import IDENTITY, ROW_SAID, Address, Table
from outcomes.intake.figures import Figure, figures_of, missing_cells
from outcomes.intake.gathering import gathered
from outcomes.intake.headers import Header, HeaderFinder, header_finder
from outcomes.intake.layouts import find_table, listed, refuse_other_tables, undescribed
from outcomes.intake.missing_columns import missing_column
from outcomes.intake.named_groups import of_known_groups
from outcomes.intake.named_periods import PERIOD_ALONE, NamedPeriod, named_period, period_of_sheet
from outcomes.intake.numbers import NumberSpellings
from outcomes.intake.period_spellings import is_period, is_year
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import KIND, Grid, Refusal
from outcomes.intake.remark import Remark
from outcomes.intake.rows import NothingLeft, rows_under
from outcomes.intake.template.mark import RETURN_SHEET
from outcomes.intake.terms import Terms
from outcomes.intake.totals import without_totals
from outcomes.intake.unfolding import stacked, unfolded
from outcomes.intake.unlisted import without_unlisted
from outcomes.partnership.layout import PeriodReading

__all__ = ["ReadTables", "finders_for", "read_tables"]

# what several tables of one sheet would say in the same words
_OF_THE_SHEET: Final = ("OUT-151", "OUT-152", "OUT-153", "OUT-154", "OUT-155", "OUT-159", "OUT-162")


@dataclass(frozen=True)
class ReadTables:
    """What was read of a file.

    Attributes:
        headers: The header of each table.
        table: The rows of all tables.
        given_period: The period given with the file, where a table names none; else empty.
    """

    headers: tuple[Header, ...]
    table: Table
    given_period: str = ""


@dataclass
class _Collected:
    """What was read so far."""

    headers: list[Header] = field(default_factory=list)
    frames: list[pl.DataFrame] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    readings: list[PeriodReading] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    undescribed: list[tuple[str | None, list[str] | None]] = field(default_factory=list)
    is_given_period_used: bool = False


def finders_for(terms: Terms) -> tuple[HeaderFinder, ...]:
    """Return what tells the header of each table that the layout describes."""
    return tuple(
        header_finder(terms.layout, description, terms.columns, terms.unasked)
        for description in terms.layout.described_tables
    )


def read_tables(
    grids: Sequence[Grid], finders: Sequence[HeaderFinder], terms: Terms, *, period: str = ""
) -> ReadTables:
    """Return the rows of all tables of a file that may hold figures.

    Arguments:
        grids: The sheets of the file.
        finders: What tells the header of each table.
        terms: What the file is held against.
        period: The period of tables that name none.

    Raises:
        NothingLeft: A table cannot be found, or holds no row; the refusal has what else was noticed.
    """
    collected = _Collected()
    refusals: list[Remark] = []
    empty: list[NothingLeft] = []
    tables = 0
    for finder in finders:
        for meant in _sheets_meant(grids, finder, refusals):
            tables += 1
            try:
                _read(meant, finder, terms, period, collected)
            except NothingLeft as found_empty:
                empty.append(found_empty)
            except Refusal as refusal:
                refusals.append(_of_sheet(refusal.remark, finder, meant, len(finders)))
    headers = (*collected.headers, *(header for nothing in empty for header in nothing.headers))
    if empty and len(empty) == tables:
        others = (*(remark for nothing in empty for remark in _of_empty(nothing, tables)),)
        raise NothingLeft(empty[0].remark, others, headers)
    if refusals:
        raise NothingLeft(refusals[-1], (*collected.remarks, *refusals[:-1]), headers)
    table = _table(collected)
    table = replace(table, remarks=(*table.remarks, *_unread_sheets(grids, finders, headers)))
    for nothing in empty:
        sheet = nothing.headers[0].grid.sheet
        left = Remark(code="OUT-167", row=nothing.headers[0].row, sheet=sheet)
        table = replace(table, remarks=(*table.remarks, *_of_empty(nothing, tables), left))
    if any(remark.code == "OUT-102" for remark in table.remarks):
        return ReadTables(headers, table)
    if period and not collected.is_given_period_used:
        table = replace(table, remarks=(*table.remarks, Remark(code="OUT-353", details={"given": period})))
    listed_only = without_unlisted(table, terms)
    if listed_only.entries.is_empty() and not table.entries.is_empty():
        raise NothingLeft(Remark(code="OUT-112"), listed_only.remarks, headers)
    return ReadTables(headers, listed_only, period if collected.is_given_period_used else "")


def _sheets_meant(grids: Sequence[Grid], finder: HeaderFinder, refusals: list[Remark]) -> list[Sequence[Grid]]:
    """The sheets in which a table is looked for: all of them at once; or one by one, where their names name the period.

    Where nothing but the period stands in the name, a sheet that names none is another sheet.
    """
    written = finder.description.period.sheet
    if not written:
        return [grids]
    side_by_side = finder.description.side_by_side
    is_named = is_year if side_by_side and side_by_side.becomes == "period" else is_period
    texts = [(grid, period_of_sheet(grid, written)) for grid in grids]
    meant = [grid for grid, text in texts if text is not None and (written != PERIOD_ALONE or is_named(text))]
    if not meant:
        shown = listed([grid.sheet or "" for grid in grids])
        refusals.append(Remark(code="OUT-110", details={"expected": written, "sheets": shown}))
    return [(grid,) for grid in meant]


def _unread_sheets(grids: Sequence[Grid], finders: Sequence[HeaderFinder], headers: Sequence[Header]) -> list[Remark]:
    """What is said of sheets that no table was read from, where the names of sheets tell which are read."""
    written = next((finder.description.period.sheet for finder in finders if finder.description.period.sheet), "")
    unread = [grid.sheet or "" for grid in grids if all(header.grid is not grid for header in headers)]
    if not written or not unread:
        return []
    return [Remark(code="OUT-169", details={"written": quoted(written, 31), "others": listed(unread)})]


def _of_sheet(remark: Remark, finder: HeaderFinder, meant: Sequence[Grid], tables: int) -> Remark:
    """A refusal of one of several tables says which sheet was meant."""
    if finder.description.period.sheet and not remark.sheet:
        return replace(remark, sheet=meant[0].sheet)
    return replace(remark, sheet=finder.description.sheet) if tables > 1 and not remark.sheet else remark


def _of_empty(nothing: NothingLeft, tables: int) -> list[Remark]:
    """What was noticed of a table without rows, said of its sheet."""
    sheet = nothing.headers[0].grid.sheet if tables > 1 else None
    return [replace(remark, sheet=remark.sheet or sheet) for remark in nothing.others]


def _read(grids: Sequence[Grid], finder: HeaderFinder, terms: Terms, period: str, collected: _Collected) -> None:
    header, said = find_table(grids, finder)
    if terms.template is not None and finder.description.sheet == RETURN_SHEET and not finder.is_translated:
        refuse_other_tables(grids, finder)
    figures = figures_of(header)
    remarks = list(said)
    named = _period_of(header, figures, period)
    given = {*header.columns, *header.description.constants, *header.description.joined}
    given |= {name for figure in figures for name in figure.constants} | ({"period"} if named else set())
    for column in IDENTITY:
        if column not in given:
            remarks.append(_missing(column, header, finder))
    remarks += missing_cells(header)
    under, said = rows_under(header, figures, finder, terms.indicator_names)
    remarks += said
    under, said = of_known_groups(under, header, terms.layout.title)
    remarks += said
    spellings = NumberSpellings(terms.markers, terms.null_words, header.grid.uses_decimal_comma_settings)
    under, said = without_totals(under, header, figures, spellings, terms.layout.title)
    remarks += said
    one_below = header.description.one_below_the_other
    if one_below:
        frame, addresses, said = gathered(under, header, one_below, spellings)
    else:
        frame, addresses, said = unfolded(under, header, figures, spellings, terms.may_be_negative)
    remarks += said
    if frame.is_empty() and not under.is_empty():
        raise NothingLeft(Remark(code="OUT-104"), tuple(remarks), (header,))
    unknown = undescribed(header, finder) if finder.is_translated else None
    _collect(collected, header, named, frame, addresses, remarks)
    collected.undescribed.append((header.grid.sheet, unknown))


def _missing(column: str, header: Header, finder: HeaderFinder) -> Remark:
    remark = missing_column(column, header.row, header.names.values())
    if column == "period" and finder.is_translated and "period" not in finder.meanings.values():
        hint = "The description of this sheet reads no period from it: give the period of the file (--period)."
        return replace(remark, details={**remark.details, "hint": hint})
    return remark


def _period_of(header: Header, figures: Sequence[Figure], given: str) -> NamedPeriod | None:
    """The period of the whole table, where the sheet names it in one cell or the caller gives it."""
    named = named_period(header)
    description = header.description
    says_itself = "period" in {*header.columns, *description.constants, *description.joined} or any(
        "period" in figure.constants for figure in figures
    )
    if named is None and given and not says_itself:
        return NamedPeriod(given, "text", -1, header.row, is_given=True)
    # months that stand side by side say themselves, within the year of the sheet
    return None if description.period.sheet and says_itself else named


def _collect(
    collected: _Collected,
    header: Header,
    named: NamedPeriod | None,
    frame: pl.DataFrame,
    addresses: Sequence[Address],
    remarks: Iterable[Remark],
) -> None:
    base = len(collected.addresses)
    if named is not None:
        frame = _with_period(frame, named)
        places = {"period": named.place} if named.place >= 0 else {}
        addresses = [_at_period(address, places) for address in addresses]
    is_given = named is not None and named.is_given
    collected.is_given_period_used |= is_given
    reading = PeriodReading() if is_given else header.description.period
    if reading not in collected.readings:
        collected.readings.append(reading)
    at = pl.col("address_at") + base if "address_at" in frame.columns else pl.lit(base)
    frame = frame.with_columns(
        at.cast(pl.UInt16).alias("address_at"),
        pl.lit(collected.readings.index(reading), dtype=pl.UInt8).alias("reading_at"),
    )
    table = len(collected.headers)
    collected.headers.append(header)
    collected.frames.append(frame)
    collected.addresses += [replace(address, table=table) for address in addresses]
    collected.remarks += [replace(remark, address=remark.address + base) for remark in remarks]


def _at_period(address: Address, places: Mapping[str, int]) -> Address:
    columns, headers = (
        {name: value for name, value in known.items() if name != "period"}
        for known in (dict[str, Any](address.columns), dict[str, Any](address.headers))
    )
    return replace(address, columns={**columns, **places}, headers=headers)


def _with_period(frame: pl.DataFrame, named: NamedPeriod) -> pl.DataFrame:
    return frame.with_columns(
        pl.lit(named.text).alias("period_text"),
        pl.lit(named.kind, dtype=KIND).alias("period_kind"),
        pl.lit(named.row, dtype=pl.Int32).alias("period_row"),
    )


def _table(collected: _Collected) -> Table:
    entries = stacked(collected.frames) if len(collected.frames) > 1 else collected.frames[0]
    sheets = [address.sheet or "" for address in collected.addresses]
    if len(set(sheets)) > 1:
        of_sheet = pl.Series([f" of “{quoted(sheet, 31)}”" for sheet in sheets], dtype=pl.String)
        of_sheet = of_sheet.gather(entries["address_at"].cast(pl.UInt32))
        entries = entries.with_columns((pl.col("row").cast(pl.String) + of_sheet).alias(ROW_SAID))
    if len(collected.addresses) == 1:
        entries = entries.drop("address_at")
    if len(collected.readings) == 1:
        entries = entries.drop("reading_at")
    return Table(
        entries=entries,
        addresses=tuple(collected.addresses),
        readings=tuple(collected.readings),
        refuses_commas=any(header.grid.uses_decimal_comma_settings for header in collected.headers),
        remarks=(*_once(collected), *_undescribed(collected)),
    )


def _once(collected: _Collected) -> list[Remark]:
    """What is said of a sheet as such is said once, however many tables are read from it."""
    kept: dict[tuple[object, ...], Remark] = {}
    for at, remark in enumerate(collected.remarks):
        sheet = collected.addresses[remark.address].sheet
        said = (remark.code, sheet, remark.row, remark.column, str(remark.details))
        kept.setdefault(said if remark.code in _OF_THE_SHEET else (at,), remark)
    return list(kept.values())


def _undescribed(collected: _Collected) -> list[Remark]:
    """The columns of each sheet of which no description says anything."""
    found: dict[str | None, list[str]] = {}
    for sheet, unknown in collected.undescribed:
        if unknown is None:
            continue
        found[sheet] = [name for name in found[sheet] if name in unknown] if sheet in found else unknown
    first = {address.sheet: at for at, address in reversed(list(enumerate(collected.addresses)))}
    return [
        Remark(code="OUT-164", details={"columns": listed(names)}, address=first[sheet])
        for sheet, names in found.items()
        if names
    ]
