from service.text.segment import Segmenter
from service.text.terms import Terms, document, extract

SEGMENTER = Segmenter()


def test_the_three_kinds_of_terms() -> None:
    assert extract("", "民警 进2社区!", SEGMENTER, 3) == Terms(["民警", "社区"], list("民警进社区"), ["民警", "社区"])


def test_the_headline_counts_as_often_as_asked() -> None:
    terms = extract("民警", "民警", SEGMENTER, 3)
    assert terms.words == ["民警"] * 4


def test_no_pair_spans_headline_and_text() -> None:
    assert "警社" not in extract("民警", "社区", SEGMENTER, 1).pairs


def test_text_without_chinese_has_no_terms() -> None:
    assert extract("Hello", "print(42) // €", SEGMENTER, 3) == Terms([], [], [])


def test_a_document_falls_apart_again_at_its_spaces() -> None:
    assert document(["民警", "社区"]).split() == ["民警", "社区"]
