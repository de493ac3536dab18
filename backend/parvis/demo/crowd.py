"""The people around those known by name: drawn one by one, the same every time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from parvis.profiles.catalogue import INTERESTS

from .campus import Campus
from .known import known, opening
from .lives import Life, drawn_life
from .names import Gender, Logins, Names
from .people import ELSEWHERE, STAFF, STUDENTS, Person, State, academic_year
from .saying import Speaker, said_by
from .sizes import Extent
from .stable import dice

DOMAINS = {"student": STUDENTS, "staff": STAFF}
SECOND_ADDRESS = {"student": 0.55, "staff": 0.3}
PENDING, SUSPENDED = 0.025, 0.005
"""How many have not opened their account yet, and how many are kept out."""
WELCOMED = 0.8
"""How many have been through the welcome, and chosen interests."""


def everybody(today: date, extent: Extent) -> Iterator[Person]:
    """All people of a demonstration; those known by name come first."""
    first = known(today)
    yield from first
    crowd = Crowd(academic_year(today), Campus(extent), Logins(person.identifier.partition("@")[0] for person in first))
    for number in range(len(first), extent.people):
        yield crowd.person(number)


class Crowd:
    """Draws people by number. To be called in order, since homonyms are numbered."""

    def __init__(self, year: int, campus: Campus, logins: Logins) -> None:
        self._year = year
        self._campus = campus
        self._logins = logins
        self._names = Names()

    def person(self, number: int) -> Person:
        draw = dice("life", number)
        gender: Gender = "female" if draw.random() < 0.54 else "male"
        life = drawn_life(draw, self._campus, self._year, gender)
        name = self._names.name(dice("name", number), gender, life.born)
        login = self._logins.login(name)
        return self._with_account(number, name, login, life, gender)

    def _with_account(self, number: int, name: str, login: str, life: Life, gender: Gender) -> Person:
        draw = dice("account", number)
        here = life.held[-1].ends_on is None or life.held[-1].ends_on.year > self._year
        domain = DOMAINS.get(life.part, ELSEWHERE) if here else ELSEWHERE
        second = domain != ELSEWHERE and draw.random() < SECOND_ADDRESS[life.part]
        state = _state(draw) if here else "active"
        welcomed = state != "pending" and draw.random() < WELCOMED
        interests = draw.sample(list(INTERESTS), draw.randint(1, 4)) if welcomed else []
        return Person(
            name,
            f"{login}@{domain}",
            life.held,
            interests=[key for key in INTERESTS if key in interests],
            second_email=f"{login}@{ELSEWHERE}" if second else None,
            state=state,
            entered_at=self._entered_at(draw, life),
            welcomed=welcomed,
            said=said_by(Speaker(dice("profile", number), life, gender, self._year)) if welcomed else (),
            circles=(life.circle, life.domain) if state == "active" and here else None,
        )

    def _entered_at(self, draw: Random, life: Life) -> datetime:
        """In the year after the opening; for those who came later, in the weeks before they did."""
        opened = opening(self._year)
        came = datetime.combine(life.held[0].starts_on, time(8, tzinfo=UTC))
        moment = timedelta(minutes=draw.randint(0, 10 * 60))
        if came > opened:
            return came - timedelta(days=draw.randint(22, 50)) + moment
        return opened + timedelta(days=int(draw.triangular(0, 300, 20))) + moment


def _state(draw: Random) -> State:
    drawn = draw.random()
    return "pending" if drawn < PENDING else "suspended" if drawn < PENDING + SUSPENDED else "active"
