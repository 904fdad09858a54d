from collections.abc import Mapping

from service.text import terms
from service.text.reading import Reading
from service.text.segment import Segmenter
from service.text.terms import KINDS, Recipe, document

SEGMENTER = Segmenter()
CHINESE = Recipe(("words", "characters", "pairs"), 3)


def extract(title: str, text: str, recipe: Recipe) -> Mapping[str, list[str]]:
    return terms.extract(Reading(title, SEGMENTER), Reading(text, SEGMENTER), recipe)


def test_the_chinese_kinds_of_terms() -> None:
    expected = {"words": ["民警", "社区"], "characters": list("民警进社区"), "pairs": ["民警", "社区"]}
    assert extract("", "民警 进2社区!", CHINESE) == expected


def test_the_headline_counts_as_often_as_asked() -> None:
    assert extract("民警", "民警", CHINESE)["words"] == ["民警"] * 4


def test_no_pair_spans_headline_and_text() -> None:
    assert "警社" not in extract("民警", "社区", CHINESE)["pairs"]


def test_text_without_chinese_has_no_terms() -> None:
    assert not any(extract("Hello", "print(42) // €", CHINESE).values())


def test_the_kinds_that_keep_everything() -> None:
    recipe = Recipe(("tokens", "signs", "sign_pairs", "word_pairs"), 1)
    assert extract("", "民警进 A股社区!", recipe) == {
        "tokens": ["民警", "进", "␣", "a", "股", "社区", "!"],
        "signs": list("民警进␣a股社区!"),
        "sign_pairs": ["␂民", "民警", "警进", "进␣", "␣a", "a股", "股社", "社区", "区!", "!␃"],
        "word_pairs": ["民警_社区"],
    }


def test_every_kind_can_be_extracted() -> None:
    assert set(extract("民警", "民警走访社区", Recipe(KINDS, 1))) == set(KINDS)


def test_a_document_falls_apart_again_at_its_spaces() -> None:
    assert document(["民警", "社区"]).split() == ["民警", "社区"]
