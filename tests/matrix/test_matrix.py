"""MAT: every operation, asked by everybody, in communities of every access, answers as the policy says.

`PARVIS_MATRIX=postComment,getPost pytest tests/matrix -s` asks these alone, while one writes them.
"""

import asyncio
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.api.test_description import OPERATIONS
from tests.conftest import EVERYTHING, SignIn

from .asking import ASKED, Asked, filled, names_used, ways_to_ask
from .credentials import Wallet, outcome
from .policy import (
    ACCESSES,
    HIDDEN,
    LET,
    NOT_SO,
    PEOPLE_ADMINISTRATORS,
    POLICY,
    REFUSED,
    SIGNED_IN,
    UNKNOWN,
    Access,
    Rule,
)
from .rehearsal import Asker, rehearsing
from .world import World, make_world

OF_THE_CREDENTIAL = {"csrf_refused", "insufficient_scope", "invalid_token", "proof_required"}
"""Why somebody is refused who would be let in with another credential."""


@dataclass(frozen=True)
class Line:
    """One operation, with one kind of object."""

    area: str
    operation: str
    of: str
    method: str
    path: str
    rule: Rule
    asked: Asked

    def names_used(self) -> set[str]:
        templates = {name: f"{{{name}}}" for name in re.findall(r"{(\w+)}", self.path)} | dict(self.asked.path)
        return names_used([templates, self.asked.body, self.asked.query])

    def __str__(self) -> str:
        return f"{self.operation} ({self.of})" if self.of else self.operation


ONLY = set(filter(None, os.environ.get("PARVIS_MATRIX", "").split(",")))
TOGETHER = 8
"""Fewer than a pool has connections: on a busy machine the last of many would wait for one in vain."""
Cell = tuple[str, Access]
"""Who asks, by what he is to a community of what access."""
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PLACES = {operation["operationId"]: label.split(" ") for label, operation in OPERATIONS.items()}
TODAY = clock.now().date().toordinal()
ALL = range(8)
T = TypeVar("T")
STATED = {operation: (area, rules) for area, stated in POLICY.items() for operation, rules in stated.items()}


def lines() -> Iterator[Line]:
    for operation, (method, path) in PLACES.items():
        if ONLY and operation not in ONLY:
            continue
        area, rules = STATED[operation]
        ways = ways_to_ask(operation)
        for of, rule in ({"": rules} if isinstance(rules, Rule) else rules).items():
            yield Line(area, operation, of, method, path, rule, ways[of])


@dataclass
class Findings:
    """What was asked, and where the answer was another than stated."""

    cells: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)
    divergences: dict[str, list[str]] = field(default_factory=dict)
    """Who, by what diverged."""

    def add(self, line: Line, who: str, expected: str, seen: str) -> None:
        self.cells[line.operation] += 1
        if seen != expected:
            self.divergences.setdefault(f"{line}: {expected} stated, {seen} found", []).append(who)

    def differ(self, line: Line, who: str, how: str) -> None:
        self.divergences.setdefault(f"{line}: what is hidden differs from what is not there: {how}", []).append(who)

    def told(self, what: str, seconds: float) -> str:
        diverging = sum(map(len, self.divergences.values()))
        hidden = f", {self.hidden.total()} held against what is not there" if self.hidden else ""
        return f"{what}: {self.cells.total()} cells{hidden}, {diverging} divergences, {seconds:.0f} s\n"

    def listed(self) -> str:
        return "\n".join(f"{what}: {', '.join(who)}" for what, who in self.divergences.items())


def outcome_of(answer: httpx.Response, asked: Asked) -> str:
    if answer.status_code in asked.shows:
        return LET
    code = answer.json().get("code", "") if "json" in answer.headers.get("content-type", "") else ""
    if code in OF_THE_CREDENTIAL:
        return str(code)
    said = {401: UNKNOWN, 403: REFUSED, 404: HIDDEN, 409: NOT_SO, 410: NOT_SO}
    return said.get(answer.status_code) or f"{answer.status_code} {code} {fields_of(answer)}".strip()


def fields_of(answer: httpx.Response) -> str:
    """What was wrong with a request, for who writes how an operation is asked."""
    fields = answer.json().get("fields", ()) if "json" in answer.headers.get("content-type", "") else ()
    return ", ".join(field["path"] or field["code"] for field in fields)


def names_in(world: World, asker: Asker, line: Line, cell: Cell) -> dict[str, str] | None:
    """What names stand for in a cell; None when the actor has no such object of his own to ask about."""
    names = {"fresh_email": asker.fresh_email(), **world.names_of(*cell)}
    missing = line.names_used() - names.keys()
    assert all(name.startswith("own_") for name in missing), f"{line}: nothing is called {missing}"
    return None if missing else names


async def ask(asker: Asker, line: Line, names: Mapping[str, str], sent: Mapping[str, str]) -> httpx.Response:
    asked = line.asked
    path = line.path.format_map({**names, **{name: filled(value, names) for name, value in asked.path.items()}})
    body = {"content": asked.content} if asked.body is None else {"json": filled(asked.body, names)}
    query = filled(asked.query, names)
    return await asker.ask(line.method, path, headers={**asked.headers, **sent}, params=query, **body)


def of_nothing(names: Mapping[str, str]) -> dict[str, str]:
    """The same names for what does not exist."""
    return {name: str(uuid4()) if ID.fullmatch(value) else value for name, value in names.items()}


def of_today(cells: Sequence[T], turn: int, parts: Sequence[int]) -> list[T]:
    """Those that are of these parts today."""
    return [cell for number, cell in enumerate(cells) if (number + TODAY + turn) % len(ALL) in parts]


