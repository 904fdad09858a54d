"""The units that the model knows, numbered: how what stands in a text becomes integers."""

from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.model.hashtable import MISSING, HashTable, Keys
from service.model.lookup import UNKNOWN
from service.text.fold import Codes, codes
from service.text.reading import Reading
from service.text.script import Mask, Places, Texts, Unit
from service.text.terms import script_of

_FIRST, _LAST = codes("␂␃")

NODES = 0x110000
"""The numbers of a trie's nodes begin after those of all characters."""


class Numbered(NamedTuple):
    """The units of a reading as rows of a vocabulary, in order: arrays of one length."""

    first: Places
    """The row of each as the first of a pair, or by itself; UNKNOWN where it has none."""
    second: Places
    """Its row as the second; it differs for an END only, which is ␂ before its text and ␃ after it."""
    texts: Texts
    """Which text each belongs to."""
    follows: Mask
    """Whether it makes a pair with the one before it."""


class Tokens(NamedTuple):
    """The known tokens, found by a trie: no string is made into a key, which would cost as much as all else of it."""

    unit: Unit
    known: NDArray[np.str_]
    """Each once; its place is its row."""
    trie: HashTable
    """The node after a node and a character. Node NODES + i is known[i] if there is one, else what some begin with.

    The node of a first character is its code; a token of one character has the node that a 0 leads to from there.
    """

    def number(self, reading: Reading) -> Numbered:
        """Return the tokens of a reading, as `Script.units` finds them."""
        script = script_of(reading, self.unit)
        found = script.units(self.unit)
        rows = self._rows(script.codes, found.starts, found.sizes)
        return Numbered(rows, rows, found.texts, found.follows)

    def _rows(self, text: Codes, starts: Places, sizes: Places) -> Places:
        second = np.where(sizes > 1, text.take(starts + 1), 0)
        nodes = self.trie.get(node_keys(text.take(starts), second)).astype(np.intp)
        going = (sizes > 2).nonzero()[0]
        for length in count(2):
            going = going[(nodes[going] != MISSING) & (sizes[going] > length)]
            if not len(going):
                break
            nodes[going] = self.trie.get(node_keys(nodes[going], text.take(starts[going] + length)))
        nodes -= NODES
        return np.where((nodes < 0) | (nodes >= len(self.known)), UNKNOWN, nodes)


class Characters:
    """The known characters."""

    def __init__(self, unit: Unit, known: NDArray[np.str_]) -> None:
        """`known` has each once; its place is its row."""
        self.unit = unit
        self.known = known
        known_codes = codes("".join(known.tolist()))
        self._table = np.full(int(known_codes.max(initial=0)) + 2, UNKNOWN)  # the last is of no character
        self._table[known_codes] = np.arange(len(known))

    def number(self, reading: Reading) -> Numbered:
        """Return the characters of a reading, as `Script.units` finds them."""
        script = script_of(reading, self.unit)
        found = script.units(self.unit)
        standing = script.codes[found.starts]
        if self.unit != "edged_sign":
            rows = self.rows(standing)
            return Numbered(rows, rows, found.texts, found.follows)
        first, second = (self.rows(np.where(standing, standing, end)) for end in (_FIRST, _LAST))
        return Numbered(first, second, found.texts, found.follows)

    def rows(self, found: Codes) -> Places:
        """Return the row of each character, UNKNOWN where it has none."""
        return self._table.take(found, mode="clip")


Vocabulary = Tokens | Characters


def node_keys(nodes: Places | Codes, characters: Codes) -> Keys:
    """Return the keys that a trie has for the nodes after `nodes`, by the next character."""
    keys: Keys = nodes.astype(np.int64) << 32
    keys |= characters
    return keys
