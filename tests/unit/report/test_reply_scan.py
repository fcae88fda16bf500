"""The reader of pages finds a word without its reply, wherever it stands, and nothing else."""

import pytest

from tests.reply_scan import words_alone


@pytest.mark.parametrize(
    "html",
    [
        "<p>Worse than England</p>",
        '<p data-of="a">Worse than England</p>',
        '<p data-of="a">Worse</p><p data-of="b"><span data-reply>No reply recorded</span></p>',
        '<p data-of="a">Worse<span data-reply> </span></p>',
        '<svg data-of="a" aria-label="Smoking: getting worse"></svg>',
        '<p data-words="counted">3 worse</p><p data-reply>2 have a reply</p>',
        '<p title="Off track">x</p>',
        "<li>Widening</li>",
        "<b>improving, unequally</b>",
        '<p data-words="named">Not met</p>',
    ],
)
def test_a_word_alone_is_found(html: str) -> None:
    assert len(words_alone(html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p>Better than England</p>",
        '<p data-of="a">Worse<span data-reply>No reply recorded</span></p>',
        '<tr data-of="a"><td>Worse<td></tr><tr data-of="a"><td><br><div data-reply>Reply 9 Nov 2026</div></td></tr>',
        '<div data-words="counted">3 worse <span data-reply>2 have a reply</span></div>',
        '<dl data-words="explained"><dt>Much worse</dt></dl>',
        '<p data-words="said">It could not be worse.</p><q>off track</q>',
        "<style>.worse{}</style><p>worsen</p>",
    ],
)
def test_a_word_with_its_place_and_a_word_that_judges_nothing_are_not(html: str) -> None:
    assert words_alone(html) == []


def test_the_name_of_a_measure_judges_nothing() -> None:
    page = "<p>Help before things get worse</p>"
    assert words_alone(page) != []
    assert words_alone(page, ["Help before things get worse"]) == []
    assert words_alone("<p>Help before things get worse: worse</p>", ["Help before things get worse"]) != []
