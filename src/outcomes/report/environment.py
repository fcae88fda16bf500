"""Sets up Jinja: our templates strict, the NHS components apart, everything escaped; the styles and their hash."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import Any, Final

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from outcomes.bundled import bundled_folder
from outcomes.report.wording import WORDING

__all__ = ["Design", "component", "design", "script_of", "security_policy", "style_of", "template"]


@dataclass(frozen=True, slots=True)
class Design:
    """A page design: which styles it joins, which more a page needs, and which sections each page has, in order."""

    id: str
    styles: tuple[str, ...]
    sections: dict[str, tuple[str, ...]]
    script: str = ""
    more_styles: dict[str, tuple[str, ...]] = field(default_factory=dict)


# macros of nhsuk-frontend-jinja by the name of their folder
_COMPONENTS: Final = {"skip-link": "skipLink", "breadcrumb": "breadcrumb", "tag": "tag", "inset-text": "insetText"}


@cache
def _environment() -> Environment:
    # select_autoescape would leave names that end in .jinja unescaped: always escape
    environment = Environment(
        loader=FileSystemLoader(bundled_folder("reports")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # names, not keys: a mapping would answer `w.copy` with its own method
    environment.globals["w"] = SimpleNamespace(**{key: text for key, text in WORDING.items() if key.isidentifier()})
    return environment


@cache
def _nhs_environment() -> Environment:
    # their macros read options that nobody gave: only ChainableUndefined lets them
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"), autoescape=True, undefined=ChainableUndefined, auto_reload=False
    )


@cache
def component(name: str) -> Callable[[dict[str, Any]], Markup]:
    """Return the macro of an NHS component, such as `tag`; give it `text`, never `html`."""
    source = _nhs_environment().get_template(f"nhsuk/components/{name}/macro.jinja")
    macro: Callable[[dict[str, Any]], Markup] = getattr(source.module, _COMPONENTS[name])
    return macro


@cache
def design(name: str) -> Design:
    """Return a bundled page design by its id."""
    known = json.loads((bundled_folder("reports", name) / "design.json").read_text(encoding="utf-8"))
    # every list but that of the styles is the order of the sections of a page
    sections = {page: tuple(names) for page, names in known.items() if page != "styles" and isinstance(names, list)}
    more = {page: tuple(paths) for page, paths in known.get("more_styles", {}).items()}
    return Design(name, tuple(known["styles"]), sections, known.get("script", ""), more)


def template(name: str) -> Template:
    """Return one of our templates by its path under `reports/`."""
    return _environment().get_template(name)


@cache
def style_of(name: str, page: str = "") -> Markup:
    """Return the joined styles of a design, with those that one of its pages needs, ready to stand inside `<style>`."""
    folder = bundled_folder("reports")
    paths = (*design(name).styles, *design(name).more_styles.get(page, ()))
    css = "\n".join((folder / path).read_text(encoding="utf-8").strip() for path in paths)
    if "</" in css:
        raise ValueError(f"the styles of {name} would end their own element")
    return Markup(css)


@cache
def script_of(name: str) -> Markup:
    """Return the script of a design, ready to stand inside `<script>`; empty for one without, as most are."""
    path = design(name).script
    script = (bundled_folder("reports") / path).read_text(encoding="utf-8").strip() if path else ""
    if "</" in script:
        raise ValueError(f"the script of {name} would end its own element")
    return Markup(script)


@cache
def security_policy(name: str, page: str = "") -> str:
    """Return the content security policy of a design's page: its inline style, and script, by their hash; no more.

    >>> security_policy("partners").split("; ")[0]
    "default-src 'none'"
    """
    script = script_of(name)
    allowed = f" script-src {_hash_source(script)};" if script else ""
    style = _hash_source(style_of(name, page))
    return f"default-src 'none'; style-src {style};{allowed} img-src data:; base-uri 'none'; form-action 'none'"


def _hash_source(text: Markup) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()}'"
