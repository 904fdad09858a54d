import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.text.fold import simplify
from service.text.line import continued, is_unbroken, lines
from service.text.normalise import SENTENCE, normalise, normalise_aligned
from service.text.repetition import may_repeat, texts_that_may_repeat


@pytest.mark.parametrize("lines", ["\n\n", "\r\n", "\n　　\n"])
def test_a_line_broken_inside_a_sentence_is_rejoined(lines: str) -> None:
    broken = f"民警走访群众,组建巡逻队伍10支、县区级志愿服务{lines}分队39支。\n第二段。"
    assert "志愿服务分队39支" in normalise(broken)


def test_paragraphs_and_headings_stay_apart() -> None:
    assert normalise("第一段话说完了。\n落实责任\n第二段话说完了。").split("\n") == [
        "第一段话说完了。",
        "落实责任",
        "第二段话说完了。",
    ]


def test_all_spellings_give_one_form() -> None:
    assert normalise("臺灣遊客１２０名") == "台湾游客120名"


@given(st.text())
def test_nothing_but_invisible_characters_and_breaks_is_dropped(text: str) -> None:
    kept = "".join(normalise(text).split())
    assert len(kept) <= len(text)
    assert normalise(normalise(text)).split() == normalise(text).split() or "\n" in text


LINES = st.lists(
    st.sampled_from(
        ["民警走访群众", "第二句。", "。", "”", "\n", "　　", ",", "A。", "\u200b", "\r", "\v", "\x85", "字" * 46]
    ),
    max_size=24,
)


@example("第二句。\v第二句。")
@given(LINES.map("".join))
def test_what_is_told_quickly_is_true(text: str) -> None:
    simplified = simplify(text)
    if is_unbroken(simplified):
        assert not any(continued(lines(simplified)))
    sentences = [found[0].replace("\0", "").strip() for found in SENTENCE.finditer(simplified)]
    bodies = [sentence for sentence in sentences if sentence.strip("。!?;…\n”』」) \u3000\r")]
    if not texts_that_may_repeat(f"前{simplified}", [1, 1 + len(simplified)]) & {1}:
        assert len(set(bodies)) == len(bodies)
    if not may_repeat(simplified) and "\0" not in simplified:
        assert len(set(bodies)) == len(bodies)


@given(st.lists(LINES.map("".join), max_size=5))
def test_many_texts_are_normalised_as_each_alone(texts: list[str]) -> None:
    assert [text.replace("\0", "") for text in normalise_aligned(texts)] == [normalise(text) for text in texts]


@pytest.mark.parametrize("sentence", ["民警走访群众。", "“平安”在【社区】!", "A股大涨;"])
def test_a_sentence_said_twice_is_said_once(sentence: str) -> None:
    assert normalise(f"{sentence}第二句。\n{sentence}") == f"{sentence}第二句。\n"
