"""The contracts that members of an alliance hold besides it, and whose measures are theirs: SeparateContract."""

from pydantic import Field

from outcomes.scalars import Day, Definition, Slug, Text

__all__ = ["SeparateContract"]


class SeparateContract(Definition):
    """A contract that one member holds with a commissioner, outside what the partners share.

    Attributes:
        id: Its code.
        title: What it is for.
        commissioner: The code of the partner that commissions.
        holder: The code of the partner that holds it.
        subcontractors: The codes of the partners to which the holder subcontracts parts.
        from: The first day.
        to: The last day; None for until it is ended.
        measures: The ids of the indicators by which the commissioner holds its holder to it. They belong to the
            contract and are on no shared page.
        shared_measures: Those of them that the partners agreed to share; they are on the page like any other.
    """

    id: Slug
    title: Text
    commissioner: Slug
    holder: Slug
    subcontractors: tuple[Slug, ...] = ()
    from_day: Day = Field(alias="from")
    to_day: Day | None = Field(default=None, alias="to")
    measures: tuple[Slug, ...] = ()
    shared_measures: tuple[Slug, ...] = ()
