"""Parquet files and frames: types are seen and not trusted."""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from outcomes.intake.checking import check
from outcomes.intake.preparing import prepared
from outcomes.intake.reading import read_content
from outcomes.intake.tables import finders_for, read_tables
from outcomes.intake.terms import Terms
from outcomes.intake.unfolding import stacked
from outcomes.partnership.layout import Limits
from outcomes.vocabulary import Severity, Verdict
from tests.unit.intake.described import world
from tests.unit.intake.returns_world import AS_OF, WORLD, codes, found, returns_world, row_of, sent

CLEAN: dict[str, list[Any]] = {
    "indicator_id": ["stay", "stay"],
    "place_code": ["P1", "P2"],
    "period": ["2026-04", "2026-04"],
    "numerator": [10, 11],
    "denominator": [20, 20],
}


def frame(**columns: Any) -> pl.DataFrame:
    return pl.DataFrame({**CLEAN, **columns})


def parquet(table: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.write_parquet(buffer)
    return buffer.getvalue()


def test_a_frame_and_its_parquet_file_say_the_same() -> None:
    from_frame, from_file = sent(frame()), sent(parquet(frame()), file_name="T1_return.parquet")
    assert from_frame.verdict is from_file.verdict is Verdict.ACCEPTED
    assert from_frame.frame.equals(from_file.frame)
    assert from_frame.frame["row"].to_list() == [2, 3]


@pytest.mark.parametrize("name", ["*", "^.*$", "^x$", "^place.*$"])
def test_a_column_is_read_by_its_place_whatever_its_name_could_mean(name: str) -> None:
    named = frame(**{name: ["943 476 5919", "other"]})
    for result in (sent(named), sent(parquet(named), file_name="T1_return.parquet")):
        assert [(one.code, one.row) for one in result.findings if one.severity is Severity.ERROR] == [("OUT-701", 2)]
    harmless = frame(**{name: ["one", "other"]})
    for result in (sent(harmless), sent(parquet(harmless), file_name="T1_return.parquet")):
        assert result.frame.select("area_code", "numerator").rows() == [("P1", 10), ("P2", 11)]


def test_texts_that_some_rows_share_and_that_are_too_many_to_be_counted_are_no_damage() -> None:
    comments = pl.int_range(0, 1 << 18, eager=True) % 70_000
    many = pl.concat([frame()] * (1 << 17)).with_columns(comments.cast(pl.String).alias("comment"))
    assert read_content(parquet(many), "many.parquet", Limits(), bool).grids[0].cells["5"].dtype == pl.String


def test_the_same_frame_has_the_same_hash_and_another_has_another() -> None:
    assert sent(frame()).sha256 == sent(frame()).sha256
    assert sent(frame()).sha256 != sent(frame(numerator=[10, 12])).sha256
    nothing, empty = frame(comment=pl.Series([None, None], dtype=pl.String)), frame(comment=["", ""])
    assert sent(nothing).sha256 != sent(empty).sha256


@pytest.mark.parametrize(
    ("numerator", "code"),
    [
        ([float("nan"), 1.0], "OUT-404"),
        ([float("inf"), 1.0], "OUT-404"),
        ([1.5, 1.0], "OUT-406"),
        ([-1, 1], "OUT-409"),
        ([date(2026, 4, 1)] * 2, "OUT-413"),
        ([True, False], "OUT-413"),
        ([1e300, 1.0], "OUT-408"),
    ],
)
def test_a_type_is_no_promise(numerator: list[Any], code: str) -> None:
    result = sent(frame(numerator=numerator))
    assert result.verdict is Verdict.REJECTED
    assert (2, "numerator") in {(finding.row, finding.column) for finding in found(result, code)}


def test_whole_counts_in_a_float_column_are_read_and_said() -> None:
    result = sent(frame(numerator=[10.0, 11.0]))
    assert codes(result) == {"OUT-452"}
    assert result.frame["numerator"].to_list() == [10, 11]


def test_decimals_are_read_exactly() -> None:
    table = frame(indicator_id=["half", "half"], numerator=[Decimal("155.5"), Decimal("2.0")])
    assert sent(table).frame["numerator"].to_list() == [311, 4]


def test_a_missing_number_is_blank_and_not_zero() -> None:
    result = sent(frame(numerator=[None, 1]))
    assert [(finding.row, finding.column) for finding in found(result, "OUT-401")] == [(2, "numerator")]


@pytest.mark.parametrize(
    ("period", "form"),
    [([date(2026, 4, 1)] * 2, True), ([date(2026, 4, 30)] * 2, True), ([date(2026, 4, 2)] * 2, False),
     ([datetime(2026, 4, 1)] * 2, True), ([datetime(2026, 4, 1, 8)] * 2, False), ([202604, 202604], False)],
)  # fmt: skip
def test_a_typed_date_is_a_month_only_at_its_ends_and_at_midnight(period: list[Any], form: bool) -> None:
    result = sent(frame(period=period))
    assert codes(result) == ({"OUT-351"} if form else {"OUT-302"})


def test_a_column_of_lists_is_refused() -> None:
    assert codes(sent(frame(numerator=[[1], [2]]))) == {"OUT-109"}


def test_categories_are_text() -> None:
    assert sent(frame(place_code=pl.Series(["P1", "P2"], dtype=pl.Categorical))).verdict is Verdict.ACCEPTED


def many(**columns: Any) -> pl.DataFrame:
    """Four places of a hundred periods: what rows say is shared by many of them."""
    periods = [f"{year}-{month:02d}" for year in range(2017, 2025) for month in range(1, 13)]
    rows = [("stay", place, period) for period in periods for place in ("P1", "P2", "p1 ", "Nowhere")]
    table = pl.DataFrame(rows, schema=["indicator_id", "place_code", "period"], orient="row")
    return table.with_columns(numerator=pl.int_range(pl.len()), denominator=pl.lit(1000), **columns)


def test_what_rows_share_is_kept_in_no_row() -> None:
    terms = Terms(WORLD, WORLD.partner("T1"), AS_OF, WORLD.layouts["native"])
    reading = read_content(parquet(many(sex=pl.lit("Male"))), "T1.parquet", terms.layout.limits, bool)
    table = read_tables(reading.grids, finders_for(terms), terms).table
    held = prepared(table, terms)
    kept = [
        frame[name]
        for frame in (reading.grids[0].cells, table.entries, held.rows)
        for name in frame.columns
        if frame.schema[name] == pl.String and frame[name].null_count() < frame.height
    ]
    # what is the same in all rows is none of the file's own texts
    assert [column.name for column in kept if column.n_unique() > 1] == []
    texts = ["indicator_id_text", "place_code_text", "period_text", "sex_text"]
    assert held.select(texts).equals(table.entries.select(pl.col(texts).cast(pl.String)))
    assert not set(texts) & set(held.rows.columns)


def test_texts_that_many_rows_share_are_found_fault_with_as_in_a_text_file() -> None:
    place = pl.when(pl.col("numerator") == 7).then(pl.lit("")).otherwise("place_code")
    sent_twice = many().with_columns(place_code=place).with_columns(sex=pl.lit(" ")).vstack(
        many().with_columns(sex=pl.lit(" ")).head(40)
    )  # fmt: skip
    from_file = sent(parquet(sent_twice), file_name="T1_return.parquet")
    from_text = sent(sent_twice.write_csv())
    said = [[(one.code, one.row, one.column, one.value, one.text) for one in result.findings]
            for result in (from_file, from_text)]  # fmt: skip
    assert said[0] == said[1]
    assert {"OUT-205", "OUT-206", "OUT-505"} <= codes(from_file)
    assert from_file.indicator_ids == from_text.indicator_ids == ("stay",)


def test_personal_numbers_and_cells_beyond_all_length_are_found_among_shared_texts() -> None:
    for note, code in (("9991234578", "OUT-701"), ("x" * 40_000, "OUT-013")):
        comment = pl.when(pl.col("numerator") == 300).then(pl.lit(note)).otherwise(pl.lit("none"))
        (finding,) = found(sent(many().with_columns(comment=comment)), code)
        assert finding.row == 302


def test_blank_rows_and_notes_are_found_among_shared_texts() -> None:
    at = pl.col("numerator")
    blank = [pl.when(at != 5).then(name).alias(name) for name in CLEAN]
    result = sent(many().with_columns(blank))
    assert [one.row for one in found(result, "OUT-152")] == [7]
    spaces = many().with_columns(pl.when(at == 5).then(pl.lit("\t")).otherwise("period").alias("period"))
    assert [one.row for one in found(sent(spaces), "OUT-301")] == [7]


def test_whole_numbers_of_a_typed_table_are_read_by_a_layout_that_names_its_columns() -> None:
    theirs = {
        "What": "indicator_id",
        "Area": "place_code",
        "Month": "period",
        "Seen": "numerator",
        "All": "denominator",
    }
    table = frame().rename({ours: name for name, ours in theirs.items()})
    partnership = world({"columns": theirs})
    for content in (table, parquet(table)):
        result = check(content, partnership, partner="T1", as_of=AS_OF, layout="theirs", file_name="T1_x.parquet")
        assert (result.verdict, result.observations.frame["numerator"].to_list()) == (Verdict.ACCEPTED, [10, 11])


def test_tables_of_several_types_stand_one_below_the_other_as_texts() -> None:
    shared = pl.Series("place_text", ["York", "York"], dtype=pl.Enum(["York"]))
    first = pl.DataFrame([shared, pl.Series("numerator_text", [1, 2])])
    second = pl.DataFrame({"place_text": ["Leeds"], "numerator_text": ["[c]"]})
    assert stacked([first, second]).rows() == [("York", "1"), ("York", "2"), ("Leeds", "[c]")]


def test_too_many_rows_or_columns_are_refused() -> None:
    small = WORLD.layouts["native"].model_copy(update={"limits": Limits(max_rows=1, max_columns=6)})
    partnership = returns_world(layouts={"native": small})
    assert codes(sent(frame(), partnership=partnership)) == {"OUT-011"}
    assert codes(sent(parquet(frame()), partnership=partnership, file_name="T1.parquet")) == {"OUT-011"}
    wide = frame(a=[1, 2], b=[1, 2])[:1]
    assert codes(sent(wide, partnership=partnership)) == {"OUT-012"}


def test_a_packed_table_of_countless_cells_is_refused_before_it_is_read() -> None:
    columns = [pl.lit(None, dtype=pl.String).alias(f"c{number}") for number in range(150)]
    table = pl.select(pl.repeat("x", 1_500_000).alias("x")).with_columns(columns)
    content = parquet(table)
    assert len(content) < 5_000_000
    assert codes(sent(content, file_name="T1.parquet")) == {"OUT-011"}


@pytest.mark.parametrize("cut", [4, 12, 60, 400])
def test_a_parquet_file_that_is_cut_off_is_refused(cut: int) -> None:
    content = parquet(frame())
    assert codes(sent(content[:-cut], file_name="T1.parquet")) == {"OUT-008"}
    # a whole tail on a broken body
    broken = content[:40] + bytes(len(content) - 80) + content[-40:]
    assert sent(broken, file_name="T1.parquet").verdict is Verdict.REJECTED


def test_a_parquet_file_named_as_text_is_read_and_said() -> None:
    assert codes(sent(parquet(frame()), file_name="T1_return.csv")) == {"OUT-055"}


def test_messages_on_a_frame_have_rows_and_no_cell_addresses() -> None:
    (finding,) = found(sent(frame(numerator=[30, 1])), "OUT-501")
    assert (finding.row, finding.column, finding.cell) == (2, "numerator", None)


def test_a_decile_in_a_float_column_is_the_whole_number() -> None:
    result = sent(frame(deprivation_decile=[1.0, None]))
    assert row_of(result, 2)["breakdown"] == "deprivation_decile=1"
    assert row_of(result, 3)["breakdown"] == ""
