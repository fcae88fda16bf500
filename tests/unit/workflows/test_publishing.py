"""Publishing is refused, with every reason, until an audit exists."""

from datetime import date

import pytest

import outcomes as oc
from outcomes.bundled import bundled_folder
from outcomes.workflows.example import ExampleRun
from outcomes.workflows.publishing import refusals


def cards(example: ExampleRun, policy: str) -> oc.Scorecards:
    partnership = oc.load_partnership(bundled_folder("examples", "eastvale"))
    ledger = oc.open_ledger(example.ledger, create=False)
    return oc.scorecards(partnership, ledger.observations(), as_of=date(2026, 11, 22), policy=policy)


@pytest.mark.slow
def test_a_protected_draft_is_refused_for_want_of_an_audit(example: ExampleRun) -> None:
    with pytest.raises(oc.PublicationRefused, match="No audit has shown") as refusal:
        oc.publish(cards(example, "hes-2018"), decision="JC 2026-11/4")
    assert "JC 2026-11/4" in str(refusal.value)


@pytest.mark.slow
def test_a_working_copy_is_refused_for_what_it_is(example: ExampleRun) -> None:
    assert refusals(cards(example, "none"))[0].startswith("This is the working copy")


@pytest.mark.slow
def test_a_place_whose_agreement_lacks_a_signature_is_named(example: ExampleRun) -> None:
    said = [reason for reason in refusals(cards(example, "hes-2018")) if "signatures" in reason]
    assert said == ["Dunmarsh: the agreement lacks signatures (11 of 12 have signed)."]
