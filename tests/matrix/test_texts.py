"""UNI: whatever text stands in whatever field, it is kept as it was written or refused, and nothing breaks.

`PARVIS_MATRIX=postComment pytest tests/matrix/test_texts.py -s` asks these operations alone.
"""

import asyncio
import copy
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.api.test_description import DESCRIPTION, OPERATIONS
from tests.conftest import EVERYTHING, SignIn
from tests.make.strange_texts import STRANGE

from .asking import filled
from .rehearsal import Asker, rehearsing
from .test_matrix import ONLY, TODAY, TOGETHER, Line, lines, may_do, names_in
from .world import World, make_world

SCHEMAS: Mapping[str, Any] = DESCRIPTION["components"]["schemas"]
BODIES = {operation["operationId"]: operation.get("requestBody", {}) for operation in OPERATIONS.values()}
OF_A_FORM = {"uuid", "date", "date-time", "time"}
"""Formats that no text of these has: what is none is refused, which the fuzzer looks at."""
DEEPEST = 4
EVERY_DAY = 25
"""Of so many fields with their texts one is tried each day, another tomorrow."""
MADE_ANEW = {
    "email",
    "identifier",
    "endpoint",
    "redirect_uri",
    "url",
    "urls",
    "domain",
    "shared_url",
    "language",
    "languages",
}
"""Fields that are kept in a form of their own."""
OF_FILES = {"addDocument", "changeDocument", "copyDocument", "makeFolder", "changeFolder", "copyFolder", "makePage"}
"""Operations whose `name` becomes one that any disk takes (`tests/files/test_hostile.py`)."""
READ_AFTERWARDS = {("keepWrittenVersion", "label")}
"""Answers that are read once the unit of work has ended: a rehearsal has undone it by then."""

Place = tuple[str | int, ...]


@dataclass
class Found:
    asked: Counter[int] = field(default_factory=Counter)
    """By status."""
    fields: set[tuple[str, Place]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def told(self, what: str) -> str:
        statuses = dict(sorted(self.asked.items()))
        return f"UNI on {what}: {self.asked.total()} texts in {len(self.fields)} fields, {statuses}\n"


def texts_in(schema: Mapping[str, Any], place: Place = ()) -> Iterator[Place]:
    """Where a body takes text of any kind."""
    if "$ref" in schema:
        schema = SCHEMAS[schema["$ref"].rpartition("/")[2]]
    if len(place) > DEEPEST:
        return
    if (
        schema.get("type") == "string"
        and not {"enum", "const"} & schema.keys()
        and schema.get("format") not in OF_A_FORM
    ):
        yield place
    for name, part in schema.get("properties", {}).items():
        yield from texts_in(part, (*place, name))
    if schema.get("type") == "array" and isinstance(schema.get("items"), Mapping):
        yield from texts_in(schema["items"], (*place, 0))
    for way in ("anyOf", "oneOf", "allOf"):
        for part in schema.get(way, ()):
            yield from texts_in(part, place)


def with_text(body: Any, place: Place, text: str) -> Any:
    """The body with this text there; what leads there is made where it is not."""
    if not place:
        return text
    first, *rest = place
    if isinstance(first, int):
        return [with_text(body[0] if isinstance(body, list) and body else None, tuple(rest), text)]
    held = copy.copy(body) if isinstance(body, dict) else {}
    held[first] = with_text(held.get(first), tuple(rest), text)
    return held


def tried(found_in: Sequence[Line], *, every: int) -> Iterator[tuple[Line, Place, str]]:
    number = TODAY
    for line in found_in:
        schema = BODIES[line.operation].get("content", {}).get("application/json", {}).get("schema", {})
        for place in dict.fromkeys(texts_in(schema)):
            for text in STRANGE:
                number += 1
                if number % every == 0:
                    yield line, place, text


def is_kept(text: str, answer: httpx.Response, place: Place) -> bool:
    """Whether the answer has what was written, where it shows that field: letters composed, and no space around."""
    if not answer.is_success or not answer.content or len(place) != 1 or place[0] in MADE_ANEW:
        return True
    shown = answer.json() if "json" in answer.headers["content-type"] else None
    said = shown.get(place[0]) if isinstance(shown, dict) else None
    return not isinstance(said, str) or plain(said) == plain(text)


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


async def hold(world: World, asker: Asker, *, every: int) -> Found:
    found, few = Found(), asyncio.Semaphore(TOGETHER)
    asked = [line for line in lines() if not line.of or line.of.startswith(("their own", "in an open"))]

    async def one(line: Line, place: Place, text: str) -> None:
        async with few:
            await ask_with(world, asker, line, place, text, found)

    with rehearsing(world.parvis.database):
        await asyncio.gather(*(one(*each) for each in tried(asked, every=every)))
    return found


async def ask_with(world: World, asker: Asker, line: Line, place: Place, text: str, found: Found) -> None:
    cell = next(may_do(world, asker, line), ("anonymous", "open"))
    names = names_in(world, asker, line, cell)
    if names is None:
        return
    path = line.path.format_map({**names, **{name: filled(value, names) for name, value in line.asked.path.items()}})
    body = with_text(filled(line.asked.body, names), place, text)
    sent = {**line.asked.headers, **world.sent_by(*cell), "content-type": "application/json"}
    answer = await asker.ask(line.method, path, headers=sent, content=json.dumps(body).encode())
    found.asked[answer.status_code] += 1
    found.fields.add((line.operation, place))
    where = f"{line.operation} {'/'.join(map(str, place))} {text[:40]!a}"
    if answer.status_code >= 500:
        found.faults.append(f"{where}: {answer.status_code}")
    is_made_anew = (line.operation, place[-1]) in READ_AFTERWARDS or (line.operation in OF_FILES and place == ("name",))
    if not is_made_anew and not is_kept(text, answer, place):
        found.faults.append(f"{where}: shown as {answer.json()[place[0]][:40]!a}")


@pytest.fixture
async def world(parvis: Parvis, sign_in: SignIn, moved_clock: MovableClock) -> World:
    return await make_world(parvis, sign_in)


def test_there_are_sixty_and_they_differ() -> None:
    assert len(set(STRANGE)) == 60


@pytest.mark.unmeasured
@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
@pytest.mark.timeout(300)
async def test_no_text_breaks_a_field_nor_is_changed(app: FastAPI, world: World) -> None:
    found = await hold(world, Asker(app), every=1 if ONLY or EVERYTHING else EVERY_DAY)
    sys.stdout.write(found.told("sqlite"))
    assert not found.faults, "\n".join(found.faults)
    assert found.asked.total() > 50


@pytest.mark.proof
@pytest.mark.timeout(0)
async def test_no_text_breaks_any_field_of_any_operation(dialect: str, app: FastAPI, world: World) -> None:
    found = await hold(world, Asker(app), every=1)
    sys.stdout.write(found.told(dialect))
    assert not found.faults, "\n".join(found.faults)
