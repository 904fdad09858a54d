from collections.abc import Mapping

from service.text.reading import Sent
from service.text.segment import Segmenter
from service.text.terms import KINDS, Recipe
from training import terms
from training.terms import document, parts

CHINESE = Recipe(("words", "characters", "pairs"), 3)


def extract(title: str, text: str, recipe: Recipe) -> Mapping[str, list[str]]:
    [extracted] = terms.extract([Sent(title, text)], Segmenter(), recipe)
    return extracted


def test_the_chinese_kinds_of_terms() -> None:
    expected = {"words": ["民警", "社区"], "characters": list("民警进社区"), "pairs": ["民警", "社区"]}
    assert extract("", "民警 进2社区!", CHINESE) == expected


def test_the_headline_counts_as_often_as_asked() -> None:
    assert extract("民警走访社区", "民警", CHINESE)["words"] == ["民警", "走访", "社区"] * 3 + ["民警"]


def test_no_pair_spans_headline_and_text() -> None:
    extracted = extract("民警进入", "社区讲课", Recipe(("pairs", "word_pairs"), 1))
    assert extracted == {
        "pairs": ["民警", "警进", "进入", "社区", "区讲", "讲课"],
        "word_pairs": ["民警_进入", "社区_讲课"],
    }


def test_each_article_has_its_own_terms() -> None:
    sent = [Sent("民警进社区", ""), Sent("Hello", ""), Sent("", "民警进社区!")] * 100
    extracted = list(terms.extract(sent, Segmenter(), CHINESE))
    assert extracted == [extract(title, text, CHINESE) for title, text, _ in sent[:3]] * 100


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


def test_a_term_falls_apart_into_its_units() -> None:
    assert parts("words", "民警") == ("民警",)
    assert parts("word_pairs", "民警_社区") == ("民警", "社区")
    assert parts("sign_pairs", "␂_") == ("␂", "_")
