"""The developer of a portal: reads a scorecard's JSON and embeds one measure; only pydantic and jinja2 are loaded.

python portal_developer.py SCORECARD.json INDICATOR PAGE.html
"""

import sys
from html import escape
from pathlib import Path

import outcomes as oc

scorecard, indicator, page = sys.argv[1:]

card = oc.read_scorecard(scorecard)
tile = oc.to_html_fragment(card, indicator=indicator, heading_level=2)
Path(page).write_text(f"<!doctype html><title>{escape(card.place.name)}</title><main>{tile}</main>\n", encoding="utf-8")

heavy = {"polars", "pandera", "scipy", "typer", "numpy"} & set(sys.modules)
print(card.partnership_title, "loaded:", sorted(heavy) or "nothing heavy")
sys.exit(1 if heavy else 0)
