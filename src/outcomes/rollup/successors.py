"""Who of the senders follows another that ended: where the one's figure is in, nothing of the other's is missing."""

from collections.abc import Iterable

import polars as pl

from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import successions
from outcomes.rollup.base import BITS_OF_A_WORD

__all__ = ["followers_of", "without_followed"]

# the place of a sender, and that of the one that follows it
Followed = tuple[int, int]


def followers_of(senders: pl.DataFrame, partnership: Partnership) -> tuple[Followed, ...]:
    """Return the senders that ended with each that follows them, by their places.

    Arguments:
        senders: partner_code, source_code (a partner's own code for its own figures), in the order of their bits.
        partnership: Says who followed whom.
    """
    places = {pair: place for place, pair in enumerate(senders.select("partner_code", "source_code").iter_rows())}
    found = []
    for one in successions(partnership):
        for (partner, source), place in places.items():
            if partner == one.before:
                is_own = source == partner
                same = places.get((one.after, one.after if is_own else source))
                # its own figure speaks for the other's own only where it is a new organisation
                found += [(place, same)] if same is not None and (one.is_new or not is_own) else []
    return tuple(found)


def without_followed(frame: pl.DataFrame, followed: Iterable[Followed], words: Iterable[str]) -> pl.DataFrame:
    """Return a table without those among the silent whose follower's figure is in.

    Arguments:
        frame: The sender columns (whose figures entered), and the same with silent_ before.
        followed: As from `followers_of`.
        words: The names of the sender columns.
    """
    names = list(words)
    for before, after in followed:
        silent = f"silent_{names[before // BITS_OF_A_WORD]}"
        has_come = (pl.col(names[after // BITS_OF_A_WORD]) & _bit(after)) != 0
        frame = frame.with_columns(
            pl.when(has_come).then(pl.col(silent) & ~_bit(before)).otherwise(pl.col(silent)).alias(silent)
        )
    return frame


def _bit(place: int) -> pl.Expr:
    return pl.lit(2 ** (place % BITS_OF_A_WORD), pl.Int64)
