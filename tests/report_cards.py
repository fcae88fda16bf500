"""Hand-built scorecards for the tests of pages: four fictional places, and one line for each awkward case."""

import math
from dataclasses import dataclass
from datetime import date

from outcomes.period import period_from_text
from outcomes.scorecard.model import (
    AgreementSummary,
    AreaValue,
    Benchmark,
    CommitmentLine,
    Comparison,
    DefinitionSummary,
    GroupValue,
    IndicatorLine,
    NotBuilt,
    OutcomeSection,
    PartnerReturns,
    PartyLine,
    Place,
    Point,
    ProfileLine,
    ReplyLine,
    Scorecard,
    Summary,
    TargetLine,
    TargetSignal,
    Trend,
    Value,
    Versions,
)
from outcomes.vocabulary import (
    AgreementForm,
    AreaLevel,
    BenchmarkKind,
    Certainty,
    CommitmentState,
    Detail,
    PartnerType,
    PeriodKind,
    Polarity,
    Qualifier,
    Reached,
    Reason,
    Statistic,
    Tier,
    Word,
)

AS_OF = date(2026, 11, 22)
NEIGHBOURHOODS = (
    "Abbey Fields", "Broad Lane", "Castle and Quay", "Fairmead", "Harbour",
    "Kingsway", "Low Fen", "Market Ward", "Northgate", "St Brigid’s",
)  # fmt: skip
ENGLAND = Benchmark(kind=BenchmarkKind.NATION, name="England", area_code="E92000001", value=None)
OTHERS = Benchmark(kind=BenchmarkKind.OTHER_PLACES, name="The other places", value=None)
NO_SPECIAL_CAUSE = NotBuilt(because="Special cause is not asked: no method is named.")
NO_INEQUALITY = NotBuilt(because="It is not collected by deprivation.")


@dataclass(frozen=True)
class Collection:
    """What `write_html` needs of a collection of scorecards."""

    cards: tuple[Scorecard, ...]
    title: str = "Eastvale and Moor shared outcomes"


def definition(unit: str = "%", statistic: Statistic = Statistic.PROPORTION, **changes: object) -> DefinitionSummary:
    """A definition with every field filled."""
    known: dict[str, object] = {
        "numerator": "Replies of “always” or “usually” from families who asked for help in the last year",
        "denominator": "Replies from families who asked for help in the last year",
        "unit": unit,
        "multiplier": 100_000 if "100,000" in unit else 100,
        "statistic": statistic,
        "method": "wilson",
        "method_title": "Wilson score interval (wilson)",
        "measured": "over period",
        "level": AreaLevel.NEIGHBOURHOOD,
        "source": "Residents’ panel of Eastvale and Moor",
        "source_url": "https://example.org/panel",
        "licence": "Open Government Licence v3.0",
        "limits_of_use": "Families who did not ask are not in it.",
        "comparable_with": "The other places of Eastvale and Moor, same year",
        "verified": "2026-03-18 by the framework group",
    }
    return DefinitionSummary.model_validate(known | changes)


def value(level: float | None, half: float | None, **changes: object) -> Value:
    """A value with a symmetrical interval, or none."""
    known: dict[str, object] = {"value": level}
    if level is not None and half is not None:
        known |= {"lower_ci_95": level - half, "upper_ci_95": level + half}
        known |= {"lower_ci_99_8": level - 1.58 * half, "upper_ci_99_8": level + 1.58 * half}
    return Value.model_validate(known | changes)


def point(kind: PeriodKind, text: str, what: Value, benchmark: float | None = None) -> Point:
    """A point with its days worked out from the canonical text."""
    period = period_from_text(kind, text)
    return Point(period=text, period_start=period.first, period_end=period.last, value=what, benchmark=benchmark)


def periods(kind: PeriodKind, last: str, number: int) -> list[str]:
    """So many canonical texts up to the last one."""
    final = period_from_text(kind, last)
    return [str(final.shifted(step)) for step in range(1 - number, 1)]


