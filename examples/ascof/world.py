"""Makes the areas of the run: England, its regions and every upper-tier council of the years that are published."""

from pathlib import Path

import polars as pl

__all__ = ["ENGLAND", "areas"]

ENGLAND = "E92000001"
_HERE = Path(__file__).resolve().parent
_COLUMNS = ("area_code", "name", "level", "parent_code", "valid_from", "valid_to", "successors")


def areas(geography: Path) -> pl.DataFrame:
    """Return areas.csv: nation, regions and councils, those that were abolished or recoded with their dates.

    Arguments:
        geography: The folder of published look-ups, with utla_all_codes.csv (upper-tier authorities and regions).

    Raises:
        OSError: The look-up is not there.
    """
    councils = pl.read_csv(geography / "utla_all_codes.csv", infer_schema_length=0).filter(pl.col("CTRYCD") == ENGLAND)
    regions = councils.select(area_code="RGNCD", name="RGNNM", level=pl.lit("region"), parent_code=pl.lit(ENGLAND))
    former = pl.read_csv(_HERE / "former_councils.csv", infer_schema_length=0)
    # what the look-up has, wins: of its areas the table adds the dates only
    known = councils.select(area_code="UTLACD", name="UTLANM", parent_code="RGNCD").join(
        former.select("area_code", "valid_from", "valid_to", "successors"), on="area_code", how="left"
    )
    gone = former.filter(pl.col("name").is_not_null(), pl.col("region_code").is_in(regions["area_code"].implode()))
    gone = gone.join(known, on="area_code", how="anti")
    places = pl.concat([known, gone.rename({"region_code": "parent_code"})], how="diagonal").with_columns(
        level=pl.lit("place")
    )
    nation = pl.DataFrame({"area_code": [ENGLAND], "name": ["England"], "level": ["nation"]})
    together = pl.concat([nation, regions.unique().sort("area_code"), places.sort("area_code")], how="diagonal")
    return together.select(_COLUMNS)
