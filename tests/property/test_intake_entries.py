"""What many rows share is kept once, and is asked about as if it stood in every row."""

from difflib import get_close_matches

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.intake import coding
from outcomes.intake.codes import closest
from outcomes.intake.coding import coded, packed, packed_by_table, ranked
from outcomes.intake.entries import Entries

_PLACES = st.sampled_from(["York", "Leeds", None, "Hull"])
_ROWS = st.lists(st.tuples(_PLACES, st.sampled_from(["F", "M", None]), st.integers(-2, 2)), max_size=25)
_SCHEMA = {"place": pl.String(), "sex": pl.String(), "number": pl.Int64()}
_CONDITIONS = (
    pl.col("place") == "York",
    pl.col("place").is_null(),
    pl.col("is_north") & (pl.col("place") != "Leeds"),
    (pl.col("place") == "York") & (pl.col("sex") == "F"),
    pl.col("is_north") & (pl.col("number") < 0),
    pl.col("number") > 1,
)


def _kept_once(wide: pl.DataFrame) -> Entries:
    places, sexes = coded(wide["place"]), coded(wide["sex"])
    told = places.distinct.with_columns((pl.col("place") != "Hull").alias("is_north"))
    held = Entries(wide.select("number")).with_table("place_at", places.at, told)
    return held.with_table("sex_at", sexes.at, sexes.distinct)


@given(_ROWS, st.sampled_from([1, 3, 1 << 19]))
def test_the_same_rows_are_found_as_in_a_wide_table_however_many_are_looked_at_together(
    rows: list[tuple[object, ...]], at_once: int
) -> None:
    wide = pl.DataFrame(rows, schema=_SCHEMA, orient="row").with_columns((pl.col("place") != "Hull").alias("is_north"))
    held = _kept_once(wide)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(coding, "_AT_ONCE", at_once)
        found = held.positions_of_each(_CONDITIONS)
    assert [one.to_list() for one in found] == [
        wide.select(condition.fill_null(False).arg_true()).to_series().to_list() for condition in _CONDITIONS
    ]
    assert held.wide().select(wide.columns).equals(wide)
    assert held.only(["sex", "number"]).at(found[0]).select("sex", "number").equals(wide[found[0]]["sex", "number"])


@given(_ROWS)
def test_a_column_made_of_others_is_the_rows_own_and_stands_before_a_table(rows: list[tuple[object, ...]]) -> None:
    wide = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    made = [(pl.col("number") * 2).alias("twice"), pl.col("sex").fill_null("?").alias("place")]
    held = _kept_once(wide).with_columns(made)
    assert held.select("place", "twice", "sex").equals(wide.with_columns(made).select("place", "twice", "sex"))
    assert "sex" not in held.rows.columns


@given(_ROWS)
def test_different_sets_of_values_are_those_of_a_wide_table(rows: list[tuple[object, ...]]) -> None:
    wide = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    for names in (["place", "sex"], ["number"], ["sex", "number"]):
        assert _kept_once(wide).different(names).sort(names).equals(wide.select(names).unique().sort(names))


def test_what_a_table_tells_is_the_rows_own_no_more() -> None:
    rows = Entries(pl.DataFrame({"place": ["York", "Leeds"], "number": [1, 2]}))
    at, told = pl.Series([0, 0], dtype=pl.UInt32), pl.DataFrame({"place": ["Hull"]})
    held = rows.with_table("place_at", at, told)
    assert held.rows.columns == ["number", "place_at"]
    assert held["place"].to_list() == ["Hull", "Hull"]


def test_what_is_told_of_some_rows_is_false_or_missing_of_the_others() -> None:
    told = pl.DataFrame({"is_odd": [True, True], "why": ["one", "three"]})
    held = Entries(pl.DataFrame({"number": [0, 1, 2, 3]})).with_some("odd_at", pl.Series([1, 3], dtype=pl.UInt32), told)
    assert held["is_odd"].to_list() == [False, True, False, True]
    assert held["why"].to_list() == [None, "one", None, "three"]
    assert held.rows["odd_at"].dtype == pl.UInt8


@given(_ROWS, st.sampled_from([1, 1 << 62]))
def test_a_key_of_tables_is_in_the_order_of_the_key_of_rows_whatever_the_room(
    rows: list[tuple[object, ...]], room: int
) -> None:
    wide = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    sexes, places = coded(wide["sex"]), coded(wide["place"])
    of_sexes, of_places = ranked(sexes.distinct), ranked(places.distinct)
    # what one table tells may stand before and after what another does
    parts = [("sex", *of_sexes), ("place", *of_places), ("sex", *of_sexes)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(coding, "_MOST_PACKED", room)
        patched.setattr(coding, "_AT_ONCE", 4)
        keys = packed_by_table(pl.DataFrame({"sex": sexes.at, "place": places.at}), parts)
    ats = {"sex": sexes.at, "place": places.at}
    wanted = packed([(ranks.gather(ats[name]), order.height) for name, ranks, order in parts])
    assert len(keys) == len(rows)
    assert keys.rank("dense").to_list() == wanted.rank("dense").to_list()


@given(st.text("abé1", max_size=6), st.lists(st.text("abé1", max_size=6), max_size=6))
def test_the_nearest_name_is_the_one_that_comparing_each_finds(word: str, offered: list[str]) -> None:
    names = sorted(offered)
    begun = [name for name in names if len(word) >= 3 and name.startswith(word)]
    alike = get_close_matches(word, names, n=1, cutoff=0.75)
    assert closest(word, offered) == (begun[0] if begun else alike[0] if alike else None)
