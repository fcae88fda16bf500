"""The noun Entries: one row a figure, of which what many rows share is kept once, in small tables of whole numbers."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import polars as pl

from outcomes.intake.coding import as_said, coded, coded_together, pieces_of, spread, whole_number

__all__ = ["Entries", "joined_by_text"]

_NOWHERE: Final = pl.Series([], dtype=pl.UInt32)

Column = str | pl.Expr | pl.Series


@dataclass(frozen=True)
class Entries:
    """One row a figure, with all that was worked out about it.

    Ten million rows speak of some thousand figures and places: what is known of these is never repeated row by row,
    but read from the tables where somebody asks. A column of the rows stands before one of that name in a table.

    Attributes:
        rows: What is each row's own: address, texts, numbers, and the whole numbers that point into the tables.
        tables: By the column of whole numbers: what is the same wherever a number stands; its row is the number.
    """

    rows: pl.DataFrame
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return self.rows.height

    @property
    def columns(self) -> list[str]:
        """The names of all columns, of the rows and of the tables."""
        return [*self.rows.columns, *self.told_by]

    def is_empty(self) -> bool:
        """Whether there is no row."""
        return self.rows.is_empty()

    @cached_property
    def told_by(self) -> dict[str, str]:
        """Every column that is not the rows' own, to the column of whole numbers that tells it."""
        found: dict[str, str] = {}
        for code, table in self.tables.items():
            for name in table.columns:
                found.setdefault(name, code)
        return {name: code for name, code in found.items() if name not in self.rows.columns}

    def __getitem__(self, name: str) -> pl.Series:
        """Return a column, one value a row."""
        return self._wide([name])[name]

    def select(self, *columns: Column | Iterable[Column]) -> pl.DataFrame:
        """Return columns, or what expressions make of columns."""
        chosen = _flat(columns)
        return self._wide(_roots(chosen)).select(chosen)

    def wide(self) -> pl.DataFrame:
        """Return every column, one value a row: of few rows only."""
        return self._wide(self.columns)

    def _wide(self, names: Iterable[str]) -> pl.DataFrame:
        told = self._told(names)
        return self.rows.with_columns(told) if told else self.rows

    def _told(self, names: Iterable[str]) -> list[pl.Expr]:
        """What the tables tell of the rows, of those columns that stand in tables."""
        asked: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            if name in self.told_by:
                asked.setdefault(self.told_by[name], []).append(name)
        return [
            column
            for code, of_code in asked.items()
            for column in spread(self.tables[code].select(of_code), pl.col(code), self.height)
        ]

    def with_columns(self, *columns: Column | Iterable[Column]) -> "Entries":
        """Return the entries with columns that are the rows' own."""
        made = _flat(columns)
        names = {one.meta.output_name() if isinstance(one, pl.Expr) else pl.Series(one).name for one in made}
        wide = self._wide(_roots(made))
        told = [name for name in wide.columns if name not in self.rows.columns and name not in names]
        return replace(self, rows=wide.with_columns(made).drop(told))

    def with_table(self, code: str, at: pl.Series, table: pl.DataFrame) -> "Entries":
        """Return the entries with what a table tells of each row; a column of its name is the rows' own no more.

        Arguments:
            code: What the column of whole numbers is to be called.
            at: For each row its place in the table.
            table: One row for each number.
        """
        # ten million times no more bytes than it takes
        at = at.cast(whole_number(table.height))
        rows = self.rows.drop(table.columns, strict=False).with_columns(at.alias(code))
        return Entries(rows, {**self.tables, code: as_said(table)})

    def with_some(self, code: str, positions: pl.Series, table: pl.DataFrame) -> "Entries":
        """Return the entries with what is told of some rows; of the others flags are false, and all else is missing.

        Arguments:
            code: What the column of whole numbers is to be called.
            positions: The rows that something is told of, each once.
            table: One row for each of them.
        """
        nothing = pl.DataFrame([pl.Series(name, [_of_others(dtype)], dtype) for name, dtype in table.schema.items()])
        numbers = pl.int_range(1, len(positions) + 1, dtype=pl.UInt32, eager=True)
        at = pl.repeat(0, self.height, dtype=pl.UInt32, eager=True).scatter(positions, numbers)
        return self.with_table(code, at, pl.concat([nothing, table]))

    def only(self, names: Collection[str]) -> "Entries":
        """Return the entries with no more than these columns, and the whole numbers that tell them."""
        told: dict[str, list[str]] = {}
        for name in names:
            if name in self.told_by:
                told.setdefault(self.told_by[name], []).append(name)
        own = [name for name in self.rows.columns if name in names or name in told]
        return Entries(
            self.rows.select(own), {code: self.tables[code].select(of_code) for code, of_code in told.items()}
        )

    def different(self, names: Collection[str]) -> pl.DataFrame:
        """Return each set of values that stands together in these columns once, in no order."""
        some = self.only(names)
        # whole numbers first: what they stand for is as many times longer as a text is than a number
        return replace(some, rows=some.rows.unique()).select(names).unique()

    def at(self, positions: pl.Series) -> "Entries":
        """Return the entries at some positions."""
        return replace(self, rows=self.rows[positions])

    def head(self, count: int) -> "Entries":
        """Return the first entries."""
        return replace(self, rows=self.rows.head(count))

    def filter(self, condition: pl.Expr | str) -> "Entries":
        """Return the entries for which an expression on single rows holds."""
        return self.at(self.positions(pl.col(condition) if isinstance(condition, str) else condition))

    def positions(self, condition: pl.Expr) -> pl.Series:
        """Return the positions of the entries for which an expression on single rows holds."""
        (found,) = self.positions_of_each([condition])
        return found

    def positions_of_each(self, conditions: Iterable[pl.Expr]) -> list[pl.Series]:
        """Return for each expression on single rows the positions of the entries for which it holds.

        What one table tells is asked of the table, and of the rows only where it holds somewhere.
        """
        by_code: dict[str | None, dict[int, pl.Expr]] = {}
        count = 0
        for condition in conditions:
            codes = {self.told_by.get(name) for name in condition.meta.root_names()}
            code = codes.pop() if len(codes) == 1 else None
            # a missing answer does not hold
            by_code.setdefault(code, {})[count] = condition.fill_null(False)
            count += 1
        row_by_row = {str(number): one for number, one in by_code.pop(None, {}).items()}
        asked, holding = dict(row_by_row), dict[str, pl.DataFrame]()
        for code, of_code in by_code.items():
            answers = self.tables[str(code)].select(one.alias(str(number)) for number, one in of_code.items())
            held = answers.select(one for one in answers.get_columns() if one.any())
            if held.width:
                holding[str(code)] = held
                holds_any = held.select(pl.any_horizontal(pl.all())).to_series()
                asked[str(code)] = pl.lit(holds_any).gather(pl.col(str(code)))
        found = self._row_by_row(asked, row_by_row)
        for code, held in holding.items():
            # where any of them holds, it is asked which of them
            anywhere = found[code]
            at = self[code].gather(anywhere)
            found |= {one.name: anywhere.filter(one.gather(at)) for one in held.get_columns()}
        return [found.get(str(number), _NOWHERE) for number in range(count)]

    def _row_by_row(self, conditions: Mapping[str, pl.Expr], told_to: Collection[str]) -> dict[str, pl.Series]:
        """Return where each expression holds, those named in `told_to` on what the tables tell, too."""
        names = {name for one in told_to for name in conditions[one].meta.root_names()}
        told = self._told(sorted(names))
        own = {self.told_by.get(name, name) for one in conditions.values() for name in one.meta.root_names()}
        rows = self.rows.select(name for name in self.rows.columns if name in own)
        asked = [one.arg_true().implode().alias(name) for name, one in conditions.items()]
        if not asked:
            return {}
        found = [(first, piece.with_columns(told).select(asked)) for first, piece in pieces_of(rows)]
        return {name: pl.concat([_NOWHERE, *(of[name][0] + first for first, of in found)]) for name in conditions}