def series(
    kind: PeriodKind, last: str, levels: list[float | None], half: float | None, benchmark: float | None = None
) -> tuple[Point, ...]:
    """Points that end with a period; None is a missing period."""
    points = []
    for place, (text, level) in enumerate(zip(periods(kind, last, len(levels)), levels, strict=True)):
        what = (
            value(level, half, numerator=float(round(level * 12)), denominator=1200.0)
            if level is not None
            else Value(reason=Reason.MISSING)
        )
        points.append(point(kind, text, what, None if benchmark is None else benchmark + 0.2 * place))
    return tuple(points)


def line(indicator_id: str, short_name: str, name: str, **changes: object) -> IndicatorLine:
    """A line on which everything is said, with changes."""
    kind = changes.pop("period_kind", PeriodKind.CALENDAR_YEAR)
    assert isinstance(kind, PeriodKind)
    points = changes.pop("points", None)
    if points is None:
        points = series(kind, "2026", [57.9, 58.6, 62.4, 65.0, 66.3], 2.7, 58.7)
    known: dict[str, object] = {
        "indicator_id": indicator_id,
        "indicator_version": 1,
        "official_code": "",
        "name": name,
        "short_name": short_name,
        "framework_id": "eastvale",
        "framework_title": "Eastvale shared outcomes",
        "tier": Tier.LOCAL,
        "polarity": Polarity.HIGHER_IS_BETTER,
        "unit": "%",
        "decimals": 1,
        "period_kind": kind,
        "owners": ("Castlewick City Council", "Castlewick Community Alliance", "Castlewick Primary Care Collaborative"),
        "suppliers": ("Castlewick City Council",),
        "points": points,
        "current": points[-1] if points else None,  # type: ignore[index]
        "trend": Trend(word=Word.CANNOT_TELL, because="4 points; 5 are needed."),
        "special_cause": NO_SPECIAL_CAUSE,
        "inequality": NO_INEQUALITY,
        "definition": definition(),
    }
    return IndicatorLine.model_validate(known | changes)


def compared(word: Word, level: float | None, benchmark: Benchmark = ENGLAND, because: str = "") -> Comparison:
    """A comparison with a benchmark at a level."""
    return Comparison(word=word, benchmark=benchmark.model_copy(update={"value": level}), because=because)


def target(word: Word, level: float, period: str, **changes: object) -> TargetSignal:
    """A target set locally, with a path from an earlier point where one is given."""
    known: dict[str, object] = {
        "word": word,
        "set_by": AreaLevel.PLACE,
        "expected": level,
        "target_period": period,
        "target_value": level,
        "points": (TargetLine(period=period, value=level),),
        "decision": "JC 2026/11",
        "agreed_on": date(2026, 3, 18),
    }
    return TargetSignal.model_validate(known | changes)


def rising(word: Word = Word.IMPROVING, direction: str | None = "up", points: int = 5) -> Trend:
    """A trend that says something."""
    return Trend(
        word=word, method="trend_fingertips_2020", direction=direction, slope=1.9, chi_square=34.7, points=points
    )


def neighbourhoods(middle: float, half: float) -> tuple[AreaValue, ...]:
    """Ten neighbourhoods: one hidden, one late, the rest spread about the middle."""
    parts = []
    for place, name in enumerate(NEIGHBOURHOODS):
        spread = middle * 0.16 * math.sin(place * 1.7)
        what = value(round(middle + spread, 2), half, numerator=45.0, denominator=70.0)
        word = Word.SIMILAR if abs(spread) < half else (Word.BETTER if spread > 0 else Word.WORSE)
        if place == 3:
            what, word = Value(reason=Reason.CONFIDENTIAL), Word.NOT_COMPARED
        if place == 7:
            what, word = Value(reason=Reason.RETURN_REJECTED), Word.NOT_COMPARED
        parts.append(
            AreaValue(
                area_code=f"N{place:02d}",
                name=name,
                value=what,
                comparison=Comparison(word=word, benchmark=OTHERS.model_copy(update={"value": middle})),
            )
        )
    return tuple(parts)


def by_sex(middle: float, half: float) -> tuple[GroupValue, ...]:
    """Two groups, one of them of unknown size."""
    return (
        GroupValue(dimension="sex", category="Female", value=value(middle + 2, half)),
        GroupValue(dimension="sex", category="Male", value=value(middle - 2, half)),
        GroupValue(dimension="age_band", category="16-24", value=Value(reason=Reason.CONFIDENTIAL)),
        GroupValue(dimension="age_band", category="25-64", value=value(middle, half)),
    )


