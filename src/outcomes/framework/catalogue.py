"""The catalogue: what indicator sets ask for, row by row, as pages and exports read it; needs only pydantic."""

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict

from outcomes.framework.model import Framework, Inclusion, Indicator, IndicatorKey
from outcomes.framework.series_break import SeriesBreak
from outcomes.vocabulary import (
    AreaLevel,
    BenchmarkKind,
    Measured,
    PeriodKind,
    Polarity,
    Statistic,
    Tier,
    VerificationState,
)

__all__ = ["Catalogue", "CatalogueEntry", "CatalogueSet", "SameMeasure", "SetOutcome", "catalogue_of"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SameMeasure(_Frozen):
    """An indicator as another set asks for it.

    Attributes:
        set_id, set_title: The other set.
        indicator_id: The measure.
        name, official_code: What that set calls it.
    """

    set_id: str
    set_title: str
    indicator_id: str
    name: str
    official_code: str


class CatalogueEntry(_Frozen):
    """One indicator on the terms of one set.

    Attributes:
        set_id, outcome_id: Where it stands.
        reference: How a framework includes it, such as `phof/22401@1`.
        defined_in: The title of the set that defines it.
        official_code, name: What this set calls it.
        published_name: The name as published, where `name` says it otherwise.
        aliases: Further names that a partner may send.
        also_in: The other sets that ask for the same measure.
        overlaps_with: Indicators that ask for the same, or nearly, where it is not settled that they are one measure.
        state, verified, addresses: How far it was checked that this set asks for it; None where nothing is said.
        definition_state, definition_verified: How far the definition was checked; the same, where this set defines it.
        definition_agreed_by: Who takes a definition that is to be confirmed as it stands.
    """

    set_id: str
    outcome_id: str
    indicator_id: str
    indicator_version: int
    reference: str
    defined_in: str
    official_code: str
    name: str
    published_name: str
    short_name: str
    aliases: tuple[str, ...]
    also_in: tuple[SameMeasure, ...]
    overlaps_with: tuple[SameMeasure, ...]
    tier: Tier
    polarity: Polarity
    polarity_agreed_by: str
    benchmarks: tuple[BenchmarkKind, ...]
    statistic: Statistic
    published_as: str
    published_because: str
    numerator: str
    denominator: str
    not_established: tuple[str, ...]
    multiplier: float
    unit: str
    period_kind: PeriodKind
    measured: Measured
    level: AreaLevel
    groups: tuple[str, ...]
    standard_population: str
    is_proxy: bool
    valid_from: date | None
    valid_to: date | None
    breaks: tuple[SeriesBreak, ...]
    limits_of_use: str
    comparable_with: str
    source: str
    source_url: str
    licence: str
    state: VerificationState | None
    verified: str
    addresses: tuple[str, ...]
    definition_state: VerificationState | None
    definition_verified: str
    definition_agreed_by: str

    @property
    def is_official(self) -> bool:
        """Whether the row was verified, and is offered as official."""
        return self.state is VerificationState.YES


class SetOutcome(_Frozen):
    """A group of a set's indicators, and what it is for; empty where nobody says it."""

    id: str
    title: str
    description: str
    purpose: str = ""


class CatalogueSet(_Frozen):
    """One indicator set: its particulars, and its entries in the order of its outcomes."""

    id: str
    title: str
    version: str
    publisher: str
    source: str
    licence: str
    description: str
    purpose: str = ""
    outcomes: tuple[SetOutcome, ...]
    entries: tuple[CatalogueEntry, ...]


class Catalogue(_Frozen):
    """Several indicator sets beside one another.

    Attributes:
        title: Whose catalogue it is; empty for that of the bundled sets.
        sets: In the order given.
    """

    title: str = ""
    sets: tuple[CatalogueSet, ...] = ()

    @property
    def entries(self) -> tuple[CatalogueEntry, ...]:
        """Every entry of every set, in order."""
        return tuple(entry for one in self.sets for entry in one.entries)


def catalogue_of(frameworks: Iterable[Framework], *, beside: Iterable[Framework] = (), title: str = "") -> Catalogue:
    """Return the catalogue of frameworks that are read together.

    Arguments:
        frameworks: Those that are listed, in order; every indicator that they include is defined by one of all.
        beside: Further ones that may define or share a measure, and are not listed themselves.
        title: Whose catalogue it is.

    >>> catalogue_of([]).entries
    ()
    """
    listed = tuple(frameworks)
    known = {framework.id: framework for framework in (*beside, *listed)}
    defined = {indicator.key: (one, indicator) for one in known.values() for indicator in one.indicators}
    asked: dict[IndicatorKey, list[tuple[Framework, Inclusion]]] = {}
    for framework in known.values():
        for inclusion in framework.inclusions:
            asked.setdefault(inclusion.key, []).append((framework, inclusion))
    near = _near(defined, asked)
    return Catalogue(title=title, sets=tuple(_set(framework, defined, asked, near) for framework in listed))


_Defined = Mapping[IndicatorKey, tuple[Framework, Indicator]]
_Asked = Mapping[IndicatorKey, list[tuple[Framework, Inclusion]]]
_Near = Mapping[str, tuple[str, ...]]


def _near(defined: _Defined, asked: _Asked) -> _Near:
    """For each id, the ids that may be the same measure: said by one of a pair, true of both."""
    found: dict[str, set[str]] = {}
    there = {indicator_id for indicator_id, _ in asked}
    for _, indicator in defined.values():
        for other in indicator.overlaps_with:
            if other in there:
                found.setdefault(indicator.id, set()).add(other)
                found.setdefault(other, set()).add(indicator.id)
    return {name: tuple(sorted(others)) for name, others in found.items()}


def _set(framework: Framework, defined: _Defined, asked: _Asked, near: _Near) -> CatalogueSet:
    outcomes = sorted(framework.outcomes, key=lambda outcome: outcome.order)
    place = {outcome.id: position for position, outcome in enumerate(outcomes)}
    inclusions = sorted(framework.inclusions, key=lambda one: (place[one.outcome], one.order, one.key))
    return CatalogueSet(
        id=framework.id,
        title=framework.title,
        version=framework.version,
        publisher=framework.publisher,
        source=framework.source,
        licence=framework.licence,
        description=framework.description,
        purpose=framework.purpose,
        outcomes=tuple(
            SetOutcome(id=one.id, title=one.title, description=one.description, purpose=one.purpose) for one in outcomes
        ),
        entries=tuple(_entry(framework, one, defined, asked, near) for one in inclusions),
    )


def _entry(framework: Framework, inclusion: Inclusion, defined: _Defined, asked: _Asked, near: _Near) -> CatalogueEntry:
    home, indicator = defined[inclusion.key]
    own = inclusion.verified or indicator.verified
    definition = indicator.verified
    others = [(there, one) for there, one in asked[inclusion.key] if there.id != framework.id]
    overlapping = [
        (there, one)
        for key, pairs in asked.items()
        if key[0] in near.get(indicator.id, ())
        for there, one in pairs
        if key in defined
    ]
    return CatalogueEntry(
        set_id=framework.id,
        outcome_id=inclusion.outcome,
        indicator_id=indicator.id,
        indicator_version=indicator.version,
        reference=f"{home.id}/{indicator.id}@{indicator.version}",
        defined_in=home.title,
        official_code=_code(framework, home, inclusion, indicator),
        name=inclusion.name or indicator.name,
        published_name=indicator.published_name,
        short_name=indicator.short_name or indicator.name,
        aliases=indicator.aliases,
        also_in=tuple(_same(there, one, defined) for there, one in others),
        overlaps_with=tuple(_same(there, one, defined) for there, one in overlapping),
        tier=inclusion.tier,
        polarity=inclusion.polarity,
        polarity_agreed_by=inclusion.polarity_agreed_by,
        benchmarks=inclusion.benchmarks,
        statistic=indicator.statistic,
        published_as=indicator.published_as,
        published_because=indicator.published_because,
        numerator=indicator.numerator_definition,
        denominator=indicator.denominator_definition,
        not_established=indicator.not_established,
        multiplier=indicator.multiplier,
        unit=indicator.unit,
        period_kind=indicator.period,
        measured=indicator.measured,
        level=indicator.level,
        groups=tuple(breakdown.dimension for breakdown in indicator.breakdowns),
        standard_population=indicator.standard_population,
        is_proxy=indicator.is_proxy,
        valid_from=indicator.valid_from,
        valid_to=indicator.valid_to,
        breaks=indicator.breaks,
        limits_of_use=indicator.limits_of_use,
        comparable_with=indicator.comparable_with,
        source=indicator.source,
        source_url=indicator.source_url,
        licence=indicator.licence,
        state=own.state if own else None,
        verified=own.text if own else "",
        addresses=own.addresses if own else (),
        definition_state=definition.state if definition else None,
        definition_verified=definition.text if definition else "",
        definition_agreed_by=inclusion.definition_agreed_by,
    )


def _same(framework: Framework, inclusion: Inclusion, defined: _Defined) -> SameMeasure:
    home, indicator = defined[inclusion.key]
    return SameMeasure(
        set_id=framework.id,
        set_title=framework.title,
        indicator_id=indicator.id,
        name=inclusion.name or indicator.name,
        official_code=_code(framework, home, inclusion, indicator),
    )


def _code(framework: Framework, home: Framework, inclusion: Inclusion, indicator: Indicator) -> str:
    """The code that a set gives to a measure; the code of the set that defines it is not every other set's."""
    return inclusion.official_code or (indicator.official_code if home.id == framework.id else "")
