"""Builds a partnership in memory from the corpus' framework.json, reading every value of it."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from outcomes.framework.model import Breakdown, Framework, Inclusion, Indicator, Outcome
from outcomes.geography.areas import AREA_COLUMNS, Areas
from outcomes.geography.footprints import FOOTPRINT_COLUMNS, Footprints
from outcomes.partnership.layout import Choice, Layout, Limits
from outcomes.partnership.model import Partner, Partnership, PartnershipDescription, Supply
from outcomes.period import period_from_text
from outcomes.vocabulary import (
    AreaLevel,
    NumeratorKind,
    PartnerType,
    PeriodKind,
    Polarity,
    RowStatus,
    Statistic,
    Tier,
)

__all__ = ["as_of", "partnership_from"]

_LEVELS: Final = {"england": AreaLevel.NATION, "icb": AreaLevel.SYSTEM}
_STATISTICS: Final = {"rate": Statistic.CRUDE_RATE}
_POLARITIES: Final = {
    "higher": Polarity.HIGHER_IS_BETTER,
    "lower": Polarity.LOWER_IS_BETTER,
    "neutral": Polarity.NO_JUDGEMENT,
}
_TYPES: Final = {
    "NHS trust": PartnerType.NHS_TRUST,
    "council": PartnerType.COUNCIL,
    "GP federation": PartnerType.PRIMARY_CARE,
    "voluntary sector": PartnerType.VOLUNTARY_SECTOR,
}
# what is any number, not a count, is held to nine decimals
_NUMBER_SCALE: Final = 1_000_000_000
# the partitions whose parts are held against their whole
_FULL: Final = ("sex", "age_band")
_NO_LISTS: Final = ("folding", "default_when_empty")

World = Mapping[str, Any]


def read_world(folder: Path) -> World:
    """Return framework.json."""
    world: World = json.loads((folder / "framework.json").read_text(encoding="utf-8"))
    return world


def as_of(world: World) -> date:
    """Return the date on which the cases are checked."""
    return date.fromisoformat(world["as_of"])


def partnership_from(world: World) -> Partnership:
    """Return the partnership that the cases assume."""
    framework_id = world["framework_id"]
    breakdowns = _breakdowns(world["lists"])
    indicators = tuple(_indicator(entry, breakdowns) for entry in world["indicators"])
    inclusions = tuple(
        Inclusion(
            indicator=entry["id"],
            outcome="all",
            tier=Tier.LOCAL,
            polarity=_POLARITIES[entry["polarity"]],
            order=order,
        )
        for order, entry in enumerate(world["indicators"])
    )
    framework = Framework(
        id=framework_id,
        version="1",
        title=world["note"],
        publisher="outcomes",
        source="synthetic",
        licence="OGL v3.0",
        outcomes=(Outcome(id="all", title="All"),),
        indicators=indicators,
        inclusions=inclusions,
    )
    return Partnership(
        description=PartnershipDescription(id=framework_id, title=framework_id, area_code=_system(world)),
        frameworks=(framework,),
        areas=Areas(_areas(world)),
        footprints=Footprints(_footprints(world)),
        partners=tuple(
            sorted((_partner(entry, world) for entry in world["partners"]), key=lambda partner: partner.code)
        ),
        layouts={"native": _layout(world)},
    )


def _system(world: World) -> str:
    return str(next(place["code"] for place in world["places"] if place["level"] == "icb"))


def _breakdowns(lists: Mapping[str, Any]) -> tuple[Breakdown, ...]:
    wholes = lists["default_when_empty"]
    found = []
    for dimension in lists:
        if dimension in _NO_LISTS:
            continue
        whole = wholes.get(dimension) or ""
        categories = tuple(str(category) for category in lists[dimension] if str(category) != whole)
        found.append(Breakdown(dimension=dimension, categories=categories, whole=whole, is_full=dimension in _FULL))
    return tuple(found)


def _indicator(entry: Mapping[str, Any], breakdowns: tuple[Breakdown, ...]) -> Indicator:
    has_denominator = entry["denominator"] is not None
    numerator = NumeratorKind(entry["numerator"])
    return Indicator(
        id=entry["id"],
        name=entry["name"],
        statistic=_STATISTICS.get(entry["kind"]) or Statistic(entry["kind"]),
        numerator_definition=entry["name"],
        denominator_definition=entry["name"] if has_denominator else "",
        denominator="submitted" if has_denominator else "none",
        numerator=numerator,
        numerator_scale=1 if numerator is NumeratorKind.COUNT else _NUMBER_SCALE,
        denominator_scale=_NUMBER_SCALE if entry["denominator"] == "number" else 1,
        multiplier=entry["multiplier"],
        unit=entry["unit"],
        allow_negative=entry.get("allow_negative", False),
        period=PeriodKind(entry["period"]),
        level=_level(entry["level"]),
        breakdowns=breakdowns,
        source="synthetic",
        licence="OGL v3.0",
    )


def _level(level: str) -> AreaLevel:
    return _LEVELS.get(level) or AreaLevel(level)


def _areas(world: World) -> pl.DataFrame:
    rows: list[tuple[object, ...]] = [
        (
            place["code"],
            place["name"],
            _level(place["level"]).value,
            _day(place.get("from")),
            _day(place.get("until")),
            [],
        )
        for place in world["places"]
    ]
    # what they were is not said; each was a place of some level
    rows += [
        (place["code"], place["name"], AreaLevel.OTHER.value, None, _day(place["until"]), place["successors"])
        for place in world["retired_places"]
    ]
    return pl.DataFrame(rows, schema=AREA_COLUMNS, orient="row").sort("area_code")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _footprints(world: World) -> pl.DataFrame:
    rows = [(place["parent"], place["code"], 1.0, None, None) for place in world["places"] if place["parent"]]
    return pl.DataFrame(rows, schema=FOOTPRINT_COLUMNS, orient="row").sort("area_code", "member_code")


def _partner(entry: Mapping[str, Any], world: World) -> Partner:
    supplied = tuple(one["id"] for one in world["indicators"] if entry["id"] in one["partners"])
    return Partner(
        code=entry["id"],
        name=entry["id"],
        type=_TYPES[entry["kind"]],
        footprint=tuple(entry["footprint"]),
        supplies=(Supply(indicators=supplied),),
    )


def _layout(world: World) -> Layout:
    limits = {name: limit for name, limit in world["limits"].items() if name in Limits.model_fields}
    statuses = {status.value for status in RowStatus}
    markers = {RowStatus(name): tuple(texts) for name, texts in world["markers"].items() if name in statuses}
    lists = {
        dimension: tuple(Choice(category=name, spellings=tuple(texts)) for name, texts in categories.items())
        for dimension, categories in world["lists"].items()
        if dimension not in _NO_LISTS and isinstance(categories, Mapping)
    }
    return Layout(
        id="native",
        title="The long form: one row a figure",
        header_search_rows=world["limits"]["header_search_rows"],
        null_words=tuple(world["null_words_in_optional_columns"]),
        markers=markers,
        lists=lists,
        first_period_starts=_first_day(world["first_period"]),
        limits=Limits(**limits),
    )


def _first_day(text: str) -> date:
    for kind in (PeriodKind.FINANCIAL_YEAR, PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.CALENDAR_YEAR):
        try:
            return period_from_text(kind, text).first
        except ValueError:
            continue
    raise ValueError(f"first_period {text!r} is no period")
