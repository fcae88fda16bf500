"""Whatever of an agreement changes from one version to the next, the page says so: every field has its example."""

from datetime import date
from typing import Any

import pytest

from outcomes.agreement.model import LOGS, Agreement, Commitment, differences
from tests.unit.agreement.test_what_was_agreed import agreement, level

TOTAL = {"id": "t", "title": "Pool", "period": "2026/27", "amount": 100, "decision": "B 1"}
HANDED = {
    "id": "d", "function": "Carers", "from_partner": "A", "to_body": "All", "budget": 5, "from": "2026-04-01",
    "instrument": "Scheme", "decision": "B 1",
}  # fmt: skip
SHARED = {"control_total": "t", "decision": "B 1", "shares": [{"partner": "A", "share": "1"}]}
PRIORITY = {"id": "p", "title": "First", "set_by": "place"}
CONTRACT = {"id": "c", "title": "Alliance", "commissioner": "B", "holder": "A", "from": "2026-01-01", "measures": ["x"]}
REBASED = {"indicator": "a", "from": "2026-04-01", "because": "New", "decision": "B 1"}
BOUND = {"what": "Staff", "matter": "staff"}
DUTY = {"partner": "A", "role": "accountable", "indicators": ["a"]}

# what a field says in one version and in the next
CHANGES: dict[str, tuple[Any, Any]] = {
    "form": ("joint_committee", "merger"),
    "contract_kind": (None, "alliance"),
    "frameworks": (["f"], ["f", "g"]),
    "framework_versions": (["f@1"], ["f@2"]),
    "mission": ("", "All well"),
    "shared_commitments": ([], ["We share"]),
    "accountable_role": (None, {"role": "Director", "partner": "A", "decision": "B 1"}),
    "statutory_roles": ([], [{"role": "Director", "partner": "A"}]),
    "priorities": ([PRIORITY], [{**PRIORITY, "title": "Second"}]),
    "contracts": ([CONTRACT], [{**CONTRACT, "measures": ["x", "y"]}]),
    "parties": ([{"partner": "A", "signatory_role": "Leader"}], [{"partner": "A", "signatory_role": "Chair"}]),
    "sign_off": ({"rule": "unanimous"}, {"rule": "quorate", "number": 1}),
    "review_by": ("2027-04-01", "2028-04-01"),
    "responsibilities": ([DUTY], [{**DUTY, "role": "contributes"}]),
    "targets": ([level(50, "2027/28")], [level(50, "2027/28", reached_by="interval")]),
    "rebased": ([REBASED], [{**REBASED, "from": "2026-07-01"}]),
    "control_totals": ([TOTAL], [{**TOTAL, "amount": 101}]),
    "delegations": ([HANDED], [{**HANDED, "budget": 6}]),
    "risk_shares": ([SHARED], [{**SHARED, "terms": "As before"}]),
    "clocks": ({"challenge_reply_days": 28}, {"challenge_reply_days": 56}),
    "binds": ([BOUND], [{**BOUND, "delegation": "d"}]),
}
# which version it is, and what stands beside every difference: its number, days, reason and decision
OF_THE_VERSION = {"area_code", "version", "title", "effective_from", "supersedes", "decision", "reason"}


def test_every_field_has_an_example() -> None:
    logs = {log.name for log in LOGS}
    assert set(CHANGES) == set(Agreement.model_fields) - OF_THE_VERSION - logs


@pytest.mark.parametrize("field", sorted(CHANGES))
def test_a_change_is_told_with_what_stood_before_and_what_stands_now(field: str) -> None:
    before, after = CHANGES[field]
    earlier = agreement(**({field: before} if before is not None else {}))
    later = agreement(**({field: after} if after is not None else {}), version=2)
    found = differences(earlier, later)
    assert found
    assert all((one.before, one.change) != (one.after, "changed") for one in found)
    assert differences(earlier, earlier.model_copy(update={"version": 2})) == ()


def test_a_promise_is_known_from_the_day_on_which_it_was_made() -> None:
    told = {"partner": "A", "what": "Open", "due": "2027-01-01"}
    early, always = Commitment(id="1", agreed_on="2026-09-01", **told), Commitment(id="2", **told)
    held = agreement().model_copy(update={"commitments": (early, always)})
    assert held.commitments_by(date(2026, 8, 31)) == (always,)
    assert held.commitments_by(date(2026, 9, 1)) == (early, always)
