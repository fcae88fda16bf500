"""The crosswalk: one row a measure and set, and what is shared stands together."""

import csv
import io

import pytest

from outcomes.exchange.crosswalk_csv import CROSSWALK_COLUMNS, crosswalk_csv
from outcomes.framework.catalogue import catalogue_of
from outcomes.framework.model import Framework
from outcomes.workflows.cataloguing import catalogue
from tests.small_world import inclusion, indicator


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


@pytest.mark.slow
def test_falls_admissions_stand_in_three_bundled_sets_under_their_own_codes() -> None:
    listed = catalogue(frameworks=["phof", "bcf", "bcf-2023-25"])
    found = [row for row in rows(crosswalk_csv(listed)) if row["reference"] == "phof/22401@1"]
    assert [(row["set_id"], row["official_code"], row["uses"]) for row in found] == [
        ("phof", "C29", "3"),
        ("bcf", "BCF S2", "3"),
        ("bcf-2023-25", "BCF 2023-25 2", "3"),
    ]
    assert len({row["measure"] for row in found}) == 1


def test_every_entry_has_one_row_and_uses_add_up() -> None:
    listed = catalogue()
    found = rows(crosswalk_csv(listed))
    assert len(found) == len(listed.entries)
    assert list(found[0]) == list(CROSSWALK_COLUMNS)
    assert [row["reference"] for row in found] == sorted(row["reference"] for row in found)
    by_measure: dict[str, int] = {}
    for row in found:
        by_measure[row["reference"]] = by_measure.get(row["reference"], 0) + 1
    assert all(int(row["uses"]) == by_measure[row["reference"]] for row in found)


def test_a_name_that_a_spreadsheet_would_run_is_led_by_an_apostrophe() -> None:
    framework = Framework(
        id="f",
        version="1",
        title="F",
        publisher="us",
        source="us",
        licence="none",
        outcomes=({"id": "health", "title": "Health"},),
        indicators=(indicator(name="=cmd()"),),
        inclusions=(inclusion(),),
    )
    (row,) = rows(crosswalk_csv(catalogue_of([framework])))
    assert (row["measure"], row["name"]) == ("'=cmd()", "'=cmd()")
