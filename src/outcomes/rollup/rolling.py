"""Roll-up: observations of partners become one measure for each indicator, area, period and group.

Many rows are summed once, to the areas that they name; then the small table climbs through the footprints. What a
measure of a whole rests on is decided here:

- A whole above the level at which an indicator is collected has the sum of its areas. A figure that somebody submitted
  for the whole itself is the measure only where the sum gives no number (nothing below, or too little of it); where
  the sum stands, the figure is kept beside it (`submitted`), and the two are shown with their difference.
- A published value is taken as it is for the area that it names and never rolled up; so is a figure that carries its
  own interval (a survey), and a standardised rate sent without its strata. Where strata came, they are preferred.
- Figures of areas that ended count for those that followed them (`rollup/succession.py`).
- What a partner sends again for one that ended and that it follows takes the place of that one's figure.
- A series that begins anew has *break in series* on the first figure after (`rollup/breaks.py`).
- Footprints are those valid on the last day of the period; areas are expected if they were valid throughout it.
- A reference denominator is that of the area itself where all of its parts came, else the sum over those that came. An
  area whose sources are not all in has no rate over a whole population, and does not enter that of a larger area.
- No row is made where nobody sent anything below: that a return is missing is said by the status of returns.
"""

from datetime import date
from typing import Final

import polars as pl

from outcomes.errors import TableError
from outcomes.geography.succession import with_former_areas_placed
from outcomes.intake.observations import Observations, said_by_successors
from outcomes.no_score import no_score
from outcomes.partnership.model import Partnership
from outcomes.partnership.supplies import supplies
from outcomes.rollup.base import FIGURE_KEY, base_sums, own_source_named, sender_columns
from outcomes.rollup.choosing import settled
from outcomes.rollup.coverage import areas_not_valid, with_coverage
from outcomes.rollup.definition_breaks import with_definition_breaks
from outcomes.rollup.figures import declared_breakdowns, described
from outcomes.rollup.hierarchy import entering, wholes_above
from outcomes.rollup.ladder import Terrain
from outcomes.rollup.lineage import lineage_of
from outcomes.rollup.measuring import (
    measures_as_published,
    measures_of_areas,
    measures_of_wholes,
    named,
    preferred,
)
from outcomes.rollup.model import PlaceMeasures
from outcomes.rollup.packing import Codes
from outcomes.rollup.partner_breaks import with_partner_breaks
from outcomes.rollup.populations import with_reference_denominators
from outcomes.rollup.sources import expected_senders, own_sums
from outcomes.rollup.standing_in import stood_in_for
from outcomes.rollup.succession import each_once, measures_of_former_areas, with_former_areas
from outcomes.rollup.successors import followers_of
from outcomes.rollup.wholes import with_wholes
from outcomes.vocabulary import Combine

__all__ = ["MINIMUM_COVERAGE", "roll_up"]

# Fingertips' rule: a rate needs nine tenths of the population behind it
MINIMUM_COVERAGE: Final = 0.9


