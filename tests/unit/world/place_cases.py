"""How rules about places and partners are broken: rule, file, old, new, text on the line named."""

from typing import Final

__all__ = ["PLACE_FAULTS"]

INDICATORS: Final = "frameworks/local/indicators.yaml"
_SECOND: Final = "    level: place\n    valid_from: 2025-10-01\n"

PLACE_FAULTS: Final = (
    (
        "unknown-source",
        "partners.yaml",
        "    footprint: [PL1, PL2]\n",
        "    footprint: [PL1, PL2]\n    sources: {GP: Practices, GP2: Others}\n",
        "sources:",
    ),
    (
        "versions-of-one-basis",
        INDICATORS,
        _SECOND,
        f"{_SECOND}    population_basis: registered\n",
        "population_basis",
    ),
)
