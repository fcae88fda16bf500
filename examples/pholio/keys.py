"""Gives published rows the keys of the library's tables: the breakdown and the period as canonical text."""

from collections.abc import Mapping
from typing import Final

import polars as pl

import outcomes as oc

__all__ = ["KEY", "period_text", "with_keys"]

KEY: Final = ("indicator_id", "area_code", "year", "breakdown")
_EVERYBODY: Final = {"sex": "Persons", "age_band": "All ages"}
_GROUPED: Final = ("indicator_id", "sex", "age", "category_type", "category")


def with_keys(rows: pl.DataFrame, partnership: oc.Partnership, layout_id: str) -> pl.DataFrame:
    """Return the rows of known indicators and ways of grouping, with their breakdown.

    Arguments:
        rows: As `read_extract` returns them.
        partnership: Whose indicators say which texts mean everybody.
        layout_id: The layout whose named groups and codes say what our columns are called.
    """
    indicators = {one.id: one for framework in partnership.frameworks for one in framework.indicators}
    layout = partnership.layouts[layout_id]
    named = layout.named_groups.dimensions if layout.named_groups else {}
    found = [
        (*group, _breakdown(indicators[group[0]], group[1:], named, layout.codes))
        for group in rows.select(_GROUPED).unique().iter_rows()
        if group[0] in indicators
    ]
    schema = dict.fromkeys((*_GROUPED, "breakdown"), pl.String)
    texts = pl.DataFrame(found, schema=schema, orient="row").filter(pl.col("breakdown").is_not_null())
    return rows.join(texts, on=list(_GROUPED), how="inner", maintain_order="left")


def _breakdown(
    indicator: oc.Indicator, group: tuple[str, ...], named: Mapping[str, str], codes: Mapping[str, Mapping[str, str]]
) -> str | None:
    """Return the canonical text of a row's group, or None for a way of grouping that nobody knows."""
    sex, age, kind, category = group
    pairs = {"sex": sex, "age_band": age}
    if kind:
        dimension = named.get(kind.strip('"'))
        if dimension is None:
            return None
        pairs[dimension] = codes.get(dimension, {}).get(category, category)
    wholes = _EVERYBODY | {breakdown.dimension: breakdown.whole for breakdown in indicator.breakdowns}
    return "; ".join(f"{name}={text}" for name, text in sorted(pairs.items()) if text != wholes.get(name))


def period_text(kind: str, year: int) -> str:
    """Return the canonical text of the period that begins in a year.

    >>> period_text("financial_year", 2023), period_text("calendar_year", 2023)
    ('2023/24', '2023')
    """
    return str(year) if kind == "calendar_year" else f"{year}/{(year + 1) % 100:02d}"
