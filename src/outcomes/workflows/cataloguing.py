"""Cataloguing: what the bundled sets, or those of a partnership, ask for; as a page, CSV and JSON."""

from collections.abc import Iterable
from pathlib import Path

from outcomes.bundled import bundled_folder
from outcomes.errors import UnknownNameError
from outcomes.exchange.catalogue_files import catalogue_csv, catalogue_json
from outcomes.exchange.crosswalk_csv import crosswalk_csv
from outcomes.framework.catalogue import Catalogue, catalogue_of
from outcomes.framework.loading import bundled_framework
from outcomes.output import write_files
from outcomes.partnership.model import Partnership
from outcomes.report.catalogue_page import catalogue_page

__all__ = ["bundled_ids", "catalogue", "write_catalogue"]


def bundled_ids() -> tuple[str, ...]:
    """Return the ids of the frameworks that ship with the library, sorted.

    >>> "phof" in bundled_ids()
    True
    """
    return tuple(sorted(path.parent.name for path in bundled_folder("frameworks").glob("*/framework.yaml")))


def catalogue(partnership: Partnership | None = None, *, frameworks: Iterable[str] = ()) -> Catalogue:
    """Return the catalogue of the bundled indicator sets, or of the sets that a partnership uses.

    Arguments:
        partnership: Whose frameworks are listed, as it uses them; the bundled ones where none is given.
        frameworks: Only these, by id and in this order; all of them where none is named.

    Raises:
        UnknownNameError: There is no framework of such an id; the message lists those there are.

    >>> asked = catalogue(frameworks=["core20plus5"])
    >>> len(asked.entries), sum(entry.is_official for entry in asked.entries)
    (10, 5)
    """
    known = partnership.frameworks if partnership else tuple(bundled_framework(name) for name in bundled_ids())
    # a framework that is only included from asks for nothing here
    there = {framework.id: framework for framework in known if framework.inclusions}
    wanted = tuple(dict.fromkeys(frameworks)) or tuple(there)
    if unknown := [name for name in wanted if name not in there]:
        raise UnknownNameError(
            f"there is no framework {', '.join(map(repr, unknown))} to list; there are: {', '.join(there) or 'none'}"
        )
    title = partnership.description.title if partnership else ""
    return catalogue_of([there[name] for name in wanted], beside=known, title=title)


def write_catalogue(listed: Catalogue, folder: str | Path) -> tuple[Path, ...]:
    """Write a catalogue: `index.html`, `catalogue.csv`, `catalogue.json` and `crosswalk.csv`, all or none.

    The crosswalk has a row for each measure and set that uses it, so that what several sets share stands together.

    Arguments:
        listed: As `catalogue` returns it.
        folder: Where to write; made if it is not there. Other files in it are left alone.

    Returns:
        The paths written; the first is the page to open.

    Raises:
        OutputError: The folder cannot be written; nothing in it was changed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_catalogue(catalogue(frameworks=["bcf"]), folder)]
    ['index.html', 'catalogue.csv', 'catalogue.json', 'crosswalk.csv']
    """
    return write_files(
        folder,
        {
            "index.html": catalogue_page(listed).encode(),
            "catalogue.csv": catalogue_csv(listed),
            "catalogue.json": catalogue_json(listed),
            "crosswalk.csv": crosswalk_csv(listed),
        },
    )
