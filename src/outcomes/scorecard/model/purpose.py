"""The tree of a page: purpose, outcome, indicator, measure; and what hangs on no branch of it."""

from outcomes.scorecard.model.base import Frozen
from outcomes.vocabulary import Tier

__all__ = ["IndicatorLeaf", "OutcomeBranch", "PurposeBranch", "PurposeTree"]


class IndicatorLeaf(Frozen):
    """One indicator and the measure behind it.

    Attributes:
        indicator_id, name, tier: What tells of the outcome.
        measure: How it is measured: what is counted, out of what.
        reference: The definition, such as `22401@1`.
        used_by: The titles of the sets that use the same measure.
    """

    indicator_id: str
    name: str
    tier: Tier
    measure: str
    reference: str
    used_by: tuple[str, ...] = ()


class OutcomeBranch(Frozen):
    """One outcome and its indicators, in the order of the page; one without any is an orphan."""

    id: str
    title: str
    indicators: tuple[IndicatorLeaf, ...] = ()


class PurposeBranch(Frozen):
    """What the work is for, and the outcomes that serve it; an empty purpose is that of outcomes that name none."""

    purpose: str
    outcomes: tuple[OutcomeBranch, ...] = ()


class PurposeTree(Frozen):
    """What a page is for, down to what is counted.

    Attributes:
        branches: In the order of the outcomes; those that name no purpose last.
        without_indicator: Titles of outcomes of the agreement's first framework that no indicator serves here.
        without_purpose: Titles of outcomes on the page for which neither they nor their framework name a purpose.
    """

    branches: tuple[PurposeBranch, ...] = ()
    without_indicator: tuple[str, ...] = ()
    without_purpose: tuple[str, ...] = ()
