"""Explains who stands behind a number: the check of each file, its sign-off, the agreement, and the risks."""

from collections.abc import Sequence
from datetime import date

from outcomes.agreement.model import Agreement
from outcomes.partnership.model import Partnership
from outcomes.scorecard.model import DefinitionSummary, ExplanationStep, SourceFile, SourceRow, Value
from outcomes.scorecard.risks import risks_of

__all__ = ["assurance_steps"]


def assurance_steps(
    value: Value,
    definition: DefinitionSummary,
    rows: Sequence[SourceRow],
    agreement: Agreement | None,
    partnership: Partnership,
    as_of: date,
) -> tuple[ExplanationStep, ...]:
    """Return the steps that say who checked, who signed off, who agreed, and what could be wrong.

    Arguments:
        value: The figure.
        definition: How it is defined.
        rows: Every row behind it.
        agreement: The place's agreement on the date; None where none is recorded.
        partnership: Says where the agreement stands.
        as_of: The date.
    """
    files = _files(rows)
    risks = risks_of(value, definition, files)
    return (
        ExplanationStep(
            stage="checked",
            sentence=f"{len(files)} {'file' if len(files) == 1 else 'files'}; what the check said of each.",
            figures=tuple((_name(one), _verdict(one, rows)) for one in files),
        ),
        ExplanationStep(
            stage="signed off",
            sentence="Who answers for what was sent: a role, never a person.",
            figures=tuple((_name(one), _signature(one)) for one in files),
        ),
        _agreed(agreement, partnership, as_of),
        ExplanationStep(
            stage="risk and confidence",
            sentence="What limits the confidence in this figure; facts one by one, no score of trust."
            if risks
            else "Nothing is known that limits the confidence in this figure.",
            figures=tuple((f"risk {number}", text) for number, text in enumerate(risks, 1)),
        ),
    )


def _files(rows: Sequence[SourceRow]) -> tuple[SourceFile, ...]:
    """Every file behind the rows once, in the order of the record."""
    found = {
        row.submission: SourceFile(
            partner_code=row.partner_code,
            partner=row.partner,
            file=row.file,
            entry=row.submission,
            codes=row.codes,
            signed_off_by=row.signed_off_by,
            signed_off_on=row.signed_off_on,
            answered_for_by=row.answered_for_by,
        )
        for row in rows
    }
    return tuple(found[number] for number in sorted(found))


def _name(file: SourceFile) -> str:
    return f"ledger number {file.entry}, {file.file}, {file.partner}"


def _verdict(file: SourceFile, rows: Sequence[SourceRow]) -> str:
    verdict = next(row.verdict for row in rows if row.submission == file.entry)
    return f"{verdict or 'not known'} ({', '.join(file.codes)})" if file.codes else verdict or "not known"


def _signature(file: SourceFile) -> str:
    if file.signed_off_by:
        return f"{file.signed_off_by}, {file.signed_off_on}"
    return f"not signed off; answered for by: {file.answered_for_by or 'nobody is named'}"


def _agreed(agreement: Agreement | None, partnership: Partnership, as_of: date) -> ExplanationStep:
    if agreement is None:
        return ExplanationStep(stage="agreed", sentence="No agreement is recorded for the place.")
    names = partnership.partners_by_code
    standing = partnership.standing_of(agreement, as_of)
    in_force = "in force" if standing.is_in_force else "a draft: not every signature that it needs is there"
    return ExplanationStep(
        stage="agreed",
        sentence=f"{agreement.title}, version {agreement.version}, {in_force}; decision {agreement.decision}.",
        figures=tuple(
            (
                names[party.partner].name if party.partner in names else party.partner,
                f"{party.signatory_role}, {party.signed_on}"
                if party.signed_on is not None and party.signed_on <= as_of
                else f"{party.signatory_role}, not signed",
            )
            for party in agreement.parties
        ),
    )
