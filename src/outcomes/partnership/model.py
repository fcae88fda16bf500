"""The nouns of a partnership: Partner, Supply and the Partnership that holds the whole world of the figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl
from pydantic import Field

from outcomes.agreement.model import (
    Agreement,
    Challenge,
    ControlTotal,
    ReplacedTarget,
    Standing,
    challenges_due,
    replaced_targets,
    standing_of,
    target_subject,
    target_substance,
)
from outcomes.errors import UnknownNameError
from outcomes.framework.model import Framework, Inclusion, Indicator, IndicatorKey, Outcome
from outcomes.geography.areas import Areas
from outcomes.geography.footprints import Footprints
from outcomes.geography.neighbours import Neighbours
from outcomes.geography.succession import Succession
from outcomes.partnership.calendar import Calendar
from outcomes.partnership.layout import NATIVE, Layout
from outcomes.partnership.panels import Panel
from outcomes.partnership.policy import Policy
from outcomes.partnership.sign_offs import FileSignOff
from outcomes.reference_series import ReferenceSeries
from outcomes.scalars import Day, Definition, Flag, Slug, Text, Whole, Words
from outcomes.target import Target
from outcomes.vocabulary import Change, PartnerType

__all__ = ["KnownTarget", "Partner", "Partnership", "PartnershipDescription", "Retention", "Selection", "Supply"]


class Supply(Definition):
    """What a partner sends: indicators, for areas of its footprint, under which source codes.

    Attributes:
        indicators: The ids of the indicators.
        area_codes: Only these areas; empty for every area of the partner's footprint at the indicator's level.
        source_codes: Whose figures it sends, where not its own, such as a lead provider's subcontractors; each stays
            itself, in completeness and lateness too.
    """

    indicators: tuple[Slug, ...]
    area_codes: tuple[Text, ...] = ()
    source_codes: tuple[Text, ...] = ()


class Partner(Definition):
    """An organisation or group of the partnership.

    Attributes:
        code: ODS or local code.
        name: Its full name.
        short_name: A name that fits a narrow column; empty for the full one.
        type: What kind of organisation or group it is.
        footprint: The areas it serves, at any level; areas below them belong to it.
        sources: The names of those whose figures it sends, by their source codes.
        supplies: What it sends; where an agreement in force names suppliers of an indicator, that holds instead.
        file_pattern: How its files are named (shell wildcards), so that an inbox sorts itself.
        layout: The id of the layout of its sheets; empty for the native one.
        answers_for_returns: The role that answers for what it sends, until it signs off a file; never a person.
        valid_from, valid_to: The days on which it began and ended; empty for always.
        successor: The code of the partner that followed it.
    """

    code: Slug
    name: Text
    short_name: Words = ""
    type: PartnerType
    footprint: tuple[Text, ...] = ()
    sources: dict[Text, Text] = Field(default_factory=dict)
    supplies: tuple[Supply, ...] = ()
    file_pattern: Words = ""
    layout: Words = ""
    answers_for_returns: Words = ""
    valid_from: Day | None = None
    valid_to: Day | None = None
    successor: Words = ""

    def is_there_on(self, day: date) -> bool:
        """Whether it has begun by a day, and has not ended before it."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Selection(Definition):
    """Which of a framework's indicators a partnership asks for, on that framework's terms.

    Attributes:
        framework: The id of a framework that partnership.yaml lists.
        indicators: The ids of the indicators that are asked for; its other indicators are left out.
    """

    framework: Slug
    indicators: tuple[Slug, ...] = Field(min_length=1)


class Retention(Definition):
    """How long the record keeps what partners sent.

    Attributes:
        years: So many years after the day on which a submission came, it is due to be expunged.
        authority: Whose rule that is, as it will stand on the tombstones.
    """

    years: Whole = Field(ge=1, le=100)
    authority: Text


