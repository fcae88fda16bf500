"""All findings of a check, those too that it only counts: compact while nobody asks, then made one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from outcomes.finding import Finding
from outcomes.intake.applying import BrokenRule, columns_of_sentences, remark_on_row, said_of_one_cell
from outcomes.intake.entries import Entries
from outcomes.intake.examination import Examination
from outcomes.intake.remark import Remark
from outcomes.intake.terms import Terms
from outcomes.intake.wording import FindingMaker
from outcomes.vocabulary import Severity

__all__ = ["EveryFinding", "every_finding"]

# one row in so many is few
_FEW: Final = 8
# so many are made at a time
_AT_ONCE: Final = 2_048
_PLACE: Final[dict[str, pl.DataType]] = {
    # the place of the severity and sheet, the row, and the place of the column and code: the order of findings
    "first": pl.UInt32(),
    "row": pl.Int64(),
    "second": pl.UInt32(),
    # the remark or, from len(remarks) on, the broken rule; and the entry, or the further row of the remark
    "source": pl.UInt32(),
    "at": pl.Int64(),
}


def every_finding(found: Examination, file: str, findings: Sequence[Finding]) -> "EveryFinding | None":
    """Return what makes all findings of a check, or None where those that are listed are all.

    Arguments:
        found: What the check saw.
        file: The file's name.
        findings: Those that are listed.
    """
    if found.terms is None or not any(finding.repeats for finding in findings):
        return None
    on_rows = {id(remark) for remark in found.on_rows}
    others = tuple(remark for remark in found.remarks if id(remark) not in on_rows)
    broken, entries = tuple(found.broken), found.entries
    if entries is not None and broken:
        broken = tuple(replace(one, positions=said_of_one_cell(entries, one)) for one in broken)
        entries, broken = _compact(entries, broken)
    # where the columns stand is needed, what stands in them is not
    table = found.table and replace(found.table, entries=found.table.entries.clear(), remarks=())
    maker = FindingMaker(found.remarks, file, table, found.terms.layout.tolerated)
    return EveryFinding(others, broken, entries, found.terms, maker)


def _compact(entries: Entries, broken: tuple[BrokenRule, ...]) -> tuple[Entries, tuple[BrokenRule, ...]]:
    """The columns that sentences need; and, where they are few, only the rows that break a rule.

    Where they are many, the columns are kept as they are: picking them out would take longer than the check may.
    """
    needed = entries.only(columns_of_sentences(broken))
    if sum(len(one.positions) for one in broken) * _FEW > needed.height:
        return needed, broken
    rows = pl.concat([one.positions.cast(pl.UInt32) for one in broken]).unique().sort()
    moved = tuple(
        replace(one, positions=pl.Series(rows.search_sorted(one.positions.cast(pl.UInt32)), dtype=pl.UInt32))
        for one in broken
    )
    return needed.at(rows), moved


@dataclass(frozen=True)
class EveryFinding:
    """Makes every finding, in the order of the listed ones; it may be gone through again and again.

    Attributes:
        remarks: What was noticed apart from rules on rows.
        broken: The rules on rows that are broken, with the entries that break them.
        entries: The columns that their sentences need.
        terms: Whom the check speaks of, and when.
        maker: Makes findings of remarks.
    """

    remarks: tuple[Remark, ...]
    broken: tuple[BrokenRule, ...]
    entries: Entries | None
    terms: Terms
    maker: FindingMaker

    def __iter__(self) -> Iterator[Finding]:
        """Yield each finding."""
        for places in self._ordered().iter_slices(_AT_ONCE):
            rows = self._rows_of(places)
            for number, (source, at) in enumerate(places.select("source", "at").iter_rows()):
                yield self.maker.finding(self._remark(source, at, rows.get(number)))

    def _remark(self, source: int, at: int, entry: dict[str, object] | None) -> Remark:
        if source < len(self.remarks):
            remark = self.remarks[source]
            if at < 0:
                return replace(remark, repeats=0) if remark.further_rows else remark
            return replace(remark, row=remark.further_rows[at], value=None, repeats=0, further_rows=())
        assert entry is not None
        return remark_on_row(self.broken[source - len(self.remarks)], entry, self.terms)

    def _rows_of(self, places: pl.DataFrame) -> dict[int, dict[str, object]]:
        """The entries that a slice speaks of, by the place of the finding in it."""
        if self.entries is None:
            return {}
        of_rules = places.with_row_index("number").filter(pl.col("source") >= len(self.remarks))
        rows = self.entries.at(of_rules["at"].cast(pl.UInt32)).wide().iter_rows(named=True)
        return dict(zip(of_rules["number"].to_list(), rows, strict=True))

    def _ordered(self) -> pl.DataFrame:
        """Where every finding stands: whole numbers only, so that a million of them stay small."""
        heads: dict[tuple[bool, str], int] = {}
        kinds: dict[tuple[str, str], int] = {}
        parts = [self._place_of_remarks(heads, kinds)]
        parts += [self._place_of_rule(at, heads, kinds) for at in range(len(self.broken))]
        places = pl.concat(parts)
        ranks = [{number: rank for rank, (_, number) in enumerate(sorted(known.items()))} for known in (heads, kinds)]
        return places.with_columns(
            pl.col(name).replace_strict(rank, return_dtype=pl.UInt32) if rank else pl.col(name)
            for name, rank in zip(("first", "second"), ranks, strict=True)
        ).sort("first", "row", "second", "source", "at", maintain_order=True)

    def _numbers(
        self,
        code: str,
        sheet: str | None,
        column: str | None,
        heads: dict[tuple[bool, str], int],
        kinds: dict[tuple[str, str], int],
    ) -> tuple[int, int]:
        head = (self.maker.severity_of(code) is not Severity.ERROR, sheet or "")
        return (
            heads.setdefault(head, len(heads)),
            kinds.setdefault((column or "", code), len(kinds)),
        )  # fmt: skip

    def _place_of_remarks(self, heads: dict[tuple[bool, str], int], kinds: dict[tuple[str, str], int]) -> pl.DataFrame:
        rows: list[tuple[int, int, int, int, int]] = []
        for source, remark in enumerate(self.remarks):
            first, second = self._numbers(remark.code, self.maker.sheet_of(remark), remark.column, heads, kinds)
            rows.append((first, remark.row or 0, second, source, -1))
            rows += [(first, row, second, source, at) for at, row in enumerate(remark.further_rows)]
        return pl.DataFrame(rows, schema=_PLACE, orient="row")

    def _place_of_rule(
        self, at: int, heads: dict[tuple[bool, str], int], kinds: dict[tuple[str, str], int]
    ) -> pl.DataFrame:
        one = self.broken[at]
        assert self.entries is not None
        positions = one.positions.cast(pl.UInt32)
        own_row = f"{one.column}_row"
        row = pl.col("row").cast(pl.Int64)
        if own_row in self.entries.columns:
            row = pl.coalesce(pl.col(own_row).cast(pl.Int64), row)
        address = pl.col("address_at") if "address_at" in self.entries.columns else pl.lit(0)
        addressed = self.entries.only(["row", own_row, "address_at"]).at(positions)
        found = addressed.select(row.alias("row"), address.cast(pl.UInt32).alias("address"))
        numbers = {
            number: self._numbers(one.rule.code, self.maker.sheet_at(number), one.column, heads, kinds)
            for number in found["address"].unique().sort().to_list()
        }
        firsts, seconds = ({number: pair[side] for number, pair in numbers.items()} for side in (0, 1))
        return found.select(
            pl.col("address").replace_strict(firsts, return_dtype=pl.UInt32).alias("first"),
            pl.col("row"),
            pl.col("address").replace_strict(seconds, return_dtype=pl.UInt32).alias("second"),
            pl.lit(len(self.remarks) + at, dtype=pl.UInt32).alias("source"),
            positions.cast(pl.Int64).alias("at"),
        )
