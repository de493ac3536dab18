"""What people say to each other: in channels of communities, in groups, and two together; the same on one day."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from parvis.chat.models import (
    Conversation,
    ConversationPlace,
    Message,
    MessageLink,
    MessageMention,
    MessageReaction,
    MessageRevision,
    MessageSubject,
    MessageThreadPlace,
)
from parvis.chat.service.posting import REPLIERS_SHOWN
from parvis.engagement.mentions import named_in
from parvis.engagement.models import REACTIONS
from parvis.files.models import LinkCard
from parvis.kernel.text import addresses_in

from .rows import Row
from .stable import dice, stable_id
from .talk import InIt
from .words.chat import ROOMS, Line, Page, Room
from .words.spaces import unbroken

KNOWN = {name: number for number, name in enumerate(("ines", "claire", "nadia", "sophie", "malo", "helene"))} | {
    "thomas": 6,
    "hugo": 7,
}
"""Those whom the words name, by their number."""
CLOCK = ZoneInfo("Europe/Paris")
FIRST = timedelta(minutes=5)
"""Between what begins a conversation and what is said there first."""


@dataclass(frozen=True, slots=True)
class Held:
    """Of which community a channel is, and who was there."""

    circle_id: UUID
    community_id: UUID
    people: Sequence[InIt]


Community = Callable[[int], Held]


@dataclass
class Said:
    """What was said in a conversation so far, as it is kept."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    by_key: dict[str, dict[str, Any]] = field(default_factory=dict)
    more: list[Row] = field(default_factory=list)
    last_number: int = 0


class Chats:
    """Makes conversations. `everybody`: who can be met, from the first on; `community`: those of a number."""

    def __init__(self, today: date, everybody: Sequence[InIt], known: Mapping[int, UUID], community: Community) -> None:
        self._today = today
        self._everybody = everybody
        self._known = {name: known[number] for name, number in KNOWN.items()}
        self._community = community

    def rows(self) -> Iterator[list[Row]]:
        """Each conversation, with all that was said in it."""
        for number, room in enumerate(ROOMS):
            yield list(self._room(number, room))

    def _room(self, number: int, room: Room) -> Iterator[Row]:
        draw = dice("chat", number)
        held = self._community(room.community) if room.community is not None else None
        began = self._at(room.lines[0]) - FIRST
        there = [one.member_id for one in (held.people if held else self._everybody) if one.since <= began]
        cast = self._cast(draw, room, there)
        conversation_id = stable_id(_ms(began), "conversation", number)
        said = Said()
        if kind_of(room) != "direct":
            self._begin(said, conversation_id, room, cast, began)
        audience = there if room.access == "community" else list(cast.values())
        for line in room.lines:
            self._say(draw, said, conversation_id, line, cast, audience)
        yield Conversation, _conversation(conversation_id, room, held, cast, began, said)
        for name, member_id in cast.items():
            yield ConversationPlace, _place(conversation_id, room, name, member_id, began, said.last_number)
        yield from ((Message, message) for message in said.messages)
        yield from said.more

    def _cast(self, draw: Random, room: Room, there: Sequence[UUID]) -> dict[str, UUID]:
        """Who takes part, by the name that the words give them: letters are drawn from those who are there."""
        known = {name: self._known[name] for name in room.people if name in self._known}
        letters = [name for name in room.people if name not in self._known]
        taken = set(self._known.values())
        others = [id_ for id_ in there if id_ not in taken]
        drawn = draw.sample(others, min(len(letters), len(others)))
        return known | dict(zip(letters, drawn, strict=False))

    def _begin(self, said: Said, conversation_id: UUID, room: Room, cast: Mapping[str, UUID], at: datetime) -> None:
        """The line that says who began it, and whom he put in a group."""
        first, *others = cast.values()
        message = _message(said, conversation_id, first, at, "")
        message["kind"] = "created"
        if kind_of(room) == "group":
            said.more += [(MessageSubject, {"message_id": message["id"], "member_id": id_}) for id_ in others]

    def _say(
        self,
        draw: Random,
        said: Said,
        conversation_id: UUID,
        line: Line,
        cast: Mapping[str, UUID],
        audience: Sequence[UUID],
    ) -> None:
        """Nothing of who is not there, nor below what he would have said."""
        if line.by not in cast or (line.under and line.under not in said.by_key):
            return
        author_id, at = cast[line.by], self._at(line)
        root = said.by_key[line.under] if line.under else None
        message = _message(said, conversation_id, author_id, at, _worded(line.text, self._known), root)
        if line.key:
            said.by_key[line.key] = message
        if line.deleted:
            message |= {"text": "", "author_id": None, "deleted_at": at + timedelta(minutes=2), "version": 2}
            return
        if line.quotes in said.by_key:
            message["quote_id"] = said.by_key[line.quotes]["id"]
        if root is not None:
            _answer(said, root, author_id, at)
        present = set(audience) | set(cast.values())
        said.more += _mentions(message, [id_ for id_ in named_in(message["text"]) if id_ in present])
        if line.before:
            message |= {"edited_at": at + timedelta(minutes=3), "version": 2}
            before = {"message_id": message["id"], "version": 1, "text": unbroken(line.before)}
            said.more.append((MessageRevision, {**before, "until": message["edited_at"]}))
        if line.leads_to is not None:
            said.more += _shows(message, line.leads_to)
        self._like(draw, said, message, line, [id_ for id_ in audience if id_ != author_id])
        if line.pinned:
            message |= {"pinned_at": at + timedelta(minutes=1), "version": message["version"] + 1}

    def _like(self, draw: Random, said: Said, message: dict[str, Any], line: Line, others: Sequence[UUID]) -> None:
        given: Counter[str] = Counter()
        for kind, wanted in line.liked.items():
            for member_id in draw.sample(others, min(wanted, len(others))):
                at = message["created_at"] + timedelta(minutes=draw.randint(1, 90))
                reaction = {"message_id": message["id"], "member_id": member_id, "kind": kind, "at": at}
                said.more.append((MessageReaction, reaction))
                given[kind] += 1
        message["reactions"] = {kind: given[kind] for kind in REACTIONS if given[kind]}
        message["version"] += given.total()

    def _at(self, line: Line) -> datetime:
        hour, minute = map(int, line.at.split(":"))
        day = self._today - timedelta(days=line.day)
        return datetime.combine(day, time(hour, minute), CLOCK).astimezone(UTC)


