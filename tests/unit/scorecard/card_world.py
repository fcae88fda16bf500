"""A small partnership of two frameworks, and frames by hand, for the tests of scorecards and profiles."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from outcomes.agreement.model import Agreement
from outcomes.estimates.model import Estimates
from outcomes.framework.model import Framework, Inclusion, Indicator
from outcomes.judgement.model import JUDGEMENT_COLUMNS, Judgements
from outcomes.ledger.model import STATUS_COLUMNS, ReturnsStatus
from outcomes.partnership.model import Partner, Partnership
from outcomes.partnership.policy import Policy
from outcomes.period import period_from_text
from outcomes.profile.model import Balance, Profile
from outcomes.protection.model import PATTERN_COLUMNS, Protected
from outcomes.reference_series import ReferenceSeries
from outcomes.scorecard.assembly import build_scorecards
from outcomes.scorecard.collection import Scorecards
from outcomes.scorecard.figures import Figures
from outcomes.scorecard.lines import LineMaker
from outcomes.scorecard.model import IndicatorLine
from outcomes.statistics import METHODS
from outcomes.table import empty_table
from outcomes.vocabulary import PeriodKind
from tests.small_world import AREAS, LEVELS, STEPS, YEAR, estimates, inclusion, indicator, measures, world

AS_OF = date(2026, 11, 22)
PARTS = (("N1", "Zetland", "neighbourhood"), ("N2", "Abbey", "neighbourhood"), ("N3", "Moor", "neighbourhood"))
SEX = {"dimension": "sex", "categories": ("Female", "Male")}
AGE = {"dimension": "age_band", "categories": ("0-64", "65+")}
PARTNERS = (
    Partner(code="CC", name="Castlewick Council", type="council", footprint=("PL1",)),
    Partner(code="NHS", name="Eastvale Trust", type="nhs_trust", footprint=("SYS1",)),
    Partner(code="OHID", name="OHID", type="publisher"),
    Partner(code="VA", name="Voluntary Alliance", type="voluntary_sector", footprint=("PL1",)),
)
POLICY = Policy.model_validate({"id": "test", "version": "1", "title": "Small numbers are hidden", "preset": {}})


def agreement(**terms: Any) -> Agreement:
    """Return an agreement of Castlewick that every party signed."""
    given: dict[str, Any] = {
        "area_code": "PL1",
        "version": 1,
        "title": "Castlewick shared outcomes",
        "form": "memorandum_of_understanding",
        "frameworks": ["local", "national"],
        "parties": [
            {"partner": "VA", "signatory_role": "chair", "signed_on": date(2026, 3, 1)},
            {"partner": "CC", "signatory_role": "leader", "signed_on": date(2026, 3, 2)},
        ],
        "effective_from": date(2026, 4, 1),
        "review_by": date(2027, 4, 1),
        "decision": "JC 2026/1",
        "priorities": [
            {
                "id": "rest",
                "title": "Carers rest",
                "set_by": "place",
                "agreed_on": date(2026, 3, 1),
                "decision": "JC 2026/1",
                "evidence": [
                    {
                        "title": "Needs assessment",
                        "dated": date(2025, 9, 1),
                        "review_by": date(2028, 9, 1),
                        "took_part": ["Castlewick Council", "Voluntary Alliance"],
                    }
                ],
            }
        ],
    }
    return Agreement.model_validate({**given, **terms})


def framework(framework_id: str, inclusions: Sequence[Inclusion], indicators: Sequence[Indicator] = ()) -> Framework:
    """Return a framework of two outcomes, health before money."""
    return Framework.model_validate(
        {
            "id": framework_id,
            "version": "2",
            "title": f"{framework_id.capitalize()} framework",
            "publisher": "Eastvale",
            "source": "made up",
            "licence": "none",
            "outcomes": [
                {"id": "money", "title": "Enough money", "order": 2},
                {"id": "health", "title": f"Health ({framework_id})", "description": "Live long", "order": 1},
            ],
            "indicators": indicators,
            "inclusions": inclusions,
        }
    )


def partnership(
    *,
    indicators: Sequence[Indicator] | None = None,
    local: Sequence[Inclusion] | None = None,
    national: Sequence[Inclusion] = (),
    agreements: Sequence[Agreement] = (),
    series: Sequence[ReferenceSeries] = (),
) -> Partnership:
    """Return the small world with neighbourhoods, partners and two frameworks."""
    steps = (*STEPS, *(("PL1", code) for code, _, _ in PARTS))
    base = world(
        [], series=series, agreements=agreements, policies=[POLICY], areas=sorted((*AREAS, *PARTS)), steps=sorted(steps)
    )
    known = [indicator()] if indicators is None else list(indicators)
    own = [inclusion()] if local is None else list(local)
    return replace(
        base,
        partners=PARTNERS,
        fingerprint="made by hand",
        frameworks=(framework("local", own, known), framework("national", national)),
    )


def judgements(*rows: Mapping[str, Any]) -> Judgements:
    """Return judgements; of each row only what differs from smoking in Castlewick in 2024/25 is named."""
    made = []
    for row in rows:
        kind = PeriodKind(row.get("period_kind", YEAR))
        period = period_from_text(kind, row.get("period", "2024/25"))
        area_code = row.get("area_code", "PL1")
        full = {
            "framework_id": "local",
            "indicator_id": "smoking",
            "indicator_version": 1,
            "area_code": area_code,
            "level": LEVELS.get(area_code, "neighbourhood"),
            "breakdown": "",
            "against": "",
            "against_code": "",
            "because": "",
            **row,
            "period_kind": kind.value,
            "period_start": period.first,
            "period_end": period.last,
            "period": str(period),
        }
        made.append({name: full.get(name) for name in JUDGEMENT_COLUMNS})
    frame = pl.DataFrame(made, schema=dict(JUDGEMENT_COLUMNS))
    order = ["framework_id", "indicator_id", "area_code", "breakdown", "signal", "against", "against_code"]
    return Judgements(frame.sort(order, maintain_order=True), AS_OF)


def status(*rows: Mapping[str, Any]) -> ReturnsStatus:
    """Return who has sent; of each row only what differs from the council's received figure of 2024/25 is named."""
    made = []
    for row in rows:
        kind = PeriodKind(row.get("period_kind", YEAR))
        period = period_from_text(kind, row.get("period", "2024/25"))
        full = {
            "partner_code": "CC",
            "indicator_id": "smoking",
            "area_code": "PL1",
            "due_on": period.last + timedelta(days=60),
            "status": "received",
            **row,
            "period_kind": kind.value,
            "period_start": period.first,
            "period": str(period),
        }
        made.append({name: full.get(name) for name in STATUS_COLUMNS})
    return ReturnsStatus(pl.DataFrame(made, schema=dict(STATUS_COLUMNS)), AS_OF, 7)


