"""Renders the page about one return: the verdict in words, the sender's own sheet, what to mend and how; one file."""

from collections.abc import Callable
from typing import Final

from markupsafe import Markup

from outcomes.intake.model import CheckResult, Receipt, ReturnSummary
from outcomes.report.environment import component, security_policy, style_of, template
from outcomes.report.result_subject import Subject
from outcomes.report.result_view import result_view
from outcomes.report.wording import say

__all__ = ["result_page"]

_DESIGN: Final = "result"
_SYMBOL: Final = '<symbol id="{id}" viewBox="0 0 22 22">{drawing}</symbol>'
# the shape is the verdict: a diamond goes back, a circle is let in
_MARKS: Final = {
    "v-back": (
        '<path d="M11 0 22 11 11 22 0 11Z" fill="#a84200"/>'
        '<path d="M8 8l6 6M14 8l-6 6" fill="none" stroke="#fff" stroke-width="2.2"/>'
    ),
    "v-in": (
        '<circle cx="11" cy="11" r="11" fill="#12436d"/>'
        '<path d="M6 11.4l3.6 3.6 6.6-7.4" fill="none" stroke="#fff" stroke-width="2.4"/>'
    ),
}


def result_page(
    result: CheckResult | Receipt,
    summary: ReturnSummary | None = None,
    *,
    receipt: Receipt | None = None,
    marked_workbook: str = "",
    link: Callable[[str], str] = lambda _: "",
) -> str:
    """Return the page about one return as HTML: a single file without script or network.

    Arguments:
        result: What a check found, or a receipt alone; a receipt alone has no sheet to show.
        summary: What was read and when it is due.
        receipt: What the record says, where the file was received.
        marked_workbook: The name of the marked copy of the workbook that is sent along; empty if none is.
        link: Gives the address of the documentation of a code; empty for none.

    Raises:
        ValueError: The check result and the receipt are of different files.
    """
    found, kept = (result, receipt) if isinstance(result, CheckResult) else (None, result)
    subject = Subject(found, kept, summary, marked_workbook)
    view = result_view(subject, link)
    return template(f"{_DESIGN}/result.html.jinja").render(
        security_policy=security_policy(_DESIGN),
        style=style_of(_DESIGN),
        symbols=_symbols(view.verdict.symbol),
        heading=summary.partnership_title if summary else "",
        root="",
        links=(),
        product="",
        mark_text="",
        product_text="",
        reasons=(),
        is_fictional=summary.is_fictional if summary else False,
        skip_link=component("skip-link"),
        tag=component("tag"),
        view=view,
        column_heads={
            "address": say("res_cell"),
            "wrote": say("res_wrote"),
            "about": say("res_about"),
            "said": say("res_wrong"),
        },
    )


def _symbols(name: str) -> Markup:
    drawing = _SYMBOL.format(id=name, drawing=_MARKS[name])
    return Markup(f'<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">{drawing}</svg>')
