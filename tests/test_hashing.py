import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model.hashtable import MISSING
from service.model.lookup import Pairs, pair_keys
from training.hashing import build_table

UNITS = 40
pairs = st.sets(st.tuples(*[st.integers(0, UNITS - 1)] * 2), min_size=1, max_size=300)


def pairs_of(*kinds: set[tuple[int, int]]) -> list[Pairs]:
    """Return the pairs of several kinds, in one table; a pair's row tells it and its kind."""
    rows = {}
    for kind, known in enumerate(kinds):
        first, second = np.array(sorted(known)).T
        keys = pair_keys(first, second, kind).tolist()
        rows |= {key: row(*pair, kind) for key, pair in zip(keys, sorted(known), strict=True)}
    table = build_table(rows)
    return [Pairs(table, kind) for kind in range(len(kinds))]


def row(first: int, second: int, kind: int) -> int:
    return (kind * UNITS + first) * UNITS + second


@given(pairs, pairs)
def test_each_pair_is_found_and_no_other(these: set[tuple[int, int]], those: set[tuple[int, int]]) -> None:
    units = np.column_stack([of.ravel() for of in np.indices((UNITS, UNITS))]).ravel()
    for kind, (known, found) in enumerate(zip((these, those), pairs_of(these, those), strict=True)):
        at, rows = found.find(units, units, np.arange(len(units)) % 2 == 1)
        got = {(int(units[i]), int(units[i + 1])): value for i, value in zip(at, rows, strict=True)}
        assert got == {pair: row(*pair, kind) for pair in known}


def test_unknown_units_make_no_pair() -> None:
    every = {(first, second) for first in range(UNITS) for second in range(UNITS)}
    unknown = [(-1, 0), (0, -1), (-1, -1), (-2, 3), (3, -3), (-3, -1)]
    for found in pairs_of(every, every, every):
        assert (found.table.get(pair_keys(*np.array(unknown).T, found.kind)) == MISSING).all()


@pytest.mark.parametrize("count", [29_000, 29_490])
def test_a_table_as_full_as_it_gets(count: int) -> None:
    keys = np.random.default_rng(0).choice(3_000**2, count, replace=False)
    table = build_table(dict(zip(keys.tolist(), range(count), strict=True)))
    assert len(table.values) == 2**15
    at, found = table.find(keys)
    assert (at == np.arange(count)).all()
    assert (found == np.arange(count)).all()
    assert (table.get(-3 - keys) == MISSING).all()
