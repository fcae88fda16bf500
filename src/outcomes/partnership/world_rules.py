"""The rules that partners, calendar, layouts, policies and the list of frameworks obey: one rule, one function."""

from collections.abc import Iterator
from typing import Any, Final

from outcomes.definitions import Complaint, Located, Rule, advice, nearest
from outcomes.partnership.layout import NUMBERS
from outcomes.partnership.model import Partner
from outcomes.partnership.policy import Preset
from outcomes.partnership.reading import World
from outcomes.target import Target
from outcomes.vocabulary import PartnerType, Polarity, Role, TargetKind

__all__ = ["WORLD_RULES"]

_AREA_FIX: Final = "Add the area to areas.csv, or correct the code."
_MOST_NAMED: Final = 12
_LONG_FORM: Final = (
    *("indicator_id", "place_code", "period", "sex", "age_band", "deprivation_decile"),
    *("value_note", "comment", "source_code", "value_status"),
)
_INDICATOR_FIX: Final = "Name an indicator by its id, and include its framework."


def unknown_framework(world: World) -> Iterator[Complaint]:
    """A framework that partnership.yaml names exists."""
    found = {source.id for source in world.frameworks}
    for located in world.listed:
        if located.noun not in found:
            message = f"there is no framework {located.noun!r}, neither in frameworks/ nor bundled."
            yield located.says(message, "Add its folder, or correct the name.")


def framework_twice(world: World) -> Iterator[Complaint]:
    """A framework is named once."""
    ids = [located.noun for located in world.listed]
    for position, located in enumerate(world.listed):
        if located.noun in ids[:position]:
            yield located.says(f"framework {located.noun!r} stands twice.", "Keep one.")


def unknown_selection(world: World) -> Iterator[Complaint]:
    """A selection names a framework that is listed, once, and indicators that it asks for."""
    description = world.description
    listed = [located.noun for located in world.listed]
    asked = {source.id: {one.noun.indicator for one in source.inclusions} for source in world.unselected}
    selections = description.noun.selections if description else ()
    for position, selection in enumerate(selections):
        assert description is not None
        if selection.framework not in listed:
            message = f"a selection is made of {selection.framework!r}, which frameworks does not list."
            yield description.says(message, "List the framework, or take the selection out.", "selections", position)
        if selection.framework in [earlier.framework for earlier in selections[:position]]:
            message = f"a selection of {selection.framework!r} already stands above."
            yield description.says(message, "Put both into one.", "selections", position)
        for place, named in enumerate(selection.indicators):
            if named not in asked.get(selection.framework, {named}):
                message = f"framework {selection.framework!r} asks for no indicator {named!r}."
                fix = "Name an id of its inclusions; `outcomes catalogue` lists those of the bundled frameworks."
                yield description.says(message, fix, "selections", position, "indicators", place)


def unknown_area(world: World) -> Iterator[Complaint]:
    """The area that is covered, and those that partners serve, exist."""
    if not world.geography.is_known:
        return
    known = world.geography.declared
    if world.description and world.description.noun.area_code not in known:
        message = f"area_code {world.description.noun.area_code!r} is no area of areas.csv."
        yield world.description.says(message, _AREA_FIX, "area_code")
    for partner in world.partners:
        for position, code in enumerate(partner.noun.footprint):
            if code not in known:
                message = f"{code!r} in the footprint of {partner.noun.code!r} is no area of areas.csv."
                yield partner.says(message, _AREA_FIX, "footprint", position)
        for position, supply in enumerate(partner.noun.supplies):
            for place, code in enumerate(supply.area_codes):
                if code not in known:
                    message = f"{code!r} in what {partner.noun.code!r} supplies is no area of areas.csv."
                    yield partner.says(message, _AREA_FIX, "supplies", position, "area_codes", place)