def line(
    values: Estimates,
    words: Judgements | None = None,
    *,
    of: Partnership | None = None,
    returns: ReturnsStatus | None = None,
    framework_id: str = "local",
    indicator_id: str = "smoking",
    as_of: date = AS_OF,
    place: str = "PL1",
) -> IndicatorLine:
    """Return one line of one place."""
    whole = of or partnership()
    figures = Figures(values, words or judgements(), whole)
    agreed = whole.agreement_for(place, as_of)
    maker = LineMaker(figures, whole, agreed, returns, place, {method.name: method.title for method in METHODS})
    chosen = next(
        (held, included)
        for held, included in whole.inclusions
        if held.id == framework_id and included.indicator == indicator_id
    )
    return maker.line(*chosen, as_of)


def protected(
    words: Judgements | None = None, *, policy: Policy | None = POLICY, is_audited: bool = False
) -> Protected:
    """Return what may leave the house, nothing of it hidden."""
    table = measures({"numerator": 5, "denominator": 100})
    return Protected(policy, empty_table(PATTERN_COLUMNS), table, words or judgements(), is_audited)


def cards(
    values: Estimates | None = None,
    words: Judgements | None = None,
    *,
    of: Partnership | None = None,
    what: Protected | None = None,
    returns: ReturnsStatus | None = None,
    places: Sequence[str] = (),
    as_of: date = AS_OF,
    balances: Sequence[Balance] = (),
    positions: pl.DataFrame | None = None,
) -> Scorecards:
    """Return scorecards of whose profiles nothing is known but the balances."""
    return build_scorecards(
        what or protected(words),
        values or estimates({"value": 20.0}),
        of or partnership(),
        as_of=as_of,
        profiles={code: Profile(balances=tuple(balances)) for code, _, _ in (*AREAS, *PARTS)},
        returns=returns,
        places=places,
        positions=positions,
    )
