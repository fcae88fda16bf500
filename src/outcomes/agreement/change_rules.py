"""The rules about what a new version of an agreement changes: one rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Agreement, Difference, differences, is_same_decision, replaced_targets
from outcomes.definitions import Complaint, Located
from outcomes.vocabulary import AgreementPart, Change

__all__ = ["agreed_edition", "change_without_decision", "change_without_reason", "overlapping_versions"]

_KEYS = {AgreementPart.TARGETS: "targets", AgreementPart.PRIORITIES: "priorities"}
_NOUNS = {
    AgreementPart.TARGETS: "the target for",
    AgreementPart.PRIORITIES: "the priority",
    AgreementPart.DEFINITIONS: "the definition of",
}


def change_without_reason(agreements: Agreements) -> Iterator[Complaint]:
    """A new version that changes or drops a target, a priority or a definition says why."""
    for version, difference in _weighty(agreements):
        if not version.noun.reason:
            message = f"version {version.noun.version} {_spoken(difference)}, and gives no reason."
            yield version.says(
                message, "Add reason: to the version; what was agreed does not go without one.", *_at(difference)
            )


def change_without_decision(agreements: Agreements) -> Iterator[Complaint]:
    """A target, priority or definition is changed or dropped by a decision of its own, not by the earlier one."""
    for earlier, later in agreements.succeeded:
        for difference in _weighty_of(agreements, earlier.noun, later.noun):
            if is_same_decision(later.noun.decision, earlier.noun.decision):
                message = (
                    f"version {later.noun.version} {_spoken(difference)} under {later.noun.decision!r}, the decision "
                    f"of version {earlier.noun.version}."
                )
                yield later.says(
                    message, "Name the decision that made this version.", *(_at(difference) or ("decision",))
                )
        for replaced in replaced_targets(earlier.noun, later.noun, agreements.indicators):
            if replaced.successor is None:
                continue
            target = later.noun.targets[replaced.successor]
            if is_same_decision(target.decision, replaced.target.decision):
                message = (
                    f"the target for {target.indicator!r} is changed under {target.decision!r}, the decision that set "
                    "it."
                )
                fix = "Name the decision by which it was changed."
                yield later.says(message, fix, "targets", replaced.successor, "decision")
                continue
            # whoever signed the earlier version signed what stood in it before the change
            signed = earlier.noun.first_signed_on
            if target.agreed_on <= replaced.target.agreed_on:
                since = f"the one it takes the place of was agreed on {replaced.target.agreed_on}"
            elif signed is not None and target.agreed_on <= signed:
                since = f"the one it takes the place of was signed on {signed}, in version {earlier.noun.version}"
            else:
                continue
            message = f"the target for {target.indicator!r} is changed as agreed on {target.agreed_on}, and {since}."
            fix = "Write the day on which the change was agreed; a target is agreed before the data it judges."
            yield later.says(message, fix, "targets", replaced.successor, "agreed_on")


def overlapping_versions(agreements: Agreements) -> Iterator[Complaint]:
    """The versions of an agreement hold one after the other, in the order of their numbers."""
    for source in agreements.sources:
        ordered = sorted(source.versions, key=lambda located: located.noun.version)
        for place, version in enumerate(ordered):
            # the version that it supersedes is asked about by agreement-supersedes
            for before in (one for one in ordered[:place] if one.noun.version != version.noun.supersedes):
                is_earlier = before.noun.version < version.noun.version
                if is_earlier and before.noun.effective_from >= version.noun.effective_from:
                    message = (
                        f"version {version.noun.version} takes effect on {version.noun.effective_from}, while version "
                        f"{before.noun.version} does on {before.noun.effective_from}: both would hold."
                    )
                    yield version.says(message, "A later version takes effect later.", "effective_from")


def agreed_edition(agreements: Agreements) -> Iterator[Complaint]:
    """The editions of frameworks in use are those that the last version of an agreement names."""
    for version in agreements.versions:
        is_last = not any(before.noun is version.noun for before, _ in agreements.succeeded)
        for position, text in enumerate(version.noun.framework_versions):
            framework, _, edition = text.partition("@")
            at = ("framework_versions", position)
            if not edition or framework not in version.noun.frameworks:
                message = f"{text!r} is no edition of a framework of this agreement."
                yield version.says(message, f"Write it as {version.noun.frameworks[0]}@ and its version.", *at)
            elif is_last and framework in agreements.editions and agreements.editions[framework] != edition:
                message = (
                    f"edition {edition} of {framework!r} was agreed, and edition {agreements.editions[framework]} is "
                    "in use: its definitions may have changed."
                )
                fix = "Make a new version of the agreement that names it, with a reason and a decision."
                yield version.says(message, fix, *at)


def _weighty(agreements: Agreements) -> Iterator[tuple[Located[Agreement], Difference]]:
    for earlier, later in agreements.succeeded:
        for difference in _weighty_of(agreements, earlier.noun, later.noun):
            yield later, difference


def _weighty_of(agreements: Agreements, earlier: Agreement, later: Agreement) -> Iterator[Difference]:
    found = differences(earlier, later, agreements.indicators)
    yield from (difference for difference in found if difference.is_weighty)


def _spoken(difference: Difference) -> str:
    verb = "drops" if difference.change is Change.DROPPED else "changes"
    group = f", {difference.breakdown}," if difference.breakdown else ""
    return f"{verb} {_NOUNS[difference.part]} {difference.about!r}{group}"


def _at(difference: Difference) -> tuple[str | int, ...]:
    if difference.position < 0:
        return ()
    return (_KEYS[difference.part], difference.position)
