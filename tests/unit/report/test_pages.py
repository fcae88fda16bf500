"""A page prints everything that its scorecard says: values, intervals, words, reasons, replies, promises, versions."""

import gzip
import re
from html.parser import HTMLParser
from itertools import pairwise
from time import perf_counter

import pytest

from outcomes.report.formatting import date_text
from outcomes.report.pages import overview_page, place_page
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import Comparison, Scorecard
from outcomes.vocabulary import Reason, Tier, Word
from outcomes.workflows.example import ExampleRun
from tests.report_cards import (
    bare_scorecard,
    castlewick,
    collection,
    line,
    neighbourhoods,
    rising,
    scorecard,
    start_well,
)

VOID = {"meta", "br", "col", "input", "img", "link", "hr"}


class Page(HTMLParser):
    """Reads a page: its text, its tags, and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.pieces.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.pieces))

    def attributes(self, name: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return castlewick()


@pytest.fixture(scope="module")
def page(card: Scorecard) -> Page:
    return Page(place_page(card))


@pytest.fixture(scope="module")
def overview() -> Page:
    cards = collection()
    return Page(overview_page(cards.cards, title=cards.title))


def test_every_element_is_closed(page: Page, overview: Page) -> None:
    assert (page.faults, page.open, overview.faults, overview.open) == ([], [], [], [])


def test_every_id_is_given_once_and_every_jump_arrives(page: Page, overview: Page) -> None:
    for one in (page, overview):
        ids = one.attributes("id")
        assert len(ids) == len(set(ids))
        inside = {href[1:] for href in one.attributes("href") if href.startswith("#")}
        assert inside <= set(ids)
        labelled = {name for names in one.attributes("aria-labelledby") for name in names.split()}
        assert labelled <= set(ids)


def test_headings_go_down_one_level_at_a_time(page: Page, overview: Page) -> None:
    for one in (page, overview):
        levels = [int(tag[1]) for tag, _ in one.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_value_stands_with_its_interval_and_its_period(page: Page) -> None:
    assert re.search(r"66\.3% ?63\.6 to 69\.0 ?2026", page.text)
    assert re.search(r"2,268 ?per 100,000 ?2,147 to 2,388 ?2023/24 to 2025/26", page.text)


@pytest.mark.parametrize("reason", Reason)
def test_every_missing_value_says_its_reason_in_words(page: Page, reason: Reason) -> None:
    assert sentence_case(reason.value) in page.text
    assert sentence_case(say(f"reason_{reason.value}")) in page.text


def test_no_cell_is_empty_a_dash_or_a_number_that_is_none(page: Page, overview: Page, card: Scorecard) -> None:
    for html in (place_page(card), overview_page(collection().cards, title="x")):
        assert re.findall(r"<t[dh][^>]*>\s*(?:-|–|—|0%|nan|None|inf|n/a)?\s*</t[dh]>", html, flags=re.IGNORECASE) == []
    words = set(page.text.split()) | set(overview.text.split())
    assert {"nan", "inf", "NaN", "nan%"} & words == set()
    assert not re.search(r"\bFalse\b|\bTrue\b|\bWord\.|\bReason\.", page.text + overview.text)


def test_a_nought_is_shown_as_a_nought(page: Page) -> None:
    assert re.search(r"Never events reported by all providers of the place .{0,220}? 0 0 to 0 2025/26", page.text)


def test_local_stands_before_national_in_equal_tiers(page: Page) -> None:
    assert page.text.index("Agreed locally 3 measures") < page.text.index("Asked nationally 3 measures")
    assert page.text.index("Everyday measures") > page.text.index("Fair chances")


def test_the_chance_sentence_is_said(page: Page, overview: Page) -> None:
    assert (
        "Of the 7 measures that have a comparison, 6 differ at the 95% level. Chance alone would give less than 1."
        in page.text
    )
    assert "Of the 28 comparisons, 24 differ at the 95% level. Chance alone would give about 1." in overview.text


def _row_of(html: str, indicator: str) -> str:
    start = html.index(f'id="m-{indicator}"')
    return html[start : html.index('<tr class="more', start)]


def test_nothing_unwelcome_stands_without_its_reply_slot(card: Scorecard) -> None:
    html = place_page(card)
    bad = {Word.WORSE, Word.MUCH_WORSE, Word.GETTING_WORSE, Word.NOT_MET, Word.OFF_TRACK}
    seen = 0
    for one in card.lines:
        words = {comparison.word for comparison in one.comparisons} | {one.trend.word}
        words |= {target.word for target in one.targets}
        words |= {part.comparison.word for part in one.parts if part.comparison}
        row = _row_of(html, one.indicator_id)
        has_slot = 'class="reply-in empty"' in row
        assert has_slot == bool(words & bad and not one.replies)
        assert row.count('class="reply-in"') == len(one.replies)
        seen += has_slot
    assert seen >= 2


def test_a_welcome_line_has_no_slot() -> None:
    good = line("good", "Good", "Good", trend=rising(), comparisons=(Comparison(word=Word.BETTER),))
    section = start_well().model_copy(update={"local": (good,), "national": ()})
    assert "reply-in" not in _row_of(place_page(scorecard(outcomes=(section,), operational=())), "good")


def test_a_worse_part_calls_for_a_reply_too() -> None:
    part = line("part", "Part", "Part", parts=neighbourhoods(66.0, 2.0))
    section = start_well().model_copy(update={"local": (part,), "national": ()})
    assert 'class="reply-in empty"' in _row_of(place_page(scorecard(outcomes=(section,), operational=())), "part")


def test_the_overview_says_no_worse_without_a_reply_or_a_note_that_there_is_none() -> None:
    html = overview_page(collection().cards, title="x")
    minis = re.findall(r'<div class="mini"[^>]*>(.*?)</div></td>', html, flags=re.DOTALL)
    unwelcome = [mini for mini in minis if 'class="mw bad"' in mini]
    assert len(unwelcome) >= 8
    assert all("Reply " in mini or "No reply recorded" in mini for mini in unwelcome)


def test_promises_returns_agreement_and_profile_are_all_there(page: Page, card: Scorecard) -> None:
    for promise in card.commitments:
        assert promise.what in page.text
        assert date_text(promise.due, short=True) in page.text
    for returned in card.returns:
        assert returned.partner in page.text
    for profile_line in card.profile:
        assert profile_line.sentence in page.text
    assert "Not signed" in page.text
    assert "signed by 3 of 4 partners" in page.text


def test_the_footer_names_what_the_page_was_made_from(page: Page) -> None:
    assert "record entry 1,847" in page.text
    assert "7F3A-92C1-0B6E-D4A8" in page.text
    assert "HES disclosure control, 2018" in page.text
    assert "Open Government Licence v3.0" in page.text


def test_a_draft_says_so_and_why_and_bears_its_mark_on_every_printed_page(card: Scorecard) -> None:
    html = place_page(card)
    assert re.search(r'<svg class="watermark"[^>]*><text[^>]*>Draft</text>', html)
    assert "Primary care has not signed the agreement of Castlewick." in html
    assert re.search(r"@media print\{.*\.watermark\{display:block", html, flags=re.DOTALL)


def test_a_working_copy_bears_its_mark_and_warning_and_says_nothing_of_protected_numbers() -> None:
    html = place_page(scorecard(product="working copy", draft_reasons=()))
    assert '<body class="is-working-copy">' in html
    assert re.search(r'<svg class="watermark"[^>]*><text[^>]*>Working copy</text>', html)
    assert "do not publish it" in html
    assert "printed numbers come from the protected ones" not in html


def test_an_overview_with_one_working_copy_is_a_working_copy() -> None:
    cards = (castlewick(), scorecard("E2", "Other", product="working copy"))
    assert '<body class="is-working-copy">' in overview_page(cards, title="x")


def test_only_an_invented_place_is_called_fictional(card: Scorecard) -> None:
    assert "Fictional." in place_page(card)
    assert 'class="strip fiction"' not in place_page(card.model_copy(update={"is_fictional": False}))


def test_a_signal_that_no_line_has_is_said_once_and_has_no_column(page: Page) -> None:
    assert page.text.count("Special cause is not asked: no method is named.") == 1
    assert page.text.count("It is not collected by deprivation.") == 1


def test_a_signal_that_differs_from_line_to_line_has_its_column(card: Scorecard) -> None:
    first = card.outcomes[0].local[0].model_copy(update={"inequality": None})
    other = card.outcomes[0].local[1]
    assert other.inequality is not None
    other = other.model_copy(
        update={"inequality": other.inequality.model_copy(update={"because": "Postcodes are missing."})}
    )
    section = card.outcomes[0].model_copy(update={"local": (first, other)})
    html = place_page(card.model_copy(update={"outcomes": (section,)}))
    assert 'class="lines of-8"' in html
    assert "Postcodes are missing." in html


def test_a_page_of_which_nothing_is_known_still_says_so() -> None:
    page = Page(place_page(bare_scorecard()))
    for text in (
        "No agreement is recorded",
        "No measure is on this page yet",
        "No promise is recorded",
        "No record of returns",
    ):
        assert text in page.text
    assert page.faults == []


def test_every_word_on_the_page_has_its_meaning_there(page: Page, card: Scorecard) -> None:
    for one in card.lines:
        assert f"{sentence_case(one.trend.word.value)} " in page.text
    meanings = page.text[page.text.index("What the words mean") :]
    used = {comparison.word for one in card.lines for comparison in one.comparisons} | {
        one.trend.word for one in card.lines
    }
    assert all(sentence_case(word.value) in meanings for word in used)


def test_places_stand_in_alphabetical_order_and_nothing_is_ranked() -> None:
    shuffled = tuple(reversed(collection().cards))
    html = overview_page(shuffled, title="x")
    assert html == overview_page(collection().cards, title="x")
    names = [card.place.name for card in collection().cards]
    heads = re.findall(r'<th scope="col"><a href="places/[^"]*">([^<]*)</a>', html)
    assert heads[: len(names)] == sorted(names)
    assert not re.search(r"\brank(ed|s)?\b(?! and)|\bbest\b|\bscore of\b", html.lower().replace("no ranking", ""))


def test_more_places_than_a_table_holds_stand_in_further_tables() -> None:
    cards = tuple(scorecard(f"E{n}", f"Place {chr(65 + n)}") for n in range(9))
    html = overview_page(cards, title="x")
    tables = re.findall(r'<table class="grid4 of-(\d)"', html)
    assert tables == ["3", "3", "3", "3", "3", "3"]


def test_the_overview_opens_with_the_words_of_the_partnership() -> None:
    cards = collection().cards
    plain, told = (overview_page(cards, title="x", introduction=text) for text in ("", "Fewer falls & more help."))
    words = '<p class="lede measure">Fewer falls &amp; more help.</p>\n'
    assert words not in plain
    assert told.replace(words, "") == plain
    assert told.index("</h1>") < told.index(words) < told.index('<ul class="stamp">')


def test_the_overview_without_a_card_says_so() -> None:
    page = Page(overview_page((), title="Nobody yet"))
    assert "No scorecard was made" in page.text
    assert page.faults == []


def test_operational_measures_are_not_counted_among_the_measures(page: Page, card: Scorecard) -> None:
    assert any(one.tier is Tier.OPERATIONAL for one in card.lines)
    assert "19 measures: 11 local and 8 national." in page.text


def test_the_same_card_gives_the_same_bytes(card: Scorecard) -> None:
    again = Scorecard.model_validate_json(card.model_dump_json())
    assert place_page(card) == place_page(again)


def test_a_place_page_is_small_and_quickly_made(card: Scorecard) -> None:
    html = place_page(card)
    assert len(gzip.compress(html.encode(), 9)) <= 50 * 1024
    best = min(_seconds(card) for _ in range(5))
    # five times the aim of 20 ms, so that a busy machine does not fail it; the benchmark holds the aim
    assert best < 0.1


def test_every_page_of_the_example_is_within_its_size(example: ExampleRun) -> None:
    pages = sorted(example.site.glob("places/*.html"))
    assert len(pages) == 4
    for folder in ("places", "national", "public", "partners", "indicators/*"):
        written = sorted(example.site.glob(f"{folder}/*.html"))
        assert len(written) >= 4
        sizes = {page.stem: len(gzip.compress(page.read_bytes(), 9)) for page in written}
        assert max(sizes.values()) <= 50 * 1024, sizes


def _seconds(card: Scorecard) -> float:
    start = perf_counter()
    place_page(card)
    return perf_counter() - start
