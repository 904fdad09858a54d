import pytest

from service.model.model import Model
from service.text.reading import Sent

TITLE = "民警進校園講反詐"
TEXT = "5月6日,派出所民警走进中学,用身边的案例给学生讲怎样识\n破骗局。\n银行员工也来到现场,志愿者发放了资料。"
POLICE = "public_security"


@pytest.mark.parametrize("html", [False, True])
@pytest.mark.parametrize(
    ("title", "text"),
    [
        (TITLE, TEXT),
        ("", TEXT),
        (TITLE, "无"),
        ("", "景区"),
        ("", "print(1)"),
        ("民警" * 50, "<p>游客&amp;民警</p>" * 3),
    ],
)
def test_contributions_sum_to_the_linear_score(model: Model, title: str, text: str, html: bool) -> None:
    article = model.read(Sent(title, text, html))
    [linear] = model.scorer.linear(article.found)
    for column, (answer, found) in enumerate(model.explain(article, model.answers).items()):
        assert answer == model.answers[column]
        assert found.others == 0
        assert found.linear == linear[column]
        assert found.intercept + sum(word.weight for word in found.terms) == pytest.approx(found.linear, abs=1e-9)


def test_what_is_not_listed_is_told_as_a_sum(model: Model) -> None:
    article = model.read(Sent(TITLE, TEXT))
    [whole], [short] = (model.explain(article, [POLICE], words=n).values() for n in (None, 3))
    assert short.terms == whole.terms[:3]
    assert short.others == pytest.approx(sum(word.weight for word in whole.terms[3:]))
    weights = [abs(word.weight) for word in whole.terms]
    assert weights == sorted(weights, reverse=True)


def test_words_stand_where_the_reader_finds_them(model: Model) -> None:
    article = model.read(Sent(TITLE, TEXT))
    [found] = model.explain(article, [POLICE]).values()
    sent = {"title": TITLE, "text": TEXT}
    by_term = {(word.field, word.term): word for word in found.terms}
    for word in found.terms:
        if "\n" not in (printed := sent[word.field][word.start : word.end]):
            assert len(printed) == len(word.term)
    fraud = by_term["title", "反诈"]
    assert (TITLE[fraud.start : fraud.end], fraud.weight > 1) == ("反詐", True)
    assert any(word.term == "派出所民警" for word in found.terms), "strong neighbours are underlined as one"
    assert any(word.weight < 0 for word in found.terms)


def test_markup_is_stepped_over(model: Model) -> None:
    sent = "<p>派出<b>所</b>民警走进中学,讲怎样识破骗局。</p>"
    [found] = model.explain(model.read(Sent("", sent, True)), [POLICE]).values()
    [station] = [word for word in found.terms if word.term.startswith("派出所")]
    assert sent[station.start :].startswith("派出<b>所</b>")


def test_the_sentences_that_carry_most(model: Model) -> None:
    [found] = model.explain(model.read(Sent("", TEXT)), ["banking_welfare"]).values()
    assert TEXT[found.sentences[0].start : found.sentences[0].end].startswith("银行员工")
    assert all(sentence.weight > 0 for sentence in found.sentences)


def test_no_text_no_evidence(model: Model) -> None:
    [found] = model.explain(model.read(Sent("", "Hello 公安 world, this is English.")), [POLICE]).values()
    assert (found.terms, found.sentences, found.linear) == ([], [], found.intercept)
