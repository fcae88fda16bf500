"""Holds rows against each other: repeats and conflicts, parts against their whole, suppression that is given away."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from outcomes.framework.model import Breakdown
from outcomes.intake.coding import packed, packed_by_table, ranked
from outcomes.intake.entries import Entries
from outcomes.intake.entries_model import ROW_SAID
from outcomes.intake.repeated_rows import first_rows, with_ambiguous, with_repeats
from outcomes.intake.terms import Terms
from outcomes.intake.value_giveaways import value_giveaways
from outcomes.vocabulary import RowStatus

__all__ = ["KEY_COLUMNS", "with_relations"]

KEY_COLUMNS: Final = ("indicator_id", "indicator_version", "area_code", "period_start", "source_code", "breakdown")
# partitions that are held against their whole even where they are not full
_PEOPLE: Final = ("sex", "age_band")
_UNREAD_CATEGORY: Final = ("unknown", "undeclared")
_STATUSES: Final = [status.value for status in RowStatus]
_FLAGS: Final = (
    "are_numerator_parts_above",
    "are_denominator_parts_above",
    "are_numerator_parts_below",
    "are_denominator_parts_below",
    "are_numerator_shown_parts_above",
    "are_denominator_shown_parts_above",
    "is_numerator_given_away",
    "is_denominator_given_away",
)


def with_relations(entries: Entries, terms: Terms) -> Entries:
    """Return the entries with what each row is to the others.

    Arguments:
        entries: With identity, breakdown and numbers.
        terms: What the check holds them against.

    Returns:
        New columns is_repeat, is_conflict (or is_ambiguous, where the layout sets such rows aside), partners (the rows
        concerned, as text), is_kept (the first of its key), the flags of parts and giveaways, relatives and giveaway
        (in words).
    """
    has_key = _has_key(entries, terms)
    key = _keys(entries)
    at = pl.int_range(entries.height, dtype=pl.UInt32, eager=True)
    entries = entries.with_columns(at.alias("at"), has_key.alias("has_key"), key.alias("key"))
    entries = with_repeats(entries)
    entries = with_ambiguous(entries, is_let_in=bool(terms.layout.ambiguous_repeats))
    found = [value_giveaways(entries)]
    for dimension in terms.dimensions:
        if f"{dimension}_category" in entries.columns:
            found += _of_dimension(entries, dimension, terms)
    return _flagged(entries, [frame for frame in found if not frame.is_empty()])


def _has_key(entries: Entries, terms: Terms) -> pl.Series:
    """Return whether it is known of each row what it is about: of whom it speaks, too."""
    forms = [f"{dimension}_form" for dimension in terms.dimensions if f"{dimension}_form" in entries.columns]
    lacking: dict[str | None, list[pl.Expr]] = {}
    for name in KEY_COLUMNS:
        lacking.setdefault(entries.told_by.get(name), []).append(pl.col(name).is_null())
    for name in forms:
        lacking.setdefault(entries.told_by.get(name), []).append(pl.col(name).is_in(_UNREAD_CATEGORY))
    has_key = pl.repeat(True, entries.height, eager=True)
    for positions in entries.positions_of_each(pl.any_horizontal(of_code) for of_code in lacking.values()):
        if len(positions):
            has_key = has_key.scatter(positions, False)
    return has_key


def _keys(entries: Entries, *, by_group: bool = False) -> pl.Series:
    """Return one whole number for the key of each row, or all of it but its breakdown, in the order of the keys; it
    means something where the key is whole."""
    parts = [
        ("figure_at", ("indicator_id", "indicator_version")),
        ("place_at", ("area_code",)),
        ("figure_at", ("period_kind", "period_start")),
    ]
    if "source_at" in entries.tables:
        parts.insert(0, ("source_at", ("source_code",)))
    if "breakdown_at" in entries.tables and not by_group:
        parts.append(("breakdown_at", ("breakdown",)))
    return packed_by_table(entries.rows, [(code, *ranked(entries.tables[code].select(names))) for code, names in parts])


def _declared(terms: Terms, dimension: str) -> Sequence[tuple[Breakdown, pl.DataFrame]]:
    by_breakdown: dict[Breakdown, list[tuple[str, int]]] = {}
    for key, indicator in terms.partnership.indicators.items():
        for breakdown in indicator.breakdowns:
            if breakdown.dimension == dimension and (breakdown.is_full or dimension in _PEOPLE):
                by_breakdown.setdefault(breakdown, []).append(key)
    schema = {"indicator_id": pl.String(), "version_held": pl.Int32()}
    return [(breakdown, pl.DataFrame(keys, schema=schema, orient="row")) for breakdown, keys in by_breakdown.items()]


def _of_dimension(entries: Entries, dimension: str, terms: Terms) -> list[pl.DataFrame]:
    """Return the flags of rows that stand beside the same figure for everybody, or for a part of these."""
    is_compared = entries["is_kept"]
    if entries.tables["figure_at"]["is_published"].any():
        is_compared = is_compared & ~entries["is_published"].fill_null(True)
    is_part = entries[f"{dimension}_is_part"]
    if not (is_compared & ~is_part).any() or not (is_compared & is_part).any():
        return []
    needed = ["at", "row", "definition_at", "allow_negative", "numerator", "denominator"]
    needed += ["numerator_form", "denominator_form"]
    needed += [name for name in ("address_at", ROW_SAID) if name in entries.columns]
    needed += [name for name in entries.columns if name.endswith("_category_at")]
    compared = is_compared.arg_true()
    needed.append(f"{dimension}_is_part")
    of_these = entries.only([*needed, *KEY_COLUMNS, "period_kind"]).at(compared)
    kept = of_these.select(*needed, _keys(of_these, by_group=True).alias("group_key"))
    definitions = entries.tables["definition_at"].with_row_index("at")
    found: list[pl.DataFrame] = []
    for breakdown, keys in _declared(terms, dimension):
        asked = definitions.join(keys, on=["indicator_id", "version_held"], how="semi")["at"]
        is_every = len(asked) == definitions.height
        concerned = kept if is_every else kept.filter(pl.col("definition_at").is_in(asked.implode()))
        if not concerned.is_empty():
            found += _parts(concerned, breakdown)
    return found


def _parts(kept: pl.DataFrame, breakdown: Breakdown) -> list[pl.DataFrame]:
    """Return the flags of rows whose parts and whole do not fit, or give a suppressed figure away."""
    is_part = kept[f"{breakdown.dimension}_is_part"]
    if not is_part.any() or is_part.all():
        return []
    kept = _with_families(kept, f"{breakdown.dimension}_category_at")
    # of a family only one row speaks for everybody: each key is there once
    wholes, of_parts = kept.filter(~is_part), kept.filter(is_part)
    families = wholes.select(
        "family",
        pl.col("allow_negative").alias("may_be_negative"),
        *(
            expression
            for column in ("numerator", "denominator")
            for expression in (
                pl.col(column).alias(f"{column}_whole"),
                _is_suppressed(column).alias(f"{column}_whole_hidden"),
            )
        ),
    ).join(
        of_parts.lazy()
        .group_by("family")
        .agg(
            pl.len().alias("parts"),
            *(
                expression
                for column in ("numerator", "denominator")
                for expression in (
                    pl.col(column).sum().alias(f"{column}_sum"),
                    pl.col(column).null_count().alias(f"{column}_gaps"),
                    _is_suppressed(column).sum().alias(f"{column}_hidden"),
                )
            ),
        )
        .collect(),
        on="family",
    )
    is_all = (pl.col("parts") == len(breakdown.categories)) & pl.lit(breakdown.is_full)
    found = []
    for column in ("numerator", "denominator"):
        whole, total, gaps = pl.col(f"{column}_whole"), pl.col(f"{column}_sum"), pl.col(f"{column}_gaps")
        is_compared = whole.is_not_null()
        if column == "numerator":
            is_compared = is_compared & pl.col("may_be_negative").not_()
        is_known, is_above = is_compared & (gaps == 0), is_compared & (total > whole)
        # a part that is hidden cannot bring a sum down again that is above the whole without it
        shown_above = is_above & (gaps > 0)
        above, below = is_above & (gaps == 0), is_known & is_all & (total < whole)
        hidden, whole_hidden = pl.col(f"{column}_hidden"), pl.col(f"{column}_whole_hidden")
        one_hidden = is_all & whole.is_not_null() & (gaps == 1) & (hidden == 1) & is_above.not_()
        all_known = is_all & whole_hidden & (gaps == 0)
        told = [name for name in ("address_at", ROW_SAID) if name in kept.columns]
        members = kept.select("at", "row", *told, "family", pl.col(f"{column}_form").cast(pl.String).alias("form"))
        for flag, condition in ((f"are_{column}_parts_above", above), (f"are_{column}_parts_below", below)):
            chosen = families.filter(condition)
            if not chosen.is_empty():
                found.append(_concerned(members, chosen, flag, breakdown.dimension))
        chosen = families.filter(shown_above)
        if not chosen.is_empty():
            concerned = _concerned(members, chosen, f"are_{column}_shown_parts_above", breakdown.dimension)
            found.append(concerned.filter(pl.col("form").is_in(_STATUSES).not_()))
        for condition in (one_hidden, all_known):
            chosen = families.filter(condition)
            if not chosen.is_empty():
                concerned = _concerned(members, chosen, f"is_{column}_given_away", breakdown.dimension)
                found.append(concerned.filter(pl.col("form") == "suppressed"))
    return found


def _is_suppressed(column: str) -> pl.Expr:
    return (pl.col(f"{column}_form") == "suppressed").fill_null(False)


def _with_families(kept: pl.DataFrame, own: str) -> pl.DataFrame:
    """Return the rows with a number for their family: all that is the same but the one category."""
    names = ["group_key", *(name for name in kept.columns if name.endswith("_category_at") and name != own)]
    numbers = [kept[name] for name in names]
    parts = [(at, int(at.max()) + 1 if len(at) else 1) for at in numbers]  # type: ignore[arg-type]
    return kept.with_columns(packed(parts).alias("family"))


def _concerned(members: pl.DataFrame, chosen: pl.DataFrame, flag: str, dimension: str) -> pl.DataFrame:
    joined = members.join(chosen.select("family"), on="family", how="semi")
    rows = joined.group_by("family").agg(first_rows(joined).alias("rows"))
    relatives = rows.select("family", (pl.lit("rows ") + pl.col("rows").list.join(", ")).alias("relatives"))
    joined = joined.join(relatives, on="family", how="left", maintain_order="left")
    return joined.select(
        "at",
        "form",
        "relatives",
        pl.lit(flag).alias("flag"),
        pl.lit(dimension).alias("partition"),
        (pl.lit("the total with its other parts, ") + pl.col("relatives")).alias("giveaway"),
    )


def _flagged(entries: Entries, found: Sequence[pl.DataFrame]) -> Entries:
    words = ("relatives", "partition", "giveaway")
    if not found:
        return entries.with_columns(
            *(pl.lit(False).alias(flag) for flag in _FLAGS),
            *(pl.lit(None, dtype=pl.String).alias(name) for name in words),
        )
    flags = (
        pl.concat(found)
        .group_by("at", maintain_order=True)
        .agg(
            *((pl.col("flag") == flag).any().alias(flag) for flag in _FLAGS),
            *(pl.col(name).drop_nulls().first() for name in words),
        )
    )
    return entries.with_some("relative_at", flags["at"], flags.drop("at"))