def start_well(shift: float = 0.0) -> OutcomeSection:
    """An outcome with three local and three national lines; the shift tells places apart."""
    month = PeriodKind.MONTH
    waits = [73 - 0.9 * n + 2.5 * math.sin(n * 1.3) - (5 if n > 14 else 0) + shift for n in range(24)]
    return OutcomeSection(
        id="start",
        title="Start well",
        description="Every child has a good start",
        local=(
            line(
                "local-01",
                "Early help",
                "Families who could get help early when they asked",
                points=series(
                    PeriodKind.CALENDAR_YEAR, "2026", [n + shift for n in (57.9, 58.6, 62.4, 65.0, 66.3)], 2.7, 58.7
                ),
                comparisons=(
                    compared(Word.MUCH_BETTER if shift >= 0 else Word.SIMILAR, 59.5, OTHERS),
                    compared(Word.BETTER, 61.0, Benchmark(kind=BenchmarkKind.FIXED_VALUE, name="Our own floor")),
                ),
                trend=rising(),
                targets=(
                    target(
                        Word.ON_TRACK,
                        70.0,
                        "2028",
                        expected=65.9,
                        points=(
                            TargetLine(period="2022", value=57.9),
                            TargetLine(period="2026", value=65.9),
                            TargetLine(period="2028", value=70.0),
                        ),
                        reached=Reached.NOT_REACHED,
                        certainty=Certainty.CLEAR,
                    ),
                    target(Word.CANNOT_TELL, 66.0, "2026", set_by=AreaLevel.NATION, certainty=Certainty.WITHIN_CHANCE),
                ),
                parts=neighbourhoods(66.3 + shift, 6.0),
                groups=by_sex(66.3 + shift, 4.0),
                data_note="10 of 10 figures received for this period.",
                balance="Young carers’ plans",
                replies=(
                    ReplyLine(
                        partner="Castlewick City Council",
                        given_on=date(2026, 11, 9),
                        text="Broad Lane is lower because its family hub was closed for repair until June.",
                    ),
                ),
            ),
            line(
                "local-02",
                "Paediatric wait",
                "Children seen within 18 weeks for a community paediatric or autism assessment",
                period_kind=month,
                points=series(month, "2026-09", [round(n, 2) for n in waits], 6.7),
                trend=rising(Word.GETTING_WORSE, "down"),
                targets=(
                    target(Word.NOT_MET, 80.0, "2026-09", reached=Reached.NOT_REACHED, certainty=Certainty.CLEAR),
                ),
                data_note="24 of 24 months.",
                replies=(
                    ReplyLine(
                        partner="Vale Community NHS Trust",
                        given_on=date(2026, 11, 10),
                        text="Two of four paediatricians start in January; from February every child waiting over 30 "
                        "weeks is offered a joint clinic with school nurses.",
                    ),
                ),
            ),
            line(
                "local-03",
                "Young carers’ plans",
                "Young carers with a support plan they agreed",
                period_kind=PeriodKind.FINANCIAL_YEAR,
                points=series(PeriodKind.FINANCIAL_YEAR, "2025/26", [43.3, 46.9, 50.2, 53.3], 11.0),
                comparisons=(Comparison(word=Word.NOT_COMPARED, because="Measured here and in Dunmarsh only."),),
                targets=(target(Word.CANNOT_TELL, 60.0, "2026/27", certainty=Certainty.WITHIN_CHANCE),),
                data_note="About 75 young carers known.",
            ),
        ),
        national=(
            line(
                "90631",
                "School readiness",
                "School readiness: good level of development at the end of Reception",
                official_code="B02a",
                framework_id="phof",
                framework_title="PHOF",
                also_in=("Local Outcomes Framework",),
                tier=Tier.NATIONAL,
                period_kind=PeriodKind.ACADEMIC_YEAR,
                points=(
                    *series(PeriodKind.ACADEMIC_YEAR, "2020/21", [66.0 + shift, None, None], 1.6, 71.8),
                    *series(
                        PeriodKind.ACADEMIC_YEAR, "2024/25", [n + shift for n in (62.9, 63.9, 64.8, 65.4)], 1.6, 67.2
                    ),
                ),
                comparisons=(compared(Word.WORSE if shift <= 0 else Word.MUCH_BETTER, 67.9),),
                trend=Trend(word=Word.CANNOT_TELL, because="4 unbroken points; 5 are needed."),
                targets=(target(Word.OFF_TRACK, 70.0, "2026/27", set_by=AreaLevel.NATION, expected=67.5),),
                replies=(
                    ReplyLine(
                        partner="Castlewick City Council",
                        given_on=date(2026, 11, 9),
                        text="Family hubs open in Harbour and Low Fen in March 2027.",
                    ),
                ),
            ),
            line(
                "93085",
                "Smoking at delivery",
                "Smoking status at time of delivery",
                official_code="C06",
                framework_id="phof",
                framework_title="PHOF",
                tier=Tier.NATIONAL,
                polarity=Polarity.LOWER_IS_BETTER,
                period_kind=PeriodKind.FINANCIAL_YEAR,
                points=series(PeriodKind.FINANCIAL_YEAR, "2025/26", [9.9, 9.2, 8.6, 7.7, 7.1, 6.5, 6.1], 0.9, 8.3),
                comparisons=(compared(Word.BETTER, 7.4),),
                trend=rising(Word.IMPROVING, "down"),
                targets=(target(Word.ON_TRACK, 6.0, "2027/28", set_by=AreaLevel.NATION, expected=6.8),),
            ),
            line(
                "20602",
                "Year 6 overweight",
                "Year 6: prevalence of overweight (including obesity)",
                official_code="C09b",
                framework_id="phof",
                framework_title="PHOF",
                tier=Tier.NATIONAL,
                polarity=Polarity.LOWER_IS_BETTER,
                period_kind=PeriodKind.ACADEMIC_YEAR,
                points=series(PeriodKind.ACADEMIC_YEAR, "2024/25", [36.1, 36.9, 37.8, 38.6, 39.5], 1.6, 35.4),
                comparisons=(compared(Word.MUCH_WORSE, 36.2),),
                trend=rising(Word.GETTING_WORSE, "up"),
                targets=(target(Word.OFF_TRACK, 35.0, "2026/27", expected=36.4),),
                parts=neighbourhoods(39.5, 3.0),
            ),
        ),
    )


