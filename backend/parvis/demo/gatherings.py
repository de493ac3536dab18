"""Where people come together: year groups, associations, sports, mentoring; the same every time."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain, islice, product
from random import Random
from uuid import UUID

from parvis.accounts.models.people import Public
from parvis.accounts.names import sort_name
from parvis.accounts.publics import PRECEDENCE, publics_of
from parvis.circles.models import Circle, Membership
from parvis.communities.models import CharterAcceptance, Community, CommunityTag

from .campus import Campus
from .chats import KNOWN, Chats, Held
from .people import Person
from .rows import Row
from .stable import dice, stable_id
from .talk import InIt, Talk, last_said
from .words.communities import ACTIVITIES, DESCRIPTION, DESCRIPTION_IN_ENGLISH, FIRST, OLD_YEAR_GROUP, YEAR_GROUP, Cause

MOST_TOGETHER = 220
"""In one community, so that it is written with its charter's acceptances in one transaction."""
FIRST_RUNNERS = ((2, 0, 1), (6, 1), (7,), (0, 3), (2,), (6, 1), (2, 6))
"""Numbers of those known by name who run the first communities: the owner, then moderators."""
OF_ONE = (0, 3)
"""Communities that the first of those known by name helps to run."""
MOST_MET = 200
"""Among whom who talks in groups is drawn."""
RUNNING = 0.06
"""How many of the members are moderators."""


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody who can be met: since when, and counted under which public."""

    came: datetime
    public: Public | None


@dataclass(frozen=True, slots=True)
class Gathering:
    """A community that is to be written. `people`: its owner first, then so many moderators that they are `runners`."""

    circle_id: UUID
    community_id: UUID
    made: datetime
    active_at: datetime
    people: Sequence[InIt]
    runners: int


class Gatherings:
    """Makes communities of those who have come. `year`: in which the academic year began."""

    def __init__(self, year: int, today: date, campus: Campus) -> None:
        self._september = datetime(year, 9, 1, tzinfo=UTC)
        self._year = year
        self._today = today
        self._campus = campus
        self._here: dict[int, Here] = {}
        self._everybody: list[int] = []
        self._near: dict[str, list[int]] = defaultdict(list)

    def come(self, number: int, person: Person, came: datetime) -> None:
        """From now on this one may be in a community, if the university still knows him."""
        if person.circles is None or not person.belongs(self._today):
            return
        self._here[number] = Here(came, _public_of(person, self._today))
        self._everybody.append(number)
        self._near[person.circles[0]].append(number)

    def rows(self, count: int) -> Iterator[list[Row]]:
        """So many communities, each with its people, at most `MOST_TOGETHER`, then what they say, post by post."""
        talk = Talk(self._today)
        causes = list(islice(self._causes(), count))
        shared = self._said_together(talk, causes)
        for number, (cause, pool) in enumerate(causes):
            gathering = self._gathering(number, pool)
            said = talk.said_in(number, cause.name, gathering.community_id, gathering.people)
            heard = [*said, shared] if number in OF_ONE else said
            yield list(self._community(number, cause, gathering, heard))
            yield from said
            if number == OF_ONE[-1]:
                yield shared

    def chats(self, count: int) -> Iterator[list[Row]]:
        """What is said in conversations, of the first of so many communities too; each with all of it."""
        causes = list(islice(self._causes(), count))

        def held(number: int) -> Held:
            found = self._gathering(number, causes[number][1])
            return Held(found.circle_id, found.community_id, found.people)

        met = self._everybody[:MOST_MET]
        everybody = [InIt(self._member_id(one), self._here[one].public, self._here[one].came) for one in met]
        known = {number: self._member_id(number) for number in KNOWN.values()}
        return Chats(self._today, everybody, known, held).rows()

    def _said_together(self, talk: Talk, causes: Sequence[tuple[Cause, Sequence[int]]]) -> list[Row]:
        """By who is in each of these communities, to all of them."""
        theirs = [self._gathering(number, causes[number][1]) for number in OF_ONE]
        people = {one.member_id: one for gathering in theirs for one in gathering.people}
        ids = [gathering.community_id for gathering in theirs]
        return talk.said_together(ids, people[self._member_id(0)], list(people.values()))

    def _causes(self) -> Iterator[tuple[Cause, Sequence[int]]]:
        """All that there is to come together for, and who may; the nearest first."""
        programmes = [programme.name for programme in self._campus.programmes()]
        units = [unit.name for unit in self._campus.units()]
        everybody = self._everybody
        yield from ((cause, everybody) for cause in FIRST)
        groups = ((_year_group(name, self._year + 1, YEAR_GROUP), self._near[name]) for name in programmes)
        clubs = ((cause, everybody) for cause in ACTIVITIES)
        # In turn, so that a small university has of both.
        yield from chain.from_iterable(zip(clubs, groups, strict=False))
        yield from groups
        yield from ((_of_unit(cause, unit), everybody) for unit, cause in product(units, ACTIVITIES))
        for back, name in product(range(1, 25), programmes):
            year = self._year + 1 - back
            yield _year_group(name, year, OLD_YEAR_GROUP), self._near[f"{name} {year}"]

    def _gathering(self, number: int, pool: Sequence[int]) -> Gathering:
        draw = dice("community", number)
        known = FIRST_RUNNERS[number] if number < len(FIRST_RUNNERS) else ()
        together = self._together(draw, number, pool, known)
        made = max(self._here[together[0]].came, self._september - timedelta(days=draw.randint(20, 180)))
        at = int(made.timestamp()) * 1000
        circle_id, community_id = (stable_id(at, kind, number) for kind in ("circle", "community"))
        active_at = made + (self._september + timedelta(days=20) - made) * draw.random()
        people = [self._in_it(draw, rank, one, made) for rank, one in enumerate(together)]
        runners = len(known) if known else 1 + int(len(together) * RUNNING)
        return Gathering(circle_id, community_id, made, active_at, people, runners)

    def _in_it(self, draw: Random, rank: int, one: int, made: datetime) -> InIt:
        since = made if rank == 0 else max(made, self._here[one].came) + timedelta(hours=draw.randint(1, 400))
        return InIt(self._member_id(one), self._here[one].public, since)

    def _community(self, number: int, cause: Cause, found: Gathering, said: Sequence[Sequence[Row]]) -> Iterator[Row]:
        circle_id, community_id, people = found.circle_id, found.community_id, found.people
        mix = Counter(one.public for one in people)
        counted = {public: mix[public] for public in PRECEDENCE if mix[public]}
        yield Circle, {"id": circle_id, "people": len(people), "mix": counted}
        yield (
            Community,
            {
                "id": community_id,
                "circle_id": circle_id,
                "name": cause.name,
                "sort_name": sort_name(cause.name),
                "summary": cause.summary,
                "description": _description(cause) if number % 3 != 2 else "",
                "language": cause.language,
                "access": cause.access,
                "charter": cause.charter,
                "charter_version": 1 if cause.charter else 0,
                "posting": "members",
                "commenting": "members",
                "uploading": "moderators" if number % 5 == 4 else "members",
                "pictures": {},
                "created_by": people[0].member_id,
                "created_at": found.made,
                "active_at": last_said(said) or found.active_at,
                "archived_at": None,
                "version": 1,
            },
        )
        for tag in cause.tags:
            yield CommunityTag, {"community_id": community_id, "tag": sort_name(tag), "label": tag}
        for rank, one in enumerate(people):
            role = "owner" if rank == 0 else "moderator" if rank < found.runners else "member"
            who = {"member_id": one.member_id, "public": one.public}
            yield Membership, {"circle_id": circle_id, **who, "role": role, "since": one.since, "until": None}
            if cause.charter:
                accepted = {"community_id": community_id, "member_id": one.member_id}
                yield CharterAcceptance, {**accepted, "version": 1, "at": one.since}

    def _together(self, draw: Random, number: int, pool: Sequence[int], known: Sequence[int]) -> list[int]:
        """Who is in it: those known first, then drawn; at least somebody."""
        most = MOST_TOGETHER if number < len(FIRST) else 60
        wanted = min(int(draw.triangular(3, most, 8 if not known else most * 0.6)), len(pool) * 2 // 3)
        drawn = draw.sample(pool, wanted) if wanted else []
        found = [*known, *(one for one in drawn if one not in known)]
        return found or [draw.choice(self._everybody)]

    def _member_id(self, number: int) -> UUID:
        began = int(datetime(self._year - 1, 9, 1, tzinfo=UTC).timestamp()) * 1000
        return stable_id(began + number, "member", number)


def _description(cause: Cause) -> str:
    words = DESCRIPTION_IN_ENGLISH if cause.language == "en" else DESCRIPTION
    return words.format(summary=cause.summary)


def _public_of(person: Person, today: date) -> Public | None:
    held = (
        one for one in person.affiliations if one.starts_on <= today and (one.ends_on is None or today < one.ends_on)
    )
    return next(iter(publics_of(one.kind for one in held)), None)


def _year_group(programme: str, year: int, summary: str) -> Cause:
    return Cause(f"Promo {programme} {year}", summary, ("Promotion",), "on_request")


def _of_unit(cause: Cause, unit: str) -> Cause:
    return Cause(f"{cause.name}, {unit}", cause.summary, cause.tags, cause.access)
