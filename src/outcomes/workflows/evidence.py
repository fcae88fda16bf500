"""The evidence of one place's partnership work as one archive: what was agreed, decided, promised, sent and found."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.exchange.every_table import every_table
from outcomes.exchange.tables import table_csv
from outcomes.fingerprint import sha256_of_bytes
from outcomes.intake.model import Receipt
from outcomes.ledger.store import Ledger
from outcomes.output import write_file
from outcomes.partnership.loading import load_partnership
from outcomes.protection.model import WORKING_COPY
from outcomes.report.site import pages_of_place
from outcomes.scorecard.collection import Scorecards
from outcomes.scorecard.model import Scorecard
from outcomes.scorecard.passing_on import scorecard_to_pass_on
from outcomes.scorecard.reading import scorecard_json
from outcomes.table import Columns
from outcomes.workflows.evidence_definitions import DefinitionFile, definition_files

__all__ = ["evidence_files", "write_evidence"]

# every member has one day, so that the same evidence is the same bytes; the earliest that an archive can hold
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_PAGES: Final = ("agreements/", "places/", "indicators/", "meetings/")
SUBMISSION_COLUMNS: Final[Columns] = {
    "entry": pl.Int64(),
    "file": pl.String(),
    "partner_code": pl.String(),
    "sha256": pl.String(),
    "received_at": pl.String(),
    "verdict": pl.String(),
    "codes": pl.String(),
    "loaded_rows": pl.Int64(),
}
_WIDTH: Final = 118
MANIFEST_COLUMNS: Final[Columns] = {
    "file": pl.String(),
    "bytes": pl.Int64(),
    "sha256": pl.String(),
    # the day up to which the file holds what was known
    "as_of": pl.Date(),
    # texts that nobody has released and that were left out: of a log, and of the scorecard with all that is made of it
    "words_left_out": pl.Int64(),
}
_READ_ME: Final = """\
Evidence of the partnership of {place}
As of {as_of}, ledger number {known_at}, library {library}.

agreements/     who agreed what: the page, as it stands on that day
places/         the scorecard; indicators/ measure by measure
meetings/       the board pack with the register of decisions, where meetings are recorded
definitions/    the agreement with its logs, as they were known on that day
data/           results, promises, challenges, money and decisions as tables
record/         every submission behind the figures: file, hash, day, verdict, partner
scorecards/     all of it as one document for other tools
MANIFEST.csv    every file here with its SHA-256, the day up to which it holds what was known, and how many texts were
                left out of it

