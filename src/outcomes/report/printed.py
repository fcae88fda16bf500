"""Names every figure that a page prints, and reads the figures of a page back, so that pages can be compared."""

from dataclasses import dataclass
from html.parser import HTMLParser

__all__ = ["PrintedFigure", "figure_key", "printed_figures"]

_NEVER_CLOSED = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "use"})


@dataclass(frozen=True, slots=True, order=True)
class PrintedFigure:
    """One figure as a page prints it.

    Attributes:
        indicator_id, period, area_code, breakdown: Of what it is; `period` and `breakdown` in canonical text, as in
            the results' table. An earlier version of a measure beside a later one is `<id>.<version>`.
        value: The printed value with its unit, or the word for its Reason.
        interval: The printed 95 % interval, or the words that say that there is none.
    """

    indicator_id: str
    period: str
    area_code: str
    breakdown: str
    value: str
    interval: str


def figure_key(page_name: str, period: str, area_code: str, breakdown: str = "") -> str:
    """Return the name that a figure has on every page: the value of the attribute `data-figure` around it.

    >>> figure_key("local-01", "2026", "EMX060002", "sex=female")
    'local-01|2026|EMX060002|sex=female'
    """
    return "|".join((page_name, period, area_code, breakdown))


def printed_figures(html: str) -> tuple[PrintedFigure, ...]:
    """Return every figure that a page of a site prints, sorted; one that it prints several times alike is one.

    A page marks a figure by the attribute `data-figure` (`figure_key`); inside that element the parts marked
    `data-is="value"` and `data-is="interval"` are its text. The same figure printed in two ways is returned twice.

    Arguments:
        html: A page of `html_pages`: of a place, the nation or the public, or of one indicator.

    >>> row = '<tr data-figure="a|2026|P1|"><td data-is="value">6.1%</td><td data-is="interval">5.3 to 7.0</td></tr>'
    >>> printed_figures(row)[0].value
    '6.1%'
    """
    reader = _Reader()
    reader.feed(html)
    return tuple(sorted(set(reader.found)))


class _Reader(HTMLParser):
    """Walks through a page and keeps the text of what is marked."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[PrintedFigure] = []
        # of every open element what it is: a figure's key, a part of one, or neither
        self._open: list[tuple[str, str]] = []
        self._texts: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NEVER_CLOSED:
            return
        known = dict(attrs)
        key, part = known.get("data-figure") or "", known.get("data-is") or ""
        self._open.append((key, part))
        if key:
            self._texts = {"value": [], "interval": []}

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content holds no figure."""

    def handle_data(self, data: str) -> None:
        for _, part in reversed(self._open):
            if part in self._texts:
                self._texts[part].append(data)
                return

    def handle_endtag(self, tag: str) -> None:
        if tag in _NEVER_CLOSED or not self._open:
            return
        key, _ = self._open.pop()
        if key:
            value, interval = (" ".join("".join(self._texts[part]).split()) for part in ("value", "interval"))
            indicator, period, area, breakdown = key.split("|", 3)
            self.found.append(PrintedFigure(indicator, period, area, breakdown, value, interval))
            self._texts = {}
