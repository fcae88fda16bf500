"""Gathers the numbers of one figure that stand one below the other, each row saying which number it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from outcomes.intake.cell_sums import READ_AS_NUMBERS, Part, cell_kinds, cell_sum, cell_texts
from outcomes.intake.codes import trimmed
from outcomes.intake.coding import coded, coded_together
from outcomes.intake.figures import address_of
from outcomes.intake.headers import Header
from outcomes.intake.numbers import NumberSpellings, numbers_from_text
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import KIND, no_kinds
from outcomes.intake.remark import Remark
from outcomes.intake.unfolding import Unfolded, shared_columns
from outcomes.partnership.layout import MARGIN, OneBelowTheOther

__all__ = ["gathered"]

_LIMITS: Final = ("lower_ci_95", "upper_ci_95")
_SHOWN: Final = 20
_FIRST_ROWS: Final = 10
# whose row is the figure's own
_OWN_ROW: Final = ("value", "numerator")


def gathered(under: pl.DataFrame, header: Header, described: OneBelowTheOther, spellings: NumberSpellings) -> Unfolded:
    """Return the entries of a table, one a figure, where their columns stand, and what is to be said.

    Arguments:
        under: The rows that are read.
        header: The table's header.
        described: Which column says what a row's number is.
        spellings: What a number's cells may be besides numbers.
    """
    kind_place, value_place = header.place_of(described.column), header.place_of(described.value)
    address = address_of(header)
    names = (*described.figures.values(), *(_LIMITS if MARGIN in described.figures.values() else ()))
    if kind_place is None or value_place is None:
        # that a column is missing is said already
        return pl.DataFrame(list(shared_columns(under, header))), (address,), ()
    address = replace(
        address,
        columns={**address.columns, **dict.fromkeys(names, value_place)},
        headers={**address.headers, **dict.fromkeys(names, header.texts[value_place])},
    )
    remarks: list[Remark] = []
    under = under.with_columns(_names(under, kind_place, described).alias("number"))
    remarks += _unknown(under, kind_place, header)
    remarks += _left_out(under, described)
    under = under.filter(pl.col("number").is_in(sorted(set(described.figures.values()))))
    shared = pl.DataFrame(list(shared_columns(under, header)))
    numbers = {f"{name}_text" for name in names}
    keys = [name for name in shared.columns if name.endswith("_text") and name not in numbers]
    figure_at = (
        coded_together([coded(shared[name]) for name in keys]).at
        if keys
        else pl.repeat(0, under.height, dtype=pl.UInt32, eager=True)
    )
    kinds = cell_kinds(under, value_place)
    cells = pl.DataFrame(
        {
            "figure_at": figure_at,
            "number": under["number"],
            "row": under["row"],
            "text": under[str(value_place)],
            "kind": no_kinds(under.height) if kinds is None else kinds,
        }
    )
    remarks += _twice(cells)
    entries = shared.drop("row").with_columns(figure_at.alias("figure_at")).unique("figure_at", maintain_order=True)
    for name in dict.fromkeys(described.figures.values()):
        found = cells.filter(pl.col("number") == name).unique("figure_at", keep="first", maintain_order=True)
        codes = header.description.codes.get(name, {})
        cell = found.select(pl.col("text").alias("0"), pl.col("kind").alias("0_kind"))
        recoded, kinds_read = cell_texts(cell, 0, codes), cell_kinds(cell, 0, codes)
        found = found.select(
            "figure_at",
            recoded.alias(f"{name}_text"),
            (pl.col("kind") if kinds_read is None else kinds_read).alias(f"{name}_kind"),
            pl.col("row").alias(f"{name}_row"),
        )
        entries = entries.drop(f"{name}_text", f"{name}_kind", strict=False)
        entries = entries.join(found, on="figure_at", how="left", maintain_order="left")
    if MARGIN in described.figures.values():
        entries = _with_limits(entries, spellings)
    first_rows = cells.group_by("figure_at").agg(pl.col("row").min().alias("first_row"))
    entries = entries.join(first_rows, on="figure_at", how="left", maintain_order="left")
    own = [pl.col(f"{name}_row") for name in _OWN_ROW if f"{name}_row" in entries.columns]
    entries = entries.with_columns(pl.coalesce(*own, "first_row").alias("row")).drop("first_row", "figure_at")
    return entries, (address,), tuple(remarks)


def _names(under: pl.DataFrame, place: int, described: OneBelowTheOther) -> pl.Series:
    """What each row's number is, by our column; an empty text where it is known and not read, null where unknown."""
    texts = coded(under[str(place)])
    names = {trimmed(text).lower(): "" for text in described.skip}
    names |= {trimmed(text).lower(): name for text, name in described.figures.items()}
    distinct = [names.get(trimmed(text or "").lower()) for text in texts.distinct.to_series()]
    return pl.Series(distinct, dtype=pl.String).gather(texts.at)


