"""`outcomes template` writes one workbook or nothing, and `check` and `receive` know whose it is when it comes back."""

from pathlib import Path

import pytest

from tests.template_filling import filled
from tests.unit.cli.running import DAY, Command, Done

EASTVALE = ("--partnership", str(Path(__file__).parents[3] / "examples" / "eastvale"))


@pytest.mark.slow
def test_a_template_is_written_filled_checked_and_received_without_a_word_on_whose_it_is(
    outcomes: Command, desk: Path
) -> None:
    asked = ("template", *EASTVALE, "--partner", "STA", *DAY)
    done = outcomes(*asked, "--out", "to fill/return.xlsx", "--contact", "Ann Other, ann@example.org")
    assert done == Done(0, "to fill/return.xlsx written for St Aldhelm's Hospice. Send it to them to fill.\n", "")
    content = (desk / "to fill" / "return.xlsx").read_bytes()
    returned = desk / "anything.xlsx"
    returned.write_bytes(filled(content, lambda row, _: {"numerator": row, "denominator": 80}))
    checked = outcomes("check", "anything.xlsx", *EASTVALE, *DAY)
    assert (checked.code, checked.out.splitlines()) == (
        0,
        ["anything.xlsx from STA: ready to send", "  14 figures read"],
    )
    received = outcomes("receive", "anything.xlsx", *EASTVALE, "--ledger", "ledger", *DAY)
    assert received.code == 0
    assert "STA: accepted, 14 of 14 figures new" in received.out


@pytest.mark.slow
def test_the_same_request_writes_the_same_bytes(outcomes: Command, desk: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        assert outcomes("template", *EASTVALE, "--partner", "EVH", *DAY, "--out", name).code == 0
    assert (desk / "one.xlsx").read_bytes() == (desk / "two.xlsx").read_bytes()


@pytest.mark.slow
def test_what_cannot_be_written_is_one_plain_message_and_no_file(outcomes: Command, desk: Path) -> None:
    before = sorted(desk.iterdir())
    for options, said in (
        (("--partner", "EMP", "--out", "x.xlsx"), "is asked for no figure by 2026-11-22"),
        (("--partner", "NOBODY", "--out", "x.xlsx"), "no partner has the code 'NOBODY'"),
        (("--partner", "EVH", "--out", "x.csv"), "it ends in .xlsx"),
        (("--partner", "EVH", "--out", "x.xlsx", "--period", "next month"), "for the period next month"),
    ):
        done = outcomes("template", *EASTVALE, *DAY, *options)
        assert (done.code, done.out) == (2, "")
        assert said in " ".join(done.err.split()), done.err
        assert "Traceback" not in done.err
    assert sorted(desk.iterdir()) == before
