"""Drafts the next version of an agreement, within what its level owns."""

from collections.abc import Sequence
from datetime import date

from outcomes.agreement.model import Agreement, Party, owned_by_lower, target_sort
from outcomes.errors import SubsidiarityError, UnknownNameError
from outcomes.partnership.model import Partnership
from outcomes.target import Target

__all__ = ["propose_version"]


def propose_version(
    partnership: Partnership,
    area_code: str,
    *,
    targets: Sequence[Target] = (),
    dropping: Sequence[str] = (),
    decision: str,
    reason: str,
    effective_from: date,
    review_by: date,
) -> Agreement:
    """Return the next version of a place's agreement, as a draft that nobody has signed.

    Arguments:
        partnership: The world.
        area_code: The area whose agreement it is.
        targets: Targets to set; one for the same measure, area, group and sort takes the place of the one before.
        dropping: The ids of indicators whose targets, and of priorities which, are dropped.
        decision: The reference of the decision that is asked for.
        reason: Why.
        effective_from, review_by: When it is to hold, and until when.

    Raises:
        UnknownNameError: The area has no agreement.
        SubsidiarityError: A target belongs to another level; the message names the agreement in which it is changed.

    >>> from tempfile import TemporaryDirectory
    >>> from outcomes.partnership.loading import load_partnership
    >>> from outcomes.partnership.scaffold import init_partnership
    >>> with TemporaryDirectory() as folder:
    ...     _ = init_partnership(f"{folder}/ours", template="life-course")
    ...     partnership = load_partnership(f"{folder}/ours")
    >>> terms = {"decision": "PB 2027/02", "reason": "Another comes first"}
    >>> held = {"effective_from": date(2027, 4, 1), "review_by": date(2028, 3, 31)}
    >>> draft = propose_version(partnership, "PLACE-A", dropping=["carers-break"], **terms, **held)
    >>> draft.version, [priority.id for priority in draft.priorities], any(party.signed_on for party in draft.parties)
    (2, ['early-help', 'part-of-the-neighbourhood', 'died-where-they-chose'], False)
    """
    for target in targets:
        _refuse_what_others_own(partnership, area_code, target)
    latest = max(
        (one for one in partnership.agreements if one.area_code == area_code), key=lambda one: one.version, default=None
    )
    if latest is None:
        raise UnknownNameError(f"no agreement is recorded for {area_code!r}; write agreements/{area_code}.yaml first")
    replaced = {target_sort(target, area_code) for target in targets}
    kept = tuple(
        target
        for target in latest.targets
        if target_sort(target, area_code) not in replaced and target.indicator not in dropping
    )
    return latest.model_copy(
        update={
            "version": latest.version + 1,
            "supersedes": latest.version,
            "parties": tuple(
                Party(partner=party.partner, signatory_role=party.signatory_role) for party in latest.parties
            ),
            "targets": (*kept, *targets),
            "priorities": tuple(one for one in latest.priorities if one.id not in dropping),
            "decision": decision,
            "reason": reason,
            "effective_from": effective_from,
            "review_by": review_by,
        }
    )


def _refuse_what_others_own(partnership: Partnership, area_code: str, target: Target) -> None:
    own, of = partnership.areas[area_code].level, target.area_code or area_code
    for lower in sorted({one.area_code for one in partnership.agreements} & _below(partnership, area_code)):
        latest = max((one for one in partnership.agreements if one.area_code == lower), key=lambda one: one.version)
        theirs = owned_by_lower(target, area_code, latest, {lower, *_below(partnership, lower)})
        if theirs is not None:
            raise SubsidiarityError(
                f"the target for {target.indicator!r} in {of!r} is owned by the {theirs.set_by.value} "
                f"({partnership.areas[lower].name}), and a {own.value} cannot change it; it takes version "
                f"{latest.version + 1} of agreements/{lower}.yaml, signed by its parties"
            )
    if target.set_by is not own:
        raise SubsidiarityError(
            f"the target for {target.indicator!r} is owned by the level {target.set_by.value}, and the agreement of "
            f"{area_code!r} is of a {own.value}; set it in the agreement or framework of that level"
        )


def _below(partnership: Partnership, area_code: str) -> frozenset[str]:
    return frozenset(partnership.footprints.descendants(area_code))
