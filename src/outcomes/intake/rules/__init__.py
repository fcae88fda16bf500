"""The registry of rules: every finding that a check can make, by its stable code."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from outcomes.intake.rules.file_rules import FILE_RULES
from outcomes.intake.rules.history_rules import HISTORY_RULES, TEXT_RULES
from outcomes.intake.rules.identity_rules import IDENTITY_RULES, breakdown_rules
from outcomes.intake.rules.meaning_rules import MEANING_RULES
from outcomes.intake.rules.number_rules import NUMBER_RULES
from outcomes.intake.rules.period_rules import PERIOD_RULES
from outcomes.intake.rules.rule import Rule
from outcomes.intake.rules.shape_rules import SHAPE_RULES

__all__ = ["RULES", "Rule", "rules_for"]

_ALWAYS: Final = (
    *FILE_RULES,
    *SHAPE_RULES,
    *IDENTITY_RULES,
    *PERIOD_RULES,
    *NUMBER_RULES,
    *MEANING_RULES,
    *HISTORY_RULES,
    *TEXT_RULES,
)
_USUAL_DIMENSIONS: Final = ("sex", "age_band", "deprivation_decile")


def rules_for(dimensions: tuple[str, ...]) -> tuple[Rule, ...]:
    """Return every rule, sorted by code, with a check of the categories for each dimension of a partnership.

    >>> rules_for(("sex",))[0].code
    'OUT-001'
    """
    return tuple(sorted((*_ALWAYS, *breakdown_rules(dimensions)), key=lambda rule: rule.code))


# the codes and their words do not depend on a partnership; only the columns of the checks do
RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.code: rule for rule in rules_for(_USUAL_DIMENSIONS)})
