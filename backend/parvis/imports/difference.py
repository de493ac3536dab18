"""What the lines of one person change in the ledger. Pure: the dry run tells it, applying does it.

Affiliations that the institution said are matched in four rounds, so that reading the same file twice changes nothing:
by place, title and start; lines without a start with those that go on; then both again whatever the title.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from .parsing import Said


@dataclass(frozen=True, slots=True)
class Held:
    """An affiliation that the institution said. Places are ids; `has_graduated`: its cohort has."""

    id: UUID
    kind: str
    unit: str | None
    programme: str | None
    cohort: str | None
    title: str | None
    starts_on: date
    ends_on: date | None
    has_graduated: bool = False
    words: str | None = None
    """What tells most of it, for the report."""

    @property
    def place(self) -> tuple[str | None, ...]:
        return (self.kind, self.unit, self.programme, self.cohort)

    def goes_on(self, today: date) -> bool:
        return self.ends_on is None or self.ends_on > today


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line, its codes replaced by what the places are known by."""

    said: Said
    unit: str | None
    programme: str | None
    cohort: str | None

    @property
    def place(self) -> tuple[str | None, ...]:
        return (self.said.kind, self.unit, self.programme, self.cohort)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the institution said of him the last time."""

    name: str
    email: str | None
    personal_email: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger holds of a member."""

    member_id: UUID
    name: str
    is_activated: bool
    emails: Collection[str]
    recorded: Recorded | None
    held: Sequence[Held]


@dataclass(frozen=True, slots=True)
class Terms:
    """How an import reads: its day, what it closes, and which columns it has."""

    today: date
    closes: frozenset[str] = frozenset()
    """The kinds that a complete file speaks of; none when it is not complete."""
    columns: frozenset[str] = frozenset()


@dataclass
class Difference:
    """What to do. `name`, `email` and `personal_email` are to be set or added; None leaves them."""

    record: Recorded
    is_new: bool = False
    name: str | None = None
    email: str | None = None
    personal_email: str | None = None
    replaced_email: str | None = None
    """An address that never was confirmed, and that the institution no longer gives."""
    opened: list[Wanted] = field(default_factory=list)
    amended: list[tuple[Held, dict[str, Any]]] = field(default_factory=list)
    closed: list[Held] = field(default_factory=list)

    @property
    def changes_person(self) -> bool:
        return bool(self.name or self.email or self.personal_email or self.opened or self.amended)


def difference(known: Known | None, wanted: Sequence[Wanted], terms: Terms) -> Difference:
    """What lines of one person, at least one, in their order, change."""
    record = _record(wanted)
    if known is None:
        opened = list(wanted)
        return Difference(record, True, record.name, record.email, record.personal_email, opened=opened)
    found = Difference(_kept_where_unsaid(record, known.recorded))
    _compare_person(found, known)
    _compare_affiliations(found, known.held, wanted, terms)
    return found


def is_closable(held: Held, terms: Terms) -> bool:
    """Whether a complete file that leaves it out ends it. What begins today or later waits for the next one."""
    return held.kind in terms.closes and held.goes_on(terms.today) and held.starts_on < terms.today


def _record(wanted: Sequence[Wanted]) -> Recorded:
    def first(of: Callable[[Said], str | None]) -> str | None:
        return next((value for each in wanted if (value := of(each.said))), None)

    return Recorded(wanted[0].said.name, first(lambda said: said.email), first(lambda said: said.personal_email))


def _kept_where_unsaid(said: Recorded, before: Recorded | None) -> Recorded:
    if before is None:
        return said
    return Recorded(said.name, said.email or before.email, said.personal_email or before.personal_email)


def _compare_person(found: Difference, known: Known) -> None:
    before, said = known.recorded, found.record
    his_own = known.is_activated and (before is None or known.name != before.name)
    if said.name != known.name and not his_own and (before is None or before.name != said.name):
        found.name = said.name
    if said.email and (before is None or before.email != said.email) and said.email not in known.emails:
        found.email = said.email
        found.replaced_email = before.email if before and not known.is_activated else None
    personal = said.personal_email
    if personal and (before is None or before.personal_email != personal) and personal not in known.emails:
        found.personal_email = personal if personal != found.email else None


def _compare_affiliations(found: Difference, held: Sequence[Held], wanted: Sequence[Wanted], terms: Terms) -> None:
    matched, found.opened, left = _matched(held, wanted, terms.today)
    for line, affiliation in matched:
        if values := _amendments(line.said, affiliation, terms):
            found.amended.append((affiliation, values))
    found.closed = [affiliation for affiliation in left if is_closable(affiliation, terms)]


def _matched(
    held: Sequence[Held], wanted: Sequence[Wanted], today: date
) -> tuple[list[tuple[Wanted, Held]], list[Wanted], list[Held]]:
    """Pairs, lines that match nothing, and affiliations that no line matches."""
    free = sorted(held, key=lambda each: (each.starts_on, each.id), reverse=True)
    lines, pairs = list(wanted), list[tuple[Wanted, Held]]()
    for same in _rounds(today):
        for line in list(lines):
            chosen = next((each for each in free if each.place == line.place and same(line.said, each)), None)
            if chosen is not None:
                pairs.append((line, chosen))
                free.remove(chosen)
                lines.remove(line)
    return pairs, lines, free


def _rounds(today: date) -> Sequence[Callable[[Said, Held], bool]]:
    return (
        lambda said, held: said.starts_on == held.starts_on and said.title == held.title,
        lambda said, held: said.starts_on is None and held.goes_on(today) and said.title == held.title,
        lambda said, held: said.starts_on == held.starts_on,
        lambda said, held: said.starts_on is None and held.goes_on(today),
    )


def _amendments(said: Said, held: Held, terms: Terms) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "title" in terms.columns and said.title != held.title:
        values["title"] = said.title
    if said.starts_on is None:
        return values
    if (ends_on := _end(said, held, terms)) != held.ends_on:
        values["ends_on"] = ends_on
    return values


def _end(said: Said, held: Held, terms: Terms) -> date | None:
    """An empty end says that it goes on, where the file has that column; what a graduation ended stays ended."""
    if said.ends_on is not None:
        return said.ends_on
    if held.has_graduated or ("ends_on" not in terms.columns and held.goes_on(terms.today)):
        return held.ends_on
    return None
