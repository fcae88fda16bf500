"""Works a printed formula out again from its text alone, as a reader with a calculator would."""

import math
import re
from typing import Any

from scipy import special

__all__ = ["worked_out"]

_FUNCTIONS: dict[str, Any] = {
    "abs": abs,
    "sqrt": math.sqrt,
    # the chi-squared quantile of p on k degrees of freedom
    "chi2inv": lambda p, k: 2 * float(special.gammaincinv(k / 2, p)),
    # the chances that numbers of these distributions lie below the first
    "normal": lambda z: float(special.ndtr(z)),
    "chi2": lambda x, k: float(special.chdtr(k, x)),
    "student": lambda t, k: float(special.stdtr(k, t)),
    "cbrt": lambda x: float(special.cbrt(x)),
    "ln": math.log,
    "sin": math.sin,
    "asin": math.asin,
    "min": min,
    "max": max,
}
_SIGNS = {"×": "*", "−": "-", "²": "**2", "³": "**3", "√": "sqrt", "∛": "cbrt", "χ**2(": "chi2inv(", ";": ","}
_SIGNS |= {"Φ(": "normal(", "F(": "chi2(", "T(": "student("}


def worked_out(text: str) -> tuple[float, float]:
    """Return what the left side of a printed working comes to, and what stands on its right."""
    plain = re.sub(r"(?<=\d),(?=\d)", "", text)
    for sign, own in _SIGNS.items():
        plain = plain.replace(sign, own)
    # the size of a difference stands between two bars
    plain = re.sub(r"\|([^|]*)\|", r"abs(\1)", plain)
    left, right = plain.rsplit(" = ", 1)
    assert re.fullmatch(r"[0-9a-z+\-*/().,e ]*", left), left
    return float(eval(left, {"__builtins__": {}}, _FUNCTIONS)), float(right)
