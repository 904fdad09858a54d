"""Cut Chinese text into words: jieba's dictionary and the newsroom's word list, without its HMM.

With the HMM off a cut is exact in both engines, more accurate on headlines, and never quadratic. jieba's cache file
is never read: anyone who can write to the shared temporary folder could change what is cut.
"""

from collections.abc import Iterable
from typing import Any, Literal

Engine = Literal["rjieba", "jieba"]


class Segmenter:
    """Cuts text into words.

    >>> Segmenter(["反诈中心"]).cut("民警走进反诈中心")
    ['民警', '走进', '反诈中心']
    """

    def __init__(self, words: Iterable[str] = (), engine: Engine = "rjieba") -> None:
        """`words` are added to the dictionary in the order given; `jieba` is the slow reference for `rjieba`."""
        self.words = tuple(words)
        self._engine: Any = _rust() if engine == "rjieba" else _reference()
        for word in self.words:
            self._engine.add_word(word, None, None)

    def cut(self, text: str) -> list[str]:
        """Return the words of `text`, in order; joined, they are the text again."""
        return list(self._engine.cut(text, False))


def _rust() -> Any:
    import rjieba

    return rjieba.Jieba()


def _reference() -> Any:
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True  # or the first cut would look for the cache file
    return tokenizer
