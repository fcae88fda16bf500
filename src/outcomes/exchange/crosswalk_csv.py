"""Makes the crosswalk as CSV bytes: one row a measure and set that uses it, so that shared measures stand together."""

import csv
import io
from typing import Final

from outcomes.exchange.formulas import never_run
from outcomes.framework.catalogue import Catalogue, CatalogueEntry

__all__ = ["CROSSWALK_COLUMNS", "crosswalk_csv"]

CROSSWALK_COLUMNS: Final = (
    "reference",
    "indicator_id",
    "indicator_version",
    "measure",
    "uses",
    "set_id",
    "set_title",
    "official_code",
    "name",
    "outcome",
    "tier",
    "aliases",
    "may_be_the_same_as",
)


def crosswalk_csv(catalogue: Catalogue) -> bytes:
    """Return which measure stands in which set under which code: UTF-8, line feeds, sorted by measure, then set.

    `uses` says how many of the sets listed use the measure: what is sent once serves them all. Measures of which it is
    not settled that they are one are named, and count apart.

    Arguments:
        catalogue: The sets.
    """
    outcomes = {(one.id, outcome.id): outcome.title for one in catalogue.sets for outcome in one.outcomes}
    titles = {one.id: one.title for one in catalogue.sets}
    found: dict[str, list[CatalogueEntry]] = {}
    for entry in catalogue.entries:
        found.setdefault(entry.reference, []).append(entry)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(CROSSWALK_COLUMNS)
    for reference in sorted(found):
        entries = found[reference]
        # the name by the set that defines it, where that is listed
        home = reference.partition("/")[0]
        named = next((entry for entry in entries if entry.set_id == home), entries[0])
        for entry in entries:
            row = (
                reference,
                entry.indicator_id,
                entry.indicator_version,
                named.name,
                len(entries),
                entry.set_id,
                titles[entry.set_id],
                entry.official_code,
                entry.name,
                outcomes[entry.set_id, entry.outcome_id],
                entry.tier.value,
                "; ".join(entry.aliases),
                "; ".join(dict.fromkeys(other.indicator_id for other in entry.overlaps_with)),
            )
            writer.writerow([never_run(value) if isinstance(value, str) else value for value in row])
    return buffer.getvalue().encode()
