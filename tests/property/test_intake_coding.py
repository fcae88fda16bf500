"""Working once for each distinct text gives what working once for each row gives."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.intake import coding
from outcomes.intake.coding import coded, coded_together, packed, ranked, shared_texts, spread
from outcomes.intake.numbers import FORM, NumberSpellings, numbers_from_text, read_number
from outcomes.intake.personal_numbers import has_nhs_number, rows_with_nhs_number
from outcomes.intake.reading.grid import KIND
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


@given(_ROWS)
def test_distinct_rows_stand_in_the_order_of_the_rows_and_point_back_to_each(rows: list[tuple[object, ...]]) -> None:
    entries = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    found = coded_together([coded(entries[name]) for name in entries.columns])
    assert found.distinct.equals(entries.unique(maintain_order=True))
    assert found.distinct[found.at].equals(entries)
    assert entries.select("kind").with_columns(spread(found.distinct, found.at)).select(entries.columns).equals(entries)


@given(st.lists(_TEXTS, max_size=30), st.integers(0, 5), st.sampled_from([1, 3, 1 << 16]))
def test_texts_that_many_rows_share_say_the_same_wherever_they_are_cut(
    texts: list[str | None], first: int, most: int
) -> None:
    rows = pl.Series("place", texts, dtype=pl.String)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(coding, "_MOST_SHARED", most)
        shared = shared_texts(rows)
    different = rows.drop_nulls().n_unique()
    is_shared = 0 < different <= most and rows.n_unique() * 2 <= len(rows)
    assert (shared.dtype == pl.Enum) is is_shared
    assert shared.cast(pl.String).equals(rows)
    found, wanted = coded(shared.slice(first)), coded(rows.slice(first))
    assert found.distinct.equals(wanted.distinct)
    assert found.at.equals(wanted.at)


def test_more_different_texts_than_two_bytes_count_stay_texts() -> None:
    numbers = pl.int_range(0, 1 << 18, eager=True)
    assert shared_texts((numbers % 255).cast(pl.String)).to_physical().dtype == pl.UInt8
    assert shared_texts((numbers % 256).cast(pl.String)).to_physical().dtype == pl.UInt16
    # the first rows share their texts, and those after them do not
    assert shared_texts(numbers.clip(1 << 16).cast(pl.String)).dtype == pl.String


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
