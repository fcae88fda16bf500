"""Finds the folders that ship with the library: frameworks/, reports/ and examples/.

In a wheel they lie inside the package; in an editable install or a source tree they lie at the top of the checkout.
"""

from pathlib import Path

from outcomes.errors import UnknownNameError

__all__ = ["bundled_folder"]


def bundled_folder(kind: str, name: str | None = None) -> Path:
    """Return the folder of bundled material of one kind, or one entry of it.

    Arguments:
        kind: `frameworks`, `reports` or `examples`.
        name: The id of one entry, such as a framework's; None for the whole folder.

    Raises:
        UnknownNameError: There is no such entry; the message lists those there are.

    >>> bundled_folder("frameworks").name
    'frameworks'
    """
    package = Path(__file__).resolve().parent
    inside, beside = package / "_bundled" / kind, package.parents[1] / kind
    folder = inside if inside.is_dir() else beside
    if not folder.is_dir():
        raise UnknownNameError(f"no bundled folder {kind!r} is found; the installation is incomplete")
    if name is None:
        return folder
    offered = sorted(
        entry.name for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith((".", "_"))
    )
    if name not in offered:
        raise UnknownNameError(f"no bundled entry {name!r} in {kind}; there are: {', '.join(offered) or 'none'}")
    return folder / name
