"""Ways in which a partner's file may be changed: bytes, cells, XML of a workbook, and its form alone."""

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable
from typing import Final

__all__ = ["MUTATIONS", "other_form"]

Mutation = Callable[[bytes, bytes, random.Random], bytes]

_TOKENS: Final = (
    "", " ", "0", "-1", "1e3", "1,234", "1.234", "12,34", "NaN", "inf", "*", "[c]", "<7", "-", "n/a", "NULL", "=1+1",
    "Total", "'", '"', '""', "\u00a0", "\u200b", "\ufeff", "\u202e", "\x00", "\x1b", "\ud7ff", "9" * 30,
    "0." + "3" * 30, "2025-04", "Apr-25", "2025/26", "45748", "tdv-1", "W06000081", "TDV-1", "Male", "999",
    "indicator_id", "1\u202f234", "\u221214", "+5", "007", "5 000", "5%", "TRUE", "#N/A", "\r", "\n", "a;b", "a\tb",
)  # fmt: skip


def _flips(content: bytes, _: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _count in range(chance.choice((1, 1, 2, 5, 20))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content: bytes, _: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _pieces(content: bytes, _: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    end = min(len(content), start + chance.choice((1, 4, 30, 200)))
    how = chance.choice(("drop", "twice", "turn"))
    piece = content[start:end]
    return content[:start] + {"drop": b"", "twice": piece * 2, "turn": piece[::-1]}[how] + content[end:]


def _spliced(content: bytes, other: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other) + 1) :]


def _inserted(content: bytes, _: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    token = chance.choice(_TOKENS).encode("utf-8", "surrogatepass")
    return content[:at] + token + content[at:]


def _tail(content: bytes, _: bytes, chance: random.Random) -> bytes:
    # where a Parquet file and a zip archive describe themselves
    changed = bytearray(content)
    for _count in range(chance.choice((1, 2, 4))):
        if changed:
            changed[-1 - chance.randrange(min(len(changed), 600))] = chance.randrange(256)
    return bytes(changed)


def _cells(content: bytes, _: bytes, chance: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    if not lines:
        return content
    for _count in range(chance.choice((1, 1, 2, 4))):
        line = lines[chance.randrange(len(lines))]
        match chance.randrange(6):
            case 0 if line:
                line[chance.randrange(len(line))] = chance.choice(_TOKENS)
            case 1 if line:
                at = chance.randrange(len(line))
                line[at] = (
                    chance.choice(_TOKENS) + line[at] if chance.random() < 0.5 else line[at] + chance.choice(_TOKENS)
                )
            case 2 if line:
                other = lines[chance.randrange(len(lines))]
                if other:
                    here, there = chance.randrange(len(line)), chance.randrange(len(other))
                    line[here], other[there] = other[there], line[here]
            case 3:
                lines.insert(chance.randrange(len(lines)), list(line))
            case 4 if line:
                line.pop(chance.randrange(len(line)))
            case _:
                line.insert(chance.randrange(len(line) + 1), chance.choice(_TOKENS))
    stream = io.StringIO()
    csv.writer(stream, lineterminator=chance.choice(("\n", "\r\n"))).writerows(lines)
    return stream.getvalue().encode("utf-8", "surrogatepass")


def _workbook(content: bytes, _: bytes, chance: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        members = {}
    if not members:
        return _flips(content, b"", chance)
    names = sorted(members)
    sheets = [name for name in names if "sheet" in name or "Strings" in name or "styles" in name]
    for _count in range(chance.choice((1, 1, 2, 3))):
        name = chance.choice(sheets if sheets and chance.random() < 0.8 else names)
        members[name] = _xml(members[name], chance)
    if chance.random() < 0.05:
        members.pop(chance.choice(names))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 0, 0, 0)), member, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _xml(part: bytes, chance: random.Random) -> bytes:
    text = part.decode("utf-8", "replace")
    spots = {
        "value": r"<v>[^<]*</v>",
        "address": r' r="[^"]*"',
        "kind": r' t="[^"]*"',
        "style": r' s="[^"]*"',
        "cell": r"<c [^>]*>.*?</c>",
        "row": r"<row .*?</row>",
        "string": r"<si>.*?</si>",
        "attribute": r' [a-zA-Z:]+="[^"]*"',
        "tag": r"<[^>]*>",
    }
    found = list(re.finditer(spots[chance.choice(sorted(spots))], text))
    if not found:
        return _flips(part, b"", chance)
    spot = chance.choice(found)
    other = chance.choice(found)[0]
    match chance.randrange(5):
        case 0:
            new = ""
        case 1:
            new = spot[0] * 2
        case 2:
            new = other
        case 3:
            numbers = (
                "0",
                "-1",
                "1",
                "99999999999",
                "1e999",
                "A1",
                "XFD1048576",
                "n",
                "s",
                "str",
                "e",
                "b",
                "d",
                "inlineStr",
            )
            new = re.sub(r'(?<=["<>])[^"<>]+(?=["<])', lambda _: chance.choice(numbers), spot[0], count=1)
        case _:
            at = chance.randrange(len(spot[0]) + 1)
            new = spot[0][:at] + chance.choice(_TOKENS) + spot[0][at:]
    changed = text[: spot.start()] + new + text[spot.end() :]
    return changed.encode("utf-8", "surrogatepass")


MUTATIONS: Final[dict[str, Mutation]] = {
    "flips": _flips,
    "cut": _cut,
    "pieces": _pieces,
    "spliced": _spliced,
    "inserted": _inserted,
    "tail": _tail,
    "cells": _cells,
    "workbook": _workbook,
}


def other_form(lines: list[list[str]], chance: random.Random) -> bytes:
    """Return a table written in another form that says the same: encoding, separator, line ends, quotes, case, blanks.

    Arguments:
        lines: The header and the rows of a clean comma-separated return; rows keep their order.
        chance: What decides.
    """
    lines = [list(line) for line in lines]
    header = lines[0]
    for line in lines[1:]:
        for place, name in enumerate(header[: len(line)]):
            cell, draw = line[place], chance.random()
            if name in ("indicator_id", "place_code") and draw < 0.3:
                line[place] = chance.choice((f" {cell}", f"{cell}\u00a0", cell.lower(), cell.upper(), f"\u200b{cell}"))
            elif name in ("numerator", "denominator") and draw < 0.3 and cell.isdigit():
                spelled = (f"{cell}.0", f"+{cell}", f" {cell}", f"0{cell}", f"{int(cell):,}".replace(",", "\u00a0"))
                line[place] = chance.choice(spelled)
            elif name == "period" and draw < 0.3 and re.fullmatch(r"\d{4}-\d\d", cell):
                year, month = cell.split("-")
                line[place] = chance.choice((f"{cell}-01", f"01/{month}/{year}", f"1/{int(month)}/{year}", f" {cell}"))
    if chance.random() < 0.3:
        lines[0] = [chance.choice((name.upper(), name.replace("_", " "), f" {name}")) for name in header]
    separator = chance.choice((",", ",", ";", "\t"))
    stream = io.StringIO()
    quoting: Final = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n", quoting=quoting)
    writer.writerows(lines)
    text = stream.getvalue()
    if not any("\n" in cell or "\r" in cell for line in lines for cell in line):
        text = text.replace("\n", chance.choice(("\n", "\r\n", "\r")))
    if len(lines[-1]) == len(header) and chance.random() < 0.3:
        text = text.rstrip("\r\n") if text.rstrip("\r\n").count(separator) == text.rstrip().count(separator) else text
    encoding, mark = chance.choice(
        (("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"))
    )
    return mark + text.encode(encoding, "surrogatepass")
