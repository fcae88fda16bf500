"""From a published Fingertips download to scorecards of its areas, held against what was published.

    python examples/fingertips/run.py indicators-CountyUA.data.csv --out fingertips-out

Only the public interface of `outcomes` is used. The published values, intervals and comparisons are read from the
same file, apart from the library, to be compared with what the library makes of the counts alone.
"""

import argparse
import csv
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

import outcomes as oc

HERE = Path(__file__).resolve().parent
# the published limits carry about six figures that can be relied on
INTERVAL_TOLERANCE = 1e-6
# the largest gap between the exact limits and Byar's, for the counts of this publication
METHOD_TOLERANCE = 1e-3

# the level whose normal quantile is 1.96 exactly, as some publications round it
ROUNDED_LEVEL = math.erf(1.96 / math.sqrt(2))
# how publishers make intervals of rates: method, level and what we call it
_PUBLISHERS_METHODS = (
    ("exact", 0.95, "the exact method"),
    ("byar", 0.95, "Byar's method"),
    ("byar", ROUNDED_LEVEL, "Byar's method with 1.96 for 1.959964"),
)
_AGAIN = ["lower_again", "upper_again"]
_AGAIN_LIMITS = [("lower", "again_lower_again"), ("upper", "again_upper_again")]


@dataclass(frozen=True)
class Agreement:
    """How many published figures of one kind were reproduced, and what the others have in common."""

    kind: str
    agreeing: int
    published: int
    remark: str = ""

    def __str__(self) -> str:
        """Return one printed line."""
        return f"{self.kind}: {self.agreeing} of {self.published}" + (f" ({self.remark})" if self.remark else "")


def score(file: Path, out: Path) -> tuple[oc.Partnership, oc.Ledger, oc.Scorecards]:
    """Receive the file and build its scorecards; return the world, the record and the scorecards."""
    partnership = oc.load_partnership(HERE)
    ledger = oc.open_ledger(out / "ledger")
    # fixed, so that two runs give the same bytes
    published_on = datetime(2018, 12, 4, tzinfo=UTC)
    (receipt,) = oc.receive(
        file, partnership, ledger, received_at=published_on, as_of=published_on.date(), partner="UKHSA"
    )
    print(f"{receipt.file}: {receipt.verdict.value}, {receipt.loaded_rows} figures read")
    for finding in receipt.findings:
        print(f"  {finding.severity.value} {finding.code}: {finding.text}")
    cards = oc.scorecards(partnership, ledger.observations(), as_of=published_on.date(), policy="none")
    paths = oc.build_site(cards, out / "site")
    print(f"{len(cards)} scorecards, {len(paths)} files: open {paths[0]}")
    return partnership, ledger, cards


