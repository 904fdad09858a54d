"""The newsroom's word list: words that the dictionary lacks, one a line."""

import re
from pathlib import Path

from service.text.decode import TextError, decode
from service.text.fold import simplify

_ROW = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff]{2,})(?:\s+\d+)?(?:\s+[a-z]+)?")


class WordListError(ValueError):
    """A word list that cannot be used; the message names the file, the line and what is wrong."""


def read_words(path: Path) -> list[str]:
    """Return the words of a list, simplified, each once; lines that begin with # are left out.

    A frequency and a part of speech may follow a word, as in jieba's own lists; they are not used. Raises WordListError
    for anything else: what is not two or more Chinese characters never becomes a term.
    """
    try:
        lines = decode(path.read_bytes()).splitlines()
    except FileNotFoundError:
        raise WordListError(f"{path}: there is no such file.") from None
    except TextError as error:
        raise WordListError(f"{path}: {error}") from None
    words: dict[str, None] = {}
    for number, line in enumerate(lines, start=1):
        if not (row := line.strip()) or row.startswith("#"):
            continue
        found = _ROW.fullmatch(simplify(row))
        if not found:
            raise WordListError(f"{path}:{number}: a word is two or more Chinese characters, and one stands on a line.")
        words[found[1]] = None
    return list(words)
