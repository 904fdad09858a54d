"""Cut Chinese text into words: jieba's dictionary and the newsroom's word list, without its HMM.

With the HMM off a cut is exact in both engines, more accurate on headlines, and never quadratic. jieba's cache file
is never read: anyone who can write to the shared temporary folder could change what is cut.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Literal

Engine = Literal["rjieba", "jieba"]

_FREQUENCY = 10_000
"""Given to each word of the list: likelier than any two words it could be cut into.

Left to suggest a frequency, the two engines round it differently.
"""


class Segmenter:
    """Cuts text into words.

    >>> Segmenter(["反诈中心"]).cut("民警走进反诈中心")
    ['民警', '走进', '反诈中心']
    """

    def __init__(self, words: Iterable[str] = (), engine: Engine = "rjieba") -> None:
        """`words` are added to the dictionary in the order given; `jieba` is the slow reference for `rjieba`."""
        tokenizer = _rust() if engine == "rjieba" else _reference()
        for word in words:
            tokenizer.add_word(word, _FREQUENCY, None)
        self.cut: Callable[[str], list[str]]
        """Returns the words of a text, in order; joined, they are the text again."""
        self.cut = partial(tokenizer.cut, hmm=False) if engine == "rjieba" else partial(tokenizer.lcut, HMM=False)


def _rust() -> Any:
    import rjieba

    return rjieba.Jieba()


def _reference() -> Any:
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True  # or the first cut would look for the cache file
    return tokenizer
