"""The published description of the socket: whole, and true of what is said on it."""

import json
from pathlib import Path
from typing import Any, get_args

import httpx
import jsonschema_rs
import pytest

from parvis import __version__
from parvis.accounts.events import MemberUpdated
from parvis.kernel.config import Settings
from parvis.kernel.openapi import written
from parvis.profiles.events import ProfileChanged
from parvis.realtime import asyncapi, frames
from parvis.realtime.door import read
from tests.make.served import served

from .conftest import tell
from .wire import API, Frame, arriving, knock

FOLDER = Path(__file__).parents[2] / "openapi"
DESCRIPTION = asyncapi.description(__version__)


@pytest.fixture(autouse=True)
def organisation() -> None:
    """The server's own."""


def test_what_is_committed_is_what_the_code_says() -> None:
    assert (FOLDER / "asyncapi.json").read_text(encoding="utf-8") == written(DESCRIPTION)


def resolve(pointer: str) -> Any:
    file, _, path = pointer.partition("#/")
    found: Any = json.loads((FOLDER / file).read_text(encoding="utf-8")) if file else DESCRIPTION
    for part in path.split("/"):
        found = found[part]
    return found


def references(part: Any) -> list[str]:
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    own = [part["$ref"]] if isinstance(part, dict) and "$ref" in part else []
    return own + [found for one in inside for found in references(one)]


def test_every_reference_leads_somewhere_and_every_frame_of_the_code_is_described() -> None:
    found = references(DESCRIPTION)
    assert len(found) > 20
    assert all(resolve(pointer) for pointer in found)
    described = {message["name"] for message in DESCRIPTION["components"]["messages"].values()}
    known = [*frames.CLIENT_FRAMES, *frames.SERVER_FRAMES]
    ours = {get_args(frame.model_fields["type"].annotation)[0] for frame in known}
    assert described == ours | {"event", "events"}


def checker() -> jsonschema_rs.Validator:
    """Holds a frame of the server against the schema of its type; events against those of the HTTP API."""
    known = {f"{API}/openapi.json": json.loads((FOLDER / "openapi.json").read_text(encoding="utf-8"))}
    heard = [resolve(resolve(one["$ref"])["$ref"])["payload"] for one in DESCRIPTION["operations"]["hear"]["messages"]]
    schema = {**DESCRIPTION, "$id": f"urn:parvis{API}/asyncapi.json", "oneOf": heard}
    text = json.dumps(schema).replace('"openapi.json#', f'"urn:parvis{API}/openapi.json#')
    registry = jsonschema_rs.Registry([(f"urn:parvis{uri}", document) for uri, document in known.items()])
    return jsonschema_rs.validator_for(json.loads(text), registry=registry)


async def test_what_is_heard_is_what_is_described(settings: Settings) -> None:
    """All that a visit says, and the document itself, read where clients find it."""
    async with served(settings) as server, arriving(server, "Inès Benali") as ines:
        begin = await ines.cursor()
        await tell(server.parvis, MemberUpdated(member_id=ines.member.id))
        async with knock(server) as ear:
            await ear.say(type="hello", ticket=await ines.ticket(), since=begin)
            await ear.hears("member.updated")
            await ear.until("live")
            await tell(server.parvis, ProfileChanged(id=ines.member.id, version=2))
            await ear.hears("member.updated", "profile.changed")
            await ear.say(type="dance")
            server.parvis.drain()
            await ear.closed()
        said: list[Frame] = [*ear.frames, json.loads(frames.PING.content), json.loads(frames.RESYNC.content)]
        assert {frame["type"] for frame in said} >= {"ready", "events", "live", "event", "bye", "ping", "resync"}
        valid = checker()
        assert [frame for frame in said if not valid.is_valid(frame)] == []
        assert not valid.is_valid({"type": "event", "event": {"type": "moon.landed"}})
        async with httpx.AsyncClient(base_url=server.url) as anybody:
            assert (await anybody.get(f"{API}/asyncapi.json")).json() == DESCRIPTION


def test_what_a_client_may_say_is_what_is_read() -> None:
    """Each described frame of a client is understood."""
    for name in ("Hello", "Pong"):
        schema = DESCRIPTION["components"]["schemas"][name]
        kind = schema["properties"]["type"]["const"]
        assert read(json.dumps({"type": kind})) is not None
        assert schema["required"] == ["type"]
