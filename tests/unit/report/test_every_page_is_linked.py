"""Every page of a site is reached from its first page by links, and no link or anchor leads nowhere."""

import re
from pathlib import Path
from urllib.parse import unquote

from outcomes.workflows.example import ExampleRun


def _links(page: Path) -> set[tuple[Path, str]]:
    """The pages that a page links to, itself among them, each with an anchor or none."""
    found = set()
    for href in re.findall(r'<a\b[^>]*?\bhref="([^"]*)"', page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", href):
            path, _, anchor = href.partition("#")
            found.add(((page.parent / unquote(path)).resolve() if path else page.resolve(), unquote(anchor)))
    return found


def test_every_page_of_the_example_is_linked_and_every_link_leads_somewhere(example: ExampleRun) -> None:
    site = example.site.resolve()
    pages = {
        path: set(re.findall(r'\bid="([^"]*)"', path.read_text(encoding="utf-8"))) for path in site.rglob("*.html")
    }
    links = {page: _links(page) for page in pages}
    lost = {
        f"{page.relative_to(site)} → {target.relative_to(site)}#{anchor}"
        for page, led in links.items()
        for target, anchor in led
        if target not in pages or (anchor and anchor not in pages[target])
    }
    assert sorted(lost) == []
    reached, found = set(), {site / "index.html"}
    while found:
        page = found.pop()
        reached.add(page)
        found |= {target for target, _ in links[page]} - reached
    assert sorted(str(page.relative_to(site)) for page in set(pages) - reached) == []
