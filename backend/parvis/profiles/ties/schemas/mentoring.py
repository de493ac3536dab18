"""Mentoring over HTTP."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from parvis.accounts.actor import Actor
from parvis.kernel.schemas import In, Instant, Out, Prose
from parvis.profiles.schemas.fields import LanguageTag, MentoringFormat
from parvis.profiles.schemas.people import PersonRef
from parvis.profiles.ties.models import Mentorship, MentorshipState
from parvis.profiles.ties.policy import MentorshipAbility, abilities_on
from parvis.profiles.ties.queries import Offer


class OfferOut(Out):
    """What a mentor offers."""

    text: str
    minutes: int
    formats: list[MentoringFormat]
    languages: list[LanguageTag]
    free_places: int = Field(ge=0)

    @classmethod
    def of(cls, offer: Offer) -> Self:
        said: dict[str, Any] = {name: offer.value[name] for name in ("text", "minutes", "formats", "languages")}
        return cls(**said, free_places=max(offer.free_places, 0))


class MentorshipDraft(In):
    """What you would like to talk about."""

    message: Annotated[Prose, StringConstraints(min_length=1, max_length=1000)]


class MentorshipAnswer(In):
    """A few words with the answer."""

    answer: Annotated[Prose, StringConstraints(max_length=1000)] = ""


class MentorshipRef(Out):
    """A mentorship, as one's page with the other names it."""

    id: UUID
    state: MentorshipState
    side: Literal["mentor", "mentee"] = Field(description="Yours.")
    version: int = Field(description="Of its `ETag`.")
    abilities: list[MentorshipAbility]

    @classmethod
    def of(cls, mentorship: Mentorship, actor: Actor) -> Self:
        return cls(
            id=mentorship.id,
            state=mentorship.state,
            side="mentor" if mentorship.mentor_id == actor.id else "mentee",
            version=mentorship.version,
            abilities=abilities_on(actor, mentorship) if actor.may_use("mentoring:write") else [],
        )


class MentorshipsCountOut(Out):
    """How many mentorships wait for your answer."""

    asked: int


class MentorshipOut(MentorshipRef):
    """A mentorship of yours. `person`: the other; null when you may no longer find him."""

    person: PersonRef | None
    message: str
    answer: str
    asked_at: Instant
    answered_at: Instant | None
    ended_at: Instant | None

    @classmethod
    def shown(cls, mentorship: Mentorship, actor: Actor, person: PersonRef | None) -> Self:
        return cls(
            **MentorshipRef.of(mentorship, actor).model_dump(),
            person=person,
            message=mentorship.message,
            answer=mentorship.answer,
            asked_at=mentorship.asked_at,
            answered_at=mentorship.answered_at,
            ended_at=mentorship.ended_at,
        )