class PartnershipDescription(Definition):
    """What partnership.yaml says of the partnership itself.

    Attributes:
        id: A short code for the partnership, kept for good.
        title: Its name, printed at the top of every page.
        area_code: The system that it covers; pages open with it.
        is_fictional: Whether every figure is made up; said on every page.
        introduction: A sentence for the front page.
        selections: Of a large framework, only the indicators named here; one that is not named is taken whole.
        findings_url: The web address of the manual's pages about findings (the folder that holds `OUT-402.md`), to
            which the pages about returns link; empty for no links.
        retention: How long the record keeps what was sent; None for as long as nobody says otherwise.
        contact: Whom partners ask about their returns and send them to, such as a name, an address and a telephone
            number; on templates and in covering notes. Empty for nobody in particular.
        priorities_due: The day by which every place was to have agreed its local priorities; None for no such day.
        control_totals: The sums of the whole system, with what of each is delegated to places.
    """

    id: Slug
    title: Text
    area_code: Text
    is_fictional: Flag = False
    introduction: Words = ""
    selections: tuple[Selection, ...] = ()
    findings_url: Words = ""
    retention: Retention | None = None
    contact: Words = ""
    priorities_due: Day | None = None
    control_totals: tuple[ControlTotal, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownTarget:
    """A target with the place where it stands, by which no two are confused however alike they are.

    Attributes:
        key: Where it stands: `agreements/<area_code>@<version>#<position>` or
            `frameworks/<id>/<indicator>@<version>#<position>`, positions from 1.
        framework_id: The framework on whose terms it is judged; a local target stands once for each.
        indicator: The (id, version) that it is for.
        area_code: The area it is set for; empty on a national target, which holds for every area.
        target: As agreed.
        change: Whether a later version changed or dropped it, so that it is shown until it ends; None of one that
            stands.
        replaced_by: The version that did, its decision and the day from which it holds.
    """

    key: str
    framework_id: str
    indicator: IndicatorKey
    area_code: str
    target: Target
    change: Change | None = None
    replaced_by: tuple[int, str, date] | None = None


@dataclass(frozen=True)
class Partnership:
    """The whole world that figures are read against; nothing in it changes once loaded.

    Attributes:
        description: Id, title, system.
        frameworks: In the order in which they were named.
        agreements: Every version, sorted by area and version.
        areas, footprints: The geography.
        partners: Sorted by code.
        series: Reference series by id.
        layouts: By id; `native` is always there.
        policies: By id.
        calendar: What is due when.
        neighbours: The statistical neighbours of each area.
        panels: The panels of residents, by id.
        sign_offs: Who signed off which file, by partner, file and day.
        fingerprint: The hash of every file (or noun) it was made from.
    """

    description: PartnershipDescription
    frameworks: tuple[Framework, ...]
    areas: Areas
    footprints: Footprints
    agreements: tuple[Agreement, ...] = ()
    partners: tuple[Partner, ...] = ()
    series: Mapping[str, ReferenceSeries] = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=lambda: {"native": NATIVE})
    policies: Mapping[str, Policy] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)
    neighbours: Neighbours = field(default_factory=Neighbours)
    panels: Mapping[str, Panel] = field(default_factory=dict)
    sign_offs: tuple[FileSignOff, ...] = ()
    fingerprint: str = ""

    @cached_property
    def indicators(self) -> dict[IndicatorKey, Indicator]:
        """Every indicator by (id, version), sorted."""
        found = {indicator.key: indicator for framework in self.frameworks for indicator in framework.indicators}
        return dict(sorted(found.items()))

    @cached_property
    def remembered(self) -> dict[tuple[object, ...], pl.DataFrame]:
        """What was worked out of this very partnership and is asked for again and again; nothing in it ever changes."""
        return {}

    @cached_property
    def inclusions(self) -> tuple[tuple[Framework, Inclusion], ...]:
        """Every framework × inclusion, in the order of the frameworks."""
        return tuple((framework, inclusion) for framework in self.frameworks for inclusion in framework.inclusions)

    @cached_property
    def succession(self) -> Succession:
        """Which areas of an earlier day became which."""
        return Succession(self.areas, self.footprints)

    @cached_property
    def partners_by_code(self) -> dict[str, Partner]:
        """Every partner by its code."""
        return {partner.code: partner for partner in self.partners}

    @cached_property
    def names_of_indicators(self) -> dict[str, tuple[str, ...]]:
        """Every id, official code and alias that a partner may send, to the ids it could mean."""
        found: dict[str, set[str]] = {}
        for indicator in self.indicators.values():
            for name in (indicator.id, indicator.official_code, *indicator.aliases):
                if name:
                    found.setdefault(name, set()).add(indicator.id)
        # an id of our own always means itself
        own = {indicator.id for indicator in self.indicators.values()}
        return {name: (name,) if name in own else tuple(sorted(ids)) for name, ids in sorted(found.items())}

    def lines_for(self, agreement: Agreement | None) -> tuple[tuple[Framework, Inclusion], ...]:
        """Return a place's lines: each indicator once, in its first inclusion by the agreement's order of frameworks.

        Arguments:
            agreement: The place's agreement; None for every framework of the partnership, in its own order.
        """
        order = agreement.frameworks if agreement else tuple(framework.id for framework in self.frameworks)
        # what belongs to a member's own contract is no line, unless the partners agreed to share it
        apart = agreement.kept_apart if agreement else frozenset()
        found: dict[IndicatorKey, tuple[Framework, Inclusion]] = {}
        for framework_id in order:
            for framework, inclusion in self.inclusions:
                if framework.id == framework_id and inclusion.indicator not in apart:
                    found.setdefault(inclusion.key, (framework, inclusion))
        return tuple(found.values())

    def outcomes_for(self, agreement: Agreement | None) -> tuple[Outcome, ...]:
        """Return a place's outcomes in the order of its page; one outcome of several frameworks is one.

        Arguments:
            agreement: The place's agreement; None for every framework of the partnership, in its own order.
        """
        order = agreement.frameworks if agreement else tuple(framework.id for framework in self.frameworks)
        by_id = {framework.id: framework for framework in self.frameworks}
        found: dict[str, Outcome] = {}
        for framework_id in order:
            for outcome in sorted(by_id[framework_id].outcomes, key=lambda outcome: (outcome.order, outcome.id)):
                found.setdefault(outcome.id, outcome)
        return tuple(found.values())

    def indicator_on(self, indicator_id: str, day: date) -> Indicator:
        """Return the version of an indicator that holds on a day (the last day of a period).

        Raises:
            UnknownNameError: No indicator, or no version on that day.
        """
        for indicator in reversed(self.versions_of(indicator_id)):
            if indicator.holds_on(day):
                return indicator
        raise UnknownNameError(f"indicator {indicator_id!r} has no version that holds on {day}")

    @cached_property
    def versions_by_indicator(self) -> dict[str, tuple[Indicator, ...]]:
        """Every indicator's versions, earliest first, by its id."""
        found: dict[str, list[Indicator]] = {}
        for (indicator_id, _), indicator in self.indicators.items():
            found.setdefault(indicator_id, []).append(indicator)
        return {indicator_id: tuple(versions) for indicator_id, versions in found.items()}

    def versions_of(self, indicator_id: str) -> tuple[Indicator, ...]:
        """Return every version of an indicator, earliest first; UnknownNameError if there is none."""
        found = self.versions_by_indicator.get(indicator_id)
        if not found:
            raise UnknownNameError(f"no framework of this partnership has an indicator {indicator_id!r}")
        return found

    def partner(self, code: str) -> Partner:
        """Return the partner of a code; UnknownNameError, listing those there are, if nobody defined it."""
        if code not in self.partners_by_code:
            offered = ", ".join(self.partners_by_code) or "none"
            raise UnknownNameError(f"no partner has the code {code!r}; there are: {offered}")
        return self.partners_by_code[code]

    def policy(self, policy_id: str) -> Policy:
        """Return the policy of an id; UnknownNameError, listing those there are, if nobody defined it."""
        if policy_id not in self.policies:
            offered = ", ".join(sorted(self.policies)) or "none"
            raise UnknownNameError(f"no policy is called {policy_id!r}; there are: {offered}")
        return self.policies[policy_id]

    def layout(self, layout_id: str) -> Layout:
        """Return the layout of an id; UnknownNameError, listing those there are, if nobody defined it."""
        if layout_id not in self.layouts:
            raise UnknownNameError(f"no layout is called {layout_id!r}; there are: {', '.join(sorted(self.layouts))}")
        return self.layouts[layout_id]

    @cached_property
    def sectors(self) -> dict[str, PartnerType]:
        """The kind of every partner by its code."""
        return {partner.code: partner.type for partner in self.partners}

    def standing_of(self, agreement: Agreement, as_of: date) -> Standing:
        """Return whether a version of an agreement holds on a date, and whose signatures it waits for."""
        return standing_of(agreement, as_of, self.sectors)

    def agreement_for(self, area_code: str, as_of: date) -> Agreement | None:
        """Return the version of a place's agreement that its page stands on.

        The latest that is in force: a version that holds goes on until a later one has its signatures. Where none is
        in force, the latest that is effective, which is a draft; None where there is none.
        """
        effective = self._effective(area_code, as_of)
        in_force = [one for one in effective if self.standing_of(one, as_of).is_in_force]
        return max(in_force or effective, key=lambda agreement: agreement.version, default=None)

    def challenges_of(self, area_code: str) -> tuple[tuple[Challenge, date | None], ...]:
        """Return every challenge about a place with the day by which a reply is due, as they were raised."""
        versions = [agreement for agreement in self.agreements if agreement.area_code == area_code]
        return challenges_due(versions, lambda day: self.agreement_for(area_code, day))

    def pending_for(self, area_code: str, as_of: date) -> Agreement | None:
        """Return the latest version that is effective and waits for signatures while an earlier one goes on."""
        latest = max(self._effective(area_code, as_of), key=lambda agreement: agreement.version, default=None)
        return latest if latest is not self.agreement_for(area_code, as_of) else None

    def earlier_versions(self, agreement: Agreement) -> tuple[Agreement, ...]:
        """Return the versions that a version supersedes, one after the other, the latest first."""
        by_number = {one.version: one for one in self.agreements if one.area_code == agreement.area_code}
        found: list[Agreement] = []
        before = agreement.supersedes
        while before in by_number and by_number[before] not in found:
            found.append(by_number[before])
            before = by_number[before].supersedes
        return tuple(found)

    def _effective(self, area_code: str, as_of: date) -> list[Agreement]:
        return [one for one in self.agreements if one.area_code == area_code and one.effective_from <= as_of]

    def targets_known(self, as_of: date) -> tuple[KnownTarget, ...]:
        """Return every target agreed by a date, national ones first: of the inclusions, and of the agreements then.

        Those that the agreement in force changed or dropped follow, each with its `change`.
        """
        found = [
            KnownTarget(
                f"frameworks/{framework.id}/{inclusion.indicator}@{inclusion.version}#{position}",
                framework.id,
                inclusion.key,
                target.area_code,
                target,
            )
            for framework, inclusion in self.inclusions
            for position, target in enumerate(inclusion.targets, start=1)
            if target.agreed_on <= as_of
        ]
        for area_code in sorted({agreement.area_code for agreement in self.agreements}):
            agreement = self.agreement_for(area_code, as_of)
            if agreement is None:
                continue
            standing = [(agreement, position, target, None) for position, target in enumerate(agreement.targets)]
            for version, position, target, replaced in [*standing, *self._replaced(agreement, as_of)]:
                if target.agreed_on > as_of:
                    continue
                key = f"agreements/{area_code}@{version.version}#{position + 1}"
                change, by = (replaced[0].change, replaced[1]) if replaced else (None, None)
                found += [
                    KnownTarget(key, framework.id, inclusion.key, target.area_code or area_code, target, change, by)
                    for framework, inclusion in self.inclusions
                    if inclusion.indicator == target.indicator
                ]
        return tuple(found)

    def replaced_target_keys(self, as_of: date) -> frozenset[str]:
        """Return the keys of the targets that agreements in force changed or dropped: shown still, counted no more."""
        return frozenset(known.key for known in self.targets_known(as_of) if known.change is not None)

    def _replaced(
        self, agreement: Agreement, as_of: date
    ) -> Iterator[tuple[Agreement, int, Target, tuple[ReplacedTarget, tuple[int, str, date]]]]:
        """Yield the targets of earlier versions that held once and that a later one changed or dropped."""
        standing = {_said(agreement, target) for target in agreement.targets}
        later = agreement
        for earlier in self.earlier_versions(agreement):
            by = (later.version, later.decision, later.effective_from)
            if self.standing_of(earlier, as_of).is_signed:
                for replaced in replaced_targets(earlier, later, self.versions_by_indicator):
                    # one that came back in a later version stands
                    if _said(earlier, replaced.target) not in standing:
                        yield earlier, replaced.position, replaced.target, (replaced, by)
            later = earlier


def _said(agreement: Agreement, target: Target) -> tuple[str, ...]:
    return (*target_subject(target, agreement.area_code), target_substance(target))
