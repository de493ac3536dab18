"""A conversation over HTTP."""

from collections.abc import Callable
from typing import Annotated, Literal, Self
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from parvis.accounts.actor import Actor
from parvis.chat.models import ChannelAccess, ConversationKind, History, Level, Message, MessageKind
from parvis.chat.policy import ConversationAbility, abilities
from parvis.chat.queries.conversations import SeenConversation
from parvis.chat.queries.people import Face
from parvis.chat.queries.readers import SeenReaders
from parvis.chat.queries.unread import Unread
from parvis.communities.schemas.communities import CommunityRef
from parvis.files.schemas import url_of
from parvis.kernel import clock
from parvis.kernel.schemas import Flag, In, Instant, Line, Out, Prose, refuse_null
from parvis.profiles.schemas.people import PersonRef

from .messages import start_of

Meet = Callable[[UUID], str | None]
"""Where those of a conversation meet, if the organisation has such a place."""
MOST_AT_ONCE = 50


def _once_each(ids: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))


Members = Annotated[list[UUID], Field(min_length=1, max_length=MOST_AT_ONCE), AfterValidator(_once_each)]
Name = Annotated[Line, StringConstraints(min_length=1, max_length=80)]
Minute = Annotated[int, Field(ge=0, lt=24 * 60, strict=True)]
About = Annotated[Prose, StringConstraints(max_length=1_000)]


class ConversationDraft(In):
    """Whom to talk with: one (`direct`, the same each time), or some together (`group`)."""

    kind: Literal["direct", "group"]
    member_id: UUID | None = Field(None, description="Of a direct conversation, and of nothing else.")
    member_ids: Members | None = Field(None, description="Of a group, and of nothing else.")
    name: Annotated[Line, StringConstraints(max_length=80)] = ""
    history: History = Field("all", description="What who is added to a group later reads of before.")

    @model_validator(mode="after")
    def _names_its_people(self) -> Self:
        if (self.kind == "direct") != (self.member_id is not None) or (self.kind == "group") != bool(self.member_ids):
            raise PydanticCustomError("people", "one person for a direct conversation, some for a group")
        return self


class ChannelDraft(In):
    """A channel of a community. One that is open to the community shows all of what was said."""

    name: Name
    about: About = ""
    access: ChannelAccess = "community"
    history: History = "all"
    member_ids: Annotated[list[UUID], Field(max_length=MOST_AT_ONCE), AfterValidator(_once_each)] = Field(
        default_factory=list, description="Who is in a channel by invitation, beside who makes it."
    )

    @model_validator(mode="after")
    def _is_open_or_not(self) -> Self:
        if self.access == "community" and (self.history != "all" or self.member_ids):
            raise PydanticCustomError("open_channel", "a channel open to its community has no people or history apart")
        return self


class ConversationChange(In):
    """What to change; what is absent stays."""

    name: Annotated[Line, StringConstraints(max_length=80)] | None = None
    about: About | None = None
    history: History | None = None
    archived: Flag | None = None
    picture_id: UUID | None = Field(None, description="Your upload made a picture; null: none any more.")

    @model_validator(mode="after")
    def _empties_nothing(self) -> Self:
        refuse_null(self, self.model_fields_set - {"picture_id"})
        return self


class PeopleDraft(In):
    member_ids: Members


class SettingsDraft(In):
    """What you want to be told of a conversation."""

    level: Level | None = Field(None, description="Null: all of what is said to you or a group, mentions in a channel.")
    muted_until: AwareDatetime | None = None
    hidden: Flag = Field(False, description="Put away from your list, until something new is said.")


class ReadMarkDraft(In):
    """Up to which message you have read. A lower number says that the rest is unread again."""

    number: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]


class UnsentDraft(In):
    """What you are writing there: it follows you from one device to another."""

    text: Annotated[Prose, StringConstraints(max_length=10_000)]
    root_id: UUID | None = None


class PreferencesDraft(In):
    """How you talk. Of `quiet_from` and `quiet_until`, both or none."""

    shows_reading: Flag = Field(True, description="Others see how far you have read, and you see it of them.")
    enter_sends: Flag = Field(True, description="Enter sends, and Shift with Enter begins a line; or the reverse.")
    quiet_from: Minute | None = Field(None, description="Minute of your day from which you want no disturbance.")
    quiet_until: Minute | None = None
    time_zone: Annotated[Line, StringConstraints(max_length=64)] = "Europe/Paris"

    @model_validator(mode="after")
    def _begins_and_ends(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_until is None):
            raise PydanticCustomError("quiet", "quiet hours begin and end")
        if self.time_zone not in available_timezones():
            raise PydanticCustomError("time_zone", "a time zone has a name of the IANA database")
        return self