def unknown_indicator(world: World) -> Iterator[Complaint]:
    """What partners supply, the calendar dates and policies protect is an indicator of a framework in use."""
    if not world.knows_indicators:
        return
    known = world.declared_indicators

    def says(named: str) -> str:
        return f"no framework in use has an indicator {named!r}."

    for partner in world.partners:
        for position, supply in enumerate(partner.noun.supplies):
            for place, named in enumerate(supply.indicators):
                if named not in known:
                    yield partner.says(says(named), _INDICATOR_FIX, "supplies", position, "indicators", place)
    for named in world.calendar.noun.indicators:
        if named not in known:
            yield world.calendar.says(says(named), _INDICATOR_FIX, "indicators", named)
    for policy in world.policies.values():
        for named in policy.noun.presets:
            if named not in known:
                yield policy.says(says(named), _INDICATOR_FIX, "presets", named)


def unknown_layout(world: World) -> Iterator[Complaint]:
    """The layout of a partner's sheets exists."""
    for partner in world.partners:
        if partner.noun.layout and partner.noun.layout not in world.layouts:
            message = f"there is no layout {partner.noun.layout!r}."
            yield partner.says(message, f"The layouts are: {', '.join(sorted(world.layouts))}.", "layout")


def unknown_layout_column(world: World) -> Iterator[Complaint]:
    """Our columns that a layout names exist: those of the long form, and the dimensions of indicators."""
    if not world.knows_indicators:
        return
    indicators = [one.noun for source in (*world.frameworks, *world.unselected) for one in source.indicators]
    dimensions = {breakdown.dimension for one in indicators for breakdown in one.breakdowns}
    known = {*_LONG_FORM, *NUMBERS, *dimensions}
    for layout in world.layouts.values():
        for name in sorted(layout.noun.columns_named - known):
            message = f"no column of ours, and no dimension of an indicator, is called {name!r}."
            near = " or ".join(nearest(name, known))
            fix = f"Did you mean {near}?" if near else f"The columns are: {', '.join(sorted(known))}."
            yield layout.says(message, fix)


def unknown_partner(world: World) -> Iterator[Complaint]:
    """A partner's successor is another partner."""
    for partner in world.partners:
        successor = partner.noun.successor
        if successor and (successor not in world.declared_partners or successor == partner.noun.code):
            message = f"the successor {successor!r} of {partner.noun.code!r} is no other partner."
            yield partner.says(message, "Add the partner, or correct the code.", "successor")


def partner_twice(world: World) -> Iterator[Complaint]:
    """A partner's code stands once, also when written in other letters."""
    seen: dict[str, Located[Partner]] = {}
    for partner in world.partners:
        before = seen.setdefault(partner.noun.code.casefold(), partner)
        if before is not partner:
            message = f"the code {partner.noun.code!r} already stands on line {before.origin.line('code')}."
            yield partner.says(message, "Give each partner its own code.", "code")


def partner_dates(world: World) -> Iterator[Complaint]:
    """A partner does not end before it begins."""
    for partner in world.partners:
        first, last = partner.noun.valid_from, partner.noun.valid_to
        if first and last and first > last:
            yield partner.says(f"valid_from {first} is after valid_to {last}.", "Correct one of the dates.", "valid_to")


def supply_outside_footprint(world: World) -> Iterator[Complaint]:
    """A partner supplies figures only for areas that it serves."""
    for partner in world.partners:
        served = world.geography.with_parts(partner.noun.footprint)
        for position, supply in enumerate(partner.noun.supplies):
            for place, code in enumerate(supply.area_codes):
                if code in world.geography.declared and code not in served:
                    message = f"{partner.noun.code!r} supplies figures for {code!r}, which it does not serve."
                    fix = "Add the area to its footprint, or take it out here."
                    yield partner.says(message, fix, "supplies", position, "area_codes", place)


def unknown_source(world: World) -> Iterator[Complaint]:
    """A partner names only sources whose figures it sends."""
    for partner in world.partners:
        sent = {code for supply in partner.noun.supplies for code in supply.source_codes}
        for code in partner.noun.sources:
            if code not in sent:
                message = f"{partner.noun.code!r} names the source {code!r}, whose figures it does not send."
                fix = "Add it to source_codes of one of its supplies, or take the name out."
                yield partner.says(message, fix, "sources", code)


