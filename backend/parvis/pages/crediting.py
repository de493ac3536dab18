"""Who wrote what came into a page from one version to another. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from .authorship import Written, WrittenBlock
from .comparing import ComparedBlock, Run
from .tree import text_of


def credited(compared: Sequence[ComparedBlock], written: Sequence[WrittenBlock]) -> list[ComparedBlock]:
    """The same, with the client of each run that came. `written`: blocks of the later version; where they are not those
    of the comparison, nothing is said."""
    if sum(block.after is not None for block in compared) != len(written):
        return list(compared)
    theirs = iter(written)
    return [block if block.after is None else _credited(block, next(theirs)) for block in compared]


def shares(compared: Sequence[ComparedBlock]) -> Mapping[int, int]:
    """How many letters of what came each client wrote."""
    counted: dict[int, int] = {}
    for block in compared:
        for run in block.runs:
            if run.client is not None:
                counted[run.client] = counted.get(run.client, 0) + len(run.text.strip())
    return counted


def _credited(block: ComparedBlock, written: WrittenBlock) -> ComparedBlock:
    assert block.after is not None
    clients = _of_letters(text_of(block.after), written.runs)
    return replace(block, runs=list(_split(block.runs, clients))) if clients else block


def _of_letters(text: str, runs: Sequence[Written]) -> list[int | None]:
    """By whom each letter of a block is; nothing where the two say it otherwise. A space is of who wrote before it, or,
    where what came begins with it, after it."""
    known = [(letter, run.client) for run in runs for letter in run.text if not letter.isspace()]
    if "".join(letter for letter, _ in known) != "".join(text.split()):
        return []
    clients = iter(client for _, client in known)
    found: list[int | None] = []
    last: int | None = None
    for letter in text:
        if not letter.isspace():
            last = next(clients)
        found.append(last)
    return found


def _split(runs: Sequence[Run], clients: Sequence[int | None]) -> Iterator[Run]:
    at = 0
    for run in runs:
        if run.change == "removed":
            yield run
            continue
        letters = list(zip(run.text, clients[at : at + len(run.text)], strict=True))
        at += len(run.text)
        if run.change == "same":
            yield run
            continue
        before = len(run.text) - len(run.text.lstrip())
        first = letters[before][1] if before < len(letters) else None
        said = [(letter, first if number < before else client) for number, (letter, client) in enumerate(letters)]
        for client, some in groupby(said, key=itemgetter(1)):
            yield Run("".join(letter for letter, _ in some), "added", client)
