"""What announcements say beside their words, over HTTP."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints

from parvis.accounts.actor import Actor
from parvis.accounts.models.people import Public
from parvis.kernel.schemas import In, Instant, Line, Out
from parvis.posts.announced import AnnouncementAbility, SeenAnnouncement
from parvis.posts.models import AnnouncedTo

MOST_FACTS = 6


class FactIn(In):
    """Something to know at a glance: when, where, until when."""

    label: Annotated[Line, StringConstraints(min_length=1, max_length=30)]
    value: Annotated[Line, StringConstraints(min_length=1, max_length=120)]


Facts = Annotated[list[FactIn], Field(max_length=MOST_FACTS)]


class FactOut(Out):
    label: str
    value: str


class AnnouncementOut(Out):
    """Of an announcement: what to know at a glance, whom it is for, and what you did with it."""

    facts: list[FactOut]
    to: AnnouncedTo
    publics: list[Public] = Field(description="Among those who are told it, the most numerous first.")
    essential: bool = Field(description="It was told also to those who are told much.")
    asks: bool = Field(description="You are asked to say that you have read it: your name is then told to its senders.")
    told: int | None = Field(description="How many are told it; null for fewer than 20.")
    read: int | None = Field(description="How many of them have read it; null for fewer than 20 told.")
    closes_at: Instant | None = Field(description="Until then, who enters its audience is told it.")
    mine: bool = Field(description="You are among those who are told it.")
    seen_at: Instant | None
    read_at: Instant | None
    acknowledged_at: Instant | None
    abilities: list[AnnouncementAbility] = Field(
        description="`follow`: read its report; `remind`: tell those again who have not read it."
    )

    @classmethod
    def of(cls, seen: SeenAnnouncement, actor: Actor) -> Self:
        one, mine = seen.announcement, seen.mine
        told, read = seen.counts or (None, None)
        return cls(
            facts=[FactOut(**fact) for fact in one.facts],
            to=one.told_to,
            publics=list(seen.publics),
            essential=one.essential,
            asks=one.asks,
            told=told,
            read=read,
            closes_at=one.closes_at,
            mine=mine is not None,
            seen_at=mine.seen_at if mine else None,
            read_at=mine.read_at if mine else None,
            acknowledged_at=mine.acknowledged_at if mine else None,
            abilities=seen.abilities(actor),
        )
