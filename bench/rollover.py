"""The turn of the year: 30,000 students graduate, lose the institution's logins, and come in again by their own.

    make services; set -a; . var/services/env; set +a; .venv/bin/python -m bench.rollover

After the first enrolment everything goes through the product's own verbs: the graduation's job, the door's links, the
entering of people. A sample goes the whole way by HTTP, with the mail read; the links of the others are issued and
spent by the same verbs, without the mail between. They are links and not passwords: thirty thousand of those would
measure the hash. Next year's file is applied three times. Rights on several days are held against an oracle that reads
the plan and never the database. Any difference ends in exit code 1.
"""

import asyncio
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import httpx
import structlog
from sqlalchemy import create_engine, func, insert, make_url, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Affiliation, Cohort, Graduation, Member, Programme, Session
from parvis.accounts.publics import PRECEDENCE
from parvis.accounts.queries.identities import holder_of
from parvis.accounts.queries.publics import publics_as_of, shown_as_of
from parvis.accounts.schemas.people import AffiliationDraft, PersonDraft
from parvis.accounts.service import affiliations, claims, people, sign_in, tickets
from parvis.accounts.service.graduation import operation
from parvis.accounts.service.sessions import Device
from parvis.app import create_app
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.ids import new_id
from parvis.kernel.migrations import migrate
from parvis.kernel.runtime import Parvis
from tests.make.mailbox import Mailbox, link_in, smtp_server

