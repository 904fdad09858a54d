"""Build the trie by which the service finds tokens."""

from collections.abc import Sequence

import numpy as np

from service.model.hashtable import HashTable
from service.model.vocabulary import NODES, node_keys
from training.hashing import build_table


def build_trie(known: Sequence[str]) -> HashTable:
    """Return the trie of some tokens, each given once (see `service.model.vocabulary.Tokens`)."""
    nodes = {token: NODES + row for row, token in enumerate(known)}
    for token in known:
        for length in range(2, len(token)):
            nodes.setdefault(token[:length], NODES + len(nodes))
    edges = [_edge(begun, nodes) for begun in nodes]
    before, last = (np.array(column) for column in zip(*edges, strict=True))
    return build_table(dict(zip(node_keys(before, last.astype(np.uint32)).tolist(), nodes.values(), strict=True)))


def _edge(begun: str, nodes: dict[str, int]) -> tuple[int, int]:
    """Return the node and the character that lead to a token, or to what some begin with."""
    before, last = begun[:-1], ord(begun[-1])
    if not before:
        return last, 0
    return (ord(before) if len(before) == 1 else nodes[before]), last
