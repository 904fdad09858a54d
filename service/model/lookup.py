"""Which row of the model a term is, found by plain array look-ups."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.text.script import Places

UNKNOWN = -1
EMPTY = -2
"""The key of an empty slot; no pair has it, not even one with an unknown unit."""

Rows = NDArray[np.int32]
Keys = NDArray[np.int64]


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
    """Terms of two units, in a perfect hash table: each is in its own slot, found at the first look.

    A key's product with an odd number gives its bucket by the highest bits, a place by the next; the shift of its
    bucket added, that is its slot. (Belazzougui, Botelho and Dietzfelbinger, Hash, displace, and compress, ESA 2009.)
    """

    multiplier: NDArray[np.uint64]
    """Shape (1,)."""
    shifts: NDArray[np.int64]
    """Of each bucket; as many as a power of two."""
    keys: Keys
    """Of each slot, as many as a power of two; EMPTY where there is none."""
    rows: Rows
    """Of each slot."""

    def find(self, first: Places, second: Places, follows: NDArray[np.bool_]) -> tuple[Places, Rows]:
        """Return which of a script's units begin known terms, and the row of each."""
        both = follows[1:] & (first[:-1] != UNKNOWN) & (second[1:] != UNKNOWN)
        at = both.nonzero()[0]
        keys = pair_keys(first[at], second[at + 1])
        known, rows = self.find_keys(keys)
        return at[known], rows

    def find_keys(self, keys: Keys) -> tuple[Places, Rows]:
        """Return which of `keys` are of known terms, and the row of each."""
        buckets, places = hashed(keys, self.multiplier, len(self.shifts), len(self.keys))
        places += self.shifts.take(buckets)
        places &= len(self.keys) - 1
        known = (self.keys.take(places) == keys).nonzero()[0]
        return known, self.rows.take(places[known])


def pair_keys(first: Places, second: Places) -> Keys:
    """Return a key for each pair of units."""
    keys: Keys = (first << 32) | second
    return keys


def hashed(keys: Keys, multiplier: NDArray[np.uint64], buckets: int, slots: int) -> tuple[Keys, Keys]:
    """Return the bucket and the place of each key; `buckets` and `slots` are powers of two."""
    products = keys.view(np.uint64) * multiplier
    shift = 65 - buckets.bit_length()
    places = (products >> np.uint64(shift + 1 - slots.bit_length())).view(np.int64)
    places &= slots - 1
    products >>= np.uint64(shift)
    return products.view(np.int64), places


Lookup = Single | Pairs
