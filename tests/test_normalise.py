import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.normalise import normalise


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
