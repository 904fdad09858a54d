"""The terms of articles, one article after another."""

from collections.abc import Iterable, Iterator

from service.text import terms
from service.text.reading import read_article
from service.text.segment import Segmenter
from service.text.terms import Recipe, Terms
from training.article import Article


def extract(articles: Iterable[Article], segmenter: Segmenter, recipe: Recipe) -> Iterator[Terms]:
    """Yield each article's terms, by kind, as the service extracts them."""
    for article in articles:
        yield terms.extract(*read_article(article.title, article.text, segmenter), recipe)
