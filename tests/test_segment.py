import json
import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from service.text.segment import Segmenter
from service.text.words import read_words
from tests.conftest import SEEDS

WORDS = read_words(SEEDS / "words.txt")
FAST, REFERENCE = Segmenter(WORDS), Segmenter(WORDS, engine="jieba")


def test_both_engines_cut_real_sentences_alike() -> None:
    sentences = [
        sentence
        for file in (SEEDS / "articles").glob("*.jsonl")
        for row in file.read_text("utf-8").splitlines()
        for sentence in re.split(r"(?<=[。！？\n])", json.loads(row)["text"])
    ]
    assert len(sentences) > 5000
    assert [s for s in sentences if FAST.cut(s) != REFERENCE.cut(s)] == []


pieces = st.one_of(
    st.sampled_from(WORDS), st.text(max_size=5), st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF))
)


@settings(max_examples=1000)
@given(st.lists(pieces, max_size=12).map("".join))
def test_both_engines_cut_any_text_alike_and_lose_nothing(text: str) -> None:
    words = FAST.cut(text)
    assert words == REFERENCE.cut(text)
    assert "".join(words) == text


def test_a_newsrooms_word_is_kept_whole() -> None:
    assert "反诈" not in Segmenter().cut("民警开展反诈宣传")
    assert "反诈" in FAST.cut("民警开展反诈宣传")


def test_rare_characters_take_no_quadratic_time() -> None:
    started = time.perf_counter()
    assert len(FAST.cut("龘" * 100_000)) == 100_000
    assert time.perf_counter() - started < 5  # 14 seconds with the HMM on, 0.03 without
