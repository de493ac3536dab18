"""What is sent while things break. An act is sent under a key, as often as it takes, and is done once."""

from typing import Any, Protocol, Self
from uuid import NAMESPACE_OID, UUID, uuid5

import httpx
from sqlalchemy import Connection, func, select

from parvis.chat.models import Conversation, Message
from parvis.chat.schemas.conversations import MOST_AT_ONCE
from parvis.engagement.models import Comment, Thread

from .people import Hand, gather


class Act(Protocol):
    """How something is sent, told and kept."""

    told: str
    """The type of the event by which readers hear of it."""

    @classmethod
    async def among(cls, owner: Hand, others: list[Hand]) -> Self:
        """Where it is done, and who may do and read it."""
        ...

    async def send(self, sender: Hand, key: str) -> httpx.Response:
        """Sends it once."""
        ...

    def kept(self, connection: Connection) -> dict[str, list[str]]:
        """Key -> the ids of what is kept under it."""
        ...

    def miscounted(self, connection: Connection) -> list[str]:
        """What the database says of it that does not agree with itself."""
        ...


class Commenting:
    """A comment on one post, by `Idempotency-Key`."""

    told = "comment.added"

    def __init__(self, post_id: str) -> None:
        self.post_id = post_id

    @classmethod
    async def among(cls, owner: Hand, others: list[Hand]) -> Self:
        community_id = await gather(owner, others)
        said = await owner.must("POST", f"/communities/{community_id}/posts", json={"body": "Qui vient ?"})
        return cls(said["id"])

    async def send(self, sender: Hand, key: str) -> httpx.Response:
        path = f"/posts/{self.post_id}/comments"
        return await sender.request("POST", path, json={"body": key}, headers={"idempotency-key": key})

    def kept(self, connection: Connection) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in connection.execute(select(Comment.id, Comment.body).order_by(Comment.id)):
            found.setdefault(row.body, []).append(str(row.id))
        return found

    def miscounted(self, connection: Connection) -> list[str]:
        mine = Thread.subject_id == UUID(self.post_id)
        counted = connection.scalar(select(Thread.comments).where(mine)) or 0  # Before the post there is no thread.
        there = connection.scalar(select(func.count()).select_from(Comment))
        return [] if counted == there else [f"{counted} comments counted, {there} kept"]


class Chatting:
    """A message in a group, by `client_id`."""

    told = "message.posted"
    more = ""
    """What is said after the key."""

    def __init__(self, conversation_id: str) -> None:
        self.conversation_id = conversation_id

    @classmethod
    async def among(cls, owner: Hand, others: list[Hand]) -> Self:
        people = sorted({other.person.id for other in others})
        first, rest = people[:MOST_AT_ONCE], people[MOST_AT_ONCE:]
        group = await owner.must("POST", "/conversations", json={"kind": "group", "member_ids": first})
        if rest:
            await owner.must("POST", f"/conversations/{group['id']}/members", json={"member_ids": rest})
        return cls(group["id"])

    async def send(self, sender: Hand, key: str) -> httpx.Response:
        draft = {"client_id": str(uuid5(NAMESPACE_OID, key)), "text": key + self.more}
        return await sender.request("POST", f"/conversations/{self.conversation_id}/messages", json=draft)

    def kept(self, connection: Connection) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in connection.execute(select(Message.id, Message.text).where(Message.kind == "said")):
            found.setdefault(row.text.removesuffix(self.more), []).append(str(row.id))
        return found

    def miscounted(self, connection: Connection) -> list[str]:
        mine = UUID(self.conversation_id)
        last = connection.scalar(select(Conversation.last_number).where(Conversation.id == mine)) or 0
        numbers = connection.scalars(select(Message.number).where(Message.conversation_id == mine)).all()
        return [] if sorted(numbers) == list(range(1, last + 1)) else [f"{len(numbers)} messages, the last is {last}"]


def id_of(answer: Any) -> str:
    """Of what was done, or of what an event is about."""
    return str(answer["id"])
