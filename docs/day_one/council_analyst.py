"""A council's public health analyst: her own frame, no ledger, no folder; values with intervals and a page.

python council_analyst.py SITE
"""

import sys
from datetime import date

import polars as pl

import outcomes as oc

(site,) = sys.argv[1:]

areas = pl.DataFrame(
    {
        "area_code": ["E92000001", "X01", "N01", "N02"],
        "name": ["England", "Our council", "East", "West"],
        "level": ["nation", "place", "neighbourhood", "neighbourhood"],
        "parent_code": [None, "E92000001", "X01", "X01"],
    }
)
partnership = oc.partnership_from(
    frameworks=[oc.bundled_framework("phof", indicators=["93085"])], areas=areas, title="Our council"
)
mothers = pl.DataFrame(
    {
        "indicator_id": "93085",
        "place_code": ["X01"] * 5,
        "period": ["2021/22", "2022/23", "2023/24", "2024/25", "2025/26"],
        "numerator": [214, 190, 171, 150, 128],
        "denominator": [2_105, 2_088, 2_120, 2_071, 2_064],
    }
)
observations = oc.observations(mothers, partnership)
cards = oc.scorecards(partnership, observations, as_of=date(2026, 11, 22), policy="none")
with pl.Config(tbl_cols=-1, tbl_rows=-1):
    print(
        cards.results()
        .filter(indicator_id="93085", area_code="X01")
        .select("period", "value", "lower_ci_95", "upper_ci_95", "method", "trend")
    )
print("Open", oc.write_html(cards, site)[0])
