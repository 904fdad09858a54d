"""Corpora of any size, made of the starter corpus's sentences, to measure what training costs as a corpus grows.

An article is a random mix of sentences of the articles of its label, and one word in ten is replaced by one drawn from
those articles: without that, hardly a new term would be met after the first ten thousand articles, and real corpora
never stop to bring new ones.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from service.text.segment import Segmenter
from tests.bench.corpora import seed_articles
from training.article import Article

LENGTH = 500
"""Characters of an article, about."""

REPLACED = 0.1
"""Words replaced."""


def write_resampled(path: Path, articles: int, seed: int = 0) -> None:
    """Write a corpus of so many articles."""
    draw = random.Random(seed)
    seeds = seed_articles()
    pools = _pools(seeds)
    with path.open("w", encoding="utf-8") as file:
        for _ in range(articles):
            like = draw.choice(seeds)
            title, text = _resampled(pools[like.labels], draw)
            row = {"title": title, "text": text, "labels": like.labels, "genre": like.genre}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


class _Pool:
    """What the articles of one label are made of, cut into words."""

    def __init__(self) -> None:
        self.titles: list[list[str]] = []
        self.sentences: list[list[str]] = []
        self.words: list[str] = []


def _pools(seeds: list[Article]) -> dict[tuple[str, ...], _Pool]:
    segmenter = Segmenter()
    pools: dict[tuple[str, ...], _Pool] = defaultdict(_Pool)
    for article in seeds:
        pool = pools[article.labels]
        pool.titles.append(segmenter.cut(article.title))
        cut = [segmenter.cut(sentence) for sentence in re.findall(r"[^。\n]+。?", article.text)]
        pool.sentences += cut
        pool.words += [word for sentence in cut for word in sentence if len(word) > 1]
    return pools


def _resampled(pool: _Pool, draw: random.Random) -> tuple[str, str]:
    def changed(words: list[str]) -> Iterator[str]:
        for word in words:
            yield draw.choice(pool.words) if len(word) > 1 and draw.random() < REPLACED else word

    text = ""
    while len(text) < LENGTH:
        text += "".join(changed(draw.choice(pool.sentences)))
    return "".join(changed(draw.choice(pool.titles))), text
