"""Ten lines, parity, coverage, balances and what is asked: from a folder and partners' files to pages and exports."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import outcomes as oc
from outcomes.cli.commands import app
from outcomes.profile.model import Coverage
from outcomes.vocabulary import Tier
from tests.seeds.seed import nothing, seed, without
from tests.seeds.small_place import PARTNERS, write_place, yearly_return
from tests.seeds.street import AS_OF, EASTVALE, built, changed, text_of
from tests.template_filling import rows_to_fill

FALLING, RISING, LEVEL = (300, 280, 255, 230, 200), (100, 120, 145, 170, 200), (300, 301, 299, 300, 300)


def table(site: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table of a site; none where there is no such table."""
    path = site / "data" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def card(site: Path, area_code: str = "PL1") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "scorecards" / f"{area_code}.json").read_text(encoding="utf-8"))
    return found


def returns(folder: Path) -> tuple[Path, ...]:
    """What every partner of the small place sends of the measures that it supplies."""
    return (
        yearly_return(folder / "TRU_1.csv", {"l1": FALLING, "n2": LEVEL}),
        yearly_return(folder / "GPS_1.csv", {"l2": RISING, "n3": LEVEL}),
        yearly_return(folder / "COU_1.csv", {"l3": LEVEL}),
        yearly_return(folder / "VOL_1.csv", {"n1": RISING}),
    )


def faults(folder: Path) -> set[str]:
    return {fault.rule for fault in oc.lint_partnership(folder) if not fault.is_advice}


@seed(
    "Equal partnership",
    seen="agreements/<area>.html, Which sectors take part; data/coverage.csv; data/results.csv",
    behind="outcomes.profile.profiling:coverage_of",
    off=nothing(Coverage(since=AS_OF, until=AS_OF)),
)
def test_equal_partnership(tmp_path: Path) -> None:
    sent = returns(tmp_path / "in")
    one = built(write_place(tmp_path / "one"), tmp_path / "one-site", *sent)
    kinds = [kind for _, _, kind in PARTNERS]
    # every sector in another's place
    permuted = [(code, name, kind) for (code, name, _), kind in zip(PARTNERS, kinds[1:] + kinds[:1], strict=True)]
    other = built(write_place(tmp_path / "other", partners=permuted), tmp_path / "other-site", *sent)
    for name in ("results.csv", "profile.csv", "parity.csv", "asked.csv", "commitments.csv"):
        paths = [site / "data" / name for site in (one, other)]
        assert [path.exists() for path in paths] in ([True, True], [False, False])
        assert not paths[0].exists() or paths[0].read_bytes() == paths[1].read_bytes(), name
    # the sectors themselves are shown: who signs, owns, owns what is local, and sends
    numbers = ("named", "signed", "owned", "owned_local", "due", "sent", "promises")
    rows = [{row["sector"]: [row[key] for key in numbers] for row in table(site, "coverage")} for site in (one, other)]
    moved = dict(zip(kinds, kinds[1:] + kinds[:1], strict=True))
    assert all(rows[0][kind][:4] == ["1", "1", *(["2", "1"] if kind in kinds[:2] else ["1", rows[0][kind][3]])]
               for kind in kinds)  # fmt: skip
    assert {moved[kind]: rows[0][kind] for kind in kinds} == {kind: rows[1][kind] for kind in kinds}
    assert "Primary care The practices Signed: 1 of 1 Owns: 2, of these 1 local" in text_of(
        one / "agreements" / "PL1.html"
    )


