"""Who is of Valorne: a person with all that is known of them, as it is then written in rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from parvis.accounts.models.people import AffiliationKind
from parvis.profiles.models import FieldName, Level

STUDENTS = "etu.valorne.example"
STAFF = "valorne.example"
ELSEWHERE = "courriel.example"

State = Literal["active", "pending", "suspended"]


@dataclass(frozen=True, slots=True)
class Held:
    """An affiliation: what, where, from when to when, what is studied and to graduate when, or which post is held."""

    kind: AffiliationKind
    unit: str
    starts_on: date
    ends_on: date | None = None
    programme: str | None = None
    title: str | None = None
    cohort: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A field of a profile: to whom it is shown, and its value where it is kept in the profile itself.

    That of `email` is which of the person's addresses, from 0.
    """

    field: FieldName
    level: Level = "organisation"
    value: Any = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of Valorne. `label` names the demonstration accounts that have a password.

    `circles`: with whom they are day by day, and with whom they share a subject: those whom they may know.
    """

    name: str
    email: str
    affiliations: Sequence[Held]
    roles: Sequence[str] = ()
    label: str | None = None
    interests: Sequence[str] = ()
    second_email: str | None = None
    state: State = "active"
    entered_at: datetime | None = None
    welcomed: bool = False
    said: Sequence[Said] = ()
    circles: tuple[str, str] | None = None

    @property
    def identifier(self) -> str:
        """As eduPersonPrincipalName writes it."""
        return f"{self.email.partition('@')[0]}@{STAFF}"

    def belongs(self, today: date) -> bool:
        """Whether they are somebody to the university on that day."""
        return any(held.ends_on is None or held.ends_on > today for held in self.affiliations)


def academic_year(today: date) -> int:
    """The year in which the present academic year began, in September."""
    return today.year if today.month >= 9 else today.year - 1
