"""Protects: hides small counts before anything is printed, rounds the rest, and withholds what they would say."""

from typing import Final

import polars as pl

from outcomes.breakdown import breakdown_from_text, breakdown_text
from outcomes.judgement.model import Judgements
from outcomes.partnership.model import Partnership
from outcomes.protection.model import PATTERN_COLUMNS, Protected
from outcomes.protection.small_counts import is_small, protection_terms, rounded
from outcomes.protection.withholding import CELL, withheld
from outcomes.rollup.model import PLACE_MEASURE_COLUMNS, PLACE_MEASURE_KEY, PlaceMeasures
from outcomes.table import empty_table
from outcomes.vocabulary import Basis, Reason

__all__ = ["protect"]

_COUNTS: Final = ("numerator", "denominator")
_NUMBERS: Final = ("numerator", "denominator", "sum_of_squares", "value", "lower_ci_95", "upper_ci_95")


def protect(
    measures: PlaceMeasures, judgements: Judgements, partnership: Partnership, *, policy: str | None
) -> Protected:
    """Return what may be shown under a policy: the pattern of hidden cells, protected measures, protected words.

    By indicator the policy's preset hides counts within its bounds, at every level but the exempt ones: a small
    numerator, a small denominator that was counted with it, and (of a proportion) a small rest. Cells that a partner
    sent as confidential are hidden too. A published value with a small count goes with the count. If one stratum of a
    standardised rate is hidden, all its strata are (`derived`), so the rate is withheld. Counts that are shown are
    rounded to the policy's base; totals were made before. What somebody gave for a whole stands beside its sum only
    where the sum is shown, it is not small itself, and the two do not differ by a small count. Estimate the protected
    measures once more for every printed number, and take the words from here: they were judged on true counts, those
    of hidden cells withheld.

    What this does not do: *secondary* suppression. A hidden count may still be worked out, from a total minus the
    other parts (areas of a footprint, sexes, age bands), from an earlier publication, from words judged on true
    counts, or by an insider who knows its own part. A published value with its denominator gives back its exact
    numerator. So `has_recoverability_audit` is always False in this version, and publishing is refused.

    Arguments:
        measures: Summed figures, as rolled up.
        judgements: The signals judged on them.
        partnership: Its policies, indicators and published benchmark series.
        policy: The id of the policy; None for the unprotected working copy, which changes nothing.

    Returns:
        The same rows, in the same order; a hidden cell has `confidential` as its Reason and no number.

    Raises:
        UnknownNameError: No policy has the id.

    Source: NHS Digital, HES analysis guide, disclosure control (2018); OpenSAFELY, permitted results (`hes-2018`,
    `opensafely`).
    """
    if policy is None:
        return Protected(None, empty_table(PATTERN_COLUMNS), measures, judgements)
    rules = partnership.policy(policy)
    terms = protection_terms(partnership, rules)
    rows = _with_terms(measures.frame, terms)
    marked = rows.with_columns(is_small().alias("is_primary"))
    # the strata of one rate stand or fall together
    is_stratum = pl.col("printed_breakdown") != pl.col("breakdown")
    cell = [name for name in CELL if name != "breakdown"]
    marked = marked.with_columns(
        (is_stratum & (pl.col("is_primary") & is_stratum).any().over(*cell, "printed_breakdown")).alias("falls_with_it")
    )
    is_hidden = pl.col("is_primary") | pl.col("falls_with_it")
    shown = rounded(marked).with_columns(
        *(pl.when(~is_hidden).then(pl.col(name)).alias(name) for name in _NUMBERS),
        pl.when(is_hidden).then(pl.lit(Reason.CONFIDENTIAL.value)).otherwise("reason").alias("reason"),
        pl.when(~is_hidden).then("detail").alias("detail"),
    )
    pattern = (
        marked.filter(is_hidden)
        .with_columns(pl.when(pl.col("is_primary")).then(pl.lit("primary")).otherwise(pl.lit("derived")).alias("kind"))
        .select(list(PATTERN_COLUMNS))
        .sort(PLACE_MEASURE_KEY)
    )
    printed = pl.col("printed_breakdown").alias("breakdown")
    hidden = marked.filter(is_hidden).select(*cell, printed)
    changed = shown.filter(is_hidden | _is_changed(shown, measures)).select(*cell, printed, "level")
    return Protected(
        rules,
        pattern,
        PlaceMeasures(
            shown.select(list(PLACE_MEASURE_COLUMNS)), measures.known_at, _submitted(measures, terms, hidden)
        ),
        withheld(judgements, hidden, changed, partnership),
    )


