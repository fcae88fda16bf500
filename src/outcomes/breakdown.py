"""Breakdowns: the sorted dimension = category pairs that say for whom a value speaks."""

from collections.abc import Mapping

__all__ = ["WHOLE", "breakdown_from_text", "breakdown_text"]

# the breakdown of a value that speaks for everybody
WHOLE = ""


def breakdown_text(categories: Mapping[str, str]) -> str:
    """Return the canonical text of a breakdown: pairs sorted by dimension.

    Arguments:
        categories: Dimension to category, without the dimensions that mean everybody (all ages, persons). A category
            holds no "; ", which stands between pairs (`framework.model.Breakdown` refuses one).

    >>> breakdown_text({"sex": "Female", "age_band": "65+"})
    'age_band=65+; sex=Female'
    >>> breakdown_text({})
    ''
    """
    return "; ".join(f"{dimension}={category}" for dimension, category in sorted(categories.items()))


def breakdown_from_text(text: str) -> dict[str, str]:
    """Return the dimension to category pairs of a canonical text.

    Raises:
        ValueError: A part of the text is no pair, or a dimension stands twice.

    >>> breakdown_from_text("age_band=65+; sex=Female")
    {'age_band': '65+', 'sex': 'Female'}
    """
    found: dict[str, str] = {}
    for pair in text.split("; ") if text else ():
        dimension, is_pair, category = pair.partition("=")
        if not (dimension and is_pair and category) or dimension in found:
            raise ValueError(f"{text!r} is no breakdown; write it as age_band=65+; sex=Female")
        found[dimension] = category
    return found
