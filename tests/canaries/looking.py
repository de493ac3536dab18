"""Looking for canaries by their words: wherever a list, a search or a count can be asked for some."""

import json
from typing import Any

import httpx

from .crawling import READING, Crawl, Operation
from .garden import Garden, words_in

ENOUGH = 2
"""Paths of one operation in which words are looked for, where several answer."""
WAYS = ("{}", "Flavie {}", "Flavie -{}", '"{}"')
"""How a word is looked for: beside the name of who planted most of them, too, and where it is not."""
ELSEWHERE = 4
"""Elsewhere, and in other ways, one word in so many is looked for, by turns."""


async def look(crawl: Crawl, garden: Garden, part: str) -> list[str]:
    """Looks for words wherever one can: those that he may find, and those that he may not. To these what is answered
    must be what a word that is nowhere finds, to the last number. Returns where it was not."""
    differing: list[str] = []
    every, wild = garden.hidden_from(part), garden.wild()
    for operation in (one for one in READING if one.looks_for):
        for path in await _open(crawl, operation, wild):
            for beginning in garden.shown_to(part):
                reply = await _ask(crawl, operation, path, beginning)
                crawl.told(crawl.channel(operation, reply), words_in(reply.content))
            for number, way in enumerate(WAYS if operation.name == "search" else WAYS[:1]):
                nothing = _told_by(await _ask(crawl, operation, path, way.format(wild)), wild)
                few = ELSEWHERE if number or operation.tag != "search" else 1
                for word in every[crawl.turn % few :: few]:
                    found = await _ask(crawl, operation, path, way.format(word))
                    if _told_by(found, word) != nothing:
                        differing.append(f"{operation.name} tells {word} from nothing: {found.text[:300]}")
    return differing


async def _open(crawl: Crawl, operation: Operation, wild: str) -> list[str]:
    """Some of the places where he can."""
    found: list[str] = []
    for path in (forms[0] for forms in crawl.ids.paths(operation) if forms):
        if len(found) < ENOUGH and (await _ask(crawl, operation, path, wild)).is_success:
            found.append(path)
    return found


async def _ask(crawl: Crawl, operation: Operation, path: str, words: str) -> httpx.Response:
    assert operation.looks_for is not None
    return await crawl.ask(path, {**operation.least(), operation.looks_for: words})


def _told_by(reply: httpx.Response, word: str) -> tuple[int, Any]:
    """All that is answered, but for the word that was asked for and which request it answers."""
    said = json.loads(reply.text.replace(word, "…")) if reply.content else None
    if isinstance(said, dict):
        said.pop("request_id", None)
    return reply.status_code, said
