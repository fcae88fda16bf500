"""The noun of the scorecard stage: Scorecards, all places of a partnership with one tidy table of results."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.judgement.model import JUDGEMENT_COLUMNS
from outcomes.no_score import no_score
from outcomes.profile.voices import Voices
from outcomes.scorecard.model import Scorecard
from outcomes.status_table import StatusMeasure, StatusTable
from outcomes.table import empty_table, hold_to_table

__all__ = ["BALANCE_COLUMNS", "RESULT_COLUMNS", "Scorecards"]

RESULT_COLUMNS: Final[dict[str, pl.DataType]] = {
    "framework_id": pl.String(),
    "outcome": pl.String(),
    "tier": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "official_code": pl.String(),
    "indicator": pl.String(),
    "unit": pl.String(),
    # whom it counts: resident, registered, or empty where nobody says
    "population_basis": pl.String(),
    "area_code": pl.String(),
    "area": pl.String(),
    "level": pl.String(),
    "period_kind": pl.String(),
    "period": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "breakdown": pl.String(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "value": pl.Float64(),
    "lower_ci_95": pl.Float64(),
    "upper_ci_95": pl.Float64(),
    "lower_ci_99_8": pl.Float64(),
    "upper_ci_99_8": pl.Float64(),
    "method": pl.String(),
    "reason": pl.String(),
    "detail": pl.String(),
    # what somebody gave for a whole whose value is the sum of its parts, and who ("; " between them)
    "submitted_numerator": pl.Float64(),
    "submitted_denominator": pl.Float64(),
    "submitted_value": pl.Float64(),
    "submitted_by": pl.String(),
    # joined by "; ", empty where there is nothing to know
    "qualifiers": pl.String(),
    # the signals of the current period in the first benchmark and target; null at other periods
    "comparison": pl.String(),
    "benchmark": pl.String(),
    "benchmark_value": pl.Float64(),
    "p_value": pl.Float64(),
    # of large areas: the word, φ and the 95 % limits around the benchmark that allow for overdispersion
    "comparison_adjusted": pl.String(),
    "overdispersion": pl.Float64(),
    "lower_adjusted_limit": pl.Float64(),
    "upper_adjusted_limit": pl.Float64(),
    "trend": pl.String(),
    "target": pl.String(),
    # its level at its end, what it expects now, how far off the value (of a gap its size) is, and a TargetKind
    "target_value": pl.Float64(),
    "target_kind": pl.String(),
    "target_expected": pl.Float64(),
    "target_distance": pl.Float64(),
    "target_reached": pl.String(),
    "special_cause": pl.String(),
    # at every period of a series of which special cause is asked
    "process_mean": pl.Float64(),
    "lower_process_limit": pl.Float64(),
    "upper_process_limit": pl.Float64(),
    # a ProcessRule, null of common cause, and a Variation
    "process_rule": pl.String(),
    "variation": pl.String(),
    # the word of the current period; at every period of a series by deprivation both ends and the gap between them; at
    # the current one the indices (most deprived less, or over, least)
    "inequality": pl.String(),
    "most_deprived_value": pl.Float64(),
    "least_deprived_value": pl.Float64(),
    "absolute_gap": pl.Float64(),
    "absolute_gap_lower_ci_95": pl.Float64(),
    "absolute_gap_upper_ci_95": pl.Float64(),
    "relative_gap": pl.Float64(),
    "relative_gap_lower_ci_95": pl.Float64(),
    "relative_gap_upper_ci_95": pl.Float64(),
    "slope_index": pl.Float64(),
    "slope_index_lower_ci_95": pl.Float64(),
    "slope_index_upper_ci_95": pl.Float64(),
    "relative_index": pl.Float64(),
    "relative_index_lower_ci_95": pl.Float64(),
    "relative_index_upper_ci_95": pl.Float64(),
    # of the current period at a place with a page: the id of the measure that would show a side effect, which way that
    # one moves, and whether one of the two is improving while the other is getting worse
    "balance": pl.String(),
    "balance_direction": pl.String(),
    "moves_apart": pl.Boolean(),
}
# of these what is told of a measure and its balance
BALANCE_COLUMNS: Final = ("balance", "balance_direction", "moves_apart")


@dataclass(frozen=True)
class Scorecards:
    """Every scorecard of a partnership, made together from one protected table.

    Attributes:
        title: The partnership's.
        cards: One a place, sorted by name, then code.
        frame: The tidy results, columns `RESULT_COLUMNS`, sorted; every area, period and group.
        as_of: The date that they speak for.
        known_at: The ledger number that the figures are known at.
        policy_id: The policy of protection; `none` for the working copy.
        signals: The protected words about the places, columns `JUDGEMENT_COLUMNS`.
        status_tables: Framework id to its table of another system's statuses, where it has one.
        status_measures: Framework id to the measures that it includes by definitions that hold on the date, likewise.
        remaining_together: Area code to the measures whose difference stays when, of all pages read together, the share
            of false ones is held to 5 %.
        partner_codes: The codes of partners, of none of which there is a scorecard.
        voices: What people said anywhere, as it is seen from the area that the partnership covers.
        introduction: The partnership's own sentence for the front page; empty where it has none.
    """

    title: str
    cards: tuple[Scorecard, ...]
    frame: pl.DataFrame
    as_of: date
    known_at: int
    policy_id: str
    signals: pl.DataFrame = field(default_factory=lambda: empty_table(JUDGEMENT_COLUMNS))
    status_tables: Mapping[str, StatusTable] = field(default_factory=dict)
    status_measures: Mapping[str, tuple[StatusMeasure, ...]] = field(default_factory=dict)
    remaining_together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partner_codes: frozenset[str] = frozenset()
    voices: Voices | None = None
    introduction: str = ""

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the results' table."""
        hold_to_table(self.frame, RESULT_COLUMNS, "scorecards")
        hold_to_table(self.signals, JUDGEMENT_COLUMNS, "signals of scorecards")

    def __len__(self) -> int:
        """How many places there are."""
        return len(self.cards)

    def __iter__(self) -> Iterator[Scorecard]:
        """Every scorecard, in order."""
        return iter(self.cards)

    def __getitem__(self, area_code: str) -> Scorecard:
        """Return the scorecard of a place.

        Raises:
            UnknownNameError: No such place; the message lists those there are.
            SharedOutcomeError: The code of a partner: a scorecard is of a place.
        """
        for card in self.cards:
            if card.place.area_code == area_code:
                return card
        if area_code in self.partner_codes:
            raise no_score(f"scorecards[{area_code!r}]", area_code)
        offered = ", ".join(card.place.area_code for card in self.cards) or "none"
        raise UnknownNameError(f"no place {area_code!r} among these scorecards; there are: {offered}")

    def results(self, *, partner: str | None = None) -> pl.DataFrame:
        """Return the tidy results: one row for each indicator, area, period and group.

        Arguments:
            partner: Never: a result is of a place.

        Raises:
            SharedOutcomeError: Results of one partner were asked for; there are none, and the message says why.
        """
        if partner is not None:
            raise no_score(f"results(partner={partner!r})", partner)
        return self.frame
