"""The table of the rules that agreements obey; the rules stand in a file a subject, `<subject>_rules.py`."""

from typing import Final

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.challenge_rules import (
    challenge_dates,
    challenge_half_answered,
    challenge_level,
    challenge_to_itself,
    challenge_twice,
    challenge_without_clock,
)
from outcomes.agreement.commitment_rules import commitment_dates, commitment_twice, withdrawn_without_reason
from outcomes.agreement.dispute_rules import dispute_of_one, dispute_period, dispute_settled, dispute_two_things
from outcomes.agreement.money_rules import (
    control_total_parts,
    control_total_twice,
    delegation_dates,
    delegations_overlap,
    no_risk_share_without_parts,
    resource_amount,
    resource_beyond_part,
    resource_twice,
    risk_shares_sum,
    unknown_control_total,
    unknown_money_outcome,
    unknown_money_partner,
)
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
    one_in_the_room,
    one_owner,
    responsibility_population,
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
    responsibility_population,
    commitment_twice,
    commitment_dates,
    withdrawn_without_reason,
    challenge_twice,
    challenge_to_itself,
    challenge_level,
    challenge_dates,
    challenge_half_answered,
    challenge_without_clock,
    dispute_of_one,
    dispute_two_things,
    dispute_settled,
    dispute_period,
    control_total_twice,
    control_total_parts,
    unknown_money_partner,
    unknown_money_outcome,
    unknown_control_total,
    risk_shares_sum,
    delegation_dates,
    delegations_overlap,
    resource_amount,
    resource_twice,
    resource_beyond_part,
    no_risk_share_without_parts,
    one_owner,
    no_owner,
    one_in_the_room,
)
