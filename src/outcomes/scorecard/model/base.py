"""The base of every part of a scorecard, and the number of its published form."""

from typing import Final

from pydantic import BaseModel, ConfigDict

__all__ = [
    "SCHEMA_VERSION",
    "Frozen",
]

SCHEMA_VERSION: Final = 3


class Frozen(BaseModel):
    """The base of every part of a scorecard: frozen, closed, without inf or NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
