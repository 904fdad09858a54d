"""The quick path of one article: the scores of `Scorer` in few calls, which cost most where arrays are small."""

from itertools import pairwise
from math import sqrt

import numpy as np

from service.model.lookup import EMPTY, UNKNOWN, Pairs, Single
from service.model.scorer import Floats, Scorer, sublinear
from service.model.vocabulary import NO_UNIT
from service.text.fold import decoded, simplified
from service.text.line import is_unbroken
from service.text.reading import ENOUGH_HAN, Sent
from service.text.repetition import may_repeat
from service.text.script import END, count_han
from service.text.segment import Segmenter
from service.text.terms import Kind

KINDS: tuple[Kind, ...] = ("words", "word_pairs", "pairs")
"""The recipe that it knows; articles of others take the way of many."""


class SingleScorer:
    """Scores one article, if nothing about it asks for a closer look: as nearly all."""

    def __init__(self, scorer: Scorer, segmenter: Segmenter) -> None:
        """`scorer` is of the recipe KINDS."""
        words, word_pairs, pairs = (scorer.lookups[kind] for kind in KINDS)
        assert isinstance(words, Single)
        assert isinstance(word_pairs, Pairs)
        assert isinstance(pairs, Pairs)
        self._scorer = scorer
        self._cut = segmenter.cut
        self._units = scorer.vocabularies["word"].rows
        self._words: list[int] = words.rows.tolist()
        held = word_pairs.keys != EMPTY
        self._word_pairs = dict(zip(word_pairs.keys[held].tolist(), word_pairs.rows[held].tolist(), strict=True))
        self._han = scorer.vocabularies["han"]
        self._pairs = pairs
        self._kinds = np.cumsum(scorer.sizes)[:-1]

    def linear(self, article: Sent) -> Floats | None:
        """Return the k linear scores; None where it takes a closer look to tell what the article's terms are."""
        if article.html:
            return None
        codes = simplified(f"{END}{article.title}{END}{article.text}{END}")
        script = decoded(codes)
        _, title, text, *more = script.split(END)[:-1]
        if more or not is_unbroken(title) or not is_unbroken(text) or may_repeat(f"{title}。{text}"):
            return None
        if count_han(codes) < ENOUGH_HAN:
            return None
        tokens = self._cut(script)
        ending = tokens.index(END, 1)
        weight = self._scorer.recipe.headline_weight
        words = self._word_terms(tokens[:ending]) * weight + self._word_terms(tokens[ending:])
        places, pairs = self._pairs.find_keys(self._han.pair_keys(codes))
        in_title = pairs[: places.searchsorted(len(title) + 1)]
        rows = np.concatenate([np.array(words, dtype=np.int32), pairs, *[in_title] * (weight - 1)])
        return self._weighed(rows) if len(rows) else None

    def _word_terms(self, tokens: list[str]) -> list[int]:
        """Return the rows of the words and word pairs of a text."""
        units = [unit for unit in map(self._units.__getitem__, tokens) if unit != NO_UNIT]
        words, pair = self._words, self._word_pairs.get
        found = [words[unit] for unit in units if unit >= 0]
        # With one unit unknown, or an END, the number is negative, and of no pair.
        pairs = [pair(first << 32 | second) for first, second in pairwise(units)]
        return [row for row in found if row != UNKNOWN] + [row for row in pairs if row is not None]

    def _weighed(self, rows: np.ndarray) -> Floats:
        rows.sort()
        changes = (rows[1:] != rows[:-1]).nonzero()[0]
        begins = np.concatenate(([0], changes + 1, [len(rows)]))
        found = rows[begins[:-1]]
        tfidf = sublinear(begins[1:] - begins[:-1]) * self._scorer.idf.take(found)
        weights = self._scorer.weights.take(found, axis=0)
        linear: Floats = self._scorer.intercept.copy()
        for begin, end in pairwise([0, *found.searchsorted(self._kinds).tolist(), len(found)]):
            if begin < end:
                own = tfidf[begin:end]
                linear += own @ weights[begin:end] / sqrt(own @ own)
        return linear
