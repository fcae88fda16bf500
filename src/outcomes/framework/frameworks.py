"""Every framework that is read together, as the rules about them see it."""

from dataclasses import dataclass
from functools import cached_property

from outcomes.definitions import Located
from outcomes.framework.model import Framework, Indicator, IndicatorReference
from outcomes.framework.reading import FrameworkSource

__all__ = ["Frameworks"]


@dataclass(frozen=True)
class Frameworks:
    """Every framework that is read together.

    Attributes:
        sources: As read.
        listed: The ids of those whose inclusions count; the others are read for their definitions only.
    """

    sources: tuple[FrameworkSource, ...]
    listed: tuple[str, ...]

    @cached_property
    def by_id(self) -> dict[str, FrameworkSource]:
        """Every source by the id it was asked for under."""
        return {source.id: source for source in self.sources}

    @cached_property
    def headers(self) -> tuple[Located[Framework], ...]:
        """Every framework.yaml that could be read."""
        return tuple(source.header for source in self.sources if source.header)

    @cached_property
    def counted(self) -> tuple[FrameworkSource, ...]:
        """The sources whose inclusions count."""
        return tuple(source for source in self.sources if source.id in self.listed)

    @cached_property
    def usable(self) -> dict[str, dict[str, dict[int, Indicator]]]:
        """Of each framework, the indicators that its inclusions may use: id, then version."""
        found: dict[str, dict[str, dict[int, Indicator]]] = {}
        for source in self.sources:
            own: dict[str, dict[int, Indicator]] = {}
            for located in source.indicators:
                own.setdefault(located.noun.id, {})[located.noun.version] = located.noun
            for reference in source.header.noun.includes if source.header else ():
                indicator = self.defined(reference)
                if indicator:
                    own.setdefault(indicator.id, {})[indicator.version] = indicator
            found[source.id] = own
        return found

    def defined(self, reference: IndicatorReference) -> Indicator | None:
        """The indicator that a reference means; None where its framework does not define it."""
        source = self.by_id.get(reference.framework)
        for located in source.indicators if source else ():
            if located.noun.key == (reference.id, reference.version):
                return located.noun
        return None

    def is_declared(self, source: FrameworkSource, indicator_id: str) -> bool:
        """Whether an id stands in a framework, or is included in it, readable or not."""
        includes = source.header.noun.includes if source.header else ()
        # where framework.yaml itself cannot be read, nothing is known of what it includes
        return source.header is None or indicator_id in source.declared | {reference.id for reference in includes}
