"""A small world for roll-up tests: partnerships made of nouns, and observations written as short rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from outcomes.agreement.model import Agreement
from outcomes.framework.model import Breakdown, Framework, Indicator
from outcomes.geography.areas import AREA_COLUMNS, Areas
from outcomes.geography.footprints import FOOTPRINT_COLUMNS, Footprints
from outcomes.intake.observations import KEY, OBSERVATION_COLUMNS, Observations
from outcomes.partnership.model import Partner, Partnership, PartnershipDescription, Supply
from outcomes.period import period_from_text
from outcomes.reference_series import REFERENCE_COLUMNS, ReferenceSeries, SeriesDescription, SeriesKind
from outcomes.rollup.model import PlaceMeasures
from outcomes.rollup.rolling import roll_up
from outcomes.vocabulary import PeriodKind, Statistic

AS_OF = date(2026, 7, 1)
YEAR = "2025/26"
SEX = Breakdown(dimension="sex", categories=("Female", "Male"), whole="Persons")

# code, level, and for a code with dates the first and last day
AreaRow = Sequence[Any]
# whole, part, and where they matter weight, first and last day
FootprintRow = Sequence[Any]

TREE: tuple[AreaRow, ...] = (
    ("E92", "nation"),
    ("R1", "region"),
    ("S1", "system"),
    ("P1", "place"),
    ("P2", "place"),
    ("N1", "neighbourhood"),
    ("N2", "neighbourhood"),
    ("N3", "neighbourhood"),
)
TREE_FOOTPRINTS: tuple[FootprintRow, ...] = (
    ("E92", "R1"),
    ("R1", "S1"),
    ("S1", "P1"),
    ("S1", "P2"),
    ("P1", "N1"),
    ("P1", "N2"),
    ("P2", "N3"),
)


def indicator(name: str = "checks", statistic: str = "proportion", **more: Any) -> Indicator:
    given: dict[str, Any] = {
        "id": name,
        "name": name.title(),
        "statistic": statistic,
        "numerator_definition": "Those with it",
        "denominator_definition": "" if statistic in ("count", "published_value") else "Those asked",
        "multiplier": 100,
        "period": "financial_year",
        "level": "neighbourhood",
        "source": "Ours",
        "licence": "OGL v3.0",
    }
    return Indicator.model_validate(given | more)


def world(
    *indicators: Indicator,
    areas: Sequence[AreaRow] = TREE,
    footprints: Sequence[FootprintRow] = TREE_FOOTPRINTS,
    partners: Sequence[Partner] = (),
    series: Mapping[str, ReferenceSeries] | None = None,
    agreements: Sequence[Agreement] = (),
) -> Partnership:
    framework = Framework(
        id="ours", version="1", title="Ours", publisher="Us", source="Us", licence="OGL v3.0", indicators=indicators
    )
    area_rows = [(code, code, level, *_padded(dates, 2), None) for code, level, *dates in areas]
    step_rows = [(whole, part, *_padded(more, 3, 1.0)) for whole, part, *more in footprints]
    return Partnership(
        PartnershipDescription(id="ours", title="Ours", area_code="S1"),
        (framework,),
        Areas(pl.DataFrame(area_rows, schema=AREA_COLUMNS, orient="row").sort("area_code")),
        Footprints(pl.DataFrame(step_rows, schema=FOOTPRINT_COLUMNS, orient="row").sort("area_code", "member_code")),
        agreements=tuple(agreements),
        partners=tuple(sorted(partners, key=lambda partner: partner.code)),
        series=series or {},
    )


def _padded(given: Sequence[Any], length: int, first: Any = None) -> list[Any]:
    return [*given, *([first] if not given else []), *[None] * length][:length]


def partner(code: str, indicators: Sequence[str], areas: Sequence[str] = ("S1",), **more: Any) -> Partner:
    supply = Supply(indicators=tuple(indicators), source_codes=tuple(more.pop("sources", ())))
    return Partner(code=code, name=code, type="nhs_trust", footprint=tuple(areas), supplies=(supply,), **more)


def population(rows: Sequence[tuple[str, int]], name: str = "persons", period: str = "2024") -> ReferenceSeries:
    """A population of whole areas in one calendar year."""
    year = period_from_text(PeriodKind.CALENDAR_YEAR, period)
    return population_of([(code, year.first, year.last, "calendar_year", "", persons) for code, persons in rows], name)


def population_of(rows: Sequence[tuple[str, date, date, str, str, int]], name: str = "persons") -> ReferenceSeries:
    frame = pl.DataFrame(
        [
            (None, code, kind, first, last, breakdown, persons, None, None, None, None)
            for code, first, last, kind, breakdown, persons in rows
        ],
        schema=REFERENCE_COLUMNS,
        orient="row",
    )
    described = SeriesDescription(
        id=name, kind=SeriesKind.POPULATION, title=name, source="ONS", licence="OGL v3.0", released_on=date(2025, 7, 1)
    )
    return ReferenceSeries(described, frame)


def sent(
    partner_code: str, area: str, numerator: int | None, denominator: int | None = None, **more: Any
) -> dict[str, Any]:
    """One row of a partner; the rest of its key by name."""
    kind = PeriodKind(more.pop("kind", "financial_year"))
    period = period_from_text(kind, more.pop("period", YEAR))
    row: dict[str, Any] = dict.fromkeys(OBSERVATION_COLUMNS)
    row |= {
        "partner_code": partner_code,
        "source_code": more.pop("source", ""),
        "indicator_id": more.pop("indicator", "checks"),
        "indicator_version": more.pop("version", 1),
        "area_code": area,
        "period_kind": kind.value,
        "period_start": period.first,
        "period_end": period.last,
        "period": str(period),
        "breakdown": more.pop("breakdown", ""),
        "numerator": numerator,
        "denominator": denominator,
        "submission": 1,
        "is_revision": False,
    }
    return row | more


def observations(rows: Sequence[Mapping[str, Any]]) -> Observations:
    return Observations(pl.DataFrame(list(rows), schema=OBSERVATION_COLUMNS, orient="row").sort(KEY), known_at=7)


def rolled(partnership: Partnership, *rows: Mapping[str, Any], **more: Any) -> dict[Any, dict[str, Any]]:
    """The measures by area code, where one figure was sent; by (area, breakdown, period) otherwise."""
    measures = measured(partnership, *rows, **more).frame
    keys = ["area_code"]
    for key in ("breakdown", "period", "indicator_id"):
        if measures[key].n_unique() > 1:
            keys.append(key)
    found: dict[Any, dict[str, Any]] = {}
    for row in measures.iter_rows(named=True):
        parts = [row[name] for name in keys]
        found[tuple(parts) if len(parts) > 1 else parts[0]] = row
    return found


def measured(partnership: Partnership, *rows: Mapping[str, Any], **more: Any) -> PlaceMeasures:
    return roll_up(observations(rows), partnership, as_of=AS_OF, **more)


def counts_of(measures: Mapping[Any, Mapping[str, Any]]) -> dict[Any, tuple[Any, Any]]:
    return {key: (row["numerator"], row["denominator"]) for key, row in measures.items()}


COUNT = Statistic.COUNT.value
