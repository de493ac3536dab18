"""What is to be announced, over HTTP."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from parvis.announcements.aims import Aim
from parvis.announcements.queries import Reached, Written
from parvis.audiences.rules import Rule
from parvis.audiences.schemas import NameOut
from parvis.engagement.mentions import rendered, with_names
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import Flag, In, Instant, Line, Out, Prose
from parvis.posts.models import AnnouncedTo
from parvis.posts.schemas.announced import FactOut, Facts
from parvis.posts.schemas.posts import MOST_PLACES, Body, WordsDraft

MOST_EXCLUDED = 20
Title = Annotated[Line, StringConstraints(min_length=1, max_length=200)]
Ids = Annotated[list[UUID], Field(max_length=MOST_PLACES)]
Excluded = Annotated[list[UUID], Field(max_length=MOST_EXCLUDED)]
TO = "All of the organisation, on the square; an audience; or communities that you run."
EXCLUDED = "Announcements: who was told one of them is not told this one."
ESSENTIAL = "Told also to those who were told much this week. Entered in the audit log."


class AimDraft(In):
    """Whom an announcement is for."""

    to: AnnouncedTo = Field("square", description=TO)
    rule: Rule | None = Field(None, description="Of an audience, and of nothing else.")
    places: Ids = Field(default_factory=list, description="Communities, where it is for these.")
    excluded: Excluded = Field(default_factory=list, description=EXCLUDED)
    essential: Flag = Field(False, description=ESSENTIAL)

    @model_validator(mode="after")
    def _is_for_somebody(self) -> Self:
        if (self.to == "audience") != (self.rule is not None):
            raise PydanticCustomError("rule", "an audience has a rule, and nothing else has")
        if (self.to == "communities") != bool(self.places):
            raise PydanticCustomError("places", "communities are named, and nothing else is")
        return self

    @property
    def aim(self) -> Aim:
        return Aim(self.rule, tuple(self.places), tuple(self.excluded))


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


class KeptDraft(In):
    """An announcement that is being written: anything may be missing. Pictures and files are added when it is sent."""

    title: Annotated[Line, StringConstraints(max_length=200)] = ""
    body: Annotated[Prose, StringConstraints(max_length=20_000)] = ""
    language: Language = "fr"
    facts: Facts = Field(default_factory=list)
    to: AnnouncedTo = Field("square", description=TO)
    rule: Rule | None = None
    places: Ids = Field(default_factory=list)
    excluded: Excluded = Field(default_factory=list, description=EXCLUDED)
    essential: Flag = Field(False, description=ESSENTIAL)
    asks: Flag = False
    by_mail: Flag = False
    closes_at: AwareDatetime | None = None
    send_at: AwareDatetime | None = Field(None, description="When it is to be sent by itself; it is whole then.")


class AnnouncementDraftOut(Out):
    """An announcement that you are writing, and nobody else sees."""

    id: UUID
    title: str
    body: str = Field(description="Markdown.")
    html: str = Field(description="The same, safe to show.")
    language: Language
    facts: list[FactOut]
    to: AnnouncedTo
    rule: Rule | None
    places: list[UUID]
    names: list[NameOut] = Field(description="Of what the rule and the places are, but for what you may not know.")
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
        kept, people = written.kept, written.people
        draft = KeptDraft.model_validate(kept.draft)
        said = draft.model_dump(exclude={"body", "rule", "send_at"})
        return cls(
            id=kept.id,
            body=with_names(draft.body, people, is_own=True),
            html=rendered(draft.body, people),
            rule=draft.rule,
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
