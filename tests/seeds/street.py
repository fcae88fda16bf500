"""Walks the whole street for a test: a partnership folder and partners' files in, a site's pages and exports out."""

import html
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import outcomes as oc

__all__ = ["AS_OF", "EASTVALE", "built", "changed", "copy_of_eastvale", "text_of"]

EASTVALE: Final = Path(__file__).parents[2] / "examples" / "eastvale"
AS_OF: Final = date(2026, 11, 22)


def copy_of_eastvale(folder: Path) -> Path:
    """Copy the bundled partnership, without what its partners sent; return the new folder."""
    return Path(shutil.copytree(EASTVALE, folder, ignore=shutil.ignore_patterns("returns")))


def changed(folder: Path, changes: Mapping[str, tuple[str, str]]) -> Path:
    """Replace one piece of text in each file named: the first `old` becomes `new`; return the folder."""
    for name, (old, new) in changes.items():
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def built(
    folder: Path,
    site: Path,
    *returns: Path,
    as_of: date = AS_OF,
    policy: str = "hes-2018",
    places: Sequence[str] = (),
) -> Path:
    """Load a partnership, receive files, score and build a site; return the site's folder.

    Arguments:
        folder: The partnership.
        site: Where the pages go; the ledger lies beside it.
        returns: What partners sent, in this order.
        as_of: The date that the pages speak for, and on which the files came.
        policy: Of protection; `none` for the working copy.
        places: Only the pages of these areas; empty for those of every place.
    """
    partnership = oc.load_partnership(folder)
    ledger = oc.open_ledger(site.with_name(f"{site.name}-ledger"))
    received_at = datetime(as_of.year, as_of.month, as_of.day, 12, tzinfo=UTC)
    for path in returns:
        oc.receive(path, partnership, ledger, received_at=received_at, as_of=as_of)
    status = oc.returns_status(partnership, ledger, as_of=as_of)
    cards = oc.scorecards(partnership, ledger.observations(), as_of=as_of, policy=policy, returns=status, places=places)
    oc.build_site(cards, site)
    return site


def text_of(page: Path) -> str:
    """Return the words of a page, tags taken out and runs of space closed up."""
    body = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
