"""The partnership that the examples of findings are held against, and its few variants."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from outcomes.partnership.layout import Layout
from outcomes.partnership.model import Partner, Partnership, Supply
from outcomes.vocabulary import PartnerType
from tests.unit.intake.returns_world import INDICATORS, indicator, returns_world

__all__ = ["world"]

# only the first ones are of use here; each variant says what it changes
_TWO: Final[dict[str, Any]] = {
    "code": "T2",
    "name": "Trust Two",
    "type": PartnerType.NHS_TRUST,
    "footprint": ("P1", "P2"),
    "supplies": (Supply(indicators=("stay", "visits")),),
    "file_pattern": "T2_*",
}


def world(name: str, layout: Mapping[str, Any] | None = None) -> Partnership:
    """Return the partnership of an example.

    Arguments:
        name: Which variant; empty for the usual one.
        layout: The description of the sender's sheet, as in a layout's file; None for the long form.
    """
    made = _VARIANTS[name]()
    if layout is None:
        return made
    described = Layout.model_validate({"id": "theirs", "title": "The partner's own sheet", **layout})
    layouts = {**made.layouts, described.id: described}
    partners = tuple(
        one.model_copy(update={"layout": described.id}) if one.code == "T1" else one for one in made.partners
    )
    return replace(made, layouts=layouts, partners=partners)


def _with_second(**changed: Any) -> Partnership:
    made = returns_world(indicators=INDICATORS[:2])
    return replace(made, partners=(made.partner("T1"), Partner(**{**_TWO, **changed})))


def _ended() -> Partnership:
    made = returns_world(indicators=INDICATORS[:2], valid_to=date(2026, 3, 31), successor="T2")
    return replace(made, partners=(made.partner("T1"), Partner(**{**_TWO, "valid_from": date(2026, 4, 1)})))


def _publisher() -> Partnership:
    local = indicator("local", level="neighbourhood", breakdowns=())
    return returns_world(
        indicators=(*INDICATORS[:2], local),
        type=PartnerType.PUBLISHER,
        footprint=("P1", "P2", "OLD", "0101", "1E03", "E1"),
        supplies=(Supply(indicators=("stay", "visits", "local")),),
    )


def _from_2026() -> Partnership:
    plain = Layout(id="native", title="The long form", first_period_starts=date(2026, 1, 1))
    return returns_world(layouts={"native": plain})


def _small_limits() -> Partnership:
    limits = {"max_rows": 3, "max_file_bytes": 4_000}
    return returns_world(layouts={"native": Layout(id="native", title="The long form", limits=limits)})


def _coded() -> Partnership:
    made = returns_world()
    return replace(made, areas=replace(made.areas, other_codes={"P1": ("Q9",)}))


_VARIANTS: Final = {
    "": returns_world,
    "two trusts": _with_second,
    "two trusts, one pattern": lambda: _with_second(file_pattern="T*"),
    "a trust that ended": _ended,
    "publisher": _publisher,
    "figures from 2026 on": _from_2026,
    "small limits": _small_limits,
    "other codes": _coded,
}