def awkward() -> OutcomeSection:
    """An outcome in which every line lacks something."""
    year = PeriodKind.FINANCIAL_YEAR
    quarter = PeriodKind.QUARTER
    missing = tuple(
        line(
            f"missing-{place}",
            f"Missing {place}",
            f"A measure whose value is {reason.value}",
            period_kind=quarter,
            points=(
                *series(quarter, "2026/27 Q1", [41.0, 42.5, 40.9], 4.0),
                point(
                    quarter,
                    "2026/27 Q2",
                    Value(
                        reason=reason,
                        detail=Detail.ZERO_DENOMINATOR if reason is Reason.CANNOT_BE_CALCULATED else None,
                    ),
                ),
            ),
            comparisons=(Comparison(word=Word.CANNOT_TELL, because="There is no value to compare."),),
        )
        for place, reason in enumerate(Reason)
    )
    return OutcomeSection(
        id="fair",
        title="Fair chances",
        description="What holds people back is known and shrinking",
        local=missing,
        national=(
            line(
                "no-interval",
                "Homes EPC C",
                "Homes with an energy performance certificate of C or above",
                tier=Tier.NATIONAL,
                points=series(PeriodKind.CALENDAR_YEAR, "2025", [44.0, 45.5, 46.1], None),
                comparisons=(compared(Word.NOT_COMPARED, 51.2, because="The source gives no interval."),),
                data_note="Modelled by the source.",
            ),
            line(
                "zero",
                "Never events",
                "Never events reported by all providers of the place",
                tier=Tier.NATIONAL,
                unit="",
                decimals=0,
                polarity=Polarity.LOWER_IS_BETTER,
                period_kind=year,
                points=series(year, "2025/26", [2.0, 1.0, 0.0], 0.0),
                targets=(target(Word.MET, 0.0, "2025/26", reached=Reached.REACHED, certainty=Certainty.CLEAR),),
            ),
            line(
                "no-points",
                "Healthy life",
                "Healthy life expectancy at birth",
                tier=Tier.NATIONAL,
                points=(),
                unit="years",
            ),
            line(
                "one-point",
                "One year only",
                "A measure first counted last year, whose name is so long that it has to be broken over very "
                "many lines of the narrowest column that this page can have on the narrowest of telephones",
                tier=Tier.NATIONAL,
                polarity=Polarity.NO_JUDGEMENT,
                period_kind=PeriodKind.THREE_FINANCIAL_YEARS,
                unit="per 100,000",
                decimals=0,
                points=(
                    point(
                        PeriodKind.THREE_FINANCIAL_YEARS,
                        "2023/24 to 2025/26",
                        value(
                            2267.5,
                            120.4,
                            qualifiers=(Qualifier.PROVISIONAL, Qualifier.PARTIAL, Qualifier.DISPUTED),
                            coverage=0.932,
                            parts_expected=10,
                            parts_contributed=8,
                            missing_parts=("Harbour", "Low Fen"),
                        ),
                        2050.0,
                    ),
                ),
                comparisons=(compared(Word.HIGHER, 2050.0), compared(Word.MUCH_HIGHER, 1900.0, OTHERS)),
            ),
            line(
                "a-break",
                "Reablement",
                "People still at home 91 days after reablement",
                tier=Tier.NATIONAL,
                period_kind=year,
                owners=(),
                points=(
                    *series(year, "2022/23", [81.0, 80.2, 79.9], 2.0, 82.0),
                    point(year, "2023/24", value(70.1, 2.2, qualifiers=(Qualifier.BREAK_IN_SERIES,)), 72.0),
                    point(year, "2024/25", value(69.0, 2.2, qualifiers=(Qualifier.STALE,)), 72.5),
                ),
                comparisons=(compared(Word.WORSE, 72.5),),
                trend=rising(Word.NO_SIGNIFICANT_CHANGE, None),
            ),
        ),
    )


