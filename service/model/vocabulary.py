"""The units that the model knows, numbered: how what stands in a text becomes integers."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.model.lookup import UNKNOWN, Keys
from service.text.fold import Codes, codes
from service.text.reading import Reading
from service.text.script import END, Mask, Places, Unit, is_word
from service.text.terms import script_of

NO_UNIT, ENDING = -2, -3
_REMEMBERED = 200_000
"""Unknown tokens that are kept, so that each is looked at but once."""

_FIRST, _LAST = codes("␂␃")


class Numbered(NamedTuple):
    """The units of a reading as rows of a vocabulary, in order: arrays of one length."""

    first: Places
    """The row of each as the first of a pair, or by itself; UNKNOWN where it has none."""
    second: Places
    """Its row as the second; it differs for an END only, which is ␂ before its text and ␃ after it."""
    texts: Places
    """Which text each belongs to."""
    follows: Mask
    """Whether it makes a pair with the one before it."""


class _Tokens(dict[str, int]):
    """The rows of tokens; others are remembered as UNKNOWN, or as NO_UNIT."""

    def __init__(self, known: list[str], only_words: bool) -> None:
        super().__init__((token, row) for row, token in enumerate(known))
        self[END] = ENDING
        self._only_words = only_words
        self._most = len(known) + _REMEMBERED

    def __missing__(self, token: str) -> int:
        row = NO_UNIT if self._only_words and not is_word(token) else UNKNOWN
        if len(self) < self._most:
            self[token] = row
        return row


class Vocabulary:
    """The known units of a sort; each is its row."""

    def __init__(self, unit: Unit, known: NDArray[np.str_]) -> None:
        """`known` are tokens, or characters, each once and in order."""
        self._unit = unit
        self.known = known
        if unit in ("word", "token"):
            self.rows = _Tokens(known.tolist(), unit == "word")
            """Of each token its row; NO_UNIT if it is none of the sort, UNKNOWN if it has none, ENDING if it is END."""
        else:
            known_codes = codes("".join(known.tolist()))
            self._table = np.full(int(known_codes.max(initial=0)) + 2, UNKNOWN)
            self._table[known_codes] = np.arange(len(known))

    def __len__(self) -> int:
        return len(self.known)

    def number(self, reading: Reading) -> Numbered:
        """Return the units of a reading, as `Script.units` finds them."""
        script = script_of(reading, self._unit)
        if self._unit in ("word", "token"):
            # One look-up a token tells all: as quick as asking for its length.
            tokens = script.tokens
            rows = np.fromiter(map(self.rows.__getitem__, tokens), dtype=np.intp, count=len(tokens))
            units = (rows >= UNKNOWN).nonzero()[0]
            texts = (np.cumsum(rows == ENDING) - 1)[units]
            follows = np.append(False, texts[1:] == texts[:-1])[: len(texts)]
            return Numbered(rows[units], rows[units], texts, follows)
        found = script.units(self._unit)
        standing = script.codes[found.starts]
        if self._unit != "edged_sign":
            rows = self._of_codes(standing)
            return Numbered(rows, rows, found.texts, found.follows)
        first = self._of_codes(np.where(standing, standing, _FIRST))
        return Numbered(first, self._of_codes(np.where(standing, standing, _LAST)), found.texts, found.follows)

    def pair_keys(self, found: Codes) -> Keys:
        """Return the key of each two neighbouring characters; that of a pair with one unknown is of no pair."""
        rows = self._of_codes(found)
        keys: Keys = rows[:-1] << 32
        keys |= rows[1:]
        return keys

    def _of_codes(self, found: NDArray[np.uint32]) -> Places:
        return self._table.take(found, mode="clip")  # the last of the table is of no character
