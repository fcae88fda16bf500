"""Runs every rule about a partnership and lists the rules there are."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.lint import AGREEMENT_RULES
from outcomes.agreement.model import Insight
from outcomes.definitions import LOADING_RULES, docs_of, readable_first, run_rules
from outcomes.errors import Fault, UnreadableFileError
from outcomes.framework.lint import FRAMEWORK_RULES, lint_frameworks
from outcomes.framework.loading import lint_framework
from outcomes.geography.lint import GEOGRAPHY_RULES
from outcomes.partnership.money_rules import MONEY_RULES
from outcomes.partnership.neighbour_rules import NEIGHBOUR_RULES
from outcomes.partnership.panel_rules import PANEL_RULES
from outcomes.partnership.reading import World, read_world
from outcomes.partnership.series_rules import SERIES_RULES
from outcomes.partnership.sign_off_rules import SIGN_OFF_RULES
from outcomes.partnership.voice_rules import VOICE_RULES
from outcomes.partnership.world_rules import WORLD_RULES
from outcomes.vocabulary import AreaLevel, PartnerType, Tier

__all__ = ["lint_partnership", "lint_path", "lint_world", "open_world", "rules"]


def lint_partnership(folder: str | Path) -> tuple[Fault, ...]:
    """Return every fault of a partnership's folder, and every piece of advice, sorted by file and line.

    Arguments:
        folder: Holds partnership.yaml and what it names.

    Returns:
        Nothing where all is well. Advice has `is_advice` and stops nothing from being loaded.

    Raises:
        UnreadableFileError: There is no such folder, or it cannot be read.
    """
    return lint_world(open_world(folder))


def lint_path(path: str | Path) -> tuple[Fault, ...]:
    """Return every fault, and every piece of advice, about a partnership, a framework or an agreement.

    Arguments:
        path: A partnership's folder, a framework's folder, or an agreement's file in its partnership.

    Raises:
        UnreadableFileError: It is none of these.
    """
    path = Path(path)
    if path.is_dir() and (path / "framework.yaml").exists() and not (path / "partnership.yaml").exists():
        return lint_framework(path)
    own = path.resolve()
    if path.is_file() and own.parent.name == "agreements" and own.suffix == ".yaml":
        logs = f"agreements/{own.stem}/"
        world = open_world(own.parents[1])
        # an agreement leans on the files around it: while one of them cannot be read, it cannot be called sound
        if unreadable := readable_first(world.faults):
            return unreadable
        found = lint_world(world)
        return tuple(fault for fault in found if fault.file == f"agreements/{own.name}" or fault.file.startswith(logs))
    return lint_partnership(path)


def open_world(folder: str | Path) -> World:
    """Return what a partnership's folder holds, before its rules are asked.

    Raises:
        UnreadableFileError: There is no such folder, or it cannot be read.
    """
    path = Path(folder)
    if not path.is_dir():
        found = "this is a file, not a folder" if path.exists() else "there is no such folder"
        raise UnreadableFileError(f"{folder}: {found}. Give the folder of a partnership.")
    try:
        return read_world(path.resolve())
    except OSError as error:
        raise UnreadableFileError(f"{folder}: the folder cannot be read. See whether you may read it.") from error


def lint_world(world: World) -> tuple[Fault, ...]:
    """Return every fault of a partnership's files and of what they mean, and the advice, sorted by file and line.

    While a file cannot be read, only what keeps it from being read is said.
    """
    if unreadable := readable_first(world.faults):
        return unreadable
    found = {
        *world.faults,
        *lint_frameworks(world.frameworks, tuple(located.noun for located in world.listed)),
        *run_rules(GEOGRAPHY_RULES, world.geography),
        *run_rules(AGREEMENT_RULES, _agreements(world)),
        *run_rules(SERIES_RULES, world),
        *run_rules(WORLD_RULES, world),
        *run_rules(MONEY_RULES, world),
        *run_rules(NEIGHBOUR_RULES, world),
        *run_rules(SIGN_OFF_RULES, world),
        *run_rules(PANEL_RULES, world),
        *run_rules(VOICE_RULES, world),
    }
    return tuple(sorted(found))


def rules() -> dict[str, str]:
    """Return every rule's name and what it asks, sorted by name.

    >>> rules()["duplicate-indicator"]
    'An indicator of one id and version is defined once over all frameworks.'
    """
    found = dict(LOADING_RULES)
    groups: tuple[tuple[Callable[..., Any], ...], ...] = (
        FRAMEWORK_RULES,
        GEOGRAPHY_RULES,
        AGREEMENT_RULES,
        SERIES_RULES,
        WORLD_RULES,
        MONEY_RULES,
        NEIGHBOUR_RULES,
        SIGN_OFF_RULES,
        PANEL_RULES,
        VOICE_RULES,
    )
    for group in groups:
        for name, says in docs_of(group).items():
            # one name, such as unknown-area, may be asked of several files: each says so in its own words
            found[name] = f"{found[name]} {says}" if name in found else says
    return dict(sorted(found.items()))


def _agreements(world: World) -> Agreements:
    shared = {
        source.id: frozenset(
            located.noun.indicator for located in source.inclusions if located.noun.tier is not Tier.OPERATIONAL
        )
        for source in world.frameworks
    }
    outcomes = {outcome.id for source in world.frameworks if source.header for outcome in source.header.noun.outcomes}
    return Agreements(
        sources=world.agreements,
        partners=world.declared_partners if world.knows_partners else None,
        publishers=frozenset(one.noun.code for one in world.partners if one.noun.type is PartnerType.PUBLISHER),
        areas=world.geography.declared if world.geography.is_known else None,
        below={code: world.geography.with_parts((code,)) for code in sorted(_areas_spoken_of(world))},
        frameworks=tuple(located.noun for located in world.listed),
        indicators=world.indicators if world.knows_indicators else None,
        declared=world.declared_indicators,
        shared=shared,
        outcomes=frozenset(outcomes),
        charted=_charted(world),
        asked={source.id: frozenset(one.noun.indicator for one in source.inclusions) for source in world.frameworks},
        supplied={source.area_code: _supplied(world, source.area_code) for source in world.agreements},
        sectors={one.noun.code: one.noun.type for one in world.partners},
        levels={
            code: AreaLevel(level)
            for code, level in world.geography.areas.select("area_code", "level").drop_nulls().iter_rows()
            if level in {known.value for known in AreaLevel}
        },
        editions={source.id: source.header.noun.version for source in world.frameworks if source.header},
    )


def _supplied(world: World, area_code: str) -> dict[str, frozenset[str]]:
    """The indicators that partners serving a place send by partners.yaml, each with these partners."""
    found: dict[str, set[str]] = {}
    within = world.geography.with_parts((area_code,))
    for partner in world.partners:
        if not within.isdisjoint(world.geography.with_parts(partner.noun.footprint)):
            for indicator in (indicator for supply in partner.noun.supplies for indicator in supply.indicators):
                found.setdefault(indicator, set()).add(partner.noun.code)
    return {indicator: frozenset(codes) for indicator, codes in found.items()}


def _areas_spoken_of(world: World) -> set[str]:
    """The places of agreements, and the areas that insights are about."""
    insights = {row.noun.area_code for source in world.agreements for row in source.rows(Insight)}
    return {source.area_code for source in world.agreements} | insights


def _charted(world: World) -> dict[str, frozenset[date]]:
    """The indicators of which a framework in use asks special cause, with the changes that it names."""
    listed = {located.noun for located in world.listed}
    found: dict[str, set[date]] = {}
    for source in world.frameworks:
        for located in source.inclusions:
            if source.id in listed and located.noun.special_cause:
                days = found.setdefault(located.noun.indicator, set())
                days.update(change.from_day for change in located.noun.rebased)
    return {indicator: frozenset(days) for indicator, days in found.items()}