@seed(
    "Voices less heard",
    seen="places/<area>.html, Breadth; agreements/<area>.html, Which sectors take part; data/coverage.csv",
    behind="outcomes.profile.profiling:coverage_of",
    off=nothing(Coverage(since=AS_OF, until=AS_OF)),
)
def test_voices_less_heard(tmp_path: Path) -> None:
    folder = write_place(tmp_path / "place")
    sent = returns(tmp_path / "in")
    heard = built(folder, tmp_path / "heard", *sent)
    silent = {row["sector"]: row["silent"] for row in table(heard, "coverage")}
    assert silent["primary_care"] == "insight"
    assert "No figures from" not in text_of(heard / "places" / "PL1.html")

    # every row of primary care goes: what it sent, and its signature
    path = folder / "agreements" / "PL1.yaml"
    signed = "{partner: GPS, signatory_role: Chair, signed_on: 2026-03-20}"
    changed(folder, {"agreements/PL1.yaml": (signed, "{partner: GPS, signatory_role: Chair}")})
    assert signed not in path.read_text(encoding="utf-8")
    gone = built(folder, tmp_path / "gone", *(one for one in sent if not one.name.startswith("GPS")))
    silent = {row["sector"]: row["silent"] for row in table(gone, "coverage")}
    assert silent["primary_care"] == "signature; data; insight"
    assert silent["council"] == "insight"
    shown = text_of(gone / "places" / "PL1.html")
    assert "No signature from: primary care. No figures from: primary care." in shown
    matrix = text_of(gone / "agreements" / "PL1.html")
    assert "Primary care The practices" in matrix
    assert "No signature, no figures and no insight" in matrix
    # a sector without any partner has a row too
    assert {row["sector"] for row in table(gone, "coverage") if row["partners"] == "0"} >= {"hospice", "police"}


PRIORITY = """\
    reason: A first version
    priorities:
      - id: homes
        title: Warm homes
        outcome: live
        indicators: [l2]
        set_by: place
        agreed_on: 2026-03-20
        decision: Board 1
        evidence: [{title: JSNA, dated: 2025-06-01, review_by: 2028-06-01, took_part: [The council]}]
"""
WITHOUT_IT = """\
  - version: 2
    title: Together
    form: memorandum_of_understanding
    frameworks: [small]
    parties:
      - {{partner: TRU, signatory_role: Chair, signed_on: 2026-09-20}}
      - {{partner: GPS, signatory_role: Chair, signed_on: 2026-09-20}}
      - {{partner: COU, signatory_role: Chair, signed_on: 2026-09-20}}
      - {{partner: VOL, signatory_role: Chair, signed_on: 2026-09-20}}
    effective_from: 2026-10-01
    review_by: 2027-09-30
    supersedes: 1
    decision: {decision}
    reason: National work comes first
"""


@seed(
    "Local never eclipsed",
    seen="places/<area>.html, Parity; agreements/<area>.html, Local and national; data/parity.csv; outcomes lint",
    behind="outcomes.profile.parity:FEWEST_OF_FOUR",
    off=lambda _: 10_000,
)
def test_local_never_eclipsed(tmp_path: Path) -> None:
    eclipsed = built(write_place(tmp_path / "few", local=3, national=30), tmp_path / "few-site")
    rows = {row["aspect"]: row for row in table(eclipsed, "parity")}
    assert list(rows) == ["count", "outcomes", "targets", "compared", "timeliness", "recency", "narrative", "position"]
    assert (rows["count"]["local"], rows["count"]["national"], rows["count"]["behind"]) == ("3", "30", "local")
    assert "Local measures are behind in: number" in text_of(eclipsed / "places" / "PL1.html")
    report = text_of(eclipsed / "agreements" / "PL1.html")
    assert "Number of measures Agreed locally: 3 of 33 Asked nationally: 30 of 33" in report
    assert "Local measures are behind A tier is behind with fewer than one in four of the measures." in report
    # equal tiers: each outcome has both, the local one first and under a head of the same kind
    page = (eclipsed / "places" / "PL1.html").read_text(encoding="utf-8")
    tiers = re.findall(r'<tr class="tier"><th[^>]*scope="rowgroup">([^<]+)<', page)
    assert tiers == ["Agreed locally", "Asked nationally"] * 3
    # the same rule flags the national tier, and neither where both are there
    turned = built(write_place(tmp_path / "turned", local=30, national=3), tmp_path / "turned-site")
    assert {row["aspect"]: row["behind"] for row in table(turned, "parity")}["count"] == "national"
    even = built(write_place(tmp_path / "even"), tmp_path / "even-site")
    assert [row["behind"] for row in table(even, "parity")] == [""] * 8

    # a local priority does not go without an agreement of its own
    kept = write_place(tmp_path / "kept", more_agreement=PRIORITY)
    assert faults(kept) == set()
    dropped = write_place(tmp_path / "dropped", more_agreement=PRIORITY + WITHOUT_IT.format(decision="Board 1"))
    assert "change-without-decision" in faults(dropped)
    agreed = write_place(tmp_path / "agreed", more_agreement=PRIORITY + WITHOUT_IT.format(decision="Board 9"))
    assert "change-without-decision" not in faults(agreed)


