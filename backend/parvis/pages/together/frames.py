"""What is said on the socket of a page: JSON texts, told apart by their `type`, and bytes as Yjs writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from pydantic import Field, TypeAdapter, ValidationError

from parvis.kernel.fanout import Message
from parvis.kernel.schemas import In, Out
from parvis.pages import lib0
from parvis.pages.lib0 import LARGEST_UINT, Malformed, Reading
from parvis.pages.policy import PageLevel
from parvis.profiles.schemas.people import PersonRef
from parvis.realtime.frames import BAD_FRAME as BAD_FRAME
from parvis.realtime.frames import FAILED as FAILED
from parvis.realtime.frames import PING_SECONDS as PING_SECONDS
from parvis.realtime.frames import RESTART as RESTART
from parvis.realtime.frames import REVOKED as REVOKED
from parvis.realtime.frames import SLOW as SLOW
from parvis.realtime.frames import TOO_MANY as TOO_MANY
from parvis.realtime.frames import UNKNOWN as UNKNOWN
from parvis.realtime.frames import Bye as Bye

PROTOCOL = "parvis.pages.v1"
LARGEST_TEXT = 4096
SYNC, AWARENESS, WRITE = 0, 1, 10
"""What begins a message of bytes; the first two as y-protocols has them."""
STEP_1, STEP_2, UPDATE = 0, 1, 2
"""What follows `SYNC`."""
LARGEST_CURSOR = 2048
"""Bytes of where a caret stands."""
ClientId = Annotated[int, Field(ge=0, le=LARGEST_UINT, strict=True)]
Refusal = Literal["read_only", "too_large", "space_full", "not_yours", "bad_update"]


class Hello(In):
    """The first frame, within five seconds. `client_id`: of the Yjs document that the client writes with."""

    type: Literal["hello"]
    ticket: Annotated[str, Field(max_length=100)]
    client_id: ClientId


class Pong(In):
    type: Literal["pong"]


ClientText = Annotated[Hello | Pong, Field(discriminator="type")]
_read_text = TypeAdapter[Hello | Pong](ClientText).validate_json


class Ready(Out):
    type: Literal["ready"] = "ready"
    level: PageLevel
    seq: int = Field(description="The last that was written in the page.")


class LevelChanged(Out):
    type: Literal["level"] = "level"
    level: PageLevel


class Ack(Out):
    """All writes up to this number are durable, and in the page at `seq`."""

    type: Literal["ack"] = "ack"
    n: int
    seq: int


class Refused(Out):
    """A write was dropped: nobody else ever sees it."""

    type: Literal["refused"] = "refused"
    n: int
    code: Refusal


class People(Out):
    """Who is here, as you may know them."""

    type: Literal["people"] = "people"
    items: list[PersonRef]
    count: int


class ThreadsChanged(Out):
    type: Literal["threads"] = "threads"
    version: int


class VersionsChanged(Out):
    type: Literal["versions"] = "versions"


class Ping(Out):
    type: Literal["ping"] = "ping"


def message(frame: Out) -> Message:
    return Message(frame.model_dump_json().encode())


PING, VERSIONS = message(Ping()), message(VersionsChanged())


def read_text(said: str) -> Hello | Pong | None:
    """None for a frame of another version of the protocol. Raises `Malformed`."""
    if len(said) > LARGEST_TEXT:
        raise Malformed("a text is too long")
    try:
        return _read_text(said)
    except ValidationError as error:
        if [fault["type"] for fault in error.errors()] == ["union_tag_invalid"]:
            return None
        raise Malformed("not a frame") from error


@dataclass(frozen=True, slots=True)
class Asking:
    """The client says what it knows, and asks for the rest."""

    state_vector: bytes


@dataclass(frozen=True, slots=True)
class Writing:
    """`n`: which it is on its connection, from one."""

    n: int
    update: bytes


@dataclass(frozen=True, slots=True)
class Caret:
    """Where a client's caret stands; None: nowhere. `clock` grows with each."""

    client_id: int
    clock: int
    cursor: dict[str, Any] | None


def read_bytes(said: bytes) -> Asking | Writing | list[Caret] | None:
    """None for what clients have no reason to say. Raises `Malformed`."""
    reading = Reading(said)
    kind = reading.uint()
    if kind == WRITE:
        return Writing(reading.uint(), reading.bytes())
    if kind == SYNC:
        return Asking(reading.bytes()) if reading.uint() == STEP_1 else None
    if kind == AWARENESS:
        return _carets(Reading(reading.bytes()))
    return None


def _carets(reading: Reading) -> list[Caret]:
    return [Caret(reading.uint(), reading.uint(), _cursor(reading.text())) for _ in range(reading.count())]


def _cursor(said: str) -> dict[str, Any] | None:
    """Of all that a client says of itself, where its caret stands, and nothing else."""
    if len(said) > LARGEST_CURSOR:
        return None
    try:
        state = orjson.loads(said)
    except orjson.JSONDecodeError:
        raise Malformed("not JSON") from None
    cursor = state.get("cursor") if isinstance(state, dict) else None
    if not isinstance(cursor, dict):
        return None
    kept = {name: _position(cursor.get(name)) for name in ("anchor", "head")}
    return kept if all(kept.values()) else None


def _position(said: Any) -> dict[str, Any] | None:
    """A relative position of Yjs: ids of what it stands by, a name of a tree, and to which side it leans."""
    if not isinstance(said, dict):
        return None
    kept: dict[str, Any] = {}
    for name in ("type", "item"):
        id_ = said.get(name)
        if isinstance(id_, dict) and all(_is_number(id_.get(part)) for part in ("client", "clock")):
            kept[name] = {"client": id_["client"], "clock": id_["clock"]}
    if said.get("tname") == "page":
        kept["tname"] = "page"
    if _is_number(said.get("assoc"), least=-1):
        kept["assoc"] = said["assoc"]
    return kept or None


def _is_number(said: Any, least: int = 0) -> bool:
    return isinstance(said, int) and not isinstance(said, bool) and least <= said <= LARGEST_UINT


def asking(state_vector: bytes) -> Message:
    return _sync(STEP_1, state_vector)


def answer(update: bytes) -> Message:
    return _sync(STEP_2, update)


def update(content: bytes) -> Message:
    return _sync(UPDATE, content)


def _sync(step: int, content: bytes) -> Message:
    return Message(bytes([SYNC, step]) + lib0.sized(content), is_binary=True)


def carets(of: Sequence[tuple[Caret, UUID]]) -> Message:
    """Whose carets stand where; his who is gone is null."""
    written = lib0.uint(len(of)) + b"".join(_caret(caret, member_id) for caret, member_id in of)
    return Message(bytes([AWARENESS]) + lib0.sized(written), is_binary=True)


def _caret(caret: Caret, member_id: UUID) -> bytes:
    state = None
    if caret.cursor is not None:
        state = {"member_id": str(member_id), "cursor": caret.cursor, "color": colour_of(member_id)}
    return lib0.uint(caret.client_id) + lib0.uint(caret.clock) + lib0.sized(orjson.dumps(state))


def colour_of(member_id: UUID) -> int:
    return member_id.int % 8