def file_pattern_twice(world: World) -> Iterator[Complaint]:
    """A file name pattern means one partner."""
    seen: dict[str, str] = {}
    for partner in world.partners:
        pattern = partner.noun.file_pattern
        if pattern and seen.setdefault(pattern, partner.noun.code) != partner.noun.code:
            message = f"the pattern {pattern!r} is also that of {seen[pattern]!r}."
            yield partner.says(message, "Give each partner its own pattern.", "file_pattern")


def policy_range(world: World) -> Iterator[Complaint]:
    """A policy hides a range of counts that begins at 0 or 1 and ends after it begins."""
    for policy in world.policies.values():
        presets: dict[tuple[str, ...], Preset] = {("preset",): policy.noun.preset}
        presets |= {("presets", named): preset for named, preset in policy.noun.presets.items()}
        for path, preset in presets.items():
            if preset.suppress_to == 0:
                continue
            if preset.suppress_from > preset.suppress_to:
                message = f"counts from {preset.suppress_from} to {preset.suppress_to} are none."
                yield policy.says(message, "Let suppress_from be at most suppress_to.", *path, "suppress_from")
            elif preset.suppress_from > 1:
                message = f"counts below {preset.suppress_from} would be shown while larger ones are hidden."
                yield policy.says(message, "Let suppress_from be 0 or 1.", *path, "suppress_from")


def policy_width(world: World) -> Iterator[Complaint]:
    """A policy leaves an outsider unsure of every hidden count by at least 1."""
    for policy in world.policies.values():
        if policy.noun.protection_width < 1:
            message = f"protection_width is {policy.noun.protection_width}."
            yield policy.says(message, "Write 1 or more; 3 is usual.", "protection_width")


def policy_none(world: World) -> Iterator[Complaint]:
    """No policy is called none: that is the unprotected working copy."""
    if "none" in world.policies:
        yield world.policies["none"].says("'none' is no policy.", "Give it another name.", "id")


@advice
def supplies_nothing(world: World) -> Iterator[Complaint]:
    """What a partner supplies concerns some area that it serves, at the indicator's level."""
    levels = dict(world.geography.areas.select("area_code", "level").rows())
    for partner in world.partners:
        served = world.geography.with_parts(partner.noun.footprint)
        for position, supply in enumerate(partner.noun.supplies):
            chosen = served & world.geography.with_parts(supply.area_codes) if supply.area_codes else served
            there = {levels.get(code) for code in chosen}
            for place, named in enumerate(supply.indicators):
                wanted = {indicator.level.value for indicator in world.indicators.get(named, ())}
                if wanted and not wanted & there:
                    message = (
                        f"{partner.noun.code!r} serves no area at level {', '.join(sorted(wanted))} for {named!r}."
                    )
                    fix = "Add such areas to its footprint; until then nothing is expected."
                    yield partner.says(message, fix, "supplies", position, "indicators", place)


@advice
def no_supplier(world: World) -> Iterator[Complaint]:
    """An indicator that a framework in use includes is supplied by a partner."""
    # what cannot be read may be the very supply that is looked for
    if any(fault.file == "partners.yaml" or fault.file.startswith("agreements/") for fault in world.faults):
        return
    supplied = {named for partner in world.partners for supply in partner.noun.supplies for named in supply.indicators}
    for source in world.agreements:
        for version in source.versions:
            for responsibility in version.noun.responsibilities:
                if responsibility.role is Role.SUPPLIES_DATA:
                    supplied.update(responsibility.indicators)
    # before anybody is named, every indicator would be said
    if not supplied or not world.partners:
        return
    included = {
        located.noun.indicator
        for source in world.frameworks
        if source.id in {listed.noun for listed in world.listed}
        for located in source.inclusions
    }
    origin = world.partners[0].origin
    line = origin.lines.get(origin.prefix[:1], 0)
    for named in sorted((included & set(world.indicators)) - supplied):
        message = f"no partner supplies {named!r}, so its line stays empty."
        fix = "Name it under a partner's supplies, or with the role supplies_data in an agreement."
        yield Complaint(origin.file, line, message, fix)


