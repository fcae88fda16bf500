"""Breakdowns: the sorted dimension = category pairs that say for whom a value speaks."""

from collections.abc import Mapping, Sequence
from typing import Final

__all__ = ["WHOLE", "breakdown_from_text", "breakdown_text", "spoken_group"]

# the breakdown of a value that speaks for everybody
WHOLE = ""

_PARTS: Final = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 10: "tenth"}


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


def spoken_group(text: str, by_deprivation: Mapping[str, Sequence[str]]) -> str:
    """Return a group as it stands in a sentence; an empty text for everybody.

    Arguments:
        text: The canonical text of the breakdown.
        by_deprivation: Of each dimension that deprivation orders, its categories from the most to the least deprived.

    >>> fifths = {"deprivation": ["1 most", "2", "3", "4", "5 least"]}
    >>> spoken_group("deprivation=1 most", fifths), spoken_group("deprivation=4; sex=Female", fifths)
    ('the most deprived fifth', 'deprivation 4, Female')
    """
    return ", ".join(
        _spoken(dimension, category, by_deprivation.get(dimension, ()))
        for dimension, category in breakdown_from_text(text).items()
    )


def _spoken(dimension: str, category: str, ordered: Sequence[str]) -> str:
    part = _PARTS.get(len(ordered), "group")
    if ordered and category in (ordered[0], ordered[-1]):
        return f"the {'most' if category == ordered[0] else 'least'} deprived {part}"
    # a bare number says nothing of what is counted
    return f"{dimension.replace('_', ' ')} {category}" if category.isdigit() else category