SET = """\
id: {name}
version: "1"
title: {title}
publisher: Them
source: Them
licence: OGL
includes: [phof/22401@1]
outcomes:
  - {{id: old-age, title: People grow old well}}
"""
TERMS = """\
inclusions:
  - {indicator: "22401", outcome: old-age, tier: national, polarity: lower_is_better, polarity_agreed_by: Them,
     official_code: L7}
"""


def of_sets(folder: Path, sets: Sequence[str]) -> Path:
    """A place whose trust is asked for falls admissions by so many sets."""
    write_place(folder)
    own = folder / "frameworks" / "local-outcomes"
    own.mkdir()
    (own / "framework.yaml").write_text(SET.format(name="local-outcomes", title="A set like the LOF"), encoding="utf-8")
    (own / "inclusions.yaml").write_text(TERMS, encoding="utf-8")
    (folder / "series").mkdir()
    bands = ("65-69", "70-74", "75-79", "80-84", "85-89", "90+")
    people = "".join(f"PL1,calendar_year,2025,age_band={band},1000\n" for band in bands)
    weights = "".join(f"age_band={band},2000\n" for band in bands)
    for name, text in {
        "population": "area_code,period_kind,period,breakdown,numerator\n" + people,
        "esp2013": "breakdown,numerator\n" + weights,
    }.items():
        (folder / "series" / f"{name}.csv").write_text(text, encoding="utf-8")
    cut = "".join(f'  - {{framework: {name}, indicators: ["22401"]}}\n' for name in sets if name != "local-outcomes")
    changed(
        folder,
        {
            "partnership.yaml": (
                "frameworks: [small]\n",
                f"frameworks: [small, {', '.join(sets)}]\nselections:\n{cut}"
                + "series:\n"
                + "".join(
                    f"  - {{id: {name}, kind: {kind}, title: People, source: Made up, licence: OGL, "
                    "released_on: 2026-01-31}\n"
                    for name, kind in (("population", "population"), ("esp2013", "standard_population"))
                ),
            ),
            "agreements/PL1.yaml": ("frameworks: [small]", f"frameworks: [small, {', '.join(sets)}]"),
            "partners.yaml": ("supplies: [{indicators: [l1", "supplies: [{indicators: ['22401', l1"),
        },
    )
    return folder