def roll_up(
    observations: Observations | pl.LazyFrame | pl.DataFrame,
    partnership: Partnership,
    *,
    as_of: date,
    minimum_coverage: float = MINIMUM_COVERAGE,
    by: str | None = None,
) -> PlaceMeasures:
    """Return one measure for each indicator, area at any level, period and group, by exact sums.

    Arguments:
        observations: Observations; or a frame with at least the key's columns, numerator and denominator (numbers in
            whole multiples of 1 / the indicator's scales). A lazy frame is read by the streaming engine.
        partnership: Whose indicators, areas, footprints, reference series and agreements hold.
        as_of: The day on which agreements say who is to send what, and whose areas take over the figures of former
            ones.
        minimum_coverage: The share of the population, 0 to 1, that must be behind a rate.
        by: Never: a measure is of an area, with all who sent for it.

    Returns:
        Place measures; a number or a Reason in each, with who is missing and how much of the population came.

    Raises:
        TableError: A column is missing, a key stands twice, a sum is too great, footprints go round in a circle.
        UnknownNameError: An indicator, area or marker that nobody defined.
        SharedOutcomeError: Measures by partner were asked for; there are none, and the message says why.

    Source: OHID, Fingertips technical guidance: numerators and denominators are summed, and a rate needs 90 % of the
    population behind it.

    >>> from outcomes.partnership.building import partnership_from
    >>> from outcomes.framework.model import Framework, Inclusion, Indicator, Outcome
    >>> smokers = Indicator(id="smokers", name="Smokers", statistic="proportion", numerator_definition="Smokers",
    ...     denominator_definition="Persons asked", multiplier=100, period="financial_year", level="place",
    ...     source="Ours", licence="OGL v3.0")
    >>> ours = Framework(id="ours", version="1", title="Ours", publisher="Us", source="Us", licence="OGL v3.0",
    ...     outcomes=(Outcome(id="health", title="Health"),), indicators=(smokers,), inclusions=(Inclusion(
    ...     indicator="smokers", outcome="health", tier="local", polarity="no_judgement"),))
    >>> areas = pl.DataFrame({"area_code": ["S1", "P1", "P2"], "name": ["System", "North", "South"],
    ...     "level": ["system", "place", "place"], "parent_code": [None, "S1", "S1"]})
    >>> sent = pl.DataFrame({"partner_code": ["A", "B"], "source_code": ["", ""], "indicator_id": ["smokers"] * 2,
    ...     "indicator_version": [1, 1], "area_code": ["P1", "P2"], "period_kind": ["financial_year"] * 2,
    ...     "period_start": [date(2025, 4, 1)] * 2, "breakdown": ["", ""], "numerator": [12, 30],
    ...     "denominator": [100, 200]})
    >>> measures = roll_up(sent, partnership_from(frameworks=[ours], areas=areas), as_of=date(2026, 7, 1))
    >>> measures.frame.select("area_code", "numerator", "denominator", "parts_contributed").rows()
    [('P1', 12, 100, 1), ('P2', 30, 200, 1), ('S1', 42, 300, 2)]
    """
    if by is not None:
        raise no_score(f"roll_up(by={by!r})")
    rows, known_at = _rows_of(observations, partnership)
    terrain = Terrain(partnership.areas, with_former_areas_placed(partnership.succession))
    supplied = _supplied(partnership, terrain, as_of)
    base = base_sums(rows, _codes(partnership, terrain, supplied))
    figures = described(base.figures, partnership, terrain)
    base, published = settled(rows, base, figures, terrain.codes, supplied)
    words = sender_columns(base.senders.height)
    due = expected_senders(supplied, figures, _partner_dates(partnership), base.senders)
    own = own_sums(base, figures, *due, followers_of(base.senders, partnership))
    own, keys = with_wholes(own, figures.select("figure", *FIGURE_KEY), partnership.indicators, words)
    figures = described(keys, partnership, terrain)
    own = with_reference_denominators(own, figures, partnership.series, terrain.codes)
    invalid = areas_not_valid(partnership.areas, terrain.codes, figures)
    own = entering(own, figures, terrain, invalid)
    lineage = lineage_of(partnership.succession, terrain, figures["period_start"], as_of)
    counted = each_once(own, figures, lineage)
    excused = stood_in_for(counted, lineage)
    sums = wholes_above(counted, figures, terrain, invalid, excused, words)
    wholes = with_coverage(sums, counted, figures, terrain, invalid, excused, partnership.series)
    measures = pl.concat(
        [
            measures_of_areas(own, figures, words, minimum_coverage),
            measures_of_wholes(wholes, figures, partnership.series, terrain.codes, words, minimum_coverage),
            measures_as_published(published, figures, words),
        ]
    )
    taken, submitted = preferred(measures, figures, minimum_coverage)
    if lineage.lines.height:
        former = measures_of_former_areas(
            own, sums, published, figures, lineage, terrain, invalid, partnership.series, words, minimum_coverage
        )
        taken = with_former_areas(taken, former, figures, lineage)
    measures = with_partner_breaks(named(taken, figures, terrain, base.senders), partnership)
    return PlaceMeasures(
        with_definition_breaks(measures, partnership),
        known_at,
        named(submitted, figures, terrain, base.senders),
    )


def _rows_of(
    observations: Observations | pl.LazyFrame | pl.DataFrame, partnership: Partnership
) -> tuple[pl.LazyFrame, int]:
    if isinstance(observations, Observations):
        return said_by_successors(observations.frame, partnership).lazy(), observations.known_at
    if isinstance(observations, pl.DataFrame | pl.LazyFrame):
        return observations.lazy(), 0
    raise TableError(f"roll_up was given a {type(observations).__name__}; Observations or a polars frame is expected")


def _supplied(partnership: Partnership, terrain: Terrain, as_of: date) -> pl.DataFrame:
    numbers = pl.DataFrame({"area_code": terrain.codes}, schema={"area_code": pl.String}).with_row_index("area")
    found = supplies(partnership, as_of).join(numbers, on="area_code").drop("area_code")
    return own_source_named(found)


def _codes(partnership: Partnership, terrain: Terrain, supplied: pl.DataFrame) -> Codes:
    """The names that rows are expected to hold."""
    indicators = partnership.indicators.values()
    sums = [indicator.id for indicator in indicators if indicator.combine is Combine.SUM_OF_SOURCES]
    of_sums = supplied.filter(pl.col("indicator_id").is_in(sums)).select("partner_code", "source_code").unique()
    own = {(partner.code, partner.code) for partner in partnership.partners}
    return Codes(
        indicators=tuple(partnership.indicators),
        area_codes=tuple(terrain.codes),
        period_kinds=tuple(sorted({indicator.period.value for indicator in indicators})),
        breakdowns=tuple(sorted({text for indicator in indicators for text in declared_breakdowns(indicator)})),
        senders=tuple(sorted(own | set(of_sums.iter_rows()))),
    )


def _partner_dates(partnership: Partnership) -> pl.DataFrame:
    return pl.DataFrame(
        [(partner.code, partner.valid_from, partner.valid_to) for partner in partnership.partners],
        schema={"partner_code": pl.String, "valid_from": pl.Date, "valid_to": pl.Date},
        orient="row",
    )
