"""Observations: the noun that intake and the ledger hand on, one row a figure, with its key and its origin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import Succession, successions
from outcomes.table import hold_to_table
from outcomes.vocabulary import Combine, Role

__all__ = [
    "FIGURE",
    "KEY",
    "OBSERVATION_COLUMNS",
    "PLACE_KEY",
    "WORDS",
    "Observations",
    "new_versions",
    "revised_by_successors",
    "said_by_successors",
]

# an observation's identity; the last of them without partner and source are its place key
KEY: Final = (
    "partner_code",
    "source_code",
    "indicator_id",
    "indicator_version",
    "area_code",
    "period_kind",
    "period_start",
    "breakdown",
)
PLACE_KEY: Final = KEY[2:]
_OF_A_SUM: Final = ("indicator_id", "indicator_version", "period_start", "period_end")

# another of these for the same key is another figure: a revision
FIGURE: Final = (
    "numerator",
    "denominator",
    "value",
    "lower_ci_95",
    "upper_ci_95",
    "sum_of_squares",
    "effective_sample_size",
    "status",
    "value_status",
)
# another of these alone is kept as a version, but makes no revision: the figure stands
WORDS: Final = ("value_note", "comment")

OBSERVATION_COLUMNS: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    # whose figure it is; the partner's own code where it sends its own
    "source_code": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    # the canonical text of the period
    "period": pl.String(),
    # canonical text, empty for everybody
    "breakdown": pl.String(),
    # whole multiples of 1 / numerator_scale of the indicator; null with a status or a published value alone
    "numerator": pl.Int64(),
    # whole multiples of 1 / denominator_scale of the indicator
    "denominator": pl.Int64(),
    # as submitted; used where the indicator's statistic is published_value, otherwise only checked
    "value": pl.Float64(),
    "lower_ci_95": pl.Float64(),
    "upper_ci_95": pl.Float64(),
    # of the scaled numerators' units squared, whole
    "sum_of_squares": pl.Int64(),
    "effective_sample_size": pl.Float64(),
    # a RowStatus, or null where there is a number
    "status": pl.String(),
    # a Qualifier, or null
    "value_status": pl.String(),
    "value_note": pl.String(),
    "comment": pl.String(),
    # the partner's own address of the figure
    "sheet": pl.String(),
    "row": pl.Int32(),
    # the ledger number of the submission; 0 before it is recorded
    "submission": pl.Int64(),
    # whether an earlier submission had another figure for the same key
    "is_revision": pl.Boolean(),
}


@dataclass(frozen=True)
class Observations:
    """Figures of partners, as known at a ledger number.

    Attributes:
        frame: Columns `OBSERVATION_COLUMNS`, sorted by key; each key once.
        known_at: The ledger number up to which it was read; 0 where no ledger is behind it.
        destroyed_since: The submissions that counted at that number and were expunged later: their figures are not
            here, though they were known.
    """

    frame: pl.DataFrame
    known_at: int = 0
    destroyed_since: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the observations' table."""
        hold_to_table(self.frame, OBSERVATION_COLUMNS, "observations")


def new_versions(sent: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return those of the figures sent that say something that is not known yet.

    Arguments:
        sent: Columns `OBSERVATION_COLUMNS`, each key once.
        known: The newest version of each key, same columns.

    Returns:
        Sorted by key. `is_revision` is true where another figure stood for the key (now, or ever before).

    >>> none = pl.DataFrame(schema=OBSERVATION_COLUMNS)
    >>> new_versions(none, none).height
    0
    """
    kept = known.select(*KEY, *(pl.col(name).name.suffix("_known") for name in (*FIGURE, *WORDS)), "is_revision")
    paired = sent.drop("is_revision").join(kept, on=KEY, how="left", maintain_order="left")
    # a key that is known carries true or false here, a new one null
    is_known = pl.col("is_revision").is_not_null()
    return (
        paired.filter(~is_known | _differs((*FIGURE, *WORDS)))
        .with_columns(is_revision=(is_known & _differs(FIGURE)) | pl.col("is_revision").fill_null(value=False))
        .select(list(OBSERVATION_COLUMNS))
        .sort(KEY)
    )


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


def _differs(names: Iterable[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_known")) for name in names)
