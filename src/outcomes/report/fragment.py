"""Makes a fragment of one indicator for another tool's page, and the notebook's; loads only pydantic and jinja2."""

from html import escape

from markupsafe import Markup

from outcomes.errors import UnknownNameError
from outcomes.report.environment import style_of, template
from outcomes.report.formatting import date_text
from outcomes.report.line_view import LineView, line_view
from outcomes.report.marks import Mark, mark_drawing
from outcomes.report.wording import say
from outcomes.scorecard.model import IndicatorLine, Inequality, NotBuilt, Scorecard

__all__ = ["scorecard_repr_html", "to_html_fragment"]

_DESIGN = "fragment"


def to_html_fragment(card: Scorecard, *, indicator: str, heading_level: int = 3) -> str:
    """Return one indicator of a scorecard as HTML for another page: value, chart, signals, reply, figures, definition.

    Its styles are scoped under one class, it has no script, needs no network and gives out no id, so that several
    may stand on one page.

    Arguments:
        card: The scorecard, such as `read_scorecard` returns.
        indicator: The id of one of its indicators; of an earlier version beside a later one `<id>.<version>`.
        heading_level: The level of its heading in the page around it, 1 to 6.

    Raises:
        UnknownNameError: The scorecard has no such indicator; the message lists those there are.
        ValueError: The heading level is not 1 to 6.
    """
    if heading_level not in range(1, 7):
        raise ValueError(f"heading_level is {heading_level}; a level from 1 to 6 is expected")
    for line in card.lines:
        if line.page_name == indicator:
            return _fragment(card, _view(card, line), heading_level, with_style=True)
    offered = ", ".join(line.page_name for line in card.lines) or "none"
    raise UnknownNameError(
        f"no indicator {indicator[:80]!r} in the scorecard of {card.place.name}; there are: {offered}"
    )


def scorecard_repr_html(card: Scorecard) -> str:
    """Return a scorecard for a notebook: every line, in a frame that shares nothing with the page around it.

    Arguments:
        card: The scorecard.
    """
    lines = [_fragment(card, _view(card, line), 2, with_style=False) for line in card.lines]
    page = template(f"{_DESIGN}/notebook.html.jinja").render(
        title=say("notebook_title", place=card.place.name),
        place=say("fragment_place", place=card.place.name, date=date_text(card.as_of)),
        style=style_of(_DESIGN),
        lines=[Markup(line) for line in lines],
        **_state(card),
    )
    # sandboxed and without an origin: nothing inside it can act on the notebook
    return (
        f'<iframe sandbox="" srcdoc="{escape(page)}" title="{escape(say("notebook_title", place=card.place.name))}" '
        'width="100%" height="640" frameborder="0"></iframe>'
    )


def _view(card: Scorecard, line: IndicatorLine) -> LineView:
    # the small drawing is all that a fragment prints
    return line_view(line, card.place.name, with_drawing=False)


def _state(card: Scorecard) -> dict[str, str]:
    marks = {"draft": say("draft"), "working copy": say("working_copy")}
    return {
        "mark_text": marks.get(card.product, card.product),
        "fictional": f"{say('fictional')} {say('fictional_text')}" if card.is_fictional else "",
    }


def _fragment(card: Scorecard, view: LineView, heading_level: int, *, with_style: bool) -> str:
    return template(f"{_DESIGN}/fragment.html.jinja").render(
        view=view,
        heading=f"h{heading_level}",
        style=style_of(_DESIGN) if with_style else "",
        place=say("fragment_place", place=card.place.name, date=date_text(card.as_of)),
        draw=_drawing,
        has_inequality=isinstance(view.line.inequality, Inequality),
        not_built=[
            signal.because for signal in (view.line.special_cause, view.line.inequality) if isinstance(signal, NotBuilt)
        ],
        **_state(card),
    )


def _drawing(mark: Mark) -> Markup:
    return Markup(mark_drawing(mark))
