"""Holds the figures of the library against the published workbooks, and the councils of today against those of then.

What became of a council is followed here step by step, apart from the library.
"""

import calendar
from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl
from examples.delayed_transfers.geography import ENGLAND, Council
from examples.delayed_transfers.published import SHEETS, Named
from examples.evidence import Held

import outcomes as oc

__all__ = ["as_read", "beds", "england", "keyed", "sheets", "successions"]

_EQUAL = "whole days, equal"
_CELL = ["area_code", "month"]
_GROUP = ["sheet", "category"]
_IS_TOTAL = pl.col("category") == "Total"
# residents outside England have a number for a code
_IS_COUNCIL = pl.col("area_code").str.starts_with("E") & (pl.col("area_code") != ENGLAND)


def keyed(rows: pl.DataFrame, whose: Named, partnership: oc.Partnership) -> pl.DataFrame:
    """Return the published figures with the council that had their number in that month, and with our breakdown."""
    known = [
        (number, code, partnership.areas[code].valid_from, partnership.areas[code].valid_to)
        for code, numbers in whose.numbers.items()
        for number in numbers.split(";")
    ]
    known += [(number, number, None, None) for number in whose.outside] + [("-", ENGLAND, None, None)]
    schema = {"number": pl.String, "area_code": pl.String, "begins": pl.Date, "ends": pl.Date}
    begun = pl.col("begins").is_null() | (pl.col("begins") <= pl.col("month"))
    is_there = begun & (pl.col("ends").is_null() | (pl.col("month") <= pl.col("ends")))
    of_area = rows.join(pl.DataFrame(known, schema=schema, orient="row"), on="number").filter(is_there)
    (indicator,) = partnership.indicators.values()
    groups = {(sheet, "Total"): "" for sheet in SHEETS}
    for breakdown in indicator.breakdowns:
        headers = rows.filter(~_IS_TOTAL & (pl.col("sheet") == breakdown.dimension))["category"].unique()
        # reasons begin with their letter, in the order in which the definition has them; the others are as they are
        letters = sorted({header.partition(")")[0].upper() for header in headers if ")" in header})
        by_letter = dict(zip(letters, breakdown.categories, strict=False))
        for header in headers:
            category = by_letter.get(header.partition(")")[0].upper(), header)
            groups[breakdown.dimension, header] = f"{breakdown.dimension}={category}"
    named = pl.DataFrame([(*key, text) for key, text in groups.items()], schema=[*_GROUP, "breakdown"], orient="row")
    return of_area.drop("begins", "ends").join(named, on=_GROUP, how="left")


def as_read(published: pl.DataFrame, observations: pl.DataFrame) -> Iterator[Held]:
    """Hold every cell about an area against what the ledger has."""
    of_areas = published.filter(pl.col("area_code") != ENGLAND)
    for sheet in SHEETS:
        cells = of_areas.filter(~_IS_TOTAL & (pl.col("sheet") == sheet))
        yield _same_days(f"cells by {_spoken(sheet)}, as read", cells, _of(observations, sheet))
    totals = of_areas.filter(_IS_TOTAL & (pl.col("sheet") == SHEETS[0]))
    yield _same_days("totals, as read", totals, observations.filter(pl.col("breakdown") == ""))


def _of(ours: pl.DataFrame, sheet: str) -> pl.DataFrame:
    return ours.filter(pl.col("breakdown").str.starts_with(f"{sheet}="))


def _spoken(sheet: str) -> str:
    return sheet.replace("_", " ")


def _same_days(kind: str, published: pl.DataFrame, ours: pl.DataFrame) -> Held:
    """Hold the cells of each area, month and group against ours; a figure of ours that is not published differs too."""
    key = [*_CELL, "breakdown"]
    mine = ours.select("area_code", "breakdown", month="period_start", ours="numerator")
    both = published.join(mine, on=key, how="full", coalesce=True).sort(key)
    differing = both.filter(~(pl.col("days") == pl.col("ours")).fill_null(value=False))
    agreeing = both.height - differing.height
    return Held(kind, agreeing, max(published.height, both.height), _EQUAL, differing.select(*key, "days", "ours"))


def sheets(published: pl.DataFrame) -> Iterator[Held]:
    """Hold the three sheets against one another: each divides the same days."""
    totals = published.filter(_IS_TOTAL).group_by(_CELL).agg(pl.col("days").n_unique(), sheets=pl.len())
    same = totals.filter((pl.col("days") == 1) & (pl.col("sheets") == len(SHEETS)))
    yield Held("totals that are the same in all three sheets", same.height, totals.height, "each area and month")
    key = [*_CELL, "sheet"]
    parts = published.filter(~_IS_TOTAL).group_by(key).agg(parts=pl.col("days").sum())
    both = published.filter(_IS_TOTAL).join(parts, on=key)
    adding = both.filter(pl.col("days") == pl.col("parts"))
    yield Held("totals that are the sum of their sheet's columns", adding.height, both.height, _EQUAL)


def england(published: pl.DataFrame, measures: pl.DataFrame) -> Iterator[Held]:
    """Hold England's published figures against the sum of the councils, and against ours."""
    key = ["month", "sheet", "category"]
    is_outside = ~pl.col("area_code").str.starts_with("E")
    sums = published.group_by(key).agg(
        councils=pl.col("days").filter(_IS_COUNCIL).sum(), outside=pl.col("days").filter(is_outside).sum()
    )
    both = published.filter(area_code=ENGLAND).join(sums, on=key).sort(key)
    explained = both.filter(pl.col("days") - pl.col("councils") == pl.col("outside"))
    totals = both.filter(_IS_TOTAL).select("month", "days", "councils").unique().sort("month")
    said = "; ".join(
        f"{month:%B %Y} {days:,} less {councils:,} is {days - councils:,}" for month, days, councils in totals.rows()
    )
    yield Held("England less the sum of the councils is residents outside England", explained.height, both.height, said)
    ours = measures.filter((pl.col("area_code") == ENGLAND) & pl.col("reason").is_null())
    of_england = published.filter(area_code=ENGLAND)
    yield _same_days(
        "England's totals, added up here",
        of_england.filter(_IS_TOTAL & (pl.col("sheet") == SHEETS[0])),
        ours.filter(breakdown=""),
    )
    for sheet in SHEETS:
        cells = of_england.filter(~_IS_TOTAL & (pl.col("sheet") == sheet))
        yield _same_days(f"England by {_spoken(sheet)}, added up here", cells, _of(ours, sheet))


