"""Builds small partnerships, place measures and estimates for the tests of estimation, judgement and protection."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from outcomes.agreement.model import Agreement
from outcomes.estimates.model import ESTIMATE_COLUMNS, Estimates
from outcomes.framework.model import Framework, Inclusion, Indicator
from outcomes.geography.areas import AREA_COLUMNS, Areas
from outcomes.geography.footprints import FOOTPRINT_COLUMNS, Footprints
from outcomes.partnership.model import Partnership, PartnershipDescription
from outcomes.partnership.policy import Policy
from outcomes.period import period_from_text
from outcomes.reference_series import REFERENCE_COLUMNS, ReferenceSeries, SeriesDescription, SeriesKind
from outcomes.rollup.model import PLACE_MEASURE_COLUMNS, PLACE_MEASURE_KEY, PlaceMeasures
from outcomes.table import Columns
from outcomes.vocabulary import PeriodKind

YEAR = PeriodKind.FINANCIAL_YEAR
Row = dict[str, Any]

# England ⊃ North ⊃ Eastvale ⊃ three places, and a place of another system
AREAS = (
    ("E92000001", "England", "nation"),
    ("REG1", "North", "region"),
    ("SYS1", "Eastvale", "system"),
    ("SYS2", "Westvale", "system"),
    ("PL1", "Castlewick", "place"),
    ("PL2", "Dunmere", "place"),
    ("PL3", "Fellgate", "place"),
    ("PL9", "Farland", "place"),
)
STEPS = (
    ("E92000001", "REG1"),
    ("REG1", "SYS1"),
    ("REG1", "SYS2"),
    ("SYS1", "PL1"),
    ("SYS1", "PL2"),
    ("SYS1", "PL3"),
    ("SYS2", "PL9"),
)
LEVELS = {code: level for code, _, level in AREAS}


def indicator(indicator_id: str = "smoking", **terms: Any) -> Indicator:
    """Return a yearly proportion in per cent, or what the terms make of it."""
    given: dict[str, Any] = {
        "id": indicator_id,
        "name": indicator_id.capitalize(),
        "statistic": "proportion",
        "numerator_definition": "people counted",
        "denominator_definition": "people asked",
        "multiplier": 100.0,
        "unit": "%",
        "period": "financial_year",
        "level": "place",
        "source": "made up",
        "licence": "none",
    }
    return Indicator(**{**given, **terms})


def inclusion(indicator_id: str = "smoking", **terms: Any) -> Inclusion:
    """Return the terms of an indicator of which lower is better, with no benchmark."""
    given: dict[str, Any] = {
        "indicator": indicator_id,
        "outcome": "health",
        "tier": "local",
        "polarity": "lower_is_better",
    }
    return Inclusion(**{**given, **terms})


def world(
    indicators: Sequence[Indicator],
    inclusions: Sequence[Inclusion] = (),
    *,
    series: Sequence[ReferenceSeries] = (),
    agreements: Sequence[Agreement] = (),
    policies: Sequence[Policy] = (),
    areas: Sequence[tuple[str, str, str]] = AREAS,
    steps: Sequence[tuple[str, str]] = STEPS,
) -> Partnership:
    """Return a partnership of one framework over the small geography."""
    framework = Framework(
        id="local",
        version="1",
        title="Local outcomes",
        publisher="Eastvale",
        source="made up",
        licence="none",
        indicators=tuple(indicators),
        inclusions=tuple(inclusions),
    )
    return Partnership(
        description=PartnershipDescription(id="eastvale", title="Eastvale", area_code="SYS1"),
        frameworks=(framework,),
        areas=Areas(
            _frame([dict(zip(("area_code", "name", "level"), area, strict=True)) for area in areas], AREA_COLUMNS).sort(
                "area_code"
            )
        ),
        footprints=Footprints(
            _frame(
                [{"area_code": whole, "member_code": part, "weight": 1.0} for whole, part in steps], FOOTPRINT_COLUMNS
            )
        ),
        agreements=tuple(agreements),
        series={one.description.id: one for one in series},
        policies={policy.id: policy for policy in policies},
    )


def measures(*rows: Mapping[str, Any]) -> PlaceMeasures:
    """Return place measures; of each row only what differs from a plain count of Castlewick in 2024/25 is named."""
    plain: Row = {"basis": "counts", "parts_expected": 1, "parts_contributed": 1, "partner_codes": ["PA"]}
    lists: Row = {"missing_parts": [], "qualifiers": []}
    frame = _frame([{**plain, **lists, **_placed(row)} for row in rows], PLACE_MEASURE_COLUMNS)
    return PlaceMeasures(frame.sort(PLACE_MEASURE_KEY))


def estimates(*rows: Mapping[str, Any]) -> Estimates:
    """Return estimates; a row without limits has an interval of ±2 (95 %) and ±3 (99.8 %) around its value."""
    made = []
    for row in rows:
        value = row.get("value")
        limits = {} if value is None else {"lower_ci_95": value - 2.0, "upper_ci_95": value + 2.0}
        outer = {} if value is None else {"lower_ci_99_8": value - 3.0, "upper_ci_99_8": value + 3.0}
        made.append(
            {"basis": "counts", "missing_parts": [], "qualifiers": [], "partner_codes": [], **limits, **outer}
            | _placed(row)
        )
    return Estimates(_frame(made, ESTIMATE_COLUMNS).sort(PLACE_MEASURE_KEY))


def benchmark_series(*rows: Mapping[str, Any], series_id: str = "england", kind: str = "benchmark") -> ReferenceSeries:
    """Return a reference series; a row of it is placed as a place measure is, in England."""
    placed = [_placed({"area_code": "E92000001", **row}) for row in rows]
    description = SeriesDescription(
        id=series_id,
        kind=SeriesKind(kind),
        title="Published figures",
        source="made up",
        licence="none",
        released_on=date(2025, 1, 1),
    )
    return ReferenceSeries(
        description,
        _frame([{k: v for k, v in row.items() if k in REFERENCE_COLUMNS} for row in placed], REFERENCE_COLUMNS),
    )


def _placed(row: Mapping[str, Any]) -> Row:
    kind = PeriodKind(row.get("period_kind", YEAR))
    period = period_from_text(kind, row.get("period", "2024/25"))
    area_code = row.get("area_code", "PL1")
    return {
        "indicator_id": "smoking",
        "indicator_version": 1,
        "area_code": area_code,
        "level": LEVELS.get(area_code, "place"),
        "breakdown": "",
        **row,
        "period_kind": kind.value,
        "period_start": period.first,
        "period_end": period.last,
        "period": str(period),
    }


def _frame(rows: Sequence[Row], columns: Columns) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], schema=dict(columns))
