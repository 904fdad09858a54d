"""Which row of the model a term is, found by plain array look-ups."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.model.hashtable import HashTable, Keys
from service.text.script import Places

UNKNOWN = -1

Rows = NDArray[np.int32]

_KIND_BIT = 60
"""Above those of two units, which are far fewer than 2 ** 28."""


class Single(NamedTuple):
    """Terms of one unit."""

    rows: Rows
    """Of each unit; UNKNOWN where it is no term."""

    def find(self, first: Places, second: Places, follows: NDArray[np.bool_]) -> tuple[Places, Rows]:
        """Return which of a script's units are known terms, and the row of each."""
        at = (first != UNKNOWN).nonzero()[0]
        rows = self.rows.take(first[at])
        known = (rows != UNKNOWN).nonzero()[0]
        return at[known], rows[known]


class Pairs(NamedTuple):
    """Terms of two units."""

    table: HashTable
    """The terms of all kinds of pairs."""
    kind: int
    """Which of them these are."""

    def find(self, first: Places, second: Places, follows: NDArray[np.bool_]) -> tuple[Places, Rows]:
        """Return which of a script's units begin known terms, and the row of each."""
        known, rows = self.table.find(pair_keys(first[:-1], second[1:], self.kind))
        paired = follows[known + 1].nonzero()[0]
        return known[paired], rows[paired]


def pair_keys(first: Places, second: Places, kind: int) -> Keys:
    """Return a key for each pair of units of a kind; where a unit is negative, like UNKNOWN, it is of no pair."""
    keys: Keys = first << 32
    keys |= second
    keys += kind << _KIND_BIT
    return keys


Lookup = Single | Pairs
