"""Makes findings of remarks: the rule's sentence with its gaps filled, the address, the value quoted short."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from outcomes.finding import Finding
from outcomes.intake.entries_model import Address, Table
from outcomes.intake.personal_numbers import masked
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import cell_address
from outcomes.intake.remark import Remark
from outcomes.intake.rules import RULES
from outcomes.vocabulary import Severity

__all__ = ["FindingMaker", "findings_of"]

_SHOWN: Final = 20
_NHS_NUMBER: Final = "OUT-701"
_WITHHELD: Final = "(not shown)"
# within brackets of a sentence
_ROWS_WITHHELD: Final = "rows not shown"
# what a sentence about a row with an NHS number may still say: nothing that stands in the row
_SHOWN_OF_PEOPLE: Final = frozenset(
    (
        "column",
        "row",
        "kept_row",
        "partner",
        "partners",
        "as_of",
        "first",
        "expected",
        "expected_level",
        "supplies",
        "example",
        "because",
        "limit",
    )
)
_OF_SEVERAL_ROWS: Final = frozenset(("relatives", "giveaway"))
# what is left out where it would repeat a value of such a row, and what is said without one
_LEFT_OUT: Final = {
    "hint": "",
    "figures": "",
    "until": "",
    "unlock": "",
    "unlock_row": "",
    "list": "the code list",
    "slip": "they may be swapped, mistyped, or of different groups.",
    "code_how": "Write the place's code.",
    "comma_says": "A number is written with a comma.",
    "comma_fix": "Write the number without a comma.",
}


class _Gap(str):
    """What fills a gap. `{rows:# row was|# rows were}` says the one or the other by its number, which stands for #."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        if not form:
            return str(self)
        one, _, many = form.partition("|")
        return (one if self == "1" else many).replace("#", str(self))


class _Gaps(dict[str, _Gap]):
    """The gaps of a sentence; what is not known leaves nothing."""

    def __missing__(self, name: str) -> _Gap:
        return _Gap()


