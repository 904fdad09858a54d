"""Fold the width and variant forms of characters together, one for one, so that positions never move."""

import unicodedata
from functools import cache

import opencc

VOID = "\0"
"""Stands for a character that is dropped. No text holds one of its own: readers refuse it."""

_INVISIBLE = (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_RADICALS = range(0x2E80, 0x2FE0)  # a PDF's text layer often holds 民 as the radical ⺠ or 文 as ⽂
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_HAN = (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))


@cache
def _fold_table() -> dict[int, str]:
    table = dict.fromkeys(_INVISIBLE, VOID) | {0x3000: " ", 0xA0: " "}
    for code in (*range(0x80, 0x10000), *range(0x1D400, 0x1D800), *range(0x2F800, 0x2FA20)):
        character = chr(code)
        folds = unicodedata.category(character)[0] in "LN" or code in _RADICALS or code in _FULL_WIDTH
        if folds and len(folded := unicodedata.normalize("NFKC", character)) == 1 and folded != character:
            table[code] = folded
    return table


@cache
def _simplify_table() -> dict[int, str]:
    characters = "".join(map(chr, _HAN))
    converter = opencc.OpenCC("t2s")
    # One call a character: as one text, the converter would look at phrases and could change the length.
    simple: dict[str, str] = {character: converter.convert(character) for character in characters}
    table = _fold_table() | {ord(k): v for k, v in simple.items() if v != k and len(v) == 1}
    return {code: simple.get(folded, folded) for code, folded in table.items()}


def fold(text: str) -> str:
    """Return `text` with full-width letters, digits, punctuation and spaces as their ordinary forms (Unicode NFKC).

    The result has the same length: a character whose NFKC form is longer (㎡, ½) stays, an invisible one becomes VOID.
    """
    return text.translate(_fold_table())


def simplify(text: str) -> str:
    """Return `fold(text)` with Traditional characters as Simplified ones (OpenCC's t2s, character by character)."""
    return text.translate(_simplify_table())
