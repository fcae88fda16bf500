"""What a partner that ended had not sent is owed by the one that followed it: its own figures, and those of others."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import ended_before, heir_of

__all__ = ["passed_on"]


def passed_on(
    partnership: Partnership, expected: pl.DataFrame, received: pl.DataFrame, figure: Sequence[str], as_of: date
) -> pl.DataFrame:
    """Return expected figures so that whoever followed a partner that ended owes what did not come through it.

    Arguments:
        partnership: Says who followed whom.
        expected: The figures, with at least the columns of a figure.
        received: The columns of each figure that came.
        figure: The columns that tell a figure, `partner_code` among them.
        as_of: The day on which it is asked who stands there.

    Returns:
        The same columns, each figure once, sorted by figure.
    """
    heirs = {one.code: heir_of(partnership, one.code, as_of) for one in ended_before(partnership, as_of)}
    codes = {code: heir.code for code, heir in heirs.items() if heir is not None}
    if not codes:
        return expected
    is_open = pl.col("partner_code").is_in(list(codes)) & pl.col("came").is_null()
    came = received.select(*figure, came=pl.lit(value=True))
    passed = expected.join(came, on=list(figure), how="left").with_columns(
        partner_code=pl.when(is_open).then(pl.col("partner_code").replace(codes)).otherwise("partner_code")
    )
    return passed.select(expected.columns).unique().sort(*figure)
