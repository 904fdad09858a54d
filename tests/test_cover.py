import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.cover import cover
from service.text.fold import simplify
from service.text.normalise import normalise
from service.text.reading import Reading
from service.text.segment import Segmenter
from service.text.terms import KINDS, Kind, Recipe, extract

SEGMENTER = Segmenter(["反诈中心"])
NEWS = "民警 走进A股B公司,\n宣传反诈!İ 𠀀𠀁社区"
texts = st.one_of(st.just(NEWS), st.text(), st.lists(st.sampled_from([*NEWS, "反诈中心", "\u3000"])).map("".join))


@pytest.mark.parametrize("kind", KINDS)
@given(text=texts)
def test_every_term_covers_its_characters(kind: Kind, text: str) -> None:
    reading = Reading(text, SEGMENTER)
    terms = extract(Reading("", SEGMENTER), reading, Recipe((kind,), 1))[kind]
    places, sizes = (of.tolist() for of in cover(kind, reading))
    assert len(sizes) == len(terms)
    for term, size in zip(terms, sizes, strict=True):
        covered, places = "".join(reading.text[place] for place in places[:size]), places[size:]
        signs = "".join("␣" if c.isspace() else c.replace("İ", "I").lower() for c in covered)
        assert term.strip("␂␃") == signs if "sign" in kind or kind == "tokens" else term.replace("_", "") == covered
    assert places == []


@given(texts)
def test_places_refer_to_the_text_as_sent(text: str) -> None:
    reading = Reading(text, SEGMENTER)
    assert reading.text == normalise(text)
    assert reading.places == sorted(set(reading.places))
    assert all(simplify(text[place]) == read for place, read in zip(reading.places, reading.text, strict=True))


def test_places_in_markup() -> None:
    sent = "<p>民<b>警</b>臺&lt;灣</p>"
    reading = Reading(sent, SEGMENTER, html=True)
    assert reading.text.strip() == "民警台<湾"
    at = {character: sent[place] for character, place in zip(reading.text, reading.places, strict=True)}
    assert (at["民"], at["警"], at["台"], at["<"], at["湾"]) == ("民", "警", "臺", "&", "灣")


def test_an_entity_is_underlined_whole() -> None:
    sent = "<b>&#27665;&#35686;</b>走进 R&amp;D 社区&nosuch;"
    reading = Reading(sent, SEGMENTER, html=True)
    for word, printed in (("民警", "&#27665;&#35686;"), ("走进", "走进"), ("&D", "&amp;D"), ("&n", "&n")):
        start = reading.text.index(word)
        begins, ends = reading.place(start, start + len(word))
        assert sent[begins:ends] == printed


def test_places_across_a_broken_line() -> None:
    sent = "民警走访群众,组建巡逻队伍10支、县区级志愿服务\n分队39支。\n第二段。"
    reading = Reading(sent, SEGMENTER)
    start = reading.text.index("志愿服务分队")
    assert [sent[place] for place in reading.places[start : start + 6]] == list("志愿服务分队")
