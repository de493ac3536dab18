"""The agenda over HTTP."""

from typing import Self
from uuid import UUID

from pydantic import Field

from parvis.communities.schemas.communities import CommunityRef
from parvis.kernel.schemas import In, Instant, Out
from parvis.posts.schemas.gatherings import EventOut

from .models import CalendarFeed, Holds
from .queries import Dated


class AgendaItemOut(Out):
    """An event among others. `id`: of its post, where it is answered and discussed."""

    id: UUID
    title: str
    event: EventOut
    communities: list[CommunityRef] = Field(description="Where it was said, of those where you may read it.")
    on_square: bool

    @classmethod
    def of(cls, dated: Dated) -> Self:
        return cls(
            id=dated.post.id,
            title=dated.post.title,
            event=EventOut.of(dated.seen),
            communities=[CommunityRef(id=one.id, name=one.name) for one in dated.places],
            on_square=dated.on_square,
        )


class CalendarFeedDraft(In):
    """`answered`: what you said yes or maybe to; `communities`: all of your communities and of the square too."""

    holds: Holds = "answered"


class CalendarFeedOut(Out):
    """The address by which your calendar follows your events, but for the address itself."""

    holds: Holds
    created_at: Instant
    used_at: Instant | None = Field(description="When a calendar last asked, to the hour.")
    version: int = Field(description="Of its `ETag`.")

    @classmethod
    def of(cls, feed: CalendarFeed) -> Self:
        return cls.model_validate(feed)


class NewCalendarFeedOut(CalendarFeedOut):
    """The same with the address, which is told this once."""

    url: str = Field(description="Whoever has it reads what your feed holds: give it to your calendar alone.")

    @classmethod
    def of_new(cls, feed: CalendarFeed, url: str) -> Self:
        return cls(holds=feed.holds, created_at=feed.created_at, used_at=feed.used_at, version=feed.version, url=url)
