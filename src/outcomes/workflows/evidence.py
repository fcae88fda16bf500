"""The evidence of one place's partnership work as one archive: what was agreed, decided, promised, sent and found."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.exchange.every_table import every_table
from outcomes.exchange.tables import table_csv
from outcomes.fingerprint import sha256_of_bytes
from outcomes.ledger.store import Ledger
from outcomes.output import write_file
from outcomes.protection.model import WORKING_COPY
from outcomes.report.site import pages_of_place
from outcomes.scorecard.collection import Scorecards
from outcomes.scorecard.model import Scorecard
from outcomes.scorecard.reading import scorecard_json
from outcomes.table import Columns
from outcomes.vocabulary import Consent, Reason

__all__ = ["evidence_files", "write_evidence"]

# every member has one day, so that the same evidence is the same bytes; the earliest that an archive can hold
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_PAGES: Final = ("agreements/", "places/", "indicators/", "meetings/")
# logs whose words are not for everybody who may see the pages
_PRIVATE_LOGS: Final = frozenset({"decisions.csv", "insights.csv"})
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
_READ_ME: Final = """\
Evidence of the partnership of {place}
As of {as_of}, ledger number {known_at}, library {library}.

agreements/     who agreed what: the page, as it stands on that day
places/         the scorecard; indicators/ measure by measure
meetings/       the board pack with the register of decisions, where meetings are recorded
definitions/    the agreement with its logs, word for word as they lie in the partnership folder: what is dated after
                the day above stands there too
data/           results, promises, challenges, money and decisions as tables
record/         every submission behind the figures: file, hash, day, verdict, partner
scorecards/     all of it as one document for other tools
MANIFEST.csv    every file here with its SHA-256

What is heard in private is {private}.
"""


def evidence_files(
    cards: Scorecards, ledger: Ledger | None = None, *, place: str, definitions: str | Path | None = None
) -> dict[str, bytes]:
    """Return the files of the evidence of one place, by path; the same input gives the same bytes.

    Arguments:
        cards: The scorecards of a partnership. Of a working copy what is heard in private is told, and what people
            said to the partners alone; of anything else both are left out, and so are the logs that hold them.
        ledger: The record behind them; left out where no ledger stands behind the figures.
        place: The area code of the place.
        definitions: The partnership's folder, from which the place's agreement and logs are taken as they are.

    Raises:
        UnknownNameError: There is no scorecard of that place.
    """
    is_working_copy = cards.policy_id == WORKING_COPY
    card = cards[place] if is_working_copy else _for_anybody(cards[place])
    pages = pages_of_place(card, [(place, card.place.name)], cards.title)
    files = {path: page.encode() for path, page in pages.items() if path.startswith(_PAGES)}
    files[f"scorecards/{place}.json"] = scorecard_json(card).encode()
    results = cards.results().filter(pl.col("area_code") == place)
    files["data/results.csv"] = table_csv(results)
    files |= {f"data/{name}.csv": table_csv(frame) for name, frame in every_table([card]).items()}
    if definitions is not None:
        files |= _definitions(Path(definitions), place, with_private=is_working_copy)
    if ledger is not None:
        files["record/submissions.csv"] = table_csv(_submissions(ledger, cards.known_at))
    read_me = _READ_ME.format(
        place=card.place.name,
        as_of=card.as_of.isoformat(),
        known_at=cards.known_at,
        library=card.versions.library,
        private="told here" if is_working_copy else "left out",
    )
    files["README.txt"] = read_me.encode()
    return files | {"MANIFEST.csv": _manifest(files)}


def write_evidence(
    cards: Scorecards,
    path: str | Path,
    ledger: Ledger | None = None,
    *,
    place: str,
    definitions: str | Path | None = None,
) -> Path:
    """Write the evidence of one place as one zip archive, whole or not at all.

    A place is asked to evidence its work: its agreement, aims, decisions and what came of them (shared outcomes
    toolkit for integrated care systems, Department of Health and Social Care, October 2023). The same input gives the
    same bytes: members are sorted and carry no time of day.

    Arguments:
        cards: The scorecards of a partnership.
        path: The archive to write; one of that name is replaced.
        ledger: The record behind them.
        place: The area code of the place.
        definitions: The partnership's folder.

    Returns:
        The path.

    Raises:
        UnknownNameError: There is no scorecard of that place.
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
    files = evidence_files(cards, ledger, place=place, definitions=definitions)
    return write_file(path, [_zipped(files)])


def _for_anybody(card: Scorecard) -> Scorecard:
    """A scorecard without the words of people who agreed that partners may see them, and nobody else."""
    if card.voices is None:
        return card
    public = {line.id for line in card.voices.insights if line.consent is Consent.PUBLIC}
    insights = []
    for line in card.voices.insights:
        told: dict[str, object] = {"dissents": tuple(one for one in line.dissents if one.insight in public)}
        if line.text and line.id not in public:
            told |= {"text": "", "withheld": Reason.CONFIDENTIAL}
        insights.append(line.model_copy(update=told))
    return card.model_copy(update={"voices": card.voices.model_copy(update={"insights": tuple(insights)})})


def _definitions(folder: Path, place: str, *, with_private: bool) -> dict[str, bytes]:
    found = {}
    for path in (folder / "agreements" / f"{place}.yaml", *sorted((folder / "agreements" / place).glob("*.csv"))):
        is_told = with_private or path.name not in _PRIVATE_LOGS
        if path.is_file() and is_told:
            found[f"definitions/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    if not found:
        raise UnknownNameError(
            f"{folder} has no agreements/{place}.yaml; give the folder of the partnership that the scorecards are of"
        )
    return found


def _submissions(ledger: Ledger, known_at: int) -> pl.DataFrame:
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
            for receipt in ledger.receipts(known_at=known_at)
        ],
        schema=dict(SUBMISSION_COLUMNS),
    )


def _manifest(files: Mapping[str, bytes]) -> bytes:
    paths = sorted(files)
    hashes = [sha256_of_bytes(files[path]) for path in paths]
    return table_csv(pl.DataFrame({"file": paths, "bytes": [len(files[path]) for path in paths], "sha256": hashes}))


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
