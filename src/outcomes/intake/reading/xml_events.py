"""Hands on what the parts of a workbook's archive say, tag by tag; XML that is not well-formed is refused."""

import zipfile
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from outcomes.intake.reading.grid import Refusal
from outcomes.intake.remark import Remark

__all__ = ["AT_ONE_LOOK", "local_name", "parser_of", "read_by"]

# a larger part is read piece by piece
AT_ONE_LOOK: Final = 1 << 27

OnStart = Callable[[str, dict[str, str]], None]
OnText = Callable[[str], None]


def parser_of(on_start: OnStart, on_end: OnText | None = None, on_text: OnText | None = None) -> expat.XMLParserType:
    """Return a parser that calls for each beginning and end of a tag, and for each piece of text."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = on_text
    return parser


def read_by(parser: expat.XMLParserType, archive: zipfile.ZipFile, part: str | bytes) -> None:
    """Have a part of an archive, or its content, read by a parser.

    Raises:
        Refusal: It is not there, damaged or not well-formed.
    """
    try:
        if isinstance(part, bytes) or archive.getinfo(part).file_size <= AT_ONE_LOOK:
            # all at once: of a long comment that comes piece by piece the parser begins anew with each of them
            parser.Parse(part if isinstance(part, bytes) else archive.read(part), True)
        else:
            with archive.open(part) as stream:
                while piece := stream.read(AT_ONE_LOOK):
                    parser.Parse(piece, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, KeyError, zipfile.BadZipFile, UnicodeError, LookupError):
        raise Refusal(Remark(code="OUT-007", details={"what": "a part of it is not well-formed"})) from None


def local_name(name: str) -> str:
    """Return the name of a tag or attribute without its prefix.

    >>> local_name("x:row")
    'row'
    """
    return name.rpartition(":")[2]
