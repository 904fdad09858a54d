"""The kinds of terms that a model sees of an article.

Chinese terms leave out punctuation, digits and letters, which tell one outlet from another rather than one topic from
another; the kinds that keep them (`tokens`, `signs`, `sign_pairs`) serve where all texts come from one source. To
those, white space is a sign like any other (␣), and so are a text's beginning and end (␂, ␃).
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from service.text.reading import Reading
from service.text.script import Script, Unit

Kind = Literal["words", "word_pairs", "characters", "pairs", "tokens", "signs", "sign_pairs"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Make(NamedTuple):
    """What the terms of a kind are made of."""

    unit: Unit
    order: Literal[1, 2]
    """How many neighbouring units make a term."""
    between: str = ""
    """What stands between two in a term's name."""


MAKE: Mapping[Kind, Make] = {
    "words": Make("word", 1),
    "word_pairs": Make("word", 2, "_"),
    "characters": Make("han", 1),
    "pairs": Make("han", 2),
    "tokens": Make("token", 1),
    "signs": Make("sign", 1),
    "sign_pairs": Make("edged_sign", 2),
}


TOKENS: tuple[Unit, ...] = ("word", "token")
"""The units that are tokens; all others are characters."""


class Recipe(NamedTuple):
    """How an article is turned into terms; it belongs to a model version."""

    kinds: tuple[Kind, ...]
    headline_weight: int
    """How often the terms of the headline are counted."""

    @property
    def units(self) -> list[Unit]:
        """The units that its terms are made of."""
        return list(dict.fromkeys(MAKE[kind].unit for kind in self.kinds))

    def kinds_of_order(self, order: Literal[1, 2]) -> list[Kind]:
        """Return the kinds whose terms are made of so many units."""
        return [kind for kind in self.kinds if MAKE[kind].order == order]


def script_of(reading: Reading, unit: Unit) -> Script:
    """Return the script that units of a sort are found in."""
    return reading.script if unit in ("word", "han") else reading.signs