def commitments() -> tuple[CommitmentLine, ...]:
    """One promise in each state, one late without a word."""
    return (
        CommitmentLine(
            id="C1",
            partner="Castlewick Community Alliance",
            what="Open a carers’ drop-in in each of five neighbourhoods",
            due=date(2026, 9, 30),
            state=CommitmentState.LATE,
            days_late=53,
            explanation="Two of five rooms fell through. Three venues are signed for January 2027.",
        ),
        CommitmentLine(
            id="C2",
            partner="Eastvale and Moor ICB",
            what="Confirm lasting funding for the falls pick-up service",
            due=date(2026, 10, 31),
            state=CommitmentState.LATE,
            days_late=22,
        ),
        CommitmentLine(
            id="C3",
            partner="Castlewick and Coast NHS FT",
            what="Tell the community team about every discharged faller within one working day",
            due=date(2026, 6, 30),
            state=CommitmentState.KEPT,
            since=date(2026, 6, 24),
            evidence="audit of 212 discharges",
        ),
        CommitmentLine(
            id="C4",
            partner="Castlewick City Council",
            what="Inspect 400 rented homes with a damp referral",
            due=date(2026, 8, 31),
            state=CommitmentState.NOT_KEPT,
            since=date(2026, 9, 2),
            explanation="The inspectors were moved to the flood.",
        ),
        CommitmentLine(
            id="C5",
            partner="Castlewick Care Association",
            what="Falls-safe checks in all 46 care homes",
            due=date(2026, 12, 31),
            state=CommitmentState.NOT_YET_DUE,
            explanation="39 of 46 done",
        ),
        CommitmentLine(
            id="C6",
            partner="Castlewick City Council",
            what="Free swimming for Year 6",
            due=date(2026, 9, 1),
            state=CommitmentState.WITHDRAWN,
            since=date(2026, 7, 14),
            explanation="Withdrawn by decision 2026/11: pool closed for repair. The measure stays.",
        ),
    )


