"""Turns the rows under a header into long entries: one row a figure, under our column names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import polars as pl

from outcomes.intake.cell_sums import cell_kinds, cell_sum, cell_texts
from outcomes.intake.entries_model import AS_TEXT, Address
from outcomes.intake.figures import ADDED_UP, Figure, address_of
from outcomes.intake.headers import Header
from outcomes.intake.named_groups import group_columns
from outcomes.intake.numbers import NumberSpellings
from outcomes.intake.reading.grid import KIND
from outcomes.intake.remark import Remark

__all__ = ["Unfolded", "shared_columns", "stacked", "unfolded"]

Unfolded = tuple[pl.DataFrame, tuple[Address, ...], tuple[Remark, ...]]


def unfolded(
    under: pl.DataFrame,
    header: Header,
    figures: Sequence[Figure],
    spellings: NumberSpellings,
    may_be_negative: Callable[[str | None], bool] = lambda _: False,
) -> Unfolded:
    """Return the entries of a table, where their columns stand, and what is to be said about the cells.

    Arguments:
        under: The rows that are read.
        header: The table's header.
        figures: Which cells make up which figures; none where each row is one figure.
        spellings: What a number's cells may be besides numbers.
        may_be_negative: Whether an indicator (None: any of the file) has numerators below zero.
    """
    shared = pl.DataFrame(list(shared_columns(under, header)))
    if not figures:
        return shared, (address_of(header),), ()
    frames, addresses, remarks = [], [], []
    for at, figure in enumerate(figures):
        addresses.append(address_of(header, figure))
        frame, said = _of_figure(under, shared, header, figure, spellings, may_be_negative)
        frames.append(frame.with_columns(pl.lit(at, dtype=pl.UInt16).alias("address_at")))
        remarks += [replace(remark, address=at) for remark in said]
    # the figures of a row stand together, as they do in the sheet
    return stacked(frames).sort("row", maintain_order=True), tuple(addresses), tuple(remarks)


def shared_columns(under: pl.DataFrame, header: Header) -> Iterator[pl.Series]:
    """Yield the row and the columns that all figures of a row have: those of the sheet, joined texts and constants."""
    description = header.description
    yield under["row"]
    for name, place in header.columns.items():
        if name in description.joined:
            continue
        yield cell_texts(under, place, description.codes.get(name, {})).alias(f"{name}_text")
        kinds = cell_kinds(under, place, description.codes.get(name))
        if kinds is not None:
            yield kinds.alias(f"{name}_kind")
    for name, texts in description.joined.items():
        places = [header.place_of(text) for text in texts]
        cells = [pl.col(str(place)).fill_null("").str.strip_chars() for place in places if place is not None]
        if not cells:
            continue
        joined = under.select(pl.concat_str(cells, separator=" ").str.strip_chars().alias("0"))
        yield cell_texts(joined, 0, description.codes.get(name, {})).alias(f"{name}_text")
    yield from group_columns(under, header)
    for name, text in description.constants.items():
        if name not in header.columns and name not in description.joined:
            yield pl.repeat(text, under.height, dtype=pl.String, eager=True).alias(f"{name}_text")


def _of_figure(
    under: pl.DataFrame,
    shared: pl.DataFrame,
    header: Header,
    figure: Figure,
    spellings: NumberSpellings,
    may_be_negative: Callable[[str | None], bool],
) -> tuple[pl.DataFrame, list[Remark]]:
    columns: list[pl.Series] = []
    remarks: list[Remark] = []
    replaced = [f"{name}_kind" for name in (*figure.constants, *figure.cells)]
    for name, text in figure.constants.items():
        columns.append(pl.repeat(text, under.height, dtype=pl.String, eager=True).alias(f"{name}_text"))
    for name, parts in figure.cells.items():
        if not parts:
            # that its columns are missing is said already
            continue
        named = figure.constants.get("indicator_id") or header.description.constants.get("indicator_id")
        is_count = name in ADDED_UP and not (name == "numerator" and may_be_negative(named))
        made = cell_sum(under, parts, header.description.codes.get(name, {}), spellings, is_count=is_count)
        columns.append(made.texts.alias(f"{name}_text"))
        if made.kinds is not None:
            columns.append(made.kinds.alias(f"{name}_kind"))
        if made.places is not None:
            columns.append(made.places.alias(f"{name}_place"))
        remarks += [replace(remark, column=name) for remark in made.remarks]
    entries = shared.drop([name for name in replaced if name in shared.columns]).with_columns(columns)
    if figure.is_left_out_where_blank:
        cells = {str(part.place) for parts in figure.cells.values() for part in parts}
        is_blank = pl.all_horizontal(pl.col(cell).fill_null("").str.strip_chars() == "" for cell in sorted(cells))
        entries = entries.filter(~under.select(is_blank.alias("blank"))["blank"])
    return entries, remarks


def stacked(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return frames of entries as one; a cell of which only some frames know the kind is text in the others.

    What is text in one of them is text in all.
    """
    together = pl.concat([frame.with_columns(AS_TEXT) for frame in frames], how="diagonal")
    kinds = [name for name, dtype in together.schema.items() if dtype == KIND]
    return together.with_columns(pl.col(name).fill_null(pl.lit("text", dtype=KIND)) for name in kinds)