def told_by(answer: httpx.Response) -> object:
    """All that an answer tells, but for which request it answers."""
    said = {name: value for name, value in answer.headers.items() if not name.startswith(("x-request-id", "ratelimit"))}
    return answer.status_code, said, {**answer.json(), "request_id": ""} if answer.content else {}


async def hold_against_policy(world: World, asker: Asker, parts: Sequence[int]) -> Findings:
    """The cells of a line are asked some together, so that the server works on one while others wait for the database.
    `parts`: which eighths of the cells, others each day."""
    found, few = Findings(), asyncio.Semaphore(TOGETHER)

    async def in_turn(line: Line, cell: Cell) -> None:
        async with few:
            await hold(world, asker, line, cell, found)

    for turn, line in enumerate(lines()):
        cells = of_today(list(world.asking(line.names_used(), turn)), turn, parts)
        await asyncio.gather(*(in_turn(line, cell) for cell in cells))
    return found


async def hold(world: World, asker: Asker, line: Line, cell: Cell, found: Findings) -> None:
    """One cell. What is not there for the actor is also held against what is not there at all (MAT-404)."""
    names, sent, expected = names_in(world, asker, line, cell), world.sent_by(*cell), line.rule.outcome(*cell)
    if names is None:
        return
    answer, who = await ask(asker, line, names, sent), " of ".join(cell)
    found.add(line, who, expected, outcome_of(answer, line.asked))
    knows_nobody = line.area == "people" and expected == REFUSED and cell[0] not in PEOPLE_ADMINISTRATORS
    if expected == HIDDEN or knows_nobody:
        nothing = await ask(asker, line, of_nothing(names), sent)
        found.hidden[line.operation] += 1
        if told_by(answer) != told_by(nothing):
            found.differ(line, who, f"{told_by(answer)} and not {told_by(nothing)}")


async def hold_credentials(world: World, asker: Asker, time: MovableClock, parts: Sequence[int]) -> Findings:
    """Each operation, by who may do it, with each credential that is no browser in good order."""
    found, wallet = Findings(), Wallet(world.parvis, time)
    tried: list[tuple[Line, str, dict[str, str], Mapping[str, str]]] = []
    for turn, line in enumerate(lines()):
        cell = None if line.rule.public else next(may_do(world, asker, line), None)
        if cell is None:
            continue
        scope = f"{line.area}:{'read' if line.method == 'GET' else 'write'}"
        credentials = await wallet.of(world.people[cell].member.id, scope)
        names = names_in(world, asker, line, cell)
        assert names is not None
        tried += of_today([(line, kind, names, sent) for kind, sent in credentials.items()], turn, parts)
    with rehearsing(world.parvis.database):
        for line, kind, names, sent in tried:
            answer = await ask(asker, line, names, sent)
            found.add(line, kind, outcome(kind, line.operation, line.method), outcome_of(answer, line.asked))
    return found


def may_do(world: World, asker: Asker, line: Line) -> Iterator[Cell]:
    """Who is let through, those with most to lose first."""
    for access in ACCESSES:
        for actor in ("owner", "administrator", *sorted(SIGNED_IN)):
            if line.rule.outcome(actor, access) == LET and names_in(world, asker, line, (actor, access)):
                yield actor, access


@pytest.fixture
async def world(parvis: Parvis, sign_in: SignIn, moved_clock: MovableClock) -> World:
    """In which time stands still: sessions keep, and nothing is read anew for being old."""
    return await make_world(parvis, sign_in)


def test_every_operation_has_its_line() -> None:
    missing = sorted(PLACES.keys() - STATED.keys())
    assert not missing, (
        f"Say in tests/matrix/policy.py who may do these, and in tests/matrix/asking.py how they are asked: {missing}"
    )
    assert STATED.keys() - PLACES.keys() == set(), "these operations are no more"
    assert ASKED.keys() - PLACES.keys() == set(), "these operations are no more"


def test_areas_are_those_of_the_description() -> None:
    tags = {operation["operationId"]: operation["tags"][0] for operation in OPERATIONS.values()}
    assert {name: area for name, (area, _) in STATED.items()} == tags


async def mat(app: FastAPI, world: World, time_: MovableClock, what: str, parts: Sequence[int] = ALL) -> None:
    """Prints how many cells were asked, and fails with those that diverge."""
    begun, asker = time.process_time(), Asker(app)
    by_credential = await hold_credentials(world, asker, time_, parts)
    with rehearsing(world.parvis.database):
        by_actor = await hold_against_policy(world, asker, parts)
    sys.stdout.write(by_credential.told(f"MAT on {what}, by credential", 0))
    sys.stdout.write(by_actor.told(f"MAT on {what}, by actor", time.process_time() - begun))
    asked = ONLY or PLACES.keys()
    assert by_actor.cells.keys() == asked if len(parts) == len(ALL) else by_actor.cells.keys() <= asked
    assert not by_actor.divergences | by_credential.divergences, f"{by_actor.listed()}\n{by_credential.listed()}"


@pytest.mark.unmeasured
@pytest.mark.long
@pytest.mark.timeout(900)
async def test_mat(dialect: str, app: FastAPI, world: World, moved_clock: MovableClock) -> None:
    """Half of the cells, tomorrow the other: of eight, three on SQLite and one on PostgreSQL, which takes longer. Lines
    that are asked alone are asked whole."""
    parts = ALL if ONLY or EVERYTHING else ALL[:3] if dialect == "sqlite" else ALL[3:4]
    await mat(app, world, moved_clock, f"{dialect}, {len(parts)}/{len(ALL)} of it", parts)


@pytest.mark.proof
@pytest.mark.timeout(0)
async def test_mat_all_of_it(dialect: str, app: FastAPI, world: World, moved_clock: MovableClock) -> None:
    await mat(app, world, moved_clock, dialect)
