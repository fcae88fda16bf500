"""What each form of agreement may bind, and what one binds: the table MAY_BIND and the noun Binding."""

from types import MappingProxyType
from typing import Final

from outcomes.scalars import Definition, NotNegativeWhole, Text, Words
from outcomes.vocabulary import AgreementForm, ContractKind, Matter

__all__ = ["MAY_BIND", "NEEDS_DELEGATION", "Binding", "may_bind"]

# The forms are those of P. Allanson, "Whose system is it anyway?", Good Governance Institute, 6 November 2020. What
# each may bind follows NHS England, "Arrangements for delegation and joint exercise of statutory functions" (statutory
# guidance under section 65Z7 of the NHS Act 2006: delegation and joint committees, sections 65Z5 and 65Z6), section 75
# of that Act (pooled funds, functions and staff across the NHS and councils), and for alliances and lead providers
# J. Copps, "Three questions about integrated care", Mutual Ventures, 2019: contracts that leave organisations separate.
MAY_BIND: Final[MappingProxyType[AgreementForm | ContractKind, frozenset[Matter]]] = MappingProxyType(
    {
        # an understanding: whoever does not keep to it breaks no law
        AgreementForm.MEMORANDUM_OF_UNDERSTANDING: frozenset(),
        AgreementForm.FORMAL_DELEGATION: frozenset({Matter.FUNCTIONS, Matter.POOLED_BUDGET}),
        # each committee decides for its own body, at one table
        AgreementForm.COMMITTEES_IN_COMMON: frozenset({Matter.FUNCTIONS}),
        AgreementForm.JOINT_COMMITTEE: frozenset({Matter.FUNCTIONS, Matter.POOLED_BUDGET, Matter.SERVICES}),
        AgreementForm.JOINT_VENTURE: frozenset({Matter.SERVICES, Matter.PAYMENT, Matter.STAFF, Matter.ASSETS}),
        AgreementForm.MERGER: frozenset(Matter),
        ContractKind.SECTION_75: frozenset({Matter.FUNCTIONS, Matter.POOLED_BUDGET, Matter.STAFF}),
        ContractKind.ALLIANCE: frozenset({Matter.SERVICES, Matter.PAYMENT}),
        ContractKind.LEAD_PROVIDER: frozenset({Matter.SERVICES, Matter.PAYMENT, Matter.STAFF}),
    }
)
# a body that others set up decides what they handed to it, and nothing else
NEEDS_DELEGATION: Final = frozenset({AgreementForm.FORMAL_DELEGATION, AgreementForm.JOINT_COMMITTEE})


class Binding(Definition):
    """One thing that decisions under the agreement bind the partners to.

    Attributes:
        matter: What it is about.
        what: In words, what is bound.
        delegation: The id of the delegation that it rests on; of a formal delegation and a joint committee needed.
        budget: In whole pounds, the money that may be decided on under it; None where no money goes with it.
    """

    matter: Matter
    what: Text
    delegation: Words = ""
    budget: NotNegativeWhole | None = None


def may_bind(form: AgreementForm, contract_kind: ContractKind | None = None) -> tuple[Matter, ...]:
    """Return what an agreement of a form may bind, in the order of the vocabulary.

    Arguments:
        form: The legal form.
        contract_kind: Of a contract, which sort; None of any other form.

    >>> may_bind(AgreementForm.MEMORANDUM_OF_UNDERSTANDING)
    ()
    >>> [matter.value for matter in may_bind(AgreementForm.CONTRACT, ContractKind.ALLIANCE)]
    ['services', 'payment']
    """
    allowed = MAY_BIND.get(contract_kind if form is AgreementForm.CONTRACT and contract_kind else form, frozenset())
    return tuple(matter for matter in Matter if matter in allowed)
