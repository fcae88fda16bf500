"""Leaves out rows about places or indicators that the partnership does not know, where the layout gives a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from outcomes.intake.codes import ascii_folded, looks_like_total, trimmed
from outcomes.intake.entries_model import Table
from outcomes.intake.quoting import quoted
from outcomes.intake.remark import Remark
from outcomes.intake.terms import Terms

__all__ = ["without_unlisted"]

_LISTED: Final = 10
_LOOKALIKES: Final = str.maketrans({"o": "0", "i": "1", "l": "1"})


def without_unlisted(table: Table, terms: Terms) -> Table:
    """Return the table without rows about places and indicators that nobody here knows, counted and said.

    A row that names nothing, or a total, stays: it is a fault of its own.

    Arguments:
        table: The rows of all tables.
        terms: What the file is held against.
    """
    layout = terms.layout
    entries, remarks = table.entries, list(table.remarks)
    for column, code, because in (
        ("indicator_id", "OUT-256", layout.unlisted_indicators),
        ("place_code", "OUT-255", layout.unlisted_places),
    ):
        if not because or f"{column}_text" not in entries.columns:
            continue
        named = entries[f"{column}_text"].unique(maintain_order=True).drop_nulls()
        unlisted = [text for text in named if _is_unlisted(text, column, terms)]
        if not unlisted:
            continue
        kept = entries.filter(~pl.col(f"{column}_text").is_in(unlisted).fill_null(False))
        details = {
            "found": f"{len(unlisted):,}",
            "rows": f"{entries.height - kept.height:,}",
            "named": _worded(unlisted, _meant(unlisted, terms) if column == "place_code" else {}),
            "because": because,
        }
        remarks.append(Remark(code=code, column=column, details=details))
        entries = kept
    return replace(table, entries=entries, remarks=tuple(remarks))


def _is_unlisted(text: str, column: str, terms: Terms) -> bool:
    bare = trimmed(text)
    if not bare:
        return False
    if column == "indicator_id":
        return bare not in terms.partnership.names_of_indicators and ascii_folded(bare) not in terms.indicator_names
    return ascii_folded(bare) not in terms.areas_by_folded_code and not looks_like_total(bare)


def _meant(texts: Iterable[str], terms: Terms) -> dict[str, str]:
    """The texts that only a slip of the pen keeps from being a place, to its code: those are never to go unnamed."""
    codes = {_without_slips(code): code for code in sorted(terms.area_titles)}
    found = {trimmed(text): codes.get(_without_slips(text), "") for text in texts}
    return {text: code for text, code in found.items() if code}


def _without_slips(text: str) -> str:
    # letters for digits that look like them, and signs and blanks that belong to no code
    return "".join(letter for letter in text.lower().translate(_LOOKALIKES) if letter.isalnum())


def _worded(texts: Iterable[str], meant: Mapping[str, str]) -> str:
    names = sorted({trimmed(text) for text in texts}, key=lambda name: (name not in meant, name))
    more = f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
    shown = [quoted(name, 31) + (f", perhaps {meant[name]}," if name in meant else "") for name in names[:_LISTED]]
    return ", ".join(shown).replace(",,", ",").removesuffix(",") + more
