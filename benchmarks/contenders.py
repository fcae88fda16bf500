"""The contenders: reading the file and no more, our street, the same work by hand in polars, the same in DuckDB."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from benchmarks.world import AS_OF, Size, partnership_of
from outcomes.estimates.estimating import estimate
from outcomes.estimates.model import Estimates
from outcomes.intake.checking import check
from outcomes.intake.observations import Observations
from outcomes.judgement.judging import judge
from outcomes.judgement.model import Judgements
from outcomes.partnership.model import Partnership
from outcomes.rollup.model import PlaceMeasures
from outcomes.rollup.rolling import roll_up
from outcomes.statistics.confidence import normal_quantile
from outcomes.vocabulary import Verdict

__all__ = ["Scored", "Street", "decode_observations", "decode_submissions", "duckdb_street", "polars_street"]

Z_95: Final = normal_quantile(0.95)
Z_99_8: Final = normal_quantile(0.998)
# what a scorecard needs of each row, and nothing else
_KEY: Final = ("partner_code", "indicator_id", "area_code", "period_start", "breakdown")
_FIGURE: Final = ("indicator_id", "period_start", "breakdown")
_SERIES: Final = ("indicator_id", "breakdown", "area_code")
# p = 0.002, one degree of freedom
_CRITICAL: Final = 9.54953570608324
_POINTS: Final = 5


@dataclass(frozen=True)
class Scored:
    """What a contender hands back: every value with its limits, and the words of the current figures."""

    values: pl.DataFrame
    words: pl.DataFrame


def decode_observations(folder: Path) -> Callable[[], pl.DataFrame]:
    """Read the file's strings and numbers and nothing else: the greatest of each key, the sums."""
    rows = pl.scan_parquet(folder / "observations.parquet")
    return lambda: rows.select(pl.col(_KEY).max(), pl.col("numerator", "denominator").sum()).collect(engine="streaming")


def decode_submissions(folder: Path) -> Callable[[], pl.DataFrame]:
    """The same of the partners' own files."""
    rows = pl.scan_parquet(folder / "submissions" / "*.parquet")
    key = ("indicator_id", "place_code", "period", "sex")
    return lambda: rows.select(pl.col(key).max(), pl.col("numerator", "denominator").sum()).collect(engine="streaming")


@dataclass(frozen=True)
class Street:
    """Our own street, over one world."""

    folder: Path
    partnership: Partnership

    @classmethod
    def over(cls, folder: Path, size: Size) -> "Street":
        return cls(folder, partnership_of(size))

    def from_observations(self) -> tuple[Estimates, Judgements]:
        """Roll up, estimate, judge: from a Parquet file of observations, codes as text."""
        return self._scored(pl.scan_parquet(self.folder / "observations.parquet"))

    def from_submissions(self) -> tuple[Estimates, Judgements]:
        """Check every partner's file, then score what was let in."""
        return self._scored(self.checked())

    def checked(self) -> Observations:
        """Check every partner's file, and hand on the figures."""
        accepted = []
        for file in sorted((self.folder / "submissions").glob("*.parquet")):
            result = check(file, self.partnership, partner=file.stem, as_of=AS_OF)
            if result.verdict is Verdict.REJECTED:
                raise ValueError(f"{file.name}: {result.findings[:3]}")
            accepted.append(result.observations.frame)
        return Observations(pl.concat(accepted))

    def rolled_up(self) -> PlaceMeasures:
        """The one sum over many rows, and the climb."""
        rows = pl.scan_parquet(self.folder / "observations.parquet")
        return roll_up(rows, self.partnership, as_of=AS_OF)

    def _scored(self, rows: pl.LazyFrame | Observations) -> tuple[Estimates, Judgements]:
        measures = roll_up(rows, self.partnership, as_of=AS_OF)
        estimates = estimate(measures, self.partnership)
        return estimates, judge(estimates, self.partnership, as_of=AS_OF)