def kind_of(room: Room) -> str:
    return "channel" if room.community is not None else "group" if room.name else "direct"


def _worded(text: str, known: Mapping[str, UUID]) -> str:
    """As it is kept: those named by their ids, and spaces as French wants them, but in code."""
    for name, id_ in known.items():
        text = text.replace(f"@{{{name}}}", f"@[](person:{id_})")
    words, fence, code = text.partition("```")
    return unbroken(words) + fence + code


def _ms(at: datetime) -> int:
    return int(at.timestamp()) * 1000


def _message(
    said: Said,
    conversation_id: UUID,
    author_id: UUID,
    at: datetime,
    text: str,
    root: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The next one, in the flow or in a thread."""
    sequence = len(said.messages) + 1
    if root is None:
        said.last_number += 1
    message: dict[str, Any] = {
        "id": stable_id(_ms(at), "message", conversation_id, sequence),
        "conversation_id": conversation_id,
        "root_id": root["id"] if root else None,
        "number": root["replies"] + 1 if root else said.last_number,
        "sequence": sequence,
        "kind": "said",
        "author_id": author_id,
        "text": text,
        "quote_id": None,
        "reactions": {},
        "replies": 0,
        "repliers": None,
        "last_reply_at": None,
        "links": 0,
        "pinned_at": None,
        "created_at": at,
        "edited_at": None,
        "deleted_at": None,
        "version": 1,
    }
    said.messages.append(message)
    return message


def _answer(said: Said, root: dict[str, Any], author_id: UUID, at: datetime) -> None:
    """Counts a reply in its thread, which its author has read up to there, as who began it has."""
    repliers = list(dict.fromkeys([str(author_id), *(root["repliers"] or ())]))[:REPLIERS_SHOWN]
    root |= {"replies": root["replies"] + 1, "repliers": repliers, "last_reply_at": at}
    places = {
        row["member_id"]: row
        for table, row in said.more
        if table is MessageThreadPlace and row["root_id"] == root["id"]
    }
    for member_id in dict.fromkeys((root["author_id"], author_id)):
        if member_id not in places:
            places[member_id] = {"root_id": root["id"], "member_id": member_id, "read_number": 0, "follows": None}
            said.more.append((MessageThreadPlace, places[member_id]))
    places[author_id]["read_number"] = root["replies"]


def _mentions(message: Mapping[str, Any], named: Sequence[UUID]) -> Iterator[Row]:
    for member_id in named:
        if member_id != message["author_id"]:
            where = {name: message[name] for name in ("conversation_id", "root_id", "number")}
            yield MessageMention, {"message_id": message["id"], "member_id": member_id, **where}


def _shows(message: dict[str, Any], page: Page) -> Iterator[Row]:
    """The card of the one page that it leads to, as it was looked at then."""
    [url] = addresses_in(message["text"])
    at, digest = message["created_at"], sha256(url.encode()).hexdigest()
    card_id = stable_id(_ms(at), "card", url)
    said = {name: unbroken(words) for name, words in asdict(page).items()}
    yield LinkCard, {"id": card_id, "url": url, "url_hash": digest, **said, "fetched_at": at}
    yield MessageLink, {"message_id": message["id"], "card_id": card_id, "position": 0}
    message["links"] = 1


def _conversation(
    conversation_id: UUID, room: Room, held: Held | None, cast: Mapping[str, UUID], began: datetime, said: Said
) -> dict[str, Any]:
    kind = kind_of(room)
    ids = list(cast.values())
    return {
        "id": conversation_id,
        "kind": kind,
        "circle_id": held.circle_id if held else None,
        "community_id": held.community_id if held else None,
        "access": room.access,
        "name": unbroken(room.name),
        "about": unbroken(room.about),
        "history": "all",
        "has_newcomers": False,
        "people": 0 if room.access == "community" else len(ids),
        "last_number": said.last_number,
        "last_sequence": len(said.messages),
        "last_at": max(one["created_at"] for one in said.messages if one["root_id"] is None),
        "direct_key": " ".join(sorted(str(id_) for id_ in ids)) if kind == "direct" else None,
        "created_by": ids[0],
        "created_at": began,
        "version": 1,
    }


def _place(
    conversation_id: UUID, room: Room, name: str, member_id: UUID, began: datetime, last_number: int
) -> dict[str, Any]:
    """He has read it up to the last, or not quite; who began what is not between two decides there."""
    read = last_number - room.unread.get(name, 0)
    is_put_in = room.access == "invited"
    return {
        "conversation_id": conversation_id,
        "member_id": member_id,
        "since": began if is_put_in else None,
        "runs": is_put_in and kind_of(room) != "direct" and name == room.people[0],
        "from_number": 1,
        "from_sequence": 1,
        "read_number": read,
        "read_at_number": read,
    }
