"""Makes one number of several cells of a row, exactly; a cell that is no number makes the whole what it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from outcomes.intake.numbers import FORMS, NumberSpellings, numbers_from_text
from outcomes.intake.reading.grid import KIND, no_kinds
from outcomes.intake.remark import Remark
from outcomes.vocabulary import RowStatus

__all__ = ["READ_AS_NUMBERS", "CellSum", "Part", "cell_kinds", "cell_sum", "cell_texts", "exact_texts"]

# a percentage is a number only where it stands alone
READ_AS_NUMBERS: Final = tuple(form for form in FORMS[:8] if form != "percent")
# what makes the whole no number, the gravest last; whatever else is no number is a fault, and graver still
_RANKS: Final = {
    **dict.fromkeys(READ_AS_NUMBERS, 0),
    RowStatus.NOT_APPLICABLE.value: 1,
    RowStatus.NOT_AVAILABLE.value: 2,
    RowStatus.SUPPRESSED.value: 3,
    "blank": 4,
    "null_word": 4,
}
_FAULT: Final = 5
_SAID: Final = {
    "thousands": "OUT-451",
    "plus": "OUT-453",
    "minus_sign": "OUT-454",
    "white_space": "OUT-455",
    "leading_zeros": "OUT-456",
}
_LARGEST: Final = 1 << 55
_SHOWN: Final = 20


@dataclass(frozen=True)
class Part:
    """One cell of a number: its place in the sheet, and whether it is taken off."""

    place: int
    is_less: bool = False


@dataclass(frozen=True)
class CellSum:
    """The numbers of a column of ours, one for each row.

    Attributes:
        texts: The exact number; else what stands in the cell that spoils it.
        kinds: The kind of each; None where all are text.
        places: The place of the one cell that spoils it; None where no sum was made.
        remarks: What is to be said about the spelling of the parts.
    """

    texts: pl.Series
    kinds: pl.Series | None
    places: pl.Series | None = None
    remarks: tuple[Remark, ...] = ()


def cell_texts(under: pl.DataFrame, place: int, codes: Mapping[str, str]) -> pl.Series:
    """Return the cells of a place, recoded: a text that is not listed stays as it is."""
    texts = under[str(place)]
    if not codes:
        return texts
    stripped = texts.str.strip_chars()
    return under.select(
        stripped.replace_strict(dict(codes), default=texts, return_dtype=pl.String).alias(str(place))
    ).to_series()


def cell_kinds(under: pl.DataFrame, place: int, codes: Mapping[str, str] | None = None) -> pl.Series | None:
    """Return the kinds of the cells of a place, of which those that are recoded are text; None where all are text."""
    if f"{place}_kind" not in under.columns:
        return None
    kinds = under[f"{place}_kind"]
    if not codes:
        return kinds
    is_recoded = under[str(place)].str.strip_chars().is_in(sorted(codes)).fill_null(False)
    return under.select(
        pl.when(is_recoded).then(pl.lit("text", dtype=KIND)).otherwise(kinds).alias(kinds.name)
    ).to_series()


def cell_sum(
    under: pl.DataFrame,
    parts: Sequence[Part],
    codes: Mapping[str, str],
    spellings: NumberSpellings,
    *,
    is_count: bool = False,
) -> CellSum:
    """Return the sum of some cells of each row; a single cell is handed on as it is.

    Arguments:
        under: The rows, with `row` and the cells by place.
        parts: The cells, the first of them added.
        codes: How their texts are recoded before they are read.
        spellings: What they may be besides numbers.
        is_count: Whether no part may be below zero: in a sum it would be seen no more.
    """
    if len(parts) == 1 and not parts[0].is_less:
        return CellSum(cell_texts(under, parts[0].place, codes), cell_kinds(under, parts[0].place, codes))
    cells: dict[str, pl.Series] = {"row": under["row"]}
    for at, part in enumerate(parts):
        texts, kinds = cell_texts(under, part.place, codes), cell_kinds(under, part.place, codes)
        read = numbers_from_text(texts, kinds, spellings)
        cells |= {f"text{at}": texts, f"kind{at}": no_kinds(under.height) if kinds is None else kinds}
        cells |= {f"{name}{at}": read[name] for name in ("mantissa", "decimals", "form")}
    frame = pl.DataFrame(cells).with_columns(
        pl.col(f"form{at}")
        .cast(pl.String)
        .replace_strict(_RANKS, default=_FAULT, return_dtype=pl.Int8)
        .alias(f"rank{at}")
        for at in range(len(parts))
    )
    frame = frame.with_columns(pl.max_horizontal(f"rank{at}" for at in range(len(parts))).alias("rank"))
    sums = _exact_sums(frame, parts)
    remarks = (*_spelled(frame, parts), *(_below_zero(frame, parts) if is_count else ()))
    if not (frame["rank"] > 0).any():
        return CellSum(sums, None, pl.repeat(None, under.height, dtype=pl.Int32, eager=True), remarks)
    is_spoilt = pl.col("rank") > 0

    def spoiling(column: str) -> list[pl.Expr]:
        return [
            pl.when(is_spoilt & (pl.col(f"rank{at}") == pl.col("rank"))).then(pl.col(f"{column}{at}"))
            for at in range(len(parts))
        ]

    is_percent = pl.coalesce(spoiling("form")).cast(pl.String) == "percent"
    # a percentage among plain numbers must not pass for the whole
    text = (
        pl.when(is_percent).then(pl.coalesce(spoiling("text")) + " in a sum").otherwise(pl.coalesce(spoiling("text")))
    )
    found = frame.with_columns(pl.lit(part.place, dtype=pl.Int32).alias(f"place{at}") for at, part in enumerate(parts))
    found = found.select(
        pl.when(is_spoilt).then(text).otherwise(sums).alias("text"),
        pl.when(is_spoilt & is_percent.not_().fill_null(True))
        .then(pl.coalesce(spoiling("kind")))
        .otherwise(pl.lit("text", dtype=KIND))
        .alias("kind"),
        pl.coalesce(spoiling("place")).alias("place"),
    )
    return CellSum(found["text"], found["kind"], found["place"], remarks)


def _exact_sums(frame: pl.DataFrame, parts: Sequence[Part]) -> pl.Series:
    signs = [-1 if part.is_less else 1 for part in parts]
    limits = frame.select(
        pl.max_horizontal(pl.col(f"mantissa{at}").abs().max() for at in range(len(parts))).alias("largest"),
        pl.max_horizontal(pl.col(f"decimals{at}").max() for at in range(len(parts))).alias("decimals"),
    )
    largest, decimals = limits["largest"][0] or 0, limits["decimals"][0] or 0
    if decimals == 0 and largest < _LARGEST:
        total = sum((pl.col(f"mantissa{at}") * sign for at, sign in enumerate(signs)), pl.lit(0, dtype=pl.Int64))
        return frame.select(total.cast(pl.String).alias("text"))["text"]
    whole = pl.lit(0).cast(pl.Int128)
    for at, sign in enumerate(signs):
        missing = pl.lit(decimals, dtype=pl.Int8) - pl.col(f"decimals{at}")
        tens = missing.replace_strict(
            {power: str(10**power) for power in range(decimals + 1)}, default=None, return_dtype=pl.String
        )
        whole = whole + pl.col(f"mantissa{at}").cast(pl.Int128) * tens.cast(pl.Int128) * pl.lit(sign).cast(pl.Int128)
    return exact_texts(frame.select(whole.alias("whole"))["whole"], decimals)


def exact_texts(wholes: pl.Series, decimals: int) -> pl.Series:
    """Return whole numbers of the last decimal place as plain texts, without zeros at the end.

    >>> exact_texts(pl.Series([1555, -50, 200, None]), 1).to_list()
    ['155.5', '-5', '20', None]
    """
    digits = wholes.abs().cast(pl.String).str.zfill(decimals + 1)
    if decimals:
        point = pl.DataFrame({"digits": digits}).select(
            (
                pl.col("digits").str.head(pl.col("digits").str.len_chars() - decimals)
                + "."
                + pl.col("digits").str.tail(decimals)
            )
            .str.strip_chars_end("0")
            .str.strip_chars_end(".")
        )
        digits = point.to_series()
    signs = pl.DataFrame({"whole": wholes}).select(
        pl.when(pl.col("whole") < 0).then(pl.lit("-")).otherwise(pl.lit("")).alias("sign")
    )["sign"]
    return signs + digits


def _below_zero(frame: pl.DataFrame, parts: Sequence[Part]) -> Iterator[Remark]:
    for at, part in enumerate(parts):
        rows = frame.filter((pl.col(f"rank{at}") == 0) & (pl.col(f"mantissa{at}") < 0))
        for row, text in rows.select("row", f"text{at}").head(_SHOWN).iter_rows():
            yield Remark(code="OUT-409", row=row, value=text, place=part.place)
        if rows.height > _SHOWN:
            row, text = rows.select("row", f"text{at}").row(_SHOWN)
            yield Remark(code="OUT-409", row=row, value=text, place=part.place, repeats=rows.height - _SHOWN - 1)


def _spelled(frame: pl.DataFrame, parts: Sequence[Part]) -> list[Remark]:
    """What the rules on single cells would say of the parts, which are seen no more once they are summed."""
    remarks = []
    for at, part in enumerate(parts):
        forms = frame[f"form{at}"].cast(pl.String)
        for form in forms.unique().sort().drop_nulls():
            if form not in _SAID:
                continue
            rows = frame.filter(forms == form)
            text = rows[f"text{at}"][0]
            read = exact_texts(rows[f"mantissa{at}"].head(1), int(rows[f"decimals{at}"][0]))[0]
            remarks.append(
                Remark(
                    code=_SAID[form],
                    row=int(rows["row"][0]),
                    value=text,
                    details={"read": read},
                    repeats=rows.height - 1,
                    place=part.place,
                )
            )
    return remarks
