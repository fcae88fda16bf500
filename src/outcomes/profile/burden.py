"""The burden meter: what each partner is asked for, each measure once however many sets use it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.framework.model import Framework, Inclusion, Indicator, IndicatorKey
from outcomes.partnership.model import Partnership
from outcomes.partnership.supplies import supplies
from outcomes.profile.model import AskedLine, AskedOfPartner
from outcomes.table import hold_to_table
from outcomes.vocabulary import PartnerType, PeriodKind, Statistic

__all__ = ["BURDEN_COLUMNS", "Burden", "asked_in", "burden"]

BURDEN_COLUMNS: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    "partner": pl.String(),
    # a PartnerType
    "sector": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int64(),
    "indicator": pl.String(),
    "period_kind": pl.String(),
    # rows of the template: for one period, and for all periods of a year
    "lines": pl.Int64(),
    "lines_a_year": pl.Int64(),
    # how many sets use what is sent once, and which ("; " between them); their codes likewise
    "uses": pl.Int64(),
    "used_by": pl.String(),
    "codes": pl.String(),
}
# a figure of several years is still asked for once a year
_PERIODS_A_YEAR: Final = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}


@dataclass(frozen=True)
class Burden:
    """What every partner is asked for.

    Attributes:
        partners: Each with its lines, sorted by name; those that are asked for nothing are there too.
        as_of: The date on which it is asked.
    """

    partners: tuple[AskedOfPartner, ...]
    as_of: date

    @property
    def frame(self) -> pl.DataFrame:
        """One row a partner and measure; columns `BURDEN_COLUMNS`."""
        rows = [
            (
                *(one.partner_code, one.partner, one.sector.value),
                *(line.indicator_id, line.indicator_version, line.name, line.period_kind.value),
                *(line.lines, line.lines_a_year, line.uses, "; ".join(line.used_by), "; ".join(line.codes)),
            )
            for one in self.partners
            for line in one.lines
        ]
        return hold_to_table(pl.DataFrame(rows, schema=BURDEN_COLUMNS, orient="row"), BURDEN_COLUMNS, "burden")


def burden(partnership: Partnership, as_of: date, *, area_code: str | None = None) -> Burden:
    """Return what each partner is asked for on a date: its measures, the rows of its template, and their uses.

    A measure that several sets include (PHOF and the Better Care Fund, say) is asked for once: one line, several uses.
    Its lines are the areas, sources and groups for which the template has a row in one period.

    Arguments:
        partnership: Who asks, and who supplies what.
        as_of: The day.
        area_code: Only what is asked for this area and those in it; None for everything.

    Raises:
        UnknownNameError: No area has the code.

    >>> from outcomes.bundled import bundled_folder
    >>> from outcomes.partnership.loading import load_partnership
    >>> eastvale = load_partnership(bundled_folder("examples", "eastvale"))
    >>> asked = burden(eastvale, date(2026, 11, 22)).frame.filter(pl.col("indicator_id") == "22401")
    >>> asked.select("partner_code", "uses", "used_by").row(0)
    ('EMI', 3, 'eastvale; phof; bcf')
    """
    if area_code is not None and area_code not in partnership.areas:
        raise UnknownNameError(f"no area has the code {area_code!r}; see areas.csv")
    rows = _asked_on(partnership, as_of)
    return Burden(_partners(_inside(rows, partnership, area_code), partnership, as_of, with_idle=True), as_of)


def asked_in(partnership: Partnership, as_of: date, places: Sequence[str]) -> dict[str, tuple[AskedOfPartner, ...]]:
    """Return for each of some places what partners are asked for there; who is asked for nothing is left out.

    Arguments:
        partnership: Who asks, and who supplies what.
        as_of: The day.
        places: Area codes.
    """
    rows = _asked_on(partnership, as_of)
    return {
        code: _partners(_inside(rows, partnership, code), partnership, as_of, with_idle=False)
        for code in dict.fromkeys(places)
    }


def _asked_on(partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Who sends what for which area that is there on the day; nothing is asked of a remainder or of one that ended."""
    begins, ends = pl.col("valid_from"), pl.col("valid_to")
    there = partnership.areas.frame.filter(
        (begins.is_null() | (begins <= as_of))
        & (ends.is_null() | (ends >= as_of))
        & ~pl.col("area_code").is_in(sorted(partnership.areas.remainders))
    )
    here = [one.code for one in partnership.partners if one.is_there_on(as_of)]
    asked = supplies(partnership, as_of).filter(pl.col("partner_code").is_in(here))
    return asked.join(there.select("area_code"), on="area_code", how="semi")


def _inside(rows: pl.DataFrame, partnership: Partnership, area_code: str | None) -> pl.DataFrame:
    if area_code is None:
        return rows
    return rows.filter(pl.col("area_code").is_in(partnership.footprints.within(area_code)))


def _partners(
    rows: pl.DataFrame, partnership: Partnership, as_of: date, *, with_idle: bool
) -> tuple[AskedOfPartner, ...]:
    counted = rows.group_by("partner_code", "indicator_id").len().sort("partner_code", "indicator_id")
    uses = _uses(partnership)
    lines: dict[str, list[AskedLine]] = {}
    for partner_code, indicator_id, figures in counted.iter_rows():
        indicator = _on(partnership, indicator_id, as_of)
        lines.setdefault(partner_code, []).append(_line(indicator, figures, uses))
    asked = [
        AskedOfPartner(
            partner_code=partner.code,
            partner=partner.name,
            sector=partner.type,
            lines=tuple(lines.get(partner.code, ())),
        )
        for partner in partnership.partners
        if partner.type is not PartnerType.PUBLISHER
        and (partner.code in lines or (with_idle and partner.is_there_on(as_of)))
    ]
    return tuple(sorted(asked, key=lambda one: (one.partner, one.partner_code)))


def _uses(partnership: Partnership) -> dict[IndicatorKey, list[tuple[Framework, Inclusion]]]:
    found: dict[IndicatorKey, list[tuple[Framework, Inclusion]]] = {}
    for framework, inclusion in partnership.inclusions:
        found.setdefault(inclusion.key, []).append((framework, inclusion))
    return found


def _line(
    indicator: Indicator, figures: int, uses: Mapping[IndicatorKey, list[tuple[Framework, Inclusion]]]
) -> AskedLine:
    lines = figures * _groups(indicator)
    used = uses.get(indicator.key, [])
    codes = [indicator.official_code, *(inclusion.official_code for _, inclusion in used)]
    return AskedLine(
        indicator_id=indicator.id,
        indicator_version=indicator.version,
        name=indicator.short_name or indicator.name,
        period_kind=indicator.period,
        lines=lines,
        lines_a_year=lines * _PERIODS_A_YEAR.get(indicator.period, 1),
        used_by=tuple(framework.id for framework, _ in used),
        titles=tuple(framework.title for framework, _ in used),
        codes=tuple(dict.fromkeys(code for code in codes if code)),
    )


def _groups(indicator: Indicator) -> int:
    """For how many groups a figure is asked: each stratum that it is standardised over, else everybody at once."""
    if indicator.statistic is Statistic.PUBLISHED_VALUE:
        return 1
    strata = next((one for one in indicator.breakdowns if one.dimension == indicator.strata), None)
    return len(strata.categories) if strata is not None else 1


def _on(partnership: Partnership, indicator_id: str, day: date) -> Indicator:
    try:
        return partnership.indicator_on(indicator_id, day)
    except UnknownNameError:
        return partnership.versions_of(indicator_id)[-1]