STUDENTS = int(os.environ.get("ROLLOVER_STUDENTS", "30000"))
COHORTS = max(STUDENTS // 100, 1)
SAMPLE = min(int(os.environ.get("ROLLOVER_SAMPLE", "100")), STUDENTS)
AT_ONCE = 250
"""Members in one transaction."""
T = TypeVar("T")
ORIGIN = "https://rollover.example"
DEVICE = Device("Rollover/1.0", "203.0.113.7")
ENROLLED, GRADUATED, RETURNED = date(2026, 9, 1), date(2027, 7, 1), date(2027, 9, 1)
DAYS = [
    ENROLLED - timedelta(days=1),
    ENROLLED,
    date(2027, 2, 1),
    GRADUATED - timedelta(days=1),
    GRADUATED,
    RETURNED,
    date(2028, 7, 1),
]
BROWSER = b"the browser that asked for all of these"


@dataclass
class Student:
    """What the plan says of one of them: all that the oracle reads."""

    number: int
    held: list[tuple[str, date, date | None]] = field(default_factory=list)
    chosen: str | None = None
    id: UUID = field(default_factory=new_id)

    @property
    def identifier(self) -> str:
        return f"u{self.number:06}"

    @property
    def institutional(self) -> str:
        return f"u{self.number:06}@univ.example"

    @property
    def own(self) -> str:
        return f"p{self.number:06}@perso.example"

    def publics(self, on: date) -> set[str]:
        """The rule, without the product: a day is in a span or is not."""
        kinds = {kind for kind, start, end in self.held if start <= on and not (end is not None and end <= on)}
        found = kinds & {"student", "alum"}
        return found | ({"staff"} if "staff" in kinds else set())

    def shown(self, on: date) -> str | None:
        found = self.publics(on)
        order = [self.chosen, "staff", "student", "alum"]
        return next((public for public in order if public in found), None)


@dataclass
class Report:
    """One line for each thing that must hold; `wrong` is what does not."""

    wrong: int = 0

    def line(self, what: str, seen: object, expected: object, seconds: float | None = None) -> None:
        same = seen == expected
        self.wrong += not same
        took = "" if seconds is None else f"{seconds:8.1f} s"
        print(f"  {what:<66}{seen!s:>10}{expected!s:>10}{took:>11}  {'ok' if same else 'WRONG'}", flush=True)


async def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    report = Report()
    with tempfile.TemporaryDirectory() as folder, smtp_server() as mailbox:
        await turn(f"sqlite:///{folder}/rollover.db", Path(folder), mailbox, report)
        if "PARVIS_TEST_POSTGRES_URL" in os.environ:
            async with postgresql(os.environ["PARVIS_TEST_POSTGRES_URL"]) as url:
                await turn(url, Path(folder), mailbox, report)
    print(f"\n{report.wrong} differences")
    return 1 if report.wrong else 0


async def turn(url: str, folder: Path, mailbox: Mailbox, report: Report) -> None:
    """The whole year on one database."""
    print(f"\n{make_url(url).get_backend_name()}, {STUDENTS} students in {COHORTS} cohorts")
    print(f"  {'':<66}{'seen':>10}{'expected':>10}")
    migrate(url)
    app = create_app(settings := _settings(url, folder, mailbox))
    app.state.settings = settings
    moving = clock.MovableClock(datetime(2027, 5, 1, 12, tzinfo=UTC))
    with clock.clock_set_to(moving):
        async with app.router.lifespan_context(app):
            parvis: Parvis = app.state.parvis
            year = Year(parvis, app, mailbox, report, plan())
            await year.enrol()
            await year.graduate()
            await year.rights("rights before the day has come, on")
            moving.instant = datetime(2027, 7, 2, 12, tzinfo=UTC)
            await year.institution_leads_nowhere()
            await year.all_sign_in()
            await year.some_sign_in_by_http()
            moving.instant = datetime(2027, 9, 2, 12, tzinfo=UTC)
            await year.next_years_file()
            await year.recycled_addresses_lead_to_the_new()
            await year.rights("rights after next year's file, on")


def plan() -> list[Student]:
    """One in twenty also works for the university for a while, and one in fifty chose how to be shown."""
    students = [Student(number) for number in range(STUDENTS)]
    for student in students:
        student.held = [("student", ENROLLED, GRADUATED), ("alum", GRADUATED, None)]
        if student.number % 20 == 0:
            student.held.append(("staff", date(2027, 1, 1), date(2027, 8, 1)))
        if student.number % 50 == 0:
            student.chosen = "alum"
    return students


@dataclass
class Year:
    parvis: Parvis
    app: object
    mailbox: Mailbox
    report: Report
    students: list[Student]
    programmes: list[UUID] = field(default_factory=list)
    cohorts: list[UUID] = field(default_factory=list)

    async def enrol(self) -> None:
        """As an import left them: in rows, active, with the institution's address and one of their own."""
        start = time.monotonic()
        await self.parvis.database.write(self._places)
        for some in _batches(self.students):
            await self.parvis.database.write(self._enrol, some)
        await self._count("members enrolled", Member, STUDENTS, start)

    async def graduate(self) -> None:
        """The operation for each cohort, and its job."""
        start = time.monotonic()
        for cohort_id in self.cohorts:
            await self.parvis.database.write(operation.graduate, ADMINISTRATOR, cohort_id, GRADUATED)
        await self._work()
        await self._count("graduations finished", Graduation, COHORTS, start, Graduation.finished_at.is_not(None))
        await self._count(
            "members who are alumni from that day", Affiliation, STUDENTS, None, Affiliation.kind == "alum"
        )
        for cohort_id in self.cohorts[:10]:
            await self.parvis.database.write(operation.graduate, ADMINISTRATOR, cohort_id, GRADUATED)
        await self._work()
        await self._count("the same, asked for again", Affiliation, STUDENTS, None, Affiliation.kind == "alum")

    async def rights(self, title: str) -> None:
        """Publics and the one that is shown, of everybody, by SQL against the plan."""
        by_id = {student.id: student for student in self.students}
        for on in DAYS:
            start = time.monotonic()
            async with self.parvis.database.reading() as session:
                found: dict[UUID, set[str]] = {}
                for id_, public in await session.execute(publics_as_of(on)):
                    found.setdefault(id_, set()).add(public)
                shown = {id_: PRECEDENCE[rank] for id_, rank in await session.execute(shown_as_of(on))}
            seconds = time.monotonic() - start
            same = sum(
                found.get(id_, set()) == student.publics(on) and shown.get(id_) == student.shown(on)
                for id_, student in by_id.items()
            )
            self.report.line(f"{title} {on}", same, len(by_id), seconds)
            self.report.line("  and of nobody else", len(found.keys() - by_id.keys()), 0)

    async def institution_leads_nowhere(self) -> None:
        """The institution's logins are gone, but of those who still work for her."""
        start, leading, today = time.monotonic(), set[int](), clock.now().date()
        async with self.parvis.database.reading() as session:
            for student in self.students:
                if await holder_of(session, student.institutional) is not None:
                    leading.add(student.number)
        working = {student.number for student in self.students if "staff" in student.publics(today)}
        self.report.line(
            "institution's addresses that open an account", len(leading), len(working), time.monotonic() - start
        )
        self.report.line("  of who does not work for her", len(leading - working), 0)

    async def all_sign_in(self) -> None:
        """Everybody, by a link to the own address, issued and spent by the door's verbs."""
        start, signed_in = time.monotonic(), 0
        for some in _batches(self.students):
            signed_in += await self.parvis.database.write(_sign_in, some)
        self.report.line(
            "signed in by their own address, each in the right account", signed_in, STUDENTS, time.monotonic() - start
        )
        async with self.parvis.database.reading() as session:
            accounts = await session.scalar(select(func.count(func.distinct(Session.member_id))))
        self.report.line("accounts with a session", accounts, STUDENTS)

    async def some_sign_in_by_http(self) -> None:
        start, arrived = time.monotonic(), 0
        for student in self.students[:: max(STUDENTS // SAMPLE, 1)][:SAMPLE]:
            arrived += await self._by_http(student)
        self.report.line("of a sample, by HTTP and a real mail", arrived, SAMPLE, time.monotonic() - start)

    async def next_years_file(self) -> None:
        """A third come back to study further; as many newcomers are given addresses of those who left."""
        third = STUDENTS // 3
        newcomers = [Student(STUDENTS + number, [("student", RETURNED, None)]) for number in range(third)]
        for student in self.students[:third]:
            student.held.append(("student", RETURNED, None))
        lines = [(student.identifier, student.institutional) for student in self.students[:third]]
        lines += [
            (new.identifier, self.students[2 * third + number].institutional) for number, new in enumerate(newcomers)
        ]
        for attempt in (1, 2, 3):
            start, done = time.monotonic(), Counter[str]()
            for some in _batches(lines):
                done += await self.parvis.database.write(_apply, some)
            seconds = time.monotonic() - start
            first = attempt == 1
            self.report.line(
                f"next year's file, time {attempt}: people made", done["made"], third if first else 0, seconds
            )
            self.report.line("  studies added to who was known", done["added"], third if first else 0)
        await self._count("members in all: no duplicate", Member, STUDENTS + third, None)
        async with self.parvis.database.reading() as session:
            rows = await session.execute(
                select(Member.identifier, Member.id).where(Member.identifier >= f"u{STUDENTS:06}")
            )
            ids = dict(rows.tuples().all())
        for new in newcomers:
            new.id = ids[new.identifier]
        self.students += newcomers

    async def recycled_addresses_lead_to_the_new(self) -> None:
        """Newcomers prove the addresses that they were given; the former holders still come in by their own."""
        newcomers = self.students[STUDENTS:]
        third = STUDENTS // 3
        start, right = time.monotonic(), 0
        pairs = [(new, self.students[2 * third + number]) for number, new in enumerate(newcomers)]
        for some in _batches(pairs):
            right += await self.parvis.database.write(_given_again, some)
        self.report.line(
            "recycled addresses that lead to the new holder alone", right, len(newcomers), time.monotonic() - start
        )
        start, signed_in = time.monotonic(), 0
        for some in _batches([former for _, former in pairs]):
            signed_in += await self.parvis.database.write(_sign_in, some)
        self.report.line(
            "former holders who sign in again by their own", signed_in, len(newcomers), time.monotonic() - start
        )

    async def _by_http(self, student: Student) -> bool:
        transport = httpx.ASGITransport(self.app)  # type: ignore[arg-type]
        client = (f"198.51.{student.number // 250 % 250}.{student.number % 250}", 4711)
        transport.client = client
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as browser:
            await browser.post("/api/v1/sign-in-links", json={"email": student.own})
            await self._work()
            token = link_in(self.mailbox.messages_to(student.own)[-1]).partition("#")[2]
            reply = await browser.post("/api/v1/sign-in-links/confirmation", json={"token": token})
            member = (await browser.get("/api/v1/session")).json()["member"]
        return reply.status_code == 200 and member["id"] == str(student.id)

    async def _work(self) -> None:
        while await self.parvis.jobs.run_once():
            pass

    async def _count(self, what: str, table: type, expected: int, start: float | None, *having: object) -> None:
        async with self.parvis.database.reading() as session:
            found = await session.scalar(select(func.count()).select_from(table).where(*having))  # type: ignore[arg-type]
        self.report.line(what, found, expected, None if start is None else time.monotonic() - start)

    async def _places(self, session: AsyncSession) -> None:
        programme = Programme(name="Master", sort_name="master")
        session.add(programme)
        await session.flush()
        cohorts = [Cohort(programme_id=programme.id, year=1900 + number) for number in range(COHORTS)]
        session.add_all(cohorts)
        await session.flush()
        self.programmes, self.cohorts = [programme.id], [cohort.id for cohort in cohorts]

    async def _enrol(self, session: AsyncSession, some: Sequence[Student]) -> None:
        now = clock.now()
        members = [
            {
                "id": student.id,
                "name": f"Personne {student.number}",
                "sort_name": f"personne {student.number:06}",
                "identifier": student.identifier,
                "shown_public": student.chosen,
                "activated_at": now,
            }
            for student in some
        ]
        await session.execute(insert(Member), members)
        addresses = [
            {
                "member_id": student.id,
                "email": email,
                "kind": kind,
                "is_primary": kind == "personal",
                "verified_at": now,
            }
            for student in some
            for email, kind in ((student.institutional, "institutional"), (student.own, "personal"))
        ]
        await session.execute(insert(Address), addresses)
        studies = [
            {
                "member_id": student.id,
                "kind": "student",
                "source": "institution",
                "programme_id": self.programmes[0],
                "cohort_id": self.cohorts[student.number % COHORTS],
                "starts_on": ENROLLED,
            }
            for student in some
        ]
        await session.execute(insert(Affiliation), studies)
        contracts = [
            {"member_id": student.id, "kind": kind, "source": "institution", "starts_on": start, "ends_on": end}
            for student in some
            for kind, start, end in student.held
            if kind == "staff"
        ]
        if contracts:
            await session.execute(insert(Affiliation), contracts)


async def _sign_in(session: AsyncSession, some: Sequence[Student]) -> int:
    right = 0
    for student in some:
        holder = await holder_of(session, student.own)
        if holder is None:
            continue
        member, address = holder
        token = await tickets.issue(session, sign_in.LINK, member_id=member.id, address_id=address.id, browser=BROWSER)
        outcome = await sign_in.with_link(session, token, BROWSER, DEVICE)
        right += isinstance(outcome, sign_in.SignedIn) and member.id == student.id
    return right


async def _apply(session: AsyncSession, lines: Sequence[tuple[str, str]]) -> Counter[str]:
    """Lines of the file: who is known by the identifier studies further; who is not is entered."""
    done = Counter[str]()
    for identifier, email in lines:
        studies = AffiliationDraft(kind="student", starts_on=RETURNED)
        member_id = await session.scalar(select(Member.id).where(Member.identifier == identifier))
        if member_id is None:
            draft = PersonDraft(name="Nouvelle Personne", email=email, identifier=identifier, affiliation=studies)
            await people.enter(session, draft, source="institution")
            done["made"] += 1
            continue
        held = (Affiliation.member_id == member_id, Affiliation.kind == "student", Affiliation.starts_on == RETURNED)
        if await session.scalar(select(Affiliation.id).where(*held)) is None:
            await affiliations.add_to(session, member_id, studies, source="institution")
            done["added"] += 1
    return done


async def _given_again(session: AsyncSession, pairs: Sequence[tuple[Student, Student]]) -> int:
    right = 0
    for new, former in pairs:
        mine = (Address.member_id == new.id, Address.email == former.institutional)
        address = (await session.scalars(select(Address).where(*mine))).one()
        member = await session.get_one(Member, new.id)
        member.activated_at = clock.now()
        await claims.verify(session, address)
        holder = await holder_of(session, former.institutional)
        right += holder is not None and holder[0].id == new.id
    return right


ADMINISTRATOR = Actor(
    member_id=new_id(),
    name="Rollover",
    language="fr",
    roles=frozenset({"administrator"}),
    publics=("staff",),
    shown_public="staff",
    belongs=True,
    session_id=None,
    token_id=None,
    scopes=None,
    proved_at=None,
    expires_at=datetime(2100, 1, 1, tzinfo=UTC),
)


def _settings(url: str, folder: Path, mailbox: Mailbox) -> Settings:
    return Settings(
        data_dir=folder,
        database_url=url,
        public_url=ORIGIN,
        secret_key="a secret for this measure, and for nothing else",
        embedded_worker=False,
        smtp_url=mailbox.url,
    )


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for at in range(0, len(items), AT_ONCE):
        yield items[at : at + AT_ONCE]


@asynccontextmanager
async def postgresql(server: str) -> AsyncIterator[str]:
    name = f"rollover_{new_id().hex[-12:]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
