"""Holds the rules against a table of entries: the fast path. Only what is broken anywhere is looked at row by row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from outcomes.intake.advice import advice
from outcomes.intake.entries import Entries
from outcomes.intake.quoting import quoted
from outcomes.intake.remark import Remark
from outcomes.intake.rules import Rule
from outcomes.intake.terms import Terms

__all__ = [
    "BrokenRule",
    "broken_rules",
    "columns_of_sentences",
    "remark_on_row",
    "remarks_on_rows",
    "said_of_one_cell",
]


@dataclass(frozen=True)
class BrokenRule:
    """A rule that is broken somewhere, with the positions of the entries that break it.

    Attributes:
        rule, column: What is broken, in which column; an empty column means the whole row.
        positions: The entries, counted from 0.
    """

    rule: Rule
    column: str
    positions: pl.Series


def applicable(rules: Sequence[Rule], columns: Sequence[str]) -> Iterator[tuple[Rule, str, pl.Expr]]:
    """Return the checks whose columns are all there: what a sheet does not have cannot be wrong in it."""
    offered = set(columns)
    for rule in rules:
        for column, is_broken in rule.checks:
            if set(is_broken.meta.root_names()) <= offered:
                yield rule, column, is_broken


def broken_rules(entries: Entries, rules: Sequence[Rule]) -> list[BrokenRule]:
    """Return the rules that are broken, with the entries that break them.

    Arguments:
        entries: With every column that was worked out.
        rules: Rules on single rows; others are passed over.
    """
    checks = list(applicable(rules, entries.columns))
    if not checks or entries.is_empty():
        return []
    # a missing answer is no fault: some other rule says what is missing
    where = entries.positions_of_each(is_broken for _, _, is_broken in checks)
    return [
        BrokenRule(rule, column, positions)
        for (rule, column, _), positions in zip(checks, where, strict=True)
        if len(positions)
    ]


def remarks_on_rows(entries: Entries, broken: Sequence[BrokenRule], terms: Terms) -> list[Remark]:
    """Return the remarks for the first rows of each kind; the last of them says how many follow.

    Arguments:
        entries: With every column that was worked out.
        broken: What is broken where.
        terms: Whom the check speaks of, and when.
    """
    remarks: list[Remark] = []
    for one in broken:
        broken_at = said_of_one_cell(entries, one)
        shown = entries.at(_shown(entries, one.rule, broken_at)).wide()
        more = len(broken_at) - shown.height
        for number, entry in enumerate(shown.iter_rows(named=True), 1):
            repeats = more if number == shown.height else 0
            remarks.append(remark_on_row(one, entry, terms, repeats))
    return remarks


def _shown(entries: Entries, rule: Rule, broken_at: pl.Series) -> pl.Series:
    """Return the positions that are shown one by one: the first ones, but those before them that tell more."""
    if not rule.shown_first or len(broken_at) <= rule.shown:
        return broken_at.head(rule.shown)
    tells_more = entries.only([rule.shown_first]).at(broken_at)[rule.shown_first]
    return pl.concat([broken_at.filter(tells_more), broken_at.filter(~tells_more)]).head(rule.shown).sort()


def said_of_one_cell(entries: Entries, one: BrokenRule) -> pl.Series:
    """Return the positions that break a rule; of rows whose period one cell above the header names, only the first."""
    if one.column != "period" or "period_row" not in entries.columns:
        return one.positions
    keys = [name for name in ("period_row", "address_at") if name in entries.columns]
    found = entries.only(keys).at(one.positions).select(*keys, one.positions.alias("position"))
    own_row = -1 - pl.col("position").cast(pl.Int64)
    shared = pl.coalesce(pl.col("period_row").cast(pl.Int64), own_row)
    return found.with_columns(shared.alias("period_row")).unique(keys, keep="first", maintain_order=True)["position"]


def columns_of_sentences(broken: Sequence[BrokenRule]) -> tuple[str, ...]:
    """Return the columns of the entries that the sentences of these rules are made of."""
    always = (*_ALWAYS, *_GAPS)
    columns = dict.fromkeys(one.column for one in broken if one.column)
    return tuple(dict.fromkeys((*always, *(f"{column}_{part}" for column in columns for part in _PARTS))))


def remark_on_row(one: BrokenRule, entry: dict[str, object], terms: Terms, repeats: int = 0) -> Remark:
    """Return the remark on one entry that breaks a rule.

    Arguments:
        one: What is broken.
        entry: The entry, with `columns_of_sentences` at least.
        terms: Whom the check speaks of, and when.
        repeats: How many further entries break it and are not listed one by one.
    """
    column = one.column
    text = entry.get(f"{column}_text") if column else None
    details = {name: "" if value is None else quoted(str(value), 400) for name, value in entry.items() if name in _GAPS}
    details["expected"] = _said(entry, f"{column}_expected")
    details["example"] = _said(entry, f"{column}_sample") or _said(entry, f"{column}_example")
    details |= advice(column, entry, terms)
    details["hint"] = _said(entry, f"{column}_told") or _said(entry, f"{column}_hint") or details.get("hint", "")
    details |= {name: _said(entry, f"{column}_{name}") for name in _WORDS}
    details["how"] = details["how"] or f"the period in its exact form, for example {details['example']}"
    details["figures"] = _said(entry, "_figures")
    details["partners"] = _AND.sub(r" and \1", details.get("partners", ""))
    details["read"] = quoted(_read(entry, column))
    details["indicator"] = quoted(str(entry.get("indicator_id") or entry.get("indicator_id_text") or ""))
    details["partner"] = terms.partner.code if terms.partner else "the sender"
    details["as_of"] = str(terms.as_of or "")
    details["first"] = str(terms.layout.first_period_starts or "")
    details["because"] = terms.layout.ambiguous_repeats
    if text is not None and entry.get(f"{column}_form") == "percent" and "%" not in str(text):
        # a cell in a percent format holds a hundredth of what it shows
        text = f"{details['read']}%"
    row = entry.get(f"{column}_row") or entry["row"]
    place, address = entry.get(f"{column}_place"), entry.get("address_at", 0)
    assert isinstance(address, int)
    return Remark(
        code=one.rule.code,
        row=row if isinstance(row, int) else None,
        column=column or None,
        value=None if text is None else str(text),
        details=details,
        repeats=repeats,
        address=address,
        place=place if isinstance(place, int) else None,
    )


# of several rows the last is joined by a word
_AND: Final = re.compile(r", ([0-9]+)\Z")
_ALWAYS: Final = (
    *("row", "address_at", "indicator_id", "indicator_id_text", "version_held", "area_code", "period"),
    *("source_code", "_told", "_figures", "is_entitled"),
)
_GAPS: Final = (
    "period",
    "validity",
    "level",
    "expected_level",
    "numerator_text",
    "denominator_text",
    "partners",
    "relatives",
    "partition",
    "giveaway",
    "status_read",
    "earlier",
    "kept_row",
)

_WORDS: Final = ("what", "usual", "cause", "areas", "how", "named", "other")
_PARTS: Final = (
    *(
        "text",
        "hint",
        "told",
        "which",
        "expected",
        "example",
        "sample",
        "row",
        "place",
        "read",
        "form",
        "mantissa",
        "decimals",
    ),
    *_WORDS,
)


def _said(entry: dict[str, object], name: str) -> str:
    return quoted(str(entry.get(name) or ""), 400)


def _read(entry: dict[str, object], column: str) -> str:
    named = {
        "indicator_id": "indicator_id",
        "place_code": "area_code",
        "period": "period",
        "source_code": "source_code",
    }
    if column in named:
        return str(entry.get(named[column]) or "")
    if entry.get(f"{column}_read"):
        return str(entry[f"{column}_read"])
    form = str(entry.get(f"{column}_form") or "")
    if form in ("suppressed", "not_available", "not_applicable"):
        return form.replace("_", " ")
    mantissa, decimals = entry.get(f"{column}_mantissa"), entry.get(f"{column}_decimals")
    if not isinstance(mantissa, int) or not isinstance(decimals, int):
        return ""
    sign, digits = ("-" if mantissa < 0 else ""), str(abs(mantissa)).rjust(decimals + 1, "0")
    text = f"{digits[: len(digits) - decimals]}.{digits[len(digits) - decimals :]}" if decimals else digits
    return sign + (text.rstrip("0").rstrip(".") if decimals else text)
