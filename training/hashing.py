"""Build the perfect hash tables that the service finds pairs and tokens in."""

from collections.abc import Mapping
from itertools import count

import numpy as np

from service.model.hashtable import EMPTY, MISSING, HashTable, Keys, Values, hashed

_LOAD = 0.9
"""How full the table is at most: the fuller, the longer shifts are searched for."""

_BUCKET = 4  # keys a bucket, on average
_ATTEMPTS = 8  # before the table is doubled
_TRIED = np.arange(64)  # shifts at once


def build_table(values: Mapping[int, int]) -> HashTable:
    """Return the table that holds a value for each key, of which none is EMPTY."""
    keys = np.array(list(values), dtype=np.int64)
    buckets = _power(len(keys) / _BUCKET)
    draw = np.random.default_rng(0)
    for attempt in count():
        slots = _power(len(keys) / _LOAD) << attempt // _ATTEMPTS
        multiplier = draw.integers(2**63, dtype=np.uint64, size=1) * np.uint64(2) + np.uint64(1)
        owners, places = hashed(keys, multiplier, buckets, slots)
        places &= slots - 1
        shifts = _shifts(owners, places, buckets, slots)
        if len(shifts):
            break
    found = (places + shifts[owners]) & (slots - 1)
    keyed = np.full(slots, EMPTY, dtype=np.int64)
    valued = np.full(slots, MISSING, dtype=np.int32)
    keyed[found] = keys
    valued[found] = list(values.values())
    return HashTable(multiplier, shifts, keyed, valued)


def _shifts(owners: Keys, places: Keys, buckets: int, slots: int) -> Values:
    """Return the shift of each bucket, or none if one fits nowhere: first fit, the fullest buckets first."""
    shifts = np.zeros(buckets, dtype=np.int32)
    if len(np.unique(owners * slots + places)) < len(owners):  # no shift can part two keys of one place
        return shifts[:0]
    free = np.ones(slots, dtype=bool)
    order = np.argsort(owners, kind="stable")
    bounds = owners[order].searchsorted(np.arange(buckets + 1))
    sizes = np.diff(bounds)
    for bucket in np.argsort(-sizes, kind="stable")[: np.count_nonzero(sizes)].tolist():
        own = places[order[bounds[bucket] : bounds[bucket + 1]]]
        for shift in range(0, slots, len(_TRIED)):
            tried = (own + (shift + _TRIED)[:, None]) & (slots - 1)
            if len(fits := free[tried].all(axis=1).nonzero()[0]):
                break
        else:
            return shifts[:0]
        shifts[bucket] = shift + fits[0]
        free[tried[fits[0]]] = False
    return shifts


def _power(least: float) -> int:
    """Return the lowest power of two that is not under `least`, and 1 at the least."""
    return 1 << max(int(np.ceil(np.log2(max(least, 1)))), 0)
