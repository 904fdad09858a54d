"""Which articles a model is never trained on: a fixed test set, and the newest month where articles have dates."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from training.article import Article

TEST_SHARE = 10
"""One article in so many is for the test."""

SMALLEST_ANSWER = 50
"""Articles an answer needs before any of them is kept for the test: with fewer, all are needed for training."""

SMALLEST_MONTH = 30
"""Articles the newest month needs to say anything, and at most one article in MONTH_SHARE may be of it."""

MONTH_SHARE = 4


@dataclass(frozen=True)
class Split:
    """Rows of the corpus by what they are for."""

    train: list[int]
    test: list[int]
    newest: list[int]
    month: str
    """YYYY-MM of the newest articles; empty where they are not kept apart."""


def split(articles: Sequence[Article], kept: Container[bytes] = ()) -> Split:
    """Divide a corpus.

    The text itself decides whether an article is for the test, so that the same ones stay out at every training as the
    corpus grows, and two versions can be compared on articles that neither has seen. Those whose identity is in `kept`,
    the test of the current version, stay out even where the corpus shrinks.
    """
    month = _newest_month(articles)
    counts = Counter(article.main for article in articles)
    parts: dict[str, list[int]] = {"train": [], "test": [], "newest": []}
    for row, article in enumerate(articles):
        if month and article.month == month:
            parts["newest"].append(row)
        elif article.identity in kept or (counts[article.main] >= SMALLEST_ANSWER and _is_test(article)):
            parts["test"].append(row)
        else:
            parts["train"].append(row)
    return Split(**parts, month=month)


def _newest_month(articles: Sequence[Article]) -> str:
    counts = Counter(article.month for article in articles if article.month)
    if not counts:
        return ""
    month = max(counts)
    left = Counter(article.main for article in articles if article.month != month)
    whole = all(left[answer] >= SMALLEST_ANSWER for answer in {article.main for article in articles})
    return month if whole and SMALLEST_MONTH <= counts[month] <= len(articles) / MONTH_SHARE else ""


def _is_test(article: Article) -> bool:
    return int.from_bytes(article.identity[:8]) % TEST_SHARE == 0
