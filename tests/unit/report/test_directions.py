"""The partners', the national and the public page print one result: same values, same fingerprint, other words."""

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from outcomes.bundled import bundled_folder
from outcomes.report.indicator_page import indicator_page
from outcomes.report.made_from import fingerprints
from outcomes.report.national_page import national_page
from outcomes.report.pages import place_page
from outcomes.report.partner_duties import Standing, duties_of, standings_of
from outcomes.report.partner_page import partner_page
from outcomes.report.printed import PrintedFigure, printed_figures
from outcomes.report.public_page import public_page
from outcomes.report.site import html_pages
from outcomes.scorecard.model import (
    SourceFile,
)
from outcomes.vocabulary import Tier
from outcomes.workflows.example import ExampleRun
from tests.direction_cards import RECEIVED, released, with_partners
from tests.report_cards import Collection, bare_scorecard, castlewick, collection, scorecard

NOT_RELEASED = "The partner has not yet released its words for this page."


class Text(HTMLParser):
    """The words of a page, or of one of its sections."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._in_style = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.pieces.append(data)


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", " ".join(Text(html).pieces))


def section(html: str, name: str) -> str:
    start = html.index(f'<section aria-labelledby="{name}"')
    return html[start : html.index("</section>", start)]


@pytest.mark.parametrize("make", [castlewick, bare_scorecard], ids=["full", "bare"])
def test_the_three_pages_print_the_same_figures_and_fingerprint(make: object) -> None:
    card = make()  # type: ignore[operator]
    pages = [place_page(card), national_page(card), public_page(card)]
    first, *others = [printed_figures(page) for page in pages]
    assert len(first) == len({(one.indicator_id, one.period, one.area_code, one.breakdown) for one in first})
    assert others == [first, first]
    assert all(fingerprints(card) in words_of(page) for page in pages)
    held = [line for line in card.lines if line.current is not None]
    assert {one.indicator_id for one in first} == {line.indicator_id for line in held}


def test_every_part_and_group_is_among_the_figures() -> None:
    card = castlewick()
    found = {(one.indicator_id, one.area_code, one.breakdown) for one in printed_figures(place_page(card))}
    for line in card.lines:
        assert {(line.indicator_id, part.area_code, "") for part in line.parts} <= found
        expected = {(line.indicator_id, card.place.area_code, f"{one.dimension}={one.category}") for one in line.groups}
        assert expected <= found


def test_a_value_that_differs_on_one_page_is_found() -> None:
    page = place_page(castlewick())
    assert "66.3%" in page
    other = page.replace('data-is="value">66.3%<', 'data-is="value">66.4%<', 1)
    assert printed_figures(other) != printed_figures(page)
    (twice,) = (
        one
        for one in printed_figures(page)
        if one.indicator_id == "local-01" and one.area_code == "E54000101" and not one.breakdown
    )
    assert twice == PrintedFigure("local-01", "2026", "E54000101", "", "66.3%", "63.6 to 69.0")


def test_the_working_copy_has_no_page_for_the_nation_or_the_public() -> None:
    working = html_pages(Collection((scorecard(product="working copy", draft_reasons=()),)))
    assert {name.split("/")[0] for name in working} == {"index.html", "places", "agreements", "indicators"}
    draft = html_pages(Collection((scorecard(),)))
    assert {"national", "public"} <= {name.split("/")[0] for name in draft}
    (place,) = (page.decode() for name, page in working.items() if name.startswith("places/"))
    assert "../public/" not in place


def test_the_public_page_holds_no_word_of_a_partner_that_nobody_released() -> None:
    card = with_partners(castlewick())
    own = [reply.text for line in card.lines for reply in line.replies]
    own += [text for one in card.commitments for text in (one.explanation, one.evidence) if text]
    assert len(own) > 5
    closed, opened = words_of(public_page(card)), words_of(public_page(released(card)))
    assert [text for text in own if text in closed] == []
    assert NOT_RELEASED in closed
    assert [text for text in own if text not in opened] == []
    assert NOT_RELEASED not in opened
    # the partners and the nation read them all
    assert [
        text
        for line in card.lines
        for text in (one.text for one in line.replies)
        if text not in words_of(national_page(card))
    ] == []


def test_a_partners_text_is_escaped_on_every_page() -> None:
    evil = "<b>not bold</b>"
    card = with_partners(castlewick())
    first, *rest = card.partners
    mine = first.model_copy(update={"name": evil, "signatory_role": evil, "signed_on": None})
    files = (SourceFile(partner_code="X", partner=evil, file=evil, sheet=evil),)
    lines = card.outcomes[0].local
    changed = lines[0].model_copy(update={"sources": files})
    outcome = card.outcomes[0].model_copy(update={"local": (changed, *lines[1:])})
    card = card.model_copy(update={"partners": (mine, *rest), "outcomes": (outcome, *card.outcomes[1:])})
    pages = [indicator_page(card, changed), public_page(card), national_page(card)]
    pages += [partner_page(found) for found in standings_of([card]).values()]
    assert all("<b>not bold" not in page for page in pages)
    assert any("&lt;b&gt;not bold" in page for page in pages)


def test_the_national_page_puts_national_measures_first_with_their_limits() -> None:
    card = castlewick()
    html = national_page(card)
    assert html.index('aria-labelledby="asked"') < html.index('aria-labelledby="agreed"')
    asked = section(html, "asked")
    for line in card.lines:
        if line.tier is Tier.NATIONAL:
            assert f'id="m-{line.indicator_id}"' in asked
            assert line.definition.limits_of_use in words_of(asked)
    assert words_of(html).count("Limits of use") == len(card.lines)


def test_good_and_bad_are_mirrored_on_the_public_page() -> None:
    card = castlewick()
    html = public_page(card)
    well, work = (set(re.findall(r'<li data-of="([^"]+)"', section(html, name))) for name in ("well", "work"))
    assert well | work == set(card.summary.better) | set(card.summary.worse)
    assert not well & work
    mirrored = card.model_copy(
        update={"summary": card.summary.model_copy(update={"better": card.summary.worse, "worse": card.summary.better})}
    )
    # what is only good, or only bad, changes sides
    swapped = public_page(mirrored)
    assert set(card.summary.better) - set(card.summary.worse) <= set(
        re.findall(r'<li data-of="([^"]+)"', section(swapped, "work"))
    )


def test_an_unwelcome_word_of_the_public_page_has_its_reply_slot() -> None:
    html = public_page(castlewick())
    for found in re.findall(r'<li data-of="[^"]+".*?</li>\n', html, flags=re.DOTALL):
        if re.search(r"\b(worse|widening)\b", found, flags=re.IGNORECASE):
            assert "data-reply" in found


def test_a_partners_page_opens_with_its_own_duties_and_nothing_of_another() -> None:
    card = with_partners(castlewick())
    standings = standings_of([card])
    assert list(standings) == ["CC", "VA"]
    html = partner_page(standings["VA"])
    assert html.index("<section") == html.index('<section aria-labelledby="duties"')
    duties = words_of(section(html, "duties"))
    for text in (
        "Mend VA_q2.csv",
        "Send Early help, 2026/27 Q2",
        "Open a drop-in",
        "53 days late",
        "Sign the agreement",
    ):
        assert text in duties
    assert "The roof fell in." in duties
    assert "Castlewick City Council" not in duties
    nothing = partner_page(standings["CC"])
    assert "Nothing is owed today." in section(nothing, "duties")
    # every partner sees every late promise, with its partner's own words
    assert "The roof fell in." in words_of(section(nothing, "late"))


def test_a_file_that_several_places_wait_for_is_mended_once() -> None:
    card = with_partners(castlewick())
    other = card.model_copy(update={"place": card.place.model_copy(update={"area_code": "E2", "name": "Dunmarsh"})})
    duties = duties_of(tuple(Standing(one, one.partners[1]) for one in (card, other)))
    mends = [duty for duty in duties if duty.heading.startswith("Mend")]
    assert len(mends) == 1
    assert "6 figures of Early help" in mends[0].text


def test_a_partners_page_has_the_values_of_the_place_and_no_score_of_the_partner() -> None:
    card = with_partners(castlewick())
    html = partner_page(standings_of([card])["VA"])
    everywhere = {(one.indicator_id, one.value, one.interval) for one in printed_figures(place_page(card))}
    here = {(one.indicator_id, one.value, one.interval) for one in printed_figures(html)}
    assert {one[0] for one in here} == {"local-01", "20602"}
    assert here <= everywhere
    assert not re.search(r"\b(score|rank|grade)d?\b(?! for| of its)", words_of(html).replace("scorecard", "").lower())


def test_the_page_of_a_measure_tells_where_its_number_is_from() -> None:
    card = castlewick()
    line = (
        card.outcomes[0]
        .local[0]
        .model_copy(
            update={
                "sources": (
                    SourceFile(
                        partner_code="CC",
                        partner="Castlewick City Council",
                        file="hubs.xlsx",
                        sheet="Early help",
                        first_row=2,
                        last_row=181,
                        entry=1839,
                        received_on=RECEIVED,
                    ),
                )
            }
        )
    )
    text = words_of(indicator_page(card, line))
    for said in (
        "Early help in Castlewick: much better than the other places, and improving",
        "hubs.xlsx",
        "Early help, rows 2 to 181",
        "1,839",
        "14 Nov 2026",
        "Definition local-01, version 1",
    ):
        assert said in text
    bare = words_of(indicator_page(card, card.outcomes[0].local[1]))
    assert "No file of a partner is recorded behind it" in bare


@pytest.mark.slow
def test_every_line_has_a_page_of_its_own_with_all_that_the_places_page_says_of_it() -> None:
    for card in (*collection().cards, bare_scorecard()):
        for line in card.lines:
            html = indicator_page(card, line)
            own = {one for one in printed_figures(html) if one.indicator_id == line.indicator_id}
            assert own == {one for one in printed_figures(place_page(card)) if one.indicator_id == line.indicator_id}
            assert line.definition.limits_of_use in words_of(html)
            for reply in line.replies:
                assert reply.text in words_of(html)


def test_the_first_file_of_a_place_is_unsigned_only_while_it_is() -> None:
    card = with_partners(castlewick())
    (standing,) = standings_of([card])["VA"]
    signed = replace(standing, line=standing.line.model_copy(update={"signed_on": RECEIVED}))
    assert [duty for duty in duties_of((signed,)) if duty.heading.startswith("Sign")] == []


# what is agreed, decided or counted, and no partner's own words
AGREED = {"commitments": {"what"}, "decisions": None, "meetings": None, "resources": None, "office_holders": None}


def test_no_log_of_the_example_leaves_unreleased_words_on_a_public_page(example: ExampleRun) -> None:
    pages = {path.stem: words_of(path.read_text(encoding="utf-8")) for path in example.site.glob("public/*.html")}
    assert len(pages) == 4
    everything = " ".join(pages.values())
    kept_back: list[str] = []
    let_out: list[str] = []
    for log in sorted(bundled_folder("examples", "eastvale").glob("agreements/*/*.csv")):
        agreed = AGREED.get(log.stem, set())
        if agreed is None:
            continue
        with log.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                texts = [text for name, text in row.items() if name not in agreed and text and len(text) > 30]
                (let_out if row.get("released_on") else kept_back).extend(texts)
    assert len(kept_back) > 30
    assert [text for text in kept_back if " ".join(text.split()) in everything] == []
    assert sum(" ".join(text.split()) in everything for text in let_out) > 3
