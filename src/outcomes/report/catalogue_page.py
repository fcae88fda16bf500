"""Renders the catalogue of indicators: one file, complete without a script, searched with a small one."""

from typing import Final

from markupsafe import Markup

from outcomes.framework.catalogue import Catalogue
from outcomes.report.catalogue_view import catalogue_view
from outcomes.report.environment import component, script_of, security_policy, style_of, template

__all__ = ["catalogue_page"]

_DESIGN: Final = "catalogue"
_SYMBOL: Final = '<symbol id="{id}" viewBox="0 0 22 22">{drawing}</symbol>'
# squares, so that nobody takes them for a verdict: filled, half filled, and open
_MARKS: Final = {
    "v-yes": (
        '<rect x="1.5" y="1.5" width="19" height="19" rx="3" fill="#212b32"/>'
        '<path d="M6 11.5l3.6 3.6 6.8-7.8" fill="none" stroke="#fff" stroke-width="2.4"/>'
    ),
    "v-partial": (
        '<path d="M2.5 4.5a2 2 0 0 1 2-2H11v17H4.5a2 2 0 0 1-2-2z" fill="#4c6272"/>'
        '<rect x="2.5" y="2.5" width="17" height="17" rx="2" fill="none" stroke="#4c6272" stroke-width="2"/>'
    ),
    "v-memory": (
        '<rect x="2.5" y="2.5" width="17" height="17" rx="2" fill="#fff" stroke="#4c6272" stroke-width="2" '
        'stroke-dasharray="3.4 2.6"/><path d="M8.2 8.8c0-3.8 5.7-3.6 5.7-.3 0 2.1-2.8 2-2.8 4.3" fill="none" '
        'stroke="#4c6272" stroke-width="1.8"/><circle cx="11.1" cy="15.6" r="1.2" fill="#4c6272"/>'
    ),
    "v-none": '<rect x="2.5" y="2.5" width="17" height="17" rx="2" fill="none" stroke="#aeb7bd" stroke-width="2"/>',
}


def _symbols() -> Markup:
    drawings = "".join(_SYMBOL.format(id=name, drawing=drawing) for name, drawing in _MARKS.items())
    return Markup(f'<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">{drawings}</svg>')


def catalogue_page(catalogue: Catalogue) -> str:
    """Return the page of a catalogue as HTML: the full list with anchors, and a search where scripts run.

    Arguments:
        catalogue: The sets and their entries.
    """
    view = catalogue_view(catalogue)
    return template(f"{_DESIGN}/catalogue.html.jinja").render(
        security_policy=security_policy(_DESIGN),
        style=style_of(_DESIGN),
        script=script_of(_DESIGN),
        symbols=_symbols(),
        heading=view.title,
        root="",
        links=(),
        product="",
        mark_text="",
        product_text="",
        reasons=(),
        is_fictional=False,
        skip_link=component("skip-link"),
        tag=component("tag"),
        view=view,
    )
