"""Turns one line of a scorecard into what its own page prints around it: headline, who does what, where it is from."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from outcomes.report.accountability_view import CommitmentRow, commitment_rows
from outcomes.report.balance_view import apart_text
from outcomes.report.formatting import date_text, joined, value_text
from outcomes.report.headline import first_comparison_word, joint, movement, told_comparison
from outcomes.report.line_tables import interval_of, point_period, printed_value
from outcomes.report.replies import reply_note
from outcomes.report.signals import reason_text, spoken_signals
from outcomes.report.wording import counted, say, sentence_case
from outcomes.scorecard.model import IndicatorLine, PartnerLine, Scorecard, SourceFile, calls_for_reply
from outcomes.vocabulary import AS_PUBLISHED, Reason, Word

__all__ = [
    "Beside",
    "FileRow",
    "OriginStep",
    "WhoRow",
    "beside",
    "file_rows",
    "headline_in_words",
    "kicker",
    "lede",
    "origin_steps",
    "partner_href",
    "who_rows",
    "who_sentence",
]


@dataclass(frozen=True, slots=True)
class Beside:
    """The measure that would show a side effect, in one sentence."""

    page_name: str
    name: str
    href: str
    text: str
    reply: str


@dataclass(frozen=True, slots=True)
class WhoRow:
    """One partner's part in a measure, and what it promised for it."""

    name: str
    href: str
    roles: str
    promises: tuple[CommitmentRow, ...]


@dataclass(frozen=True, slots=True)
class OriginStep:
    """One step back from the number."""

    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file or sheet behind a value."""

    file: str
    where: str
    partner: str
    received: str
    entry: str
    check: str
    signed: str


def headline_in_words(line: IndicatorLine, place: str) -> str:
    """Return what a line says as one headline: its comparison and whether it moves, or why nothing can be told."""
    measure = line.short_name or line.name
    if line.current is None:
        return say("ind_headline_not_yet", measure=measure, place=place)
    if line.current.value.value is None:
        return say("ind_headline_no_figure", measure=measure, place=place, reason=reason_text(line.current.value))
    compared, (moving, _, _) = told_comparison(line), movement(line)
    moves = moving.value if moving is not Word.CANNOT_TELL else ""
    if compared and moves:
        return say(
            "ind_headline_both",
            measure=measure,
            place=place,
            comparison=compared,
            joint=joint(first_comparison_word(line), moving),
            moving=moves,
        )
    if compared or moves:
        return say("ind_headline_one", measure=measure, place=place, word=compared or moves)
    return say("ind_headline_none", measure=measure, place=place)


def kicker(line: IndicatorLine, place: str, outcome: str) -> str:
    """Return what stands over the headline: whose page, which outcome, which tier."""
    key = "ind_kicker" if outcome else "ind_kicker_alone"
    return say(key, place=place, outcome=outcome, tier=say(f"tier_{line.tier.value}"))


def lede(line: IndicatorLine, place: str) -> str:
    """Return what stands under the headline: the full name, unit, place and span of the series."""
    unit = say("ind_unit", unit=line.unit) if line.unit else ""
    known = {"name": line.name, "unit": unit, "place": place}
    if not line.points:
        return say("ind_lede_none", **known)
    first, last = (point_period(line, point) for point in (line.points[0], line.points[-1]))
    if first == last:
        return say("ind_lede_one", last=last, **known)
    return say("ind_lede", first=first, last=last, **known)


def beside(card: Scorecard, line: IndicatorLine) -> Beside | None:
    """Return the measure that a line is to be read beside; None where none is named, or it is not on the page."""
    found = line.balance_beside
    if found is None:
        return None
    if found.indicator_version is None:
        # one that was kept without its version is the latest
        other = next((one for one in card.lines if one.page_name == found.indicator_id), None)
    else:
        other = next((one for one in card.lines if one.key == (found.indicator_id, found.indicator_version)), None)
    if other is None:
        return None
    text = say("ind_headline_not_yet", measure=other.name, place=card.place.name)
    if other.current is not None:
        value = other.current.value
        known = {
            "value": printed_value(value, other.decimals, other.unit),
            "period": point_period(other, other.current),
            "words": spoken_signals(other),
        }
        interval = interval_of(value, other.decimals)
        text = say("ind_beside_none", reason=reason_text(value))
        if value.value is not None and interval:
            text = say("ind_beside_text", interval=interval, **known)
        elif value.value is not None:
            text = say("ind_beside_no_interval", **known)
    text = f"{text} {apart_text(line)}".strip()
    reply = f"{reply_note(other)}." if calls_for_reply(other) else ""
    return Beside(other.page_name, other.short_name or other.name, f"{quote(other.page_name)}.html", text, reply)


def who_rows(card: Scorecard, line: IndicatorLine) -> tuple[WhoRow, ...]:
    """Return every partner with a part in a measure, by name, with its promises for it."""
    promises = [one for one in card.commitments if one.indicator == line.indicator_id]
    if not card.partners:
        # a scorecard that was kept before partners were told of has names alone
        names = sorted({*line.owners, *line.suppliers, *(one.partner for one in promises)})
        roles = {
            name: [
                say(key)
                for key, known in (("role_accountable", line.owners), ("role_supplies_data", line.suppliers))
                if name in known
            ]
            for name in names
        }
        return tuple(
            WhoRow(
                name,
                "",
                _roles(roles[name]),
                commitment_rows([one for one in promises if one.partner == name]),
            )
            for name in names
        )
    rows = []
    for partner in card.partners:
        part = next((one for one in partner.parts if one.indicator == line.indicator_id), None)
        own = [one for one in promises if one.id in partner.commitments]
        if part is None and not own:
            continue
        rows.append(
            WhoRow(
                name=partner.name,
                href=partner_href(partner),
                roles=_roles([say(f"role_{role.value}") for role in (part.roles if part else ())]),
                promises=commitment_rows(own),
            )
        )
    return tuple(rows)


def partner_href(partner: PartnerLine) -> str:
    """Return the address of a partner's own page, from a page of a measure."""
    return f"../../partners/{quote(partner.code)}.html"


