"""A small partnership for the tests of intake, with an indicator of every kind that a return may hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl

from outcomes.finding import Finding
from outcomes.framework.model import Breakdown, Framework, Indicator
from outcomes.geography.areas import AREA_COLUMNS, Areas
from outcomes.geography.footprints import FOOTPRINT_COLUMNS, Footprints
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult, KnownRecord, TakenBack
from outcomes.intake.observations import OBSERVATION_COLUMNS, Observations
from outcomes.partnership.layout import Layout
from outcomes.partnership.model import Partner, Partnership, PartnershipDescription, Supply
from outcomes.table import empty_table
from outcomes.vocabulary import PartnerType

AS_OF: Final = date(2026, 11, 22)
HEADER: Final = "indicator_id,place_code,period,numerator,denominator"
CLEAN: Final = "stay,P1,2026-04,10,20\nstay,P2,2026-04,11,20\n"

SEX: Final = Breakdown(dimension="sex", categories=("Male", "Female"), whole="Persons")
BANDS: Final = Breakdown(dimension="age_band", categories=("0-4", "5-9", "10-14", "15+"), whole="All ages")
DECILES: Final = Breakdown(
    dimension="deprivation_decile", categories=tuple(str(decile) for decile in range(1, 11)), is_full=False
)
TENURE: Final = Breakdown(dimension="tenure", categories=("Owned", "Rented"), whole="All")


def indicator(indicator_id: str, **terms: Any) -> Indicator:
    """Return a monthly proportion of people in a place, or what the terms make of it."""
    given: dict[str, Any] = {
        "id": indicator_id,
        "name": f"The indicator {indicator_id}",
        "statistic": "proportion",
        "numerator_definition": "people counted",
        "denominator_definition": "people asked",
        "multiplier": 100,
        "period": "month",
        "level": "place",
        "breakdowns": (SEX, BANDS, DECILES),
        "source": "made up",
        "licence": "none",
    }
    return Indicator(**{**given, **terms})


INDICATORS: Final = (
    indicator("stay", official_code="2D(1)", aliases=("at-home", "shared-name")),
    indicator("visits", statistic="crude_rate", multiplier=1000, aliases=("shared-name",)),
    indicator("beds", statistic="count", multiplier=1, denominator="none", allow_negative=True, period="quarter"),
    indicator("half", statistic="mean", multiplier=1, numerator="number", numerator_scale=2),
    indicator(
        "spread",
        statistic="mean",
        multiplier=1,
        numerator="number",
        numerator_scale=10,
        optional_columns=("sum_of_squares", "effective_sample_size", "value_status", "source_code"),
    ),
    indicator("yearly", period="financial_year", breakdowns=(TENURE,)),
    indicator("school", period="academic_year", breakdowns=()),
    indicator("span", period="three_calendar_years", breakdowns=()),
    indicator("births", statistic="crude_rate", multiplier=1000, denominator="reference:population"),
    indicator("printed", statistic="published_value", multiplier=1, denominator="none", period="calendar_year"),
    indicator("local", level="neighbourhood"),
    indicator("changed", version=1, valid_to="2026-03-31", numerator_scale=1),
    indicator("changed", version=2, valid_from="2026-04-01", numerator="number", numerator_scale=10),
    indicator("ended", valid_to="2020-03-31"),
    indicator("elsewhere"),
)
_AREAS: Final[tuple[tuple[object, ...], ...]] = (
    ("E1", "England", "nation", None, None, []),
    ("S1", "System", "system", None, None, []),
    ("P1", "Castlewick", "place", None, None, []),
    ("P2", "Dunmere", "place", date(2023, 4, 1), None, []),
    ("P9", "Farland", "place", None, None, []),
    ("OLD", "Oldshire", "place", None, date(2023, 3, 31), ["P2"]),
    ("0101", "Castlewick North", "neighbourhood", None, None, []),
    ("1E03", "Castlewick Central", "neighbourhood", None, None, []),
)
_STEPS: Final = (("E1", "S1"), ("P1", "0101"), ("P1", "1E03"), ("S1", "OLD"), ("S1", "P1"), ("S1", "P2"), ("S1", "P9"))


def returns_world(
    *, indicators: Sequence[Indicator] = INDICATORS, layouts: Mapping[str, Layout] | None = None, **partner: Any
) -> Partnership:
    """Return the partnership; the terms change the sender, `T1`."""
    supplied = tuple(dict.fromkeys(one.id for one in indicators if one.id != "elsewhere"))
    plain = tuple(one for one in supplied if one != "spread")
    sender: dict[str, Any] = {
        "code": "T1",
        "name": "Trust One",
        "type": PartnerType.NHS_TRUST,
        "footprint": ("P1", "P2", "OLD"),
        "supplies": (
            Supply(indicators=plain),
            *((Supply(indicators=("spread",), source_codes=("T1", "H1", "H2")),) if "spread" in supplied else ()),
        ),
        "file_pattern": "T1_*",
    }
    return Partnership(
        description=PartnershipDescription(id="small", title="Small", area_code="S1"),
        frameworks=(
            Framework(
                id="small", version="1", title="Small", publisher="us", source="us", licence="none",
                indicators=tuple(indicators),
            ),
        ),
        areas=Areas(pl.DataFrame(_AREAS, schema=AREA_COLUMNS, orient="row").sort("area_code")),
        footprints=Footprints(
            pl.DataFrame([(*step, 1.0, None, None) for step in _STEPS], schema=FOOTPRINT_COLUMNS, orient="row")
        ),
        partners=(
            Partner(code="C2", name="Council Two", type=PartnerType.COUNCIL, footprint=("P9",), file_pattern="C2_*",
                    supplies=(Supply(indicators=("elsewhere",)),) if len(supplied) < len(indicators) else ()),
            Partner(**{**sender, **partner}),
        ),
        layouts={"native": Layout(id="native", title="The long form"), **(layouts or {})},
    )  # fmt: skip


WORLD: Final = returns_world()


def sent(
    content: str | bytes | pl.DataFrame,
    *,
    partnership: Partnership = WORLD,
    partner: str | None = "T1",
    ledger: KnownRecord | None = None,
    layout: str | None = None,
    file_name: str = "T1_return.csv",
) -> CheckResult:
    """Return the result of checking what the trust sent."""
    given = content.encode() if isinstance(content, str) else content
    return check(given, partnership, partner=partner, as_of=AS_OF, ledger=ledger, layout=layout, file_name=file_name)


def sheet(*rows: str, header: str = HEADER) -> str:
    """Return a CSV of the header and the rows."""
    return "\n".join([header, *rows]) + "\n"


def row_of(result: CheckResult, row: int) -> dict[str, Any]:
    """Return the observation of a row."""
    return result.frame.row(by_predicate=pl.col("row") == row, named=True)


def found(result: CheckResult, code: str) -> tuple[Finding, ...]:
    """Return the findings of a code."""
    return tuple(finding for finding in result.findings if finding.code == code)


def codes(result: CheckResult) -> set[str]:
    """Return the codes of all findings."""
    return {finding.code for finding in result.findings}


@dataclass
class Record:
    """A record in memory: what was accepted before."""

    frame: pl.DataFrame = field(default_factory=lambda: empty_table(OBSERVATION_COLUMNS))
    contents: dict[tuple[str, str], int] = field(default_factory=dict)

    def submission_of_content(self, sha256: str, partner_code: str, given_period: str = "") -> int | None:
        """Return the number under which the very same bytes were accepted before."""
        return self.contents.get((sha256 + given_period, partner_code))

    def content_taken_back(self, sha256: str, partner_code: str, given_period: str = "") -> TakenBack | None:
        """Return None: nothing is ever taken back here."""
        return None

    def observations(self, known_at: int | None = None) -> Observations:
        """Return the figures as known."""
        return Observations(self.frame)

    def keep(self, result: CheckResult) -> None:
        """Keep an accepted submission."""
        self.frame = pl.concat([self.frame, result.frame])
        self.contents[result.sha256 + result.given_period, result.partner_code] = len(self.contents) + 1