def _flat(columns: Iterable[Column | Iterable[Column]]) -> list[Column]:
    return list(_each(columns))


def _each(columns: Iterable[Column | Iterable[Column]]) -> Iterator[Column]:
    for one in columns:
        if isinstance(one, str | pl.Expr | pl.Series):
            yield one
        else:
            yield from one


def _roots(columns: Iterable[Column]) -> Iterator[str]:
    for one in columns:
        if isinstance(one, str):
            yield one
        elif isinstance(one, pl.Expr):
            yield from one.meta.root_names()


def _of_others(dtype: pl.DataType) -> bool | None:
    return False if dtype == pl.Boolean else None


def joined_by_text(
    entries: Entries,
    code: str,
    by: Collection[str],
    read: Callable[..., tuple[object, ...]],
    schema: Mapping[str, pl.DataType],
) -> Entries:
    """Return the entries with what is worked out once for each distinct set of texts; the texts stand beside it.

    Arguments:
        entries: One row a figure.
        code: What the column of whole numbers is to be called.
        by: The columns of texts.
        read: Takes one value of each, returns one value for each new column.
        schema: The new columns.
    """
    found = coded_together([coded(entries[name]) for name in by])
    made = pl.DataFrame([read(*texts) for texts in found.distinct.iter_rows()], schema=dict(schema), orient="row")
    texts = found.distinct.select(name for name in by if name in entries.rows.columns)
    return entries.with_table(code, found.at, texts.hstack(made))
