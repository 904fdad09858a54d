import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.fold import VOID
from service.text.html import strip_html
from service.text.normalise import normalise


def test_markup_goes_and_words_stay_whole() -> None:
    page = (
        "<p>民警<b>反</b>诈&ldquo;进&rdquo;校园</p>"
        "<script>var 病毒;</script><!-- 注释 --><style>p{}</style><br/>游客&nbsp;平安"
    )
    assert normalise(page, html=True).split() == ["民警反诈“进”校园", "游客", "平安"]


def test_without_asking_markup_is_text() -> None:
    assert normalise("3 < 5 且 <b>7") == "3 < 5 且 <b>7"


@given(st.text(alphabet="<>/!-&;#x0ab民 \n\"'=script"))
def test_no_character_moves(markup: str) -> None:
    assert len(strip_html(markup)) == len(markup)


def test_an_entity_stands_where_it_began() -> None:
    assert strip_html("a&#27665;b") == "a民" + VOID * 7 + "b"


OPEN = ["<!--", "<script>", "<script ", "<a ", "<a href='", "&", "&#", "&a", "</", "<![CDATA[", "<"]


@pytest.mark.parametrize("markup", [*(piece * 100_000 for piece in OPEN), "<" + "a" * 300_000, "</" + "b" * 300_000])
def test_hostile_markup_takes_linear_time(markup: str) -> None:
    started = time.perf_counter()
    strip_html(markup)
    assert time.perf_counter() - started < 3  # a quadratic pattern takes from half a minute to hours
