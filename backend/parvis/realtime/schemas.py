"""What clients are told, made from the events that features announce."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, Union

from pydantic import Field, create_model
from pydantic.fields import FieldInfo

from parvis.accounts.actor import Actor
from parvis.kernel.events import Event, Fact, Told
from parvis.kernel.schemas import Instant, Out
from parvis.kernel.stream import Cursor

from .snapshot import SyncPart


class EventOut(Out):
    """What all events have."""

    id: str = Field(description="Also the cursor after this event.")
    topic: str = Field(description="What it stands on: `member:{id}` (your own), `square` (the organisation)…")
    at: Instant


class NewsOut(Out):
    """What happened since a cursor."""

    cursor: str = Field(description="Pass it as `since` to go on. Opaque.")
    resync: bool = Field(
        description="What happened since cannot be told one by one (the cursor is older than seven days, of another "
        "history of this server, or more than 10,000 events behind). `items` is then empty: fetch `GET /sync`, and go "
        "on from the cursor it gives."
    )


class TicketOut(Out):
    """The key to one socket."""

    ticket: str = Field(description="Say it in `hello`, the first frame of a socket at `/api/v1/realtime`. For once.")
    seconds: int = Field(description="How long it holds.")


class SyncBase(Out):
    """Where things stand. Each part is null for a token without the scope to read it."""

    cursor: str = Field(
        description="Pass it as `since` to `GET /events`. Some of what follows it may be in this snapshot already: "
        "applying an event twice changes nothing."
    )


class NoData(Out):
    """It says all by having happened."""


class Shapes:
    """How each type of event is shown: made once, from those that clients are told of."""

    def __init__(self, told: Sequence[type[Event]]) -> None:
        self._told = {event.type: _told(event) for event in told}
        self._shapes = {event.type: _shape(event) for event in told}
        one_of: Any = Annotated[Union[tuple(self._shapes.values())], Field(discriminator="type")]  # noqa: UP007
        self.reply: type[NewsOut] = create_model(
            "EventsOut", __base__=NewsOut, __doc__=NewsOut.__doc__, items=list[one_of]
        )

    def types_for(self, actor: Actor) -> list[str]:
        """The types that this actor is told of: a token hears what it has the scope to read."""
        return [name for name, told in self._told.items() if actor.may_use(told.scope)]

    def show(self, facts: Sequence[Fact], cursor: Cursor, *, resync: bool = False) -> NewsOut:
        """Raises ValidationError when a fact has not the shape that its type has now."""
        items = [self._item(fact, cursor.epoch) for fact in facts]
        return self.reply.model_validate({"items": items, "cursor": str(cursor), "resync": resync})

    def tells(self, name: str) -> bool:
        """Whether clients are told of events of this type."""
        return name in self._told

    def written(self, fact: Fact, epoch: str) -> bytes:
        """One event as JSON. Raises ValidationError like `show`."""
        return self._item(fact, epoch).model_dump_json().encode()

    def _item(self, fact: Fact, epoch: str) -> Out:
        data = {name: fact.data[name] for name in self._told[fact.type].fields if name in fact.data}
        said = {"id": str(Cursor(epoch, fact.position)), "type": fact.type, "topic": fact.topic, "at": fact.at}
        return self._shapes[fact.type].model_validate({**said, "data": data})


def _told(event: type[Event]) -> Told:
    assert event.told is not None, f"{event.type} is not for clients"
    return event.told


def _shape(event: type[Event]) -> type[Out]:
    fields = {name: _field(event.model_fields[name]) for name in _told(event).fields}
    data = create_model(f"{event.__name__}Data", __base__=Out, **fields) if fields else NoData  # type: ignore[call-overload]
    kind = Literal[event.type]  # type: ignore[name-defined]
    return create_model(f"{event.__name__}Event", __base__=EventOut, __doc__=event.__doc__, type=kind, data=data)


def _field(field: FieldInfo) -> tuple[Any, FieldInfo]:
    return (Instant if field.annotation is datetime else field.annotation), field


def snapshot_schema(parts: Sequence[SyncPart]) -> type[SyncBase]:
    """What `GET /sync` answers: a field for each part."""
    fields = {part.name: part.schema | None for part in parts}
    return create_model("SyncOut", __base__=SyncBase, __doc__=SyncBase.__doc__, **fields)  # type: ignore[call-overload,no-any-return]
