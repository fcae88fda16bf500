"""Makes areas of the published hierarchy: which councils lie in which authority, region and nation."""

import json
from pathlib import Path
from typing import Any, Final

import polars as pl

__all__ = ["NATION", "Hierarchy", "NoHierarchyError", "areas_of", "children_of", "read_hierarchy"]

NATION: Final = "E92000001"
_FILE: Final = "areas_hierarchy.json"
Hierarchy = dict[str, dict[str, Any]]


class NoHierarchyError(Exception):
    """The folder of look-ups holds no hierarchy of areas, or another one than is asked for."""


def read_hierarchy(folder: Path) -> Hierarchy:
    """Return the areas of the published hierarchy by code.

    Raises:
        NoHierarchyError: There is none in the folder.
    """
    path = folder / _FILE
    try:
        areas = json.loads(path.read_text(encoding="utf-8-sig"))
        return {str(area["areaCode"]): area for area in areas}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoHierarchyError(
            f"{path}: the hierarchy of areas cannot be read ({error}). Give the folder that holds {_FILE}."
        ) from None


def children_of(areas: Hierarchy, code: str) -> list[str]:
    """Return the codes of the areas right below one, that the hierarchy describes."""
    return [child["areaCode"] for child in areas[code]["childAreas"] if child["areaCode"] in areas]


def areas_of(areas: Hierarchy, authority: str, board: str = "") -> tuple[pl.DataFrame, str, list[str]]:
    """Return areas.csv for one combined authority: all regions and their councils, and its own councils below it.

    Arguments:
        areas: As `read_hierarchy` returns them.
        authority: The code of a combined authority whose councils lie in one region.
        board: The code of the NHS board with the same boundary, if there is one: its figures are the authority's. Some
            extracts write an n before the codes of NHS areas.

    Returns:
        The table, the code of its region, and the codes of its councils.

    Raises:
        NoHierarchyError: The hierarchy has no such authority, or it lies in several regions.
    """
    found = areas.get(authority)
    if found is None or found["areaType"] != "Combined Authorities":
        raise NoHierarchyError(f"{authority}: no combined authority of {_FILE} has this code, such as E47000001.")
    places = children_of(areas, authority)
    regions = [code for code, area in areas.items() if area["areaType"] == "Regions"]
    inside = {council: region for region in regions for council in children_of(areas, region)}
    above = {inside.get(place) for place in places}
    if len(above) != 1 or None in above:
        raise NoHierarchyError(f"{authority}: its councils do not lie in one region of {_FILE}.")
    region = str(above.pop())
    rows = [(NATION, areas[NATION]["areaName"], "nation", "", "")]
    rows += [(code, _name(areas[code]), "region", NATION, "") for code in sorted(regions)]
    rows.append((authority, _name(found), "system", region, f"{board};n{board}" if board else ""))
    rows += [
        (council, _name(areas[council]), "place", authority if council in places else inside[council], "")
        for council in sorted(inside)
    ]
    columns = ["area_code", "name", "level", "parent_code", "other_codes"]
    table = pl.DataFrame(rows, schema=columns, orient="row")
    return table, region, sorted(places)


def _name(area: dict[str, Any]) -> str:
    name = str(area["areaName"])
    for ending in (" Region", " Combined Authority"):
        name = name.removesuffix(ending)
    return name
