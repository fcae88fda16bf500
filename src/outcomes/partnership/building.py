"""Makes a partnership from nouns and frames, without a folder, under the same rules."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

import polars as pl

from outcomes.agreement.loading import AgreementSource
from outcomes.agreement.model import LOGS, Agreement
from outcomes.definitions import Column, Located, Origin, TableFile, framed_table, typed_columns
from outcomes.errors import DefinitionError, Fault
from outcomes.fingerprint import fingerprint_of, sha256_of_bytes
from outcomes.framework.loading import bundled_framework_folder
from outcomes.framework.model import Framework
from outcomes.framework.reading import FrameworkSource, framework_sources
from outcomes.geography.areas import Areas
from outcomes.geography.footprints import Footprints
from outcomes.geography.neighbours import NEIGHBOURS_HEADER, Neighbours
from outcomes.geography.reading import (
    AREAS_HEADER,
    AREAS_REQUIRED,
    FOOTPRINTS_HEADER,
    FOOTPRINTS_REQUIRED,
    Geography,
    geography_of,
)
from outcomes.partnership.calendar import Calendar
from outcomes.partnership.layout import NATIVE, Layout
from outcomes.partnership.lint import lint_world
from outcomes.partnership.loading import partnership_of
from outcomes.partnership.model import Partner, Partnership, PartnershipDescription
from outcomes.partnership.panel_reading import PanelSource
from outcomes.partnership.panels import Panel, answer_columns, member_columns
from outcomes.partnership.policy import Policy
from outcomes.partnership.reading import World, bundled_policies
from outcomes.partnership.series_reading import SERIES_HEADER, SeriesSource, typed_series
from outcomes.reference_series import REFERENCE_COLUMNS, ReferenceSeries, SeriesDescription
from outcomes.vocabulary import AreaLevel

__all__ = ["partnership_from"]

Noun = TypeVar("Noun")
# how nouns that were given in Python are named in faults
GIVEN: Final = "given"


def partnership_from(
    *,
    frameworks: Iterable[Framework],
    areas: Areas | pl.DataFrame,
    footprints: Footprints | pl.DataFrame | None = None,
    partners: Iterable[Partner] = (),
    agreements: Iterable[Agreement] = (),
    series: Iterable[ReferenceSeries | tuple[SeriesDescription, pl.DataFrame]] = (),
    layouts: Iterable[Layout] = (),
    policies: Iterable[Policy] = (),
    calendar: Calendar | None = None,
    neighbours: Neighbours | pl.DataFrame | None = None,
    panels: Iterable[Panel] = (),
    title: str = "",
    area_code: str | None = None,
) -> Partnership:
    """Return a partnership that needs no folder.

    Arguments:
        frameworks: Those in use, in order. Frameworks that they include from are added from the bundled ones.
        areas: Areas, or a frame with the columns of areas.csv.
        footprints: Footprints, or a frame with the columns of footprints.csv; None where parent_code says all.
        partners, agreements, layouts, policies: As in a folder; the bundled policies are always there.
        series: Reference series, or pairs of a description and a frame with the columns of a series' CSV. One that is
            not given makes no fault: what needs it cannot be calculated.
        calendar: What is due when.
        neighbours: Statistical neighbours, or a frame with the columns of neighbours.csv.
        panels: Panels of residents.
        title: Its title; that of the first framework where none is given.
        area_code: The area that it covers; the only system, or else the only area that is part of no other.

    Raises:
        DefinitionError: The nouns do not fit together; every fault is listed.

    >>> import polars as pl
    >>> from outcomes.framework.model import Framework
    >>> local = Framework(id="local", version="1", title="Ours", publisher="Us", source="Us", licence="OGL v3.0")
    >>> areas = pl.DataFrame({"area_code": ["E92", "P1"], "name": ["All", "Place"], "level": ["nation", "place"],
    ...                       "parent_code": [None, "E92"]})
    >>> partnership_from(frameworks=[local], areas=areas).footprints.members
    {'E92': ('P1',)}
    """
    given = tuple(frameworks)
    geography = _geography(areas, footprints)
    listed_neighbours = _neighbours(neighbours)
    found_policies, faults = bundled_policies({})
    description, wrong = _description(given, geography, title, area_code)
    found_partners = _located(partners, "partners")
    world = World(
        description=description,
        listed=tuple(Located(framework.id, _origin("frameworks")) for framework in given),
        frameworks=_framework_sources(given),
        geography=geography,
        agreements=_agreement_sources(agreements),
        series=tuple(_series_source(one) for one in series),
        partners=found_partners,
        declared_partners=frozenset(partner.noun.code for partner in found_partners),
        layouts={"native": Located(NATIVE, _origin("layouts"))}
        | {one.noun.id: one for one in _located(layouts, "layouts")},
        policies=found_policies | {one.noun.id: one for one in _located(policies, "policies")},
        calendar=Located(calendar or Calendar(), _origin("calendar")),
        faults=(*faults, *wrong, *geography.faults, *(listed_neighbours.faults if listed_neighbours else ())),
        neighbours=listed_neighbours,
        panels=tuple(_panel_source(panel) for panel in panels),
    )
    said = {*lint_world(world), *(fault for source in world.series for fault in source.faults)}
    said |= {fault for panel in world.panels for table in (panel.members, panel.answers) for fault in table.faults}
    # an analyst's own frame needs no population for the indicators that it does not hold, nor for a panel
    faults = tuple(fault for fault in said if not fault.is_advice and fault.rule != "unknown-series")
    if faults:
        raise DefinitionError(faults)
    return partnership_of(world, _fingerprint(world))


def _origin(what: str, position: int | None = None) -> Origin:
    return Origin(f"{GIVEN} {what}" if position is None else f"{GIVEN} {what}[{position}]")


def _located(nouns: Iterable[Noun], what: str) -> tuple[Located[Noun], ...]:
    return tuple(Located(noun, _origin(what, position)) for position, noun in enumerate(nouns))


def _framework_sources(frameworks: tuple[Framework, ...]) -> tuple[FrameworkSource, ...]:
    found = [
        FrameworkSource(
            framework.id,
            Located(framework, _origin(f"framework {framework.id}")),
            _located(framework.indicators, f"framework {framework.id} indicators"),
            _located(framework.inclusions, f"framework {framework.id} inclusions"),
            frozenset(indicator.id for indicator in framework.indicators),
            statuses=Located(framework.statuses, _origin(f"framework {framework.id} statuses"))
            if framework.statuses
            else None,
        )
        for framework in frameworks
    ]
    known = {framework.id for framework in frameworks}
    wanted = [
        reference.framework
        for framework in frameworks
        for reference in framework.includes
        if reference.framework not in known
    ]
    folders = {name: folder for name in wanted if (folder := bundled_framework_folder(name))}
    for framework_id, folder in folders.items():
        found += framework_sources([framework_id], bundled_framework_folder, folder.parents[1])
    return tuple({source.id: source for source in reversed(found)}.values())[::-1]


def _geography(areas: Areas | pl.DataFrame, footprints: Footprints | pl.DataFrame | None) -> Geography:
    if isinstance(areas, Areas):
        is_remainder = pl.col("area_code").is_in(sorted(areas.remainders))
        others = {code: ";".join(codes) for code, codes in areas.other_codes.items()}
        areas = areas.frame.with_columns(
            pl.col("successors").list.join(";"),
            is_remainder=pl.when(is_remainder).then(pl.lit("true")),
            other_codes=pl.col("area_code").replace_strict(others, default=None, return_dtype=pl.String),
        )
    table = framed_table(areas, f"{GIVEN} areas", known=AREAS_HEADER, required=AREAS_REQUIRED)
    if footprints is None:
        return geography_of(table, None)
    if isinstance(footprints, Footprints):
        footprints = pl.concat([footprints.frame, footprints.successions])
    known = FOOTPRINTS_HEADER
    return geography_of(
        table, framed_table(footprints, f"{GIVEN} footprints", known=known, required=FOOTPRINTS_REQUIRED)
    )


def _neighbours(neighbours: Neighbours | pl.DataFrame | None) -> TableFile | None:
    if neighbours is None:
        return None
    given = neighbours.frame if isinstance(neighbours, Neighbours) else neighbours
    return framed_table(given, f"{GIVEN} neighbours", known=NEIGHBOURS_HEADER, required=NEIGHBOURS_HEADER)


def _agreement_sources(agreements: Iterable[Agreement]) -> tuple[AgreementSource, ...]:
    by_area: dict[str, list[Agreement]] = {}
    for agreement in agreements:
        by_area.setdefault(agreement.area_code, []).append(agreement)
    return tuple(
        AgreementSource(
            area_code,
            _located(versions, f"agreement {area_code}"),
            {
                log.name: _located(
                    dict.fromkeys(row for one in versions for row in getattr(one, log.name)), f"{log.name} {area_code}"
                )
                for log in LOGS
            },
        )
        for area_code, versions in sorted(by_area.items())
    )


def _series_source(given: ReferenceSeries | tuple[SeriesDescription, pl.DataFrame]) -> SeriesSource:
    if isinstance(given, ReferenceSeries):
        file = f"{GIVEN} series {given.description.id}"
        frame = given.frame.with_row_index("line", 1).with_columns(pl.col("line").cast(pl.Int64))
        return SeriesSource(Located(given.description, Origin(file)), file, frame.select(*REFERENCE_COLUMNS, "line"))
    description, frame = given
    file = f"{GIVEN} series {description.id}"
    table: TableFile = framed_table(frame, file, known=SERIES_HEADER)
    return typed_series(Located(description, Origin(file)), table)


def _panel_source(panel: Panel) -> PanelSource:
    named = f"{GIVEN} panel {panel.description.id}"
    dimensions = panel.description.dimensions
    tables = []
    for name, frame, columns in (
        (named, panel.members, member_columns(dimensions)),
        (f"{named} answers", panel.answers, answer_columns(dimensions)),
    ):
        whole = {column: Column.WHOLE for column, dtype in columns.items() if dtype == pl.Int64()}
        table = framed_table(frame, name, known=tuple(columns))
        tables.append(typed_columns(table, whole, required=tuple(whole)))
    return PanelSource(Located(panel.description, Origin(named)), *tables)


def _description(
    frameworks: tuple[Framework, ...], geography: Geography, title: str, area_code: str | None
) -> tuple[Located[PartnershipDescription] | None, tuple[Fault, ...]]:
    if area_code is None:
        members = geography.footprints["member_code"].implode()
        systems = geography.areas.filter(pl.col("level") == AreaLevel.SYSTEM.value)["area_code"].to_list()
        tops = geography.areas.filter(~pl.col("area_code").is_in(members))["area_code"].to_list()
        only = systems if len(systems) == 1 else tops
        if len(only) != 1:
            message = "which area the partnership covers cannot be told from the areas."
            return None, (Fault(f"{GIVEN} area_code", 0, "missing-key", message, "Give area_code."),)
        area_code = only[0]
    named = title or (frameworks[0].title if frameworks else "Partnership")
    noun = PartnershipDescription(id="partnership", title=named, area_code=area_code)
    return Located(noun, _origin("description")), ()


def _fingerprint(world: World) -> str:
    def hash_of(frame: pl.DataFrame) -> str:
        return sha256_of_bytes(frame.drop("line", "file", strict=False).write_csv().encode())

    assert world.description is not None
    return fingerprint_of(
        {
            "description": world.description.noun,
            "listed": [located.noun for located in world.listed],
            "frameworks": [
                {
                    "header": source.header.noun if source.header else None,
                    "indicators": [located.noun for located in source.indicators],
                    "inclusions": [located.noun for located in source.inclusions],
                }
                for source in world.frameworks
            ],
            "areas": hash_of(world.geography.areas.sort("area_code")),
            "footprints": hash_of(world.geography.footprints.sort("area_code", "member_code", "valid_from")),
            "agreements": [version.noun for source in world.agreements for version in source.versions],
            "series": {
                source.description.noun.id: [source.description.noun, hash_of(source.frame)] for source in world.series
            },
            "partners": [located.noun for located in sorted(world.partners, key=lambda one: one.noun.code)],
            "layouts": {name: located.noun for name, located in world.layouts.items()},
            "policies": {name: located.noun for name, located in world.policies.items()},
            "calendar": world.calendar.noun,
        }
        | _panels_hashed(world, hash_of)
        | ({} if world.neighbours is None else {"neighbours": hash_of(world.neighbours.frame)})
    )


def _panels_hashed(world: World, hash_of: Callable[[pl.DataFrame], str]) -> dict[str, object]:
    """What the panels add to the fingerprint; nothing where there are none, so that it stays what it was."""
    hashed = {
        source.description.noun.id: [
            source.description.noun,
            hash_of(source.members.frame),
            hash_of(source.answers.frame),
        ]
        for source in world.panels
    }
    return {"panels": hashed} if hashed else {}
