"""Turn bytes into text, in a declared charset or the one a Chinese newsroom's file is likely in."""

import codecs
import re

CHARSETS = {
    "utf-8": "utf-8-sig", "utf8": "utf-8-sig", "us-ascii": "utf-8-sig", "ascii": "utf-8-sig",
    "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
"""The charsets a sender may declare, and the codec that reads each (the wider one, as browsers do)."""

_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_UNUSABLE = re.compile("[\0\ud800-\udfff]")


class TextError(ValueError):
    """A text that cannot be read: `reason` is `charset`, `bytes` or `character`; the message says what and where."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def decode(data: bytes, charset: str | None = None) -> str:
    """Return `data` as text.

    With no `charset`, a byte order mark decides, then UTF-8, then GB18030. Raises TextError for a charset that is not
    known, or bytes that are not of it.
    """
    if charset is None:
        return _guess(data)
    charset = charset.strip().strip("\"'").lower()
    if charset not in CHARSETS:
        raise TextError("charset", f"The declared charset is not known. Known ones: {', '.join(CHARSETS)}.")
    try:
        return data.decode(CHARSETS[charset]).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise TextError("bytes", f"The bytes are not {charset}: byte {error.start} cannot be read.") from None


def _guess(data: bytes) -> str:
    for mark, charset in _BOMS.items():
        if data.startswith(mark):
            return decode(data, charset)
    try:
        return decode(data, "utf-8")
    except TextError:
        try:
            return decode(data, "gb18030")
        except TextError:
            raise TextError("bytes", "The bytes are neither UTF-8 nor GB18030 text.") from None


def check_characters(text: str) -> None:
    """Raise TextError where `text` holds a NUL or half of a surrogate pair: damage on the way, never news."""
    if _is_usable(text):
        return
    if found := _UNUSABLE.search(text):
        name = "a NUL character" if found[0] == "\0" else f"a lone surrogate (U+{ord(found[0]):04X})"
        raise TextError("character", f"The text holds {name} at character {found.start()}.")


def _is_usable(text: str) -> bool:
    """Tell quickly: what can be encoded holds no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def is_blank(text: str) -> bool:
    """Tell whether a reader would see nothing at all in `text` (white space, invisible characters)."""
    return not any(character.isprintable() and not character.isspace() for character in text)
