"""Whatever is sent in whatever order: the ledger knows at each number what a plain dictionary would."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.intake.observations import KEY
from outcomes.ledger.recording import record
from outcomes.ledger.store import open_ledger
from outcomes.ledger.verifying import verify
from tests.unit.ledger.handmade import NOON, accepted, figure, rejected

PARTNERS = ("RXX", "RYY")

figures = st.dictionaries(
    st.tuples(
        st.sampled_from(("a", "b")), st.sampled_from(("", "sex=Female")), st.sampled_from(("2026-05", "2026-06"))
    ),
    st.tuples(st.one_of(st.none(), st.integers(0, 2)), st.sampled_from((None, "checked"))),
    max_size=4,
)
submissions = st.lists(st.tuples(st.sampled_from(PARTNERS), figures, st.booleans()), max_size=6)


def rows_of(partner: str, sent: dict[tuple[str, str, str], tuple[int | None, str | None]]) -> list[dict[str, Any]]:
    return [
        figure(
            numerator,
            partner_code=partner,
            area_code=area,
            breakdown=breakdown,
            period=period,
            status="suppressed" if numerator is None else None,
            comment=comment,
        )
        for (area, breakdown, period), (numerator, comment) in sent.items()
    ]


@settings(max_examples=40, deadline=None)
@given(submissions)
def test_the_ledger_knows_at_each_number_what_a_dictionary_would(sent: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        ledger = open_ledger(Path(name) / "ledger")
        # key to (numerator, comment, submission, is_revision); one dictionary for each number
        known: list[dict[tuple[Any, ...], tuple[Any, ...]]] = [{}]
        for place, (partner, given_figures, is_rejected) in enumerate(sent, start=1):
            content = f"file {place}".encode()
            rows = rows_of(partner, given_figures)
            if is_rejected:
                record(ledger, rejected(content, partner), None, received_at=NOON)
                known.append(known[-1])
                continue
            receipt = record(ledger, accepted(*rows, content=content, partner=partner), content, received_at=NOON)
            state, new = dict(known[-1]), 0
            for row in rows:
                key = tuple(row[part] for part in KEY)
                before = state.get(key)
                if before is None or before[:2] != (row["numerator"], row["comment"]):
                    new += 1
                    is_revision = before is not None and (before[3] or before[0] != row["numerator"])
                    state[key] = (row["numerator"], row["comment"], place, is_revision)
            assert receipt.new_observations == new
            known.append(state)

        # by a ledger that remembers what it has read, and by fresh ones
        for reader in (ledger, open_ledger(ledger.folder)):
            for number in (*reversed(range(len(known))), *range(len(known))):
                frame = reader.observations(number).frame
                columns = (*KEY, "numerator", "comment", "submission", "is_revision")
                assert [(row[: len(KEY)], row[len(KEY) :]) for row in frame.select(columns).rows()] == sorted(
                    known[number].items()
                )
        assert verify(ledger) == ()
