"""The quick path of one article: the scores of `Scorer` in few calls, which cost most where arrays are small."""

from itertools import pairwise
from math import exp, sqrt

import numpy as np

from service.model.lookup import UNKNOWN, Pairs, Rows, Single, pair_keys
from service.model.scorer import Floats, Scorer, sublinear
from service.model.vocabulary import Characters
from service.text.fold import decoded, simplified
from service.text.line import is_unbroken
from service.text.reading import ENOUGH_HAN, Sent
from service.text.repetition import may_repeat
from service.text.script import END, Places, is_word
from service.text.segment import Segmenter
from service.text.terms import Kind

KINDS: tuple[Kind, ...] = ("words", "word_pairs", "pairs")
"""The recipe that it knows; articles of others take the way of many."""

_NO_UNIT, _ENDING = -2, -3
_REMEMBERED = 200_000
"""Unknown tokens that are kept, so that each is looked at but once."""


class _Units(dict[str, int]):
    """The rows of words; those unknown are remembered as UNKNOWN, what is no word as _NO_UNIT."""

    def __init__(self, known: list[str]) -> None:
        super().__init__((token, row) for row, token in enumerate(known))
        self[END] = _ENDING
        self._most = len(known) + _REMEMBERED

    def __missing__(self, token: str) -> int:
        row = UNKNOWN if is_word(token) else _NO_UNIT
        if len(self) < self._most:
            self[token] = row
        return row


class SingleScorer:
    """Scores one article, if nothing about it asks for a closer look: as nearly all."""

    def __init__(self, scorer: Scorer, segmenter: Segmenter) -> None:
        """`scorer` is of the recipe KINDS."""
        words, word_pairs, pairs = (scorer.lookups[kind] for kind in KINDS)
        assert isinstance(words, Single)
        assert isinstance(word_pairs, Pairs)
        assert isinstance(pairs, Pairs)
        han = scorer.vocabularies["han"]
        assert isinstance(han, Characters)
        self._scorer = scorer
        self._cut = segmenter.cut
        self._units = _Units(scorer.vocabularies["word"].known.tolist())
        self._words = np.append(words.rows, np.full(3, UNKNOWN, dtype=np.int32))  # the last for what has no row
        self._word_pairs, self._pairs = word_pairs.kind, pairs.kind
        self._table = pairs.table
        self._characters = han.rows
        self._kinds = np.cumsum(scorer.sizes)[:-1]

    def scores(self, article: Sent) -> list[float] | None:
        """Return the score of each answer; None where it takes a closer look to tell what the article's terms are."""
        if article.html:
            return None
        codes = simplified(f"{END}{article.title}{END}{article.text}{END}")
        _, title, text, *more = decoded(codes).split(END)[:-1]
        if more or not is_unbroken(title) or not is_unbroken(text) or may_repeat(f"{title}。{text}"):
            return None
        characters = self._characters(codes)
        if np.count_nonzero(characters != UNKNOWN) < ENOUGH_HAN:
            return None
        rows = self._find(characters, title, text)
        return _scores(self._linear(rows).tolist()) if len(rows) else None

    def _find(self, characters: Places, title: str, text: str) -> Rows:
        """Return the rows of an article's terms; those of its title count more than once."""
        tokens = [*self._longer_tokens(title), END, *self._longer_tokens(text)]
        units = np.fromiter(map(self._units.__getitem__, tokens), dtype=np.int64, count=len(tokens))
        units = units[units != _NO_UNIT]
        words = self._words.take(units)
        # With one unit unknown, or an END, it is no key of the table.
        of_words = pair_keys(units[:-1], units[1:], self._word_pairs)
        of_characters = pair_keys(characters[:-1], characters[1:], self._pairs)
        pairs = self._table.get(np.concatenate([of_words, of_characters]))
        ending = int((units == _ENDING).argmax())
        in_title = [words[:ending], pairs[:ending], pairs[len(of_words) : len(of_words) + len(title) + 1]]
        rows: Rows = np.concatenate([words, pairs, *in_title * (self._scorer.recipe.headline_weight - 1)])
        return rows.compress(rows != UNKNOWN)

    def _longer_tokens(self, text: str) -> list[str]:
        """Return the tokens that may be words."""
        return [token for token in self._cut(text) if len(token) > 1]

    def _linear(self, rows: Rows) -> Floats:
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
                linear += own.dot(weights[begin:end]) / sqrt(own.dot(own))
        return linear


def _scores(linear: list[float]) -> list[float]:
    """Return the scores that `complete(logistic(linear))` has; for so few, no array is as quick."""
    scores = [1 / (1 + exp(-one)) if one > 0 else (odds := exp(one)) / (1 + odds) for one in linear]
    whole = min(sum(scores), 1.0)
    return [score / whole for score in scores]
