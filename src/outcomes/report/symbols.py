"""Draws what a page uses by its id, once at its top: marks, strokes of its keys, icons; no more than it uses."""

import re
from functools import cache

from outcomes.report.legend import STROKES
from outcomes.report.marks import mark_drawings
from outcomes.report.process_drawing import icon_drawings

__all__ = ["SYMBOLS_HERE", "symbols", "with_symbols"]

# stands in a page where its symbols are to be; no text of a page can be it, for every text is escaped
SYMBOLS_HERE = "<!--symbols-->"
_USED = re.compile(r'<use href="#([a-z-]+)"')


@cache
def _every() -> dict[str, str]:
    boxes = (
        ("0 0 22 22", mark_drawings()),
        ("0 0 30 14", {f"k-{name}": drawing for name, drawing in STROKES.items()}),
        ("0 0 32 26", icon_drawings()),
    )
    return {
        name: f'<symbol id="{name}" viewBox="{box}">{drawing}</symbol>'
        for box, drawings in boxes
        for name, drawing in drawings.items()
    }


def symbols() -> str:
    """Return every symbol there is."""
    return _drawn("".join(_every().values()))


def with_symbols(html: str) -> str:
    """Return a page with the symbols that it uses, each once, where `SYMBOLS_HERE` stands.

    >>> with_symbols(f'{SYMBOLS_HERE}<svg><use href="#g-good"/></svg>').count("<symbol ")
    1
    """
    used = set(_USED.findall(html))
    return html.replace(SYMBOLS_HERE, _drawn("".join(text for name, text in _every().items() if name in used)), 1)


def _drawn(text: str) -> str:
    return f'<svg width="0" height="0" class="defs" aria-hidden="true" focusable="false">{text}</svg>'
