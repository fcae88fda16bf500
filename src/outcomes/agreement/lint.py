"""The table of the rules that agreements obey; the rules stand in a file a subject, `<subject>_rules.py`."""

from typing import Final

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.commitment_rules import commitment_twice
from outcomes.agreement.naming_rules import (
    unknown_area,
    unknown_framework,
    unknown_indicator,
    unknown_outcome,
    unknown_partner,
)
from outcomes.agreement.rebase_rules import local_rebase, local_rebase_twice
from outcomes.agreement.responsibility_rules import (
    accountable_and_no_party,
    no_owner,
    one_owner,
    responsibility_twice,
)
from outcomes.agreement.signing_rules import (
    carried_over_signature,
    mou_binds,
    party_twice,
    publisher_signs,
    required_signatures,
)
from outcomes.agreement.target_rules import local_target, target_outside_place, target_twice
from outcomes.agreement.version_rules import (
    agreement_dates,
    agreement_supersedes,
    agreement_version_twice,
    superseded_twice,
)
from outcomes.definitions import Rule

__all__ = ["AGREEMENT_RULES"]

AGREEMENT_RULES: Final[tuple[Rule[Agreements], ...]] = (
    unknown_area,
    unknown_partner,
    unknown_indicator,
    unknown_framework,
    unknown_outcome,
    local_target,
    target_outside_place,
    target_twice,
    local_rebase,
    local_rebase_twice,
    agreement_version_twice,
    agreement_supersedes,
    superseded_twice,
    agreement_dates,
    party_twice,
    required_signatures,
    carried_over_signature,
    mou_binds,
    publisher_signs,
    accountable_and_no_party,
    responsibility_twice,
    commitment_twice,
    one_owner,
    no_owner,
)