@seed(
    "KPI overload",
    seen="outcomes template; outcomes burden; agreements/<area>.html, What each partner is asked for; crosswalk.csv",
    behind="outcomes.profile.burden:_uses",
    off=nothing({}),
)
def test_kpi_overload(tmp_path: Path) -> None:
    alone = of_sets(tmp_path / "alone", ["phof"])
    shared = of_sets(tmp_path / "shared", ["phof", "bcf", "local-outcomes"])
    sheets = []
    for folder in (alone, shared):
        out = tmp_path / f"{folder.name}.xlsx"
        partnership = oc.load_partnership(folder)
        oc.write_template(partnership, "TRU", out, as_of=AS_OF)
        asked = [row for row in rows_to_fill(out.read_bytes()) if row["indicator_id"] == "22401"]
        sheets.append([tuple(str(value) for value in row.values()) for row in asked])
    # three sets ask for it: not a row more on the sheet, and none twice
    assert sheets[0] == sheets[1]
    assert len(sheets[1]) == len(set(sheets[1])) > 0
    # any of its codes is the same measure, once
    runner = CliRunner()
    path = tmp_path / "TRU_falls.csv"
    head = "indicator_id,place_code,period,age_band,numerator\n"
    codes = ("C29", "BCF S2", "22401", "C29", "BCF S2", "22401")
    bands = ("65-69", "70-74", "75-79", "80-84", "85-89", "90+")
    rows_sent = "".join(f"{code},PL1,2025/26,{band},30\n" for code, band in zip(codes, bands, strict=True))
    path.write_text(head + rows_sent, encoding="utf-8")
    checked = runner.invoke(app, ["check", str(path), "--partnership", str(shared), "--as-of", str(AS_OF), "--json"])
    (found,) = json.loads(checked.stdout)
    assert (checked.exit_code, {row["indicator_id"] for row in found["observations"]}) == (0, {"22401"})
    command = ["burden", "--partnership", str(shared), "--partner", "TRU", "--as-of", str(AS_OF), "--json"]
    rows = json.loads(runner.invoke(app, command).stdout)
    (line,) = [row for row in rows if row["indicator_id"] == "22401"]
    assert (line["lines"], line["uses"], line["used_by"]) == (len(sheets[1]), 3, "phof; bcf; local-outcomes")
    assert "L7" in line["codes"].split("; ")
    site = built(shared, tmp_path / "site")
    (row,) = [row for row in table(site, "asked") if row["indicator_id"] == "22401"]
    assert (row["lines"], row["uses"]) == (str(len(sheets[1])), "3")
    page = text_of(site / "agreements" / "PL1.html")
    assert "Public Health Outcomes Framework, Better Care Fund metrics 2025-26 and A set like the LOF" in page
    # the crosswalk says under which code each set has it
    oc.write_catalogue(oc.catalogue(partnership), tmp_path / "list")
    with (tmp_path / "list" / "crosswalk.csv").open(encoding="utf-8", newline="") as file:
        uses = [row for row in csv.DictReader(file) if row["reference"] == "phof/22401@1"]
    assert [row["set_id"] for row in uses] == ["phof", "bcf", "local-outcomes"]
    assert {row["uses"] for row in uses} == {"3"}
    assert uses[2]["official_code"] == "L7"


@seed(
    "Purpose before money",
    seen="outcomes lint; agreements/<area>.html, From purpose to measure",
    behind="outcomes.framework.lint:FRAMEWORK_RULES",
    off=without("indicator_without_outcome"),
)
def test_purpose_before_money(tmp_path: Path) -> None:
    folder = write_place(tmp_path / "place")
    assert faults(folder) == set()
    site = built(folder, tmp_path / "site")
    said = text_of(site / "agreements" / "PL1.html")
    tree = said[said.rindex("From purpose to measure") :]
    # purpose, outcome, indicator, measure, in this order
    order = ["That people live well", "People start well", "Measure l1", "People counted / People asked"]
    assert [tree.index(text) for text in order] == sorted(tree.index(text) for text in order)
    branch = card(site)["purpose"]["branches"][0]
    assert (branch["purpose"], len(branch["outcomes"])) == ("That people live well", 3)

    # an outcome that nothing tells of is named, in lint and in the tree
    path = folder / "frameworks" / "small" / "framework.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  - {id: die, title: People die well}\n", encoding="utf-8")
    advice = {fault.rule: fault.message for fault in oc.lint_partnership(folder) if fault.is_advice}
    assert "'die' has no indicator" in advice["outcome-without-indicator"]
    assert "Outcomes without a measure here: People die well." in text_of(
        built(folder, tmp_path / "orphan") / "agreements" / "PL1.html"
    )
    # an indicator that serves no outcome is a fault
    terms = folder / "frameworks" / "small" / "inclusions.yaml"
    start = terms.read_text(encoding="utf-8").index("  - indicator: n3\n")
    terms.write_text(terms.read_text(encoding="utf-8")[:start], encoding="utf-8")
    result = CliRunner().invoke(app, ["lint", str(folder)])
    assert result.exit_code == 1
    assert "indicator 'n3' serves no outcome" in result.stdout


