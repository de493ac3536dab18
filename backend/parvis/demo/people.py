"""The people of Valorne: a few whom the pages of this project know by name, and the crowd around them.

The same every time: the crowd is drawn with a fixed seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from parvis.kernel.text import fold

from .words import COMPANIES, FAMILY_NAMES, GIVEN_NAMES, POSTS, PROGRAMMES, SERVICES, YEARS

SEED = 1284
STUDENTS = "etu.valorne.example"
STAFF = "valorne.example"
ELSEWHERE = "courriel.example"


@dataclass(frozen=True, slots=True)
class Held:
    """An affiliation: what, where, from when to when, and what is studied or which post is held."""

    kind: str
    unit: str
    starts_on: date
    ends_on: date | None = None
    programme: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of Valorne. `label` names the demonstration accounts that have a password."""

    name: str
    email: str
    affiliations: tuple[Held, ...]
    roles: tuple[str, ...] = ()
    label: str | None = None
    interests: tuple[str, ...] = ()

    @property
    def identifier(self) -> str:
        """As eduPersonPrincipalName writes it."""
        return f"{self.email.partition('@')[0]}@valorne.example"


def known(today: date) -> list[Person]:
    """Those with a name in our pages; the first six can be signed in as."""
    year = _academic_year(today)
    return [
        Person(
            "Inès Benali",
            f"ines.benali@{STUDENTS}",
            (Held("student", "Faculté de géographie", date(year - 2, 9, 1), programme="L3 Géographie"),),
            label="étudiante",
        ),
        Person(
            "Claire Vasseur",
            f"claire.vasseur@{ELSEWHERE}",
            (
                Held("student", "Faculté de géographie", date(2012, 9, 1), date(2014, 7, 1), programme="M2 Urbanisme"),
                Held(
                    "alum",
                    "Faculté de géographie",
                    date(2014, 7, 1),
                    programme="M2 Urbanisme",
                    title="Urbaniste à Montréal",
                ),
            ),
            label="alumna",
            interests=("fieldwork", "first-job", "gardens"),
        ),
        Person(
            "Nadia Cherkaoui",
            f"nadia.cherkaoui@{STAFF}",
            (Held("faculty", "Faculté de géographie", date(2011, 9, 1), title="Maîtresse de conférences"),),
            label="enseignante",
            interests=("fieldwork", "research", "stage"),
        ),
        Person(
            "Sophie Marchetti",
            f"sophie.marchetti@{STAFF}",
            (Held("staff", "Direction de la communication", date(2018, 3, 1)),),
            roles=("communicator",),
            label="communication",
        ),
        Person(
            "Malo Ricard",
            f"malo.ricard@{ELSEWHERE}",
            (Held("affiliate", "Atelier Rivières", date(2021, 1, 1)),),
            label="entreprise",
        ),
        Person(
            "Hélène Aubert",
            f"helene.aubert@{STAFF}",
            (Held("staff", "Direction du numérique", date(2009, 9, 1)),),
            roles=("administrator",),
            label="administratrice",
        ),
        Person(
            "Thomas Nguyen",
            f"thomas.nguyen@{ELSEWHERE}",
            (Held("alum", "École d’ingénieurs", date(2009, 7, 1), title="Hydrologue à Rotterdam"),),
            interests=("fieldwork", "first-job"),
        ),
        Person(
            "Hugo Ferreira",
            f"hugo.ferreira@{STUDENTS}",
            (Held("student", "Faculté des lettres", date(year - 2, 9, 1), programme="L3 Histoire"),),
            interests=("campus", "solidarity", "stage"),
        ),
    ]


def crowd(today: date, size: int) -> Iterator[Person]:
    """`size` further people: half of them students, a quarter alumni, a fifth staff, the rest from companies."""
    draw = Random(SEED)  # noqa: S311 — the same crowd every time is the point
    taken = {person.identifier for person in known(today)}
    year = _academic_year(today)
    while size:
        name = f"{draw.choice(GIVEN_NAMES)} {draw.choice(FAMILY_NAMES)}"
        kind = draw.choices(("student", "alum", "staff", "affiliate"), weights=(50, 25, 20, 5))[0]
        domain = {"student": STUDENTS, "staff": STAFF}.get(kind, ELSEWHERE)
        email = f"{fold(name).replace(' ', '.')}@{domain}"
        person = Person(name, email, _affiliations(draw, kind, year))
        if person.identifier not in taken:
            taken.add(person.identifier)
            size -= 1
            yield person


def _affiliations(draw: Random, kind: str, year: int) -> tuple[Held, ...]:
    unit = draw.choice(list(PROGRAMMES))
    subject = draw.choice(PROGRAMMES[unit])
    if kind == "student":
        reached = draw.randrange(len(YEARS))
        return (Held("student", unit, date(year - reached, 9, 1), programme=f"{YEARS[reached]} {subject}"),)
    if kind == "alum":
        left = draw.randint(1998, year)
        return (
            Held("student", unit, date(left - 2, 9, 1), date(left, 7, 1), programme=f"M2 {subject}"),
            Held("alum", unit, date(left, 7, 1), programme=f"M2 {subject}"),
        )
    if kind == "affiliate":
        return (Held("affiliate", draw.choice(COMPANIES), date(draw.randint(2015, year), 1, 1)),)
    since = date(draw.randint(1995, year), 9, 1)
    if draw.random() < 0.5:
        return (Held("faculty", unit, since, title=draw.choice(POSTS)),)
    return (Held("staff", draw.choice(SERVICES), since),)


def _academic_year(today: date) -> int:
    """The year in which the present academic year began, in September."""
    return today.year if today.month >= 9 else today.year - 1
