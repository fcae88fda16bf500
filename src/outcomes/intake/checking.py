"""The one door of intake: a file, bytes or a frame in, a verdict with findings and observations out; stores nothing."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from outcomes.finding import verdict_of
from outcomes.intake.absent_rows import with_absent_rows
from outcomes.intake.applying import broken_rules, remarks_on_rows
from outcomes.intake.area_sums import with_area_sums
from outcomes.intake.cell_scan import scan
from outcomes.intake.completeness import missing_figures, missing_places
from outcomes.intake.ended_sender import periods_after_end
from outcomes.intake.entries import Entries
from outcomes.intake.entries_model import WANTED, Table
from outcomes.intake.every_finding import every_finding
from outcomes.intake.examination import Examination
from outcomes.intake.excerpt import excerpts_of
from outcomes.intake.headers import HeaderFinder
from outcomes.intake.hints_of_rows import with_hints_of_rows
from outcomes.intake.history import absent_figures, with_history
from outcomes.intake.marked_list import without_marked_list
from outcomes.intake.missing_columns import missing_column
from outcomes.intake.model import ABOUT, CheckResult, KnownRecord
from outcomes.intake.names_beside import with_names_beside
from outcomes.intake.naming import indicators_named, places_of_unread_rows
from outcomes.intake.observations import OBSERVATION_COLUMNS, Observations, new_versions
from outcomes.intake.of_another import content_of_another, figures_of_another, name_of_another
from outcomes.intake.own_series import own_series
from outcomes.intake.period_spellings import is_period
from outcomes.intake.personal_numbers import has_nhs_number, masked
from outcomes.intake.plausibility import with_plausibility
from outcomes.intake.preparing import observations_frame, prepared
from outcomes.intake.reading import Reading, Refusal, read_frame
from outcomes.intake.remark import Remark
from outcomes.intake.rows import NothingLeft
from outcomes.intake.rules import rules_for
from outcomes.intake.sender import sender_by_mark, sender_by_name
from outcomes.intake.sent_again import figures_of_period_before
from outcomes.intake.sent_file import ReadOnce, SentFile, sent_file
from outcomes.intake.tables import finders_for, read_tables
from outcomes.intake.template.mark import as_template, mark_of
from outcomes.intake.terms import Terms
from outcomes.intake.wording import findings_of
from outcomes.partnership.layout import Layout
from outcomes.partnership.model import Partner, Partnership
from outcomes.table import empty_table
from outcomes.vocabulary import Verdict

__all__ = ["check", "examined", "examined_frame", "tried"]


# cells beyond all length are not read any further; which of two columns counts decides what every row says
_UNREAD_FURTHER: Final = ("OUT-013", "OUT-103")


def check(
    content: str | Path | bytes | pl.DataFrame,
    partnership: Partnership,
    *,
    partner: str | None = None,
    as_of: date,
    ledger: KnownRecord | None = None,
    layout: str | None = None,
    file_name: str | None = None,
    period: str | None = None,
    again: bool = False,
) -> CheckResult:
    """Check what a partner sent; nothing is stored.

    Arguments:
        content: A path, the bytes of a file, or a polars frame in the long form.
        partnership: What the figures are read against.
        partner: The sender's code; None to tell it from the file's name.
        as_of: The date on which the check speaks: a period that begins later is refused.
        ledger: The record, to see revisions and the same file sent again.
        layout: The id of the layout; None for the partner's own, else the long form.
        file_name: The file's name where bytes are given.
        period: The period of tables that name none themselves, such as `2020/21`.
        again: Whether a file that was withdrawn is meant to count again; otherwise it is refused.

    Returns:
        The verdict, all or nothing; every finding; the figures, where the file is let in.

    Raises:
        UnreadableFileError: The file cannot be opened at all.
        UnknownNameError: No partner or layout has that name.
        ValueError: `period` is no period of any kind.

    >>> import outcomes as oc
    >>> from outcomes.bundled import bundled_folder
    >>> eastvale = oc.load_partnership(bundled_folder("examples", "eastvale"))
    >>> rows = b"indicator_id,place_code,period,numerator,denominator\\nlocal-09,EMX060001,2026-09,40,36\\n"
    >>> result = oc.check(rows, eastvale, partner="EMA", as_of=date(2026, 11, 22))
    >>> result.verdict.value, result.findings[0].cell, result.findings[0].code
    ('rejected', 'D2', 'OUT-501')
    """
    sent, found = _examined(content, partnership, partner, as_of, ledger, layout, file_name, period, again=again)
    return _result(sent, found, ledger, as_of)


def examined(
    content: str | Path | bytes | pl.DataFrame,
    partnership: Partnership,
    *,
    partner: str | None = None,
    as_of: date,
    layout: str | None = None,
    file_name: str | None = None,
    period: str | None = None,
) -> Examination:
    """Return all that a check sees on its way through a file; the arguments and errors are those of `check`."""
    return _examined(content, partnership, partner, as_of, None, layout, file_name, period)[1]


def tried(
    content: str | Path | bytes,
    partnership: Partnership,
    *,
    partner: str | None,
    as_of: date,
    layout: str,
    file_name: str | None = None,
    period: str | None = None,
) -> tuple[CheckResult, Examination]:
    """Return what `check` says of a file and all that it sees on its way, for whoever tries a layout.

    The arguments and errors are those of `check`; where no partner is given, and the file's name tells none, the file
    is read as anybody's, and held to no agreement on who supplies what.
    """
    sent, found = _examined(content, partnership, partner, as_of, None, layout, file_name, period, is_anybody_let=True)
    return _result(sent, found, None, as_of), found


def examined_frame(frame: pl.DataFrame, terms: Terms) -> Examination:
    """Return all that a check sees of a frame in the long form, whoever sends it.

    Arguments:
        frame: Its first record counts as row 2.
        terms: What it is held against.
    """
    found = Examination([], terms)
    _hold(found, lambda _: read_frame(frame, terms.layout.limits))
    return found


def _examined(
    content: str | Path | bytes | pl.DataFrame,
    partnership: Partnership,
    partner: str | None,
    as_of: date,
    ledger: KnownRecord | None,
    layout: str | None,
    file_name: str | None,
    period: str | None,
    *,
    is_anybody_let: bool = False,
    again: bool = False,
) -> tuple[SentFile, Examination]:
    if period is not None and not is_period(period):
        raise ValueError(f"{period!r} is no period; write it in its exact form, such as 2026-09 or 2020/21")
    sent = sent_file(content, partnership, file_name, layout)
    chosen, doubts = sender_by_name(sent.file, partnership, partner)
    described = _layout(partnership, chosen, layout)
    opened = ReadOnce(sent, described)
    mark = mark_of(opened.grids)
    if mark is not None:
        chosen, doubts = sender_by_mark(mark, sent.file, partnership, partner)
        described = described if layout else as_template(partnership.layouts.get("native"))
    found = Examination(list(doubts))
    if has_nhs_number(sent.file):
        found.remarks.append(Remark(code="OUT-701"))
    if chosen is None and is_anybody_let:
        found.remarks = [remark for remark in found.remarks if remark.code not in ("OUT-014", "OUT-015")]
    if chosen is not None or is_anybody_let:
        found.terms = terms = Terms(partnership, chosen, as_of, described, mark)
        found.remarks += name_of_another(sent.file, terms)
        _hold(
            found,
            opened.reading,
            period or "",
            lambda: _known(sent, terms, ledger, found, again=again),
        )
    return sent, found


def _layout(partnership: Partnership, partner: Partner | None, given: str | None) -> Layout:
    return partnership.layout(given or (partner.layout if partner else "") or "native")


def _hold(
    found: Examination,
    read: Callable[[Sequence[HeaderFinder]], Reading],
    period: str = "",
    known: Callable[[], Observations | None] = lambda: None,
) -> None:
    try:
        _go_through(found, read, period, known)
    except Refusal as refusal:
        found.remarks += [*getattr(refusal, "others", ()), refusal.remark]


def _go_through(
    found: Examination,
    read: Callable[[Sequence[HeaderFinder]], Reading],
    period: str,
    known: Callable[[], Observations | None],
) -> None:
    assert found.terms is not None
    terms = found.terms
    finders = finders_for(terms)
    found.reading = reading = read(finders)
    found.remarks += reading.remarks
    try:
        tables = read_tables(without_marked_list(reading.grids), finders, terms, period=period)
        found.headers, found.table, found.given_period = tables.headers, tables.table, tables.given_period
    except NothingLeft as refusal:
        found.headers = refusal.headers
        raise
    finally:
        for grid in reading.grids:
            names = next((header.names for header in found.headers if header.grid is grid), {})
            found.remarks += scan(grid, names, terms.layout.limits)
    found.table = table = with_absent_rows(tables.table, terms)
    found.remarks += table.remarks
    if any(remark.code in _UNREAD_FURTHER for remark in found.remarks):
        return
    if any(remark.code == "OUT-102" for remark in table.remarks):
        found.remarks += _missing_numbers(table, None, terms.layout.columns_named or None)
        return
    entries = with_area_sums(prepared(table, terms), terms)
    found.known = known()
    if found.known is not None:
        entries = with_history(entries, found.known, terms)
        series = own_series(entries, found.known, terms)
        if series is not None:
            entries = with_plausibility(entries, series, terms)
            found.remarks += figures_of_period_before(entries, series, terms)
        found.remarks += figures_of_another(entries, found.known, terms)
        found.remarks += absent_figures(entries, found.known, terms)
    entries = with_names_beside(entries, table, tables.headers, terms)
    absent = missing_figures(entries, terms)
    entries = with_hints_of_rows(entries, absent, terms)
    missing = _missing_numbers(table, entries)
    found.remarks += missing
    unasked = {remark.column for remark in missing}
    found.broken = [
        one
        for one in broken_rules(entries, rules_for(terms.dimensions))
        # a column that is not there is said once, not row by row
        if not (one.rule.code == "OUT-401" and one.column in unasked)
    ]
    found.on_rows = remarks_on_rows(entries, found.broken, terms)
    found.remarks += found.on_rows
    found.remarks += content_of_another(entries, terms)
    found.remarks += periods_after_end(entries, terms)
    unread = places_of_unread_rows(tables.headers, table, terms)
    found.remarks += missing_places(absent, entries, terms, unread, found.known)
    found.entries = entries


def _known(
    sent: SentFile, terms: Terms, ledger: KnownRecord | None, found: Examination, *, again: bool
) -> Observations | None:
    """Return what the record holds, unless it holds this very file already: that adds nothing to anything."""
    if ledger is None:
        return None
    sender = terms.partner.code if terms.partner else ""
    if found.given_period:
        before = ledger.submission_of_content(sent.sha256, sender, found.given_period)
    else:
        before = ledger.submission_of_content(sent.sha256, sender)
    if before is None:
        taken_back = ledger.content_taken_back(sent.sha256, sender, found.given_period)
        if taken_back is not None:
            code = "OUT-601" if taken_back.is_destroyed else "OUT-658" if again else "OUT-602"
            details = {"act": str(taken_back.act), "reason": taken_back.reason}
            found.remarks.append(Remark(code=code, details=details))
        return ledger.observations()
    found.remarks.append(Remark(code="OUT-652", details={"submission": str(before)}))
    return None


def _missing_numbers(table: Table, entries: Entries | None, described: frozenset[str] | None = None) -> list[Remark]:
    said = {remark.column for remark in table.remarks if remark.code == "OUT-102"}
    missing = []
    for column in WANTED[3:]:
        if table.has(column) or column in said:
            continue
        # where no row could be read, it is not known what the indicators need beside a numerator
        is_needed = (
            entries is None or entries[f"needs_{column}"].any() or (entries.is_empty() and column == "numerator")
        )
        if not is_needed:
            continue
        if described is not None and column not in described:
            # before it is known what the indicators need, only what the layout describes can be called missing
            continue
        missing.append(missing_column(column, table.header_row, table.names))
    return missing


def _result(sent: SentFile, found: Examination, ledger: KnownRecord | None, as_of: date) -> CheckResult:
    terms = found.terms
    tolerated = terms.layout.tolerated if terms else None
    findings = findings_of(found.remarks, sent.file, found.table, tolerated)
    verdict = verdict_of(findings)
    has_figures = verdict is not Verdict.REJECTED and found.entries is not None and found.table is not None
    if has_figures and found.entries is not None and found.table is not None and terms is not None:
        frame = observations_frame(found.entries, found.table, terms)
    else:
        frame = empty_table(OBSERVATION_COLUMNS)
    is_rejected = verdict is Verdict.REJECTED
    news = None if ledger is None else 0
    if found.known is not None and frame.height:
        news = new_versions(frame, found.known.frame).height
    return CheckResult(
        file=masked(sent.file),
        partner_code=terms.partner.code if terms and terms.partner else "",
        verdict=verdict,
        findings=findings,
        observations=Observations(frame),
        sha256=sent.sha256,
        size_bytes=sent.size_bytes,
        loaded_rows=frame.height,
        new_observations=news,
        keeps_bytes=not is_rejected,
        indicator_ids=indicators_named(found.headers, found.table, terms) if terms is not None else (),
        given_period=found.given_period,
        as_of=as_of,
        excerpts=excerpts_of(
            without_marked_list(found.reading.grids if found.reading else ()), found.headers, findings
        ),
        # what stood in the cells of a rejected file is not kept
        read=found.entries.only(["row", *ABOUT]) if is_rejected and found.entries is not None else None,
        every_finding=every_finding(found, sent.file, findings),
    )