def _unknown(under: pl.DataFrame, place: int, header: Header) -> Iterator[Remark]:
    unknown = under.filter(pl.col("number").is_null())
    for (text,), rows in unknown.group_by([str(place)], maintain_order=True):
        yield Remark(
            code="OUT-113",
            row=int(rows["row"][0]),
            column=quoted(header.names.get(place, "")),
            value=None if text is None else str(text),
            place=place,
            repeats=rows.height - 1,
        )


def _left_out(under: pl.DataFrame, described: OneBelowTheOther) -> Iterator[Remark]:
    left = under.filter(pl.col("number") == "").height
    if left:
        because = f"Numbers that are not read: {', '.join(described.skip)}."
        yield Remark(code="OUT-163", column=described.column, details={"found": f"{left:,}", "because": because})


def _twice(cells: pl.DataFrame) -> Iterator[Remark]:
    """A number of a figure that stands in two rows: an error, unless both say the same."""
    several = cells.filter(pl.struct("figure_at", "number").is_duplicated())
    if several.is_empty():
        return
    groups = several.group_by("figure_at", "number").agg(
        pl.struct(pl.col("text").str.strip_chars(), "kind").n_unique().alias("different"),
        pl.col("row").sort().head(_FIRST_ROWS).alias("rows"),
        pl.col("text").sort_by("row").last().alias("text"),
        pl.len().alias("count"),
    )
    for code, is_wrong in (("OUT-509", pl.col("different") > 1), ("OUT-557", pl.col("different") == 1)):
        chosen = groups.filter(is_wrong).sort(pl.col("rows").list.first())
        shown = chosen.head(_SHOWN)
        for at, group in enumerate(shown.iter_rows(named=True), 1):
            more = " and others" if group["count"] > len(group["rows"]) else ""
            yield Remark(
                code=code,
                row=group["rows"][-1],
                column="lower_ci_95" if group["number"] == MARGIN else group["number"],
                value=group["text"],
                details={"partners": ", ".join(map(str, group["rows"])) + more},
                repeats=chosen.height - shown.height if at == shown.height else 0,
            )


def _with_limits(entries: pl.DataFrame, spellings: NumberSpellings) -> pl.DataFrame:
    """Return the entries with the limits that a value and half the width of its interval make."""
    names = ("value", MARGIN)
    missing = [name for name in names if f"{name}_text" not in entries.columns]
    entries = entries.with_columns(pl.lit(None, dtype=pl.String).alias(f"{name}_text") for name in missing)
    cells: dict[str, pl.Series] = {"row": pl.repeat(0, entries.height, dtype=pl.Int32, eager=True)}
    for at, name in enumerate(names):
        cells[str(at)] = entries[f"{name}_text"]
        kinds = entries[f"{name}_kind"] if f"{name}_kind" in entries.columns else no_kinds(entries.height)
        cells[f"{at}_kind"] = kinds.fill_null("text")
    rows = pl.DataFrame(cells)
    # a marker or nothing in place of the width makes no interval; what can be no width is said at its own cell
    is_width = _are_numbers(rows, 1, spellings) & _are_numbers(rows, 0, spellings)
    is_fault = ~_are_words(rows, 1, spellings) & ~_are_numbers(rows, 1, spellings)
    made: list[pl.Series] = []
    for name, is_less in zip(_LIMITS, (True, False), strict=True):
        limit = cell_sum(rows, (Part(0), Part(1, is_less=is_less)), {}, spellings)
        kinds = no_kinds(entries.height) if limit.kinds is None else limit.kinds
        text = pl.when(is_width).then(limit.texts).when(is_fault).then(rows["1"])
        kind = pl.when(is_width).then(kinds).when(is_fault).then(rows["1_kind"]).otherwise(pl.lit("text", dtype=KIND))
        made += rows.select(text.alias(f"{name}_text"), kind.alias(f"{name}_kind")).get_columns()
    widths = entries[f"{MARGIN}_row"] if f"{MARGIN}_row" in entries.columns else None
    if widths is not None:
        made += [widths.alias(f"{name}_row") for name in _LIMITS]
    return entries.with_columns(made).drop(f"{MARGIN}_text", f"{MARGIN}_kind", f"{MARGIN}_row", strict=False)


def _forms(rows: pl.DataFrame, at: int, spellings: NumberSpellings) -> pl.Series:
    return numbers_from_text(rows[str(at)], rows[f"{at}_kind"], spellings)["form"].cast(pl.String)


def _are_numbers(rows: pl.DataFrame, at: int, spellings: NumberSpellings) -> pl.Series:
    return _forms(rows, at, spellings).is_in(READ_AS_NUMBERS)


def _are_words(rows: pl.DataFrame, at: int, spellings: NumberSpellings) -> pl.Series:
    words: Sequence[str] = ("suppressed", "not_available", "not_applicable", "blank", "null_word")
    return _forms(rows, at, spellings).is_in(words)
