"""The agreement of one place and its logs as files, as they were known on a day and as they may be passed on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

import polars as pl

from outcomes.agreement.as_known import agreement_as_known
from outcomes.agreement.model import LOGS, Agreement, Log, Position, Released
from outcomes.agreement.passing_on import row_to_pass_on
from outcomes.exchange.tables import table_csv
from outcomes.scalars import Definition
from outcomes.vocabulary import DisputeSubject

__all__ = ["DefinitionFile", "definition_files"]

# logs whose words are not for everybody who may see the pages
_PRIVATE_LOGS: Final = frozenset({"decisions", "insights"})
_LOGGED: Final = frozenset(log.name for log in LOGS)


@dataclass(frozen=True, slots=True)
class DefinitionFile:
    """One file: its path below `definitions/`, its bytes, and how many texts were left out of it."""

    path: str
    content: bytes
    words_left_out: int = 0


def definition_files(
    agreements: Iterable[Agreement], place: str, as_of: date, *, is_working_copy: bool, with_unreleased: bool = False
) -> tuple[DefinitionFile, ...]:
    """Return the agreement of a place with its logs, as they were known on a day; none where it has none.

    They are written anew, and not copied: a copied file would hold what was written after the day. They can be loaded
    like those they were made from.

    Arguments:
        agreements: Every version of every agreement.
        place: The area code of the place.
        as_of: The day.
        is_working_copy: Whether the parties alone get it: private decisions, everything that people said, and numbers
            of disputes as they were written down.
        with_unreleased: Whether words go with it that nobody has released.
    """
    known = [
        version
        for version in (agreement_as_known(one, as_of) for one in agreements if one.area_code == place)
        if version is not None
    ]
    if not known:
        return ()
    versions = [
        one.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={*_LOGGED, "area_code"})
        for one in known
    ]
    text = "\n".join(_block({"area_code": place, "versions": versions})) + "\n"
    found = [DefinitionFile(f"agreements/{place}.yaml", text.encode())]
    for log in LOGS:
        rows = getattr(known[-1], log.name)
        if rows and (is_working_copy or log.name not in _PRIVATE_LOGS):
            found.append(_log_file(log, rows, place, as_of, is_told=is_working_copy, with_words=with_unreleased))
    return tuple(found)


def _log_file(
    log: Log, rows: Iterable[Definition], place: str, as_of: date, *, is_told: bool, with_words: bool
) -> DefinitionFile:
    left_out = 0
    kept: list[Definition] = []
    for row in rows:
        told = row
        if isinstance(told, Released) and not (is_told or with_words):
            told, texts = row_to_pass_on(told, as_of)
            left_out += texts
        if isinstance(told, Position) and not is_told and told.about is not DisputeSubject.TARGET:
            # as it may be shown it stands in the table of disputes
            told = told.model_copy(update={"number": None})
        kept.append(told)
    columns = list(log.noun.model_fields)
    frame = pl.DataFrame(
        [[_cell(getattr(row, name)) for name in columns] for row in kept],
        schema=dict.fromkeys(columns, pl.String()),
        orient="row",
    )
    return DefinitionFile(f"agreements/{place}/{log.name}.csv", table_csv(frame), left_out)


def _cell(held: Any) -> str | None:
    if held is None or held == "":
        return None
    if isinstance(held, Enum):
        return str(held.value)
    if isinstance(held, tuple):
        return ";".join(held) or None
    if isinstance(held, float):
        return repr(int(held)) if held.is_integer() else repr(held)
    return str(held)


def _block(tree: Any, indent: str = "") -> list[str]:
    """A tree as lines of YAML; every text in the double quotes of JSON, which YAML reads alike."""
    if isinstance(tree, dict):
        lines = []
        for key, held in tree.items():
            if isinstance(held, dict | list) and held:
                lines += [f"{indent}{key}:", *_block(held, f"{indent}  ")]
            else:
                lines.append(f"{indent}{key}: {json.dumps(held, ensure_ascii=False)}")
        return lines
    lines = []
    for held in tree:
        if isinstance(held, dict | list):
            first, *rest = _block(held, f"{indent}  ")
            lines += [f"{indent}- {first.strip()}", *rest]
        else:
            lines.append(f"{indent}- {json.dumps(held, ensure_ascii=False)}")
    return lines