def findings_of(
    remarks: Iterable[Remark], file: str, table: Table | None, tolerated: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """Return the findings, errors first, then by sheet, row, column and code; of each kind the first 20.

    Arguments:
        remarks: What was noticed, in the order of the rows.
        file: The file's name.
        table: Where the columns stand; None where no table was found.
        tolerated: Codes that the layout lets in, with the reason; only tolerable rules heed it.
    """
    noticed = list(remarks)
    maker = FindingMaker(noticed, file, table, tolerated)
    return tuple(sorted((maker.finding(remark) for remark in _bounded(noticed, table)), key=_order))


class FindingMaker:
    """Makes findings of remarks, one by one; of a row in which an NHS number stands it says no other value either."""

    def __init__(
        self, remarks: Iterable[Remark], file: str, table: Table | None, tolerated: Mapping[str, str] | None = None
    ) -> None:
        """Look which rows are about people; the arguments are those of `findings_of`."""
        self._file = file
        self._table = table
        self._tolerated = tolerated or {}
        self._people: set[tuple[str | None, int]] = set()
        self._has_people = False
        for remark in remarks:
            if remark.code == _NHS_NUMBER:
                self._has_people = True
                rows = (*(() if remark.row is None else (remark.row,)), *remark.further_rows)
                self._people.update((remark.sheet, row) for row in rows)

    def finding(self, remark: Remark) -> Finding:
        """Return the finding that a remark becomes."""
        if self._has_people and remark.code != _NHS_NUMBER:
            remark = self._without_values(remark)
        finding = _finding(remark, self._file, self._table)
        because = self._tolerated.get(finding.code)
        if because is None or not RULES[finding.code].is_tolerable:
            return finding
        return replace(finding, severity=Severity.WARNING, text=f"{finding.text} Let in as it is: {because}", fix="")

    def severity_of(self, code: str) -> Severity:
        """Return the severity of a rule's findings here."""
        rule = RULES[code]
        return Severity.WARNING if rule.is_tolerable and code in self._tolerated else rule.severity

    def sheet_of(self, remark: Remark) -> str | None:
        """Return the sheet that a remark is about."""
        return remark.sheet or (self.sheet_at(remark.address) if self._table else None)

    def sheet_at(self, address: int) -> str | None:
        """Return the sheet of one of the table's addresses."""
        return self._table.addresses[address].sheet if self._table else None

    def _without_values(self, remark: Remark) -> Remark:
        is_of_people = remark.row is not None and (self.sheet_of(remark), remark.row) in self._people
        # what is said of several rows together may repeat a value of such a row
        shown = _SHOWN_OF_PEOPLE if is_of_people else None
        details = {
            name: text
            if (name in shown if shown is not None else name not in _OF_SEVERAL_ROWS)
            else (_ROWS_WITHHELD if name in _OF_SEVERAL_ROWS else _WITHHELD)
            for name, text in remark.details.items()
        }
        if is_of_people:
            details |= {name: text for name, text in _LEFT_OUT.items() if name in details}
        if "figures" in details:
            # the other rows may be about people
            details["figures"] = ""
        return replace(remark, details=details, value=_WITHHELD if is_of_people and remark.value else remark.value)


def _bounded(remarks: Iterable[Remark], table: Table | None) -> list[Remark]:
    kinds: dict[tuple[str, str | None, str | None], list[Remark]] = {}
    for remark in remarks:
        sheet = remark.sheet or (table.addresses[remark.address].sheet if table else None)
        kinds.setdefault((remark.code, remark.column, sheet), []).append(remark)
    kept: list[Remark] = []
    for ones in kinds.values():
        shown, more = ones[:_SHOWN], ones[_SHOWN:]
        hidden = sum(1 + one.repeats for one in more)
        if hidden:
            shown[-1] = replace(shown[-1], repeats=shown[-1].repeats + hidden)
        kept += shown
    return kept


def _order(finding: Finding) -> tuple[object, ...]:
    return (
        finding.severity is not Severity.ERROR,
        finding.sheet or "",
        finding.row if finding.row is not None else 0,
        finding.column or "",
        finding.code,
        finding.text,
    )


def _finding(remark: Remark, file: str, table: Table | None) -> Finding:
    rule = RULES[remark.code]
    address = _address(remark, table) if table else None
    place, header = _cell_and_header(remark, address) if address else (None, None)
    beside = address.columns.get("denominator") if address and address.has_addresses else None
    has_cell = bool(address and address.has_addresses and place is not None and remark.row is not None)
    gaps = _gaps(remark)
    if beside is not None and remark.row is not None:
        gaps["denominator_at"] = _Gap(f" in {cell_address(beside, remark.row)}")
    text = rule.says.format_map(gaps).strip()
    if remark.repeats:
        text += f" The same holds for {remark.repeats:,} more."
    return Finding(
        code=remark.code,
        severity=rule.severity,
        text=" ".join(text.split(" ")).replace("  ", " "),
        fix=rule.fix.format_map(gaps),
        file=masked(file),
        sheet=None if (sheet := remark.sheet or (address.sheet if address else None)) is None else quoted(sheet, 40),
        row=remark.row,
        cell=cell_address(place, remark.row) if has_cell and place is not None and remark.row is not None else None,
        column=remark.column,
        header=None if header is None else quoted(header),
        value=None if remark.value is None else quoted(remark.value),
        example=rule.example.format_map(gaps),
        repeats=remark.repeats,
    )


def _address(remark: Remark, table: Table) -> Address | None:
    address = table.addresses[remark.address]
    if remark.sheet is None or remark.sheet == address.sheet:
        return address
    return next((one for one in table.addresses if one.sheet == remark.sheet), None)


def _cell_and_header(remark: Remark, address: Address) -> tuple[int | None, str | None]:
    """The place of the column that is meant, and the partner's own header of it."""
    if remark.place is not None:
        return remark.place, address.texts.get(remark.place)
    place = address.columns.get(remark.column or "")
    header = address.headers.get(remark.column or "")
    if place is None and header is None and remark.column:
        place = next((at for at, name in address.names.items() if quoted(name) == remark.column), None)
    return place, header


def _gaps(remark: Remark) -> _Gaps:
    gaps = _Gaps({name: _Gap(masked(text)) for name, text in remark.details.items()})
    gaps.setdefault("value", _Gap(quoted(remark.value or "")))
    gaps.setdefault("column", _Gap(remark.column or ""))
    gaps.setdefault("row", _Gap("" if remark.row is None else remark.row))
    return gaps
