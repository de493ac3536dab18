"""What is to be announced, over HTTP."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from parvis.announcements.kept import ESSENTIAL, EXCLUDED, FROZEN, TO, Excluded, Ids
from parvis.announcements.queries import Reached, Written
from parvis.audiences.rules import Rule
from parvis.audiences.schemas import NameOut
from parvis.engagement.mentions import rendered, with_names
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import Flag, In, Instant, Line, Out
from parvis.posts.models import AnnouncedTo
from parvis.posts.schemas.announced import FactOut, Facts
from parvis.posts.schemas.attached import PostFileOut, PostImageOut
from parvis.posts.schemas.posts import Body, WordsDraft

Title = Annotated[Line, StringConstraints(min_length=1, max_length=200)]


class AimDraft(In):
    """Whom an announcement is for."""

    to: AnnouncedTo = Field("square", description=TO)
    rule: Rule | None = Field(None, description="Of an audience, and of nothing else.")
    audience_id: UUID | None = Field(None, description=FROZEN)
    places: Ids = Field(default_factory=list, description="Communities, where it is for these.")
    excluded: Excluded = Field(default_factory=list, description=EXCLUDED)
    essential: Flag = Field(False, description=ESSENTIAL)

    @model_validator(mode="after")
    def _is_for_somebody(self) -> Self:
        if (self.to == "audience") != ((self.rule is None) != (self.audience_id is None)):
            raise PydanticCustomError("rule", "an audience has a rule, or was saved; nothing else has either")
        if self.to != "audience" and self.rule is not None:
            raise PydanticCustomError("rule", "an audience has a rule, and nothing else has")
        if (self.to == "communities") != bool(self.places):
            raise PydanticCustomError("places", "communities are named, and nothing else is")
        return self


class AnnouncementIn(AimDraft, WordsDraft):
    """Something to announce."""

    title: Title
    body: Body
    facts: Facts = Field(default_factory=list, description="What to know at a glance.")
    asks: Flag = Field(False, description="Ask readers to say that they have read it. They are told that you see who.")
    by_mail: Flag = Field(False, description="Write mails too, to those who get such mails.")
    closes_at: AwareDatetime | None = Field(
        None, description="Until then, who enters its audience is told it; absent: those alone who are in it now."
    )

    @model_validator(mode="after")
    def _takes_in_whom_it_may(self) -> Self:
        if self.audience_id is not None and self.closes_at is not None:
            raise PydanticCustomError("closes_at", "nobody enters an audience that is frozen")
        return self


class AnnouncementDraftOut(Out):
    """An announcement that you are writing, and nobody else sees."""

    id: UUID
    title: str
    body: str = Field(description="Markdown.")
    html: str = Field(description="The same, safe to show.")
    language: Language
    images: list[PostImageOut]
    files: list[PostFileOut]
    facts: list[FactOut]
    to: AnnouncedTo
    rule: Rule | None
    audience_id: UUID | None
    places: list[UUID]
    names: list[NameOut] = Field(
        description="Of the audience, what its rule says, the places and what is excluded, as far as you may know them."
    )
    excluded: list[UUID]
    essential: bool
    asks: bool
    by_mail: bool
    closes_at: Instant | None
    send_at: Instant | None
    refused: bool = Field(description="Its time came, and it could not be sent: change it, or throw it away.")
    changed_at: Instant
    version: int = Field(description="Of its `ETag`.")

    @classmethod
    def of(cls, written: Written) -> Self:
        kept, draft, people = written.kept, written.draft, written.people
        said = draft.model_dump(exclude={"body", "rule", "send_at", "images", "files"})
        return cls(
            id=kept.id,
            body=with_names(draft.body, people, is_own=True),
            html=rendered(draft.body, people),
            rule=draft.rule,
            images=PostImageOut.all_of(written.attached.images),
            files=PostFileOut.all_of(written.attached.files),
            names=NameOut.each(written.names),
            send_at=kept.send_at,
            refused=kept.refused_at is not None,
            changed_at=kept.changed_at,
            version=kept.version,
            **said,
        )


class ReachedOut(Out):
    """Whom an announcement would reach. Numbers below `fewer_than` are null, or counted with the others."""

    people: int | None = Field(description="Who would be told it; null for fewer than `fewer_than`.")
    fewer_than: int
    about: bool = Field(description="What changes the number by fewer than `fewer_than` people is not counted in it.")
    named: int | None = Field(description="Whom it names, told or left out.")
    told_before: int | None = Field(description="Left out: they were told one of `excluded`.")
    told_enough: int | None = Field(description="Left out: they were told `most` announcements this week.")
    by_mail: int | None = Field(description="Of those told, who would get it by mail too if you write mails.")
    most: int = Field(description="How many announcements a member is told within a week.")

    @classmethod
    def of(cls, reached: Reached, fewer_than: int) -> Self:
        return cls(
            people=reached.people,
            fewer_than=fewer_than,
            about=reached.about,
            named=reached.named,
            told_before=reached.told_before,
            told_enough=reached.told_enough,
            by_mail=reached.by_mail,
            most=reached.most,
        )
