import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.fold import simplify
from service.text.normalise import normalise
from service.text.reading import Reading, Sent
from service.text.script import Unit, is_word
from service.text.segment import Segmenter
from service.text.terms import script_of

SEGMENTER = Segmenter(["反诈中心"])
NEWS = "民警 走进A股B公司,\n宣传反诈!İ 𠀀𠀁社区"
texts = st.one_of(st.just(NEWS), st.text(), st.lists(st.sampled_from([*NEWS, "反诈中心", "\u3000"])).map("".join))
articles = st.lists(st.builds(Sent, texts, texts, st.booleans()), max_size=4)


def read(text: str, *, html: bool = False) -> Reading:
    return Reading([Sent("民警走进学校社区" * 7, text, html)], SEGMENTER)


def starts(reading: Reading, text: str) -> int:
    return reading.script.text.index(text, reading.script.text.index("\0", 1))


@given(articles)
def test_reading_many_is_reading_each(sent: list[Sent]) -> None:
    whole = Reading(sent, SEGMENTER)
    each = [Reading([article], SEGMENTER) for article in sent]
    assert whole.script.text == "\0" + "".join(one.script.text[1:] for one in each) if sent else "\0"
    alone = [token for one in each for token in one.script.tokens if token != "\0"]
    assert [token for token in whole.script.tokens if token != "\0"] == alone


@pytest.mark.parametrize("unit", ["word", "token", "han", "sign", "edged_sign"])
@given(sent=articles)
def test_units_stand_in_their_text_in_order(unit: Unit, sent: list[Sent]) -> None:
    reading = Reading(sent, SEGMENTER)
    script = script_of(reading, unit)
    units = script.units(unit)
    assert len({len(column) for column in units}) == 1
    assert (units.starts[1:] > units.starts[:-1]).all()
    assert not units.follows[:1].any()
    for start, size, text, _ in zip(*(column.tolist() for column in units), strict=True):
        assert "\0" not in script.text[start : start + size]
        assert script.text[:start].count("\0") == text + (script.text[start] != "\0")


@given(texts)
def test_words_are_the_tokens_that_are_words(text: str) -> None:
    script = read(text).script
    starts, sizes, *_ = (column.tolist() for column in script.units("word"))
    assert [script.text[start : start + size] for start, size in zip(starts, sizes, strict=True)] == [
        token for token in script.tokens if is_word(token)
    ]


@given(texts)
def test_signs_stand_where_their_characters_do(text: str) -> None:
    reading = read(text)
    for sign, place in zip(reading.signs.text, reading.sign_places.tolist(), strict=True):
        printed = reading.script.text[place]
        assert sign == ("␣" if printed.isspace() else printed.replace("İ", "I").lower())


@given(texts)
def test_places_refer_to_the_text_as_sent(text: str) -> None:
    reading = read(text)
    start = starts(reading, "\0") + 1
    normalised = reading.script.text[start:-1]
    assert normalised == normalise(text)
    places = [reading.place(start + i, start + i + 1) for i in range(len(normalised))]
    assert [place.start for place in places] == sorted({place.start for place in places})
    assert all(place.field == "text" for place in places)
    assert all(simplify(text[place.start]) == sign for place, sign in zip(places, normalised, strict=True))


def test_places_in_markup() -> None:
    sent = "<p>民<b>警</b>臺&lt;灣</p>"
    reading = read(sent, html=True)
    for sign, printed in (("民", "民"), ("警", "警"), ("台", "臺"), ("<", "&"), ("湾", "灣")):
        start = starts(reading, sign)
        assert sent[reading.place(start, start + 1).start] == printed


def test_an_entity_is_underlined_whole() -> None:
    sent = "<b>&#27665;&#35686;</b>走进 R&amp;D 社区&nosuch;"
    reading = read(sent, html=True)
    for word, printed in (("民警", "&#27665;&#35686;"), ("走进", "走进"), ("&D", "&amp;D"), ("&n", "&n")):
        start = starts(reading, word)
        _, begins, ends = reading.place(start, start + len(word))
        assert sent[begins:ends] == printed


def test_places_across_a_broken_line() -> None:
    sent = "民警走访群众,组建巡逻队伍10支、县区级志愿服务\n分队39支。\n第二段。"
    reading = read(sent)
    start = starts(reading, "志愿服务分队")
    printed = [sent[reading.place(place, place + 1).start] for place in range(start, start + 6)]
    assert printed == list("志愿服务分队")


def test_an_article_that_is_not_chinese_leaves_the_others() -> None:
    chinese = Sent("民警走进社区", "民警走进社区讲反诈。")
    reading = Reading([chinese, Sent("Police", "公安 and nothing else that is Chinese"), chinese], SEGMENTER)
    assert reading.script.text == "\0".join(["", *chinese[:2], "", "", *chinese[:2], ""])
