"""Makes one line of a page: one indicator for one place, with who answers for it, its signals, parts and sources."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from outcomes.agreement.model import Agreement, LocalRebase, is_released
from outcomes.breakdown import WHOLE
from outcomes.framework.model import Framework, Inclusion, Indicator, IndicatorKey
from outcomes.ledger.model import ReturnsStatus
from outcomes.partnership.model import Partnership
from outcomes.partnership.policy import Policy
from outcomes.scorecard.comparisons import comparison_of, shown_comparisons
from outcomes.scorecard.definitions import definition_of
from outcomes.scorecard.disputes import dispute_lines
from outcomes.scorecard.figures import Figures, Row, value_of
from outcomes.scorecard.former_areas import former_areas_of
from outcomes.scorecard.former_partners import former_partners_of
from outcomes.scorecard.inequality import inequality_of
from outcomes.scorecard.model import (
    AreaValue,
    Benchmark,
    Comparison,
    IndicatorLine,
    Point,
    ReplyLine,
    SourceFile,
    Value,
)
from outcomes.scorecard.notes import data_note
from outcomes.scorecard.points import groups_of, points_of, rows_of, trend_of
from outcomes.scorecard.replies import reply_due
from outcomes.scorecard.risks import risks_of
from outcomes.scorecard.sources import NO_SOURCES, Sources
from outcomes.scorecard.special_cause import special_cause_of
from outcomes.scorecard.staleness import staleness_of
from outcomes.scorecard.stated_numbers import StatedNumbers
from outcomes.scorecard.targets import target_signals
from outcomes.scorecard.wider import wider_values
from outcomes.vocabulary import AS_PUBLISHED, BenchmarkKind, Reason, Role, Signal, Statistic

__all__ = ["LineMaker"]


@dataclass(frozen=True)
class LineMaker:
    """What every line of one place has in common.

    Attributes:
        figures: The index of all figures.
        partnership: The world.
        agreement: The place's agreement on the date; None where none is recorded.
        returns: What was expected and received; None where no ledger stands behind the figures.
        area_code: The place.
        method_titles: Method name to its printed title.
        positions: Columns `POSITION_COLUMNS`; None where nobody looked for disputes.
        sources: The rows behind the figures.
        policy: The policy that the figures are protected by; None for the working copy.
    """

    figures: Figures
    partnership: Partnership
    agreement: Agreement | None
    returns: ReturnsStatus | None
    area_code: str
    method_titles: dict[str, str]
    positions: pl.DataFrame | None = None
    sources: Sources = NO_SOURCES
    policy: Policy | None = None

    @cached_property
    def _names(self) -> dict[str, str]:
        return self.figures.names

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        return self.partnership.footprints.parts(self.area_code)

    @cached_property
    def _defining(self) -> dict[IndicatorKey, str]:
        """The title of the framework that defines a measure."""
        found: dict[IndicatorKey, str] = {}
        for framework in self.partnership.frameworks:
            for indicator in framework.indicators:
                found.setdefault(indicator.key, framework.title)
        return found

    @cached_property
    def _including(self) -> dict[IndicatorKey, list[Framework]]:
        """The frameworks that a measure is included in."""
        found: dict[IndicatorKey, list[Framework]] = {}
        for framework, inclusion in self.partnership.inclusions:
            found.setdefault(inclusion.key, []).append(framework)
        return found

    @cached_property
    def _inside(self) -> tuple[str, ...]:
        """This place and everything in it."""
        return self.partnership.footprints.within(self.area_code)

    @cached_property
    def _returns_here(self) -> dict[str, list[Row]]:
        """Expected figures of this place and its parts, by indicator."""
        found: dict[str, list[Row]] = {}
        if self.returns is not None:
            for row in self.returns.frame.filter(pl.col("area_code").is_in(self._inside)).iter_rows(named=True):
                found.setdefault(row["indicator_id"], []).append(row)
        return found

    @cached_property
    def _positions_here(self) -> dict[IndicatorKey, list[Row]]:
        """Every side's figure of this place and its parts, by indicator and version, where sources disagree."""
        found: dict[IndicatorKey, list[Row]] = {}
        if self.positions is not None and not self.positions.is_empty():
            for row in self.positions.filter(pl.col("area_code").is_in(self._inside)).iter_rows(named=True):
                found.setdefault((row["indicator_id"], row["indicator_version"]), []).append(row)
        return found

    def line(
        self, framework: Framework, inclusion: Inclusion, as_of: date, *, is_earlier_version: bool = False
    ) -> IndicatorLine:
        """Return the line of one inclusion; it may be of an earlier version of a measure that the page has too."""
        indicator = self.partnership.indicators[inclusion.key]
        judged = self.figures.judgements_of(framework.id, inclusion.key, self.area_code)
        by_signal: dict[str, list[Row]] = {}
        for row in judged:
            by_signal.setdefault(row["signal"], []).append(row)
        compared = shown_comparisons(by_signal.get(Signal.COMPARISON, ()), inclusion)
        comparisons = tuple(self._comparison(row, inclusion) for row in compared)
        rows, whole = rows_of(self.figures, inclusion.key, self.area_code, as_of)
        drawn = next((c.benchmark for c in comparisons if self._may_be_drawn(c.benchmark, indicator)), None)
        charted = self.figures.process_points_of(framework.id, inclusion.key, self.area_code)
        returns = self._returns_here.get(indicator.id, ())
        overdue = self.figures.overdue_of(inclusion.key, self.area_code)
        stale = staleness_of(whole[-1], returns, overdue, as_of) if whole else None
        levels = self.figures.benchmark_values(indicator.key, drawn.area_code, drawn.kind) if drawn else {}
        points = points_of(whole, self._names, levels, charted, is_stale=stale is not None)
        current = points[-1] if points else None
        groups = groups_of(indicator, rows, current, self._names)
        senders = whole[-1]["partner_codes"] or () if whole else ()
        method = next((row["method"] for row in reversed(whole) if row["method"]), indicator.method)
        if not method and indicator.statistic is Statistic.PUBLISHED_VALUE:
            method = AS_PUBLISHED
        replies = self._replies(indicator, as_of)
        sources = self._sources(indicator, current)
        due = reply_due(self.agreement, sources)
        definition = definition_of(indicator, method, self.method_titles.get(method, method), inclusion)
        return IndicatorLine(
            indicator_id=indicator.id,
            indicator_version=indicator.version,
            is_earlier_version=is_earlier_version,
            official_code=indicator.official_code,
            name=indicator.name,
            short_name=indicator.short_name or indicator.name,
            framework_id=framework.id,
            framework_title=framework.title,
            defined_in=self._defining.get(inclusion.key, ""),
            also_in=tuple(sorted({one.title for one in self._including[inclusion.key] if one.id != framework.id})),
            tier=inclusion.tier,
            polarity=inclusion.polarity,
            unit=indicator.unit,
            decimals=indicator.decimals,
            period_kind=indicator.period,
            owners=self._partners_with(indicator, Role.ACCOUNTABLE),
            suppliers=self._suppliers(indicator),
            current=current,
            points=points,
            drawn_benchmark=drawn.name if drawn and any(point.benchmark is not None for point in points) else "",
            comparisons=comparisons,
            trend=trend_of(by_signal.get(Signal.TREND, ()), inclusion, self.method_titles),
            targets=target_signals(by_signal.get(Signal.TARGET, ()), self.figures),
            special_cause=special_cause_of(
                by_signal.get(Signal.SPECIAL_CAUSE, ()),
                charted,
                points,
                inclusion,
                self.method_titles.get(inclusion.special_cause, inclusion.special_cause),
                self._rebased(indicator),
            ),
            inequality=inequality_of(
                by_signal.get(Signal.INEQUALITY, ()),
                self.figures.gaps_of(framework.id, inclusion.key, self.area_code),
                points,
                indicator,
                inclusion,
                self.method_titles,
            ),
            groups=groups,
            parts=self._part_values(framework, inclusion, current, as_of),
            wider=wider_values(self.figures, self.partnership, indicator, self.area_code, as_of),
            former_partners=former_partners_of(self.partnership, whole, as_of),
            former_areas=former_areas_of(self.partnership.succession, self.area_code, points, self._names, as_of),
            replies=replies,
            reply_due=due,
            is_reply_overdue=due is not None and due < as_of and not replies,
            disputes=dispute_lines(
                self._positions_here.get(indicator.key, ()),
                # what is logged names no version: it is about the one in use
                None if is_earlier_version else self.agreement,
                indicator.id,
                self.area_code,
                self._names,
                as_of,
                StatedNumbers(
                    self._whole_of_all_versions(indicator, as_of),
                    indicator,
                    self.policy.preset_of(indicator.id) if self.policy else None,
                ),
            ),
            balance=self._short_name(inclusion.balance),
            staleness=stale,
            sources=sources,
            risks=risks_of(
                current.value if current else None, definition, sources, stale, knows_files=self.returns is not None
            ),
            data_note=data_note(returns, current, groups, tuple(map(self._name, senders)), self._name, stale),
            definition=definition,
        )

    def _whole_of_all_versions(self, indicator: Indicator, as_of: date) -> list[Row]:
        """The whole's rows of every version, earliest first: a number that somebody logged may be of any of them."""
        versions = self.partnership.versions_of(indicator.id)
        rows = [row for version in versions for row in rows_of(self.figures, version.key, self.area_code, as_of)[1]]
        return sorted(rows, key=lambda row: row["period_end"])

    def _may_be_drawn(self, benchmark: Benchmark | None, indicator: Indicator) -> bool:
        """Whether an area's level may stand beside the points: not its own, nor the nation beside a local variant."""
        if benchmark is None or benchmark.area_code in ("", self.area_code):
            return False
        return not (indicator.is_proxy and benchmark.kind is BenchmarkKind.NATION)

    def _comparison(self, row: Row, inclusion: Inclusion) -> Comparison:
        return comparison_of(row, inclusion, self._names, self.method_titles)

    def _part_values(
        self, framework: Framework, inclusion: Inclusion, current: Point | None, as_of: date
    ) -> tuple[AreaValue, ...]:
        if current is None:
            return ()
        values = []
        for code in self._parts:
            if self.partnership.succession.is_followed(code, as_of):
                # its figure stands under the area that followed it
                continue
            rows = self.figures.estimates_of(inclusion.key, code)
            row = next((r for r in rows if r["breakdown"] == WHOLE and r["period_start"] == current.period_start), None)
            if row is None and not rows:
                continue
            judged = [
                r
                for r in self.figures.judgements_of(framework.id, inclusion.key, code)
                if r["signal"] == Signal.COMPARISON and r["period_start"] == current.period_start
            ]
            judged = shown_comparisons(judged, inclusion)
            values.append(
                AreaValue(
                    area_code=code,
                    name=self._names.get(code, code),
                    value=value_of(row, self._names) if row else Value(reason=Reason.MISSING),
                    comparison=self._comparison(judged[0], inclusion) if judged else None,
                    is_remainder=code in self.partnership.areas.remainders,
                )
            )
        return tuple(sorted(values, key=lambda part: (part.is_remainder, part.name, part.area_code)))

    def _rebased(self, indicator: Indicator) -> tuple[LocalRebase, ...]:
        """The changes that the agreement names for the measure at this place itself."""
        return tuple(
            change
            for change in (self.agreement.rebased if self.agreement else ())
            if change.indicator == indicator.id and change.area_code in ("", self.area_code)
        )

    def _partners_with(self, indicator: Indicator, role: Role) -> tuple[str, ...]:
        if self.agreement is None:
            return ()
        codes = {
            duty.partner
            for duty in self.agreement.responsibilities
            if duty.role is role and indicator.id in duty.indicators
        }
        return tuple(sorted(self._names.get(code, code) for code in codes))

    def _suppliers(self, indicator: Indicator) -> tuple[str, ...]:
        named = set(self._partners_with(indicator, Role.SUPPLIES_DATA))
        named |= {self._name(row["partner_code"]) for row in self._returns_here.get(indicator.id, ())}
        return tuple(sorted(named))

    def _replies(self, indicator: Indicator, as_of: date) -> tuple[ReplyLine, ...]:
        replies = [
            reply
            for reply in (self.agreement.replies if self.agreement else ())
            if reply.indicator == indicator.id and reply.given_on <= as_of
        ]
        return tuple(
            ReplyLine(
                partner_code=reply.partner,
                partner=self._names.get(reply.partner, reply.partner),
                given_on=reply.given_on,
                text=reply.text,
                is_released=is_released(reply, as_of),
            )
            for reply in sorted(replies, key=lambda reply: (reply.given_on, reply.partner))
        )

    def _sources(self, indicator: Indicator, current: Point | None) -> tuple[SourceFile, ...]:
        """The files behind the current figure: of the place and of every part of it."""
        if current is None:
            return ()
        return self.sources.files(indicator.key, self._inside, (indicator.period.value, current.period_start))

    def _name(self, code: str) -> str:
        return self._names.get(code, code)

    def _short_name(self, indicator_id: str) -> str:
        if not indicator_id:
            return ""
        latest = self.partnership.versions_of(indicator_id)[-1]
        return latest.short_name or latest.name
