"""What is said on a socket: one JSON object for each text message, told apart by its `type`."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from parvis.kernel.fanout import FAILED as FAILED
from parvis.kernel.fanout import SLOW as SLOW
from parvis.kernel.fanout import Message
from parvis.kernel.schemas import In, Out

PROTOCOL = "parvis.v1"
"""The subprotocol that a client asks for."""
PING_SECONDS = 25
SILENCE_SECONDS = 40
IN_ONE_FRAME = 64
"""Missed events."""
LARGEST = 4096
"""Characters of a frame of a client."""

UNKNOWN, BAD_FRAME, REVOKED, TOO_MANY, RESTART = 4001, 4002, 4003, 4029, 1012
"""Close codes, with `SLOW` and `FAILED`: no ticket that holds; not a frame; the session or token is over; too many
frames or sockets; the server stops."""

ABOUT = r"^[a-z_]{1,32}:[0-9a-f-]{36}$"
Ref = Annotated[str, Field(max_length=64, description="Comes back in `ok` or `err`.")]
OnlineCount = Annotated[
    int | None,
    Field(description="How many members are connected: one number for all, of at most a minute ago; of 20 or more."),
]
CursorText = Annotated[str, Field(max_length=100)]


class Hello(In):
    """The first frame, within five seconds. After `resync` it is said again: no ticket, and the snapshot's cursor."""

    type: Literal["hello"]
    ticket: Annotated[str, Field(max_length=100)] | None = Field(
        None, description="Of `POST /realtime/tickets`: for one socket, within thirty seconds."
    )
    since: CursorText | None = Field(
        None, description="The cursor to go on from. Without it the stream begins with what happens from now on."
    )


class Pong(In):
    """The answer to `ping`."""

    type: Literal["pong"]
    cursor: CursorText | None = Field(None, description="How far the client has come.")


class View(In):
    """What the client looks at from now on, on a topic that it follows. Who looks at the same is told in `eph`."""

    type: Literal["view"]
    topic: Annotated[str, Field(max_length=100)] | None = Field(None, description="Null: nothing.")
    about: Annotated[str, Field(pattern=ABOUT)] | None = Field(
        None, description="What there, such as `post:018f…`; null: the place itself."
    )
    ref: Ref | None = None


class Typing(In):
    """Somebody writes where he looks: said again every few seconds while he does."""

    type: Literal["typing"]


ClientFrame = Annotated[Hello | Pong | View | Typing, Field(discriminator="type")]
CLIENT_FRAMES: tuple[type[In], ...] = (Hello, Pong, View, Typing)
read_frame = TypeAdapter[Hello | Pong | View | Typing](ClientFrame).validate_json


class Ready(Out):
    """The ticket holds. What was missed follows in `events`, then `live`."""

    type: Literal["ready"] = "ready"
    ping_seconds: int = Field(PING_SECONDS, description="So often `ping` is said: answer `pong`.")
    silence_seconds: int = Field(SILENCE_SECONDS, description="After so long without a frame, connect anew.")


class Live(Out):
    """All up to this cursor was told. From now on each event comes as it happens."""

    type: Literal["live"] = "live"
    cursor: str
    online: OnlineCount


class Resync(Out):
    """What happened since cannot be told one by one: fetch `GET /sync`, and say `hello` with its cursor."""

    type: Literal["resync"] = "resync"


class Ping(Out):
    """Answer `pong`. All up to this cursor was told."""

    type: Literal["ping"] = "ping"
    cursor: str | None
    online: OnlineCount


class Eph(Out):
    """Who looks at what this client looks at, for the moment: never stored, and lost when it is lost.

    `viewing`: who is there, said to who comes; of more than a hundred people `count` alone, each minute. `came`,
    `left`; `typing`: writes, for the next five seconds.
    """

    type: Literal["eph"] = "eph"
    kind: Literal["viewing", "came", "left", "typing"]
    topic: str
    about: str | None
    member_ids: list[UUID]
    count: int | None = Field(description="How many look, with `viewing`.")


class Ok(Out):
    """A frame with a `ref` was taken."""

    type: Literal["ok"] = "ok"
    ref: str


class Err(Out):
    """A frame was not understood (`unknown_frame`), or what it names is not there. The socket goes on."""

    type: Literal["err"] = "err"
    ref: str | None = Field(description="What the frame had as `ref`.")
    code: Literal["unknown_frame", "not_there"]


class Bye(Out):
    """The last frame: the socket closes with this code."""

    type: Literal["bye"] = "bye"
    code: int
    retry_ms: int = Field(description="Milliseconds to wait before connecting anew.")


SERVER_FRAMES: tuple[type[Out], ...] = (Ready, Live, Resync, Ping, Eph, Ok, Err, Bye)


def message(frame: Out) -> Message:
    return Message(frame.model_dump_json().encode())


def event_message(event: bytes) -> Message:
    """One event that just happened."""
    return Message(b'{"type":"event","event":' + event + b"}")


def events_message(events: list[bytes]) -> Message:
    """Events that were missed, in order."""
    return Message(b'{"type":"events","items":[' + b",".join(events) + b"]}")


READY, RESYNC, PING = message(Ready()), message(Resync()), message(Ping(cursor=None, online=None))
"""Those that are the same for everybody. To a client that is not live yet `PING` gives no cursor."""