def _roles(words: Sequence[str]) -> str:
    return sentence_case(joined(words)) if words else say("nothing_recorded")


def who_sentence(line: IndicatorLine) -> str:
    """Return who owns a measure together, and that nobody is scored on it."""
    if not line.owners:
        return say("ind_who_none")
    if len(line.owners) == 1:
        return say("ind_who_one", owner=line.owners[0])
    return say("ind_who_shared", owners=sentence_case(counted(len(line.owners), "partner")))


def origin_steps(card: Scorecard, line: IndicatorLine) -> tuple[OriginStep, ...]:
    """Return the steps back from a line's current value, as far as the scorecard tells."""
    value = line.current.value if line.current else None
    is_published = line.definition.method == AS_PUBLISHED
    is_hidden = value is not None and value.reason is Reason.CONFIDENTIAL
    how = "ind_origin_published" if is_published else "ind_origin_protected"
    if card.product == "working copy" and not is_published:
        how = "ind_origin_unprotected"
    shown = printed_value(value, line.decimals, line.unit) if value is not None else say("not_yet")
    steps = [OriginStep(shown, (f"{say('ind_origin_value')}.", say(how)))]
    if value is not None and not is_hidden and not is_published:
        steps.append(_summed(card, line))
    files = line.sources
    partners = joined(sorted({one.partner for one in files}))
    if files:
        number = counted(len({one.entry for one in files}), "file")
        title = say("ind_origin_files", number=number, partners=partners)
        steps.append(OriginStep(title, (say("ind_origin_files_below"),)))
        codes = {code for one in files for code in one.codes}
        remark = (
            say("ind_origin_remarks", number=counted(len(codes), "kind")) if codes else say("ind_origin_no_remarks")
        )
        steps.append(OriginStep(say("ind_origin_checked"), (remark,)))
    else:
        source = line.definition.source
        more = (say("ind_origin_published_source", source=source.rstrip(".")),) if source else ()
        steps.append(OriginStep(say("ind_origin_no_files"), more))
    asking = (line.framework_title, *line.also_in)
    pattern = "ind_origin_frameworks" if line.also_in else "ind_origin_framework"
    definition = say("ind_origin_definition", indicator=line.indicator_id, version=line.indicator_version)
    steps.append(OriginStep(definition, (say(pattern, frameworks=joined(asking)),)))
    steps.append(_agreed(card))
    return tuple(steps)


def _summed(card: Scorecard, line: IndicatorLine) -> OriginStep:
    value = line.current.value if line.current else None
    title = say("ind_origin_whole", place=card.place.name)
    texts = []
    if value is not None and value.parts_expected not in (None, 1):
        title = say("ind_origin_parts", number=value.parts_contributed or 0, all=value.parts_expected)
        if value.coverage is not None:
            texts.append(say("ind_origin_covers", share=value_text(value.coverage * 100, 1, "%")))
    method = line.definition.method_title or line.definition.method
    texts += [say("ind_origin_method", method=method.rstrip("."))] if method else []
    return OriginStep(title, tuple(texts))


def _agreed(card: Scorecard) -> OriginStep:
    agreement = card.agreement
    if agreement is None:
        return OriginStep(say("ind_origin_no_agreement"), (say("no_agreement_text"),))
    signed = sum(party.signed_on is not None for party in agreement.parties)
    pattern = "ind_origin_agreement" if agreement.decision else "ind_origin_no_decision"
    return OriginStep(
        say("ind_origin_agreed", signed=signed, all=len(agreement.parties)),
        (say(pattern, version=agreement.version, decision=agreement.decision.rstrip(".")),),
    )


def file_rows(files: Sequence[SourceFile]) -> tuple[FileRow, ...]:
    """Return the files behind a value as rows of a table, in the order of the record."""
    return tuple(
        FileRow(
            file=one.file or say("ind_unnamed"),
            where=_where(one),
            partner=one.partner,
            received=date_text(one.received_on, short=True) if one.received_on else say("ind_not_received"),
            entry=f"{one.entry:,}" if one.entry else say("ind_not_received"),
            check=say("ind_accepted_with", codes=joined(one.codes)) if one.codes else say("ind_accepted"),
            signed=_signed(one),
        )
        for one in files
    )


def _signed(one: SourceFile) -> str:
    if one.signed_off_on is not None:
        return say("ind_signed", role=one.signed_off_by, date=date_text(one.signed_off_on, short=True))
    return say("ind_not_signed", role=one.answered_for_by) if one.answered_for_by else say("ind_signed_by_nobody")


def _where(one: SourceFile) -> str:
    rows = say("ind_rows_unknown")
    if one.first_row is not None and one.last_row is not None:
        key = "ind_row" if one.first_row == one.last_row else "ind_rows"
        rows = say(key, first=f"{one.first_row:,}", last=f"{one.last_row:,}")
    return say("ind_sheet", sheet=one.sheet, rows=rows) if one.sheet else sentence_case(rows)
