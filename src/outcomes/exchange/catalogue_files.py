"""Makes the catalogue as CSV and JSON bytes: one row an indicator and set, every particular of it."""

import csv
import io
import json
from typing import Any, Final

from outcomes.exchange.formulas import never_run
from outcomes.framework.catalogue import Catalogue, CatalogueEntry, CatalogueSet

__all__ = ["CATALOGUE_SCHEMA_VERSION", "catalogue_csv", "catalogue_json"]

# rises when a key or column changes its name or meaning
CATALOGUE_SCHEMA_VERSION: Final = 1


def catalogue_json(catalogue: Catalogue) -> bytes:
    """Return a catalogue as JSON: `schema_version`, `title` and `sets`, each with its `entries`.

    Arguments:
        catalogue: The sets.
    """
    document = {"schema_version": CATALOGUE_SCHEMA_VERSION, **catalogue.model_dump(mode="json")}
    for one in document["sets"]:
        for entry in one["entries"]:
            entry["is_official"] = entry["state"] == "yes"
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def catalogue_csv(catalogue: Catalogue) -> bytes:
    """Return a catalogue as CSV: UTF-8, line feeds, one row an entry; what nobody said is empty.

    Text that a spreadsheet would run as a formula is led by an apostrophe.

    Arguments:
        catalogue: The sets.
    """
    buffer = io.StringIO(newline="")
    rows = [_row(one, entry) for one in catalogue.sets for entry in one.entries]
    writer = csv.DictWriter(buffer, fieldnames=_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: never_run(value) for name, value in row.items()} for row in rows)
    return buffer.getvalue().encode()


def _listed(values: tuple[Any, ...]) -> str:
    return "; ".join(str(value) for value in values)


def _row(one: CatalogueSet, entry: CatalogueEntry) -> dict[str, str]:
    outcome = next(outcome.title for outcome in one.outcomes if outcome.id == entry.outcome_id)
    plain = entry.model_dump(mode="json", exclude={"also_in", "overlaps_with", "breaks"})
    return {
        "set_title": one.title,
        "set_version": one.version,
        "outcome": outcome,
        "is_official": str(entry.is_official).lower(),
        "also_in": _listed(tuple(other.set_id for other in entry.also_in)),
        "breaks": _listed(tuple(f"{day.from_day}: {day.because}" for day in entry.breaks)),
        "overlaps_with": _listed(tuple(dict.fromkeys(other.indicator_id for other in entry.overlaps_with))),
    } | {name: _listed(tuple(value)) if isinstance(value, list) else _plain(value) for name, value in plain.items()}


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


_FIRST: Final = (
    "set_id",
    "set_title",
    "set_version",
    "outcome",
    "indicator_id",
    "indicator_version",
    "reference",
    "official_code",
    "name",
    "is_official",
    "state",
)
_COLUMNS: Final = (
    *_FIRST,
    *(name for name in CatalogueEntry.model_fields if name not in _FIRST),
)
