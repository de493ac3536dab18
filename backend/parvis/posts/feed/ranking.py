"""What of some posts concerns a reader most, and why. Pure answers."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Literal
from uuid import UUID

from .sources import Candidate

Why = Literal[
    "announcement",
    "named",
    "yours",
    "taking_part",
    "contact",
    "pinned",
    "interest",
    "lively",
    "active",
    "community",
    "square",
]
UNREAD, SQUARE = 10, 2
"""What somebody is told and has not read; and what all are told."""
NAMED, CONTACT, TAKING_PART, PINNED, YOURS, INTEREST, ACTIVE = 8, 4, 3, 3, 2, 2, 2
LIVELY = ((40, 3), (15, 2), (5, 1))
"""Where at least so many take part in a discussion, it weighs so much…"""
MANY = LIVELY[1][0]
"""…and from so many on this is said of it."""
SPREAD = 4
"""What posts of one community weigh less at most, each one less than that before it: no place fills the page."""
DAY, AGED = timedelta(days=1), 14
"""Each day since it was said weighs one less, so many at the most."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a post is shown. `subject`: of a community, one of the reader's interests and skills."""

    why: Why
    community_id: UUID | None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Interests:
    """What a reader cares for. `active_in`: communities where he spoke lately; `subjects`: of communities, the first of
    their tags that is among his interests and skills."""

    active_in: Collection[UUID] = ()
    subjects: Mapping[UUID, str] = field(default_factory=dict)


def ranked(batch: Sequence[Candidate], interests: Interests, as_of: datetime) -> list[Candidate]:
    """These posts by what they weigh at that time, and at the same weight the latest first."""
    weighed = []
    told: Counter[UUID] = Counter()
    for post in sorted(batch, key=lambda post: (post.said_at, post.id), reverse=True):
        home = post.places[0].community_id or post.id
        age = min((as_of - post.said_at) // DAY, AGED)
        weighed.append((weight(post, interests) - min(told[home], SPREAD) - age, post))
        told[home] += 1
    return [post for _, post in sorted(weighed, key=itemgetter(0), reverse=True)]


def weight(post: Candidate, interests: Interests) -> int:
    """Whatever place it is looked at in."""
    found = UNREAD * post.is_unread + NAMED * post.names_me + CONTACT * post.is_of_contact + YOURS * post.is_mine
    people, on_square, takes_part, pinned, liked, active = 0, False, False, False, False, False
    for there in post.places:
        people = max(people, there.people)
        on_square |= there.community_id is None
        takes_part |= there.takes_part
        pinned |= there.pinned
        liked |= there.community_id in interests.subjects
        active |= there.community_id in interests.active_in
    found += SQUARE * on_square + TAKING_PART * (takes_part and not post.is_mine)
    found += PINNED * pinned + INTEREST * liked + ACTIVE * active
    return found + next((more for least, more in LIVELY if people >= least), 0)


def reason(post: Candidate, interests: Interests) -> Reason:
    """The first that is true: what is told or about the reader himself, then who says it, then where."""
    first = post.places[0]
    pinned = next((there for there in post.places if there.pinned), None)
    liked = next((there for there in post.places if there.community_id in interests.subjects), None)
    lively = next((there for there in post.places if there.people >= MANY), None)
    active = next((there for there in post.places if there.community_id in interests.active_in), None)
    told: list[tuple[Why, bool, UUID | None]] = [
        ("announcement", post.is_announcement, first.community_id),
        ("named", post.names_me, first.community_id),
        ("yours", post.is_mine, first.community_id),
        ("taking_part", any(there.takes_part for there in post.places), first.community_id),
        ("contact", post.is_of_contact, first.community_id),
        ("pinned", pinned is not None, (pinned or first).community_id),
        ("interest", liked is not None, (liked or first).community_id),
        ("lively", lively is not None, (lively or first).community_id),
        ("active", active is not None, (active or first).community_id),
        ("square", first.community_id is None, None),
        ("community", True, first.community_id),
    ]
    why, community_id = next((why, where) for why, is_so, where in told if is_so)
    subject = interests.subjects.get(community_id) if community_id and why == "interest" else None
    return Reason(why, community_id, subject)
