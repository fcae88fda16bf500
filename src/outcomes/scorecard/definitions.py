"""Says how a measure is defined and computed, for print."""

from outcomes.framework.model import Inclusion, Indicator
from outcomes.scorecard.model import DefinitionBreak, DefinitionSummary
from outcomes.vocabulary import AS_PUBLISHED

__all__ = ["definition_of"]


def definition_of(
    indicator: Indicator, method: str, method_title: str, inclusion: Inclusion | None = None
) -> DefinitionSummary:
    """Return how a measure is defined and computed, for print.

    Arguments:
        indicator: The definition.
        method: The name of the method of the value or its interval; empty where there is none.
        method_title: What that method is called in print; of a value taken as published, why it is so is added, and
            of counts that come together, how many count as one.
        inclusion: The terms on which it is judged: who takes a definition that is to be confirmed, and who agreed
            which way is good; None where it is only told.
    """
    if indicator.published_because and method == AS_PUBLISHED:
        method_title = f"{method_title}. {indicator.published_because}"
    elif indicator.design_effect != 1 and method:
        method_title = f"{method_title}, {indicator.design_effect:g} of those counted taken as one (design effect)"
    return DefinitionSummary(
        numerator=indicator.numerator_definition,
        denominator=indicator.denominator_definition,
        unit=indicator.unit,
        multiplier=indicator.multiplier,
        statistic=indicator.statistic,
        method=method,
        method_title=method_title,
        measured=indicator.measured.value.replace("_", " "),
        level=indicator.level,
        source=indicator.source,
        source_url=indicator.source_url,
        licence=indicator.licence,
        limits_of_use=indicator.limits_of_use,
        comparable_with=indicator.comparable_with,
        population_basis=indicator.population_basis,
        verified=indicator.verified.text if indicator.verified else "",
        is_to_be_confirmed=indicator.is_to_be_confirmed,
        not_established=indicator.not_established,
        published_as=indicator.published_as,
        published_name=indicator.published_name,
        agreed_by=inclusion.definition_agreed_by if inclusion else "",
        polarity_agreed_by=inclusion.polarity_agreed_by if inclusion else "",
        breaks=tuple(DefinitionBreak(day=one.from_day, because=one.because) for one in indicator.breaks),
    )
