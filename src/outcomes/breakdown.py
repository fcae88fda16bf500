"""Breakdowns: the sorted dimension = category pairs that say for whom a value speaks."""

from collections.abc import Mapping

__all__ = ["WHOLE", "breakdown_from_text", "breakdown_text"]

# the breakdown of a value that speaks for everybody
WHOLE = ""


def breakdown_text(categories: Mapping[str, str]) -> str:
    """Return the canonical text of a breakdown: pairs sorted by dimension.

    Arguments:
        categories: Dimension to category, without the dimensions that mean everybody (all ages, persons).

    >>> breakdown_text({"sex": "Female", "age_band": "65+"})
    'age_band=65+; sex=Female'
    >>> breakdown_text({})
    ''
    """
    return "; ".join(f"{dimension}={category}" for dimension, category in sorted(categories.items()))


def breakdown_from_text(text: str) -> dict[str, str]:
    """Return the dimension to category pairs of a canonical text.

    >>> breakdown_from_text("age_band=65+; sex=Female")
    {'age_band': '65+', 'sex': 'Female'}
    """
    pairs = (pair.split("=", 1) for pair in text.split("; ") if pair)
    return dict(pairs)
