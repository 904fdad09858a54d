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


@pytest.mark.parametrize("piece", ["<!--", "<script>", "<a ", "<a href='", "&", "&#", "</", "<![CDATA["])
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    def seconds(copies: int) -> float:
        started = time.perf_counter()
        strip_html(piece * copies)
        return time.perf_counter() - started

    seconds(1000)
    assert seconds(160_000) < 64 * max(seconds(20_000), 0.002)  # quadratic would be 64 times, linear 8
