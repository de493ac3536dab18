"""Who waits for an answer: requests to be in contact, and for mentoring. Some are answered already.

Each person, in order of number, may ask one of those before, as in `contacts`; nobody asks whom he knows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from random import Random

from parvis.profiles.ties.models import MentorshipState

from .people import Person

EAGER = 32
"""The first people all ask: so those known by name, who are the first of all, have something to answer."""
ASKS = 0.06
WISHES_FOR_A_MENTOR = 0.3
STATES: dict[MentorshipState, int] = {"accepted": 50, "asked": 25, "ended": 15, "declined": 10}
MOST_WAITING = 2
"""Mentorships that one mentor has not answered yet."""


@dataclass
class Mentor:
    """Somebody who offers mentoring, and how many places and how much patience are left."""

    number: int
    came: datetime
    places: int
    waiting: int = MOST_WAITING

    def takes(self, state: MentorshipState) -> bool:
        """Whether there is room for one more in that state; if so, it is taken."""
        if state == "accepted" and self.places > 0:
            self.places -= 1
        elif state == "asked" and self.waiting > 0:
            self.waiting -= 1
        else:
            return state in {"ended", "declined"}
        return True


class Askers:
    """The people so far, and those of them who offer mentoring."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._came: list[tuple[int, datetime]] = []
        self._mentors: list[Mentor] = []

    def come(self, number: int, person: Person, came: datetime) -> None:
        """From now on this one can be asked."""
        self._came.append((number, came))
        offered = next((said.value for said in person.said if said.field == "mentoring" and _is_open(said.level)), None)
        if offered is not None:
            self._mentors.append(Mentor(number, came, offered["capacity"]))

    def whom_to_meet(self, draw: Random, number: int, known: Collection[int]) -> tuple[int, datetime] | None:
        """Whom this one asks to be in contact, and since when that one has been there."""
        is_eager = self._first <= number < self._first + EAGER
        if not self._came or not (is_eager or draw.random() < ASKS):
            return None
        other, came = self._came[number % self._first] if is_eager else draw.choice(self._came)
        return None if other in known else (other, came)

    def whom_to_learn_from(self, draw: Random, person: Person) -> tuple[Mentor, MentorshipState] | None:
        """Which mentor this one asks, and what has become of it."""
        studies = any(held.kind == "student" and held.ends_on is None for held in person.affiliations)
        if not self._mentors or not studies or draw.random() > WISHES_FOR_A_MENTOR:
            return None
        mentor = draw.choice(self._mentors)
        state: MentorshipState = draw.choices(list(STATES), list(STATES.values()))[0]
        return (mentor, state) if mentor.takes(state) else None


def _is_open(level: str) -> bool:
    return level == "organisation"
