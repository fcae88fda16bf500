"""Working once for each distinct text gives what working once for each row gives."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.intake import coding
from outcomes.intake import shared_texts as sharing
from outcomes.intake.coding import coded, coded_together, crossed, packed, ranked, spread
from outcomes.intake.numbers import FORM, NumberSpellings, numbers_from_text, read_number
from outcomes.intake.personal_numbers import has_nhs_number, rows_with_nhs_number
from outcomes.intake.reading.grid import KIND
from outcomes.intake.shared_texts import shared_texts
from outcomes.vocabulary import RowStatus

_SPELLINGS = NumberSpellings({"[c]": RowStatus.SUPPRESSED}, frozenset({"null"}))
_TEXTS = st.sampled_from(["York", "york", " York", "Leeds", "é", None])
_ROWS = st.lists(st.tuples(_TEXTS, _TEXTS, st.sampled_from([1, 2, None]), st.just("text")), max_size=30)
_SCHEMA = {"place": pl.String(), "sex": pl.String(), "version": pl.Int32(), "kind": pl.String()}
_NUMBERS = st.one_of(
    st.integers(-(10**19), 10**19).map(str),
    st.text("0123456789+-. ,e[c]\u2212\u0663_", max_size=20),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.none(),
)


def _looking_at(first: int, patched: pytest.MonkeyPatch) -> None:
    """Have so few rows looked at first, and more only where need be."""
    patched.setattr(coding, "_FIRST_LOOK", first)
    patched.setattr(coding, "_LOOKS_FOR_EACH", 1)


@given(_ROWS, st.sampled_from([1, 2, 1 << 18]))
def test_distinct_rows_stand_in_the_order_of_the_rows_and_point_back_to_each(
    rows: list[tuple[object, ...]], first: int
) -> None:
    entries = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    with pytest.MonkeyPatch.context() as patched:
        _looking_at(first, patched)
        found = coded_together([coded(entries[name]) for name in entries.columns])
    assert found.distinct.equals(entries.unique(maintain_order=True))
    assert found.distinct[found.at].equals(entries)
    told = spread(found.distinct, found.at, entries.height)
    assert entries.select("kind").with_columns(told).select(entries.columns).equals(entries)
    places = coded(entries["place"])
    for meant in (pl.col("place").str.to_lowercase().str.strip_chars(), pl.col("place")):
        spelled = coded(places.distinct.select(meant).to_series()).of(places.at)
        assert spelled.distinct[spelled.at].equals(entries.select(meant))


@given(_ROWS, st.sampled_from([1, 1 << 18]))
def test_every_set_of_values_that_might_stand_together_is_asked_about_and_each_row_finds_its_own(
    rows: list[tuple[object, ...]], first: int
) -> None:
    entries = pl.DataFrame(rows, schema=_SCHEMA, orient="row").select("place", "version")
    places, versions = coded(entries["place"]), coded(entries["version"])
    with pytest.MonkeyPatch.context() as patched:
        _looking_at(first, patched)
        found = crossed(places, versions)
    assert found.distinct[found.at].equals(entries)
    assert not found.distinct.is_duplicated().any()
    is_every = places.distinct.height * versions.distinct.height <= len(rows)
    assert found.distinct.height == (
        places.distinct.height * versions.distinct.height if is_every else entries.n_unique()
    )


@given(st.lists(_TEXTS, max_size=30), st.integers(0, 5), st.sampled_from([1, 3, 1 << 16]), st.sampled_from([2, 3, 99]))
def test_texts_that_many_rows_share_say_the_same_wherever_they_are_cut(
    texts: list[str | None], first: int, most: int, looked_at: int
) -> None:
    rows = pl.Series("place", texts, dtype=pl.String)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sharing, "_FIRST_LOOK", looked_at)
        patched.setattr(sharing, "_MOST_SHARED", most)
        shared = shared_texts(rows.to_frame().lazy())
    head = rows.head(looked_at)
    different = rows.drop_nulls().unique(maintain_order=True)
    is_shared = 0 < len(different) <= most and head.n_unique() <= min(most, len(head) // 2)
    assert isinstance(shared.dtype, pl.Enum) is is_shared
    assert shared.cast(pl.String).equals(rows)
    # the same texts give the same, however many cores look at them
    assert not isinstance(shared.dtype, pl.Enum) or shared.dtype.categories.equals(different)
    found, wanted = coded(shared.slice(first)), coded(rows.slice(first))
    assert found.distinct.equals(wanted.distinct)
    assert found.at.equals(wanted.at)


def test_more_different_texts_than_two_bytes_count_stay_texts() -> None:
    numbers = pl.int_range(0, 1 << 20, eager=True)

    def shared(texts: pl.Series) -> pl.Series:
        found = shared_texts(texts.cast(pl.String).to_frame().lazy())
        assert found.cast(pl.String).equals(texts.cast(pl.String))
        return found

    assert shared(numbers % 255).to_physical().dtype == pl.UInt8
    assert shared(numbers % 256).to_physical().dtype == pl.UInt16
    # the first rows share their texts, and those after them do not, or are others
    assert shared(numbers.clip(1 << 18)).dtype == pl.String
    later = shared(numbers // (1 << 13) % 100 * (numbers > 1 << 18))
    assert later.dtype == pl.Enum([str(number) for number in (0, *range(32, 100), *range(1, 28))])
    assert shared(numbers // (1 << 11) % 400 * (numbers > 1 << 18)).to_physical().dtype == pl.UInt16


def test_texts_are_numbered_in_the_order_of_the_rows_whichever_core_saw_them_first() -> None:
    texts = (pl.int_range(0, 1 << 20, eager=True) * 7_919 % 60_000).cast(pl.String)
    shared = shared_texts(texts.to_frame().lazy())
    assert isinstance(shared.dtype, pl.Enum)
    assert shared.dtype.categories.equals(texts.unique(maintain_order=True))
    assert shared.cast(pl.String).equals(texts)


@pytest.mark.parametrize("count", [255, 256, 257, 65_535, 65_536, 65_537])
def test_as_many_values_as_a_whole_number_counts_are_told_apart(count: int) -> None:
    # against their order, so that each is given another number
    numbers = (count - 1 - pl.int_range(0, count, eager=True)).alias("number")
    for found in (
        coded(numbers),
        coded(numbers.cast(pl.String)),
        coded_together([coded((numbers % 2).alias("odd")), coded(numbers)]),
    ):
        assert found.distinct.height == count
        assert found.at.to_list() == list(range(count))


@given(_ROWS)
def test_a_packed_number_orders_rows_as_their_texts_do_whatever_the_room(rows: list[tuple[object, ...]]) -> None:
    entries = pl.DataFrame(rows, schema=_SCHEMA, orient="row").drop_nulls()
    parts = []
    for name in ("place", "version", "sex"):
        found = coded(entries[name])
        ranks, order = ranked(found.distinct)
        parts.append((ranks.gather(found.at), order.height))
    wanted = ranked(entries.select("place", "version", "sex"))[0]
    roomy = packed(parts)
    narrow = packed([(at, coding._MOST_PACKED) for at, _ in parts])
    for keys in (roomy, narrow):
        assert keys.rank("dense").to_list() == wanted.rank("dense").to_list()


@given(st.lists(_NUMBERS, max_size=30), st.sampled_from(["text", "number", "percent"]))
def test_a_column_of_numbers_is_read_as_each_cell_is_read_alone(texts: list[str | None], kind: str) -> None:
    cells = [text or None for text in texts]
    kinds = pl.repeat(kind, len(cells), dtype=KIND, eager=True)
    found = numbers_from_text(pl.Series(cells, dtype=pl.String), kinds, _SPELLINGS)
    alone = [(None, None, "blank") if cell is None else read_number(cell, kind, _SPELLINGS) for cell in cells]
    assert found.schema == {"mantissa": pl.Int64(), "decimals": pl.Int8(), "form": FORM}
    for (mantissa, _, form), (wanted, _, wanted_form) in zip(found.rows(), alone, strict=True):
        assert (mantissa, form) == (wanted, wanted_form)


@given(st.lists(st.one_of(st.none(), st.text("9123 4578-.x", max_size=16), st.just("999 123 4578")), max_size=20))
def test_personal_numbers_are_found_in_every_row_in_which_they_stand(texts: list[str | None]) -> None:
    found = rows_with_nhs_number(pl.Series(texts, dtype=pl.String))
    assert found == [place for place, text in enumerate(texts) if text is not None and has_nhs_number(text)]
