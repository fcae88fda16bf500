"""Holds every published figure of a workbook against what the library made of it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl
from examples.cancer_waits.geography import ENGLAND
from examples.cancer_waits.workbook import Workbook
from examples.evidence import Held

import outcomes as oc

__all__ = ["hold_parts", "hold_workbook", "lines_of_parts", "matched"]

# the workbook prints fifteen figures
TOLERANCE: Final = 1e-12
_KINDS: Final = {"own": "boards", "outside": "hubs and unknown commissioners", "england": "England"}
_KEY: Final = ["indicator_id", "area_code", "groups"]


def matched(workbook: Workbook, estimates: oc.Estimates, areas: pl.DataFrame, suffix: str) -> pl.DataFrame:
    """Return the published rows, each with our figure of the same measure, area and groups.

    Arguments:
        workbook: As published.
        estimates: Ours, of every month.
        areas: areas.csv, by whose codes and dates the publisher's code is one of our areas.
        suffix: What our ids have more than the published names of measures.

    Returns:
        Also `of` (own, outside, england), `ours` (our value as a fraction), `is_count_equal`, `is_share_equal`.
    """
    first = date.fromisoformat(f"{workbook.period}-01")
    is_valid = (pl.col("valid_from").is_null() | (pl.col("valid_from") <= first)) & (
        pl.col("valid_to").is_null() | (pl.col("valid_to") >= first)
    )
    named = areas.filter(is_valid).select(
        "area_code",
        "is_remainder",
        code=pl.concat_list("area_code", pl.col("other_codes").str.split(";").fill_null([])),
    )
    codes = named.explode("code").unique(["code"])
    is_england = pl.col("code") == ""
    published = workbook.rows.join(codes, on="code", how="left").with_columns(
        area_code=pl.when(is_england).then(pl.lit(ENGLAND)).otherwise("area_code"),
        of=pl.when(is_england)
        .then(pl.lit("england"))
        .when(pl.col("is_remainder") == "true")
        .then(pl.lit("outside"))
        .otherwise(pl.lit("own")),
        indicator_id=pl.col("indicator_id") + suffix,
        groups=pl.col("groups").list.eval(pl.element().str.to_lowercase()).list.sort().list.join("; "),
    )
    # a group is known by its category alone, whatever we call the dimension
    category = pl.element().str.split("=").list.slice(1).list.join("=").str.to_lowercase()
    ours = estimates.frame.filter(pl.col("period") == workbook.period).select(
        "indicator_id",
        "area_code",
        "numerator",
        "denominator",
        ours=pl.col("value") / 100,
        groups=pl.when(pl.col("breakdown") == "")
        .then(pl.lit(""))
        .otherwise(pl.col("breakdown").str.split("; ").list.eval(category).list.sort().list.join("; ")),
    )
    near = (pl.col("ours") - pl.col("fraction")).abs() <= TOLERANCE * pl.col("fraction")
    return published.join(ours, on=_KEY, how="left", maintain_order="left").with_columns(
        is_count_equal=(
            (pl.col("numerator") * 2 == pl.col("numerator_halves"))
            & (pl.col("denominator") * 2 == pl.col("denominator_halves"))
        ).fill_null(False),
        is_share_equal=pl.when(pl.col("fraction").is_null()).then(None).otherwise(near.fill_null(False)),
    )


def lines_of_parts(rows: pl.DataFrame, own: str) -> Iterator[str]:
    """Say for each sheet and part how many rows agree, in counts and percentage."""
    is_equal = pl.col("is_count_equal") & pl.col("is_share_equal").fill_null(True)
    for (sheet, part), group in rows.group_by("sheet", "part", maintain_order=True):
        said = []
        for of, name in {**_KINDS, "own": own}.items():
            here = group.filter(pl.col("of") == of)
            if here.height:
                said.append(f"{name} {here.filter(is_equal).height:,} of {here.height:,}")
        yield f"{sheet}{f', {part}' if part else ''}: {', '.join(said)}"


def hold_workbook(workbook: Workbook, rows: pl.DataFrame, own: str) -> Iterator[Held]:
    """Hold the percentages of the standards, and every count and percentage of the workbook."""
    month = f"{workbook.period} by {'provider' if workbook.is_by_provider else 'commissioner'}"
    whole = rows.filter((pl.col("groups") == "") & pl.col("fraction").is_not_null())
    for (sheet,), group in whole.group_by("sheet", maintain_order=True):
        for of, name in (("own", f"percentages of {own}"), ("england", "England's percentage")):
            here = group.filter(pl.col("of") == of)
            yield _held(f"{month}, {sheet}: {name}", here, pl.col("is_share_equal"), f"relative {TOLERANCE:.0e}")
    for of, name in {**_KINDS, "own": own}.items():
        here = rows.filter(pl.col("of") == of)
        if here.is_empty():
            continue
        yield _held(f"{month}, every sheet and part: counts of {name}", here, pl.col("is_count_equal"), "equal")
        shares = here.filter(pl.col("is_share_equal").is_not_null())
        yield _held(
            f"{month}, every sheet and part: percentages of {name}",
            shares,
            pl.col("is_share_equal"),
            f"relative {TOLERANCE:.0e}",
        )
    halves = rows.filter((pl.col("numerator_halves") % 2 == 1) | (pl.col("denominator_halves") % 2 == 1))
    if halves.height:
        yield _held(f"{month}: rows that count half patients", halves, pl.col("is_count_equal"), "equal")


def _held(kind: str, rows: pl.DataFrame, is_equal: pl.Expr, remark: str) -> Held:
    shown = ["sheet", "part", "code", "groups", "numerator_halves", "denominator_halves", "numerator", "denominator"]
    return Held(
        kind, rows.filter(is_equal).height, rows.height, remark, differences=rows.filter(~is_equal).select(shown)
    )


def hold_parts(estimates: oc.Estimates, partnership: oc.Partnership, period: str) -> Iterator[Held]:
    """Hold the sums of groups against the figure of everybody, at every area, for each measure and dimension."""
    frame = estimates.frame.filter((pl.col("period") == period) & pl.col("denominator").is_not_null())
    pairs = pl.col("breakdown").str.split("; ")
    for indicator in sorted(partnership.indicators.values(), key=lambda one: one.id):
        of_indicator = frame.filter(pl.col("indicator_id") == indicator.id)
        for breakdown in indicator.breakdowns:
            is_part = pl.element().str.starts_with(f"{breakdown.dimension}=")
            parts = of_indicator.filter(pairs.list.eval(is_part).list.any()).with_columns(
                breakdown=pairs.list.eval(pl.element().filter(~is_part)).list.join("; ")
            )
            sums = parts.group_by("area_code", "breakdown").agg(pl.col("numerator", "denominator").sum())
            both = sums.join(of_indicator, on=["area_code", "breakdown"], suffix="_whole")
            if both.is_empty():
                continue
            is_equal = (pl.col("numerator") == pl.col("numerator_whole")) & (
                pl.col("denominator") == pl.col("denominator_whole")
            )
            yield Held(
                f"{period}, {indicator.id}: groups by {breakdown.dimension} add up to the whole",
                both.filter(is_equal).height,
                both.height,
                "areas and groups; equal",
                differences=both.filter(~is_equal).select("area_code", "breakdown", "denominator", "denominator_whole"),
            )
