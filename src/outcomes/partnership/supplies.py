"""Who is to send what for which area, and every single figure that is therefore expected by a date."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import polars as pl

from outcomes.agreement.model import Agreement
from outcomes.errors import UnknownNameError
from outcomes.framework.model import Indicator
from outcomes.ordering import order_numbers
from outcomes.partnership.model import Partner, Partnership, Supply
from outcomes.period import Period, period_containing, period_from_text
from outcomes.table import empty_table, hold_to_table
from outcomes.vocabulary import PeriodKind, Role

__all__ = [
    "ASKED_COLUMNS",
    "EXPECTED_COLUMNS",
    "SUPPLY_COLUMNS",
    "asked_figures",
    "expected_figures",
    "expected_of_sources",
    "supplies",
]

SUPPLY_COLUMNS: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    "indicator_id": pl.String(),
    "area_code": pl.String(),
    # whose figure it is; empty for the partner's own
    "source_code": pl.String(),
}
EXPECTED_COLUMNS: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int64(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "period": pl.String(),
    "due_on": pl.Date(),
}
# of the figures that one partner is asked for, also whose each is
ASKED_COLUMNS: Final[dict[str, pl.DataType]] = {**EXPECTED_COLUMNS, "source_code": pl.String()}
_ORDER: Final = ("partner_code", "indicator_id", "area_code", "period_start", "period_end", "indicator_version")
_PERIOD_COLUMNS: Final[dict[str, pl.DataType]] = {
    "indicator_id": pl.String(),
    "indicator_version": pl.Int64(),
    "level": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "period": pl.String(),
    "due_on": pl.Date(),
}


def supplies(partnership: Partnership, as_of: date, *, partner: str | None = None) -> pl.DataFrame:
    """Return who is to send which indicator for which area on a date.

    An agreement in force says who supplies an indicator in its place; where it says nothing of the indicator, or there
    is no agreement in force, partners.yaml says it. The areas are those of the partner's footprint, with everything
    below them, at the indicator's level.

    Arguments:
        partnership: As loaded.
        as_of: The day.
        partner: The code of one partner; None for all.

    Returns:
        Columns `SUPPLY_COLUMNS`, each row once, sorted.
    """
    # every file that is checked asks for it several times
    asked = ("supplies", as_of)
    if asked not in partnership.remembered:
        partnership.remembered[asked] = _supplies(partnership, as_of)
    everybody = partnership.remembered[asked]
    return everybody.clone() if partner is None else everybody.filter(pl.col("partner_code") == partner)


def _supplies(partnership: Partnership, as_of: date) -> pl.DataFrame:
    level_on = {
        indicator_id: _version_on(partnership, indicator_id, as_of).level.value
        for indicator_id in {indicator_id for indicator_id, _ in partnership.indicators}
    }
    in_force = _in_force(partnership, as_of)
    # most days rest on the same: at which level each measure stands, and which agreements hold
    rests_on = ("supplies", *sorted(level_on.items()), *((one.area_code, one.version) for one in in_force))
    if rests_on not in partnership.remembered:
        levels = pl.DataFrame(
            sorted(level_on.items()), schema={"indicator_id": pl.String(), "level": pl.String()}, orient="row"
        )
        partnership.remembered[rests_on] = _sorted_supplies(_supplied(partnership, in_force, levels))
    return partnership.remembered[rests_on]


def _sorted_supplies(supplied: pl.DataFrame) -> pl.DataFrame:
    found = supplied.select(list(SUPPLY_COLUMNS))
    numbers = order_numbers(found, list(SUPPLY_COLUMNS))
    # sorted first: what is there twice then stands side by side
    places = numbers.arg_sort()
    ordered = numbers[places]
    is_first = (ordered != ordered.shift(1)).fill_null(value=True)
    return hold_to_table(found[places.filter(is_first)], SUPPLY_COLUMNS, "supplies")


def expected_figures(partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return every figure that is expected for periods that have ended by a date.

    A period counts from the calendar's `returns_from`; without one nothing is expected. The area must be valid over
    the whole period, and the partner on its last day; nothing is expected of a remainder.

    Arguments:
        partnership: As loaded.
        as_of: The day.

    Returns:
        Columns `EXPECTED_COLUMNS`, one row a figure, sorted. `due_on` may lie after `as_of`.
    """
    start = partnership.calendar.returns_from
    if start is None:
        return empty_table(EXPECTED_COLUMNS)
    found = _figures(partnership, as_of, _periods(partnership, start, as_of)).select(list(EXPECTED_COLUMNS)).unique()
    return hold_to_table(found.sort(_ORDER), EXPECTED_COLUMNS, "expected figures")


