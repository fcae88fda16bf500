"""Takes the rows that are totals out of a table and holds each against the exact sum of its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from outcomes.intake.cell_sums import READ_AS_NUMBERS, cell_kinds, cell_texts, exact_texts
from outcomes.intake.codes import fold_header, trimmed
from outcomes.intake.figures import ADDED_UP, Figure
from outcomes.intake.headers import Header
from outcomes.intake.numbers import NumberSpellings, numbers_from_text
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import no_kinds
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import TotalRows

__all__ = ["without_totals"]

# sums beyond this are not known to fit into 128 bits
_LARGEST: Final = 10**37
_SHOWN_ROWS: Final = 10


@dataclass
class _Count:
    """How many numbers of total rows agree with their parts, differ from them, or cannot be compared."""

    agreeing: int = 0
    differing: int = 0
    unknown: int = 0
    remarks: list[Remark] = field(default_factory=list)


def without_totals(
    under: pl.DataFrame, header: Header, figures: Sequence[Figure], spellings: NumberSpellings, title: str
) -> tuple[pl.DataFrame, tuple[Remark, ...]]:
    """Return the rows that are no totals, and what comparing the totals with them gave.

    Arguments:
        under: The rows that are read.
        header: The table's header.
        figures: Which cells make up which figures; none where each row is one figure.
        spellings: What a number's cells may be besides numbers.
        title: What the layout describes.
    """
    described = header.description.totals
    if not described:
        return under, ()
    remarks: list[Remark] = []
    is_total: list[pl.Series] = []
    for one in described:
        for text in (one.column, *one.within):
            if header.place_of(text) is None:
                remarks.append(Remark(code="OUT-111", row=header.row, column=text, details={"layout": title}))
        place = header.place_of(one.column)
        wanted = [trimmed(text).lower() for text in one.texts]
        nobody = pl.repeat(False, under.height, eager=True)
        is_total.append(nobody if place is None else _folded(under, place).is_in(wanted))
    if remarks:
        return under, tuple(remarks)
    is_any = pl.DataFrame([one.alias(str(at)) for at, one in enumerate(is_total)]).select(pl.any_horizontal(pl.all()))
    parts = under.filter(~is_any.to_series())
    numbers = list(_added_up(header, figures))
    for one, is_one in zip(described, is_total, strict=True):
        totals = under.filter(is_one)
        if totals.is_empty():
            # another issue may call its totals otherwise: what was not held against them is not to look as if it was
            listed = " or ".join(f"“{quoted(text)}”" for text in one.texts)
            remarks.append(Remark(code="OUT-168", column=one.column, details={"texts": listed}))
            continue
        count = _compared(totals, parts, header, one, numbers, spellings)
        details = {
            "found": f"{totals.height:,}",
            "compared": f"{count.agreeing + count.differing:,}",
            "agreeing": f"{count.agreeing:,}",
            "because": one.because,
        }
        remarks += [Remark(code="OUT-165", column=one.column, details=details), *count.remarks]
    return parts, tuple(remarks)


def _folded(rows: pl.DataFrame, place: int) -> pl.Series:
    return rows[str(place)].fill_null("").str.strip_chars(" \t\r\n\u00a0\u200b\ufeff").str.to_lowercase()


@dataclass(frozen=True)
class _Number:
    """A column of the sheet whose numbers add up.

    Attributes:
        place: Where it stands.
        name: Our column.
        has_gaps: Whether a blank cell is no part at all.
    """

    place: int
    name: str
    has_gaps: bool = False


def _added_up(header: Header, figures: Sequence[Figure]) -> Iterator[_Number]:
    seen: set[int] = set()
    if header.description.one_below_the_other:
        place = header.place_of(header.description.one_below_the_other.value)
        if place is not None:
            yield _Number(place, "numerator")
        return
    for name, place in header.columns.items():
        if name in ADDED_UP and not any(name in figure.cells for figure in figures):
            seen.add(place)
            yield _Number(place, name)
    for figure in figures:
        for name, parts in figure.cells.items():
            for part in parts:
                if name in ADDED_UP and part.place not in seen:
                    seen.add(part.place)
                    yield _Number(part.place, name, figure.is_left_out_where_blank)


def _compared(
    totals: pl.DataFrame,
    parts: pl.DataFrame,
    header: Header,
    described: TotalRows,
    numbers: Sequence[_Number],
    spellings: NumberSpellings,
) -> _Count:
    count = _Count()
    within = [place for text in described.within if (place := header.place_of(text)) is not None]
    one_below = header.description.one_below_the_other
    if one_below is not None:
        place = header.place_of(one_below.column)
        assert place is not None
        counted = [trimmed(text).lower() for text, name in one_below.figures.items() if name in ADDED_UP]
        totals, parts = (rows.filter(_folded(rows, place).is_in(counted)) for rows in (totals, parts))
        within.append(place)
    for number in numbers:
        _compare_column(count, totals, parts, header, number, within, spellings)
    return count


def _compare_column(
    count: _Count,
    totals: pl.DataFrame,
    parts: pl.DataFrame,
    header: Header,
    number: _Number,
    within: Sequence[int],
    spellings: NumberSpellings,
) -> None:
    codes = header.description.codes.get(number.name, {})
    rows = [_read(frame, number, within, codes, spellings) for frame in (totals, parts)]
    decimals = max(int(frame.select(pl.col("decimals").max().fill_null(0)).item()) for frame in rows)
    wholes, summed = (_scaled(frame, decimals) for frame in rows)
    bounds = summed.select(pl.col("whole").abs().max().cast(pl.String))["whole"][0]
    is_summable = bounds is None or int(bounds) * max(summed.height, 1) < _LARGEST
    is_gap = pl.col("is_blank") if number.has_gaps else pl.lit(False)
    found = (
        summed.filter(~is_gap)
        .group_by("group")
        .agg(
            pl.col("whole").sum().alias("sum"),
            pl.len().alias("parts"),
            pl.col("whole").null_count().alias("gaps"),
            pl.col("row").filter(pl.col("whole").is_null()).sort().head(_SHOWN_ROWS).alias("gap_rows"),
        )
    )
    both = wholes.join(found, on="group", how="left", maintain_order="left").with_columns(
        (pl.col("whole") - pl.col("sum")).alias("difference")
    )
    both = both.with_columns(
        exact_texts(both["whole"], decimals).alias("whole_text"),
        exact_texts(both["sum"], decimals).alias("sum_text"),
        exact_texts(both["difference"].abs(), decimals).alias("difference_text"),
    )
    text = quoted(header.texts[number.place].strip())
    column = quoted(fold_header(header.texts[number.place]))
    unknown: list[dict[str, object]] = []
    for row in both.iter_rows(named=True):
        if number.has_gaps and row["is_blank"] and not row["parts"]:
            # neither a total nor a part: there is no such figure
            continue
        if row["whole"] is None or not row["parts"] or row["gaps"] or not is_summable:
            unknown.append(row)
        elif row["difference"] != 0:
            count.differing += 1
            details = {
                "header": text,
                "total": row["whole_text"],
                "parts": f"{row['parts']:,}",
                "sum": row["sum_text"],
                "difference": row["difference_text"],
                "direction": "more" if row["difference"] > 0 else "less",
            }
            count.remarks.append(
                Remark(
                    code="OUT-508",
                    row=row["row"],
                    column=column,
                    value=row["text"],
                    details=details,
                    place=number.place,
                )
            )
        else:
            count.agreeing += 1
    if unknown:
        count.unknown += len(unknown)
        first = unknown[0]
        details = {"header": text, "why": _why(first)}
        count.remarks.append(
            Remark(
                code="OUT-556",
                row=int(str(first["row"])),
                column=column,
                value=None if first["text"] is None else str(first["text"]),
                details=details,
                place=number.place,
                repeats=len(unknown) - 1,
            )
        )


def _why(row: dict[str, object]) -> str:
    if row["whole"] is None:
        return "it holds no number itself"
    if not row["parts"]:
        return "no row is a part of it"
    rows = row["gap_rows"]
    assert isinstance(rows, list)
    if not rows:
        return "the numbers are too large to be added up exactly"
    more = " and others" if int(str(row["gaps"])) > len(rows) else ""
    holds = "holds" if row["gaps"] == 1 else "hold"
    return f"of its {row['parts']} parts {row['gaps']} {holds} no number (row{'s' if len(rows) > 1 else ''} " + (
        ", ".join(map(str, rows)) + f"{more})"
    )


def _read(
    rows: pl.DataFrame,
    number: _Number,
    within: Sequence[int],
    codes: "dict[str, str]",
    spellings: NumberSpellings,
) -> pl.DataFrame:
    texts, kinds = cell_texts(rows, number.place, codes), cell_kinds(rows, number.place, codes)
    read = numbers_from_text(texts, no_kinds(rows.height) if kinds is None else kinds, spellings)
    is_number = read["form"].cast(pl.String).is_in(READ_AS_NUMBERS)
    groups = pl.DataFrame(
        [_folded(rows, place).alias(str(at)) for at, place in enumerate(within)]
        or [pl.repeat("", rows.height, eager=True).alias("0")]
    )
    return pl.DataFrame(
        {
            "row": rows["row"],
            "text": texts,
            "group": groups.select(pl.struct(pl.all()).alias("group"))["group"],
            "is_blank": texts.fill_null("").str.strip_chars() == "",
        }
    ).with_columns(
        pl.when(is_number).then(read["mantissa"]).alias("mantissa"),
        pl.when(is_number).then(read["decimals"]).alias("decimals"),
    )


def _scaled(rows: pl.DataFrame, decimals: int) -> pl.DataFrame:
    missing = pl.lit(decimals, dtype=pl.Int8) - pl.col("decimals")
    tens = missing.replace_strict(
        {power: str(10**power) for power in range(decimals + 1)}, default=None, return_dtype=pl.String
    )
    return rows.with_columns((pl.col("mantissa").cast(pl.Int128) * tens.cast(pl.Int128)).alias("whole"))