@seed(
    "Braess: bottleneck elsewhere",
    seen="places/<area>.html, beside the line and in brief; indicators/<area>/<id>.html; data/results.csv",
    behind="outcomes.profile.profiling:balances_of",
    off=nothing(()),
)
def test_braess_bottleneck_elsewhere(tmp_path: Path) -> None:
    folder = write_place(tmp_path / "place", balances={"l1": "n2"})
    names = {"Measure l1": "Admissions", "Measure n2": "Readmissions"}
    for old, new in names.items():
        changed(folder, {"frameworks/small/indicators.yaml": (old, new)})

    def flagged(name: str, admissions: Sequence[int], readmissions: Sequence[int]) -> tuple[Path, dict[str, str]]:
        sent = yearly_return(tmp_path / name / "TRU_1.csv", {"l1": admissions, "n2": readmissions})
        site = built(folder, tmp_path / f"{name}-site", sent)
        rows = [row for row in table(site, "results") if row["indicator_id"] == "l1" and row["period"] == "2025/26"]
        (row,) = [row for row in rows if row["area_code"] == "PL1" and row["breakdown"] == ""]
        return site, row

    site, row = flagged("apart", FALLING, RISING)
    assert (row["trend"], row["balance"], row["balance_direction"]) == ("improving", "n2", "getting worse")
    assert row["moves_apart"] == "true"
    page = (site / "places" / "PL1.html").read_text(encoding="utf-8")
    said = text_of(site / "places" / "PL1.html")
    assert "Read beside Readmissions: 20.0% (2025/26). The two move apart: this is improving" in said
    assert "It moves apart from Readmissions: read neither alone." in said
    # the place for words stands beside it, though no word of the line itself is unwelcome
    (row_of_words,) = re.findall(r'<tr class="reply" data-of="l1">.*?</tr>', page, flags=re.DOTALL)
    assert "No reply recorded" in row_of_words
    beside = text_of(site / "indicators" / "PL1" / "l1.html")
    assert "Readmissions" in beside
    assert "read neither alone" in beside

    # the other way round is the same flag, and both the same way is none
    _, turned = flagged("turned", RISING, FALLING)
    assert turned["moves_apart"] == "true"
    _, together = flagged("together", FALLING, FALLING)
    assert together["moves_apart"] == "false"


class Crowded:
    """What stands for measures that are not kept in a tier of their own."""

    def __new__(cls, subject: Any) -> Any:
        """Return the class of a place with its everyday measures counted as national ones."""

        class Mixed(subject):  # type: ignore[misc]
            @property
            def lines(self) -> Any:
                return tuple(
                    (framework, one.model_copy(update={"tier": Tier.NATIONAL}) if one.tier is Tier.OPERATIONAL else one)
                    for framework, one in self.every_line
                )

        return Mixed


