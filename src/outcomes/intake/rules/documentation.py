"""Where a finding's own page of documentation is: what it means, why it is asked, a failing and a mended example."""

from typing import Final

from outcomes.intake.rules import RULES

__all__ = ["PAGES", "documentation_of"]

# beside the other manuals
PAGES: Final = "docs/findings/"


def documentation_of(code: str, base: str = PAGES) -> str:
    """Return the address of a finding's page.

    Arguments:
        code: Of the finding, such as `OUT-401`.
        base: Where the pages are: a folder, or the address of a site that has them. Empty for the bare name.

    Raises:
        KeyError: No rule has the code.

    >>> documentation_of("OUT-401")
    'docs/findings/OUT-401.md'
    >>> documentation_of("OUT-401", base="https://outcomes.example/findings")
    'https://outcomes.example/findings/OUT-401.md'
    """
    separator = "/" if base and not base.endswith("/") else ""
    return f"{base}{separator}{RULES[code].code}.md"
