import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.hashing import hash_pairs

UNITS = 40
pairs = st.sets(st.tuples(*[st.integers(0, UNITS - 1)] * 2), min_size=1, max_size=300)


@given(pairs)
def test_each_pair_is_found_and_no_other(known: set[tuple[int, int]]) -> None:
    rows = {pair: 7 + row for row, pair in enumerate(sorted(known))}
    table = hash_pairs(*np.array(list(rows)).T, 7)
    first, second = (of.ravel() for of in np.indices((UNITS, UNITS)))
    units = np.column_stack([first, second]).ravel()
    at, found = table.find(units, units, np.arange(len(units)) % 2 == 1)
    assert {(int(units[i]), int(units[i + 1])): row for i, row in zip(at, found, strict=True)} == rows


def test_unknown_units_make_no_pair() -> None:
    table = hash_pairs(np.array([0]), np.array([1]), 0)
    at, _ = table.find(np.array([0, -1, 1]), np.array([0, -1, 1]), np.array([False, True, True]))
    assert not len(at)


@pytest.mark.parametrize("count", [29_000, 29_490])
def test_a_table_as_full_as_it_gets(count: int) -> None:
    keys = np.random.default_rng(0).choice(3_000**2, count, replace=False)
    first, second = np.divmod(keys, 3_000)
    table = hash_pairs(first, second, 0)
    assert len(table.rows) == 2**15
    at, found = table.find(
        np.column_stack([first, second]).ravel(),
        np.column_stack([first, second]).ravel(),
        np.tile([False, True], count),
    )
    assert (at == 2 * np.arange(count)).all()
    assert (found == np.arange(count)).all()
