"""Passages that two articles share, character by character."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.article import Article

LENGTH = 30
"""Characters in a row that two articles may not share."""

OPENING = 60
"""Characters at the head of a text where set phrases stand (datelines, notices' openings)."""

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64


@dataclass(frozen=True)
class SharedPassage:
    """A passage that stands in two articles."""

    first: Article
    second: Article
    passage: str


def shared_passages(articles: Sequence[Article], length: int = LENGTH) -> list[SharedPassage]:
    """Return the pairs of articles that share `length` characters in a row, white space apart, with one such passage.

    What both have within their first OPENING characters is boilerplate and does not count. Every passage's hash is a
    difference of prefix sums (Rabin and Karp's fingerprint, modulo 2^64), so that cost grows with the corpus's size.
    """
    texts = [article.bare_text for article in articles]
    owner, start, hashes = _fingerprints(texts, length)
    order = np.argsort(hashes, kind="stable")
    found: dict[tuple[int, int], SharedPassage] = {}
    same = np.flatnonzero(hashes[order[1:]] == hashes[order[:-1]])
    for left, right in zip(order[same], order[same + 1], strict=True):
        a, b = int(owner[left]), int(owner[right])
        i, j = int(start[left]), int(start[right])
        passage = texts[a][i : i + length]
        opening = max(i, j) + length <= OPENING
        if a != b and not opening and (a, b) not in found and passage == texts[b][j : j + length]:
            found[a, b] = SharedPassage(articles[a], articles[b], passage)
    return list(found.values())


def _fingerprints(texts: Sequence[str], length: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.uint64]]:
    """Return, for every passage of `length` characters: which text it is of, where it starts, and its hash."""
    sizes = np.array([len(text) for text in texts])
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    with np.errstate(over="ignore"):
        powers = np.cumprod(np.full(len(codes) + 1, _BASE, dtype=np.uint64))
        inverse = np.cumprod(np.full(len(codes) + 1, pow(_BASE, -1, 2**64), dtype=np.uint64))
        sums = np.concatenate([[np.uint64(0)], np.cumsum(codes * inverse[:-1], dtype=np.uint64)])
        first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        counts = np.maximum(sizes - length + 1, 0)
        owner = np.repeat(np.arange(len(texts)), counts)
        start = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        at = first[owner] + start
        hashes = (sums[at + length] - sums[at]) * powers[at]
    return owner, start, hashes