def published_rows(file: Path) -> pl.DataFrame:
    """Read what was published, row by row: totals for regions and England too."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = [
            (
                row["Indicator ID"],
                row["Area Code"],
                row["Area Type"],
                int(row["Time period"]),
                "" if row["Age"] == "All ages" else f"age_band={row['Age']}",
                *(float(row[name]) if row[name] else None for name in ("Count", "Denominator", "Value")),
                *(
                    float(row[f"{end} CI 95.0 limit"]) if row[f"{end} CI 95.0 limit"] else None
                    for end in ("Lower", "Upper")
                ),
                row["Compared to England value or percentiles"].lower(),
            )
            for row in csv.DictReader(stream)
            if not row["Category Type"]
        ]
    names = ["indicator_id", "area_code", "area_type", "year", "breakdown", "count", "population", "value", "lower"]
    schema: dict[str, type[pl.DataType]] = dict.fromkeys([*names, "upper", "word"], pl.Float64)
    schema |= dict.fromkeys(["indicator_id", "area_code", "area_type", "breakdown", "word"], pl.String)
    schema["year"] = pl.Int64
    return pl.DataFrame(rows, schema=schema, orient="row")


def agreements(file: Path, partnership: oc.Partnership, ledger: oc.Ledger) -> Iterator[Agreement]:
    """Hold every published figure against ours."""
    published = published_rows(file)
    as_of = date(max(published["year"].to_list()) + 1, 1, 1)
    estimates = oc.estimate(oc.roll_up(ledger.observations(), partnership, as_of=as_of), partnership)
    ours = estimates.frame.with_columns(year=pl.col("period_start").dt.year().cast(pl.Int64))
    key = ["indicator_id", "area_code", "year", "breakdown"]
    both = published.join(ours, on=key, how="left", suffix="_ours")

    # England's own row is a total as well: it has a published interval, the regions' have none
    with_interval = both.filter(pl.col("lower").is_not_null())
    yield Agreement("values", _agreeing(with_interval, [("value", "value_ours")], 1e-8), with_interval.height)

    limits = [("lower", "lower_ci_95"), ("upper", "upper_ci_95")]
    for name, group in (("all ages", pl.col("breakdown") == ""), ("ages 0 to 9", pl.col("breakdown") != "")):
        rows = with_interval.filter(group)
        if rows.is_empty():
            continue
        yield Agreement(
            f"intervals, {name}, as printed on our pages (Byar)",
            _agreeing(rows, limits, METHOD_TOLERANCE),
            rows.height,
            f"within {METHOD_TOLERANCE:.0e}",
        )
        for method, level, spoken in _PUBLISHERS_METHODS:
            rate = oc.statistics.crude_rate(
                "count", "population", multiplier=100_000, method=method, confidence=(level,)
            )
            again = rows.with_columns(rate.struct.rename_fields(["value", *_AGAIN, "reason", "detail"]).alias("again"))
            yield Agreement(
                f"intervals, {name}, by {spoken}",
                _agreeing(again.unnest("again", separator="_"), _AGAIN_LIMITS, INTERVAL_TOLERANCE),
                rows.height,
                f"within {INTERVAL_TOLERANCE:.0e}",
            )

    totals = both.filter((pl.col("area_type") != "County & UA") & pl.col("count").is_not_null())
    yield Agreement(
        "totals of regions and England",
        _agreeing(totals, [("count", "numerator"), ("population", "denominator")], 0.0),
        totals.height,
        "whole numbers, equal",
    )
    yield _comparisons(published, estimates, partnership)


def _comparisons(published: pl.DataFrame, estimates: oc.Estimates, partnership: oc.Partnership) -> Agreement:
    """Judge each year as if it were the current one, and collapse our two levels to the published one."""
    words = []
    for year in published["year"].unique().sort():
        judged = oc.judge(estimates, partnership, as_of=date(year, 12, 31)).frame
        words.append(
            judged.filter((pl.col("signal") == "comparison") & (pl.col("against") == "nation"))
            .with_columns(year=pl.col("period_start").dt.year().cast(pl.Int64))
            .filter(pl.col("year") == year)
            .select("indicator_id", "area_code", "year", "breakdown", ours=pl.col("word").str.replace("much ", ""))
        )
    compared = published.filter(pl.col("word").is_in(["better", "worse", "similar"]))
    both = compared.join(pl.concat(words), on=["indicator_id", "area_code", "year", "breakdown"], how="left")
    return Agreement("comparisons with England", both.filter(pl.col("word") == pl.col("ours")).height, both.height)


def _agreeing(frame: pl.DataFrame, pairs: Sequence[tuple[str, str]], tolerance: float) -> int:
    """How many rows agree in every pair of columns, relative to the published figure."""
    near = [((pl.col(ours) - pl.col(theirs)).abs() <= tolerance * pl.col(theirs).abs()) for theirs, ours in pairs]
    return frame.filter(pl.all_horizontal(near)).height


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example; return 0, or 1 where a published value or total is not reproduced."""
    parser = argparse.ArgumentParser(description="Scorecards from a published Fingertips download.")
    parser.add_argument("file", type=Path, help="the downloaded file, such as indicators-CountyUA.data.csv")
    parser.add_argument("--out", type=Path, default=Path("fingertips-out"), help="where to write")
    given = parser.parse_args(arguments)
    try:
        partnership, ledger, _ = score(given.file, given.out)
        found = list(agreements(given.file, partnership, ledger))
    except oc.OutcomesError as error:
        print(error, file=sys.stderr)
        return 2
    print("Held against what was published:")
    for agreement in found:
        print(f"  {agreement}")
    exact = [agreement for agreement in found if not agreement.kind.startswith("intervals")]
    return 0 if all(agreement.agreeing == agreement.published for agreement in exact) else 1


if __name__ == "__main__":
    sys.exit(main())