def polars_street(folder: Path, size: Size) -> Callable[[], Scored]:
    """The same table by hand in polars: base collected once, then finished on the small table."""
    rows = pl.scan_parquet(folder / "observations.parquet")
    places = _places(size)

    def run() -> Scored:
        sums = [pl.col("numerator").sum(), pl.col("denominator").sum(), pl.len().alias("sources")]
        base = rows.group_by(*_FIGURE, "area_code").agg(sums).collect(engine="streaming")
        added = [pl.col("numerator", "denominator").sum(), pl.col("sources").min()]
        persons = base.group_by("indicator_id", "period_start", "area_code").agg(added)
        level = pl.concat([base, persons.with_columns(breakdown=pl.lit("")).select(base.columns)])
        levels = [level]
        for steps in places.steps:
            level = level.join(steps, on="area_code").drop("area_code").rename({"whole": "area_code"})
            level = level.group_by(*_FIGURE, "area_code").agg(added)
            levels.append(level.select(base.columns))
        values = pl.concat(levels).with_columns(
            value=100 * pl.col("numerator") / pl.col("denominator"),
            **_wilson(Z_95, "95"),
            **_wilson(Z_99_8, "99_8"),
        )
        return Scored(values, _words(values, places))

    return run


@dataclass(frozen=True)
class _Places:
    steps: tuple[pl.DataFrame, ...]
    # area_code, level, system_code
    areas: pl.DataFrame


def _places(size: Size) -> _Places:
    partnership = partnership_of(size)
    pairs = partnership.footprints.frame.select("member_code", "area_code")
    above = dict(pairs.iter_rows())
    codes = size.area_codes
    steps = tuple(
        pl.DataFrame(
            {"area_code": of_level, "whole": [above[code] for code in of_level]},
        )
        for of_level in list(codes.values())[:-1]
    )
    areas = []
    for level, of_level in codes.items():
        for code in of_level:
            system = code
            while system in above and system not in codes["system"]:
                system = above[system]
            is_below = system in codes["system"] and system != code
            areas.append((code, level, system if is_below else None))
    schema = {"area_code": pl.String, "level": pl.String, "system_code": pl.String}
    return _Places(steps, pl.DataFrame(areas, schema=schema, orient="row"))


def _wilson(z: float, name: str) -> dict[str, pl.Expr]:
    count, of = pl.col("numerator"), pl.col("denominator")
    middle = 2 * count + z * z
    spread = z * (z * z + 4 * count * (1 - count / of)).sqrt()
    return {
        f"lower_ci_{name}": 100 * (middle - spread) / (2 * (of + z * z)),
        f"upper_ci_{name}": 100 * (middle + spread) / (2 * (of + z * z)),
    }


def _words(values: pl.DataFrame, places: _Places) -> pl.DataFrame:
    current = values.filter(pl.col("period_start") == pl.col("period_start").max()).join(places.areas, on="area_code")
    system = current.select(*_FIGURE, system_code="area_code", system_value="value")
    of_level = current.group_by(*_FIGURE, "level", "system_code").agg(
        all_numerators=pl.col("numerator").sum(), all_denominators=pl.col("denominator").sum(), counted=pl.len()
    )
    compared = current.join(system, on=[*_FIGURE, "system_code"], how="left").join(
        of_level, on=[*_FIGURE, "level", "system_code"], how="left"
    )
    left = pl.col("all_denominators") - pl.col("denominator")
    others = pl.when(pl.col("counted") > 1).then(100 * (pl.col("all_numerators") - pl.col("numerator")) / left)
    compared = compared.select(
        *_SERIES, against_system=_compared(pl.col("system_value")), against_others=_compared(others)
    )
    return compared.join(_trends(values), on=_SERIES, how="left")


def _compared(against: pl.Expr) -> pl.Expr:
    word: pl.Expr = pl.lit("similar")
    for name, prefix in (("95", ""), ("99_8", "much ")):
        word = (
            pl.when(against < pl.col(f"lower_ci_{name}"))
            .then(pl.lit(f"{prefix}worse"))
            .when(against > pl.col(f"upper_ci_{name}"))
            .then(pl.lit(f"{prefix}better"))
            .otherwise(word)
        )
    return pl.when(against.is_null()).then(pl.lit("not compared")).otherwise(word)


