"""Finds NHS numbers (ten digits with a valid check digit, also written 3-3-4) in a text, and masks them.

Source: NHS Data Dictionary, "NHS NUMBER": modulus 11 over the first nine digits with weights 10 to 2.
"""

import re
from typing import Final

__all__ = ["GAP", "MASK", "has_nhs_number", "is_valid_nhs_number", "masked"]

GAP: Final = r"[ \t\u00a0\u202f\u2009.\-\u2010\u2011\u2013]?"
_GROUPED: Final = re.compile(rf"(?<![0-9])([0-9]{{3}}){GAP}([0-9]{{3}}){GAP}([0-9]{{4}})(?![0-9])")
# a plain decimal number with a true fraction holds no identifier, however many digits stand after its point
_FRACTION: Final = re.compile(r"\s*[+-]?[0-9]*\.[0-9]*[1-9][0-9]*\s*%?\s*\Z")
_LONGEST_FRACTION: Final = 64
MASK: Final = "[number removed]"


def is_valid_nhs_number(digits: str) -> bool:
    """Return whether ten digits have the check digit of an NHS number.

    >>> is_valid_nhs_number("9991234578"), is_valid_nhs_number("9991234579")
    (True, False)
    """
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = (11 - total % 11) % 11
    return check == int(digits[9])


def has_nhs_number(text: str) -> bool:
    """Return whether an NHS number stands anywhere in a text.

    >>> has_nhs_number("patient 999 123 4578"), has_nhs_number("94.9991234578")
    (True, False)
    """
    return not _is_fraction(text) and any(
        is_valid_nhs_number("".join(found.groups())) for found in _GROUPED.finditer(text)
    )


def masked(text: str) -> str:
    """Return a text with every NHS number in it removed.

    >>> masked("patient 999-123-4578, ward 4")
    'patient [number removed], ward 4'
    """
    if _is_fraction(text):
        return text
    return _GROUPED.sub(lambda found: MASK if is_valid_nhs_number("".join(found.groups())) else found[0], text)


def _is_fraction(text: str) -> bool:
    # no one writes longer numbers, and a longer text is not to be searched back and forth
    return len(text) <= _LONGEST_FRACTION and _FRACTION.match(text) is not None
