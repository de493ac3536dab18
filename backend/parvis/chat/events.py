"""Facts about conversations, on `conversation:{id}`: all who follow it may see every field of them.

Those about messages say what was said, so that nobody need fetch it. What not all may see is left out of them: then
they are not `complete`, and who wants to see it fetches the message.
"""

from typing import ClassVar
from uuid import UUID

from parvis.accounts.events import MemberEvent
from parvis.accounts.models.people import Public
from parvis.engagement.models import ReactionKind
from parvis.files.referred import ReferredDocumentOut
from parvis.files.shown import OfferedFileOut, ShownImageOut, ShownLinkOut
from parvis.kernel.events import Event, Told
from parvis.kernel.schemas import Instant, Out

from .models import MessageKind

READ = "chat:read"


def conversation_topic(conversation_id: UUID) -> str:
    return f"conversation:{conversation_id}"


class Speaker(Out):
    """Who said something, as all who are in the conversation may know him."""

    id: UUID
    name: str
    public: Public | None


class Quoted(Out):
    """The beginning of a message that another answers."""

    id: UUID
    number: int
    author: Speaker | None
    text_start: str
    gone: bool


class MessageImageOut(ShownImageOut):
    """A picture that a message shows."""


class MessageFileOut(OfferedFileOut):
    """A file that a message offers. It is downloaded, never shown, unless it is a raster picture."""


class MessageDocumentOut(ReferredDocumentOut):
    """A document that a message refers to."""


class MessageLinkOut(ShownLinkOut):
    """What a page that a message leads to says of itself. It comes some time after the message."""


class ReactionCount(Out):
    kind: ReactionKind
    count: int


class ConversationEvent(Event):
    """A fact on `conversation:{conversation_id}`, which those who are in it follow."""

    conversation_id: UUID

    def topic(self) -> str:
        return conversation_topic(self.conversation_id)


class ConversationChanged(ConversationEvent):
    """Its name, its people, its rules or its state changed: fetch it."""

    type: ClassVar[str] = "conversation.changed"
    told = Told(READ, ("conversation_id", "version"))
    version: int


class MessageEvent(ConversationEvent):
    id: UUID
    root_id: UUID | None
    number: int
    version: int


OF_MESSAGE = ("conversation_id", "id", "root_id", "number", "version")


class MessagePosted(MessageEvent):
    """Something was said, or a line about the conversation. Numbers tell whether something was missed."""

    type: ClassVar[str] = "message.posted"
    told = Told(
        READ,
        (
            *(*OF_MESSAGE, "kind", "author", "client_id", "text", "html", "quote", "about", "images", "files"),
            *("attached", "replies", "created_at", "complete"),
        ),
    )
    kind: MessageKind
    author: Speaker | None
    client_id: UUID | None
    text: str
    html: str
    quote: Quoted | None
    about: list[Speaker]
    attached: int
    """How many pictures and files it shows."""
    images: list[MessageImageOut]
    files: list[MessageFileOut]
    replies: int | None
    """How many the thread has now that it is in."""
    created_at: Instant
    complete: bool
    """Whether this is all; else fetch the message."""


class MessageChanged(MessageEvent):
    """Its words changed. `text`, `html` and `links` are null where not all may read them: fetch it."""

    type: ClassVar[str] = "message.changed"
    told = Told(READ, (*OF_MESSAGE, "text", "html", "links", "edited_at"))
    text: str | None
    html: str | None
    links: list[MessageLinkOut] | None = None
    edited_at: Instant | None


class MessageUnfurled(MessageEvent):
    """It shows these cards of pages that it leads to; null where not all may read it: fetch it."""

    type: ClassVar[str] = "message.unfurled"
    told = Told(READ, (*OF_MESSAGE, "links"))
    links: list[MessageLinkOut] | None


class MessageDeleted(MessageEvent):
    """Its place is left."""

    type: ClassVar[str] = "message.deleted"
    told = Told(READ, OF_MESSAGE)


class MessageReactionsChanged(MessageEvent):
    """How many reacted in which way."""

    type: ClassVar[str] = "message.reactions_changed"
    told = Told(READ, (*OF_MESSAGE, "reactions"))
    reactions: list[ReactionCount]


class MessagePinChanged(MessageEvent):
    type: ClassVar[str] = "message.pin_changed"
    told = Told(READ, (*OF_MESSAGE, "pinned"))
    pinned: bool


class MyConversationChanged(MemberEvent):
    """What a conversation is to the member changed: how far he has read, what he wants to be told, his draft."""

    type: ClassVar[str] = "conversation.mine_changed"
    told = Told(READ, ("conversation_id", "read_number", "unread"))
    conversation_id: UUID
    read_number: int
    unread: int


class MyThreadChanged(MemberEvent):
    """How far the member has read a thread, and whether he is told of what is said in it."""

    type: ClassVar[str] = "thread.mine_changed"
    told = Told(READ, ("conversation_id", "root_id", "read_number", "follows"))
    conversation_id: UUID
    root_id: UUID
    read_number: int
    follows: bool


class MyChatChosen(MemberEvent):
    """How the member talks: fetch `GET /me/chat-preferences`."""

    type: ClassVar[str] = "chat.mine_chosen"
    told = Told(READ)
