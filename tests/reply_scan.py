"""Reads a page and says which unwelcome words on it stand without the place for a reply."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

from outcomes.scorecard.model import UNWELCOME_WORDS

__all__ = ["Alone", "words_alone"]

# longest first: "much worse" is one word, not "worse" with another before it
_UNWELCOME: Final = re.compile(
    "|".join(rf"\b{re.escape(str(word)).replace(', ', ',? ')}\b" for word in sorted(UNWELCOME_WORDS, key=len)[::-1]),
    re.IGNORECASE,
)
_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_READ_OUT: Final = ("aria-label", "title", "alt")
# what explains the words, and what somebody else said in words of its own
_NOT_SAID_HERE: Final = ("explained", "said")

Alone = tuple[str, str]


class _Element:
    def __init__(self, tag: str, attributes: dict[str, str | None], parent: "_Element | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.text = ""

    def up(self) -> "list[_Element]":
        """The element and everything around it, the nearest first."""
        return [self, *(self.parent.up() if self.parent is not None else [])]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.here: _Element | None = None
        self.said: list[tuple[str, _Element]] = []
        self.replies: list[_Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, dict(attrs), self.here)
        if "data-reply" in element.attributes:
            self.replies.append(element)
        for name in _READ_OUT:
            if element.attributes.get(name):
                self.said.append((element.attributes[name] or "", element))
        if tag not in _VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = self.here
        self.handle_starttag(tag, attrs)
        self.here = kept

    def handle_endtag(self, tag: str) -> None:
        for one in self.here.up() if self.here else ():
            if one.tag == tag:
                self.here = one.parent
                return

    def handle_data(self, data: str) -> None:
        if self.here is None or any(one.tag in ("style", "script") for one in self.here.up()):
            return
        for one in self.here.up():
            one.text += data
        self.said.append((data, self.here))


def _of(element: _Element) -> str | None:
    return next((one.attributes["data-of"] for one in element.up() if "data-of" in one.attributes), None)


def words_alone(html: str, names: Iterable[str] = ()) -> list[Alone]:
    """Return every unwelcome word without the place for a reply beside it, with the text that it stands in.

    A word of one measure stands within `data-of`, and a reply (`data-reply`, with text) within the same element or one
    of the same name. A count of such words stands within `data-words="counted"`, which holds how many have a reply.

    Arguments:
        html: The page.
        names: Of measures and questions: a name that holds such a word says it of nobody.
    """
    called = sorted({name for name in names if _UNWELCOME.search(name)}, key=len, reverse=True)
    page = _Page()
    page.feed(html)
    given = [reply for reply in page.replies if reply.text.strip()]
    answered = {_of(reply) for reply in given} - {None}
    counted = {id(one) for reply in given for one in reply.up()}
    found = []
    for said, element in page.said:
        text = said
        for name in called:
            text = text.replace(name, "")
        for word in _UNWELCOME.findall(text):
            around = element.up()
            kinds = {one.attributes.get("data-words") for one in around}
            if kinds & set(_NOT_SAID_HERE) or any("data-reply" in one.attributes or one.tag == "q" for one in around):
                continue
            is_counted = any(one.attributes.get("data-words") == "counted" and id(one) in counted for one in around)
            of = _of(element)
            if (of is None and not is_counted) or (of is not None and of not in answered):
                found.append((str(word), " ".join(text.split())[:160] + f" [{of}] <{element.tag}>"))
    return found
