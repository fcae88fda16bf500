"""Whose signatures make an agreement valid, and whether it has them: SignOff, Standing and standing_of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, Self

from pydantic import model_validator

from outcomes.scalars import Day, Definition, PositiveWhole, Slug, Text, Words
from outcomes.vocabulary import PartnerType, SignOffRule

__all__ = ["Party", "SignOff", "Signed", "Standing", "needs_every_party", "standing_of"]


class Party(Definition):
    """A partner that the agreement names: the role (never the person) that signs, and when it did.

    Attributes:
        partner: The partner's code.
        signatory_role: The role that signs for it; never a person's name.
        signed_on: The day of the signature; empty until then.
    """

    partner: Slug
    signatory_role: Text
    signed_on: Day | None = None


class SignOff(Definition):
    """Which signatures make a version valid.

    Attributes:
        rule: `unanimous`: every party. `quorate`: so many parties, from so many kinds of partner. `lead_only`: the
            party that leads.
        number: Of quorate: at least so many parties.
        sectors: Of quorate: parties of at least so many kinds of partner.
        lead: Of lead only: the code of the party that signs for all.
        required: The codes of parties without whose signature it does not hold, whatever the rule.
    """

    rule: SignOffRule = SignOffRule.UNANIMOUS
    number: PositiveWhole | None = None
    sectors: PositiveWhole | None = None
    lead: Words = ""
    required: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _has_the_keys_of_its_rule(self) -> Self:
        is_counted = self.number is not None or self.sectors is not None
        if self.rule is SignOffRule.QUORATE and not is_counted:
            raise ValueError("quorate needs number or sectors: how many parties, or from how many kinds of partner")
        if self.rule is not SignOffRule.QUORATE and is_counted:
            raise ValueError("number and sectors go with rule: quorate; take them away, or write that rule")
        if (self.rule is SignOffRule.LEAD_ONLY) != bool(self.lead):
            raise ValueError("rule: lead_only and lead go together; name the party that signs for all, or neither")
        return self


class Signed(Protocol):
    """What is signed: a version of an agreement."""

    @property
    def effective_from(self) -> date:
        """The day from which it holds."""

    @property
    def parties(self) -> tuple[Party, ...]:
        """The partners that sign it."""

    @property
    def sign_off(self) -> SignOff:
        """Which signatures make it valid."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a version of an agreement holds on a date.

    Attributes:
        is_in_force: It is effective and has every signature that it needs.
        is_effective: Its day has come, signed or not.
        signed: The codes of the parties that had signed by then.
        unsigned: The codes of those that had not.
        waits_for: The codes of those without whose signature it does not hold.
        more_parties: So many more signatures are needed, of whichever parties; 0 where the rule counts none.
        more_sectors: So many more kinds of partner must sign.
    """

    is_in_force: bool
    is_effective: bool
    signed: tuple[str, ...]
    unsigned: tuple[str, ...]
    waits_for: tuple[str, ...]
    more_parties: int
    more_sectors: int

    @property
    def is_signed(self) -> bool:
        """Whether its sign-off rule is met, effective or not."""
        return not (self.waits_for or self.more_parties or self.more_sectors)


def standing_of(version: Signed, as_of: date, sectors: Mapping[str, PartnerType]) -> Standing:
    """Return whether a version of an agreement holds on a date, and what it waits for.

    Arguments:
        version: Its parties with the days of their signatures, its sign-off rule and the day from which it holds.
        as_of: Signatures after this date are not known yet.
        sectors: The kind of each partner by its code; only a quorum of sectors asks for it.

    >>> from types import SimpleNamespace
    >>> parties = (Party(partner="A", signatory_role="Chair", signed_on=date(2026, 3, 1)),
    ...            Party(partner="B", signatory_role="Leader"))
    >>> version = SimpleNamespace(effective_from=date(2026, 4, 1), parties=parties, sign_off=SignOff())
    >>> standing_of(version, date(2026, 5, 1), {}).waits_for
    ('B',)
    """
    rule = version.sign_off
    codes = tuple(dict.fromkeys(party.partner for party in version.parties))
    days = {party.partner: party.signed_on for party in version.parties}
    signed = tuple(code for code in codes if _by(days[code], as_of))
    unsigned = tuple(code for code in codes if code not in signed)
    waits_for = tuple(code for code in _needed(rule, codes) if code not in signed)
    more_parties = more_sectors = 0
    if rule.rule is SignOffRule.QUORATE:
        more_parties = max(0, (rule.number or 0) - len(signed))
        more_sectors = max(0, (rule.sectors or 0) - len({sectors[code] for code in signed if code in sectors}))
    is_effective = version.effective_from <= as_of
    is_signed = not (waits_for or more_parties or more_sectors)
    return Standing(is_effective and is_signed, is_effective, signed, unsigned, waits_for, more_parties, more_sectors)


def needs_every_party(version: Signed) -> bool:
    """Return whether a version cannot hold before every one of its parties has signed it.

    Arguments:
        version: Its parties and its sign-off rule.

    >>> from types import SimpleNamespace
    >>> parties = (Party(partner="A", signatory_role="Chair"), Party(partner="B", signatory_role="Leader"))
    >>> rules = SignOff(), SignOff(rule="quorate", number=2), SignOff(rule="quorate", number=1, required=("A",))
    >>> [needs_every_party(SimpleNamespace(effective_from=None, parties=parties, sign_off=rule)) for rule in rules]
    [True, True, False]
    """
    rule, codes = version.sign_off, {party.partner for party in version.parties}
    return codes.issubset(_needed(rule, tuple(codes))) or (rule.number or 0) >= len(codes)


def _by(signed_on: date | None, as_of: date) -> bool:
    return signed_on is not None and signed_on <= as_of


def _needed(rule: SignOff, codes: Sequence[str]) -> tuple[str, ...]:
    match rule.rule:
        case SignOffRule.UNANIMOUS:
            needed: tuple[str, ...] = tuple(codes)
        case SignOffRule.LEAD_ONLY:
            needed = (rule.lead,)
        case SignOffRule.QUORATE:
            needed = ()
    return tuple(dict.fromkeys((*needed, *rule.required)))
