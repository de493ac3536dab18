"""What is told of an event may be seen by everybody who follows its topic. Each type says so, and this holds it to it.

If this fails for an event of yours: say on its class what clients are `told` (or None, when it is for Parvis alone),
and list it in `wiring.TOLD`. On a topic that more than one member follows it tells `kind`, `id` and `version` alone,
for clients to fetch what they may see; anything else is listed below with the reason why all of them may see it.
"""

from collections.abc import Iterator
from datetime import datetime
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin
from uuid import UUID

import pytest
from pydantic import BaseModel

from parvis import wiring
from parvis.accounts.events import MemberEvent
from parvis.accounts.scopes import SCOPES
from parvis.kernel import clock
from parvis.kernel.events import Event, Told
from parvis.kernel.ids import new_id

OF_ONE_MEMBER = "member"
OF_MANY = {"square", "conversation", "community", "door", "folder", "document"}
OF_NOBODY = {"file"}
"""Topics of what no client is told, for listeners alone."""
POINTS_AT = {"kind", "id", "version"}
IN_ROOM = "who follows a conversation reads what is said there from where he came in, and knows all who are in it"
COUNTED = "numbers and counts of what is said say no word of it"
FROM_BEGINNING = "null where somebody does not read the conversation from the beginning"
OF_MESSAGE = dict.fromkeys(("conversation_id", "root_id", "number"), COUNTED)
SEEN_BY_ALL: dict[str, dict[str, str]] = {
    "conversation.changed": {"conversation_id": "the topic itself says it"},
    "message.posted": {
        **OF_MESSAGE,
        **dict.fromkeys(("author", "text", "html", "about", "images", "files", "created_at"), IN_ROOM),
        "client_id": "drawn at random; it gives nothing to who did not draw it",
        "quote": "left out where somebody does not read the conversation from the beginning",
        **dict.fromkeys(("attached", "replies", "complete"), COUNTED),
    },
    "message.changed": {
        **OF_MESSAGE,
        **dict.fromkeys(("text", "html", "links"), FROM_BEGINNING),
        "edited_at": COUNTED,
    },
    "message.unfurled": {**OF_MESSAGE, "links": FROM_BEGINNING},
    "message.deleted": OF_MESSAGE,
    "message.reactions_changed": {**OF_MESSAGE, "reactions": COUNTED},
    "message.pin_changed": {**OF_MESSAGE, "pinned": COUNTED},
    **{
        name: {
            "folder_id": "it says of what to fetch the list, as `id` does, and answers to who may read it",
            "gone": "whoever follows the place is told that something of it is there no more",
        }
        for name in ("folder.changed", "document.changed")
    },
    "page.thread_changed": {
        "document_id": "it says of what to fetch the discussions, as `id` does, and answers to who may read it"
    },
    "community.people_changed": {"people": "whoever reads a community reads how many its members are"},
    **{
        name: {"post_id": "it says of what to fetch the discussion, as `id` does, and answers to who may read it"}
        for name in ("comment.added", "comment.changed", "comment.deleted", "comment.reactions_changed")
    },
}
"""Type -> field -> why all who follow its topic may see it."""


def announced(base: type[Event] = Event) -> Iterator[type[Event]]:
    """Every event type of Parvis."""
    for event in base.__subclasses__():
        if event.__module__.startswith("parvis.") and "type" in vars(event):
            yield event
        yield from announced(event)


def sample(annotation: Any) -> Any:
    """Some value of a type."""
    known: dict[Any, Any] = {UUID: new_id(), int: 1, str: "x", bool: True, datetime: clock.now(), NoneType: None}
    origin, inner = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation.model_validate(
            {name: sample(one.annotation) for name, one in annotation.model_fields.items()}
        )
    if origin is Annotated:
        return sample(inner[0])
    if origin is Literal:
        return inner[0]
    if origin in {Union, UnionType}:
        return sample(inner[0])
    return known[annotation] if origin is None else origin()


def topic_kind(event: type[Event]) -> str:
    fields = {name: sample(field.annotation) for name, field in event.model_fields.items()}
    if "place" in fields:  # It says itself on which topic it stands: what guards it has many readers.
        fields["place"] = f"folder:{new_id()}.1"
    return event(**fields).topic().partition(":")[0]


def faults(event: type[Event]) -> list[str]:
    """What is wrong with what an event tells."""
    if "told" not in vars(event):
        return [f"{event.__name__} does not say what clients are told"]
    found, kind = list[str](), topic_kind(event)
    is_kept_among_us = event.told is None and kind in OF_NOBODY
    if kind != OF_ONE_MEMBER and kind not in OF_MANY and not is_kept_among_us:
        found.append(f"{event.__name__} stands on {kind}, which nobody follows")
    if event.told is None:
        return found
    for name in event.told.fields:
        if name not in event.model_fields:
            found.append(f"{event.__name__} has no field {name}")
        elif kind in OF_MANY and name not in POINTS_AT | SEEN_BY_ALL.get(event.type, {}).keys():
            found.append(f"{event.__name__} tells {name} to all who follow {kind}")
    if event.told.scope not in SCOPES:
        found.append(f"{event.__name__} needs {event.told.scope}, which is no scope")
    return found


def test_every_event_tells_only_what_all_who_follow_its_topic_may_see() -> None:
    events = list(announced())
    assert len(events) > 20  # It did look.
    assert [fault for event in events for fault in faults(event)] == []


def test_what_is_told_is_told_by_the_stream() -> None:
    told = {event for event in announced() if event.told is not None}
    assert {event.__name__ for event in told ^ set(wiring.TOLD)} == set()
    assert len({event.type for event in wiring.TOLD}) == len(wiring.TOLD)


def test_every_reason_is_for_a_field_that_is_told() -> None:
    by_type = {event.type: event for event in wiring.TOLD}
    for name, reasons in SEEN_BY_ALL.items():
        told = by_type[name].told
        assert told is not None
        assert reasons.keys() <= set(told.fields)
        assert all(reasons.values())


class Undeclared(MemberEvent):
    type: ClassVar[str] = "test.undeclared"


class Whispered(Event):
    type: ClassVar[str] = "test.whispered"
    told = Told("account:read", ("secret", "gone"))
    secret: str

    def topic(self) -> str:
        return "square"


class Lost(Event):
    type: ClassVar[str] = "test.lost"
    told = Told("nothing:read")

    def topic(self) -> str:
        return "nowhere:1"


@pytest.mark.parametrize(
    "event, expected",
    [
        (Undeclared, ["Undeclared does not say what clients are told"]),
        (Whispered, ["Whispered tells secret to all who follow square", "Whispered has no field gone"]),
        (Lost, ["Lost stands on nowhere, which nobody follows", "Lost needs nothing:read, which is no scope"]),
    ],
)
def test_the_rule_finds_what_breaks_it(event: type[Event], expected: list[str]) -> None:
    assert faults(event) == expected
