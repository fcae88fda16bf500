"""Standing in: the figure of an area of another day leaves nothing missing of the areas that it is the figure of."""

from typing import Final

import polars as pl

from outcomes.rollup.lineage import Lineage

__all__ = ["stood_in_for"]

_CELL: Final = ["figure", "area"]


def stood_in_for(own: pl.DataFrame, lineage: Lineage) -> pl.DataFrame:
    """Return the areas that nobody misses, figure by figure, because others came that are the same people.

    An area that did not come is stood in for where everything that it became came, over however many steps, as in
    figures published on the areas of a later day; or everything that it was made of, as in figures sent late under
    former codes. An area that existed before it took others in stands in for none of them.

    Arguments:
        own: The areas' own sums as they are counted (`each_once`).
        lineage: Where areas came from.

    Returns:
        figure, area; each once.
    """
    of_lines = pl.concat([lineage.lines["origin"], lineage.lines["area"]]).unique().sort()
    is_of_lines = pl.col("area").is_in(of_lines.implode())
    came = own.filter("enters", "is_collected", "has_all_sources", is_of_lines).select(_CELL)
    found = [_covered(came, parts_of).join(came, on=_CELL, how="anti") for parts_of in (lineage.after, lineage.before)]
    return pl.concat(found).unique().sort(_CELL)


def _covered(came: pl.DataFrame, parts_of: pl.DataFrame) -> pl.DataFrame:
    """The cells that came, and those of which every part is covered."""
    covered = came
    while True:
        further = (
            parts_of.join(covered.rename({"area": "part"}), on="part")
            .group_by(*_CELL, "parts")
            .len()
            .filter(pl.col("len") == pl.col("parts"))
            .select(_CELL)
            .join(covered, on=_CELL, how="anti")
        )
        if further.is_empty():
            return covered
        covered = pl.concat([covered, further])
