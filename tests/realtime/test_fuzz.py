"""WSF: whatever is said on a socket, it ends with the code that the guide says or goes on, and nothing breaks.

2,000 frames in every run, 50,000 in `make proof`: what frames are made of, in and out of order, and bytes of any kind.
"""

import asyncio
import gc
import json
import logging
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed
from hypothesis import settings as examples
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.auth import DEV_COOKIE
from parvis.kernel.config import Settings
from parvis.realtime.service import issue_ticket
from parvis.realtime.sockets import Sockets
from tests.conftest import database_of_today
from tests.make.people import make_organisation
from tests.make.served import Served, served

from .wire import Caller, Ear, arriving, knock

BATCH = 1_000
"""Frames of one draw: what drew them is forgotten between two."""
MOST_IN_A_VISIT = 40
MEGABYTES = 20
TEXTS = {"ticket": 100, "since": 100, "cursor": 100, "topic": 100, "ref": 64}
FIELDS = {"hello": {"ticket", "since"}, "pong": {"cursor"}, "view": {"topic", "about", "ref"}, "typing": set[str]()}
"""What a client may say, as the guide tells it: type -> fields. Those in `TEXTS` are as long at most."""
ABOUT = re.compile(r"[a-z_]{1,32}:[0-9a-f-]{36}")
CURSOR = re.compile(r"[^.]*(?:\.(?:0|[1-9][0-9]{0,17})){2}")
Frame = str | bytes


# --- what is said -----------------------------------------------------------------------------------------------------

texts = st.one_of(st.text(max_size=20), st.sampled_from(["square", "member:1", "e.1.2", "x" * 101, "e.0.0"]))
abouts = st.one_of(st.uuids().map(lambda id_: f"post:{id_}"), st.text(max_size=45))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)

more: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from([*TEXTS, "about", "type", "id", ""]), values, max_size=3
)
"""Made once: of strategies that are made anew for each draw some are kept for ever."""


@st.composite
def sayings(draw: st.DrawFn, kinds: st.SearchStrategy[Any], *, wild: bool) -> Frame:
    """A frame of some type with some fields: such as may be said, or `wild`."""
    kind = draw(kinds)
    fields = FIELDS.get(kind, {"steps"}) if isinstance(kind, str) else {"steps"}
    known = {name: draw(abouts if name == "about" else texts) for name in sorted(fields) if draw(st.booleans())}
    if wild:
        known |= draw(more)
    return json.dumps({"type": kind, **known})


harmless = sayings(st.sampled_from(["pong", "view", "typing", "dance", "", "event", "Hello"]), wild=False)
anything: st.SearchStrategy[Frame] = st.one_of(
    sayings(st.one_of(st.sampled_from([*FIELDS, "x"]), values), wild=True),
    values.map(json.dumps),
    st.text(max_size=60),
    st.binary(max_size=60),
    st.integers(1, 3_000).map(lambda depth: "[" * depth),
    st.integers(1, 600).map(lambda depth: '{"type":' * depth),
    st.integers(4_000, 4_200).map(lambda length: json.dumps({"type": "dance", "steps": "x" * length})),
)
visits = st.tuples(
    st.booleans(),
    st.lists(st.one_of(harmless, harmless, harmless, anything), min_size=8, max_size=MOST_IN_A_VISIT),
)
"""Whether hello is said first, and what is said then."""


# --- how it must end --------------------------------------------------------------------------------------------------


def ends_with(frame: Frame, *, is_first: bool) -> int | None:
    """The code that a socket ends with when this is said; None: it goes on."""
    if isinstance(frame, bytes) or len(frame) > 4096:
        return 4002
    try:
        said = json.loads(frame)
    except (ValueError, RecursionError):
        return 4002
    if not isinstance(said, dict) or "type" not in said:
        return 4002
    kind = said.pop("type")
    if kind in [*FIELDS] and not is_well_said(kind, said):
        return 4002
    if is_first:
        from_nowhere = kind == "hello" and said.get("ticket") is not None and not is_cursor(said.get("since"))
        return 4002 if from_nowhere else 4001  # No ticket that holds, whatever it is.
    return 4002 if kind == "hello" else None


def is_cursor(since: str | None) -> bool:
    """Or none, which is one too."""
    return since is None or CURSOR.fullmatch(since) is not None


def is_well_said(kind: str, said: dict[str, Any]) -> bool:
    return said.keys() <= FIELDS[kind] and all(
        value is None
        or (isinstance(value, str) and (ABOUT.fullmatch(value) is not None if name == "about" else len(value) <= most))
        for name, value in said.items()
        for most in [TEXTS.get(name, 0)]
    )


