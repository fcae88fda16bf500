"""Every agreement of a partnership as it was read, with the names that it may use: what the rules are asked about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from outcomes.agreement.loading import AgreementSource
from outcomes.agreement.model import Agreement
from outcomes.definitions import Located
from outcomes.framework.model import Indicator
from outcomes.vocabulary import AreaLevel, PartnerType

__all__ = ["Agreements"]


@dataclass(frozen=True)
class Agreements:
    """Every agreement, and the names that it may use.

    Attributes:
        sources: As read.
        partners: The codes of partners; None where partners.yaml cannot be read.
        publishers: The codes of partners that publish only.
        areas: The codes of areas; None where areas.csv cannot be read.
        below: Each agreement's place, with everything below it.
        frameworks: The ids of the frameworks in use.
        indicators: Every indicator in use by id, its versions in order; None where a framework cannot be read.
        declared: The ids of indicators, readable or not.
        shared: Of each framework, its indicators of the local and national tier: the shared outcomes.
        outcomes: The ids of outcomes.
        charted: The indicators of which a framework asks special cause, each with the changes that frameworks name.
        asked: Of each framework, every indicator that it includes.
        supplied: Of each agreement's place, each indicator with the partners that send it by partners.yaml.
        sectors: The kind of each partner that could be read.
        levels: The level of each area.
        editions: The version of each framework in use.
    """

    sources: tuple[AgreementSource, ...]
    partners: frozenset[str] | None
    publishers: frozenset[str]
    areas: frozenset[str] | None
    below: Mapping[str, frozenset[str]]
    frameworks: tuple[str, ...]
    indicators: Mapping[str, tuple[Indicator, ...]] | None
    declared: frozenset[str]
    shared: Mapping[str, frozenset[str]]
    outcomes: frozenset[str]
    charted: Mapping[str, frozenset[date]] = field(default_factory=dict)
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    supplied: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    sectors: Mapping[str, PartnerType] = field(default_factory=dict)
    levels: Mapping[str, AreaLevel] = field(default_factory=dict)
    editions: Mapping[str, str] = field(default_factory=dict)

    @property
    def versions(self) -> Iterator[Located[Agreement]]:
        """Every version of every agreement."""
        for source in self.sources:
            yield from source.versions

    @property
    def succeeded(self) -> Iterator[tuple[Located[Agreement], Located[Agreement]]]:
        """Every version with the one that it supersedes, the earlier first."""
        for source in self.sources:
            by_number = {version.noun.version: version for version in source.versions}
            for version in source.versions:
                before = by_number.get(version.noun.supersedes or 0)
                if before is not None and before.noun.version < version.noun.version:
                    yield before, version

    @property
    def latest(self) -> Iterator[Located[Agreement]]:
        """The last version of every agreement."""
        for source in self.sources:
            if source.versions:
                yield max(source.versions, key=lambda located: located.noun.version)
