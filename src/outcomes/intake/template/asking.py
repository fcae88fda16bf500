"""What a template asks a partner for: a row for each figure, and the columns that these figures need."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from outcomes.errors import UnknownNameError
from outcomes.framework.model import SUBMITTED, Breakdown, Indicator
from outcomes.intake.template.mark import as_template
from outcomes.intake.terms import Terms
from outcomes.partnership.model import Partner, Partnership
from outcomes.partnership.supplies import asked_figures
from outcomes.vocabulary import Statistic

__all__ = ["NEEDED", "Asked", "AskedRow", "asked_of", "inputs_of"]

# cells that must not be left empty, in the rows that have them
NEEDED: Final = ("numerator", "denominator", "value")
_NUMBERS: Final = (*NEEDED, "lower_ci_95", "upper_ci_95", "sum_of_squares", "effective_sample_size")
_WHOLES: Final = {"sex": "Persons", "age_band": "All ages"}


@dataclass(frozen=True)
class AskedRow:
    """One row of the sheet, which one figure is to fill.

    Attributes:
        indicator: The version that holds for the period.
        area_code, area_name: The place.
        period: Its canonical text.
        due_on: When the figure is due.
        source_code: Whose figure it is; empty for the partner's own.
        categories: Dimension and category, where a figure is asked for by its parts.
    """

    indicator: Indicator
    area_code: str
    area_name: str
    period: str
    due_on: date
    source_code: str = ""
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """What one template asks for.

    Attributes:
        partnership: Who asks.
        partner: Who is asked.
        as_of: On which day.
        rows: Sorted by indicator, place, period, source and category.
        terms: By which the sheet is read when it comes back.
    """

    partnership: Partnership
    partner: Partner
    as_of: date
    rows: tuple[AskedRow, ...]
    terms: Terms

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators of the rows, each once, in their order."""
        return tuple({row.indicator.key: row.indicator for row in self.rows}.values())

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The breakdowns by which any of the indicators may be sent."""
        declared = {one.dimension for indicator in self.indicators for one in indicator.breakdowns if one.categories}
        return tuple(sorted(declared))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of the sheet, from left to right: only those that the figures need."""
        wanted = {column for indicator in self.indicators for column in inputs_of(indicator)}
        return (
            *("indicator_id", "indicator_name", "place_code", "place_name", "period"),
            *(("source_code",) if self.sources else ()),
            *self.dimensions,
            *(column for column in (*_NUMBERS, "value_status") if column in wanted),
            "comment",
        )

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Whose figures the partner sends, where not its own."""
        return tuple(sorted({row.source_code for row in self.rows} - {""}))

    def text_of(self, row: AskedRow, column: str) -> str | None:
        """Return what stands in a cell from the start, empty where nothing belongs; None where the partner fills it."""
        if column in ("numerator", *_NUMBERS, "value_status"):
            return None if column in inputs_of(row.indicator) else ""
        if column == "comment":
            return None
        if column in self.dimensions:
            return dict(row.categories).get(column) or self._whole(row.indicator, column)
        if column == "source_code":
            return row.source_code
        return {
            "indicator_id": row.indicator.id,
            "indicator_name": row.indicator.name,
            "place_code": row.area_code,
            "place_name": row.area_name,
            "period": row.period,
        }[column]

    def _whole(self, indicator: Indicator, dimension: str) -> str:
        declared = next((one for one in indicator.breakdowns if one.dimension == dimension), None)
        return (declared.whole if declared else "") or _WHOLES.get(dimension, "")


def inputs_of(indicator: Indicator) -> frozenset[str]:
    """Return the columns that the figures of an indicator fill, or may fill."""
    optional = set(indicator.optional_columns) - {"source_code"}
    if indicator.statistic is Statistic.PUBLISHED_VALUE:
        return frozenset({"value", "lower_ci_95", "upper_ci_95", *optional})
    takes_denominator = indicator.has_denominator and indicator.denominator == SUBMITTED
    return frozenset({"numerator", *({"denominator"} if takes_denominator else ()), *optional})


def asked_of(partnership: Partnership, partner: str, *, as_of: date, period: str | None = None) -> Asked:
    """Return what a partner is asked for on a date: of each indicator the latest period that has ended.

    A figure that is standardised over strata is asked for by each of them, any other one for everybody.

    Arguments:
        partnership: Who asks.
        partner: The partner's code.
        as_of: The day.
        period: The canonical text of a period, to ask for that one instead.

    Raises:
        UnknownNameError: No partner has the code, or it is asked for nothing.

    >>> from outcomes.bundled import bundled_folder
    >>> from outcomes.partnership.loading import load_partnership
    >>> eastvale = load_partnership(bundled_folder("examples", "eastvale"))
    >>> asked = asked_of(eastvale, "CWC", as_of=date(2026, 11, 22))
    >>> [(row.indicator.id, row.area_name, row.period) for row in asked.rows]
    [('local-11', 'Castlewick', '2026/27 Q2')]
    """
    sender = partnership.partner(partner)
    terms = Terms(partnership, sender, as_of, as_template(partnership.layouts.get("native")))
    names = {area.code: area.name for area in partnership.areas}
    rows = []
    for entry in asked_figures(partnership, as_of, partner=partner, period=period).iter_rows(named=True):
        indicator = partnership.indicators[entry["indicator_id"], entry["indicator_version"]]
        code = entry["area_code"]
        row = (indicator, code, names[code], entry["period"], entry["due_on"], entry["source_code"])
        rows += [AskedRow(*row, categories) for categories in _parts(indicator)]
    if not rows:
        raise UnknownNameError(_nothing(partnership, sender, as_of, period))
    return Asked(partnership, sender, as_of, tuple(rows), terms)


def _parts(indicator: Indicator) -> Iterator[tuple[tuple[str, str], ...]]:
    strata: Breakdown | None = next((one for one in indicator.breakdowns if one.dimension == indicator.strata), None)
    if strata is None or indicator.statistic is Statistic.PUBLISHED_VALUE:
        yield ()
        return
    for category in strata.categories:
        yield ((strata.dimension, category),)


def _nothing(partnership: Partnership, partner: Partner, as_of: date, period: str | None) -> str:
    which = f"for the period {period}" if period else f"by {as_of}"
    start = partnership.calendar.returns_from
    since = f" Returns are expected for periods that begin on {start} or later." if start and not period else ""
    hint = (
        "Write the period in its exact form, such as 2026-09 or 2025/26, and check that it has begun by then"
        if period
        else "Name an earlier period (--period), or check who supplies what in partners.yaml and the agreements"
    )
    return (
        f"{partner.name} ({partner.code}) is asked for no figure {which}, so there is no template to write.{since} "
        f"{hint}."
    )
