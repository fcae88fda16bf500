"""What floating point has left behind the decimals is rounded away where the layout says so, and counted."""

import pytest

from outcomes.partnership.layout import Layout
from tests.unit.intake.returns_world import codes, found, indicator, returns_world, sent, sheet

LAYOUT = Layout.model_validate(
    {"id": "floats", "title": "Floats", "rounded_to": {"numerator": "2", "denominator": "0"}}
)
SHARE = indicator("share", numerator="number", numerator_scale=100)
WORLD = returns_world(indicators=(SHARE,), layouts={"floats": LAYOUT})


@pytest.mark.parametrize(
    ("numerator", "denominator", "stored"),
    [
        ("67.2654280026543", "99.99999999999", (6727, 100)),
        ("0.005", "99.5", (1, 100)),
        ("0.0049999", "99.4999", (0, 99)),
        ("3.1", "7", (310, 7)),
    ],
)
def test_numbers_are_rounded_half_away_from_zero(numerator: str, denominator: str, stored: tuple[int, int]) -> None:
    result = sent(sheet(f"share,P1,2026-04,{numerator},{denominator}"), partnership=WORLD, layout="floats")
    assert result.frame.select("numerator", "denominator").rows() == [stored], result.findings


def test_it_is_said_of_each_number_that_was_rounded() -> None:
    rows = ("share,P1,2026-04,67.2654280026543,100", "share,P2,2026-04,3.25,100")
    result = sent(sheet(*rows), partnership=WORLD, layout="floats")
    (finding,) = found(result, "OUT-461")
    assert (finding.row, finding.column, finding.value) == (2, "numerator", "67.2654280026543")
    assert "67.27" in finding.text


def test_without_a_word_of_the_layout_it_is_refused() -> None:
    result = sent(sheet("share,P1,2026-04,67.2654280026543,100"), partnership=WORLD)
    assert "OUT-407" in codes(result)


def test_values_are_never_rounded() -> None:
    with pytest.raises(ValueError, match="rounded_to"):
        Layout.model_validate({"id": "floats", "title": "Floats", "rounded_to": {"value": "2"}})