# --- saying it --------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def organisation() -> None:
    """The server's own."""


@pytest.fixture
async def server(settings: Settings) -> AsyncIterator[Served]:
    async with served(settings) as running:
        await make_organisation(running.parvis)
        yield running


@pytest.fixture
async def ines(server: Served) -> AsyncIterator[Caller]:
    async with arriving(server, "Inès Benali") as caller:
        yield caller


async def visit(server: Served, actor: Actor, says_hello: bool, said: list[Frame]) -> str:
    """What is wrong with how it went, or nothing."""
    async with knock(server) as ear:
        if says_hello:
            await ear.say(type="hello", ticket=await server.parvis.database.write(issue_ticket, actor))
            await ear.until("live")
        for number, frame in enumerate(said):
            expected = ends_with(frame, is_first=not says_hello and number == 0)
            try:
                await ear.socket.send(frame)
            except ConnectionClosed:
                return f"closed with {ear.socket.close_code} after {said[number - 1]!r}"
            if expected is not None:
                code = await ear.closed()
                return "" if code == expected else f"{frame!r}: {code}, not {expected}"
        return await _goes_on(ear)


async def _goes_on(ear: Ear) -> str:
    try:
        await ear.say(type="dance", ref="last")
        while (await ear.until("err"))["ref"] != "last":
            pass
    except ConnectionClosed:
        return f"closed with {ear.socket.close_code} for nothing"
    return ""


def resident_megabytes() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def logged(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Tracebacks and errors, of the server and of ours."""
    theirs = [record.message for record in caplog.records if record.exc_info or record.levelno >= logging.ERROR]
    caplog.clear()
    ours = capsys.readouterr().out.splitlines()
    return theirs + [line for line in ours if "Traceback" in line or "[error" in line]


async def bombarded(server: Served, actor: Actor, frames: int, number: int) -> int:
    """Says about so many frames, drawn by this number; how many they were."""
    loop, said = asyncio.get_running_loop(), 0

    @seed(number)
    @examples(
        max_examples=frames // (MOST_IN_A_VISIT // 2),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(visits)
    def bombard(one: tuple[bool, list[Frame]]) -> None:
        nonlocal said
        said += len(one[1])
        assert asyncio.run_coroutine_threadsafe(visit(server, actor, *one), loop).result(30) == ""

    await asyncio.to_thread(bombard)
    return said


async def whole(server: Served, ines: Caller, caplog: Any, capsys: Any, wanted: int) -> None:
    actor = await server.parvis.part(Actors).by_cookie(ines.browser.cookies[DEV_COOKIE])
    assert actor is not None
    with caplog.at_level(logging.WARNING):
        said = await bombarded(server, actor, BATCH // 2, 0)
        faults, before = logged(caplog, capsys), resident_megabytes()
        while said < wanted:
            said += await bombarded(server, actor, BATCH, said)
            faults += logged(caplog, capsys)  # As it comes: what is captured is kept in memory.
        grown = resident_megabytes() - before
    assert faults == []
    assert abs(grown) <= MEGABYTES
    async with asyncio.timeout(10):
        while server.parvis.part(Sockets)._all():  # noqa: ASYNC110 — they go in their own time
            await asyncio.sleep(0.01)
    with capsys.disabled():
        sys.stdout.write(f"\nWSF: {said} frames, 0 tracebacks, every code as told, {grown:+.1f} MB\n")


@pytest.mark.parametrize("dialect", database_of_today(), scope="session")
@pytest.mark.unmeasured
async def test_whatever_is_said_nothing_breaks(
    server: Served, ines: Caller, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    await whole(server, ines, caplog, capsys, 2_000)


@pytest.mark.proof
@pytest.mark.unmeasured
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_fifty_thousand_frames_break_nothing(
    server: Served, ines: Caller, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    await whole(server, ines, caplog, capsys, 50_000)


def test_the_oracle_knows_each_way_to_end() -> None:
    frames: dict[Frame, int | None] = {
        '{"type":"pong"}': None,
        '{"type":"dance"}': None,
        '{"type":"hello"}': 4002,
        '{"type":"pong","more":1}': 4002,
        '{"type":"view","about":"x"}': 4002,
        "[1]": 4002,
        b"x": 4002,
    }
    assert {frame: ends_with(frame, is_first=False) for frame in frames} == frames
    first: dict[Frame, int | None] = {
        '{"type":"pong"}': 4001,
        '{"type":"hello","ticket":"x","since":"e.1.2"}': 4001,
        '{"type":"hello","since":"e"}': 4001,
        '{"type":"hello","ticket":"x","since":"e"}': 4002,
    }
    assert {frame: ends_with(frame, is_first=True) for frame in first} == first
