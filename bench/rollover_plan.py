"""What the turn of the year should come to, told without the product: the students, the files, and the oracle."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

STUDENTS = int(os.environ.get("ROLLOVER_STUDENTS", "30000"))
A_COHORT = 100
COHORTS = -(-STUDENTS // A_COHORT)
THIRD = STUDENTS // 3
"""So many come back to study further; so many newcomers are given the addresses of others, who left."""

ENROLLED, GRADUATED, RETURNED = date(2026, 9, 1), date(2027, 7, 1), date(2027, 9, 1)
HIRED, LEFT = date(2027, 1, 1), date(2027, 8, 1)
READ_AGAIN = date(2027, 9, 2)
"""When next year's file is read, and ends what it does not have."""
DAYS = [date(2026, 8, 31), ENROLLED, date(2027, 2, 1), date(2027, 6, 30), GRADUATED, LEFT, RETURNED, READ_AGAIN]
DAYS.append(date(2028, 7, 1))

UNITS = "code,name,kind,parent\nUFR,Faculté des sciences,component,\n" + "".join(
    f"P{number},Formation {number},programme,UFR\n" for number in range(COHORTS)
)
HEADER = (
    "eduPersonPrincipalName,displayName,mail,supannMailPerso,eduPersonAffiliation,supannEntiteAffectation,"
    "supannEtuEtape,cohortYear,title,startsOn,endsOn\n"
)


NOBODY = UUID(int=0)


@dataclass
class Student:
    """One of them. `held`: kind, first day, and the first day that it no longer holds."""

    number: int
    institutional: str
    held: list[tuple[str, date, date | None]] = field(default_factory=list)
    chosen: str | None = None
    """The public that he chose to be shown as."""
    id: UUID = NOBODY
    """What the product made of him; the oracle needs none."""

    @property
    def identifier(self) -> str:
        return f"u{self.number:06}@univ.example"

    @property
    def own(self) -> str:
        return f"p{self.number:06}@perso.example"

    @property
    def password(self) -> str:
        return f"un cheval bleu et {self.number} tuiles"

    def publics(self, on: date) -> set[str]:
        """The rule, by looking at each span."""
        kinds = {kind for kind, start, end in self.held if start <= on and not (end is not None and end <= on)}
        found = kinds & {"student", "alum"}
        return found | ({"staff"} if "staff" in kinds else set())

    def shown(self, on: date) -> str | None:
        found = self.publics(on)
        order = [self.chosen, "staff", "student", "alum"]
        return next((public for public in order if public in found), None)


def plan() -> list[Student]:
    """One in twenty works for the university until August; another one, of who keeps his address, goes on. One in fifty
    chose how to be shown."""
    students = [Student(number, f"u{number:06}@etu.univ.example") for number in range(STUDENTS)]
    for student in students:
        student.held = [("student", ENROLLED, GRADUATED), ("alum", GRADUATED, None)]
        if student.number % 20 == 0:
            student.held.append(("staff", HIRED, LEFT))
        elif student.number % 20 == 10 and student.number < 2 * THIRD:
            student.held.append(("staff", HIRED, None))
        if student.number % 50 == 0:
            student.chosen = "alum"
    return students


def newcomers(students: Sequence[Student]) -> list[Student]:
    """Each is given the address of one who left."""
    return [
        Student(STUDENTS + number, former.institutional, [("student", RETURNED, None)])
        for number, former in enumerate(students[2 * THIRD : 3 * THIRD])
    ]


def first_file(path: Path, students: Sequence[Student]) -> Path:
    """Everybody's studies, and their work."""
    return _written(path, (line for student in students for line in (_studies(student, 2027), *_work(student))))


def next_file(path: Path, students: Sequence[Student], new: Sequence[Student]) -> Path:
    """A complete one: those who come back, the newcomers, and the work that goes on."""
    lines = [_studies(student, 2028) for student in (*students[:THIRD], *new)]
    return _written(path, (*lines, *(line for student in staying(students) for line in _work(student))))


def staying(students: Sequence[Student]) -> list[Student]:
    """Those who work without an end, and whom next year's file has."""
    return [student for student in _without_end(students) if student.number % 200 != 110]


def let_go(students: Sequence[Student]) -> list[Student]:
    """Those whose work it no longer has."""
    return [student for student in _without_end(students) if student.number % 200 == 110]


def after_next_file(students: Sequence[Student]) -> None:
    """What it says anew, and ends."""
    for student in let_go(students):
        student.held[student.held.index(("staff", HIRED, None))] = ("staff", HIRED, READ_AGAIN)
    for student in students[:THIRD]:
        student.held.append(("student", RETURNED, None))


def _without_end(students: Sequence[Student]) -> list[Student]:
    return [student for student in students if ("staff", HIRED, None) in student.held]


def _studies(student: Student, year: int) -> str:
    programme, since = f"P{student.number // A_COHORT % COHORTS}", ENROLLED if year == 2027 else RETURNED
    return _line(student, "student", "", programme, str(year), "", since.isoformat(), "")


def _work(student: Student) -> Iterator[str]:
    for kind, start, end in student.held:
        if kind == "staff":
            ends_on = end.isoformat() if end else ""
            yield _line(student, "staff", "UFR", "", "", "Tutorat", start.isoformat(), ends_on)


def _line(student: Student, *cells: str) -> str:
    person = (student.identifier, f"Personne Numéro {student.number:06}", student.institutional, student.own)
    return ",".join((*person, *cells)) + "\n"


def _written(path: Path, lines: Iterator[str] | Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        file.writelines(lines)
    return path
