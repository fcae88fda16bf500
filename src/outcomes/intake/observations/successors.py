"""Settles what successors sent again: a figure of one that ended, and another of who followed it, are no dispute."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from outcomes.intake.observations.observation import FIGURE, OBSERVATION_COLUMNS, PLACE_KEY
from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import Succession, successions
from outcomes.vocabulary import Combine, Role

__all__ = ["revised_by_successors", "said_by_successors"]

_OF_A_SUM: Final = ("indicator_id", "indicator_version", "period_start", "period_end")


def said_by_successors(figures: pl.DataFrame, partnership: Partnership) -> pl.DataFrame:
    """Return the figures that count once what successors sent again is taken for what it is: a revision.

    A new organisation speaks for those that ended when it began, so that its figure takes the place of theirs for the
    same measure, area, period, group and source; where it only says again what one of them had said, theirs stays. Of
    one organisation under two codes the later word stands, under whichever code. The record itself keeps every figure.

    Arguments:
        figures: Columns `OBSERVATION_COLUMNS`, each key once.
        partnership: Says who followed whom.

    Returns:
        The figures in their order, without those replaced; what took their place is marked as a revision.
    """
    return _settled(figures, partnership)[0]


def revised_by_successors(figures: pl.DataFrame, partnership: Partnership) -> pl.DataFrame:
    """Return the figures of partners that ended and were revised by who followed them, as the revisions they are.

    Arguments:
        figures: Columns `OBSERVATION_COLUMNS`, each key once.
        partnership: Says who followed whom.

    Returns:
        Rows under the code of the one that ended, with the submission that revised it; `is_revision` is true.
    """
    return _settled(figures, partnership)[1]


def _settled(figures: pl.DataFrame, partnership: Partnership) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the figures that count, and those of partners that ended which were revised."""
    found = successions(partnership)
    if not found:
        return figures, figures.clear()
    settled, revised = figures.with_row_index("at"), [figures.clear()]
    for after in dict.fromkeys(one.after for one in found):
        before = {one.before: one for one in found if one.after == after}
        pairs = _of_all(_pairs(settled, after, before), partnership, before)
        if pairs.is_empty():
            continue
        is_alone = pl.len().over("at_after") == 1
        spoke_later = pl.col("is_same") & (pl.col("submission_before") > pl.col("submission"))
        pairs = pairs.with_columns(
            is_said_again=is_alone & pl.col("is_equal"), is_theirs=is_alone & (pl.col("is_equal") | spoke_later)
        )
        theirs, mine = pairs.filter("is_theirs"), pairs.filter(~pl.col("is_theirs"))
        gone = pl.concat([theirs["at_after"], mine["at_before"]])
        news = pl.concat([theirs.filter(~pl.col("is_said_again"))["at_before"], mine["at_after"]])
        last = pl.max_horizontal("submission", "submission_before")
        by = pairs.filter(~pl.col("is_said_again")).select(at="at_before", by=last)
        revised.append(
            settled.join(by, on="at")
            .with_columns(submission=pl.col("by"), is_revision=pl.lit(value=True))
            .select(figures.columns)
        )
        settled = settled.filter(~pl.col("at").is_in(gone.implode())).with_columns(
            is_revision=pl.col("is_revision") | pl.col("at").is_in(news.implode())
        )
    return settled.drop("at"), pl.concat(revised)


def _of_all(pairs: pl.DataFrame, partnership: Partnership, before: Mapping[str, Succession]) -> pl.DataFrame:
    """Return the pairs without those of sums to which not all of several predecessors had sent their part.

    What one that followed several sends to such a sum is the part that was still owed, and no correction of the others.
    """
    if pairs.is_empty() or all(one.is_same for one in before.values()):
        return pairs
    sums = {key for key, one in partnership.indicators.items() if one.combine is Combine.SUM_OF_SOURCES}
    agreed = [
        duty for one in partnership.agreements for duty in one.responsibilities if duty.role is Role.SUPPLIES_DATA
    ]
    owed: dict[tuple[str, int, date, date], int] = {}
    for indicator, version, first, last in pairs.select(_OF_A_SUM).unique().iter_rows():
        if (indicator, version) not in sums:
            continue
        there = (partnership.partner(code) for code in before)
        owed[(indicator, version, first, last)] = sum(
            one.is_there_on(last)
            and (
                any(indicator in supply.indicators for supply in one.supplies)
                or any(duty.partner == one.code and indicator in duty.indicators for duty in agreed)
            )
            for one in there
        )
    rows = [(*about, number) for about, number in owed.items()]
    schema = {**{name: OBSERVATION_COLUMNS[name] for name in _OF_A_SUM}, "owed": pl.Int64()}
    sent = pl.col("partner_code_before").n_unique().over("at_after")
    return (
        pairs.with_columns(sent=sent)
        .join(pl.DataFrame(rows, schema=schema, orient="row"), on=list(_OF_A_SUM), how="left")
        .filter(~pl.col("is_own") | pl.col("is_same") | pl.col("owed").is_null() | (pl.col("sent") >= pl.col("owed")))
    )


def _pairs(figures: pl.DataFrame, after: str, before: Mapping[str, Succession]) -> pl.DataFrame:
    """Return every figure of a successor beside each of its predecessors' that it is another version of."""
    # a partner's own figure is named by its code, or by nothing
    is_own = (pl.col("source_code") == "") | (pl.col("source_code") == pl.col("partner_code"))
    named = figures.with_columns(source=pl.when(is_own).then(pl.lit("")).otherwise("source_code"))
    mine = named.filter(pl.col("partner_code") == after)
    theirs = named.filter(pl.col("partner_code").is_in(list(before)))
    if mine.is_empty() or theirs.is_empty():
        return figures.clear()
    kept = (*PLACE_KEY, "period_end", *FIGURE, "source", "partner_code", "submission", "at")
    pairs = mine.select(*kept).join(theirs.select(*kept), on=list(PLACE_KEY), suffix="_before")
    # whoever sends for its predecessor by name revises that one's own figure
    is_named = (pl.col("source") == pl.col("partner_code_before")) & (pl.col("source_before") == "")
    whose = pl.col("partner_code_before")
    pairs = pairs.with_columns(
        is_own=(pl.col("source") == "") & (pl.col("source_before") == ""),
        is_new=whose.is_in([code for code, one in before.items() if one.is_new]),
        is_same=whose.is_in([code for code, one in before.items() if one.is_same]),
    )
    # a source that is named stays itself, whoever sends for it
    is_meant = (pl.col("source") == pl.col("source_before")) & (pl.col("is_new") | ~pl.col("is_own"))
    return pairs.filter(is_meant | is_named).select(
        *_OF_A_SUM,
        "submission",
        "submission_before",
        "partner_code_before",
        "is_own",
        "is_same",
        at_after="at",
        at_before="at_before",
        is_equal=pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_before")) for name in FIGURE),
    )
