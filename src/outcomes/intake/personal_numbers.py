"""Finds the cells of a column in which an NHS number stands; what one is, the ground floor knows."""

from typing import Final

import polars as pl

from outcomes.personal_numbers import GAP, MASK, has_nhs_number, is_valid_nhs_number, masked

__all__ = ["MASK", "has_nhs_number", "is_valid_nhs_number", "masked", "rows_with_nhs_number"]

# the same patterns, as polars reads them
_FRACTION_POLARS: Final = r"^\s*[+-]?[0-9]*\.[0-9]*[1-9][0-9]*\s*%?\s*$"
_GROUPED_POLARS: Final = rf"[0-9]{{3}}{GAP}[0-9]{{3}}{GAP}[0-9]{{4}}"
_FEWEST_BYTES: Final = 10


def rows_with_nhs_number(cells: pl.Series) -> list[int]:
    """Return the positions of the cells in which an NHS number stands.

    Arguments:
        cells: A String column, an Enum, or whole numbers.

    >>> rows_with_nhs_number(pl.Series(["412", None, "9991234578"]))
    [2]
    """
    if cells.dtype.is_integer():
        # a whole number of just so many digits
        size = cells.abs()
        found = ((size >= 10 ** (_FEWEST_BYTES - 1)) & (size < 10**_FEWEST_BYTES)).fill_null(False).arg_true()
        return [int(position) for position in found if has_nhs_number(str(cells[position]))]
    # only what is long enough, and each text once
    texts = cells.dtype.categories if isinstance(cells.dtype, pl.Enum) else cells
    long = texts.filter(texts.str.len_bytes() >= _FEWEST_BYTES).unique()
    suspicious = long.filter(long.str.contains(_GROUPED_POLARS) & ~long.str.contains(_FRACTION_POLARS))
    found = pl.Series([text for text in suspicious if has_nhs_number(text)], dtype=pl.String)
    if found.is_empty():
        return []
    return cells.is_in(found.implode()).fill_null(False).arg_true().to_list()
