"""People of many kinds, and rules over them, each with what an oracle says of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.accounts.models import Affiliation, Cohort, Member, Programme, Unit
from parvis.accounts.publics import PUBLIC_OF
from parvis.audiences import rules
from parvis.audiences.rules import Rule
from parvis.circles.models import Circle, Membership
from parvis.communities.models import Community
from parvis.kernel import clock
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from parvis.profiles.directory.index import reindex
from parvis.profiles.models import ProfileField

KINDS = ("student", "faculty", "employee", "alum", "affiliate", "member")
CITIES, SKILLS = ("Lyon", "Évreux", "Valorne"), ("Python", "Cartographie", "Droit")
YEARS = (2025, 2027)
DAYS = (-400, -30, 0, 30, 400)
"""From today, that affiliations begin or end, and that rules speak of."""


@dataclass(frozen=True)
class Held:
    """One affiliation, as the oracle sees it."""

    kind: str
    source: str
    unit: int | None
    cohort: int | None
    """The programme follows from it."""
    starts_on: date
    ends_on: date | None

    def holds(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass
class Person:
    id: UUID
    is_active: bool
    held: list[Held]
    shown: Mapping[str, Sequence[str]]
    """What is shown to the whole organisation, by facet."""
    circles: set[int]


@dataclass
class Crowd:
    """A small university: units 0 > 1 > 2 and 3, a programme of each of two, cohorts of two years, communities."""

    units: list[UUID] = field(default_factory=lambda: [new_id() for _ in range(4)])
    programmes: list[UUID] = field(default_factory=lambda: [new_id() for _ in range(2)])
    cohorts: list[tuple[UUID, int, int]] = field(default_factory=list)
    communities: list[UUID] = field(default_factory=lambda: [new_id() for _ in range(2)])
    circles: list[UUID] = field(default_factory=lambda: [new_id() for _ in range(2)])
    people: list[Person] = field(default_factory=list)

    @property
    def today(self) -> date:
        return clock.now().date()

    def members(self, rule: Rule) -> set[UUID]:
        """Those whom the rule takes in, by brute force."""
        listed = (person for person in self.people if person.is_active and self._belongs(person))
        return {person.id for person in listed if self._takes(rule, person)}

    def _belongs(self, person: Person) -> bool:
        return any(held.holds(self.today) for held in person.held)

    def _takes(self, rule: Rule, person: Person) -> bool:
        return (
            all(self.meets(one, person) for one in rule.all)
            and (not rule.any or any(self.meets(one, person) for one in rule.any))
            and not any(self.meets(one, person) for one in rule.none)
        )

    def meets(self, criterion: Any, person: Person) -> bool:
        sourced = [held for held in person.held if held.source == "institution"]
        now = [held for held in sourced if held.holds(self.today)]
        if criterion.kind in ("unit", "programme", "cohort", "year") and criterion.public:
            now = [held for held in now if PUBLIC_OF.get(held.kind) == criterion.public]
        wanted = set(criterion.values)
        meets: Mapping[str, Callable[[], bool]] = {
            "public": lambda: any(PUBLIC_OF.get(held.kind) in wanted for held in now),
            "unit": lambda: any(held.unit in self._inside(wanted) for held in now),
            "programme": lambda: any(self.programmes[cohort[1]] in wanted for cohort in self._cohorts(now)),
            "cohort": lambda: any(cohort[0] in wanted for cohort in self._cohorts(now)),
            "year": lambda: any(cohort[2] in wanted for cohort in self._cohorts(now)),
            "city": lambda: bool(wanted & set(person.shown["city"])),
            "skill": lambda: bool(wanted & set(person.shown["skill"])),
            "community": lambda: bool({self.communities.index(id_) for id_ in wanted} & person.circles),
            "affiliation": lambda: any(self._is_then(criterion, held) for held in sourced if held.kind in wanted),
        }
        return meets[criterion.kind]()

    def _inside(self, ids: Collection[UUID]) -> set[int]:
        wanted = {self.units.index(id_) for id_ in ids}
        return wanted | ({1, 2} if 0 in wanted else {2} if 1 in wanted else set())

    def _cohorts(self, held: Sequence[Held]) -> list[tuple[UUID, int, int]]:
        return [self.cohorts[one.cohort] for one in held if one.cohort is not None]

    def _is_then(self, criterion: Any, held: Held) -> bool:
        says, end = criterion, held.ends_on or date.max
        if not criterion.days:
            return held.holds(self.today)
        return (
            (says.held_on is None or held.holds(says.held_on))
            and (says.held_from is None or end > says.held_from)
            and (says.held_until is None or held.starts_on <= says.held_until)
            and (says.started_from is None or held.starts_on >= says.started_from)
            and (says.started_before is None or held.starts_on < says.started_before)
            and (says.ended_from is None or (held.ends_on is not None and held.ends_on >= says.ended_from))
            and (says.ended_before is None or (held.ends_on is not None and held.ends_on < says.ended_before))
        )

    def criterion(self, draw: Random) -> dict[str, Any]:
        """One at random, as a client says it."""

        def some(of: Sequence[Any]) -> list[Any]:
            return draw.sample(list(of), draw.randint(1, min(2, len(of))))

        public = {"public": draw.choice((None, None, "student", "alum", "staff"))}
        said: Mapping[str, Callable[[], dict[str, Any]]] = {
            "public": lambda: {"publics": some(("student", "alum", "staff", "partner"))},
            "unit": lambda: {"ids": some(self.units), **public},
            "programme": lambda: {"ids": some(self.programmes), **public},
            "cohort": lambda: {"ids": some([id_ for id_, _, _ in self.cohorts]), **public},
            "year": lambda: {"years": some(YEARS), **public},
            "city": lambda: {"cities": some(CITIES)},
            "skill": lambda: {"skills": some(SKILLS)},
            "community": lambda: {"ids": some(self.communities)},
            "affiliation": lambda: {"kinds": some(KINDS), **self._days(draw)},
        }
        kind = draw.choice([*said, "affiliation"])
        return {"kind": kind, **said[kind]()}

    def _days(self, draw: Random) -> dict[str, date]:
        days = {name: self._day(draw) for name in draw.sample(rules.DAYS, draw.choice((0, 0, 1, 2)))}
        for pair in (("held_from", "held_until"), ("started_from", "started_before"), ("ended_from", "ended_before")):
            if all(name in days for name in pair):
                days.update(zip(pair, sorted(days[name] for name in pair), strict=True))
        return days

    def rule(self, draw: Random) -> Rule:
        counts = {"all": draw.choice((0, 1, 1, 2)), "any": draw.choice((0, 0, 1, 2)), "none": draw.choice((0, 0, 1, 2))}
        return Rule.model_validate(
            {group: [self.criterion(draw) for _ in range(number)] for group, number in counts.items()}
        )

    def _day(self, draw: Random) -> date:
        return self.today + timedelta(days=draw.choice(DAYS))

    def add(self, draw: Random, number: int) -> list[Person]:
        for index, (programme, year) in enumerate(product(range(2), YEARS)):
            if len(self.cohorts) <= index:
                self.cohorts.append((new_id(), programme, year))
        added = [self._person(draw) for _ in range(number)]
        self.people += added
        return added

    def _person(self, draw: Random) -> Person:
        held = [self._held(draw) for _ in range(draw.choice((0, 1, 1, 1, 2, 3)))]
        shown = {"city": draw.sample(CITIES, draw.randint(0, 1)), "skill": draw.sample(SKILLS, draw.randint(0, 2))}
        circles = {number for number in range(2) if draw.random() < 0.3}
        return Person(new_id(), draw.random() < 0.9, held, shown, circles)

    def _held(self, draw: Random) -> Held:
        starts, ends = self._day(draw), draw.choice((None, self._day(draw)))
        if ends is not None and ends <= starts:
            ends = starts + timedelta(days=30)
        source = draw.choice(("institution", "institution", "institution", "registration", "administrator"))
        return Held(
            draw.choice(KINDS), source, draw.choice((None, 0, 1, 2, 3)), draw.choice((None, 0, 1, 2, 3)), starts, ends
        )

    async def enter(self, session: AsyncSession, people: Sequence[Person], *, first: bool) -> None:
        """Writes these people down; the first time, what they stand in too."""
        if first:
            await self._found(session)
        now = clock.now()
        rows: dict[Any, list[dict[str, Any]]] = {Member: [], Affiliation: [], ProfileField: [], Membership: []}
        for person in people:
            said = {"name": "Quelqu’un", "sort_name": "quelqu un", "language": "fr"}
            rows[Member].append({"id": person.id, "activated_at": now if person.is_active else None, **said})
            rows[Affiliation] += [self._row(person, held) for held in person.held]
            place = {"city": person.shown["city"][0], "country": "FR"} if person.shown["city"] else None
            # Another city and skill, which all have, are shown to few.
            fields = {"place": (place or {"city": "Lyon"}, place), "skills": (person.shown["skill"] or ["Droit"], None)}
            for name, (value, _) in fields.items():
                is_open = bool(person.shown["city" if name == "place" else "skill"])
                level = "organisation" if is_open else "communities"
                rows[ProfileField].append({"member_id": person.id, "field": name, "level": level, "value": value})
            rows[Membership] += [
                {"circle_id": self.circles[number], "member_id": person.id, "role": "member", "since": now}
                for number in person.circles
            ]
        for table, values in rows.items():
            if values:
                await session.execute(insert(table), values)
        await reindex(session, [person.id for person in people])

    async def change(self, session: AsyncSession, draw: Random, people: Sequence[Person]) -> None:
        """These are something else to the institution from now on."""
        ids = [person.id for person in people]
        await session.execute(delete(Affiliation).where(Affiliation.member_id.in_(ids)))
        for person in people:
            person.held = [self._held(draw) for _ in range(draw.randint(0, 2))]
        rows = [self._row(person, held) for person in people for held in person.held]
        if rows:
            await session.execute(insert(Affiliation), rows)
        await reindex(session, ids)

    def _row(self, person: Person, held: Held) -> dict[str, Any]:
        cohort = None if held.cohort is None else self.cohorts[held.cohort]
        return {
            "id": new_id(),
            "member_id": person.id,
            "kind": held.kind,
            "source": held.source,
            "unit_id": None if held.unit is None else self.units[held.unit],
            "programme_id": self.programmes[cohort[1]] if cohort else None,
            "cohort_id": cohort[0] if cohort else None,
            "starts_on": held.starts_on,
            "ends_on": held.ends_on,
        }

    async def _found(self, session: AsyncSession) -> None:
        named = {"name": "Ici", "sort_name": "ici"}
        for id_, parent in zip(self.units, (None, self.units[0], self.units[1], None), strict=True):
            session.add(Unit(id=id_, kind="component", parent_id=parent, **named))
            await session.flush()
        session.add_all([Programme(id=id_, **named) for id_ in self.programmes])
        session.add_all([Circle(id=id_, people=0, mix={}) for id_ in self.circles])
        await session.flush()
        session.add_all([Cohort(id=id_, programme_id=self.programmes[of], year=year) for id_, of, year in self.cohorts])
        session.add_all(
            [
                Community(id=id_, circle_id=circle, access="open", pictures={}, **named)
                for id_, circle in zip(self.communities, self.circles, strict=True)
            ]
        )
        await session.flush()


async def actor_of(parvis: Parvis, member: Member) -> Actor:
    """As that member, for what is asked beneath the front door."""
    async with parvis.database.reading() as session:
        actor = await acting_later(session, member.id)
    assert actor is not None
    return actor


async def make_students(parvis: Parvis, number: int) -> None:
    """Students, listed, in batches."""
    for start in range(0, number, 500):
        ids = [new_id() for _ in range(start, min(start + 500, number))]

        async def enter(session: AsyncSession, ids: Sequence[UUID] = ids) -> None:
            now = clock.now()
            said = {"name": "Étudiant", "sort_name": "etudiant", "language": "fr", "activated_at": now}
            held = {"kind": "student", "source": "institution", "starts_on": now.date()}
            await session.execute(insert(Member), [{"id": id_, **said} for id_ in ids])
            await session.execute(insert(Affiliation), [{"id": new_id(), "member_id": id_, **held} for id_ in ids])
            await reindex(session, ids)

        await parvis.database.write(enter)
