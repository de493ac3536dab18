"""What people say on the walls of communities: questions, polls, ideas, and what others add to them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from parvis.accounts.models.people import Public
from parvis.accounts.publics import PRECEDENCE
from parvis.engagement.models import REACTIONS, Comment, Participant, Reaction, Thread
from parvis.posts.freshness import STAYS
from parvis.posts.models import Attendance, Gathering, Idea, IdeaSupport, Poll, PollOption, PollVote, Post, PostPlace

from .rows import Row
from .stable import dice, stable_id
from .words.spaces import unbroken
from .words.talk import ANSWERS, EVENTS, IDEAS, KNOWN, MESSAGES, POLLS, QUESTIONS, REPLIES, TOGETHER, Said

OLDEST = timedelta(days=75)
"""How far back walls go."""
MOST, MOST_OF_MANY = 7, 2
"""Said in one community; in one of those after the first `MANY`."""
MANY = 600
FRESH = STAYS[0][1]
"""How long posts stand with what is new: in none of these communities is much said."""


@dataclass(frozen=True, slots=True)
class InIt:
    """Somebody in a community, since when, and under which public."""

    member_id: UUID
    public: Public | None
    since: datetime


@dataclass
class Drawn:
    """What is added to a post: comments, reactions to it, and those who take part."""

    comments: list[Row] = field(default_factory=list)
    reactions: list[Row] = field(default_factory=list)
    given: Counter[str] = field(default_factory=Counter)
    acts: dict[UUID, Counter[str]] = field(default_factory=dict)
    accepted_id: UUID | None = None

    def act(self, one: InIt, what: str) -> None:
        self.acts.setdefault(one.member_id, Counter())[what] += 1


class Talk:
    """Says things in communities, up to `today`; the same every time on one day."""

    def __init__(self, today: date) -> None:
        self._until = datetime.combine(today, time(), UTC)

    def said_in(self, number: int, name: str, community_id: UUID, people: Sequence[InIt]) -> list[list[Row]]:
        """What stands on one wall, the last said first: of each post its rows."""
        draw = dice("talk", number)
        events = dice("events", number).sample(EVENTS, 2 if number < MANY else 0)
        wanted = [*KNOWN.get(name, ()), *events]
        most = MOST if number < MANY else MOST_OF_MANY
        for words in (MESSAGES, QUESTIONS, POLLS, IDEAS):
            wanted += draw.sample(words, min(len(words), draw.randint(0, most // 2)))
        found: list[list[Row]] = []
        at = self._until - timedelta(hours=draw.randint(1, 60))
        for said in wanted[: most + len(KNOWN.get(name, ())) + len(events)]:
            there = [one for one in people if one.since <= at]
            if not there or at < self._until - OLDEST:
                break
            found.append(list(self.post(draw, said, at, [community_id], there, ("talk", number, len(found)))))
            at -= timedelta(hours=draw.randint(20, 260), minutes=draw.randint(0, 59))
        return found

    def said_together(self, community_ids: Sequence[UUID], author: InIt, people: Sequence[InIt]) -> list[Row]:
        """One post in several communities, with one discussion."""
        draw = dice("talk together", 0)
        at = self._until - timedelta(hours=draw.randint(2, 8))
        return list(self.post(draw, TOGETHER, at, community_ids, people, ("together",), author))

    def post(
        self,
        draw: Random,
        said: Said,
        at: datetime,
        community_ids: Sequence[UUID],
        there: Sequence[InIt],
        key: tuple[object, ...],
        author: InIt | None = None,
    ) -> Iterator[Row]:
        """One post, in these communities, with all that those who were there add to it."""
        ms = int(at.timestamp()) * 1000
        post_id, thread_id = stable_id(ms, "post", *key), stable_id(ms, "thread", *key)
        author = author or there[int(draw.triangular(0, len(there) - 0.01, 0))]
        drawn = self._added(draw, said, at, post_id, thread_id, there, author)
        yield (
            Post,
            {
                "id": post_id,
                "author_id": author.member_id,
                "kind": said.kind,
                "title": unbroken(said.title),
                "body": unbroken(said.body),
                "language": said.language,
                "said_at": at,
                "edited_at": None,
                "deleted_at": None,
                "version": 1,
            },
        )
        yield Thread, _thread(thread_id, post_id, drawn, {one.member_id: one.public for one in (author, *there)})
        for community_id in community_ids:
            place = {"post_id": post_id, "community_id": community_id, "thread_id": thread_id}
            when = {"said_at": at, "fresh_until": at + FRESH, "pinned_at": None, "removed_at": None}
            yield PostPlace, {**place, "kind": said.kind, **when}
        publics = {one.member_id: one.public for one in (author, *there)}
        for member_id, acts in drawn.acts.items():
            counted = {"began": acts["began"] > 0, "comments": acts["comments"], "reactions": acts["reactions"]}
            yield (
                Participant,
                {"thread_id": thread_id, "member_id": member_id, "public": publics[member_id], **counted},
            )
        yield from drawn.comments
        yield from drawn.reactions
        yield from self._asked(draw, said, at, post_id, there)

    def _added(
        self,
        draw: Random,
        said: Said,
        at: datetime,
        post_id: UUID,
        thread_id: UUID,
        there: Sequence[InIt],
        author: InIt,
    ) -> Drawn:
        drawn = Drawn()
        drawn.act(author, "began")
        others = [one for one in there if one is not author]
        if not others:
            return drawn
        besides = ANSWERS[said.language]
        answers = (
            [*said.answers, *draw.sample(besides, draw.randint(0, 2))] if said.answers or draw.random() < 0.6 else []
        )
        moments = _moments(draw, at, self._until, len(answers))
        for rank, (words, moment) in enumerate(zip(answers, moments, strict=True)):
            comment_id = self._comment(drawn, thread_id, None, draw.choice(others), words, moment, (post_id, rank))
            if said.kind == "question" and rank == 0 and draw.random() < 0.8:
                drawn.accepted_id = comment_id
            if draw.random() < 0.35:
                reply = min(moment + timedelta(minutes=draw.randint(4, 300)), self._until)
                self._comment(
                    drawn,
                    thread_id,
                    comment_id,
                    author,
                    draw.choice(REPLIES[said.language]),
                    reply,
                    (post_id, rank, "re"),
                )
        for one in draw.sample(others, min(len(others), int(draw.triangular(0, 14, 2)))):
            kind = draw.choices(REACTIONS, (6, 3, 2, 2))[0]
            reaction = {"subject_id": post_id, "member_id": one.member_id, "kind": kind, "subject_kind": "post"}
            drawn.reactions.append(
                (Reaction, {**reaction, "thread_id": thread_id, "at": _after(draw, at, self._until)})
            )
            drawn.given[kind] += 1
            drawn.act(one, "reactions")
        return drawn

    def _comment(
        self,
        drawn: Drawn,
        thread_id: UUID,
        parent_id: UUID | None,
        author: InIt,
        words: str,
        at: datetime,
        key: tuple[object, ...],
    ) -> UUID:
        comment_id = stable_id(int(at.timestamp() * 1000), "comment", *key)
        row = {"id": comment_id, "thread_id": thread_id, "parent_id": parent_id, "author_id": author.member_id}
        when = {"created_at": at, "edited_at": None, "deleted_at": None}
        drawn.comments.append((Comment, {**row, "body": unbroken(words), "reactions": {}, **when, "version": 1}))
        drawn.act(author, "comments")
        return comment_id

    def _asked(self, draw: Random, said: Said, at: datetime, post_id: UUID, there: Sequence[InIt]) -> Iterator[Row]:
        some = draw.sample(there, int(len(there) * draw.uniform(0.15, 0.6)))
        if said.kind == "poll":
            yield from self._poll(draw, said, at, post_id, some)
        elif said.kind == "event":
            yield from self._gathering(said, post_id, some)
        elif said.kind == "idea":
            answered = _after(draw, at, self._until) if said.outcome else None
            outcome = {"status": said.status, "answer": unbroken(said.outcome), "answered_at": answered}
            yield Idea, {"post_id": post_id, **outcome, "supports": len(some)}
            for one in some:
                yield IdeaSupport, {"post_id": post_id, "member_id": one.member_id, "at": _after(draw, at, self._until)}

    def _gathering(self, said: Said, post_id: UUID, some: Sequence[InIt]) -> Iterator[Row]:
        """Who comes takes the seats that there are, and waits once there are none; every sixth is not sure.

        What several communities offer is not on the same day in each.
        """
        apart = post_id.int % 5
        days = said.day + (apart if said.day > 0 else -apart)
        starts_at = self._until + timedelta(days=days, hours=said.hour)
        answers = [(one, "maybe" if number % 6 == 5 else "yes") for number, one in enumerate(some)]
        coming = [one for one, answer in answers if answer == "yes"]
        going = len(coming) if said.seats is None else min(said.seats, len(coming))
        yield (
            Gathering,
            {
                "post_id": post_id,
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(hours=2),
                "time_zone": "Europe/Paris",
                "whole_day": False,
                "seats": said.seats,
                "place": unbroken(said.place),
                "link": said.link,
                "sequence": 0,
                "cancelled_at": None,
                "going": going,
                "maybe": len(answers) - len(coming),
                "waiting": len(coming) - going,
                "away": 0,
                "last": len(answers),
            },
        )
        seated = {one.member_id for one in coming[:going]}
        for number, (one, answer) in enumerate(answers, 1):
            told = {"remind_before": 1440 if answer == "yes" else None, "by_mail": False, "at": self._until}
            waits = answer == "yes" and one.member_id not in seated
            who = {"post_id": post_id, "member_id": one.member_id, "answer": answer, "waits": waits}
            yield Attendance, {**who, "number": number, **told}

    def _poll(self, draw: Random, said: Said, at: datetime, post_id: UUID, some: Sequence[InIt]) -> Iterator[Row]:
        ms = int(at.timestamp()) * 1000
        ids = [stable_id(ms, "option", post_id, label) for label in said.options]
        liking = [draw.uniform(1, 5) for _ in ids]
        votes = [(one, draw.choices(ids, liking)[0]) for one in some]
        counted = Counter(option_id for _, option_id in votes)
        closes_at = at + timedelta(days=10) if draw.random() < 0.5 else None
        rules = {"multiple": False, "anonymous": draw.random() < 0.7, "results": "voted", "closes_at": closes_at}
        yield Poll, {"post_id": post_id, **rules, "voters": len(some)}
        for position, (option_id, label) in enumerate(zip(ids, said.options, strict=True)):
            option = {"id": option_id, "post_id": post_id, "position": position, "label": unbroken(label)}
            yield PollOption, {**option, "votes": counted[option_id]}
        until = min(self._until, closes_at or self._until)
        for one, option_id in votes:
            vote = {"post_id": post_id, "member_id": one.member_id, "option_id": option_id}
            yield PollVote, {**vote, "at": _after(draw, at, until)}


def last_said(posts: Sequence[Sequence[Row]]) -> datetime | None:
    """When something was last said or answered in these."""
    moments = [
        row.get("said_at") or row.get("created_at") for rows in posts for table, row in rows if table in {Post, Comment}
    ]
    return max(filter(None, moments), default=None)


def _thread(thread_id: UUID, post_id: UUID, drawn: Drawn, publics: dict[UUID, Public | None]) -> dict[str, object]:
    mix = Counter(publics[member_id] for member_id in drawn.acts)
    return {
        "id": thread_id,
        "subject_kind": "post",
        "subject_id": post_id,
        "comments": len(drawn.comments),
        "reactions": {kind: drawn.given[kind] for kind in REACTIONS if drawn.given[kind]},
        "people": len(drawn.acts),
        "mix": {public: mix[public] for public in PRECEDENCE if mix[public]},
        "accepted_id": drawn.accepted_id,
        "version": 1 + len(drawn.comments) + drawn.given.total() + (drawn.accepted_id is not None),
    }


def _after(draw: Random, at: datetime, until: datetime) -> datetime:
    """Soon after, as people answer, and before the end."""
    wait = min(timedelta(hours=draw.expovariate(1 / 9)), until - at)
    return (at + max(wait, timedelta(minutes=1))).replace(microsecond=0) if wait > timedelta() else at


def _moments(draw: Random, at: datetime, until: datetime, count: int) -> list[datetime]:
    return sorted(_after(draw, at, until) for _ in range(count))
