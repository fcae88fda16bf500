"""Makes the areas and footprints of England from published look-ups: LSOA to ward, PCN, locality, council, ICB, region.

Two kinds of people are counted, each on its own ladder: residents, by the small areas they live in (LSOA), and
patients, by the practice they are registered with. A locality, a PCN or an ICB is one area that both ladders reach.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

__all__ = ["World", "WorldError", "world_from"]

ENGLAND = "E92000001"
# practices that have figures, but that no look-up places
NOWHERE = "UNPLACED"
# how weights of councils in several ICBs are written; together they make up 1 to the last digit
_DECIMALS = 9


class WorldError(Exception):
    """A look-up is missing, or is not as such look-ups are."""


@dataclass(frozen=True)
class World:
    """The tables of a partnership and what is to be said of how they were made.

    Attributes:
        areas: The rows of areas.csv.
        footprints: The rows of footprints.csv.
        shared_councils: Councils that lie in several ICBs: area_code, name, icb_code, icb, persons, weight.
        said: What was done, and what could not be done, line by line.
    """

    areas: pl.DataFrame
    footprints: pl.DataFrame
    shared_councils: pl.DataFrame
    said: tuple[str, ...]


@dataclass(frozen=True)
class _Lookup:
    """A look-up of which the columns carry the year in their names (`icb22_code`, `ICB22CD`, …)."""

    path: Path
    frame: pl.DataFrame

    def column(self, *patterns: str) -> pl.Expr:
        """Return the first column whose whole name matches, any case."""
        for pattern in patterns:
            for name in self.frame.columns:
                if re.fullmatch(pattern, name, re.IGNORECASE):
                    return pl.col(name)
        raise WorldError(f"{self.path.name}: no column is named like {patterns[0]!r}; it is not the look-up expected")

    def select(self, **patterns: str | tuple[str, ...]) -> pl.DataFrame:
        """Return the columns found by their patterns, under the names given, trimmed, each row once."""
        found = {
            name: self.column(*((wanted,) if isinstance(wanted, str) else wanted)).cast(pl.String).str.strip_chars()
            for name, wanted in patterns.items()
        }
        return self.frame.select(**found).unique(maintain_order=True)


def _lookup(folder: Path, pattern: str) -> _Lookup:
    """Read the one look-up whose name matches; of several years the latest."""
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise WorldError(f"{folder}: no look-up named {pattern} is there; give the folder of the published look-ups")
    path = paths[-1]
    try:
        frame = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise WorldError(f"{path.name}: it cannot be read as a table ({error})") from error
    return _Lookup(path, frame)


def world_from(
    geography: Path, former_counties: Path, persons: pl.DataFrame, counted: pl.Series | None = None
) -> World:
    """Return the areas and footprints of England.

    Arguments:
        geography: The folder of the published look-ups.
        former_counties: The example's own table of counties that have been replaced: area_code, name, valid_to,
            replaced_by (active codes of councils, separated by ";").
        persons: lsoa_code, persons: what the shares of a council that lies in several ICBs are made of.
        counted: The codes of practices that have figures; those that no look-up names are England's all the same.
    """
    residents = _lookup(geography, "lsoa11_sicbl*_icb*_ltla*.parquet").select(
        lsoa="lsoa11_code",
        lsoa_name="lsoa11_name",
        icb=r"icb\d\d_code",
        icb_name=r"icb\d\d_name",
        icb_ods=(r"icb\d\d_code_h", r"icb\d\d_code_nhs"),
        council=r"ltla\d\d_code",
        council_name=r"ltla\d\d_name",
    )
    residents = residents.join(persons.rename({"lsoa_code": "lsoa"}), on="lsoa", how="left")
    made = _Tables()
    made.area(ENGLAND, "England", "nation")
    _councils_and_systems(made, geography, residents)
    _counties(made, geography, former_counties, residents)
    _wards(made, geography, residents)
    practices = _practices(made, geography, residents)
    if counted is not None:
        _unplaced(made, counted, practices)
    _localities(made, geography, residents, practices)
    _local_networks(made, geography)
    return made.world()


class _Tables:
    """Rows as they are found."""

    def __init__(self) -> None:
        self.areas: list[pl.DataFrame] = []
        self.steps: list[pl.DataFrame] = []
        self.shared = pl.DataFrame()
        self.said: list[str] = []

    def area(self, code: str, name: str, level: str) -> None:
        """Add one area."""
        self.add(pl.DataFrame({"area_code": [code], "name": [name], "level": [level]}))

    def add(self, areas: pl.DataFrame, level: str | None = None, valid_to: pl.Expr | None = None) -> None:
        """Add areas: area_code, name; a code that is there already stays as it is."""
        columns = {"level": pl.lit(level)} if level else {}
        ends = pl.lit(None, pl.String) if valid_to is None else valid_to
        self.areas.append(areas.with_columns(valid_to=ends, **columns).select("area_code", "name", "level", "valid_to"))

    def join(self, steps: pl.DataFrame, weight: pl.Expr | None = None, valid_to: pl.Expr | None = None) -> None:
        """Add steps from a part (member_code) to a whole (area_code)."""
        share = pl.lit(1.0) if weight is None else weight
        ends = pl.lit(None, pl.String) if valid_to is None else valid_to
        rows = steps.with_columns(weight=share, valid_to=ends)
        self.steps.append(rows.select("area_code", "member_code", "weight", "valid_to"))

    def nest(self, pairs: pl.DataFrame, *, through: str, whole: str, unit: str) -> None:
        """Add steps to wholes from middles that lie in one whole altogether, and from the units of all others.

        Arguments:
            pairs: unit, middle (`through`, null for none) and whole, each unit once.
            through, whole, unit: The names of these columns.
        """
        known = pairs.filter(pl.col(whole).is_not_null())
        # a middle of which one unit lies elsewhere, or nowhere, is no part as a whole
        is_inside = pl.col(through).is_not_null() & (pl.col(whole).n_unique().over(through) == 1)
        split = pairs.with_columns(is_inside=is_inside).filter(pl.col(whole).is_not_null())
        inside = split.filter("is_inside").select(area_code=whole, member_code=through).unique(maintain_order=True)
        self.join(inside.filter(pl.col("area_code") != pl.col("member_code")))
        self.join(split.filter(~pl.col("is_inside")).select(area_code=whole, member_code=unit))
        assert known.height == split.height

    def world(self) -> World:
        """Everything, each code and step once, in order."""
        areas = pl.concat(self.areas).unique("area_code", keep="first", maintain_order=True).sort("area_code")
        steps = pl.concat(self.steps).unique(["area_code", "member_code"], keep="first", maintain_order=True)
        steps = steps.join(areas.select("area_code"), on="area_code", how="semi")
        steps = steps.join(areas.select(member_code="area_code"), on="member_code", how="semi")
        return World(areas, steps.sort("area_code", "member_code"), self.shared, tuple(self.said))


def _councils_and_systems(made: _Tables, geography: Path, residents: pl.DataFrame) -> None:
    made.add(residents.select(area_code="lsoa", name="lsoa_name"), "lsoa")
    made.add(residents.select(area_code="council", name="council_name").unique(maintain_order=True), "council")
    made.join(residents.select(area_code="council", member_code="lsoa"))
    systems = residents.select(area_code="icb", name="icb_name").unique(maintain_order=True)
    made.add(systems, "system")

    regions = _lookup(geography, "LAD*_RGN*.csv").select(
        member_code=r"LAD\d\dCD", area_code=r"RGN\d\dCD", name=r"RGN\d\dNM"
    )
    made.add(regions.unique("area_code", maintain_order=True), "region")
    made.join(regions)
    made.join(
        regions.select(member_code="area_code").unique(maintain_order=True).with_columns(area_code=pl.lit(ENGLAND))
    )
    nhs_regions = _lookup(geography, "SICBL*_ICB*_NHSER*.csv").select(
        member_code=r"ICB\d\dCD", area_code=r"NHSER\d\dCD", name=r"NHSER\d\dNM"
    )
    made.add(
        nhs_regions.unique("area_code", maintain_order=True).with_columns(name=pl.col("name") + " (NHS)"), "region"
    )
    made.join(nhs_regions.unique(["area_code", "member_code"], maintain_order=True))
    made.join(
        nhs_regions.select(member_code="area_code").unique(maintain_order=True).with_columns(area_code=pl.lit(ENGLAND))
    )

    _shared_councils(made, residents)
    shares = pl.col("icb").n_unique().over("council")
    made.join(residents.filter(shares == 1).select(area_code="icb", member_code="council").unique(maintain_order=True))
    # the small areas of a council in several ICBs say outright which of them they are in
    made.join(residents.filter(shares > 1).select(area_code="icb", member_code="lsoa"))


def _shared_councils(made: _Tables, residents: pl.DataFrame) -> None:
    """Councils in several ICBs: weights by the people who live in each, to nine decimals by largest remainder."""
    of_pieces = residents.group_by("council", "council_name", "icb", "icb_name").agg(pl.col("persons").sum())
    several = of_pieces.filter(pl.len().over("council") > 1).sort("council", "icb")
    if several.is_empty():
        return
    units = 10**_DECIMALS
    total = pl.col("persons").sum().over("council")
    floor = pl.col("persons") * units // total
    rest = pl.col("persons") * units % total
    short = units - floor.sum().over("council")
    place = rest.rank("ordinal", descending=True).over("council")
    several = several.with_columns(weight=(floor + (place <= short).cast(pl.Int64)) / units)
    made.join(several.select("weight", area_code="icb", member_code="council"), weight=pl.col("weight"))
    made.shared = several.rename({"council": "area_code", "council_name": "name", "icb": "icb_code", "icb_name": "icb"})
    made.said.append(
        f"{several['council'].n_unique()} councils lie in several ICBs: figures of the council itself are apportioned "
        "by its residents, figures of small areas are not, for each small area lies in one ICB"
    )


def _counties(made: _Tables, geography: Path, former_counties: Path, residents: pl.DataFrame) -> None:
    """Counties that there are, of their districts; and those replaced, of the councils that replaced them."""
    councils = _lookup(geography, "la_all_codes.csv").select(
        council="LADCD", active="LADCD_ACTIVE", area_code="UTLACD", name="UTLANM", region="RGNCD"
    )
    councils = councils.join(residents.select("council").unique(), on="council", how="semi")
    counties = councils.filter(pl.col("area_code").str.starts_with("E10"))
    made.add(counties.unique("area_code", maintain_order=True), "place")
    made.join(counties.select("area_code", member_code="council"))
    made.join(counties.select(area_code="region", member_code="area_code").unique(maintain_order=True))
    former = pl.read_csv(former_counties, infer_schema=False, comment_prefix="#").with_columns(
        active=pl.col("replaced_by").str.split(";")
    )
    made.add(former, "place", pl.col("valid_to"))
    parts = former.explode("active").join(councils.select("council", "active"), on="active")
    made.join(parts.select("area_code", "valid_to", member_code="council"), valid_to=pl.col("valid_to"))


def _wards(made: _Tables, geography: Path, residents: pl.DataFrame) -> None:
    """Wards are made of the small areas of 2021; those of 2011 are led to them by the published change codes."""
    changes = _lookup(geography, "lsoa11_lsoa21_ltla*.parquet").select(
        lsoa="lsoa11_code", later="lsoa21_code", change="change_code"
    )
    wards = _lookup(geography, "lsoa21_ward*_ltla*.parquet").select(
        later="lsoa21_code", area_code=r"ward\d\d_code", name=r"ward\d\d_name", council=r"ltla\d\d_name"
    )
    changes = changes.join(residents.select("lsoa"), on="lsoa", how="semi")
    pieces = changes.join(wards, on="later", how="inner")
    shares = pieces.group_by("lsoa", "area_code", "name", "council", maintain_order=True).agg(
        pieces=pl.len().cast(pl.Int64), change=pl.col("change").first()
    )
    shares = shares.with_columns(of=pl.col("pieces").sum().over("lsoa"))
    made.add(shares.unique("area_code", maintain_order=True), "ward")
    # thirds are written so that they add up to 1 again: the reading of weights allows for typed decimals
    made.join(shares.rename({"lsoa": "member_code"}), weight=(pl.col("pieces") / pl.col("of")).round(_DECIMALS))
    # a ward is shown as a part of the council in which all of it lies
    whole = shares.join(residents.select("lsoa", part_of="council"), on="lsoa").with_columns(
        is_one=(pl.col("part_of").n_unique().over("area_code") == 1)
    )
    inside = whole.filter("is_one").select(area_code="part_of", member_code="area_code").unique(maintain_order=True)
    made.join(inside)
    counts = dict(changes.group_by("change").agg(pl.col("lsoa").n_unique()).iter_rows())
    several = shares.filter(pl.col("pieces") < pl.col("of"))
    split = several.filter(pl.col("change") != "X")["lsoa"].n_unique()
    irregular = changes.filter(pl.col("change") == "X")["lsoa"].unique().sort().to_list()
    made.said += [
        f"small areas of 2011 in those of 2021: {counts.get('U', 0):,} unchanged, {counts.get('S', 0):,} split, "
        f"{counts.get('M', 0):,} merged, {counts.get('X', 0):,} irregular",
        "done: unchanged and merged ones, and those split within one ward, are led to their ward exactly",
        f"done with an assumption: {split:,} split over several wards are apportioned in equal parts for each small "
        "area of 2021, because no look-up says how many people each part has",
        f"not done exactly, for there is no exact way: {', '.join(irregular) or 'none'}; apportioned like the split",
    ]


def _practices(made: _Tables, geography: Path, residents: pl.DataFrame) -> pl.DataFrame:
    """Practices, each in its PCN and ICB; a local look-up, where it names the practice, comes before the national."""
    national = _lookup(geography, "gp-reg-pat-prac-map_*.csv").select(
        practice="PRACTICE_CODE", name="PRACTICE_NAME", pcn="PCN_CODE", pcn_name="PCN_NAME", icb_ods="(ICB|STP)_CODE"
    )
    systems = residents.select("icb", "icb_ods").unique()
    national = national.join(systems, on="icb_ods", how="left")
    local = _lookup(geography, "bsol_gp_pcn_locality_*.csv")
    local_rows = local.select(
        practice="Practice_Code",
        kind="Type",
        pcn="PCN_Code",
        pcn_name="PCN",
        locality="Locality_Code",
        council="LA_Code",
    )
    # a council that lies in one ICB says in which ICB its localities are
    one_system = residents.group_by("council").agg(icb=pl.col("icb").unique()).filter(pl.col("icb").list.len() == 1)
    local_rows = local_rows.filter(pl.col("kind") == "Main").join(
        one_system.with_columns(pl.col("icb").list.first()), on="council", how="left"
    )
    moved = national.join(local_rows, on="practice", suffix="_local").filter(pl.col("icb") != pl.col("icb_local"))
    known = pl.concat(
        [
            local_rows.join(national.select("practice", "name"), on="practice", how="left").select(
                "practice", "name", "pcn", "pcn_name", "icb", "locality"
            ),
            national.join(local_rows, on="practice", how="anti").select(
                "practice", "name", "pcn", "pcn_name", "icb", locality=pl.lit(None, pl.String)
            ),
        ]
    ).with_columns(pcn=pl.when(pl.col("pcn").str.contains(r"^U\d+$")).then("pcn"))
    made.add(known.select(area_code="practice", name=pl.coalesce("name", "practice")), "other")
    networks = known.filter(pl.col("pcn").is_not_null())
    made.add(
        networks.select(area_code="pcn", name="pcn_name").unique("area_code", maintain_order=True), "neighbourhood"
    )
    made.join(networks.select(area_code="pcn", member_code="practice"))
    outside = known.filter(pl.col("locality").is_null())
    made.nest(outside, through="pcn", whole="icb", unit="practice")
    made.said.append(
        f"{known.height:,} practices in {networks['pcn'].n_unique():,} PCNs; {known['pcn'].null_count():,} in none; "
        f"{moved.height} that the national look-up has in another ICB are where the later local look-up has them"
    )
    return known


def _unplaced(made: _Tables, counted: pl.Series, practices: pl.DataFrame) -> None:
    unplaced = (
        counted.unique()
        .sort()
        .to_frame("area_code")
        .filter(~pl.col("area_code").is_in(practices["practice"].to_list()))
    )
    if unplaced.is_empty():
        return
    made.area(NOWHERE, "Practices that no look-up places", "neighbourhood")
    made.add(unplaced.with_columns(name=pl.lit("Practice ") + pl.col("area_code")), "other")
    made.join(unplaced.select(area_code=pl.lit(NOWHERE), member_code="area_code"))
    made.join(pl.DataFrame({"area_code": [ENGLAND], "member_code": [NOWHERE]}))
    made.said.append(
        f"{unplaced.height} practices with figures are in no look-up: they count for England, and for no ICB or PCN"
    )


def _localities(made: _Tables, geography: Path, residents: pl.DataFrame, practices: pl.DataFrame) -> None:
    """Localities on both bases: of wards for residents, of PCNs for patients."""
    by_practice = _lookup(geography, "bsol_gp_pcn_locality_*.csv").select(
        area_code="Locality_Code", name="Locality", council="LA_Code", council_name="LA"
    )
    by_ward = _lookup(geography, "bsol_ward_to_locality.csv").select(
        member_code="AreaCode", name="Locality", council="ParentCode"
    )
    # a locality that is all of its council has the council's name
    full = pl.when(pl.col("name") == pl.col("council_name")).then(pl.format("{} locality", "name"))
    named = by_practice.with_columns(name=full.otherwise(pl.format("{} locality, {}", "name", "council_name")))
    made.add(named.unique("area_code", maintain_order=True), "place")
    made.join(by_ward.join(by_practice, on=["name", "council"]))
    councils = residents.group_by("council").agg(icb=pl.col("icb").unique()).filter(pl.col("icb").list.len() == 1)
    made.join(
        by_practice.join(councils.explode("icb"), on="council").select(area_code="icb", member_code="area_code"),
    )
    made.nest(practices.filter(pl.col("locality").is_not_null()), through="pcn", whole="locality", unit="practice")


def _local_networks(made: _Tables, geography: Path) -> None:
    """PCNs of a county for residents: the county's own look-up of small areas."""
    rows = _lookup(geography, "west_sussex_lsoa_pcn_*.csv").select(
        member_code=r"LSOA\d\dCD", area_code="PCN_Code", name="PCN_Name"
    )
    made.add(rows.unique("area_code", maintain_order=True), "neighbourhood")
    made.join(rows)
