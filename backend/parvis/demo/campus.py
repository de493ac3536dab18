"""The places of Valorne: its tree of units, what they teach, and the companies beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from random import Random

from parvis.accounts.models.structure import UnitKind

from .sizes import Extent
from .words.companies import FIRST, PLACES, TRADES
from .words.units import COMPONENTS, SERVICES, TRACKS, Component, Department, Subject


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, and the name of the one it is part of."""

    name: str
    kind: UnitKind
    code: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """One year of a degree, and the department that teaches it."""

    name: str
    code: str
    unit: str


@dataclass(frozen=True, slots=True)
class Course:
    """A subject where it is taught."""

    component: Component
    department: Department
    subject: Subject

    def programme(self, level: str) -> str:
        return f"{level} {self.subject.name}"


class Campus:
    """What a demonstration of that extent has."""

    def __init__(self, extent: Extent) -> None:
        self.components = COMPONENTS[: extent.components]
        self.services = dict(islice(SERVICES.items(), extent.services))
        self.companies = list(islice(_companies(), extent.companies))
        self.courses = [
            Course(component, department, subject)
            for component in self.components
            for department in component.departments
            for subject in department.subjects
        ]
        self._weights = [
            course.component.weight * len(course.subject.tracks) / _tracks_of(course.component)
            for course in self.courses
        ]

    def course(self, draw: Random, track: str | None = None, domain: str | None = None) -> Course:
        """One drawn by how many study it, among those that lead to a degree of this kind, or teach this domain."""
        while True:
            course = draw.choices(self.courses, self._weights)[0]
            if track in {None, *course.subject.tracks} and domain in {None, course.subject.domain}:
                return course

    def units(self) -> list[Unit]:
        """All of them, each after the one it is part of."""
        return [*self._teaching(), *self._serving(), *(Unit(name, "company") for name in self.companies)]

    def programmes(self) -> list[Programme]:
        return [
            Programme(
                course.programme(level), f"{course.subject.code}-{level.replace(' ', '')}", course.department.name
            )
            for course in self.courses
            for track in course.subject.tracks
            for level in TRACKS[track]
        ]

    def _teaching(self) -> Iterator[Unit]:
        for component in self.components:
            yield Unit(component.name, "component", component.code)
            for number, department in enumerate(component.departments, 1):
                yield Unit(department.name, "department", f"{component.code}-D{number}", component.name)
            for number, laboratory in enumerate(component.laboratories, 1):
                yield Unit(laboratory, "laboratory", f"{component.code}-R{number}", component.name)

    def _serving(self) -> Iterator[Unit]:
        for number, (service, parts) in enumerate(self.services.items(), 1):
            yield Unit(service, "service", f"S{number:02}")
            for letter, part in zip("ABC", parts, strict=False):
                yield Unit(part, "service", f"S{number:02}-{letter}", service)


def _companies() -> Iterator[str]:
    yield from FIRST
    # Place by place, so that a small town does not have one of each trade before a second place.
    names: Sequence[str] = [f"{trade} {place}" for place, trade in product(PLACES, TRADES)]
    step = 7  # Prime to their number: goes through them all, mixed.
    yield from (names[number * step % len(names)] for number in range(len(names)))


def _tracks_of(component: Component) -> int:
    return sum(len(subject.tracks) for department in component.departments for subject in department.subjects)