def beds(published: pl.DataFrame, measures: pl.DataFrame) -> Held:
    """Work out the published beds a day (later: people delayed a day): our days divided by the days of the month."""
    printed = published.filter(pl.col("beds").is_not_null())
    ours = measures.select("area_code", "breakdown", "numerator", month="period_start")
    days_in = {month: calendar.monthrange(month.year, month.month)[1] for month in printed["month"].unique()}
    both = printed.join(ours, on=[*_CELL, "breakdown"], how="left").with_columns(
        ours=pl.col("numerator") / pl.col("month").replace_strict(days_in, return_dtype=pl.Int64)
    )
    near = (pl.col("beds") - pl.col("ours")).abs() <= 1e-9 * pl.max_horizontal(pl.col("beds"), pl.lit(1.0))
    differing = both.filter(~near.fill_null(value=False)).select(*_CELL, "breakdown", "beds", "ours")
    kind = "beds a day: our days divided by the days of the month"
    return Held(kind, both.height - differing.height, both.height, "within 1e-09", differing)


def successions(
    published: pl.DataFrame, measures: pl.DataFrame, councils: Mapping[str, Council], today: date
) -> Iterator[Held]:
    """Hold the series of the councils of today against the councils of then."""
    of_then = published.filter(_IS_TOTAL & _IS_COUNCIL & (pl.col("sheet") == SHEETS[0])).select(*_CELL, "days")
    became = {code: sorted(_today(code, councils, today)) for code in of_then["area_code"].unique().sort()}
    # a council that was divided leaves none of those that hold a part of it with a figure
    refused = {now for codes in became.values() if len(codes) > 1 for now in codes}
    expected = (
        of_then.with_columns(now=pl.col("area_code").replace_strict(became, return_dtype=pl.List(pl.String)))
        .explode("now")
        .group_by("now", "month")
        .agg(pl.col("days").sum(), was=pl.col("area_code").sort())
        .with_columns(is_own=pl.col("was") == pl.concat_list("now"))
        .with_columns(is_refused=pl.col("now").is_in(sorted(refused)) & ~pl.col("is_own"))
    )
    ours = measures.filter(breakdown="").select(
        "numerator", "reason", "qualifiers", now="area_code", month="period_start"
    )
    both = expected.join(ours, on=["now", "month"], how="left").sort("now", "month")
    yield from _series(both, councils)
    left_out = both.filter("is_refused").select("month", area_code="was").explode("area_code").unique()
    months = (
        of_then.group_by("month")
        .agg(then=pl.col("days").sum())
        .join(both.group_by("month").agg(now=pl.col("numerator").sum()), on="month")
        .join(of_then.join(left_out, on=_CELL).group_by("month").agg(left=pl.col("days").sum()), on="month", how="left")
        .with_columns(pl.col("left").fill_null(0))
        .sort("month")
    )
    right = months.filter(pl.col("then") == pl.col("now") + pl.col("left"))
    said = "; ".join(f"{month:%B %Y} {then:,} is {now:,} and {left:,}" for month, then, now, left in months.rows())
    yield Held(
        "months in which the councils of then are those of today and those that were divided",
        right.height,
        months.height,
        said,
    )


def _series(both: pl.DataFrame, councils: Mapping[str, Council]) -> Iterator[Held]:
    """Hold each month of each council of today: its own, that of former councils, or refused."""
    is_former = pl.col("qualifiers").list.contains("former areas")
    own, former = both.filter("is_own"), both.filter(~pl.col("is_own") & ~pl.col("is_refused"))
    for kind, rows in (("own figures of councils of today", own), ("figures of a former code", former)):
        right = rows.filter((pl.col("numerator") == pl.col("days")) & (is_former != pl.col("is_own")))
        names = "; ".join(councils[code].name for code in former["now"].unique().sort()) if rows is former else ""
        yield Held(kind, right.height, rows.height, names or f"{rows['now'].n_unique()} councils")
    refused = both.filter("is_refused")
    right = refused.filter(pl.col("numerator").is_null() & (pl.col("reason") == "not comparable"))
    names = "; ".join(
        f"{councils[now].name} of {', '.join(sorted({councils[code].name for codes in was for code in codes}))}"
        for now, was in refused.group_by("now").agg("was").sort("now").rows()
    )
    yield Held("figures refused, for a former council was divided", right.height, refused.height, names)
    begins = own.join(refused, on="now", how="semi").sort("month").unique("now", keep="first", maintain_order=True)
    marked = begins.filter(pl.col("qualifiers").list.contains("break in series"))
    names = "; ".join(f"{councils[now].name}, {month:%B %Y}" for now, month in begins.select("now", "month").rows())
    yield Held("first figures after a division, marked as a break", marked.height, begins.height, names)


def _today(code: str, councils: Mapping[str, Council], today: date) -> set[str]:
    council = councils[code]
    if council.valid_to is None or council.valid_to >= today:
        return {code}
    return {now for later in council.successors for now in _today(later, councils, today)}
