"""The world of the measurements: a made-up geography of four levels, its partners and its indicators."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

import polars as pl

from outcomes.framework.model import Breakdown, Framework, Inclusion, Indicator, Outcome
from outcomes.geography.areas import AREA_COLUMNS, Areas
from outcomes.geography.footprints import FOOTPRINT_COLUMNS, Footprints
from outcomes.partnership.model import Partner, Partnership, PartnershipDescription, Supply
from outcomes.period import Period
from outcomes.vocabulary import PeriodKind

__all__ = ["AS_OF", "Size", "partnership_of", "size_for"]

AS_OF = date(2026, 11, 22)
_LAST_YEAR = 2025
_LEVELS = ("neighbourhood", "place", "system", "region", "nation")
SEXES = ("Female", "Male")


@dataclass(frozen=True)
class Size:
    """How many of everything; every partner sends every neighbourhood, indicator, year and sex."""

    partners: int
    neighbourhoods: int
    indicators: int
    years: int
    levels: int = 4

    @property
    def rows(self) -> int:
        return self.partners * self.neighbourhoods * self.indicators * self.years * len(SEXES)

    @property
    def partner_codes(self) -> list[str]:
        return [f"RX{number:03d}" for number in range(self.partners)]

    @property
    def indicator_ids(self) -> list[str]:
        return [f"local-{number:03d}" for number in range(self.indicators)]

    @property
    def periods(self) -> list[Period]:
        first = _LAST_YEAR - self.years + 1
        return [Period.of(PeriodKind.FINANCIAL_YEAR, first + place, 4) for place in range(self.years)]

    @property
    def area_codes(self) -> dict[str, list[str]]:
        """The codes of each level: for each 25 neighbourhoods 5 places and a system; a fifth level lies between."""
        parts = (1, 5, 25) if self.levels == 4 else (1, 2, 5, 25)
        numbers = [ceil(self.neighbourhoods / part) for part in parts] + [1]
        return {
            level: [f"E{place}{code:07d}" for code in range(number)]
            for place, (level, number) in enumerate(zip(_LEVELS, numbers, strict=False))
        }


def size_for(rows: int, levels: int = 4) -> Size:
    """Return the size with so many rows, or a few more: 10M is 50 partners × 50 areas × 100 indicators × 20 years × 2.

    >>> size_for(10_000_000).rows
    10000000
    """
    partners, neighbourhoods, years = (50, 50, 20) if rows >= 1_000_000 else (10, 20, 10)
    indicators = max(1, ceil(rows / (partners * neighbourhoods * years * len(SEXES))))
    return Size(partners, neighbourhoods, indicators, years, levels)


def partnership_of(size: Size) -> Partnership:
    """Return the partnership in which everybody sends everything, for the sum of its sources."""
    indicators = tuple(
        Indicator.model_validate(
            {
                "id": indicator_id,
                "name": indicator_id,
                "statistic": "proportion",
                "numerator_definition": "Those with it",
                "denominator_definition": "Those asked",
                "multiplier": 100,
                "unit": "%",
                "period": "financial_year",
                "level": "neighbourhood",
                "combine": "sum_of_sources",
                "breakdowns": (Breakdown(dimension="sex", categories=SEXES, whole="Persons"),),
                "source": "made up",
                "licence": "none",
            }
        )
        for indicator_id in size.indicator_ids
    )
    inclusions = tuple(
        Inclusion.model_validate(
            {
                "indicator": indicator.id,
                "outcome": "all",
                "tier": "local",
                "polarity": "lower_is_better",
                "benchmarks": ("other_places", "system"),
            }
        )
        for indicator in indicators
    )
    framework = Framework(
        id="measured",
        version="1",
        title="Measured",
        publisher="nobody",
        source="made up",
        licence="none",
        outcomes=(Outcome(id="all", title="All"),),
        indicators=indicators,
        inclusions=inclusions,
    )
    codes = size.area_codes
    top = list(codes)[-1]
    areas = [(code, code, level, None, None, None) for level, of_level in codes.items() for code in of_level]
    partners = tuple(
        Partner.model_validate(
            {
                "code": code,
                "name": code,
                "type": "nhs_trust",
                "footprint": tuple(codes[top]),
                "supplies": (Supply(indicators=tuple(size.indicator_ids)),),
                "file_pattern": f"{code}*",
            }
        )
        for code in size.partner_codes
    )
    return Partnership(
        PartnershipDescription(id="measured", title="Measured", area_code=codes[top][0], is_fictional=True),
        (framework,),
        Areas(pl.DataFrame(areas, schema=AREA_COLUMNS, orient="row").sort("area_code")),
        Footprints(
            pl.DataFrame(_steps(codes), schema=FOOTPRINT_COLUMNS, orient="row").sort("area_code", "member_code")
        ),
        partners=partners,
    )


def _steps(codes: dict[str, list[str]]) -> list[tuple[str, str, float, None, None]]:
    levels = list(codes)
    return [
        (codes[above][place * len(codes[above]) // len(codes[below])], code, 1.0, None, None)
        for below, above in pairwise(levels)
        for place, code in enumerate(codes[below])
    ]