@seed(
    "Everyday pressure",
    seen="places/<area>.html, outcomes before Everyday service measures; data/parity.csv; data/profile.csv",
    behind="outcomes.profile.profiling:Subject",
    off=Crowded,
)
def test_everyday_pressure(tmp_path: Path) -> None:
    sent = returns(tmp_path / "in")
    few = built(write_place(tmp_path / "few"), tmp_path / "few-site", *sent)
    folder = write_place(tmp_path / "many", operational=50)
    many = built(folder, tmp_path / "many-site", *sent)
    before, after = card(few), card(many)
    assert (len(before["operational"]), len(after["operational"])) == (0, 50)
    assert before["parity"] == after["parity"]
    assert before["summary"] == after["summary"]
    assert [
        (section["id"], [line["indicator_id"] for line in (*section["local"], *section["national"])])
        for section in before["outcomes"]
    ] == [
        (section["id"], [line["indicator_id"] for line in (*section["local"], *section["national"])])
        for section in after["outcomes"]
    ]
    lines = [{line["id"]: line for line in one["profile"]} for one in (before, after)]
    for line in ("attainment", "direction", "comparison", "inequality", "parity"):
        assert lines[0][line] == lines[1][line]
    # they stand after every outcome, in a tier of their own
    page = (many / "places" / "PL1.html").read_text(encoding="utf-8")
    ends = [page.index(f'id="o-{section["id"]}"') for section in after["outcomes"]]
    assert max(ends) < page.index('<h2 id="operational"')


def _turned(text: str) -> str:
    """Every direction that is called good turned round."""
    swapped = {"higher_is_better": "lower_is_better", "lower_is_better": "higher_is_better"}
    return re.sub("|".join(swapped), lambda found: swapped[found[0]], text)


def _highlights(page: str, of: Mapping[str, str]) -> dict[str, list[str]]:
    """The measures listed under each heading of the first screen."""
    found = {}
    for key, heading in of.items():
        (block,) = re.findall(rf"<div><h3>(?:(?!</h3>).)*{heading}.*?</ul></div>", page, flags=re.DOTALL)
        found[key] = re.findall(r'<a href="#m-([^"]+)">', block)
    return found


@seed(
    "Praise as well as blame",
    seen="places/<area>.html, In brief; index.html",
    behind="outcomes.scorecard.headers:_GOOD",
    off=lambda _: frozenset(),
)
def test_praise_as_well_as_blame(tmp_path: Path, eastvale_both_ways: tuple[Path, Path]) -> None:
    heads = {"better": "Better or improving", "worse": "Worse or getting worse"}
    for place in sorted(path.stem for path in (EASTVALE / "agreements").glob("*.yaml")):
        one, other = (card(site, place)["summary"] for site in eastvale_both_ways)
        assert (one["better"], one["worse"]) == (other["worse"], other["better"])
        for key in ("cannot_tell", "no_difference", "compared", "differing", "trends_told"):
            assert one[key] == other[key]
        pages = [(site / "places" / f"{place}.html").read_text(encoding="utf-8") for site in eastvale_both_ways]
        shown, mirrored = (_highlights(page, heads) for page in pages)
        assert shown["better"] == mirrored["worse"]
        assert shown["worse"] == mirrored["better"]
        # as prominent: the same head, and the good news is not below the bad
        for page in pages:
            assert page.index(heads["better"]) < page.index(heads["worse"])
    every = [card(eastvale_both_ways[0], place)["summary"] for place in ("EMX060001", "EMX060002")]
    assert all(one["better"] and one["worse"] for one in every)


@pytest.fixture
def eastvale_both_ways(tmp_path: Path, example: Any) -> tuple[Path, Path]:
    """The example's pages as they are, and with every direction that is called good turned round."""
    import shutil

    folder = Path(shutil.copytree(EASTVALE, tmp_path / "turned", ignore=shutil.ignore_patterns("returns")))
    path = folder / "frameworks" / "eastvale" / "inclusions.yaml"
    path.write_text(_turned(path.read_text(encoding="utf-8")), encoding="utf-8")
    ledger = oc.open_ledger(example.ledger)
    partnership = oc.load_partnership(folder)
    status = oc.returns_status(partnership, ledger, as_of=AS_OF)
    cards = oc.scorecards(partnership, ledger.observations(), as_of=AS_OF, policy="hes-2018", returns=status)
    oc.build_site(cards, tmp_path / "mirrored")
    return example.site, tmp_path / "mirrored"
