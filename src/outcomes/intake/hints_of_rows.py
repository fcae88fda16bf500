"""Says what the rest of the row and of the sheet tell of a cell that cannot be read, or of rows that contradict."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

import polars as pl

from outcomes.intake.entries import Entries
from outcomes.intake.entries_model import AS_TEXT
from outcomes.intake.names_beside import name_of, named_by, with_name
from outcomes.intake.naming import not_in_doubt
from outcomes.intake.quoting import quoted
from outcomes.intake.terms import Terms
from outcomes.partnership.supplies import asked_figures
from outcomes.period import period_from_text
from outcomes.vocabulary import PeriodKind

__all__ = ["with_hints_of_rows"]

# so many cells of a kind are looked into; fewer are shown
_MOST_HINTS: Final = 100
_NAMED: Final = 3
# what a row says of a figure, as it was sent
_TEXTS: Final = ("numerator_text", "denominator_text", "value_text")
# so many rows that contradict each other are read, and so many of each figure said
_MOST_READ: Final = 1_000
_MOST_SAID: Final = 4
_LONGEST: Final = 20
# a text that names a month or a day, though not in a form that is read: its name, a date, a day of Excel
_NAMES_A_MONTH: Final = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|[0-9][-/. ][0-9]{1,2}[-/. ][0-9]|^\s*[0-9]{5,8}(\.0+)?\s*$",
    re.IGNORECASE,
)
_OTHERS: Final = "the other rows of this indicator have"
_NOWHERE: Final = pl.Series([], dtype=pl.UInt32)


def with_hints_of_rows(entries: Entries, missing: pl.DataFrame, terms: Terms) -> Entries:
    """Return the entries with what is told of cells that cannot be read; the very same where all can.

    Arguments:
        entries: With every column that the rules look at.
        missing: The figures that are missing, as from `missing_figures`.
        terms: What the file is held against.

    Returns:
        New columns, empty but for the first 100 cells of each kind: `<column>_told`, a hint that takes the place of
        the one that its text alone gives; `place_code_which`, the one code that is likely meant; `period_how` and
        `period_sample`, what is to be written; `_told` and `_figures` for rows that contradict each other.
    """
    sheet = _Sheet(entries, missing, terms)
    for told in (sheet.of_places, sheet.of_indicators, sheet.of_periods, sheet.of_conflicts):
        found, columns = told()
        if columns:
            texts = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String()))
            entries = entries.with_some(f"{next(iter(columns))}_at", found, texts)
    return entries


_Told = tuple[pl.Series, dict[str, list[str]]]
"""Positions of entries, and by column what is told of each."""


@dataclass
class _Sheet:
    """The rows of one file, to look into."""

    entries: Entries
    missing: pl.DataFrame
    terms: Terms
    _absent: dict[tuple[str, str], list[str]] = field(default_factory=dict, init=False)

    def of_places(self) -> _Told:
        """What is told of unknown and missing codes of places, and of totals in their place."""
        found = self._first(pl.col("place_form").is_in(["unknown", "blank", "total"]))
        said = ("place_code_text", "place_code_beside", "place_code_hint", "place_code_near", "place_form")
        rows = self._rows(found, *said, *_TEXTS)
        taken = self._taken(rows)
        hidden = self._hidden_beside([row for row in rows if row["place_form"] == "total"])
        told, which = [], []
        for row in rows:
            if row["place_form"] == "total":
                at = hidden.get((row["indicator_id"], row["period"])) if _has_number(row) else None
                told.append(f"This total lets a reader work out the number that you hid in row {at}." if at else "")
                which.append("")
            else:
                told.append(self._of_place(row, taken))
                which.append(self._likely_place(row, taken))
        return found, {"place_code_told": told, "place_code_which": which} if told else {}

    def of_indicators(self) -> _Told:
        """What the names beside unknown and missing ids of indicators tell."""
        if "indicator_id_beside" not in self.entries.columns:
            return _NOWHERE, {}
        found = self._first(pl.col("indicator_form").is_in(["unknown", "blank"]))
        told = []
        for row in self._rows(found, "indicator_id_text", "indicator_id_beside"):
            beside = named_by(row["indicator_id_beside"], "indicator_id", self.terms)
            own = named_by(row["indicator_id_text"], "indicator_id", self.terms)
            told.append(self._by_names("indicator_id", own, beside) if beside else "")
        return found, {"indicator_id_told": told} if told else {}

    def of_periods(self) -> _Told:
        """What is to be written where a period cannot be read."""
        found = self._first(pl.col("period_form").is_in(["unknown", "blank"]) & pl.col("indicator_id").is_not_null())
        rows = self._rows(found, "period_text", "period_example", "period_hint")
        here = self._periods_here(rows)
        pairs = [self._of_period(row, here) for row in rows]
        how, sample = ([pair[at] for pair in pairs] for at in (0, 1))
        return found, {"period_how": how, "period_sample": sample} if pairs else {}

    def of_conflicts(self) -> _Told:
        """What rows say that contradict each other, and which places are missing: one of the rows may be theirs."""
        found = self._most_telling(pl.col("is_conflict"), _MOST_HINTS)
        told = []
        figures = self._figures_of(found)
        # a place whose row may be there, and only be wrong, is meant in that one
        sure = replace(self, missing=not_in_doubt(self.missing, self.entries, ())) if len(found) else self
        for row in self._rows(found):
            absent = sure._absent_of(row)
            if absent:
                one = "It" if len(absent) == 1 else "One of them"
                told.append(f"There is no row for {self._listed(absent)}. {one} may be meant in one of these rows.")
            else:
                told.append("")
        return found, {"_told": told, "_figures": figures} if told else {}

    def _figures_of(self, found: pl.Series) -> list[str]:
        """What each of the rows says that contradict one another, with their numbers as they were sent."""
        if found.is_empty():
            return []
        texts = [name for name in _TEXTS if name in self.entries.columns]
        keys = self.entries.only(["key"]).at(found)["key"]
        every = self._most_telling(pl.col("is_conflict") & pl.col("key").is_in(keys.implode()), _MOST_READ)
        names = ("row", "key", "is_first_of_figure", *texts)
        rows = self.entries.only(names).at(every).select(names).sort(~pl.col("is_first_of_figure"), maintain_order=True)
        of_key: dict[int, list[dict[str, Any]]] = {}
        for row in rows.with_columns(AS_TEXT).to_dicts():
            of_key.setdefault(row["key"], []).append(row)
        said = {key: _in_words(ones, texts) for key, ones in of_key.items()}
        return [said.get(key, "") for key in keys]

    def _hidden_beside(self, rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str | None, str | None], int]:
        """Of indicators and periods with totals the row of the one number that is hidden, where it is only one."""
        wanted = {(row["indicator_id"], row["period"]) for row in rows} - {(None, None)}
        if not wanted:
            return {}
        ids = sorted({one for one, _ in wanted if one is not None})
        is_hidden = (pl.col("numerator_form") == "suppressed") & pl.col("indicator_id").is_in(ids)
        hidden = self.entries.positions(is_hidden & pl.col("place_form").is_in(["total"]).not_())
        names = ("row", "indicator_id", "period")
        rows_of: dict[tuple[str | None, str | None], list[int]] = {}
        for number, *key in self.entries.only(names).at(hidden).select(names).iter_rows():
            rows_of.setdefault((key[0], key[1]), []).append(number)
        return {key: ones[0] for key, ones in rows_of.items() if len(ones) == 1}

    def _first(self, is_meant: pl.Expr) -> pl.Series:
        return self.entries.positions(is_meant).head(_MOST_HINTS)

    def _most_telling(self, is_meant: pl.Expr, most: int) -> pl.Series:
        """Where rows contradict one another, at most so many: the first row of each figure before those like it."""
        found = self.entries.positions(is_meant)
        if len(found) <= most:
            return found
        is_first = self.entries.only(["is_first_of_figure"]).at(found)["is_first_of_figure"]
        return pl.concat([found.filter(is_first), found.filter(~is_first)]).head(most)

    def _rows(self, found: pl.Series, *columns: str) -> list[dict[str, Any]]:
        wanted = ["row", "indicator_id", "area_code", "period", "figure_at", "place_at", *columns]
        known = [name for name in wanted if name in self.entries.columns]
        return self.entries.only(known).at(found).select(known).with_columns(AS_TEXT).to_dicts()

    def _of_place(self, row: Mapping[str, Any], taken: Mapping[tuple[str, str, str], int]) -> str:
        indicator_id, period = row["indicator_id"], row["period"]
        own = named_by(row["place_code_text"], "place_code", self.terms)
        beside = named_by(row.get("place_code_beside"), "place_code", self.terms)
        hint = self._by_names("place_code", own, beside) if beside else str(row["place_code_hint"] or "")
        if indicator_id is None or period is None:
            return hint
        absent = self._absent_of(row)
        for code in own:
            if (indicator_id, period, code) in taken:
                hint += f" Row {taken[indicator_id, period, code]} is {self._named(code)} already."
        if absent and (not own or any((indicator_id, period, code) in taken for code in own)):
            hint += f" No other row of this indicator and period is for {self._listed(absent)}."
        return hint.strip()

    def _likely_place(self, row: Mapping[str, Any], taken: Mapping[tuple[str, str, str], int]) -> str:
        """The one place that is likely meant by a code that nobody knows, if none of its rows is there; else empty."""
        own = named_by(row["place_code_text"], "place_code", self.terms)
        beside = named_by(row.get("place_code_beside"), "place_code", self.terms)
        near = row["place_code_near"]
        meant = {*own, *beside, *((near,) if near and not own else ())}
        (code,) = meant if len(meant) == 1 else (None,)
        is_taken = (row["indicator_id"], row["period"], code) in taken
        if not code or is_taken:
            return ""
        name = name_of(code, "place_code", self.terms)
        # the code first: it is what is to be written
        return code if name == code else f"{code} ({name})"

    def _by_names(self, column: str, own: Sequence[str], beside: Sequence[str]) -> str:
        """What is said where a name that is known stands beside."""
        stands = " or ".join(self._named(code, column) for code in beside)
        if own and not set(own) & set(beside):
            written = " or ".join(self._named(code, column) for code in own)
            return f"That is the name of {written}; the name beside it is {stands}. Check which of the two is meant."
        return (
            f"That is a name; its code is {' or '.join(sorted(set(own) & set(beside)))}."
            if own
            else f"The name beside it is {stands}."
        )

    def _taken(self, rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str, str], int]:
        """The first row of each figure that a name in place of a code may stand for."""
        wanted = {
            (row["indicator_id"], row["period"], code)
            for row in rows
            if row["indicator_id"] is not None and row["period"] is not None
            for text in (row["place_code_text"], row.get("place_code_beside"))
            for code in (*named_by(text, "place_code", self.terms), row["place_code_near"])
            if code
        }
        names = ("indicator_id", "period", "area_code")
        figures = pl.DataFrame(sorted(wanted), schema=dict.fromkeys(names, pl.String()), orient="row")
        if figures.is_empty():
            return {}
        # texts are held against texts only in rows whose place, and whose indicator and period, are wanted at all
        is_wanted = [pl.col(name).is_in(figures[name].unique().implode()) for name in names]
        near = self.entries.only(["row", *names]).filter(is_wanted[2]).filter(is_wanted[0] & is_wanted[1])
        found = near.select("row", *names).join(figures, on=list(names), how="semi")
        return {tuple(key): row for row, *key in found.sort("row", descending=True).iter_rows()}

    def _absent_of(self, row: Mapping[str, Any]) -> list[str]:
        """The places that have no row for an indicator and period."""
        key = (str(row["indicator_id"]), str(row["period"]))
        if key not in self._absent:
            is_of = (pl.col("indicator_id") == key[0]) & (pl.col("period") == key[1])
            self._absent[key] = sorted(self.missing.filter(is_of)["area_code"]) if self.missing.height else []
        return self._absent[key]

    def _named(self, code: str, column: str = "place_code") -> str:
        return with_name(code, column, self.terms)

    def _listed(self, codes: Sequence[str]) -> str:
        shown = [self._named(code) for code in codes[:_NAMED]]
        more = len(codes) - len(shown)
        return f"{', '.join(shown)} and {more:,} more" if more else " or ".join(shown)

    def _of_period(self, row: Mapping[str, Any], here: Mapping[tuple[str, str], Collection[str]]) -> tuple[str, str]:
        """What is to be written in place of a period that cannot be read, and the period as an example."""
        indicator_id = row["indicator_id"]
        example = str(row["period_example"] or "")
        asked = self.terms.periods_asked.get(indicator_id, ())
        others = asked or self._periods.get(indicator_id, ())
        if len(others) > 1:
            taken = here.get((indicator_id, row["area_code"]), ())
            others = [period for period in others if period not in taken]
        why = "as this sheet asks" if asked else "as the other rows of this indicator have it"
        likely = example if f"Did you mean {example}?" == row["period_hint"] else ""
        if len(others) != 1:
            sample = likely or self._due.get(indicator_id) or example
            return f"the period in its exact form, for example {sample}", sample
        (other,) = others
        text = str(row["period_text"] or "")
        if not asked and not likely and _NAMES_A_MONTH.search(text) and _spoken(other) not in str(row["period_hint"]):
            return f"the period that is meant, in its exact form; {_OTHERS} {other}", other
        if likely and likely != other:
            asks = "this sheet asks for" if asked else _OTHERS
            return f"{likely}, if that is the one that is meant; {asks} {other}", likely
        return f"{other}, {why}", other

    @cached_property
    def _periods(self) -> dict[str, list[str]]:
        """The periods that the rows of each indicator have."""
        figures = self.entries.tables["figure_at"].select("indicator_id", "period")
        found = figures.unique().drop_nulls().sort("indicator_id", "period")
        return dict(found.group_by("indicator_id", maintain_order=True).agg("period").iter_rows())

    def _periods_here(self, rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], set[str]]:
        """The periods that there are of the same indicator and place as each of the rows."""
        names = ("indicator_id", "area_code", "period")
        areas = sorted({row["area_code"] for row in rows if row["area_code"] is not None})
        asked = {(row["indicator_id"], row["area_code"]) for row in rows}
        here: dict[tuple[str, str], set[str]] = {}
        found = self.entries.only(names).filter(pl.col("area_code").is_in(areas)).different(names)
        for indicator_id, area_code, period in found.drop_nulls().iter_rows():
            if (indicator_id, area_code) in asked:
                here.setdefault((indicator_id, area_code), set()).add(period)
        return here

    @cached_property
    def _due(self) -> dict[str, str]:
        """The latest period of each indicator that has ended, as it is asked of the sender."""
        terms = self.terms
        if terms.partner is None or terms.as_of is None:
            return {}
        asked = asked_figures(terms.partnership, terms.as_of, partner=terms.partner.code)
        return dict(asked.select("indicator_id", "period").unique(maintain_order=True).iter_rows())


def _spoken(period: str) -> str:
    """A month as it is spoken; any other period as it is."""
    try:
        return period_from_text(PeriodKind.MONTH, period).spoken
    except ValueError:
        return period


def _has_number(row: Mapping[str, Any]) -> bool:
    return any(one.isdigit() for name in _TEXTS for one in str(row.get(name) or ""))


def _in_words(rows: Sequence[Mapping[str, Any]], texts: Sequence[str]) -> str:
    """What rows say where they differ; nothing where several figures stand in one row of a sheet."""
    differ = [name for name in texts if len({str(row[name] or "").strip() for row in rows}) > 1]
    if not differ or len({row["row"] for row in rows}) < len(rows):
        return ""
    said = []
    for row in rows[:_MOST_SAID]:
        numbers = [(name.removesuffix("_text"), quoted(str(row[name] or ""), _LONGEST) or "nothing") for name in differ]
        if differ == ["numerator_text"]:
            said.append(f"row {row['row']} says {numbers[0][1]}")
        else:
            said.append(f"row {row['row']} says {' and '.join(f'{name} {number}' for name, number in numbers)}")
    return ": " + ", ".join(said) + (" and so on" if len(rows) > _MOST_SAID else "")
