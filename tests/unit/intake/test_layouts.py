"""Layouts as data: other people's sheets read without special code, and what is left out is counted and said."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from outcomes.bundled import bundled_folder
from outcomes.intake.checking import check
from outcomes.partnership.layout import Layout, RowFilter
from outcomes.partnership.loading import load_partnership
from outcomes.vocabulary import RowStatus, Verdict
from tests.shared import needs_shared, shared_path
from tests.unit.intake.returns_world import codes, found, returns_world, row_of, sent

PUBLISHED: dict[str, Any] = {
    "id": "published",
    "title": "A published sheet",
    "columns": {
        "Measure": "indicator_id",
        "Area Code": "place_code",
        "Year": "period",
        "Count": "numerator",
        "Population": "denominator",
        "Group": "sex",
    },
    "ignored_columns": ("Area Name",),
    "codes": {"indicator_id": {"Visits rate": "yearly"}, "sex": {"Everyone": "Persons"}, "place_code": {"X1": "P1"}},
    "rows": (
        RowFilter(column="Area Type", skip=("Region",), because="Regions are added up here."),
        RowFilter(column="Kind", keep=("", "final"), because="Drafts are not read."),
    ),
    "period": {"form": "year"},
    "ragged_tail": 1,
}
TEXT = (
    "Measure,Area Code,Area Name,Area Type,Year,Count,Population,Group,Kind,Goal\n"
    'Visits rate,X1,"Castlewick\ncity",County,2024,10,20,Everyone,\n'
    "Visits rate,P2,Dunmere,County,2024,11,20,Everyone,final\n"
    "Visits rate,E12,North,Region,2024,21,40,Everyone,\n"
    "Visits rate,P2,Dunmere,County,2024,12,20,Everyone,draft\n"
)


def read(text: str = TEXT, **changed: Any) -> Any:
    layout = Layout(**{**PUBLISHED, **changed})
    return sent(text, partnership=returns_world(layouts={"published": layout}), layout="published")


def test_a_published_sheet_is_read_by_its_description() -> None:
    result = read()
    assert result.verdict is Verdict.ACCEPTED_WITH_WARNING, result.findings
    assert result.frame.select("indicator_id", "area_code", "period", "numerator", "denominator", "row").rows() == [
        ("yearly", "P1", "2024/25", 10, 20, 2),
        ("yearly", "P2", "2024/25", 11, 20, 3),
    ]


def test_what_is_left_out_is_counted_with_its_reason() -> None:
    texts = [finding.text for finding in found(read(), "OUT-163")]
    assert texts == [
        "1 row was left out by the column Area Type, as the description of this sheet says. Regions are added up here.",
        "1 row was left out by the column Kind, as the description of this sheet says. Drafts are not read.",
    ]


def test_columns_that_are_described_need_no_word_and_others_are_named_once() -> None:
    (finding,) = found(read(), "OUT-164")
    assert finding.text.endswith("were not read: goal.")
    assert not found(read(ignored_columns=("Area Name", "Goal")), "OUT-164")


def test_a_row_may_lack_only_as_many_fields_as_the_layout_allows() -> None:
    assert [finding.row for finding in found(read(ragged_tail=0), "OUT-156")] == [2, 3, 4, 5]


def test_a_filter_whose_column_is_missing_rejects_the_file() -> None:
    rows = (RowFilter(column="Status", keep=("final",), because="Drafts are not read."),)
    result = read(rows=rows)
    assert [finding.column for finding in found(result, "OUT-111")] == ["Status"]
    assert result.verdict is Verdict.REJECTED


def test_a_constant_stands_for_a_column_that_the_sheet_does_not_have() -> None:
    text = TEXT.replace("Measure,", "").replace("Visits rate,", "")
    columns = {name: column for name, column in PUBLISHED["columns"].items() if name != "Measure"}
    assert read(text, columns=columns, constants={"indicator_id": "yearly"}).loaded_rows == 2


def test_a_blank_figure_has_the_meaning_that_the_layout_gives_it() -> None:
    text = TEXT.replace(",2024,11,20,", ",2024,,,")
    assert found(read(text), "OUT-401")
    result = read(text, empty_number_means=RowStatus.NOT_AVAILABLE)
    assert (row_of(result, 3)["numerator"], row_of(result, 3)["status"]) == (None, "not_available")
    assert [finding.row for finding in found(result, "OUT-460")] == [3]


def test_markers_lists_and_null_words_are_the_layouts_own() -> None:
    markers = {RowStatus.SUPPRESSED: ("S",)}
    result = read(TEXT.replace(",10,20,", ",s,20,"), markers=markers)
    assert row_of(result, 2)["status"] == "suppressed"
    assert "OUT-402" in codes(read(TEXT.replace(",10,20,", ",[c],20,"), markers=markers))


def test_a_contradiction_is_let_in_only_where_the_layout_gives_a_reason() -> None:
    columns = {**PUBLISHED["columns"], "Value": "value"}
    text = TEXT.replace(",Kind,Goal", ",Value,Kind,Goal").replace("Everyone,", "Everyone,99,")
    assert read(text, columns=columns).verdict is Verdict.REJECTED
    let_in = read(text, columns=columns, tolerated={"OUT-503": "Published so."})
    assert let_in.verdict is Verdict.ACCEPTED_WITH_WARNING
    assert found(let_in, "OUT-503")[0].text.endswith("Let in as it is: Published so.")
    # what cannot be read without doubt can be excused by nobody
    assert read(TEXT.replace(",10,", ",ten,"), tolerated={"OUT-402": "No."}).verdict is Verdict.REJECTED


def test_a_partner_has_its_own_layout_unless_another_is_named() -> None:
    partnership = returns_world(layouts={"published": Layout(**PUBLISHED)}, layout="published")
    assert sent(TEXT, partnership=partnership).loaded_rows == 2
    assert "OUT-101" in codes(sent(TEXT, partnership=partnership, layout="native"))


def test_a_form_of_periods_that_does_not_exist_is_refused_when_the_layout_is_made() -> None:
    with pytest.raises(ValidationError):
        Layout(**{**PUBLISHED, "period": {"form": "weeks"}})


@needs_shared
def test_a_real_download_is_read_by_its_layout() -> None:
    partnership = load_partnership(bundled_folder("examples", "fingertips"))
    file = shared_path("data", "fingertips", "indicators-CountyUA.data.csv")
    result = check(file, partnership, as_of=date(2018, 12, 4))
    assert result.verdict is Verdict.ACCEPTED_WITH_WARNING, result.findings[:5]
    assert result.partner_code == "UKHSA"
    # 852 records, of which 92 are of regions and England; of 10 authorities no count is published
    assert result.loaded_rows == 760
    assert result.frame["status"].value_counts(sort=True).rows() == [(None, 750), ("not_available", 10)]
    assert sorted(result.frame["breakdown"].unique()) == ["", "age_band=0-9 yrs"]
    assert sorted(result.frame["period"].unique()) == ["2015", "2016", "2017"]
    # a record of two lines is one row of the sheet
    assert result.frame["row"].max() == 853
