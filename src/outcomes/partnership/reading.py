"""Reads a partnership's folder: everything in it as typed nouns with their lines, before the rules are asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from outcomes.agreement.loading import AgreementSource, read_agreements
from outcomes.bundled import bundled_folder
from outcomes.definitions import DefinitionFile, Located, Origin, TableFile, read_definition_file, typed_noun
from outcomes.errors import Fault, UnknownNameError
from outcomes.fingerprint import fingerprint_of, sha256_of_bytes
from outcomes.framework.model import Indicator
from outcomes.framework.reading import FrameworkSource, framework_sources, read_list, selected_sources
from outcomes.geography.neighbours import NEIGHBOURS_FILE, read_neighbours
from outcomes.geography.reading import Geography, read_geography
from outcomes.partnership.calendar import Calendar
from outcomes.partnership.layout import NATIVE, Layout
from outcomes.partnership.model import Partner, PartnershipDescription
from outcomes.partnership.panel_reading import PanelSource, read_panels
from outcomes.partnership.policy import Policy
from outcomes.partnership.series_reading import SeriesSource, read_series
from outcomes.partnership.sign_off_reading import read_sign_offs
from outcomes.partnership.sign_offs import SIGN_OFFS_FILE, FileSignOff
from outcomes.reference_series import SeriesDescription

__all__ = ["SCHEMA", "World", "bundled_policies", "content_fingerprint", "read_world"]

# the number of the format of a partnership's folder
SCHEMA: Final = "1"
FRAMEWORKS_KEY: Final = "frameworks"

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class World:
    """A partnership as it was read, before its rules are asked.

    Attributes:
        description: What partnership.yaml says of it; None where that is faulty.
        listed: The ids of the frameworks in use, with the line of each.
        frameworks: Those that were found, then those that they include from.
        geography, agreements, series: As read.
        declared_series: The ids that stand under series, readable or not.
        partners: Those that could be read.
        declared_partners: The codes that stand in partners.yaml, readable or not, so that one fault is said once.
        layouts, policies: By id; the bundled ones are among them.
        calendar: What is due when.
        faults: What is wrong with the files.
        files: The name in faults and the path of every file it was read from.
        unread: The names of files that look like definitions and are not read.
        unselected: The frameworks as they were before selections cut some of them down.
        neighbours: The cells of neighbours.csv; None where there is none.
        panels: The panels of residents, as read.
        sign_offs: Who signed off which file, in the order of sign_offs.csv.
    """

    description: Located[PartnershipDescription] | None
    listed: tuple[Located[str], ...]
    frameworks: tuple[FrameworkSource, ...]
    geography: Geography
    agreements: tuple[AgreementSource, ...] = ()
    series: tuple[SeriesSource, ...] = ()
    declared_series: frozenset[str] = frozenset()
    partners: tuple[Located[Partner], ...] = ()
    declared_partners: frozenset[str] = frozenset()
    layouts: dict[str, Located[Layout]] = field(default_factory=dict)
    policies: dict[str, Located[Policy]] = field(default_factory=dict)
    calendar: Located[Calendar] = field(default_factory=lambda: Located(Calendar(), Origin("calendar.yaml")))
    faults: tuple[Fault, ...] = ()
    files: dict[str, Path] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    unselected: tuple[FrameworkSource, ...] = ()
    neighbours: TableFile | None = None
    panels: tuple[PanelSource, ...] = ()
    sign_offs: tuple[Located[FileSignOff], ...] = ()

    @property
    def knows_indicators(self) -> bool:
        """Whether every framework could be read far enough that an id can be called unknown."""
        found = {source.id for source in self.frameworks if source.header}
        return all(located.noun in found for located in self.listed) and bool(self.listed)

    @property
    def knows_partners(self) -> bool:
        """Whether partners.yaml could be read far enough that a code can be called unknown."""
        return bool(self.declared_partners) or not any(fault.file == "partners.yaml" for fault in self.faults)

    @cached_property
    def located_indicators(self) -> tuple[Located[Indicator], ...]:
        """The indicators in use: those of listed frameworks, and those that these include."""
        listed = {located.noun for located in self.listed}
        return tuple(
            located
            for source in self.frameworks
            for located in source.indicators
            if source.id in listed or (source.id, *located.noun.key) in self._included
        )

    @cached_property
    def indicators(self) -> dict[str, tuple[Indicator, ...]]:
        """Every indicator in use by id, its versions in order."""
        found: dict[str, list[Indicator]] = {}
        for located in self.located_indicators:
            found.setdefault(located.noun.id, []).append(located.noun)
        return {name: tuple(sorted(same, key=lambda one: one.version)) for name, same in sorted(found.items())}

    @cached_property
    def declared_indicators(self) -> frozenset[str]:
        """The ids of indicators in use, of those that cannot be read too."""
        listed = {located.noun for located in self.listed}
        own = (source.declared for source in self.frameworks if source.id in listed)
        return frozenset(self.indicators).union(*own, (indicator_id for _, indicator_id, _ in self._included))

    @cached_property
    def _included(self) -> frozenset[tuple[str, str, int]]:
        listed = {located.noun for located in self.listed}
        return frozenset(
            (reference.framework, reference.id, reference.version)
            for source in self.frameworks
            if source.id in listed and source.header
            for reference in source.header.noun.includes
        )


def read_world(folder: Path) -> World:
    """Return everything that a partnership's folder holds, with every fault of its files; nothing is raised.

    Arguments:
        folder: Holds partnership.yaml.
    """
    read = read_definition_file(folder / "partnership.yaml", folder)
    faults: list[Fault] = list(read.faults)
    files = {read.file: folder / "partnership.yaml"}
    description, listed, descriptions, declared_series, wrong = _partnership_file(read)
    faults += wrong

    frameworks = framework_sources([located.noun for located in listed], _framework_finder(folder), folder)
    for framework in frameworks:
        faults += framework.faults
        files |= framework.files
    selections = description.noun.selections if description else ()
    everything = frameworks
    frameworks = selected_sources(frameworks, {one.framework: frozenset(one.indicators) for one in selections})
    geography = read_geography(folder)
    faults += geography.faults
    neighbours = read_neighbours(folder)
    faults += neighbours.faults if neighbours else ()
    sign_offs, wrong = read_sign_offs(folder)
    faults += wrong
    tables = ("areas.csv", "footprints.csv", NEIGHBOURS_FILE, SIGN_OFFS_FILE)
    files |= {name: folder / name for name in tables if (folder / name).is_file()}

    partners, declared_partners, wrong = _partners(folder, files)
    faults += wrong
    calendar, wrong = _calendar(folder, files)
    faults += wrong
    series = tuple(read_series(one, folder) for one in descriptions)
    agreements = read_agreements(folder / "agreements", folder)
    for one_series in series:
        faults += one_series.faults
        files |= one_series.files
    for agreement in agreements:
        faults += agreement.faults
        files |= agreement.files

    panels = read_panels(folder)
    faults += panels.faults
    files |= panels.files
    layouts: dict[str, Located[Layout]] = {"native": Located(NATIVE, Origin("layouts/native.yaml"))}
    for framework in frameworks:
        path = next(iter(framework.files.values())).parent
        outside = folder if path.is_relative_to(folder) else path.parents[1]
        faults += _named_files(Layout, path / "layouts", outside, layouts, files)
    faults += _named_files(Layout, folder / "layouts", folder, layouts, files)
    policies, wrong = bundled_policies(files)
    faults += wrong
    faults += _named_files(Policy, folder / "policies", folder, policies, files)
    return World(
        description,
        listed,
        frameworks,
        geography,
        agreements,
        series,
        declared_series,
        partners,
        declared_partners,
        layouts,
        policies,
        calendar,
        tuple(faults),
        files,
        _unread(folder, files),
        everything,
        neighbours,
        panels.panels,
        sign_offs,
    )


def content_fingerprint(files: dict[str, Path]) -> str:
    """Return one hash over every file's name and content; line ends do not count.

    Arguments:
        files: Each file's name, relative to the partnership's folder, and its path.
    """
    return fingerprint_of(
        {
            name: sha256_of_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
            for name, path in sorted(files.items())
            if path.is_file()
        }
    )


def bundled_policies(files: dict[str, Path]) -> tuple[dict[str, Located[Policy]], tuple[Fault, ...]]:
    """Return the policies that ship with the library, by id.

    Arguments:
        files: The files read so far; those of the policies are added.
    """
    found: dict[str, Located[Policy]] = {}
    folder = Path(__file__).resolve().parent / "policies"
    return found, tuple(_named_files(Policy, folder, folder.parent, found, files))


def _framework_finder(folder: Path) -> Callable[[str], Path | None]:
    def find(framework_id: str) -> Path | None:
        own = folder / "frameworks" / framework_id
        if own.is_dir():
            return own
        try:
            return bundled_folder("frameworks", framework_id)
        except UnknownNameError:
            return None

    return find


def _partnership_file(
    read: DefinitionFile,
) -> tuple[
    Located[PartnershipDescription] | None,
    tuple[Located[str], ...],
    tuple[Located[SeriesDescription], ...],
    frozenset[str],
    tuple[Fault, ...],
]:
    content: Any = read.content
    if content is None:
        return None, (), (), frozenset(), ()
    if not isinstance(content, dict):
        message, fix = "keys such as id, title and frameworks are expected.", "Write key: value lines."
        return None, (), (), frozenset(), (Fault(read.file, 1, "wrong-value", message, fix),)
    faults: list[Fault] = []
    if content.get("schema") != SCHEMA:
        line, given = read.lines.get(("schema",), 1), content.get("schema", "nothing")
        message = f"schema is {given!r}; this version of the library reads format {SCHEMA}."
        faults.append(Fault(read.file, line, "schema-version", message, f"Write schema: {SCHEMA}."))
    own = {key: value for key, value in content.items() if key not in ("schema", FRAMEWORKS_KEY, "series")}
    description, wrong = typed_noun(PartnershipDescription, own, Origin.of(read))
    faults += wrong
    listed = []
    named = content.get(FRAMEWORKS_KEY, [])
    if not isinstance(named, list) or not named or not all(isinstance(one, str) for one in named):
        line, message = read.lines.get((FRAMEWORKS_KEY,), 1), "frameworks is no list of ids."
        faults.append(Fault(read.file, line, "wrong-value", message, "Write frameworks: [id, …], at least one."))
    else:
        listed = [Located(one, Origin.of(read, FRAMEWORKS_KEY, position)) for position, one in enumerate(named)]
    given_series = content.get("series", [])
    series, wrong = read_list(
        SeriesDescription, DefinitionFile(read.file, {"series": given_series}, read.lines), "series"
    )
    return description, tuple(listed), series, _declared(given_series, "id"), (*faults, *wrong)


def _partners(
    folder: Path, files: dict[str, Path]
) -> tuple[tuple[Located[Partner], ...], frozenset[str], tuple[Fault, ...]]:
    path = folder / "partners.yaml"
    read = read_definition_file(path, folder)
    files[read.file] = path
    partners, faults = read_list(Partner, read, "partners")
    entries = read.content.get("partners", []) if isinstance(read.content, dict) else []
    return partners, _declared(entries, "code"), faults


def _calendar(folder: Path, files: dict[str, Path]) -> tuple[Located[Calendar], tuple[Fault, ...]]:
    path = folder / "calendar.yaml"
    default = Located(Calendar(), Origin("calendar.yaml"))
    if not path.exists():
        return default, ()
    read = read_definition_file(path, folder)
    files[read.file] = path
    if read.faults:
        return default, read.faults
    calendar, faults = typed_noun(Calendar, read.content or {}, Origin.of(read))
    return calendar or default, faults


def _named_files(
    model: type[Model], folder: Path, root: Path, found: dict[str, Located[Model]], files: dict[str, Path]
) -> Iterable[Fault]:
    """Read every YAML file of a folder into `found`, each under its file's name; what was found before gives way."""
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        read = read_definition_file(path, root)
        files[read.file] = path
        faults += read.faults
        if read.content is None:
            continue
        content = read.content
        if isinstance(content, dict):
            if content.get("id", path.stem) != path.stem:
                line, message = read.lines[("id",)], f"id is {content['id']!r}, and the file is called {path.stem!r}."
                faults.append(Fault(read.file, line, "id-and-folder", message, "Give both the same name."))
            content = {**content, "id": path.stem}
        noun, wrong = typed_noun(model, content, Origin.of(read))
        faults += wrong
        if noun:
            found[path.stem] = noun
    return faults


def _unread(folder: Path, files: dict[str, Path]) -> tuple[str, ...]:
    read = {path.resolve() for path in files.values()}
    found: list[Path] = []
    for pattern in ("*", "agreements/*", "agreements/*/*", "frameworks/*/*", "frameworks/*/layouts/*", *_FLAT):
        found += [path for path in folder.glob(pattern) if path.suffix in (".yaml", ".yml", ".csv") and path.is_file()]
    return tuple(sorted(path.relative_to(folder).as_posix() for path in found if path.resolve() not in read))


_FLAT: Final = ("series/*", "layouts/*", "policies/*", "panels/*", "panels/*/*")


def _declared(entries: object, key: str) -> frozenset[str]:
    if not isinstance(entries, list):
        return frozenset()
    return frozenset(entry[key] for entry in entries if isinstance(entry, dict) and isinstance(entry.get(key), str))
