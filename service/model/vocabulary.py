"""The units that the model knows, numbered: how what stands in a text becomes integers."""

from collections.abc import Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from service.model.lookup import UNKNOWN
from service.text.fold import codes
from service.text.reading import Reading
from service.text.script import Places, Unit, Units
from service.text.terms import script_of

_FIRST, _LAST = codes("␂␃")


class Vocabulary:
    """The known units of a sort; each is its row."""

    def __init__(self, unit: Unit, known: NDArray[np.str_]) -> None:
        """`known` are tokens, or characters, each once and in order."""
        self._unit = unit
        self.known = known
        if unit in ("word", "token"):
            self._rows = {token: row for row, token in enumerate(known.tolist())}
        else:
            known_codes = codes("".join(known.tolist()))
            self._table = np.full(int(known_codes.max(initial=0)) + 2, UNKNOWN)
            self._table[known_codes] = np.arange(len(known))

    def __len__(self) -> int:
        return len(self.known)

    def rows(self, reading: Reading, units: Units) -> tuple[Places, Places]:
        """Return the row of each of a reading's units, as the first of a pair and as the second; or UNKNOWN.

        They differ only for an END, which is ␂ before its text, and ␃ after it.
        """
        script = script_of(reading, self._unit)
        if self._unit == "word":
            return self._of_tokens(script.words)
        if self._unit == "token":
            return self._of_tokens([token for token in script.tokens if token != "\0"])
        found = script.codes[units.starts]
        if self._unit != "edged_sign":
            rows = self._of_codes(found)
            return rows, rows
        return self._of_codes(np.where(found, found, _FIRST)), self._of_codes(np.where(found, found, _LAST))

    def _of_tokens(self, tokens: Sequence[str]) -> tuple[Places, Places]:
        rows = np.fromiter(map(self._rows.get, tokens, repeat(UNKNOWN)), dtype=np.intp, count=len(tokens))
        return rows, rows

    def _of_codes(self, found: NDArray[np.uint32]) -> Places:
        return self._table.take(found, mode="clip")  # the last of the table is of no character
