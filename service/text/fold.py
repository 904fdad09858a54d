"""Fold the width and variant forms of characters together, one for one, so that positions never move."""

import unicodedata
from functools import cache

import numpy as np
import opencc
from numpy.typing import NDArray

VOID = "\0"
"""Stands for a character that is dropped. No text holds one of its own: readers refuse it."""

GAP = "\uffff"
"""A code that is for no character, dropped like an invisible one: no normalised text holds it."""

Codes = NDArray[np.uint32]

_INVISIBLE = (ord(GAP), 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_RADICALS = range(0x2E80, 0x2FE0)  # a PDF's text layer often holds 民 as the radical ⺠ or 文 as ⽂
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_BEYOND = 0x34000
"""From this code on, all characters stay as they are."""

_HAN = (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))


def codes(text: str) -> Codes:
    """Return the code points of `text`."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def simplify(text: str) -> str:
    """Return `text` with variant forms folded, and Traditional characters as Simplified ones.

    Full-width letters, digits, punctuation and spaces become their ordinary forms (Unicode NFKC), Traditional
    characters what OpenCC's t2s gives each by itself. The result has the same length: a character whose NFKC form is
    longer (㎡, ½) stays, an invisible one becomes VOID.
    """
    return decoded(simplified(text))


def simplified(text: str) -> Codes:
    """Return the code points of `simplify(text)`."""
    found = codes(text)
    try:
        return _table().take(found)
    except IndexError:  # one is beyond the table
        return np.where(found < _BEYOND, _table().take(found, mode="clip"), found)


def decoded(found: Codes) -> str:
    """Return the text that code points stand for."""
    return found.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _table() -> Codes:
    """Return the code that each code point below _BEYOND becomes."""
    table = np.arange(_BEYOND, dtype="<u4")
    for code, folded in _folded().items():
        table[code] = ord(folded)
    simple = np.arange(_BEYOND, dtype="<u4")
    # A line each: side by side, the converter would look at phrases and could change the length.
    converted = opencc.OpenCC("t2s").convert("\n".join(map(chr, _HAN))).split("\n")
    for code, character in zip(_HAN, converted, strict=True):
        if len(character) == 1:
            simple[code] = ord(character)
    return simple.take(simple).take(table)  # twice: 薴 becomes 苧, and that 苎


def _folded() -> dict[int, str]:
    folds = dict.fromkeys(_INVISIBLE, VOID) | {0x3000: " ", 0xA0: " "}
    for code in (*range(0x80, 0x10000), *range(0x1D400, 0x1D800), *range(0x2F800, 0x2FA20)):
        character = chr(code)
        varies = unicodedata.category(character)[0] in "LN" or code in _RADICALS or code in _FULL_WIDTH
        if varies and len(folded := unicodedata.normalize("NFKC", character)) == 1 and folded != character:
            folds[code] = folded
    return folds
