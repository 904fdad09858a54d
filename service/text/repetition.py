"""Tell quickly whether a text may say a sentence twice."""

from collections.abc import Sequence

import numpy as np

from service.text.fold import VOID, codes

_ENDINGS = "。!?;…\n"
_ASIDE = "”』」)" + "".join(chr(code) for code in range(0x3001) if chr(code).isspace() and chr(code) != "\n")
"""What is no part of a sentence's body where it stands before or after it."""

_BODY, _END, _BESIDE = range(3)
_ROLES = np.full(0x3011, _BODY, dtype=np.uint8)
"""By code point; those beyond are as the last."""

_ROLES[codes(_ENDINGS)] = _END
_ROLES[codes(_ASIDE + VOID)] = _BESIDE


def may_repeat(text: str) -> bool:
    """Tell whether a text may hold a sentence twice; if not, it surely does not."""
    for ending in _ENDINGS:
        text = text.replace(ending, "。")
    bodies = [body for part in text.split("。") if (body := part.strip(_ASIDE))]
    return len(set(bodies)) < len(bodies)


def texts_that_may_repeat(joined: str, ends: Sequence[int]) -> set[int]:
    """Return which texts may hold a sentence twice; all others surely do not.

    The texts are parts of `joined`, each up to its place in `ends`. Of every sentence the squares of its characters'
    codes are summed up, modulo 2 ** 32: equal sentences have equal sums, others hardly ever.
    """
    if not joined:
        return set()
    found = codes(joined)
    roles = _ROLES.take(found, mode="clip")
    begins = np.empty(len(found), dtype=bool)
    begins[0] = True
    begins[1:] = roles[:-1] == _END
    limits = np.array(ends)
    begins[limits[limits < len(found)]] = True
    firsts = begins.nonzero()[0]
    squares = found * found
    squares *= roles == _BODY
    sums = np.add.reduceat(squares, firsts, dtype=np.uint32).astype(np.int64)
    owners = limits.searchsorted(firsts, side="right")
    keys = sums * len(ends) + owners
    order = np.argsort(keys)
    keys = keys[order]
    same = ((keys[1:] == keys[:-1]) & (sums[order[1:]] != 0)).nonzero()[0]
    return set(owners[order[same]].tolist())
