"""Turns the definition behind a line into the pairs that its disclosure prints: term, text and, where safe, a link."""

from collections.abc import Container, Iterable
from datetime import date
from typing import Final

from outcomes.report.formatting import date_text, joined, number_text, with_unit
from outcomes.report.signals import in_sentence
from outcomes.report.target_words import (
    agreed_text,
    baseline_text,
    distance_text,
    goal_text,
    is_of_level,
    period_of_text,
    set_by_text,
)
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import DefinitionSummary, IndicatorLine, Inequality, SpecialCause, TargetSignal
from outcomes.vocabulary import Polarity, PopulationBasis

__all__ = ["WHAT_IS_COUNTED", "breaks_text", "definition_pairs", "safe_link"]

# what a reader of the place's page needs of a definition; all of it stands on the measure's own page
WHAT_IS_COUNTED: Final = frozenset(
    {
        "def_numerator",
        "def_denominator",
        "def_basis",
        "def_polarity",
        "def_comparison",
        "def_breaks",
        "def_limits",
        "def_comparable",
    }
)

_BASIS: Final = {
    PopulationBasis.RESIDENT: "def_basis_resident",
    PopulationBasis.REGISTERED: "def_basis_registered",
}


def safe_link(address: str) -> str:
    """Return an address that a page may link to: http or https only, else an empty text.

    >>> safe_link("https://fingertips.phe.org.uk"), safe_link("javascript:alert(1)")
    ('https://fingertips.phe.org.uk', '')
    """
    plain = address.strip()
    return plain if plain.lower().startswith(("https://", "http://")) and not set(plain) & set(" \t\n\r\"'<>") else ""


def breaks_text(breaks: Iterable[tuple[date, str]]) -> str:
    """Return in one line from which days a measure is counted in another way, each with why; empty for none.

    >>> breaks_text([(date(2024, 4, 1), "another collection took its place.")])
    'From 1 April 2024: another collection took its place'
    """
    return "; ".join(say("def_break", date=date_text(day), because=because.rstrip(".")) for day, because in breaks)


def _target(line: IndicatorLine, target: TargetSignal) -> str:
    """Who agreed which level for when, by which decision; of a change or a gap, from which baseline."""
    if not is_of_level(target) or target.breakdown:
        baseline = baseline_text(line, target)
        return say(
            "def_target_goal",
            goal=goal_text(line, target),
            baseline=f"{baseline}; " if baseline else "",
            decision=target.decision,
            date=date_text(target.agreed_on) if target.agreed_on else say("unknown_day"),
        )
    known = {
        "value": with_unit(agreed_text(target.target_value), line.unit) if target.target_value is not None else "",
        "period": period_of_text(line.period_kind, target.target_period),
        "level": set_by_text(target.set_by),
        "decision": target.decision,
    }
    if target.agreed_on is None:
        return say("def_target", **known)
    return say("def_target_dated", date=date_text(target.agreed_on), **known)


def _basis(definition: DefinitionSummary) -> str:
    """Whom the measure counts in an area, and that the other count differs by design."""
    return say(_BASIS[definition.population_basis]) if definition.population_basis else ""


def _distances(line: IndicatorLine) -> str:
    """How far each target of another kind than a level is from what is expected of it."""
    told = [
        (goal_text(line, target, is_bare=True), distance_text(line, target))
        for target in line.targets
        if not is_of_level(target) or target.breakdown
    ]
    return "; ".join(say("def_distance", goal=goal, distance=distance) for goal, distance in told if distance)


def _comparisons(line: IndicatorLine) -> str:
    """Which comparisons allow for chance alone though the volume is large, and why."""
    found = [(one.benchmark, one.overdispersion) for one in line.comparisons]
    return "; ".join(
        say("def_not_allowing", benchmark=in_sentence(benchmark.name), areas=allowing.areas or 0)
        for benchmark, allowing in found
        if benchmark is not None and allowing is not None and allowing.word is None
    )


def _established(definition: DefinitionSummary, key: str, text: str) -> str:
    """A part of a definition, or that its sources leave it open."""
    if key not in definition.not_established:
        return text
    return say("def_open_but", text=text) if text else say("def_open")


def _polarity(line: IndicatorLine) -> str:
    """Which way is good, and who agreed it."""
    text = sentence_case(say(f"polarity_{line.polarity.value}"))
    who = line.definition.polarity_agreed_by
    if line.polarity is Polarity.NO_JUDGEMENT or not who:
        return text
    return say("def_polarity_agreed", polarity=text, who=who)


def _special_cause_method(line: IndicatorLine) -> str:
    cause = line.special_cause
    return cause.method_title or cause.method if isinstance(cause, SpecialCause) else ""


def _inequality_method(line: IndicatorLine) -> str:
    gap = line.inequality
    return gap.method_title or gap.method if isinstance(gap, Inequality) else ""


def definition_pairs(line: IndicatorLine, keys: Container[str] | None = None) -> tuple[tuple[str, str, str], ...]:
    """Return (term, text, link) for everything that is known of a line's definition, in a fixed order.

    Arguments:
        line: The line.
        keys: Which entries, by their key in the table of words; None for all.
    """
    definition = line.definition
    whole = definition.multiplier == int(definition.multiplier)
    statistic = say(f"statistic_{definition.statistic.value}")
    if definition.published_as:
        statistic = say("def_published_as", statistic=statistic, what=definition.published_as)
    if definition.multiplier != 1:
        multiplier = number_text(definition.multiplier, 0 if whole else 2)
        statistic = say("def_statistic_text", statistic=statistic, multiplier=multiplier)
    texts = [
        ("def_name", line.name, ""),
        ("def_published_name", definition.published_name, ""),
        ("def_numerator", _established(definition, "numerator_definition", definition.numerator), ""),
        ("def_denominator", _established(definition, "denominator_definition", definition.denominator), ""),
        ("def_basis", _basis(definition), ""),
        ("def_statistic", sentence_case(statistic), ""),
        ("def_unit", _established(definition, "unit", definition.unit), ""),
        ("def_method", definition.method_title or definition.method, ""),
        ("def_trend_method", line.trend.method_title or line.trend.method, ""),
        ("def_special_cause_method", _special_cause_method(line), ""),
        ("def_inequality_method", _inequality_method(line), ""),
        ("def_targets", "; ".join(_target(line, target) for target in line.targets if target.decision), ""),
        ("def_distances", _distances(line), ""),
        ("def_comparison", _comparisons(line), ""),
        ("def_measured", sentence_case(definition.measured), ""),
        ("def_polarity", _polarity(line), ""),
        ("def_level", sentence_case(say(f"level_{definition.level.value}")), ""),
        ("def_suppliers", joined(line.suppliers), ""),
        ("def_source", definition.source or definition.source_url, safe_link(definition.source_url)),
        ("def_licence", definition.licence, ""),
        ("def_breaks", breaks_text((one.day, one.because) for one in definition.breaks), ""),
        ("def_limits", definition.limits_of_use, ""),
        ("def_comparable", definition.comparable_with, ""),
        ("def_verified", sentence_case(definition.verified), ""),
        ("cat_fact_taken", definition.agreed_by, ""),
        ("def_also", joined(line.also_in), ""),
        (
            "def_id",
            say(
                "def_id_text",
                indicator=line.indicator_id,
                version=line.indicator_version,
                framework=line.framework_title,
            ),
            "",
        ),
    ]
    return tuple((say(key), text, link) for key, text, link in texts if text and (keys is None or key in keys))
