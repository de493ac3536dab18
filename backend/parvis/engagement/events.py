"""Facts that concern one member alone. What all who read a subject may know is told by who owns the subject."""

from typing import ClassVar
from uuid import UUID

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Told


class MyReactionChanged(MemberEvent):
    """The member reacted, or took it back."""

    type: ClassVar[str] = "reaction.mine_changed"
    told = Told("posts:read", ("kind", "id", "reaction", "stands"))
    kind: str
    """Of what he reacted to: `post`, `comment`."""
    id: UUID
    reaction: str
    stands: bool


class MyBookmarkChanged(MemberEvent):
    """The member put something aside, or no longer."""

    type: ClassVar[str] = "bookmark.mine_changed"
    told = Told("posts:read", ("kind", "id", "stands"))
    kind: str
    id: UUID
    stands: bool


class Mentioned(MemberEvent):
    """Somebody named the member in something that he may read."""

    type: ClassVar[str] = "member.mentioned"
    told = Told("posts:read", ("kind", "id", "about"))
    kind: str
    id: UUID
    about: UUID
    """The subject in whose discussion it stands; the same when it is the subject itself."""


class Answered(MemberEvent):
    """Somebody replied to what the member said, or commented on it, or on something below it."""

    type: ClassVar[str] = "member.answered"
    told = Told("posts:read", ("kind", "id", "about"))
    kind: str
    id: UUID
    about: UUID