def _trends(values: pl.DataFrame) -> pl.DataFrame:
    years = values["period_start"].unique().sort().tail(_POINTS)
    point = pl.DataFrame({"period_start": years, "t": range(1, _POINTS + 1)})
    points = values.join(point, on="period_start").with_columns(
        w=(3.92 / (pl.col("upper_ci_95") - pl.col("lower_ci_95"))) ** 2
    )
    w, t, y = pl.col("w"), pl.col("t"), pl.col("value")
    terms = {"s0": w, "s1": w * t, "s2": w * t * t, "y0": w * y, "y1": w * t * y}
    # sorted, so that a sum of floats has one order
    sums = (
        points.sort(*_SERIES, "t")
        .group_by(_SERIES, maintain_order=True)
        .agg(
            pl.len().alias("points"),
            *(term.sum().alias(name) for name, term in terms.items()),
            *(
                term.filter(t != left_out).sum().alias(f"{name}_{left_out}")
                for left_out in range(1, _POINTS + 1)
                for name, term in terms.items()
            ),
        )
    )
    slope = _slope("")
    chi = slope**2 * (pl.col("s0") * pl.col("s2") - pl.col("s1") ** 2) / pl.col("s0")
    signs = [_slope(f"_{left_out}").sign() == slope.sign() for left_out in range(1, _POINTS + 1)]
    is_told = (chi > _CRITICAL) & pl.all_horizontal(signs)
    word = (
        pl.when(~is_told)
        .then(pl.lit("no significant change"))
        .when(slope > 0)
        .then(pl.lit("getting worse"))
        .otherwise(pl.lit("improving"))
    )
    return sums.select(*_SERIES, trend=pl.when(pl.col("points") == _POINTS).then(word).otherwise(pl.lit("cannot tell")))


def _slope(name: str) -> pl.Expr:
    s0, s1, s2, y0, y1 = (pl.col(f"{term}{name}") for term in ("s0", "s1", "s2", "y0", "y1"))
    return (s0 * y1 - s1 * y0) / (s0 * s2 - s1**2)


def duckdb_street(folder: Path, size: Size) -> Callable[[], duckdb.DuckDBPyConnection]:
    """The same table in DuckDB SQL; it stays in the database, in the tables `estimates` and `words`."""
    script = _sql(folder, size)

    def run() -> duckdb.DuckDBPyConnection:
        base = duckdb.connect()
        base.execute(script)
        return base

    return run


