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
from outcomes.agreement.change_rules import (
    agreed_edition,
    change_without_decision,
    change_without_reason,
    overlapping_versions,
)
from outcomes.agreement.commitment_rules import commitment_dates, commitment_twice, withdrawn_without_reason
from outcomes.agreement.contract_rules import (
    contract_measure,
    contract_of_a_stranger,
    contract_twice,
    shared_measure_of_no_contract,
)
from outcomes.agreement.dispute_rules import dispute_of_one, dispute_period, dispute_settled, dispute_two_things
from outcomes.agreement.form_rules import (
    binds_beyond_its_delegation,
    binds_beyond_its_form,
    contract_kind,
    mou_binds,
)
from outcomes.agreement.insight_rules import (
    insight_circle,
    insight_released_without_consent,
    insight_too_few,
    insight_twice,
    insight_words,
    summary_of_elsewhere,
    summary_shows_more,
    unknown_insight,
    unknown_insight_area,
    unknown_insight_outcome,
)
from outcomes.agreement.meeting_rules import (
    agreed_before_its_decision,
    decision_not_in_register,
    decision_outcome,
    decision_twice,
    decision_without_quorum,
    decision_without_words,
    meeting_twice,
    private_without_reason,
    unknown_meeting,
)
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
from outcomes.agreement.priority_rules import (
    accountable_role_apart,
    agreed_on_old_evidence,
    priority_agreed_by_nobody,
    priority_twice,
    priority_without_evidence,
)
from outcomes.agreement.rebase_rules import local_rebase, local_rebase_twice
from outcomes.agreement.release_rules import release_without_day, release_without_role, released_by_a_person
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
    lacks_signature,
    party_twice,
    publisher_signs,
    sign_off_beyond_parties,
    signed_by_a_person,
)
from outcomes.agreement.subsidiarity_rules import (
    owned_by_another_level,
    priority_of_a_lower_level,
    target_of_a_lower_level,
)
from outcomes.agreement.target_rules import (
    local_target,
    target_outside_place,
    target_signed_after_its_data,
    target_twice,
)
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
    target_signed_after_its_data,
    target_outside_place,
    target_twice,
    local_rebase,
    local_rebase_twice,
    agreement_version_twice,
    agreement_supersedes,
    superseded_twice,
    agreement_dates,
    party_twice,
    signed_by_a_person,
    sign_off_beyond_parties,
    lacks_signature,
    carried_over_signature,
    contract_kind,
    mou_binds,
    binds_beyond_its_form,
    binds_beyond_its_delegation,
    overlapping_versions,
    change_without_reason,
    change_without_decision,
    agreed_edition,
    owned_by_another_level,
    target_of_a_lower_level,
    priority_of_a_lower_level,
    priority_twice,
    priority_without_evidence,
    priority_agreed_by_nobody,
    agreed_on_old_evidence,
    accountable_role_apart,
    contract_measure,
    shared_measure_of_no_contract,
    contract_of_a_stranger,
    contract_twice,
    publisher_signs,
    accountable_and_no_party,
    responsibility_twice,
    responsibility_population,
    commitment_twice,
    commitment_dates,
    withdrawn_without_reason,
    release_without_role,
    release_without_day,
    released_by_a_person,
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
    meeting_twice,
    unknown_meeting,
    decision_twice,
    decision_outcome,
    decision_without_quorum,
    decision_without_words,
    private_without_reason,
    agreed_before_its_decision,
    decision_not_in_register,
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
    insight_twice,
    unknown_insight_area,
    unknown_insight_outcome,
    insight_words,
    insight_too_few,
    insight_released_without_consent,
    unknown_insight,
    insight_circle,
    summary_of_elsewhere,
    summary_shows_more,
    one_owner,
    no_owner,
    one_in_the_room,
)
