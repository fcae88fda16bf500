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

__all__ = ["findings_of"]

_SHOWN: Final = 20


class _Gaps(dict[str, str]):
    """The gaps of a sentence; what is not known leaves nothing."""

    def __missing__(self, name: str) -> str:
        return ""


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
    findings = [_tolerated(_finding(remark, file, table), tolerated or {}) for remark in _bounded(remarks, table)]
    return tuple(sorted(findings, key=_order))


def _tolerated(finding: Finding, tolerated: Mapping[str, str]) -> Finding:
    """The finding as a warning where its layout lets it in."""
    because = tolerated.get(finding.code)
    if because is None or not RULES[finding.code].is_tolerable:
        return finding
    return replace(finding, severity=Severity.WARNING, text=f"{finding.text} Let in as it is: {because}", fix="")


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
    has_cell = bool(address and address.has_addresses and place is not None and remark.row is not None)
    gaps = _gaps(remark)
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


def _gaps(remark: Remark) -> Mapping[str, str]:
    gaps = _Gaps({name: masked(text) for name, text in remark.details.items()})
    gaps.setdefault("value", quoted(remark.value or ""))
    gaps.setdefault("column", remark.column or "")
    gaps.setdefault("row", "" if remark.row is None else str(remark.row))
    return gaps