{record}
Nothing that is dated after the day is here. Some words carry no day and stand as they are now: what a partner says of
a late promise, the next meeting and what is sought at it, and the definitions of areas, partners and measures.
The fingerprint of the partnership's folder is left out, since every later row changes it.
What is heard in private is {private}.
{words}
"""
_FOR_PARTIES: Final = (
    "This archive is for the parties alone: it holds numbers of few people and words that nobody has released."
)
_WITH_WORDS: Final = (
    "Words that nobody has released stand here because they were asked for; whoever wrote them has not let the public "
    "read them. What people said to the partners alone is left out: {texts}."
)
_WITHOUT_WORDS: Final = (
    "Words of partners and of people that nobody has released are left out, and so is what people said to the partners "
    "alone: {texts} in the scorecard and the pages made of it."
)
_OF_THE_DAY: Final = "The record holds what came until {last}."
_AFTER_THE_DAY: Final = (
    "The record was asked for as it stood at ledger number {known_at}, which holds what came until {last}, after the "
    "day above. The figures are made of it."
)


def evidence_files(
    cards: Scorecards,
    ledger: Ledger | None = None,
    *,
    place: str,
    definitions: str | Path | None = None,
    with_unreleased: bool = False,
) -> dict[str, bytes]:
    """Return the files of the evidence of one place, by path; the same day gives the same bytes.

    Arguments:
        cards: The scorecards of a partnership. Of a working copy everything is told to the parties; of anything else
            what is heard in private, what people said to the partners alone and words that nobody has released are
            left out.
        ledger: The record behind them; left out where no ledger stands behind the figures.
        place: The area code of the place.
        definitions: The partnership's folder, from which the place's agreement and logs are written as they were known
            on the day.
        with_unreleased: Whether words go with it that nobody has released.

    Raises:
        UnknownNameError: There is no scorecard of that place, or the folder holds no agreement of it by that day.
    """
    is_working_copy = cards.policy_id == WORKING_COPY
    card, texts = cards[place], 0
    if not is_working_copy:
        card, texts = scorecard_to_pass_on(card, with_unreleased=with_unreleased)
    # every later row of the folder changes it
    card = card.model_copy(update={"versions": card.versions.model_copy(update={"partnership_fingerprint": ""})})
    pages = pages_of_place(card, [(place, card.place.name)], cards.title)
    files = {path: page.encode() for path, page in pages.items() if path.startswith(_PAGES)}
    files[f"scorecards/{place}.json"] = scorecard_json(card).encode()
    results = cards.results().filter(pl.col("area_code") == place)
    files["data/results.csv"] = table_csv(results)
    files |= {f"data/{name}.csv": table_csv(frame) for name, frame in every_table([card]).items()}
    left_out = dict.fromkeys(files, texts)
    last = card.as_of
    if ledger is not None:
        receipts = ledger.receipts(known_at=cards.known_at)
        last = max((receipt.received_at.date() for receipt in receipts), default=card.as_of)
        files["record/submissions.csv"] = table_csv(_submissions(receipts))
    days = dict.fromkeys(files, max(last, card.as_of))
    if definitions is not None:
        of_the_day = _definitions(definitions, place, card.as_of, is_working_copy, with_unreleased)
        files |= {f"definitions/{one.path}": one.content for one in of_the_day}
        left_out |= {f"definitions/{one.path}": one.words_left_out for one in of_the_day}
    files["README.txt"] = _read_me(cards, card, last, texts, with_unreleased=with_unreleased).encode()
    return files | {"MANIFEST.csv": _manifest(files, days, card.as_of, left_out)}


def _read_me(cards: Scorecards, card: Scorecard, last: date, texts: int, *, with_unreleased: bool) -> str:
    is_working_copy = cards.policy_id == WORKING_COPY
    record = _AFTER_THE_DAY if last > card.as_of else _OF_THE_DAY
    words = _WITH_WORDS if with_unreleased else _WITHOUT_WORDS
    counted = "1 text" if texts == 1 else f"{texts} texts"
    return _READ_ME.format(
        place=card.place.name,
        as_of=card.as_of.isoformat(),
        known_at=cards.known_at,
        library=card.versions.library,
        record=fill(record.format(last=last.isoformat(), known_at=cards.known_at), _WIDTH),
        private="told here" if is_working_copy else "left out",
        words=fill(_FOR_PARTIES if is_working_copy else words.format(texts=counted), _WIDTH),
    )


def write_evidence(
    cards: Scorecards,
    path: str | Path,
    ledger: Ledger | None = None,
    *,
    place: str,
    definitions: str | Path | None = None,
    with_unreleased: bool = False,
) -> Path:
    """Write the evidence of one place as one zip archive, whole or not at all.

    A place is asked to evidence its work: its agreement, aims, decisions and what came of them (shared outcomes
    toolkit for integrated care systems, Department of Health and Social Care, October 2023). The same day gives the
    same bytes, whatever was written since: members are sorted and carry no time of day.

    Arguments:
        cards: The scorecards of a partnership.
        path: The archive to write; one of that name is replaced.
        ledger: The record behind them.
        place: The area code of the place.
        definitions: The partnership's folder.
        with_unreleased: Whether words of partners and people go with it that nobody has released; the working copy
            tells the parties all of them.

    Returns:
        The path.

    Raises:
        UnknownNameError: There is no scorecard of that place, or the folder holds no agreement of it by that day.
        OutputError: It cannot be written; an archive of that name is as it was.

    >>> from datetime import date
    >>> from tempfile import TemporaryDirectory
    >>> import outcomes as oc
    >>> with TemporaryDirectory() as folder:
    ...     _ = oc.init_partnership(f"{folder}/ours", template="life-course")
    ...     partnership, ledger = oc.load_partnership(f"{folder}/ours"), oc.open_ledger(f"{folder}/ledger")
    ...     cards = oc.scorecards(partnership, ledger.observations(), as_of=date(2026, 5, 1), policy="hes-2018")
    ...     archive = write_evidence(cards, f"{folder}/ours.zip", ledger, place="PLACE-A", definitions=f"{folder}/ours")
    ...     sorted(zipfile.ZipFile(archive).namelist())[:3]
    ['MANIFEST.csv', 'README.txt', 'agreements/PLACE-A.html']
    """
    files = evidence_files(cards, ledger, place=place, definitions=definitions, with_unreleased=with_unreleased)
    return write_file(path, [_zipped(files)])


def _definitions(
    folder: str | Path, place: str, as_of: date, is_working_copy: bool, with_unreleased: bool
) -> tuple[DefinitionFile, ...]:
    found = definition_files(
        load_partnership(folder).agreements,
        place,
        as_of,
        is_working_copy=is_working_copy,
        with_unreleased=with_unreleased,
    )
    if not found:
        raise UnknownNameError(
            f"{folder} has no agreements/{place}.yaml with a version that held by {as_of}; give the folder of the "
            "partnership that the scorecards are of"
        )
    return found


def _submissions(receipts: Iterable[Receipt]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "entry": receipt.number,
                "file": receipt.file,
                "partner_code": receipt.partner_code,
                "sha256": receipt.sha256,
                "received_at": receipt.received_at.isoformat(),
                "verdict": receipt.verdict.value,
                "codes": "; ".join(receipt.codes) or None,
                "loaded_rows": receipt.loaded_rows,
            }
            for receipt in receipts
        ],
        schema=dict(SUBMISSION_COLUMNS),
    )


def _manifest(files: Mapping[str, bytes], days: Mapping[str, date], as_of: date, left_out: Mapping[str, int]) -> bytes:
    rows = [
        (path, len(files[path]), sha256_of_bytes(files[path]), days.get(path, as_of), left_out.get(path))
        for path in sorted(files)
    ]
    return table_csv(pl.DataFrame(rows, schema=dict(MANIFEST_COLUMNS), orient="row"))


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(files):
            member = zipfile.ZipInfo(path, _EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            # read and write for the owner, read for others, whatever machine made it
            member.external_attr = 0o644 << 16
            member.create_system = 3
            archive.writestr(member, files[path])
    return buffer.getvalue()