def partner_returns() -> tuple[PartnerReturns, ...]:
    """Partners whose returns came, came late, were sent back, are missing or not due."""
    rows = (
        ("Castlewick and Coast NHS FT", PartnerType.NHS_TRUST, 24, 24, 0, 0, 0, 0, 0),
        ("Castlewick Care Association", PartnerType.CARE_PROVIDER, 12, 9, 0, 3, 0, 0, 0),
        ("Castlewick City Council", PartnerType.COUNCIL, 48, 42, 0, 0, 0, 2, 6),
        ("Castlewick Community Alliance", PartnerType.VOLUNTARY_SECTOR, 26, 16, 0, 0, 10, 0, 0),
        ("Castlewick Primary Care Collaborative", PartnerType.PRIMARY_CARE, 31, 31, 1, 0, 0, 0, 0),
        ("St Brigid’s Hospice", PartnerType.HOSPICE, 4, 0, 0, 0, 0, 0, 4),
    )
    return tuple(
        PartnerReturns(
            partner=partner,
            type=kind,
            expected=expected,
            received=received,
            late=late,
            missing=missing,
            rejected=rejected,
            revised=revised,
            not_yet_due=not_yet_due,
            note="The July to September return was sent back on 14 November, to be mended by 28 November."
            if rejected
            else "",
        )
        for partner, kind, expected, received, late, missing, rejected, revised, not_yet_due in rows
    )


def profile() -> tuple[ProfileLine, ...]:
    """The ten lines, in the order of the stage that makes them."""
    counts: dict[str, tuple[tuple[str, int], ...]] = {
        "attainment": (
            (Word.ON_TRACK, 2),
            (Word.NOT_MET, 1),
            (Word.OFF_TRACK, 2),
            (Word.CANNOT_TELL, 14),
            (Word.NO_TARGET, 1),
        ),
        "direction": (
            (Word.IMPROVING, 2),
            (Word.NO_SIGNIFICANT_CHANGE, 1),
            (Word.GETTING_WORSE, 2),
            (Word.CANNOT_TELL, 14),
        ),
        "comparison": (
            (Word.MUCH_BETTER, 1),
            (Word.BETTER, 1),
            (Word.SIMILAR, 2),
            (Word.WORSE, 2),
            (Word.HIGHER, 1),
            (Word.NOT_COMPARED, 12),
        ),
        "inequality": (),
        "data": (("received", 122), ("late", 1), ("rejected", 10), ("missing", 3), ("not yet due", 10)),
        "commitments": (("late", 2), ("kept", 1), ("not kept", 1), ("not yet due", 1), ("withdrawn", 1)),
        "parity": (("local", 11), ("national", 8)),
        "breadth": (("sectors named", 8), ("sectors signed", 7)),
        "voice": (),
        "resource": (),
    }
    titles = {
        "attainment": ("Targets", "Is what was agreed being reached?"),
        "direction": ("Direction", "Is it changing, beyond chance?"),
        "comparison": ("Comparison", "How does it stand beside its benchmark?"),
        "inequality": ("Inequality", "Is the gap between groups narrowing?"),
        "data": ("Data", "Has what was expected been received?"),
        "commitments": ("Promises", "What was promised, and what became of it?"),
        "parity": ("Parity", "Do local and national measures stand equal?"),
        "breadth": ("Breadth", "Which sectors sign and own?"),
        "voice": ("Residents’ voice", "How well do we hear residents?"),
        "resource": ("Resource", "What money stands beside the outcomes?"),
    }
    return tuple(
        ProfileLine(
            id=line_id,
            title=titles[line_id][0],
            question=titles[line_id][1],
            counts=tuple((str(word), number) for word, number in found),
            sentence=", ".join(f"{number} {word}" for word, number in found).capitalize() + "."
            if found
            else "Not recorded in this version.",
        )
        for line_id, found in counts.items()
    )


def agreement(name: str) -> AgreementSummary:
    """An agreement that one party has yet to sign."""
    parties = (
        ("and Coast NHS FT", PartnerType.NHS_TRUST, "Chief executive", date(2026, 3, 18)),
        ("City Council", PartnerType.COUNCIL, "Leader of the council", date(2026, 3, 18)),
        ("Community Alliance", PartnerType.VOLUNTARY_SECTOR, "Chair", date(2026, 3, 20)),
        ("Primary Care Collaborative", PartnerType.PRIMARY_CARE, "Clinical director", None),
    )
    return AgreementSummary(
        title=f"{name} shared outcomes agreement",
        version=3,
        form=AgreementForm.MEMORANDUM_OF_UNDERSTANDING,
        effective_from=date(2026, 4, 1),
        review_by=date(2027, 3, 31),
        decision="JC 2026-03/2",
        is_in_force=True,
        parties=tuple(
            PartyLine(partner=f"{name} {partner}", type=kind, signatory_role=role, signed_on=signed)
            for partner, kind, role, signed in parties
        ),
    )


