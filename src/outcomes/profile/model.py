"""The noun of the profile: one of the ten lines of a place. Only pydantic is loaded here."""

from pydantic import BaseModel, ConfigDict

__all__ = ["ProfileLine"]


class ProfileLine(BaseModel):
    """One of the ten lines of a place: counts by word, and a sentence; never a score.

    Attributes:
        id: Its stable name, such as `comparison`.
        title, question: What the line is called, and the question that it answers.
        counts: Word and number, in the order in which they are printed.
        sentence: The line in plain words; where nothing is computed, the reason.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    id: str
    title: str
    question: str
    counts: tuple[tuple[str, int], ...] = ()
    sentence: str
