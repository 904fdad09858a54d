"""Build the perfect hash table that the service finds pairs in (see `service.model.lookup.Pairs`)."""

from itertools import count

import numpy as np
from numpy.typing import NDArray

from service.model.lookup import EMPTY, UNKNOWN, Keys, Pairs, hashed, pair_keys
from service.text.script import Places

_LOAD = 0.9
"""How full the table is at most: the fuller, the longer shifts are searched for."""

_BUCKET = 4  # pairs a bucket, on average
_ATTEMPTS = 8  # before the table is doubled
_TRIED = np.arange(64)  # shifts at once


def hash_pairs(first: Places, second: Places, start: int) -> Pairs:
    """Return the table that holds the pair first[i], second[i], all different, as row start + i."""
    keys = pair_keys(first, second)
    buckets = _power(len(keys) / _BUCKET)
    draw = np.random.default_rng(0)
    for attempt in count():
        slots = _power(len(keys) / _LOAD) << attempt // _ATTEMPTS
        multiplier = draw.integers(2**63, dtype=np.uint64, size=1) * np.uint64(2) + np.uint64(1)
        owners, places = hashed(keys, multiplier, buckets, slots)
        shifts = _shifts(owners, places, buckets, slots)
        if len(shifts):
            break
    found = (places + shifts[owners]) & (slots - 1)
    table = np.full(slots, EMPTY, dtype=np.int64)
    rows = np.full(slots, UNKNOWN, dtype=np.int32)
    table[found] = keys
    rows[found] = np.arange(start, start + len(keys))
    return Pairs(multiplier, shifts, table, rows)


def _shifts(owners: Keys, places: Keys, buckets: int, slots: int) -> NDArray[np.int64]:
    """Return the shift of each bucket, or none if one fits nowhere: first fit, the fullest buckets first."""
    shifts = np.zeros(buckets, dtype=np.int64)
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