class PreferencesOut(Out):
    """How you talk."""

    shows_reading: bool
    enter_sends: bool
    quiet_from: int | None
    quiet_until: int | None
    time_zone: str


class ChatUnreadOut(Out):
    """What is left to read: in conversations that are neither silenced, put away, left nor closed."""

    messages: int = Field(description="Where you want to be told of all.")
    mentions: int = Field(description="That name you, also where you want to be told of these alone.")
    quiet_until: Instant | None = Field(description="Your hours without a disturbance are now, and end then.")

    @classmethod
    def of(cls, found: Unread) -> Self:
        return cls.model_validate(found)


class ReadersOut(Out):
    """Who else has read up to a message."""

    shown: bool = Field(description="Not in rooms of more than fifty, nor to who hides how far he has read.")
    people: list[PersonRef]

    @classmethod
    def of(cls, found: SeenReaders) -> Self:
        return cls(shown=found.are_shown, people=[PersonRef.of(face.named) for face in found.people])


class MixOut(Out):
    """How many of each public, each person once; guests are of none."""

    student: int = 0
    alum: int = 0
    staff: int = 0
    partner: int = 0


class LastMessageOut(Out):
    number: int
    kind: MessageKind
    author: PersonRef | None
    text_start: str = Field(description="Its first words; empty when it was deleted.")
    gone: bool
    at: Instant


class ConversationOut(Out):
    """A conversation, as you see it."""

    id: UUID
    kind: ConversationKind
    name: str | None = Field(description="Null for a direct one, and a group that has none.")
    about: str
    picture_url: str | None
    community: CommunityRef | None = Field(description="Of a channel.")
    access: ChannelAccess
    history: History
    people: int
    mix: MixOut = Field(description="Of a channel open to its community.")
    others: list[PersonRef] = Field(description="Who it is with, or the first four of a group that has no name.")
    last: LastMessageOut | None
    last_number: int
    last_at: Instant
    from_number: int = Field(description="The first message that is there for you.")
    read_number: int = Field(description="Up to which you have read.")
    unread: int
    mentions: int = Field(description="Unread ones that name you.")
    level: Level | None
    muted_until: Instant | None
    hidden: bool
    left: bool = Field(description="You left this channel: it is in no list of yours.")
    draft: str | None
    archived_at: Instant | None
    meeting_url: str | None = Field(description="Where to meet, if the organisation has such a place.")
    version: int = Field(description="Of its `ETag`.")
    abilities: list[ConversationAbility]

    @classmethod
    def of(cls, seen: SeenConversation, actor: Actor, meet: Meet) -> Self:
        conversation, place, last = seen.conversation, seen.place, seen.last
        muted = place.muted_until if place else None
        return cls(
            id=conversation.id,
            kind=conversation.kind,
            name=conversation.name or None,
            about=conversation.about,
            picture_url=url_of(conversation.picture_id) if conversation.picture_id else None,
            community=CommunityRef(id=seen.community.id, name=seen.community.name) if seen.community else None,
            access=conversation.access,
            history=conversation.history,
            people=seen.people_count,
            mix=MixOut(**seen.mix),
            others=[person for id_ in seen.others if (person := _person(seen, id_))],
            last=LastMessageOut(
                number=last.number,
                kind=last.kind,
                author=_person(seen, last.author_id),
                text_start="" if _is_gone(last) else start_of(last.text, seen.people),
                gone=_is_gone(last),
                at=last.created_at,
            )
            if last
            else None,
            last_number=conversation.last_number,
            last_at=conversation.last_at,
            from_number=seen.there.first,
            read_number=seen.read_number,
            unread=seen.unread,
            mentions=seen.mentions,
            level=place.level if place else None,
            muted_until=muted if muted and muted > clock.now() else None,
            hidden=place is not None
            and place.hidden_number is not None
            and place.hidden_number >= conversation.last_number,
            left=place is not None and place.left_at is not None,
            draft=place.draft or None if place else None,
            archived_at=conversation.archived_at,
            meeting_url=meet(conversation.id) if conversation.archived_at is None else None,
            version=conversation.version,
            abilities=abilities(seen.there.standing) if actor.may_use("chat:write") else [],
        )


class ConversationMemberOut(Out):
    person: PersonRef
    runs: bool = Field(description="Decides who is in it.")

    @classmethod
    def of(cls, face: Face, runs: bool) -> Self:
        return cls(person=PersonRef.of(face.named), runs=runs)


def _is_gone(last: Message) -> bool:
    return last.deleted_at is not None or last.hidden_at is not None


def _person(seen: SeenConversation, member_id: UUID | None) -> PersonRef | None:
    face = seen.people.get(member_id) if member_id else None
    return PersonRef.of(face.named) if face else None
