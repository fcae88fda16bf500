"""Sums up what a return holds and when it is due, for the pages and notes about it; only where somebody asks."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import polars as pl

from outcomes.framework.model import Indicator
from outcomes.intake.model import ABOUT, CheckResult, IndicatorRead, PeriodRead, ReturnSummary, SheetExcerpt
from outcomes.partnership.model import Partner, Partnership
from outcomes.partnership.supplies import supplies
from outcomes.period import Period, period_containing, period_starting
from outcomes.vocabulary import PeriodKind, Severity, Statistic, Verdict

__all__ = ["names_of", "return_summary"]

_MOST_PLACES: Final = 8
# so far back a period may lie of which figures are still to be sent
_PERIODS_BACK: Final = 3
# of more faults than these it is not worked out in which rows they stand
_MOST_FAULTS: Final = 100_000


def return_summary(result: CheckResult, partnership: Partnership) -> ReturnSummary:
    """Return what a page says about a return beside its findings: what was read, and when it is due.

    Arguments:
        result: What the check found.
        partnership: The world that it was checked against.
    """
    is_rejected = result.verdict is Verdict.REJECTED
    about = result.understood if is_rejected else result.frame
    about = pl.DataFrame(schema=dict.fromkeys(ABOUT, pl.String())) if about is None else about
    rows_read = about["row"].n_unique() if is_rejected and "row" in about.columns and len(result.excerpts) == 1 else 0
    faulty = _rows_to_mend(result, about) if rows_read else None
    if faulty is not None:
        # a row with a fault is not understood
        about = about.filter(~pl.col("row").is_in(faulty))
    about = about.drop_nulls(["indicator_id", "period", "area_code"])
    day = result.as_of
    partner = partnership.partners_by_code.get(result.partner_code)
    sent = _periods_of(about)
    due = _due_days(sent, partnership)
    ahead = sorted(one for one in due if day is not None and one >= day)
    next_due_on, next_due = (
        _next_due(partnership, partner, day, set() if is_rejected else sent) if partner and day else (None, ())
    )
    return ReturnSummary(
        partnership_title=partnership.description.title,
        is_fictional=partnership.description.is_fictional,
        partner_name=partner.name if partner else "",
        frameworks=tuple(f"{one.title} ({one.version})" for one in partnership.frameworks),
        indicators=tuple(_indicators(about, partnership, day)),
        rows_read=rows_read,
        rows_to_mend=None if faulty is None else len(faulty),
        area_names=_area_names(result.excerpts, partnership),
        indicator_names=_indicator_names(result.excerpts, partnership),
        contact=partnership.description.contact,
        due_on=(ahead[0] if ahead else max(due, default=None)) if is_rejected else None,
        next_due_on=next_due_on,
        next_due=next_due,
    )


def names_of(partnership: Partnership) -> dict[str, dict[str, str]]:
    """Return the names of all that a row may be about: by column, what stands there to its name.

    Arguments:
        partnership: Its indicators and places.
    """
    indicators = {indicator_id: _latest(partnership, indicator_id) for indicator_id, _ in partnership.indicators}
    return {
        "indicator_id": {name: latest.short_name or latest.name for name, latest in indicators.items()},
        "place_code": dict(partnership.areas.frame.select("area_code", "name").iter_rows()),
    }


def _rows_to_mend(result: CheckResult, about: pl.DataFrame) -> list[int] | None:
    """The rows with a fault, sorted; None where a fault is not in one of the rows that were read, or there are many."""
    listed = [one for one in result.findings if one.severity is Severity.ERROR]
    if sum(1 + one.repeats for one in listed) > _MOST_FAULTS:
        return None
    rows = {one.row for one in result.all_findings() if one.severity is Severity.ERROR}
    return sorted(row for row in rows if row is not None) if rows <= set(about["row"].unique()) else None


def _indicators(about: pl.DataFrame, partnership: Partnership, day: date | None) -> Iterable[IndicatorRead]:
    if about.is_empty():
        return
    names = dict(partnership.areas.frame.select("area_code", "name").iter_rows())
    has_status = "status" in about.columns
    rows = about.lazy().with_columns(
        pl.col("status").is_not_null().alias("is_without") if has_status else pl.lit(False).alias("is_without")
    )
    found = (
        rows.group_by("indicator_id")
        .agg(
            pl.struct("period_kind", "period", "period_start", "period_end").sort_by("period_start").first().alias("a"),
            pl.struct("period_kind", "period", "period_start", "period_end").sort_by("period_start").last().alias("z"),
            pl.col("period").n_unique().alias("periods"),
            pl.col("area_code").unique().sort().alias("places"),
            pl.len().alias("figures"),
            pl.col("is_without").sum(),
        )
        .sort("indicator_id")
        .collect()
    )
    everyone = supplies(partnership, day or date.max).select("partner_code", "indicator_id").unique()
    senders = dict(everyone.group_by("indicator_id").len().iter_rows())
    for row in found.iter_rows(named=True):
        places = sorted(names.get(code, code) for code in row["places"])
        yield IndicatorRead(
            indicator_id=row["indicator_id"],
            name=_latest(partnership, row["indicator_id"]).name,
            first=_period(row["a"]),
            last=_period(row["z"]),
            periods=row["periods"],
            places=len(places),
            figures=row["figures"],
            without_number=row["is_without"],
            place_names=tuple(places[:_MOST_PLACES]),
            senders=senders.get(row["indicator_id"], 0),
        )


def _latest(partnership: Partnership, indicator_id: str) -> Indicator:
    return partnership.versions_of(indicator_id)[-1]


def _period(row: dict[str, object]) -> PeriodRead:
    first, last = row["period_start"], row["period_end"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    return PeriodRead(PeriodKind(str(row["period_kind"])), str(row["period"]), first, last)


def _periods_of(about: pl.DataFrame) -> set[tuple[str, Period]]:
    found = about.select("indicator_id", "period_kind", "period_start").unique()
    return {
        (indicator, period_starting(PeriodKind(kind), first))
        for indicator, kind, first in found.iter_rows()
        if isinstance(first, date)
    }


def _due_days(sent: set[tuple[str, Period]], partnership: Partnership) -> set[date]:
    return {day for indicator, period in sent if (day := _due_on(indicator, period, partnership)) is not None}


def _due_on(indicator_id: str, period: Period, partnership: Partnership) -> date | None:
    """The day by which a figure is due; None where the calendar says nothing."""
    is_published = _latest(partnership, indicator_id).statistic is Statistic.PUBLISHED_VALUE
    calendar = partnership.calendar
    if calendar.rule_for(indicator_id, period, is_published=is_published) is None:
        return None
    return calendar.expected_on(indicator_id, period, is_published=is_published)


def _next_due(
    partnership: Partnership, partner: Partner, day: date, there: set[tuple[str, Period]]
) -> tuple[date | None, tuple[str, ...]]:
    """The next day on which a partner's figures are due, and the names of the indicators that are due on it."""
    supplied = supplies(partnership, day, partner=partner.code)["indicator_id"].unique().sort()
    found: dict[date, list[str]] = {}
    for indicator_id in supplied:
        kind = _latest(partnership, indicator_id).period
        latest = period_containing(kind, day)
        for back in range(_PERIODS_BACK):
            period = latest.shifted(-back)
            due = _due_on(indicator_id, period, partnership)
            if due is not None and due >= day and (indicator_id, period) not in there:
                found.setdefault(due, []).append(_latest(partnership, indicator_id).name)
    if not found:
        return None, ()
    first = min(found)
    return first, tuple(dict.fromkeys(found[first]))


def _texts_under(name: str, excerpts: Iterable[SheetExcerpt]) -> list[str]:
    """What stands in the excerpts in a column of that name, sorted."""
    found = {
        row.cells[at]
        for excerpt in excerpts
        for at, column in enumerate(excerpt.columns)
        if column == name
        for row in excerpt.rows
    }
    return sorted(found)


def _area_names(excerpts: Iterable[SheetExcerpt], partnership: Partnership) -> dict[str, str]:
    """The names of the places whose codes stand in the excerpts."""
    codes = _texts_under("place_code", excerpts)
    known = partnership.areas.frame.filter(pl.col("area_code").is_in(codes)).select("area_code", "name")
    return dict(known.iter_rows())


def _indicator_names(excerpts: Iterable[SheetExcerpt], partnership: Partnership) -> dict[str, str]:
    """The short names of the indicators whose ids stand in the excerpts."""
    known = {indicator_id for indicator_id, _ in partnership.indicators}
    return {
        text: latest.short_name or latest.name
        for text in _texts_under("indicator_id", excerpts)
        if text in known and (latest := _latest(partnership, text))
    }