def expected_of_sources(partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return every figure that is expected of each source for which a partner sends, as `expected_figures` does.

    Arguments:
        partnership: As loaded.
        as_of: The day.

    Returns:
        Columns `ASKED_COLUMNS`, one row a figure and source, sorted; the senders' own figures are not among them.
    """
    start = partnership.calendar.returns_from
    sends_for_others = any(supply.source_codes for partner in partnership.partners for supply in partner.supplies)
    if start is None or not sends_for_others:
        return empty_table(ASKED_COLUMNS)
    found = _figures(partnership, as_of, _periods(partnership, start, as_of)).select(list(ASKED_COLUMNS)).unique()
    others = found.filter((pl.col("source_code") != "") & (pl.col("source_code") != pl.col("partner_code")))
    return hold_to_table(others.sort([*_ORDER, "source_code"]), ASKED_COLUMNS, "figures expected of sources")


def asked_figures(partnership: Partnership, as_of: date, *, partner: str, period: str | None = None) -> pl.DataFrame:
    """Return the figures that a partner is asked for on a date: of each indicator, the latest period that has ended.

    Nothing is asked for before the calendar's `returns_from`, unless the period is named.

    Arguments:
        partnership: As loaded.
        as_of: The day.
        partner: The partner's code.
        period: The canonical text of a period that has begun by then; only the indicators of its rhythm are asked for.

    Returns:
        Columns `ASKED_COLUMNS`, one row a figure and source, sorted. What holds of `expected_figures` holds here.
    """
    periods = _latest_periods(partnership, as_of) if period is None else _named_periods(partnership, as_of, period)
    found = _figures(partnership, as_of, periods, partner).select(list(ASKED_COLUMNS)).unique()
    return hold_to_table(found.sort([*_ORDER, "source_code"]), ASKED_COLUMNS, "figures asked for")


def _figures(
    partnership: Partnership, as_of: date, periods: Iterator[tuple[object, ...]], only: str | None = None
) -> pl.DataFrame:
    """Return who sends what for which of some periods, where partner and area are there; a row may stand twice."""
    is_remainder = pl.col("area_code").is_in(sorted(partnership.areas.remainders))
    areas = partnership.areas.frame.filter(~is_remainder).select(
        "area_code", pl.col("valid_from").alias("area_from"), pl.col("valid_to").alias("area_to")
    )
    partners = pl.DataFrame(
        [(partner.code, partner.valid_from, partner.valid_to) for partner in partnership.partners],
        schema={"partner_code": pl.String(), "partner_from": pl.Date(), "partner_to": pl.Date()},
        orient="row",
    )
    levels = pl.DataFrame(
        sorted({(indicator.id, indicator.level.value) for indicator in partnership.indicators.values()}),
        schema={"indicator_id": pl.String(), "level": pl.String()},
        orient="row",
    )
    return (
        _supplied(partnership, _in_force(partnership, as_of), levels, only)
        .unique()
        .join(pl.DataFrame(list(periods), schema=_PERIOD_COLUMNS, orient="row"), on=["indicator_id", "level"])
        .join(areas, on="area_code")
        .join(partners, on="partner_code")
        .filter(
            pl.col("area_from").is_null() | (pl.col("area_from") <= pl.col("period_start")),
            pl.col("area_to").is_null() | (pl.col("period_end") <= pl.col("area_to")),
            pl.col("partner_from").is_null() | (pl.col("partner_from") <= pl.col("period_end")),
            pl.col("partner_to").is_null() | (pl.col("period_end") <= pl.col("partner_to")),
        )
    )


def _version_on(partnership: Partnership, indicator_id: str, day: date) -> Indicator:
    try:
        return partnership.indicator_on(indicator_id, day)
    except UnknownNameError:
        return partnership.versions_of(indicator_id)[-1]


def _periods(partnership: Partnership, start: date, as_of: date) -> Iterator[tuple[object, ...]]:
    """Yield every period of every indicator that lies within the dates, under the version that holds for it."""
    for indicator_id, kind in _rhythms(partnership):
        period: Period = period_containing(kind, start)
        while period.last <= as_of:
            if period.first >= start:
                yield from _of_version(partnership, indicator_id, period)
            period = period.shifted(1)


def _latest_periods(partnership: Partnership, as_of: date) -> Iterator[tuple[object, ...]]:
    """Yield of every indicator the latest period that has ended."""
    start = partnership.calendar.returns_from
    for indicator_id, kind in _rhythms(partnership):
        period = period_containing(kind, as_of)
        while period.last > as_of:
            period = period.shifted(-1)
        if start is None or period.first >= start:
            yield from _of_version(partnership, indicator_id, period)


def _named_periods(partnership: Partnership, as_of: date, text: str) -> Iterator[tuple[object, ...]]:
    """Yield of every indicator that has such periods the one that is named, if it has begun."""
    for indicator_id, kind in _rhythms(partnership):
        try:
            period = period_from_text(kind, text)
        except ValueError:
            continue
        if period.first <= as_of:
            yield from _of_version(partnership, indicator_id, period)


def _rhythms(partnership: Partnership) -> Iterator[tuple[str, PeriodKind]]:
    # versions may differ in rhythm: each kind is walked, and a period counts where its own version has that kind
    for indicator_id in sorted({indicator_id for indicator_id, _ in partnership.indicators}):
        for kind in sorted({indicator.period for indicator in partnership.versions_of(indicator_id)}):
            yield indicator_id, kind


def _of_version(partnership: Partnership, indicator_id: str, period: Period) -> Iterator[tuple[object, ...]]:
    """Yield a period of an indicator, if the version that holds for it has its rhythm."""
    try:
        version = partnership.indicator_on(indicator_id, period.last)
    except UnknownNameError:
        return
    if version.period is period.kind:
        due_on = partnership.calendar.due_on(indicator_id, period)
        days = (period.first, period.last, str(period), due_on)
        yield (indicator_id, version.version, version.level.value, period.kind.value, *days)


def _supplied(
    partnership: Partnership, in_force: Iterable[Agreement], levels: pl.DataFrame, only: str | None = None
) -> pl.DataFrame:
    """Return who sends what for which area, for each indicator and level that is asked for.

    A row may be there more than once: who asks counts each once, in the columns that matter there.
    """
    columns = {**SUPPLY_COLUMNS, "level": pl.String()}
    by_agreement = [empty_table(columns)]
    # what an agreement covers is taken out of what partners.yaml says
    covered = [empty_table({"indicator_id": pl.String(), "area_code": pl.String()})]
    for agreement in in_force:
        within = _with_parts(partnership, (agreement.area_code,))
        for responsibility in agreement.responsibilities:
            partner = partnership.partners_by_code.get(responsibility.partner)
            if responsibility.role is not Role.SUPPLIES_DATA or partner is None:
                continue
            wanted = levels.filter(pl.col("indicator_id").is_in(responsibility.indicators))
            # whoever is named in it, the agreement covers the indicator
            covered.append(wanted.select("indicator_id").join(within.select("area_code"), how="cross"))
            if only not in (None, partner.code):
                continue
            served = _with_parts(partnership, partner.footprint).join(within, on="area_code", how="semi")
            sources = _sources(partner)
            by_agreement.append(_rows(partner, wanted, served, sources))
    by_partner = [empty_table(columns)]
    for partner in partnership.partners:
        if only not in (None, partner.code):
            continue
        footprint = _with_parts(partnership, partner.footprint)
        for supply in partner.supplies:
            wanted = levels.filter(pl.col("indicator_id").is_in(supply.indicators))
            served = footprint
            if supply.area_codes:
                served = footprint.join(_with_parts(partnership, supply.area_codes), on="area_code", how="semi")
            by_partner.append(_rows(partner, wanted, served, _sources_of(supply)))
    rest = pl.concat(by_partner)
    taken = pl.concat(covered).unique()
    if not taken.is_empty():
        rest = rest.join(taken, on=["indicator_id", "area_code"], how="anti")
    return pl.concat([*by_agreement, rest])


def _in_force(partnership: Partnership, as_of: date) -> tuple[Agreement, ...]:
    latest: dict[str, Agreement] = {}
    for agreement in partnership.agreements:
        # sorted by version: a later one in force takes the place of the one before
        if partnership.standing_of(agreement, as_of).is_in_force:
            latest[agreement.area_code] = agreement
    return tuple(latest.values())


def _with_parts(partnership: Partnership, codes: tuple[str, ...]) -> pl.DataFrame:
    """Return areas with everything below them, and the level of each."""
    found = dict.fromkeys(codes)
    for code in codes:
        found.update(dict.fromkeys(partnership.footprints.descendants(code)))
    wanted = pl.DataFrame({"area_code": list(found)}, schema={"area_code": pl.String()})
    return partnership.areas.frame.select("area_code", "level").join(wanted, on="area_code", how="semi")


def _rows(partner: Partner, wanted: pl.DataFrame, served: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    found = wanted.join(served, on="level").join(sources, on="indicator_id", how="left")
    return found.select(
        pl.lit(partner.code).alias("partner_code"),
        "indicator_id",
        "area_code",
        pl.col("source_code").fill_null(""),
        "level",
    )


def _sources(partner: Partner) -> pl.DataFrame:
    return pl.concat([_sources_of(supply) for supply in (*partner.supplies, Supply(indicators=()))]).unique()


def _sources_of(supply: Supply) -> pl.DataFrame:
    pairs = [(indicator, source) for indicator in supply.indicators for source in supply.source_codes or ("",)]
    return pl.DataFrame(pairs, schema={"indicator_id": pl.String(), "source_code": pl.String()}, orient="row")
