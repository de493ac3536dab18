"""Polls and ideas over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints
from pydantic_core import PydanticCustomError

from parvis.engagement.mentions import rendered, with_names
from parvis.kernel.schemas import Flag, In, Instant, Line, Out, Prose
from parvis.posts.asked import SeenIdea, SeenPoll
from parvis.posts.models import IdeaStatus, ResultsShown
from parvis.profiles.queries.people import Named


def _all_different(labels: list[str]) -> list[str]:
    if len({label.casefold() for label in labels}) < len(labels):
        raise PydanticCustomError("twice", "each choice is said once")
    return labels


Label = Annotated[Line, StringConstraints(min_length=1, max_length=120)]
Labels = Annotated[list[Label], Field(min_length=2, max_length=12), AfterValidator(_all_different)]


class PollDraft(In):
    """What to choose from. A vote may be changed until it closes."""

    options: Labels
    multiple: Flag = False
    anonymous: Flag = Field(True, description="Nobody is told who chose what.")
    results: ResultsShown = "voted"
    closes_at: AwareDatetime | None = None


class VoteDraft(In):
    option_ids: list[UUID] = Field(max_length=12, description="In place of your choices before; none takes them back.")


class IdeaAnswer(In):
    """What becomes of an idea, said to all who read it. `answer`: Markdown."""

    status: IdeaStatus
    answer: Annotated[Prose, StringConstraints(max_length=5_000)] = ""


class PollOptionOut(Out):
    id: UUID
    label: str
    votes: int | None = Field(description="Null while results are not for you to see.")
    mine: bool


class PollOut(Out):
    """A poll, with what it counts when that is for you to see."""

    multiple: bool
    anonymous: bool
    results: ResultsShown
    closes_at: Instant | None
    closed: bool
    voters: int
    options: list[PollOptionOut]

    @classmethod
    def of(cls, seen: SeenPoll) -> Self:
        poll, shows = seen.poll, seen.shows_results
        options = [
            PollOptionOut(
                id=option.id, label=option.label, votes=option.votes if shows else None, mine=option.id in seen.mine
            )
            for option in seen.options
        ]
        return cls(
            multiple=poll.multiple,
            anonymous=poll.anonymous,
            results=poll.results,
            closes_at=poll.closes_at,
            closed=seen.is_closed,
            voters=poll.voters,
            options=options,
        )


class IdeaOut(Out):
    """What became of an idea, and how many are for it."""

    status: IdeaStatus
    supports: int
    mine: bool
    answer: str
    answer_html: str
    answered_at: Instant | None

    @classmethod
    def of(cls, seen: SeenIdea, people: Mapping[UUID, Named]) -> Self:
        idea = seen.idea
        return cls(
            status=idea.status,
            supports=idea.supports,
            mine=seen.mine,
            answer=with_names(idea.answer, people, is_own=False),
            answer_html=rendered(idea.answer, people),
            answered_at=idea.answered_at,
        )
