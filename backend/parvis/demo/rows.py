"""People and places as rows of the tables."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from parvis.accounts.models import Address, Affiliation, Cohort, Member, MemberRole, Password, Programme, Unit
from parvis.accounts.names import sort_name
from parvis.chat.models import (
    Conversation,
    ConversationPlace,
    Message,
    MessageLink,
    MessageMention,
    MessageReaction,
    MessageRevision,
    MessageSubject,
    MessageThreadPlace,
)
from parvis.circles.models import Circle, Membership
from parvis.communities.models import CharterAcceptance, Community, CommunityTag
from parvis.engagement.models import Comment, Participant, Reaction, Thread
from parvis.files.models import LinkCard
from parvis.kernel.db import Base
from parvis.posts.models import Attendance, Gathering, Idea, IdeaSupport, Poll, PollOption, PollVote, Post, PostPlace
from parvis.profiles.models import Contact, ContactRequest, MemberInterest, Profile, ProfileField
from parvis.profiles.ties.models import Mentorship

from .asking import Askers
from .campus import Campus
from .contacts import Acquaintances
from .people import ELSEWHERE, Held, Person
from .stable import dice, stable_id
from .words.asking import ANSWERS, REQUESTS, WISHES

Row = tuple[type[Base], dict[str, Any]]

IN_ORDER: Sequence[type[Base]] = (
    Unit,
    Programme,
    Cohort,
    Member,
    Address,
    Affiliation,
    MemberRole,
    MemberInterest,
    Password,
    Profile,
    ProfileField,
    Contact,
    ContactRequest,
    Mentorship,
    Circle,
    Community,
    CommunityTag,
    Membership,
    CharterAcceptance,
    Post,
    Thread,
    PostPlace,
    Participant,
    Poll,
    PollOption,
    PollVote,
    Idea,
    IdeaSupport,
    Gathering,
    Attendance,
    Comment,
    Reaction,
    Conversation,
    ConversationPlace,
    Message,
    MessageRevision,
    MessageReaction,
    MessageMention,
    MessageSubject,
    MessageThreadPlace,
    LinkCard,
    MessageLink,
)
"""Each after those it refers to."""
KNOWN_BY_NAME = 8
"""How many, at the head of everybody, the pages and mock-ups know by name."""


class Rows:
    """Makes rows for a demonstration in the academic year that began in `year`. Identifiers are the same every time."""

    def __init__(self, year: int, campus: Campus, hashes: dict[str, str]) -> None:
        self._september = datetime(year, 9, 1, tzinfo=UTC)
        self._began_ms = int(datetime(year - 1, 9, 1, tzinfo=UTC).timestamp()) * 1000
        self._programmes = {programme.name for programme in campus.programmes()}
        self._hashes = hashes
        self._cohorts: set[tuple[str, int]] = set()
        self._acquaintances = Acquaintances()
        self._askers = Askers(KNOWN_BY_NAME)

    def of_places(self, campus: Campus) -> Iterator[list[Row]]:
        """Units, each after its parent, and programmes."""
        for unit in campus.units():
            kept = {"id": self._id("unit", unit.name), "code": unit.code, "name": unit.name, "kind": unit.kind}
            parent = self._id("unit", unit.parent) if unit.parent else None
            yield [(Unit, {**kept, "sort_name": sort_name(unit.name), "parent_id": parent, **self._made()})]
        for programme in campus.programmes():
            kept = {"id": self._id("programme", programme.name), "code": programme.code, "name": programme.name}
            unit_id = self._id("unit", programme.unit)
            yield [(Programme, {**kept, "sort_name": sort_name(programme.name), "unit_id": unit_id, **self._made()})]

    def of_people(self, people: Iterable[Person], today: date) -> Iterator[list[Row]]:
        """All that is each one's, and whom they know among those before."""
        for number, person in enumerate(people):
            member_id = self.member_id(number)
            yield [
                *self._cohorts_of(person),
                *self._account(number, member_id, person),
                *self._affiliations(number, member_id, person.affiliations),
                *self._profile(number, member_id, person),
                *self._contacts(number, person, today),
            ]

    def member_id(self, number: int) -> UUID:
        return stable_id(self._began_ms + number, "member", number)

    def _account(self, number: int, member_id: UUID, person: Person) -> Iterator[Row]:
        entered = _entered(person)
        opened = None if person.state == "pending" else activated(person)
        member = {
            "id": member_id,
            "name": person.name,
            "sort_name": sort_name(person.name),
            "identifier": person.identifier,
            "created_at": entered,
            "activated_at": opened,
            "onboarded_at": opened + timedelta(minutes=4) if opened and person.welcomed else None,
            "suspended_at": self._september - timedelta(days=3) if person.state == "suspended" else None,
        }
        yield Member, member
        for rank, email in enumerate(filter(None, (person.email, person.second_email))):
            kind = "personal" if email.endswith(f"@{ELSEWHERE}") else "institutional"
            address = {"id": self._address_id(number, rank), "email": email, "kind": kind}
            when = {"verified_at": opened, "created_at": entered}
            yield Address, {**address, "member_id": member_id, "is_primary": rank == 0, **when}
        for role in person.roles:
            yield MemberRole, {"member_id": member_id, "role": role, "since": entered}
        if person.email in self._hashes:
            hashed = self._hashes[person.email]
            yield Password, {"member_id": member_id, "hash": hashed, "changed_at": entered}

    def _affiliations(self, number: int, member_id: UUID, held: Sequence[Held]) -> Iterator[Row]:
        for rank, item in enumerate(held):
            where = {
                "unit_id": self._id("unit", item.unit),
                "programme_id": self._id("programme", item.programme) if item.programme else None,
                "cohort_id": self._cohort_id(item) if item.cohort else None,
            }
            what = {"kind": item.kind, "title": item.title, "source": "institution"}
            dates = {"starts_on": item.starts_on, "ends_on": item.ends_on}
            identity = stable_id(self._began_ms + number, "affiliation", number, rank)
            yield Affiliation, {"id": identity, "member_id": member_id, **what, **where, **dates}

    def _cohorts_of(self, person: Person) -> Iterator[Row]:
        """Those that nobody before was of."""
        for held in person.affiliations:
            if held.programme and held.cohort and (held.programme, held.cohort) not in self._cohorts:
                self._cohorts.add((held.programme, held.cohort))
                past = held.cohort <= self._september.year
                identity = {"id": self._cohort_id(held), "programme_id": self._id("programme", held.programme)}
                graduated = datetime(held.cohort, 7, 1, 12, tzinfo=UTC) if past else None
                yield Cohort, {**identity, "year": held.cohort, "graduated_at": graduated, **self._made()}

    def _profile(self, number: int, member_id: UUID, person: Person) -> Iterator[Row]:
        since = activated(person) + timedelta(minutes=4)
        for interest in person.interests:
            yield MemberInterest, {"member_id": member_id, "interest": interest, "since": since}
        if person.said:
            yield Profile, {"member_id": member_id, "updated_at": since}
        for said in person.said:
            value = str(self._address_id(number, said.value)) if said.field == "email" else said.value
            yield ProfileField, {"member_id": member_id, "field": said.field, "level": said.level, "value": value}

    def _contacts(self, number: int, person: Person, today: date) -> Iterator[Row]:
        if person.circles is None or not person.belongs(today):
            return
        draw, known = dice("contacts", number), set()
        for other, since in self._acquaintances.meet(draw, number, person.circles, activated(person)):
            known.add(other)
            met = since + (self._september - since) * draw.random()
            pair = self.member_id(number), self.member_id(other)
            for one, two in (pair, pair[::-1]):
                yield Contact, {"member_id": one, "other_id": two, "since": met.replace(microsecond=0)}

        yield from self._asked(number, person, known)
        self._askers.come(number, person, activated(person))

    def _asked(self, number: int, person: Person, known: set[int]) -> Iterator[Row]:
        """What this one asks of those before, between the day both were there and the new academic year."""
        draw, mine = dice("asking", number), self.member_id(number)
        if (met := self._askers.whom_to_meet(draw, number, known)) is not None:
            asked = {"from_id": mine, "to_id": self.member_id(met[0]), "message": draw.choice(REQUESTS)}
            yield ContactRequest, {**asked, "created_at": self._between(draw, person, met[1])}
        if (found := self._askers.whom_to_learn_from(draw, person)) is not None:
            mentor, state = found
            at = self._between(draw, person, mentor.came)
            yield (
                Mentorship,
                {
                    "id": stable_id(int(at.timestamp()) * 1000, "mentorship", number),
                    "mentor_id": self.member_id(mentor.number),
                    "mentee_id": mine,
                    "state": state,
                    "message": draw.choice(WISHES),
                    "answer": draw.choice(ANSWERS[state]),
                    "asked_at": at,
                    "answered_at": None if state == "asked" else at + timedelta(days=2),
                    "ended_at": at + timedelta(days=60) if state == "ended" else None,
                },
            )

    def _between(self, draw: Random, person: Person, came: datetime) -> datetime:
        """An instant in the last months before September when both were there."""
        since = max(activated(person), came, self._september - timedelta(days=90))
        return (since + (self._september - since) * draw.random()).replace(microsecond=0)

    def _address_id(self, number: int, rank: int) -> UUID:
        return stable_id(self._began_ms + number, "address", number, rank)

    def _cohort_id(self, held: Held) -> UUID:
        return self._id("cohort", held.programme, held.cohort)

    def _id(self, *key: object) -> UUID:
        return stable_id(self._began_ms, *key)

    def _made(self) -> dict[str, datetime]:
        return {"created_at": datetime.fromtimestamp(self._began_ms / 1000, UTC)}


def _entered(person: Person) -> datetime:
    assert person.entered_at is not None
    return person.entered_at


def activated(person: Person) -> datetime:
    """Within three weeks; the longer the name, the later, so that not all come at once."""
    return _entered(person) + timedelta(days=len(person.name) % 20, minutes=17)
