"""The rules about the form of an agreement and what it may bind: one rule, one function."""

import re
from collections.abc import Iterator
from typing import Final

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import NEEDS_DELEGATION, may_bind, needs_every_party
from outcomes.definitions import Complaint
from outcomes.pounds import pounds
from outcomes.vocabulary import AgreementForm, ContractKind

__all__ = ["binds_beyond_its_delegation", "binds_beyond_its_form", "contract_kind", "mou_binds"]

_BINDING: Final = re.compile(r"\b(binding|binds|legally bound)\b", re.IGNORECASE)
# of a few words before it, one that takes it back: "not legally binding", "binds" of a text that binds nobody
_NOT: Final = re.compile(r"\b(not|non|no|none|nothing|nobody|never|neither|nor|without|\w+n['’]t)\b", re.IGNORECASE)
_WORDS_BEFORE: Final = 4


def contract_kind(agreements: Agreements) -> Iterator[Complaint]:
    """A contract says of which sort it is, and nothing else does."""
    kinds = ", ".join(kind.value for kind in ContractKind)
    for version in agreements.versions:
        is_contract = version.noun.form is AgreementForm.CONTRACT
        if is_contract and version.noun.contract_kind is None:
            message = "a contract does not say of which sort it is, so nobody can tell what it may bind."
            yield version.says(message, f"Add contract_kind: one of {kinds}.", "form")
        elif not is_contract and version.noun.contract_kind is not None:
            message = f"contract_kind goes with form: contract, and the form is {version.noun.form.value}."
            yield version.says(message, "Take it away, or write form: contract.", "contract_kind")


def mou_binds(agreements: Agreements) -> Iterator[Complaint]:
    """A memorandum of understanding binds nobody: all sign; it delegates nothing, shares no risk, decides nothing."""
    fix = "Choose the form that was agreed, such as joint_committee."
    for version in agreements.versions:
        noun = version.noun
        if noun.form is not AgreementForm.MEMORANDUM_OF_UNDERSTANDING:
            continue
        for position, binding in enumerate(noun.binds):
            message = f"a memorandum of understanding binds nobody, and this one binds {binding.matter.value}."
            yield version.says(message, fix, "binds", position)
        # whatever form is written: who hands over a function, or bears another's loss, is bound
        for position, delegation in enumerate(noun.delegations):
            message = f"a memorandum of understanding binds nobody, and this one delegates {delegation.function!r}."
            yield version.says(message, fix, "delegations", position)
        for position, risk in enumerate(noun.risk_shares):
            message = (
                "a memorandum of understanding binds nobody, and this one shares the risk of control total "
                f"{risk.control_total!r}."
            )
            yield version.says(message, fix, "risk_shares", position)
        if not needs_every_party(noun):
            message = "a memorandum of understanding cannot hold for parties that have not signed it."
            yield version.says(message, "Leave sign_off out, or choose a form that may bind.", "sign_off")
        said: list[tuple[tuple[str | int, ...], str]] = [
            (("title",), noun.title),
            (("decision",), noun.decision),
            (("reason",), noun.reason),
            (("mission",), noun.mission),
        ]
        said += [(("shared_commitments", place), text) for place, text in enumerate(noun.shared_commitments)]
        for at, text in said:
            if _speaks_of_binding(text):
                message = f"a memorandum of understanding cannot record a binding decision, and {at[0]} speaks of one."
                yield version.says(message, fix, *at)


def binds_beyond_its_form(agreements: Agreements) -> Iterator[Complaint]:
    """An agreement binds what its form may bind."""
    for version in agreements.versions:
        noun = version.noun
        # a memorandum and a contract without its kind have rules of their own
        if noun.form is AgreementForm.MEMORANDUM_OF_UNDERSTANDING:
            continue
        if noun.form is AgreementForm.CONTRACT and noun.contract_kind is None:
            continue
        allowed = may_bind(noun.form, noun.contract_kind)
        named = (noun.contract_kind or noun.form).value.replace("_", " ")
        for position, binding in enumerate(noun.binds):
            if binding.matter not in allowed:
                message = f"{named} cannot bind {binding.matter.value}."
                offered = ", ".join(matter.value for matter in allowed)
                fix = f"It may bind: {offered}. Choose another form, or leave it out."
                yield version.says(message, fix, "binds", position, "matter")


def binds_beyond_its_delegation(agreements: Agreements) -> Iterator[Complaint]:
    """A body that others set up binds them within what they delegated to it, and no further."""
    for version in agreements.versions:
        noun = version.noun
        delegated = {one.id: one for one in noun.delegations}
        offered = ", ".join(sorted(delegated)) or "none"
        spent: dict[str, int] = {}
        for position, binding in enumerate(noun.binds):
            at = ("binds", position)
            if not binding.delegation:
                if noun.form in NEEDS_DELEGATION:
                    message = f"nothing was delegated by which {noun.form.value.replace('_', ' ')} binds this."
                    yield version.says(message, f"Name a delegation of this version; there are: {offered}.", *at)
                continue
            delegation = delegated.get(binding.delegation)
            if delegation is None:
                message = f"there is no delegation {binding.delegation!r} in this version."
                yield version.says(message, f"There are: {offered}.", *at, "delegation")
                continue
            if delegation.to_day is not None and delegation.to_day < noun.effective_from:
                message = (
                    f"delegation {delegation.id!r} ended on {delegation.to_day}, before this version takes effect."
                )
                yield version.says(message, "Renew the delegation, or take the binding out.", *at, "delegation")
            if binding.budget is not None:
                spent[delegation.id] = spent.get(delegation.id, 0) + binding.budget
                if spent[delegation.id] > (delegation.budget or 0):
                    message = (
                        f"{pounds(spent[delegation.id])} is bound under delegation {delegation.id!r}, "
                        f"which carries {pounds(delegation.budget or 0)}."
                    )
                    yield version.says(message, "Bind no more than was delegated.", *at, "budget")


def _speaks_of_binding(text: str) -> bool:
    for found in _BINDING.finditer(text):
        before = " ".join(re.split(r"[\s-]+", text[: found.start()])[-_WORDS_BEFORE - 1 :])
        after = text[found.end() :].split()[:1]
        if not _NOT.search(before) and not any(_NOT.match(word) for word in after):
            return True
    return False
