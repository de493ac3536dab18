"""What changed from one version of a page to another, block by block, and word by word inside a block."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import orjson

from .tree import Node, text_of

Change = Literal["same", "added", "removed", "changed"]
WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 5_000
"""Longer blocks are compared as a whole."""


@dataclass(frozen=True, slots=True)
class Run:
    """`client`: who wrote what came, where that is known."""

    text: str
    change: Literal["same", "added", "removed"]
    client: int | None = None


@dataclass(frozen=True, slots=True)
class ComparedBlock:
    change: Change
    before: Node | None
    after: Node | None
    runs: Sequence[Run]


def compare(before: Node, after: Node) -> list[ComparedBlock]:
    first, second = before.get("content", []), after.get("content", [])
    keys = [[orjson.dumps(node, option=orjson.OPT_SORT_KEYS) for node in nodes] for nodes in (first, second)]
    found: list[ComparedBlock] = []
    for kind, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if kind == "equal":
            found += [ComparedBlock("same", node, node, [Run(text_of(node), "same")]) for node in first[a:b]]
        else:
            found += _changed(first[a:b], second[c:d])
    return found


def _changed(before: Sequence[Node], after: Sequence[Node]) -> Iterator[ComparedBlock]:
    """Blocks of a kind that stand in each other's place were changed."""
    pairs = min(len(before), len(after))
    for one, other in zip(before[:pairs], after[:pairs], strict=True):
        if one["type"] == other["type"]:
            yield ComparedBlock("changed", one, other, list(_runs(text_of(one), text_of(other))))
        else:
            yield _removed(one)
            yield _added(other)
    yield from map(_removed, before[pairs:])
    yield from map(_added, after[pairs:])


def _removed(node: Node) -> ComparedBlock:
    return ComparedBlock("removed", node, None, [Run(text_of(node), "removed")])


def _added(node: Node) -> ComparedBlock:
    return ComparedBlock("added", None, node, [Run(text_of(node), "added")])


def _runs(before: str, after: str) -> Iterator[Run]:
    first, second = WORDS.findall(before), WORDS.findall(after)
    if max(len(first), len(second)) > MOST_WORDS:
        yield from (Run(before, "removed"), Run(after, "added"))
        return
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Run("".join(first[a:b]), "same")
            continue
        if a < b:
            yield Run("".join(first[a:b]), "removed")
        if c < d:
            yield Run("".join(second[c:d]), "added")