def _with_terms(frame: pl.DataFrame, terms: pl.DataFrame) -> pl.DataFrame:
    return (
        frame.with_row_index("row_number")
        .join(terms, on=["indicator_id", "indicator_version"], how="left", maintain_order="left")
        .pipe(_with_printed_breakdown)
    )


def _submitted(measures: PlaceMeasures, terms: pl.DataFrame, hidden: pl.DataFrame) -> pl.DataFrame:
    """Return the wholes as submitted that may stand beside their sums, rounded like them; the others are left out.

    The strata of one rate stand or fall together, here too.
    """
    printed = [*CELL[:-1], "printed_breakdown"]
    rows = _with_terms(measures.submitted, terms)
    sums = _with_terms(measures.frame.join(rows, on=list(CELL[:-1]), how="semi"), terms)
    totals = [_total(name).over(printed) for name in _COUNTS]
    small = [
        rows.filter(is_small()),
        # stratum by stratum, and all of them together
        _few_apart(rows, sums, list(CELL)),
        _few_apart(rows.with_columns(totals), sums.with_columns(totals), printed),
    ]
    left_out = pl.concat(
        [hidden.rename({"breakdown": "printed_breakdown"}), *(frame.select(printed) for frame in small)]
    )
    shown = rows.join(left_out.unique(), on=printed, how="anti", maintain_order="left")
    return rounded(shown).select(list(PLACE_MEASURE_COLUMNS))


def _few_apart(rows: pl.DataFrame, sums: pl.DataFrame, cell: list[str]) -> pl.DataFrame:
    """Return the rows that differ from their sum by a small count: of people, and of a proportion those without it."""
    others = sums.select(*cell, *(pl.col(name).alias(f"{name}_of_sum") for name in _COUNTS)).unique(cell)
    apart = rows.join(others, on=cell, maintain_order="left").with_columns(
        *(pl.col(name) - pl.col(f"{name}_of_sum") for name in _COUNTS),
        # whatever the level, they are few people who live somewhere below it
        exempt_levels=pl.lit([], pl.List(pl.String)),
    )
    return apart.filter(is_small())


def _total(name: str) -> pl.Expr:
    """The sum of a count; nothing where one is missing."""
    return pl.when(pl.col(name).is_not_null().all()).then(pl.col(name).sum())


def _with_printed_breakdown(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the breakdown under which their figure is printed: a rate's strata stand under one."""
    texts = rows.filter((pl.col("strata") != "") & (pl.col("basis") != Basis.PUBLISHED.value))
    texts = texts.select("strata", "breakdown").unique()
    printed = [
        breakdown_text({name: category for name, category in breakdown_from_text(text).items() if name != strata})
        for strata, text in texts.iter_rows()
    ]
    known = texts.with_columns(pl.Series("reduced", printed, dtype=pl.String))
    is_published = pl.col("basis") == Basis.PUBLISHED.value
    return (
        rows.join(known, on=["strata", "breakdown"], how="left", maintain_order="left")
        .with_columns(
            pl.when(is_published)
            .then("breakdown")
            .otherwise(pl.coalesce("reduced", "breakdown"))
            .alias("printed_breakdown")
        )
        .drop("reduced")
    )


def _is_changed(shown: pl.DataFrame, measures: PlaceMeasures) -> pl.Series:
    """Return which rows have another number than before."""
    true = measures.frame
    changes = pl.DataFrame([shown[name].ne_missing(true[name]).alias(name) for name in _NUMBERS])
    return changes.select(pl.any_horizontal(pl.all()).alias("is_changed"))["is_changed"]