@advice
def definition_to_be_confirmed(world: World) -> Iterator[Complaint]:
    """A definition that was not seen at its publisher is confirmed, or taken as it stands by somebody who is named."""
    counted = {source.id: source for source in world.frameworks}
    agreed = {one.noun.key for source in world.frameworks for one in source.inclusions if one.noun.definition_agreed_by}
    for located in world.listed:
        source = counted.get(located.noun)
        named = sorted(
            {
                one.noun.indicator
                for one in (source.inclusions if source else ())
                for indicator in world.indicators.get(one.noun.indicator, ())
                if indicator.key == one.noun.key and indicator.is_to_be_confirmed and indicator.key not in agreed
            }
        )
        if named:
            number = "1 definition is" if len(named) == 1 else f"{len(named)} definitions are"
            yield located.says(
                f"of what {located.noun!r} asks for, {number} to be confirmed: {_listed(named)}.",
                "Read the publisher's own; say who takes it as it stands in definition_agreed_by of an inclusion of "
                "your own framework, or leave it out.",
            )


@advice
def publisher_supplies(world: World) -> Iterator[Complaint]:
    """A publisher's figures are read where they are published; it owes the partnership no return."""
    for partner in world.partners:
        if partner.noun.type is PartnerType.PUBLISHER and partner.noun.supplies:
            message = f"{partner.noun.code!r} is a publisher, and is expected to send figures."
            yield partner.says(message, "It will be shown as late like any other sender.", "supplies")


@advice
def nothing_expected(world: World) -> Iterator[Complaint]:
    """The calendar says from when on returns are expected."""
    if world.calendar.noun.returns_from is None:
        message = "no returns_from is given, so no figure is ever expected or missing."
        yield world.calendar.says(message, "Add returns_from: with the first day of the first period.")


@advice
def unread_file(world: World) -> Iterator[Complaint]:
    """Every definition file in the folder is one that is read."""
    for name in world.unread:
        yield Complaint(
            name, 0, "nothing reads this file.", "Correct its name, name it in partnership.yaml, or remove it."
        )


@advice
def change_for_the_worse(world: World) -> Iterator[Complaint]:
    """A change from an own baseline goes the way that is good; the other way it only says how much may be lost."""
    polarity = {
        (source.id, one.noun.indicator): one.noun.polarity for source in world.frameworks for one in source.inclusions
    }
    asked: list[tuple[Located[Any], int, Target, list[str]]] = [
        (one, place, target, [source.id])
        for source in world.frameworks
        for one in source.inclusions
        for place, target in enumerate(one.noun.targets)
    ]
    asked += [
        (version, place, target, list(version.noun.frameworks))
        for agreed in world.agreements
        for version in agreed.versions
        for place, target in enumerate(version.noun.targets)
    ]
    for located, place, target, frameworks in asked:
        known = [polarity[key] for key in ((named, target.indicator) for named in frameworks) if key in polarity]
        # a gap has a rule of its own
        if target.kind is not TargetKind.CHANGE or target.by is None:
            continue
        is_rise = (target.by.points or target.by.per_cent or 0.0) > 0
        if (Polarity.LOWER_IS_BETTER if is_rise else Polarity.HIGHER_IS_BETTER) in known:
            way, good = ("rise", "lower") if is_rise else ("fall", "higher")
            message = (
                f"{target.indicator!r} is to {way}, and {good} is better: whoever stands still has met the target."
            )
            fix = "Turn the sign round, unless the target only limits how far it may move."
            yield located.says(message, fix, "targets", place, "by")


def _listed(named: list[str]) -> str:
    """Ids for a message; of many only the first."""
    shown = ", ".join(named[:_MOST_NAMED])
    return shown if len(named) <= _MOST_NAMED else f"{shown} and {len(named) - _MOST_NAMED} more"


WORLD_RULES: Final[tuple[Rule[World], ...]] = (
    unknown_framework,
    framework_twice,
    unknown_selection,
    unknown_area,
    unknown_indicator,
    unknown_layout,
    unknown_layout_column,
    unknown_partner,
    partner_twice,
    partner_dates,
    supply_outside_footprint,
    unknown_source,
    file_pattern_twice,
    policy_range,
    policy_width,
    policy_none,
    supplies_nothing,
    no_supplier,
    definition_to_be_confirmed,
    publisher_supplies,
    change_for_the_worse,
    nothing_expected,
    unread_file,
)
