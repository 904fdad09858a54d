"""A table of integers that many keys are looked up in at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EMPTY = -2
"""The key of an empty slot; nothing is looked up by it."""
MISSING = -1

Keys = NDArray[np.int64]
Values = NDArray[np.int32]


class HashTable(NamedTuple):
    """A perfect hash table: each key is in its own slot, found at the first look.

    A key's product with an odd number gives its bucket by the highest bits, a place by the next; the shift of its
    bucket added, that is its slot. (Belazzougui, Botelho and Dietzfelbinger, Hash, displace, and compress, ESA 2009.)
    """

    multiplier: NDArray[np.uint64]
    """Shape (1,)."""
    shifts: Values
    """Of each bucket; as many as a power of two."""
    keys: Keys
    """Of each slot, as many as a power of two; EMPTY where there is none."""
    values: Values
    """Of each slot."""

    def find(self, keys: Keys) -> tuple[NDArray[np.intp], Values]:
        """Return which of `keys` are in the table, and the value of each."""
        slots = self._slots(keys)
        known = (self.keys.take(slots) == keys).nonzero()[0]
        return known, self.values.take(slots[known])

    def get(self, keys: Keys) -> Values:
        """Return the value of each key, MISSING where it is not in the table."""
        slots = self._slots(keys)
        return np.where(self.keys.take(slots) == keys, self.values.take(slots), np.int32(MISSING))

    def _slots(self, keys: Keys) -> Keys:
        buckets, slots = hashed(keys, self.multiplier, len(self.shifts), len(self.keys))
        slots += self.shifts.take(buckets)
        slots &= len(self.keys) - 1
        return slots


def hashed(keys: Keys, multiplier: NDArray[np.uint64], buckets: int, slots: int) -> tuple[Keys, Keys]:
    """Return the bucket and the place of each key, modulo `slots`; both numbers are powers of two."""
    products = keys.view(np.uint64) * multiplier
    shift = 65 - buckets.bit_length()
    places = (products >> np.uint64(shift + 1 - slots.bit_length())).view(np.int64)
    products >>= np.uint64(shift)
    return products.view(np.int64), places