def versions() -> Versions:
    """What a card was made from."""
    return Versions(
        library="0.1.0",
        ledger_number=1847,
        partnership_fingerprint="5f" * 32,
        frameworks=("eastvale 2026.2", "phof 2026-11"),
        policy_id="hes-2018",
        policy_title="HES disclosure control, 2018",
        policy_fingerprint="a1" * 32,
        protected_sha256="7f3a92c10b6ed4a8" * 4,
    )


def scorecard(
    area_code: str = "E54000101", name: str = "Castlewick", *, shift: float = 0.0, **changes: object
) -> Scorecard:
    """A whole card: a full outcome, an awkward one, operational lines, promises and returns."""
    operational = (
        line(
            "op-ae",
            "A&E within 4 hours",
            "A&E: seen within 4 hours",
            tier=Tier.OPERATIONAL,
            period_kind=PeriodKind.MONTH,
            points=series(PeriodKind.MONTH, "2026-10", [74 + math.sin(n) + shift for n in range(24)], 0.7, 72.0),
            comparisons=(compared(Word.BETTER, 73.0),),
            trend=rising(Word.NO_SIGNIFICANT_CHANGE, None),
            targets=(target(Word.NOT_MET, 78.0, "2026-10", reached=Reached.NOT_REACHED, certainty=Certainty.CLEAR),),
        ),
    )
    known: dict[str, object] = {
        "partnership_id": "eastvale",
        "partnership_title": "Eastvale and Moor shared outcomes",
        "is_fictional": True,
        "place": Place(
            area_code=area_code,
            name=name,
            level=AreaLevel.PLACE,
            population=301_900,
            population_note="Fictional population, 2025",
            within=("Eastvale and Moor",),
            part_names=NEIGHBOURHOODS,
        ),
        "as_of": AS_OF,
        "product": "draft",
        "draft_reasons": (f"Primary care has not signed the agreement of {name}.",),
        "agreement": agreement(name),
        "summary": Summary(
            better=("local-01", "93085"),
            worse=("local-02", "90631", "20602", "a-break"),
            cannot_tell=("local-03", *(f"missing-{n}" for n in range(8)), "no-interval", "no-points"),
            no_difference=("one-point",),
            compared=7,
            differing=6,
            differing_by_chance=0.35,
        ),
        "profile": profile(),
        "outcomes": (start_well(shift), awkward()),
        "operational": operational,
        "commitments": commitments(),
        "returns": partner_returns(),
        "attributions": (
            "Contains public sector information licensed under the Open Government Licence v3.0.",
            "Fictional figures made for this example.",
        ),
        "versions": versions(),
    }
    return Scorecard.model_validate(known | changes)


def castlewick() -> Scorecard:
    """The first of the places, as other tests know it."""
    return scorecard()


def bare_scorecard() -> Scorecard:
    """A card of which almost nothing is known: no agreement, no lines, no returns, no population."""
    return scorecard(
        "E54000199",
        "Emptyford",
        place=Place(area_code="E54000199", name="Emptyford", level=AreaLevel.PLACE),
        agreement=None,
        is_fictional=False,
        draft_reasons=("No agreement is recorded.",),
        summary=Summary(),
        profile=(),
        outcomes=(),
        operational=(),
        commitments=(),
        returns=(),
        attributions=(),
    )


def collection() -> Collection:
    """Four places, in the order in which the stage before gives them."""
    return Collection(
        (
            scorecard("E54000100", "Aldermere", shift=3.0),
            scorecard(),
            scorecard("E54000102", "Dunmarsh", shift=-4.0, commitments=commitments()[2:]),
            scorecard("E54000103", "Thornmoor", shift=1.5, agreement=None),
        )
    )
