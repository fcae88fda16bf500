"""`outcomes burden`: what each partner is asked for, in a line each or measure by measure."""

import json

import pytest

from outcomes.bundled import bundled_folder
from tests.unit.cli.running import Command

EASTVALE = str(bundled_folder("examples", "eastvale"))
ASKED = ("burden", "--partnership", EASTVALE, "--as-of", "2026-11-22")


def test_every_partner_has_a_line(outcomes: Command) -> None:
    done = outcomes(*ASKED)
    assert (done.code, len(done.out.splitlines())) == (0, 13)
    assert (
        "Eastvale and Moor Integrated Care Board (EMI): 3 measures, 32 rows a year; 88 if every set asked by itself"
        in done.out
    )


@pytest.mark.slow
def test_one_partner_is_told_measure_by_measure(outcomes: Command) -> None:
    done = outcomes(*ASKED, "--partner", "EMI")
    assert done.out.splitlines()[1] == "  22401 Falls admissions: 24 rows a period, used by eastvale, phof, bcf"
    rows = json.loads(outcomes(*ASKED, "--partner", "EMI", "--json").out)
    assert [(row["indicator_id"], row["uses"]) for row in rows] == [("22401", 3), ("92443", 2), ("93759", 2)]


def test_a_partner_that_there_is_not_is_a_plain_message(outcomes: Command) -> None:
    done = outcomes(*ASKED, "--partner", "NOBODY")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("no partner has the code 'NOBODY'; there are: CWC, EHG")
