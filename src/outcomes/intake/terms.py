"""The noun Terms: what one check holds a file against, worked out once of the partnership, the sender and the date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from outcomes.framework.model import SUBMITTED, Indicator
from outcomes.geography.areas import Area
from outcomes.intake.codes import ascii_folded, fold_header, folded_name, trimmed
from outcomes.intake.entries_model import columns_known, dimensions_of, optional_columns_of
from outcomes.intake.numbers import markers_of
from outcomes.intake.template.mark import TemplateMark
from outcomes.partnership.layout import Layout
from outcomes.partnership.model import Partner, Partnership
from outcomes.partnership.supplies import supplies
from outcomes.vocabulary import RowStatus

__all__ = ["Terms"]


@dataclass(frozen=True)
class Terms:
    """What one check holds a file against.

    Attributes:
        partnership: The world.
        partner: The sender; None where anybody may send anything (an analyst's own frame).
        as_of: The date on which the check speaks; None where no period is too new.
        layout: How the sheet is laid out.
        template: What the file says of itself where it is one of our templates, filled; else None.
    """

    partnership: Partnership
    partner: Partner | None
    as_of: date | None
    layout: Layout
    template: TemplateMark | None = None

    @cached_property
    def periods_asked(self) -> dict[str, tuple[str, ...]]:
        """The periods for which a template asked for figures, by the indicator; empty of any other file."""
        found: dict[str, list[str]] = {}
        for indicator_id, period in self.template.asks if self.template else ():
            found.setdefault(indicator_id, []).append(period)
        return {indicator_id: tuple(sorted(periods)) for indicator_id, periods in found.items()}

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The columns that may hold a breakdown."""
        return dimensions_of(self.partnership)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Our columns that the sheet may have."""
        return columns_known(self.partnership, self.layout)

    @cached_property
    def unasked(self) -> frozenset[str]:
        """The usual dimensions that no indicator is sent by: known where they stand, but not to be offered."""
        indicators = self.partnership.indicators.values()
        asked = {breakdown.dimension for indicator in indicators for breakdown in indicator.breakdowns}
        return frozenset(self.dimensions) - asked

    @cached_property
    def indicator_names(self) -> dict[str, tuple[str, ...]]:
        """Every name of an indicator, folded, to the ids that it could mean."""
        found: dict[str, set[str]] = {}
        for name, ids in self.partnership.names_of_indicators.items():
            found.setdefault(ascii_folded(name), set()).update(ids)
        return {name: tuple(sorted(ids)) for name, ids in found.items()}

    def may_be_negative(self, name: str | None) -> bool:
        """Whether an indicator (None: any) has numerators below zero, in any version; an unknown name is any."""
        ids = self.indicator_names.get(ascii_folded(name), ()) if name else ()
        return any(
            indicator.allow_negative
            for indicator in self.partnership.indicators.values()
            if not ids or indicator.id in ids
        )

    @cached_property
    def indicator_titles(self) -> dict[str, str]:
        """Every indicator's id to its name, for hints."""
        return {indicator.id: indicator.name for indicator in self.partnership.indicators.values()}

    @cached_property
    def place_titles(self) -> dict[str, str]:
        """Every place's code to its name."""
        return {area.code: area.name for area in self.partnership.areas}

    @cached_property
    def places_by_name(self) -> dict[str, tuple[str, ...]]:
        """Every name of a place, as names are compared, to the codes of all places that have it."""
        return _by_name((area.code, (area.name,)) for area in self.partnership.areas)

    @cached_property
    def indicators_by_name(self) -> dict[str, tuple[str, ...]]:
        """Every name and short name of an indicator in any version, as names are compared, to the ids that have it."""
        every = self.partnership.indicators.values()
        return _by_name((one.id, (one.name, one.short_name)) for one in every)

    @cached_property
    def areas_by_folded_code(self) -> dict[str, tuple[Area, ...]]:
        """Every area by its folded code, and by its other codes: several areas may have one at different times."""
        found: dict[str, list[Area]] = {}
        for area in self.partnership.areas:
            found.setdefault(ascii_folded(area.code), []).append(area)
        own = frozenset(found)
        for area in self.partnership.areas:
            for code in {ascii_folded(code) for code in area.other_codes} - own:
                found.setdefault(code, []).append(area)
        return {code: tuple(areas) for code, areas in found.items()}

    @cached_property
    def codes_by_date(self) -> frozenset[str]:
        """Folded codes that mean one area or another, by the period of the figure."""
        return frozenset(
            code
            for code, areas in self.areas_by_folded_code.items()
            if len(areas) > 1 and not any(ascii_folded(area.code) == code for area in areas)
        )

    @cached_property
    def area_titles(self) -> dict[str, str]:
        """The areas that a hint may point at, code to name: the sender's, or all."""
        served = set(self.supplied["area_code"].to_list()) or None
        return {area.code: area.name for area in self.partnership.areas if served is None or area.code in served}

    @cached_property
    def supplied(self) -> pl.DataFrame:
        """What the sender supplies: indicator_id, area_code, source_code; no rows for an analyst."""
        found = supplies(self.partnership, self.as_of or date.max, partner=self.partner.code if self.partner else "")
        return found.select("indicator_id", "area_code", "source_code")

    @cached_property
    def supplied_indicators(self) -> frozenset[str]:
        """The indicators that the sender supplies."""
        listed = set(self.supplied["indicator_id"].to_list())
        if self.partner is not None:
            listed |= {indicator for supply in self.partner.supplies for indicator in supply.indicators}
        return frozenset(listed)

    @cached_property
    def footprint(self) -> frozenset[str]:
        """Every area that the sender serves, with everything below."""
        codes = self.partner.footprint if self.partner else ()
        below = {part for code in codes for part in self.partnership.footprints.descendants(code)}
        return frozenset(codes) | below

    @cached_property
    def markers(self) -> dict[str, RowStatus]:
        """What stands in place of a number (trimmed, lower case), to what it means."""
        return markers_of(self.layout)

    @cached_property
    def null_words(self) -> frozenset[str]:
        """What means "not given" in columns that may be empty (trimmed, lower case)."""
        return frozenset(trimmed(text).lower() for text in self.layout.null_words)

    @cached_property
    def spellings(self) -> dict[str, dict[str, str]]:
        """By dimension: every spelling of the layout's lists (trimmed, lower case) to its category."""
        return {
            fold_header(dimension): {
                trimmed(spelling).lower(): choice.category
                for choice in choices
                for spelling in (choice.category, *choice.spellings)
            }
            for dimension, choices in self.layout.lists.items()
        }

    @cached_property
    def wholes(self) -> dict[str, frozenset[str]]:
        """By dimension: every spelling that means everybody (trimmed, lower case), by any indicator."""
        found: dict[str, set[str]] = {"sex": {"persons"}, "age_band": {"all ages"}}
        for indicator in self.partnership.indicators.values():
            for breakdown in indicator.breakdowns:
                if breakdown.whole:
                    found.setdefault(breakdown.dimension, set()).add(breakdown.whole.lower())
        return {dimension: frozenset(words) for dimension, words in found.items()}

    @cached_property
    def attributes(self) -> pl.DataFrame:
        """One row an indicator's version: what the rules on numbers need to know of it."""
        rows = [_attributes(indicator) for indicator in self.partnership.indicators.values()]
        return pl.DataFrame(rows, schema=_ATTRIBUTE_COLUMNS, orient="row")


def _by_name(named: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for code, names in named:
        for name in names:
            if name:
                found.setdefault(folded_name(name), set()).add(code)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


_ATTRIBUTE_COLUMNS: dict[str, pl.DataType] = {
    "indicator_id": pl.String(),
    "version_held": pl.Int32(),
    "statistic": pl.String(),
    "multiplier": pl.Float64(),
    "numerator_scale": pl.Int64(),
    "denominator_scale": pl.Int64(),
    "is_count": pl.Boolean(),
    "is_whole_denominator": pl.Boolean(),
    "allow_negative": pl.Boolean(),
    "is_proportion": pl.Boolean(),
    "takes_denominator": pl.Boolean(),
    "keeps_denominator": pl.Boolean(),
    "is_published": pl.Boolean(),
    "expected_level": pl.String(),
    "optional_columns": pl.List(pl.String()),
}


def _attributes(indicator: Indicator) -> tuple[object, ...]:
    is_published = indicator.statistic.value == "published_value"
    takes = indicator.has_denominator and indicator.denominator == SUBMITTED
    return (
        indicator.id,
        indicator.version,
        indicator.statistic.value,
        indicator.multiplier,
        indicator.numerator_scale,
        indicator.denominator_scale,
        indicator.numerator.value == "count",
        indicator.denominator_scale == 1,
        indicator.allow_negative,
        indicator.statistic.value == "proportion",
        takes,
        takes or is_published,
        is_published,
        indicator.level.value,
        sorted(optional_columns_of(indicator)),
    )
