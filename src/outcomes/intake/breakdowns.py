"""Reads categories: for whom each row speaks, by the breakdowns that its indicator declares."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

import polars as pl

from outcomes.framework.model import Breakdown
from outcomes.intake.codes import closest, trimmed
from outcomes.intake.coding import Coded, coded, coded_together
from outcomes.intake.entries import Entries, joined_by_text
from outcomes.intake.numbers import NumberSpellings, read_number
from outcomes.intake.terms import Terms
from outcomes.vocabulary import Qualifier

__all__ = ["with_breakdown"]

_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_FIRST: Final = re.compile(r"([a-z]{3})[a-z]*[- ](\d{1,4})\Z", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[- /]([a-z]{3})[a-z]*\Z", re.ASCII)
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_NO_WORDS: Final = NumberSpellings(markers={}, null_words=frozenset())


def with_breakdown(entries: Entries, terms: Terms) -> Entries:
    """Return the entries with the canonical breakdown, and of each dimension the category (null for everybody) and
    whether it is of a part."""
    present = [dimension for dimension in sorted(terms.dimensions) if f"{dimension}_text" in entries.columns]
    definitions = Coded(entries["definition_at"], entries.tables["definition_at"])
    categories: list[Coded] = []
    for dimension in present:
        parts = [definitions, coded(entries[f"{dimension}_text"])]
        if f"{dimension}_kind" in entries.columns:
            parts.append(coded(entries[f"{dimension}_kind"].cast(pl.String)))
        found = coded_together(parts)
        reader = _Reader(dimension, terms)
        names = (f"{dimension}_category", f"{dimension}_form", f"{dimension}_hint", f"{dimension}_read")
        made = pl.DataFrame(
            [reader.read(*texts) for texts in found.distinct.iter_rows()],
            schema=dict.fromkeys(names, pl.String()),
            orient="row",
        )
        category = coded(made[f"{dimension}_category"])
        categories.append(category.of(found.at))
        made = made.with_columns(
            category.at.alias(f"{dimension}_category_at"),
            pl.col(f"{dimension}_category").is_not_null().alias(f"{dimension}_is_part"),
            found.distinct[f"{dimension}_text"],
        )
        entries = entries.with_table(f"{dimension}_at", found.at, made)
    if not present:
        return _with_qualifier(entries.with_columns(pl.lit("").alias("breakdown")), terms)
    groups = coded_together(categories)
    pairs = [
        pl.when(pl.col(f"{dimension}_category").is_not_null()).then(
            pl.lit(f"{dimension}=") + pl.col(f"{dimension}_category")
        )
        for dimension in present
    ]
    breakdown = groups.distinct.select(pl.concat_str(pairs, separator="; ", ignore_nulls=True).alias("breakdown"))
    return _with_qualifier(entries.with_table("breakdown_at", groups.at, breakdown), terms)


class _Reader:
    """Reads the categories of one dimension."""

    def __init__(self, dimension: str, terms: Terms) -> None:
        self.dimension = dimension
        self.terms = terms
        # as many as can be shown
        self.hints_left = 100
        self.spellings = terms.spellings.get(dimension, {})
        self.wholes = terms.wholes.get(dimension, frozenset())

    def read(
        self, indicator_id: str | None, version: int | None, text: str | None, kind: str = "text"
    ) -> tuple[object, ...]:
        """Return category, form, hint and what was read."""
        bare = trimmed(text or "")
        folded = bare.lower()
        if not bare:
            return None, "blank", "", ""
        if kind == "text" and folded in self.terms.null_words:
            return None, "null_word", "", ""
        declared = self._declared(indicator_id, version)
        if declared is None:
            return self._undeclared(indicator_id, text, bare, kind)
        offered = _offered(declared, self.spellings)
        category = offered.get(folded) or _whole_number(bare, kind, declared)
        # of whom another indicator speaks as its whole may be a part here, or somebody else altogether
        wholes = frozenset({declared.whole.lower()}) if declared.whole else self.wholes
        if category is None and folded in wholes:
            category = bare
        if category is None:
            return None, "unknown", self._hint(bare, kind, declared), ""
        is_whole = category.lower() in wholes and category not in declared.categories
        form = "exact" if text == category else "folded"
        return (None if is_whole else category), form, "", category

    def _undeclared(self, indicator_id: str | None, text: str | None, bare: str, kind: str) -> tuple[object, ...]:
        """Read a category of an indicator that is not sent by this dimension, or not known."""
        named = self.spellings.get(bare.lower(), bare)
        if indicator_id is None and not self._is_known_of_any(bare, kind):
            return None, "unknown", self._hint(bare, kind, *self._of_any), ""
        if named.lower() in self.wholes:
            is_exact = text == named or bare.lower() == named.lower()
            return None, "exact" if is_exact else "folded", "", named
        return None, "unread" if indicator_id is None else "undeclared", "", ""

    def _hint(self, bare: str, kind: str, *offered: Breakdown) -> str:
        self.hints_left -= 1
        # a word such as Total means everybody
        categories = dict.fromkeys(category for one in offered for category in self._wholes_of(one))
        categories |= dict.fromkeys(category for one in offered for category in one.categories)
        return _hint(bare, kind, tuple(categories)) if self.hints_left >= 0 else ""

    def _wholes_of(self, declared: Breakdown) -> list[str]:
        """The words for everybody that may be written; where the indicator has none of its own, those of the lists."""
        named = {category for category in self.spellings.values() if category.lower() in self.wholes}
        return [declared.whole] if declared.whole else sorted(named)

    def _is_known_of_any(self, bare: str, kind: str) -> bool:
        """Whether some indicator has such a category: where none has, it is wrong whichever indicator is meant."""
        folded = bare.lower()
        return (
            folded in self.spellings
            or folded in self.wholes
            or any(
                folded in _offered(one, self.spellings) or _whole_number(bare, kind, one) is not None
                for one in self._of_any
            )
        )

    @cached_property
    def _of_any(self) -> tuple[Breakdown, ...]:
        """The ways in which indicators are sent by this dimension."""
        every = (one for indicator in self.terms.partnership.indicators.values() for one in indicator.breakdowns)
        return tuple(dict.fromkeys(one for one in every if one.dimension == self.dimension))

    def _declared(self, indicator_id: str | None, version: int | None) -> Breakdown | None:
        if indicator_id is None or version is None:
            return None
        indicator = self.terms.partnership.indicators[indicator_id, version]
        return next((one for one in indicator.breakdowns if one.dimension == self.dimension), None)


def _offered(declared: Breakdown, spellings: Mapping[str, str]) -> dict[str, str]:
    own = [*declared.categories, *([declared.whole] if declared.whole else [])]
    offered = {category.lower(): category for category in own}
    by_folded = dict(offered)
    for spelling, category in spellings.items():
        if category.lower() in by_folded:
            offered.setdefault(spelling, by_folded[category.lower()])
    return offered


def _whole_number(bare: str, kind: str, declared: Breakdown) -> str | None:
    if not all(category.isdigit() for category in declared.categories):
        return None
    mantissa, decimals, form = read_number(bare, kind, _NO_WORDS)
    if mantissa is None or form == "percent" or mantissa % 10**decimals:
        return None
    text = str(mantissa // 10**decimals)
    return text if text in declared.categories else None


def _hint(bare: str, kind: str, categories: Sequence[str]) -> str:
    band = _band_from_date(bare, kind)
    if band in categories:
        return f"Did a program turn {band} into a date? Format the column as text."
    near = closest(bare, categories)
    listed = ", ".join(categories[:15])
    return (f"Did you mean {near}? " if near else "") + (f"There are: {listed}." if listed else "")


def _band_from_date(bare: str, kind: str) -> str:
    folded = bare.lower()
    found = _MONTH_FIRST.match(folded)
    if found and found[1] in _MONTHS:
        return f"{_MONTHS.index(found[1]) + 1}-{int(found[2][-2:])}"
    found = _DAY_FIRST.match(folded)
    if found and found[2] in _MONTHS:
        return f"{int(found[1])}-{_MONTHS.index(found[2]) + 1}"
    if kind == "date" and _ISO_DAY.match(bare):
        day = date.fromisoformat(bare)
        # of a month and year 10-14 became October 2014, of a day and month 5-9 became 5 September
        return f"{day.month}-{day.year % 100}" if day.day == 1 else f"{day.day}-{day.month}"
    return ""


def _with_qualifier(entries: Entries, terms: Terms) -> Entries:
    if "value_status_text" not in entries.columns:
        return entries.with_columns(pl.lit(None, dtype=pl.String).alias("value_status"))
    words = {qualifier.value for qualifier in Qualifier}

    def read(text: str | None) -> tuple[object, ...]:
        folded = trimmed(text or "").lower().replace("_", " ")
        if not folded:
            return None, "blank", ""
        if folded in terms.null_words:
            return None, "null_word", ""
        return (folded, "exact", "") if folded in words else (None, "unknown", ", ".join(sorted(words)))

    entries = joined_by_text(
        entries,
        "value_status_at",
        ["value_status_text"],
        read,
        {"value_status": pl.String(), "value_status_form": pl.String(), "value_status_expected": pl.String()},
    )
    is_declared = pl.col("optional_columns").list.contains("value_status")
    return entries.with_columns(pl.when(is_declared).then(pl.col("value_status")).alias("value_status"))