def _sql(folder: Path, size: Size) -> str:
    levels = size.levels
    climbs = "".join(
        f"""
        CREATE TABLE level{rung} AS SELECT indicator_id, period_start, breakdown, whole AS area_code,
            sum(n)::BIGINT AS n, sum(d)::BIGINT AS d, min(sources) AS sources
            FROM level{rung - 1} JOIN steps USING (area_code) GROUP BY ALL;"""
        for rung in range(1, levels)
    )
    union = " UNION ALL BY NAME ".join(f"SELECT * FROM level{rung}" for rung in range(levels))
    limits = ", ".join(
        f"100 * (2*n + {z * z} {sign} {z} * sqrt({z * z} + 4*n*(1 - n/d))) / (2 * (d + {z * z})) AS {side}_ci_{name}"
        for z, name in ((Z_95, "95"), (Z_99_8, "99_8"))
        for sign, side in (("-", "lower"), ("+", "upper"))
    )
    terms = {"s0": "w", "s1": "w*t", "s2": "w*t*t", "y0": "w*y", "y1": "w*t*y"}
    sums = ", ".join(
        [f"sum({term}) AS {name}" for name, term in terms.items()]
        + [
            f"sum({term}) FILTER (t <> {left_out}) AS {name}_{left_out}"
            for left_out in range(1, _POINTS + 1)
            for name, term in terms.items()
        ]
    )

    def slope(name: str = "") -> str:
        s0, s1, s2, y0, y1 = (f"{term}{name}" for term in ("s0", "s1", "s2", "y0", "y1"))
        return f"(({s0} * {y1} - {s1} * {y0}) / ({s0} * {s2} - {s1} * {s1}))"

    signs = " AND ".join(f"sign({slope(f'_{left_out}')}) = sign({slope()})" for left_out in range(1, _POINTS + 1))

    def word(against: str) -> str:
        return f"""CASE WHEN {against} IS NULL THEN 'not compared'
            WHEN {against} < lower_ci_99_8 THEN 'much worse' WHEN {against} > upper_ci_99_8 THEN 'much better'
            WHEN {against} < lower_ci_95 THEN 'worse' WHEN {against} > upper_ci_95 THEN 'better' ELSE 'similar' END"""

    places = _places(size)
    steps = ", ".join(f"('{part}', '{whole}')" for step in places.steps for part, whole in step.iter_rows())
    areas = ", ".join(f"('{code}', '{level}', {_quoted(system)})" for code, level, system in places.areas.iter_rows())
    return f"""
        CREATE TABLE steps AS SELECT * FROM (VALUES {steps}) AS step (area_code, whole);
        CREATE TABLE areas AS SELECT * FROM (VALUES {areas}) AS area (area_code, level, system_code);
        CREATE TABLE base AS SELECT indicator_id, period_start, breakdown, area_code, sum(numerator)::BIGINT AS n,
            sum(denominator)::BIGINT AS d, count(*) AS sources
            FROM read_parquet('{folder / "observations.parquet"}') GROUP BY ALL;
        CREATE TABLE level0 AS SELECT * FROM base UNION ALL BY NAME
            SELECT indicator_id, period_start, '' AS breakdown, area_code, sum(n)::BIGINT AS n, sum(d)::BIGINT AS d,
            min(sources) AS sources FROM base GROUP BY indicator_id, period_start, area_code;{climbs}
        CREATE TABLE estimates AS SELECT *, 100 * n / d AS value, {limits} FROM ({union});
        CREATE TABLE current AS SELECT * FROM estimates JOIN areas USING (area_code)
            WHERE period_start = (SELECT max(period_start) FROM estimates);
        CREATE TABLE trends AS WITH points AS (
            SELECT indicator_id, breakdown, area_code, value AS y, pow(3.92 / (upper_ci_95 - lower_ci_95), 2) AS w, t
            FROM estimates JOIN (SELECT period_start,
                {_POINTS} + 1 - row_number() OVER (ORDER BY period_start DESC) AS t
                FROM (SELECT DISTINCT period_start FROM estimates)) USING (period_start) WHERE t > 0),
            sums AS (SELECT indicator_id, breakdown, area_code, count(*) AS points, {sums} FROM points GROUP BY ALL)
            SELECT indicator_id, breakdown, area_code, CASE WHEN points < {_POINTS} THEN 'cannot tell'
                WHEN NOT ({slope()} * {slope()} * (s0 * s2 - s1 * s1) / s0 > {_CRITICAL} AND {signs})
                THEN 'no significant change'
                WHEN {slope()} > 0 THEN 'getting worse' ELSE 'improving' END AS trend FROM sums;
        CREATE TABLE words AS WITH compared AS (
            SELECT c.*, s.value AS system_value, 100 * (g.n - c.n) / nullif(g.d - c.d, 0) AS others_value
            FROM current c
            LEFT JOIN current s ON s.area_code = c.system_code AND s.indicator_id = c.indicator_id
                AND s.breakdown = c.breakdown
            LEFT JOIN (SELECT indicator_id, breakdown, level, system_code, sum(n) AS n, sum(d) AS d FROM current
                GROUP BY ALL) g ON g.indicator_id = c.indicator_id AND g.breakdown = c.breakdown
                AND g.level = c.level AND g.system_code = c.system_code)
            SELECT indicator_id, breakdown, area_code, {word("system_value")} AS against_system,
                {word("others_value")} AS against_others, trend
            FROM compared LEFT JOIN trends USING (indicator_id, breakdown, area_code);
    """


def _quoted(code: str | None) -> str:
    return f"'{code}'" if code else "NULL"
