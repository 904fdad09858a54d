"""What the API is asked of articles, answered as plain data: nothing here knows of HTTP."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from service.api import answers, schemas
from service.api.bodies import check_text, check_thresholds, checked
from service.api.errors import Problem
from service.model.model import Model, as_sent
from service.text.decode import is_blank
from service.text.headline import headline_span
from service.text.html import strip_html
from service.text.page import split_page
from service.text.reading import FieldName, Sent

LISTED_WORDS = 30
LISTED_SENTENCES = 3


class Asked(NamedTuple):
    """An article to be classified, checked."""

    sent: Sent
    id: schemas.Id | None = None
    thresholds: Mapping[str, float] = {}
    offsets: Mapping[FieldName, int] = {"title": 0, "text": 0}
    """Where each field begins in what was sent."""


def asked_of_text(body: str) -> Asked:
    """Return a bare text as an article, its first line as the headline. Raises Problem when it is damaged or blank."""
    check_text("text", body)
    start, end = headline_span(body)
    return Asked(Sent(body[start:end], body[end:]), offsets={"title": start, "text": end})


def asked_of_json(data: Any, model: Model) -> Asked:
    """Return what JSON holds as an article. Raises Problem when it is none."""
    article = checked(schemas.Article, data)
    html = article.format == "html"
    if html and is_blank(strip_html(article.text)):
        raise Problem("blank-text", "Without its markup the text holds nothing that a reader could see.", "text")
    sent = Sent(article.title or "", article.text, html)
    return Asked(sent, article.id, check_thresholds(article.thresholds, model.answers))


def answer(model: Model, asked: Asked, evidence: bool) -> dict[str, Any]:
    """Return the answer to an article, with its evidence if asked for."""
    if not evidence:
        return answers.answer(model.classify_one(asked.sent, asked.thresholds), model.version, asked.id)
    read = model.read(asked.sent)
    [given] = model.classify(read, [asked.thresholds])
    plain = answers.answer(given, model.version, asked.id)
    found = model.explain(read, given.answered, words=LISTED_WORDS, sentences=LISTED_SENTENCES)
    return plain | answers.evidence(found, asked.offsets)


def answer_all(model: Model, articles: Sequence[Any], limit: int, evidence: bool) -> list[dict[str, Any]]:
    """Return the answer to each article, or its problem; `limit` is of the bytes of one's text."""
    given: list[Asked | Problem] = [_asked(data, model, limit) for data in articles]
    asked = [one for one in given if isinstance(one, Asked)]
    if evidence:
        found = iter([answer(model, one, evidence) for one in asked])
    else:
        classified = model.classify_all([one.sent for one in asked], [one.thresholds for one in asked])
        found = iter([answers.answer(one, model.version, own.id) for own, one in zip(asked, classified, strict=True)])
    return [
        {"id": _id_of(data), "error": one.to_json()} if isinstance(one, Problem) else next(found)
        for data, one in zip(articles, given, strict=True)
    ]


def answer_page(model: Model, page: schemas.Page) -> list[dict[str, Any]]:
    """Return the articles and captions of a page, each with its answer."""
    thresholds = check_thresholds(page.thresholds, model.answers)
    items = split_page(page.text)
    classified = model.classify_all(list(map(as_sent, items)), [thresholds] * len(items))
    return [answers.page_item(item, one, model.version) for item, one in zip(items, classified, strict=True)]


def _asked(data: Any, model: Model, limit: int) -> Asked | Problem:
    try:
        if isinstance(data, Problem):
            raise data
        asked = asked_of_json(data, model)
        if len(asked.sent.text.encode()) > limit:
            raise Problem("too-large", f"The text is over the limit of {limit} bytes.", "text")
    except Problem as problem:
        return problem
    return asked


def _id_of(data: Any) -> schemas.Id | None:
    try:
        return checked(schemas.Article, {"text": "-", "id": data["id"]}).id
    except (Problem, TypeError, KeyError, IndexError):
        return None
