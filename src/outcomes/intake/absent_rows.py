"""Adds the rows that a publication leaves out where nobody was counted, where the layout says that it does."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Final

import polars as pl

from outcomes.breakdown import breakdown_text
from outcomes.framework.model import Indicator
from outcomes.intake.breakdowns import with_breakdown
from outcomes.intake.entries import Entries
from outcomes.intake.entries_model import ADDED, AS_TEXT, Table, dimensions_of
from outcomes.intake.identifying import with_identity
from outcomes.intake.reading.grid import KIND, Refusal
from outcomes.intake.remark import Remark
from outcomes.intake.terms import Terms
from outcomes.vocabulary import NumeratorKind, Statistic

__all__ = ["with_absent_rows"]

_COUNTED: Final = (Statistic.PROPORTION, Statistic.CRUDE_RATE, Statistic.RATIO, Statistic.COUNT)
_FIGURE: Final = ("indicator_id", "version_held", "period")
_KEY: Final = (*_FIGURE, "area_code", "breakdown")
# what an added row has of the row that it is made like
_KEPT: Final = frozenset(
    ("indicator_id_text", "period_text", "period_kind", "period_row", "source_code_text", "address_at", "reading_at")
)


def with_absent_rows(table: Table, terms: Terms) -> Table:
    """Return the table with a row of 0 (of 0) for every figure that the layout says is left out where it is 0.

    Wherever some dimensions stand together in the rows of one figure of the file, every combination of their declared
    categories is a figure of every place that the file names for that period at all. What stands in the file is never
    touched; a place that the file does not name stays missing.

    Arguments:
        table: The rows of all tables.
        terms: What the file is held against.

    Raises:
        Refusal: There would be more rows than the layout allows.
    """
    because = terms.layout.absent_rows_mean_none
    if not because or table.entries.is_empty():
        return table
    table = replace(table, entries=table.entries.with_columns(AS_TEXT))
    named = with_identity(Entries(table.entries), terms, table.readings)
    entries = with_breakdown(named, terms).wide().with_row_index("at")
    dimensions = [name for name in dimensions_of(terms.partnership) if f"{name}_category" in entries.columns]
    known = _known(entries, terms)
    # the area by its own code, whichever of its codes the file writes
    places = known.select("period", "area_code", pl.col("area_code").alias("place_code_text")).unique(
        maintain_order=True
    )
    added = pl.concat(
        [
            rows
            for sample, indicator, combinations in _shapes(known, dimensions, terms)
            if not (rows := _rows(sample, indicator, combinations, places, known, table, because)).is_empty()
        ]
        or [table.entries.clear()],
        how="diagonal",
    )
    if added.is_empty():
        return table
    total, limit = table.entries.height + added.height, terms.layout.limits.max_rows
    if total > limit:
        raise Refusal(Remark(code="OUT-011", details={"found": f"{total:,}", "limit": f"{limit:,}"}))
    remark = Remark(code="OUT-166", details={"found": f"{added.height:,}", "because": because})
    together = pl.concat([table.entries, added], how="diagonal").with_columns(pl.col(ADDED).fill_null(False))
    return replace(table, entries=together, remarks=(*table.remarks, remark))


def _known(entries: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """The entries of which it is known what they are about, and whose figures are counts."""
    counted = [
        key
        for key, indicator in terms.partnership.indicators.items()
        if indicator.statistic in _COUNTED and indicator.numerator is NumeratorKind.COUNT
    ]
    schema = {"indicator_id": pl.String(), "version_held": pl.Int32()}
    about = pl.all_horizontal(
        pl.col("area_code", *_FIGURE).is_not_null(), pl.col("is_level_right"), pl.col("is_place_valid")
    )
    if "address_at" not in entries.columns:
        # one table of one figure
        entries = entries.with_columns(pl.lit(0, dtype=pl.UInt16).alias("address_at"))
    return entries.filter(about).join(pl.DataFrame(counted, schema=schema, orient="row"), on=list(schema), how="semi")


def _shapes(
    known: pl.DataFrame, dimensions: list[str], terms: Terms
) -> Iterator[tuple[pl.DataFrame, Indicator, list[dict[str, str]]]]:
    """Yield for each figure, and the dimensions that stand together in it, one of its rows and all combinations."""
    groups = known.with_columns(pl.col(f"{name}_category").is_not_null().alias(f"has_{name}") for name in dimensions)
    by = [*_FIGURE, "address_at", *(f"has_{name}" for name in dimensions)]
    for sample in groups.unique(by, keep="first", maintain_order=True).iter_slices(1):
        row = sample.row(0, named=True)
        indicator = terms.partnership.indicators[row["indicator_id"], row["version_held"]]
        told = [name for name in dimensions if row[f"has_{name}"]]
        yield sample, indicator, list(_combinations(indicator, told))


def _combinations(indicator: Indicator, told: list[str]) -> Iterator[dict[str, str]]:
    declared = [breakdown for breakdown in indicator.breakdowns if breakdown.dimension in told]
    for categories in product(*(breakdown.categories for breakdown in declared)):
        yield dict(zip((breakdown.dimension for breakdown in declared), categories, strict=True))


def _rows(
    sample: pl.DataFrame,
    indicator: Indicator,
    combinations: list[dict[str, str]],
    places: pl.DataFrame,
    known: pl.DataFrame,
    table: Table,
    because: str,
) -> pl.DataFrame:
    """The rows that are not there, made like one that is."""
    names = list(combinations[0])
    texts = [f"{name}_text" for name in names]
    wanted = pl.DataFrame(
        [(breakdown_text(one), *(one[name] for name in names)) for one in combinations],
        schema=dict.fromkeys(["breakdown", *texts], pl.String()),
        orient="row",
    )
    here = places.filter(pl.col("period") == sample["period"][0]).drop("period")
    absent = (
        sample.select(*_FIGURE)
        .join(here, how="cross")
        .join(wanted, how="cross")
        .join(known.select(_KEY), on=list(_KEY), how="anti", maintain_order="left")
        .join(_with_people_in_parts(known, indicator, names), on=["area_code", *texts, *_FIGURE], how="anti",
              maintain_order="left")
    )  # fmt: skip
    dimensions = {breakdown.dimension for breakdown in indicator.breakdowns}
    like = {
        name: text
        for name, text in table.entries.row(sample["at"][0], named=True).items()
        if name in _KEPT or name.removesuffix("_text") in dimensions
    }
    like |= {"row": table.addresses[like.get("address_at") or 0].header_row, "value_note_text": because}
    like |= {ADDED: True}
    for number in ("numerator", *(["denominator"] if indicator.has_denominator else [])):
        like |= {f"{number}_text": "0", f"{number}_kind": "number"}
    schema = {**table.entries.schema, "value_note_text": pl.String(), ADDED: pl.Boolean()}
    # a column of kinds holds no nulls: an absent cell is an empty text
    kinds = dict.fromkeys((name for name, dtype in schema.items() if dtype == KIND), "text")
    return absent.select(
        pl.col(name) if name in absent.columns else pl.lit((kinds | like).get(name), dtype=dtype).alias(name)
        for name, dtype in schema.items()
    )


def _with_people_in_parts(known: pl.DataFrame, indicator: Indicator, names: list[str]) -> pl.DataFrame:
    """The places and groups of which the file has no row, but has people in a part: nobody is not what that means."""
    dimensions = [one.dimension for one in indicator.breakdowns]
    # a dimension that the indicator declares may have no column in this sheet
    others = [name for name in dimensions if name not in names and f"{name}_category" in known.columns]
    texts = {f"{name}_text": pl.col(f"{name}_category") for name in names}
    if not others:
        schema = {name: known.schema[name] for name in ("area_code", *_FIGURE)} | dict.fromkeys(texts, pl.String())
        return pl.DataFrame(schema=schema)
    number = "denominator_text" if indicator.has_denominator else "numerator_text"
    # what is no number is not known to be nobody
    is_nobody = (pl.col(number).str.strip_chars().cast(pl.Float64, strict=False) == 0).fill_null(False)
    is_part = pl.any_horizontal(pl.col(f"{name}_category").is_not_null() for name in others)
    is_grouped = pl.all_horizontal(pl.lit(True), *(part.is_not_null() for part in texts.values()))
    return known.filter(is_part & is_grouped & ~is_nobody).select("area_code", *_FIGURE, **texts).unique()
