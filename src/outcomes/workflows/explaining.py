"""Explaining: from one number on a page back to the rows, files and rules that it came from."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.errors import UnknownNameError
from outcomes.estimates.estimating import estimate
from outcomes.framework.model import Indicator
from outcomes.geography.succession import with_former_areas_placed
from outcomes.intake.model import Receipt
from outcomes.intake.observations import Observations, said_by_successors
from outcomes.judgement.judging import judge
from outcomes.ledger.store import Ledger
from outcomes.no_score import no_score, refuse_partners
from outcomes.partnership.model import Partnership
from outcomes.partnership.sign_offs import sign_off_of
from outcomes.rollup.ladder import Terrain
from outcomes.rollup.rolling import roll_up
from outcomes.scorecard.definitions import definition_of
from outcomes.scorecard.figures import rows_with_submitted, value_of
from outcomes.scorecard.model import Explanation, ExplanationStep, Scorecard, SourceRow, Value
from outcomes.statistics import METHODS
from outcomes.vocabulary import Basis, Qualifier, Reason
from outcomes.workflows.explained.assurance import assurance_steps
from outcomes.workflows.explained.case import Case
from outcomes.workflows.explained.estimate import estimate_workings
from outcomes.workflows.explained.signals import explained_signals

__all__ = ["explain"]


def explain(
    ledger: Ledger,
    partnership: Partnership,
    *,
    place: str,
    indicator: str,
    as_of: date,
    known_at: int | datetime | None = None,
    period: str | None = None,
    page: Scorecard | None = None,
    partner: str | None = None,
) -> Explanation:
    """Return where one number comes from: definition, method, every step, and every row of every file behind it.

    It works on the record, so it shows true counts: never public.

    Arguments:
        ledger: The record.
        partnership: The world.
        place: The area's code.
        indicator: The indicator's id, official code or alias.
        as_of: The date that the number speaks for.
        known_at: The ledger number to look at, or a moment that stands for one; None for the latest.
        period: The canonical text of a period; None for the current one.
        page: The unprotected page of the place on the date (`scorecards` under policy `none`): then what is said of all
            comparisons of the page together is worked out too, the share of false differences among them.
        partner: Never: the rows say who sent what, and the number is the place's.

    Raises:
        UnknownNameError: No such area, indicator or period; the message lists those there are.
        SharedOutcomeError: The number of one partner was asked for; there is none, and the message says why.
    """
    if partner is not None:
        raise no_score(f"explain(partner={partner!r})", partner)
    refuse_partners(partnership.partners_by_code, partnership.areas, f"explain(place={place!r})", place)
    area = partnership.areas[place]
    indicator_id = _resolve(partnership, indicator)
    observations = ledger.observations(known_at)
    figures = observations.frame.filter(pl.col("indicator_id") == indicator_id)
    mine = Observations(said_by_successors(figures, partnership), observations.known_at)
    measures = roll_up(mine, partnership, as_of=as_of)
    estimates = estimate(measures, partnership)
    rows = estimates.frame.filter(
        (pl.col("indicator_id") == indicator_id)
        & (pl.col("area_code") == place)
        & (pl.col("breakdown") == WHOLE)
        & (pl.col("period_end") <= as_of)
    ).sort("period_start")
    if rows.is_empty():
        raise UnknownNameError(
            f"no figure of {indicator_id!r} for {area.name} is known at ledger number {mine.known_at}; "
            "see `outcomes status` for what was received"
        )
    (chosen,) = rows_with_submitted(_chosen(rows, period), estimates.submitted)
    version = partnership.indicators[(indicator_id, chosen["indicator_version"])]
    method = next((method for method in METHODS if method.name == chosen["method"]), None)
    names = {area.code: area.name for area in partnership.areas} | {p.code: p.name for p in partnership.partners}
    former = _former_areas(partnership, place, chosen, as_of)
    sources = _sources(
        mine, partnership, version, (place, *former), chosen, ledger.receipts(mine.known_at), names, as_of
    )
    judgements = judge(estimates, partnership, as_of=as_of)
    case = Case(partnership, version, chosen, measures, estimates, judgements, as_of, names, page)
    judged = judgements.frame.filter(
        (pl.col("indicator_id") == indicator_id)
        & (pl.col("area_code") == place)
        # a target for a group, or of the gap between two, is one of the measure's
        & ((pl.col("breakdown") == WHOLE) | pl.col("target_key").is_not_null())
        & (pl.col("period_start") == chosen["period_start"])
    )
    value = value_of(chosen, names)
    # the method of the value is named first: its references have the first numbers
    steps = _steps(case, value, sources, former)
    steps = (*steps, *explained_signals(case, judged.to_dicts()))
    definition = definition_of(version, chosen["method"] or "", method.title if method else "")
    agreement = partnership.agreement_for(place, as_of)
    steps = (*steps, *assurance_steps(value, definition, sources, agreement, partnership, as_of))
    return Explanation(
        indicator_id=indicator_id,
        indicator_version=version.version,
        name=version.name,
        area_code=place,
        area=area.name,
        period=chosen["period"],
        as_of=as_of,
        known_at=mine.known_at,
        value=value,
        definition=definition,
        formula=method.formula if method else "",
        references=tuple(case.references),
        steps=steps,
        rows=sources,
    )


def _resolve(partnership: Partnership, name: str) -> str:
    ids = partnership.names_of_indicators.get(name, ())
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise UnknownNameError(f"{name!r} could be any of {', '.join(ids)}; give one of these ids")
    offered = ", ".join(sorted({indicator.id for indicator in partnership.indicators.values()}))
    raise UnknownNameError(f"no indicator is called {name!r}; there are: {offered}")


def _chosen(rows: pl.DataFrame, period: str | None) -> pl.DataFrame:
    wanted = rows if period is None else rows.filter(pl.col("period") == period)
    if wanted.is_empty():
        offered = ", ".join(rows["period"].to_list())
        raise UnknownNameError(f"no figure for the period {period!r}; there are: {offered}")
    return wanted.tail(1)


def _former_areas(
    partnership: Partnership, place: str, chosen: Mapping[str, Any], as_of: date
) -> dict[str, float | None]:
    """The areas of then whose figures the chosen one rests on, or could not be made of, each with its share."""
    is_former = Qualifier.FORMER_AREAS in (chosen["qualifiers"] or ()) or chosen["reason"] == Reason.NOT_COMPARABLE
    origins = partnership.succession.origins(place, chosen["period_start"], as_of) if is_former else ()
    return {origin.code: None if origin.share is None else float(origin.share) for origin in origins}


def _sources(
    observations: Observations,
    partnership: Partnership,
    indicator: Indicator,
    areas: Sequence[str],
    chosen: Mapping[str, Any],
    receipts: Sequence[Receipt],
    names: Mapping[str, str],
    as_of: date,
) -> tuple[SourceRow, ...]:
    """Every row of every file whose figure is for these areas or a part of them, in the chosen period."""
    inside = _areas_in(partnership, indicator, areas, chosen["period_end"])
    by_number = {receipt.number: receipt for receipt in receipts}
    rows = observations.frame.filter(
        pl.col("area_code").is_in(inside)
        & (pl.col("period_start") == chosen["period_start"])
        & (pl.col("period_kind") == chosen["period_kind"])
        & (pl.col("indicator_version") == indicator.version)
    ).sort("area_code", "breakdown", "partner_code", "source_code")
    found = []
    for row in rows.iter_rows(named=True):
        receipt = by_number.get(row["submission"])
        file, sender = receipt.file if receipt else "", row["partner_code"]
        signed = sign_off_of(partnership.sign_offs, partner=sender, file=file, entry=row["submission"], as_of=as_of)
        partner = partnership.partners_by_code.get(sender)
        found.append(
            SourceRow(
                partner_code=row["partner_code"],
                partner=names.get(row["partner_code"], row["partner_code"]),
                area_code=row["area_code"],
                area=names.get(row["area_code"], row["area_code"]),
                breakdown=row["breakdown"],
                numerator=_unscaled(row["numerator"], indicator.numerator_scale),
                denominator=_unscaled(row["denominator"], indicator.denominator_scale),
                value=row["value"],
                status=row["status"],
                submission=row["submission"],
                file=file,
                sheet=row["sheet"],
                row=row["row"],
                received_at=receipt.received_at if receipt else None,
                sha256=receipt.sha256 if receipt else "",
                is_revision=bool(row["is_revision"]),
                verdict=receipt.verdict.value if receipt else "",
                codes=receipt.codes if receipt else (),
                signed_off_by=signed.role if signed else "",
                signed_off_on=signed.signed_on if signed else None,
                answered_for_by=partner.answers_for_returns if partner else "",
            )
        )
    return tuple(found)


def _areas_in(partnership: Partnership, indicator: Indicator, areas: Sequence[str], day: date) -> list[str]:
    """The areas and those below them, without the areas of the level of collection that count elsewhere.

    A council that lies in two systems is below both; each of its small areas counts in one of them.
    """
    # areas that ended lie where roll-up lets them lie
    footprints = with_former_areas_placed(partnership.succession)
    terrain = Terrain(partnership.areas, footprints)
    found = set(areas)
    for area in areas:
        below = set(footprints.descendants(area))
        held = terrain.held_by(area, indicator.level, day)
        if held:
            below = {code for code in below if partnership.areas[code].level is not indicator.level}.union(held)
        found |= below
    return sorted(found)


def _unscaled(count: int | None, scale: int) -> float | None:
    return None if count is None else count / scale


def _steps(
    case: Case, value: Value, sources: Sequence[SourceRow], former: Mapping[str, float | None]
) -> tuple[ExplanationStep, ...]:
    indicator, chosen, names = case.indicator, case.chosen, case.names
    files = sorted({row.submission for row in sources})
    taken = ", ".join(names.get(code, code) for code in chosen["partner_codes"] or ())
    is_published = chosen["basis"] == Basis.PUBLISHED
    said = f"Counts are added as whole numbers, then divided once (basis: {chosen['basis']})."
    if is_published:
        said = f"A published value is taken as it is and never added up. {indicator.published_because}".strip()
    if Qualifier.DISPUTED in value.qualifiers:
        said += " Sources disagree on a figure: each position stands among the rows, one of them was taken."
    if value.submitted is not None:
        said += " A figure was also given for the whole: it is shown beside the sum, and not used."
    summed = [
        ("numerator", _figure(value.numerator)),
        ("denominator", _figure(value.denominator)),
        ("parts that came", f"{value.parts_contributed} of {value.parts_expected}"),
        ("share covered", _figure(value.coverage)),
        ("figures taken from", taken or "none"),
        ("to know", ", ".join(value.qualifiers) or "none"),
    ]
    if value.submitted is not None:
        given = value.submitted
        summed += [
            (f"{name} given for the whole", _figure(figure))
            for name, figure in (("numerator", given.numerator), ("denominator", given.denominator))
        ]
        summed += [("value given for the whole", _figure(given.value)), ("given by", ", ".join(given.partners))]
    tables, workings = estimate_workings(case)
    shares = {None: "an unknown part of ", 1.0: "all of "}
    summed += [
        ("former area", shares.get(share, f"{_figure(share)} of ") + f"{names.get(code, code)} ({code})")
        for code, share in former.items()
    ]
    estimated = [
        ("value", _figure(value.value)),
        ("95% interval", f"{_figure(value.lower_ci_95)} to {_figure(value.upper_ci_95)}"),
        ("99.8% interval", f"{_figure(value.lower_ci_99_8)} to {_figure(value.upper_ci_99_8)}"),
        ("multiplier", _figure(indicator.multiplier)),
    ]
    if value.reason:
        estimated.append(("reason", value.reason.value + (f": {value.detail.value}" if value.detail else "")))
    return (
        ExplanationStep(
            stage="received",
            sentence=f"{len(sources)} rows in {len(files)} submissions speak for this area or its parts.",
            figures=tuple((f"ledger number {number}", _file_of(sources, number)) for number in files),
        ),
        ExplanationStep(
            stage="rolled up",
            sentence=said,
            figures=tuple(summed),
        ),
        case.with_method(
            ExplanationStep(
                stage="estimated",
                sentence="The value and its interval as published."
                if is_published
                else "The value and its interval, from true counts; a draft hides or rounds numbers by its policy.",
                figures=tuple(estimated),
                tables=tables,
                workings=workings,
            ),
            chosen["method"] or "",
        ),
    )


def _file_of(sources: Sequence[SourceRow], number: int) -> str:
    return next(row.file for row in sources if row.submission == number)


def _figure(number: float | None) -> str:
    return "none" if number is None else f"{number:.10g}"
