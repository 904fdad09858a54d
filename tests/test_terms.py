from service.text.segment import Segmenter
from service.text.terms import KINDS, Recipe, document, extract

SEGMENTER = Segmenter()
CHINESE = Recipe(("words", "characters", "pairs"), 3)


def test_the_chinese_kinds_of_terms() -> None:
    terms = {"words": ["民警", "社区"], "characters": list("民警进社区"), "pairs": ["民警", "社区"]}
    assert extract("", "民警 进2社区!", SEGMENTER, CHINESE) == terms


def test_the_headline_counts_as_often_as_asked() -> None:
    terms = extract("民警", "民警", SEGMENTER, CHINESE)
    assert terms["words"] == ["民警"] * 4


def test_no_pair_spans_headline_and_text() -> None:
    assert "警社" not in extract("民警", "社区", SEGMENTER, CHINESE)["pairs"]


def test_text_without_chinese_has_no_terms() -> None:
    assert not any(extract("Hello", "print(42) // €", SEGMENTER, CHINESE).values())


def test_the_kinds_that_keep_everything() -> None:
    recipe = Recipe(("tokens", "signs", "sign_pairs", "word_pairs"), 1)
    assert extract("", "民警进 A股社区!", SEGMENTER, recipe) == {
        "tokens": ["民警", "进", "a", "股", "社区", "!"],
        "signs": list("民警进a股社区!"),
        "sign_pairs": ["民警", "警进", "a股", "股社", "社区", "区!"],
        "word_pairs": ["民警_社区"],
    }


def test_every_kind_can_be_extracted() -> None:
    assert set(extract("民警", "民警走访社区", SEGMENTER, Recipe(KINDS, 1))) == set(KINDS)


def test_a_document_falls_apart_again_at_its_spaces() -> None:
    assert document(["民警", "社区"]).split() == ["民警", "社区"]
