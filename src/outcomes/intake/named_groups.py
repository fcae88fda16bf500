"""Reads a pair of columns of which one names the way to group people, and the other the group of the row."""

from collections.abc import Iterator

import polars as pl

from outcomes.intake.cell_sums import cell_texts
from outcomes.intake.codes import trimmed
from outcomes.intake.headers import Header
from outcomes.intake.quoting import quoted
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import NamedGroups

__all__ = ["group_columns", "of_known_groups"]


def folded_kind(text: str) -> str:
    """Return the name of a way to group people, trimmed, in lower case, without quotation marks around it.

    >>> folded_kind('"Ethnic groups" ')
    'ethnic groups'
    """
    bare = trimmed(text)
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        bare = trimmed(bare[1:-1])
    return bare.lower()


def of_known_groups(under: pl.DataFrame, header: Header, title: str) -> tuple[pl.DataFrame, tuple[Remark, ...]]:
    """Return the rows about everybody or a known way to group people, and what is to be said about the others.

    Arguments:
        under: The rows that are read.
        header: The table's header.
        title: What the layout is called.
    """
    described = header.description.named_groups
    if described is None:
        return under, ()
    place = header.place_of(described.kind)
    missing = [text for text in (described.kind, described.category) if header.place_of(text) is None]
    if place is None or missing:
        return under, tuple(
            Remark(code="OUT-111", row=header.row, column=text, details={"layout": title}) for text in missing
        )
    known = {folded_kind(text) for text in described.dimensions}
    texts = under[str(place)].unique(maintain_order=True).drop_nulls()
    unknown = [text for text in texts if folded_kind(text) and folded_kind(text) not in known]
    if not unknown:
        return under, ()
    is_unknown = pl.col(str(place)).is_in(unknown).fill_null(False)
    others = under.filter(is_unknown)
    if described.unlisted:
        names = ", ".join(quoted(trimmed(text), 60) for text in sorted(unknown)[:10])
        because = f"{described.unlisted} They are grouped by {names}"
        details = {"found": f"{others.height:,}", "because": because + ("." if len(unknown) <= 10 else " and others.")}
        return under.filter(~is_unknown), (Remark(code="OUT-163", column=described.kind, details=details),)
    return under, tuple(_refused(others, place, header))


def _refused(others: pl.DataFrame, place: int, header: Header) -> Iterator[Remark]:
    for (text,), rows in others.group_by([str(place)], maintain_order=True):
        yield Remark(
            code="OUT-115",
            row=int(rows["row"][0]),
            column=quoted(header.names.get(place, "")),
            value=str(text),
            place=place,
            repeats=rows.height - 1,
        )


def group_columns(under: pl.DataFrame, header: Header) -> Iterator[pl.Series]:
    """Yield the column of each way to group people that stands in the rows: the group, or empty for everybody."""
    described = header.description.named_groups
    if described is None:
        return
    places = header.place_of(described.kind), header.place_of(described.category)
    if places[0] is None or places[1] is None:
        return
    kinds = under[str(places[0])]
    texts = kinds.unique(maintain_order=True).drop_nulls()
    for dimension, named in _texts_by_dimension(described).items():
        of_dimension = [text for text in texts if folded_kind(text) in named]
        if not of_dimension:
            continue
        group = pl.when(pl.col(str(places[0])).is_in(of_dimension)).then(pl.col(str(places[1])))
        codes = header.description.codes.get(dimension, {})
        yield cell_texts(under.select(group.alias("0")), 0, codes).alias(f"{dimension}_text")


def _texts_by_dimension(described: NamedGroups) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for text, dimension in described.dimensions.items():
        found.setdefault(dimension, set()).add(folded_kind(text))
    return found
