"""Writes a first partnership folder: small, free of faults, with comments that teach."""

import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from outcomes.bundled import bundled_folder
from outcomes.errors import OutputError
from outcomes.framework.loading import load_framework
from outcomes.partnership.indicator_list import ListedIndicator, read_indicator_list
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.scaffold_templates import template_files
from outcomes.partnership.scaffold_texts import first_files
from outcomes.partnership.schemas import SCHEMA_FOLDER

__all__ = ["init_partnership"]

# what the folder holds where no list is given
FIRST_INDICATORS: Final = (
    ListedIndicator(
        {
            "id": "local-01",
            "name": "Carers who feel supported",
            "statistic": "proportion",
            "numerator_definition": "Carers who answered that they feel supported",
            "denominator_definition": "Carers who answered",
            "multiplier": "100",
            "unit": "%",
            "period": "quarter",
            "level": "place",
            "source": "Local survey of carers",
            "licence": "Owned by the partners",
        },
        "higher_is_better",
        "",
    ),
    ListedIndicator(
        {
            "id": "local-02",
            "name": "Emergency admissions after a fall, people aged 65 and over",
            "statistic": "crude_rate",
            "numerator_definition": "Emergency admissions after a fall of residents aged 65 and over",
            "denominator_definition": "Residents aged 65 and over",
            "multiplier": "100000",
            "unit": "per 100,000",
            "period": "quarter",
            "level": "place",
            "source": "Hospital records",
            "licence": "Owned by the partners",
        },
        "lower_is_better",
        "",
    ),
)


def init_partnership(
    folder: str | Path, *, indicators: str | Path | None = None, template: str = ""
) -> tuple[Path, ...]:
    """Write a first partnership folder: one system, two places, two partners and one local framework.

    From a template it is one place of four partners of different sectors, a tree of outcomes and a first agreement,
    to be filled in an hour.

    Everything is written or nothing: the folder appears at once, when it has been loaded without a fault.

    Arguments:
        folder: Where; it may exist if it is empty. Its parent must exist.
        indicators: A CSV or Excel list of indicators (see `read_indicator_list`); two examples where none is given.
        template: The name of a template that ships with the library, such as `life-course`; empty for none. A list
            of indicators goes without one.

    Returns:
        The paths of the files, sorted.

    Raises:
        OutputError: The folder holds something already, or cannot be written.
        UnreadableFileError: The list cannot be opened.
        DefinitionError: Rows of the list are not usable; every one is named.
        UnknownNameError: There is no such template.
    """
    target = Path(folder)
    _refuse(target)
    if template and indicators is not None:
        raise OutputError("a template brings its own indicators: give a template or a list of indicators, not both")
    if template:
        files = template_files(template)
    else:
        listed = read_indicator_list(indicators) if indicators is not None else FIRST_INDICATORS
        files = first_files(tuple(listed), Path(indicators).name if indicators is not None else "", _offered())
    try:
        # beside the target, so that the last step is one rename on one file system
        with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".outcomes-init-") as holder:
            draft = Path(holder) / "partnership"
            names = _write(draft, files)
            load_partnership(draft)
            if target.is_dir():
                target.rmdir()
            draft.replace(target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(f"{folder}: the folder cannot be written ({reason}). Nothing is left of it.") from error
    return tuple(target / name for name in names)


@cache
def _offered() -> tuple[str, ...]:
    """A line for each framework that ships with the library: its id, how much of it is official, its title."""
    folders = sorted(path.parent for path in bundled_folder("frameworks").glob("*/framework.yaml"))
    frameworks = [load_framework(folder) for folder in folders]
    return tuple(
        f"{one.id}: {one.title}; {len(one.official)} of {len(one.inclusions)} indicators official, "
        "the others to be confirmed"
        if len(one.official) < len(one.inclusions)
        else f"{one.id}: {one.title}; {len(one.official)} indicators, all official"
        for one in frameworks
    )


def _refuse(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target}: this is a file. Name a new folder.")
    if target.is_dir() and any(target.iterdir()):
        raise OutputError(f"{target}: the folder holds something already. Name a new folder; nothing was changed.")
    if not target.absolute().parent.is_dir():
        raise OutputError(f"{target}: there is no folder {target.absolute().parent}. Make it first.")


def _write(draft: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    for name, text in files.items():
        path = draft / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    schemas = draft / "schemas"
    schemas.mkdir()
    for schema in sorted(SCHEMA_FOLDER.glob("*.json")):
        shutil.copyfile(schema, schemas / schema.name)
    return tuple(sorted([*files, *(f"schemas/{schema.name}" for schema in SCHEMA_FOLDER.glob("*.json"))]))
