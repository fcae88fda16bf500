"""Loads a partnership from its folder, with every fault at once."""

from collections.abc import Iterable
from pathlib import Path

from outcomes.agreement.loading import agreements_of
from outcomes.errors import DefinitionError
from outcomes.framework.model import Framework
from outcomes.framework.reading import FrameworkSource, framework_of
from outcomes.geography.neighbours import neighbours_of
from outcomes.geography.reading import areas_of, footprints_of
from outcomes.partnership.lint import lint_world, open_world
from outcomes.partnership.model import Partnership
from outcomes.partnership.panel_reading import panel_of
from outcomes.partnership.reading import World, content_fingerprint
from outcomes.partnership.series_reading import series_of

__all__ = ["load_partnership", "partnership_files", "partnership_of"]


def load_partnership(folder: str | Path) -> Partnership:
    """Return the partnership of a folder.

    Arguments:
        folder: Holds partnership.yaml and what it names.

    Raises:
        UnreadableFileError: There is no such folder, or it cannot be read.
        DefinitionError: The definitions have faults; every one is listed with its file and line.

    >>> load_partnership("no/such/folder")
    Traceback (most recent call last):
    outcomes.errors.UnreadableFileError: no/such/folder: there is no such folder. Give the folder of a partnership.
    """
    world = open_world(folder)
    faults = [fault for fault in lint_world(world) if not fault.is_advice]
    if faults:
        raise DefinitionError(faults)
    return partnership_of(world, content_fingerprint(world.files))


def partnership_files(folder: str | Path) -> dict[str, bytes]:
    """Return the name and bytes of every file that a partnership is made from, bundled ones too.

    Arguments:
        folder: Holds partnership.yaml and what it names.

    Returns:
        The files that the partnership's fingerprint covers, by name, sorted; for a publication to keep.

    Raises:
        UnreadableFileError: There is no such folder.
    """
    return {name: path.read_bytes() for name, path in sorted(open_world(folder).files.items()) if path.is_file()}


def partnership_of(world: World, fingerprint: str) -> Partnership:
    """Return the partnership that a faultless world makes.

    Arguments:
        world: As read, with no fault.
        fingerprint: The hash of what it was made from.
    """
    assert world.description is not None
    listed = {located.noun for located in world.listed}
    return Partnership(
        description=world.description.noun,
        frameworks=tuple(_in_use(world.frameworks, listed)),
        areas=areas_of(world.geography),
        footprints=footprints_of(world.geography),
        agreements=agreements_of(world.agreements),
        partners=tuple(sorted((located.noun for located in world.partners), key=lambda partner: partner.code)),
        series={source.description.noun.id: series_of(source) for source in world.series},
        layouts={layout_id: located.noun for layout_id, located in sorted(world.layouts.items())},
        policies={policy_id: located.noun for policy_id, located in sorted(world.policies.items())},
        calendar=world.calendar.noun,
        neighbours=neighbours_of(world.neighbours),
        sign_offs=tuple(
            sorted(
                (located.noun for located in world.sign_offs),
                key=lambda one: (one.partner, one.file, one.entry or 0, one.signed_on, one.role),
            )
        ),
        panels={source.description.noun.id: panel_of(source) for source in world.panels},
        fingerprint=fingerprint,
    )


def _in_use(sources: tuple[FrameworkSource, ...], listed: set[str]) -> Iterable[Framework]:
    """Yield listed frameworks whole; of the others only the indicators that these include."""
    included = {
        (reference.framework, reference.id, reference.version)
        for source in sources
        if source.id in listed and source.header
        for reference in source.header.noun.includes
    }
    for source in sources:
        framework = framework_of(source)
        if source.id not in listed:
            used = tuple(one for one in framework.indicators if (framework.id, *one.key) in included)
            framework = framework.model_copy(update={"indicators": used, "inclusions": ()})
        yield framework
