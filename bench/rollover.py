"""The turn of the year: 30,000 students graduate, lose the institution's logins, and come in again by their own.

    make services; set -a; . var/services/env; set +a; .venv/bin/python -m bench.rollover

People come from files in the columns of `docs/import.md`, read by what `parvis import people` runs. They graduate by
the operation and its job. Then each asks at the door for a link to his own address, by the application's routes, in a
browser and from a network of his own; reads it in a mail that went over SMTP; opens it; and asks who he is. Some choose
a password by such a link, and sign in with it: all would measure the hash. Next year's file is applied three times.

Three things are done by the verbs behind the routes, without request and mail, to save hours: that everybody came in
during the year, and confirmed an address of his own; that newcomers, but some, do; and that those whose address was
given to a newcomer still sign in. With `ROLLOVER_MAILS` only so many ask for their link and read it; the others, issued
by the verb of the job, are opened by the routes all the same. Time is a clock that the script moves.

Rights on several days are held against an oracle (`rollover_plan`) that reads the plan and never the database. Any
difference ends in exit code 1.
"""

import asyncio
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from io import StringIO
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID

import httpx
import structlog
from aiosmtpd.smtp import Envelope
from fastapi import FastAPI
from sqlalchemy import Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bench import rollover_plan as expected
from bench.rollover_plan import COHORTS, DAYS, GRADUATED, STUDENTS, THIRD, UNITS, Student
from parvis.accounts.actor import Actor
from parvis.accounts.cookies import DOOR
from parvis.accounts.models import Address, Affiliation, Cohort, Graduation, Member, Organisation, Session
from parvis.accounts.publics import PRECEDENCE
from parvis.accounts.queries.identities import holder_of
from parvis.accounts.queries.publics import publics_as_of, shown_as_of
from parvis.accounts.service import activations, claims, joining, registration, sign_in, tickets
from parvis.accounts.service.graduation import operation
from parvis.accounts.service.sessions import Device
from parvis.app import create_app
from parvis.imports import command
from parvis.imports.options import Confirmation, Options
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.ids import new_id
from parvis.kernel.migrations import migrate
from parvis.kernel.runtime import Parvis
from parvis.kernel.secrets import hash_token, new_token
from tests.make.mailbox import LINK, Mailbox, smtp_server

MAILS = min(int(os.environ.get("ROLLOVER_MAILS", str(STUDENTS))), STUDENTS)
"""Who asks at the door for the link, and reads it in a mail; the links of the others are issued without both."""
SAMPLE = min(int(os.environ.get("ROLLOVER_SAMPLE", "100")), THIRD)
AT_ONCE = 50
"""Members in one transaction, and browsers at the door together."""
WORKERS = 3
MOST_ROWS = 500
T = TypeVar("T")
ORIGIN = "https://rollover.example"
DEVICE = Device("Rollover/1.0", "203.0.113.7")
BROWSER = b"the browser that asked for all of these"


@dataclass
class Report:
    """One line for each thing that must hold; `wrong` is what does not."""

    wrong: int = 0

    def line(self, what: str, seen: object, wanted: object, seconds: float | None = None) -> None:
        self._say(what, seen, wanted, seen == wanted, seconds)

    def at_most(self, what: str, seen: int, most: int) -> None:
        self._say(what, seen, f"<= {most}", seen <= most, None)

    def _say(self, what: str, seen: object, wanted: object, holds: bool, seconds: float | None) -> None:
        self.wrong += not holds
        took = "" if seconds is None else f"{seconds:8.1f} s"
        print(f"  {what:<66}{seen!s:>10}{wanted!s:>10}{took:>11}  {'ok' if holds else 'WRONG'}", flush=True)


async def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    report = Report()
    with tempfile.TemporaryDirectory() as folder, smtp_server() as mailbox:
        if "sqlite" in DATABASES:
            await turn(f"sqlite:///{folder}/rollover.db", Path(folder), mailbox, report)
        if "postgresql" in DATABASES and "PARVIS_TEST_POSTGRES_URL" in os.environ:
            async with postgresql(os.environ["PARVIS_TEST_POSTGRES_URL"]) as url:
                await turn(url, Path(folder), mailbox, report)
    print(f"\n{report.wrong} differences")
    return 1 if report.wrong else 0


DATABASES = os.environ.get("ROLLOVER_DATABASES", "sqlite postgresql").split()


async def turn(url: str, folder: Path, mailbox: Mailbox, report: Report) -> None:
    """The whole year on one database."""
    print(f"\n{make_url(url).get_backend_name()}, {STUDENTS} students in {COHORTS} cohorts")
    print(f"  {'':<66}{'seen':>10}{'expected':>10}")
    start, used = time.monotonic(), time.process_time()
    migrate(url)
    app = create_app(_settings(url, folder, mailbox))
    moving = clock.MovableClock(datetime(2026, 12, 15, 12, tzinfo=UTC))
    with clock.clock_set_to(moving):
        async with app.router.lifespan_context(app):
            year = Year(app, app.state.parvis, mailbox, report, folder, expected.plan())
            await year.enrol()
            await year.come_in()
            moving.instant = datetime(2027, 5, 1, 12, tzinfo=UTC)
            await year.graduate()
            await year.rights("rights before the day has come, on")
            moving.instant = datetime(2027, 7, 2, 12, tzinfo=UTC)
            await year.institution_leads_nowhere()
            await year.all_sign_in()
            await year.some_choose_a_password()
            moving.instant = datetime(2027, 9, 2, 12, tzinfo=UTC)
            await year.next_years_file()
            await year.rights("rights after next year's file, on")
    print(f"  {time.monotonic() - start:.0f} s, {time.process_time() - used:.0f} of them of processor")


@dataclass
class Year:
    app: FastAPI
    parvis: Parvis
    mailbox: Mailbox
    report: Report
    folder: Path
    students: list[Student]
    cohorts: Sequence[UUID] = field(default_factory=list)

    async def enrol(self) -> None:
        """The first file, twice."""
        await self.parvis.database.write(_found_university)
        file = expected.first_file(self.folder / "first.csv", self.students)
        await self._import("first file", file, {"created": STUDENTS}, complete=False)
        await self._import("first file again", file, {"unchanged": STUDENTS}, complete=False)
        await self._know(self.students)

    async def come_in(self) -> None:
        """During the year everybody opens the account, and confirms an address of his own."""
        start = time.monotonic()
        for some in _batches(self.students):
            await self.parvis.database.write(_come_in, some)
        await self._count("accounts opened", STUDENTS, Member, Member.activated_at.is_not(None), start=start)

    async def graduate(self) -> None:
        """The operation for each cohort, and its job; for some, once more."""
        start = time.monotonic()
        async with self.parvis.database.reading() as session:
            self.cohorts = (await session.scalars(select(Cohort.id))).all()
        for cohort_id in self.cohorts:
            await self.parvis.database.write(operation.graduate, ADMINISTRATOR, cohort_id, GRADUATED)
        await self.work()
        alumni = Affiliation.kind == "alum"
        await self._count("graduations finished", COHORTS, Graduation, Graduation.finished_at.is_not(None), start=start)
        await self._count("members who are alumni from that day", STUDENTS, Affiliation, alumni)
        for cohort_id in self.cohorts[:10]:
            await self.parvis.database.write(operation.graduate, ADMINISTRATOR, cohort_id, GRADUATED)
        await self.work()
        await self._count("the same, asked for again", STUDENTS, Affiliation, alumni)

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
        seconds = time.monotonic() - start
        self.report.line("institution's addresses that open an account", len(leading), len(working), seconds)
        self.report.line("  of who does not work for her", len(leading - working), 0)
        gone = [student for student in self.students if student.number not in working][:SAMPLE]
        async with AtTheDoor(self, gone) as browsers:
            mails = await browsers.ask("sign-in-links", [student.institutional for student in gone])
        self.report.line(f"  mails to them, when {len(gone)} ask at the door", len(mails), 0)

    async def all_sign_in(self) -> None:
        """Everybody, at the door, by a link in a mail to the own address."""
        start, today, arrived, same = time.monotonic(), clock.now().date(), 0, 0
        for some in _batches(self.students):
            async with AtTheDoor(self, some) as browsers:
                if some[0].number < MAILS:
                    mails = await browsers.ask("sign-in-links", [student.own for student in some])
                else:
                    mails = await self.parvis.database.write(_issue_links, some, browsers.mark())
                await browsers.open("sign-in-links/confirmation", [{"token": mails[each.own]} for each in some])
                viewers = await browsers.who_they_are()
            arrived += sum(viewer["id"] == str(student.id) for viewer, student in zip(viewers, some, strict=True))
            same += sum(
                set(viewer["publics"]) == student.publics(today) and viewer["public"] == student.shown(today)
                for viewer, student in zip(viewers, some, strict=True)
            )
        seconds = time.monotonic() - start
        told = f"signed in by their own address, {MAILS} of them by mail: right account"
        self.report.line(told, arrived, STUDENTS, seconds)
        self.report.line("  to whom the answer told the publics of the plan", same, STUDENTS)
        async with self.parvis.database.reading() as session:
            accounts = await session.scalar(select(func.count(func.distinct(Session.member_id))))
        self.report.line("accounts with a session", accounts, STUDENTS)

    async def some_choose_a_password(self) -> None:
        """By a link to the own address; then in another browser they sign in with it, by that address."""
        start, arrived = time.monotonic(), 0
        for some in _batches(self.students[:: max(STUDENTS // SAMPLE, 1)][:SAMPLE]):
            async with AtTheDoor(self, some) as browsers:
                mails = await browsers.ask("password-resets", [student.own for student in some])
                chosen = [{"token": mails[student.own], "password": student.password} for student in some]
                await browsers.open("password-resets/confirmation", chosen)
            async with AtTheDoor(self, some) as browsers:
                await browsers.open("sessions", [{"email": each.own, "password": each.password} for each in some])
                viewers = await browsers.who_they_are()
            arrived += sum(viewer["id"] == str(student.id) for viewer, student in zip(viewers, some, strict=True))
        seconds = time.monotonic() - start
        self.report.line("of a sample, by a password that they then chose", arrived, SAMPLE, seconds)

    async def next_years_file(self) -> None:
        """A third come back to study further; as many newcomers are given the addresses of others, who left."""
        new = expected.newcomers(self.students)
        file = expected.next_file(self.folder / "next.csv", self.students, new)
        stay = sum(student.number >= THIRD for student in expected.staying(self.students))
        first = {"created": THIRD, "changed": THIRD, "closed": len(expected.let_go(self.students)), "unchanged": stay}
        nothing = {"unchanged": THIRD + THIRD + stay}
        await self._import("next year's file", file, first, complete=True)
        await self._import("next year's file again", file, nothing, complete=True)
        expected.after_next_file(self.students)
        await self._know(new)
        await self._addresses_lead_to_the_new(new)
        await self._import("next year's file, when they have come", file, nothing, complete=True)
        await self._count("members in all: no duplicate", STUDENTS + THIRD, Member)
        self.students += new

    async def _addresses_lead_to_the_new(self, new: Sequence[Student]) -> None:
        """Newcomers open their accounts, some of them at the door; the former holders still come in by their own."""
        former, start, right = self.students[2 * THIRD : 3 * THIRD], time.monotonic(), 0
        for some in _batches(new[:SAMPLE]):
            async with AtTheDoor(self, some) as browsers:
                mails = await browsers.ask("activations", [student.institutional for student in some])
                tokens = [{"token": mails[student.institutional]} for student in some]
                await browsers.open("activations/confirmation", tokens)
                viewers = await browsers.who_they_are()
            right += sum(viewer["id"] == str(student.id) for viewer, student in zip(viewers, some, strict=True))
        self.report.line("of a sample of newcomers, opened by a mail", right, SAMPLE, time.monotonic() - start)
        start = time.monotonic()
        for some in _batches(new[SAMPLE:]):
            await self.parvis.database.write(_open_accounts, some)
        seconds, right = time.monotonic() - start, 0
        for some in _batches(new):
            right += await self.parvis.database.write(_led_to, some)
        self.report.line("recycled addresses that lead to the new holder alone", right, THIRD, seconds)
        start, right = time.monotonic(), 0
        for some in _batches(former):
            right += await self.parvis.database.write(_sign_in, some)
        self.report.line("former holders who sign in again by their own", right, THIRD, time.monotonic() - start)

    async def _import(self, title: str, file: Path, wanted: dict[str, int], *, complete: bool) -> None:
        """As the command does, and held against what it should tell."""
        start = time.monotonic()
        order = command.Order(
            file, self._units(), Options(complete), Confirmation(), applies=True, as_json=True, report=None
        )
        told = StringIO()
        with redirect_stdout(told), redirect_stderr(StringIO()), most_rows() as rows:
            code = await command.run(self.parvis, order)
        done, seconds = json.loads(told.getvalue())["done"], time.monotonic() - start
        self.report.line(f"{title}: exit code", code, command.DONE, seconds)
        for what in ("created", "changed", "unchanged", "closed", "refused"):
            self.report.line(f"  {what}", done.get(what, 0), wanted.get(what, 0))
        self.report.at_most("  rows written in one transaction", max(rows), MOST_ROWS)

    def _units(self) -> Path:
        path = self.folder / "units.csv"
        path.write_text(UNITS, encoding="utf-8")
        return path

    async def _know(self, students: Sequence[Student]) -> None:
        """Which members the product made of them."""
        async with self.parvis.database.reading() as session:
            rows = await session.execute(select(Member.identifier, Member.id))
            ids = {identifier: id_ for identifier, id_ in rows}  # noqa: C416 — rows are no pairs to the checker
        for student in students:
            student.id = ids[student.identifier]

    async def work(self) -> None:
        """Several at a time, so that none waits while another one's mail is under way."""
        while sum(await asyncio.gather(*(self.parvis.jobs.run_once() for _ in range(WORKERS)))):
            pass

    async def _count(self, what: str, wanted: int, table: type, *having: Any, start: float | None = None) -> None:
        async with self.parvis.database.reading() as session:
            found = await session.scalar(select(func.count()).select_from(table).where(*having))
        self.report.line(what, found, wanted, None if start is None else time.monotonic() - start)


class AtTheDoor:
    """Browsers, one for each of these students, each with its own cookies and network; they do the same together."""

    def __init__(self, year: Year, students: Sequence[Student]) -> None:
        self._year = year
        self._browsers = [self._browser(student) for student in students]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_fault: object) -> None:
        for browser in self._browsers:
            await browser.aclose()

    async def ask(self, what: str, emails: Sequence[str]) -> dict[str, str]:
        """Each asks for a mail; gives the token in it, by the address that it came to."""
        await self._post(what, [{"email": email} for email in emails], 202)
        await self._year.work()
        mailbox = self._year.mailbox
        found = {envelope.rcpt_tos[0]: token_in(envelope) for envelope in mailbox.envelopes}
        mailbox.clear()
        return found

    def mark(self) -> bytes:
        """Marks these browsers as the ones that asked, as the door does, and gives the hash to keep."""
        mark = new_token()
        for browser in self._browsers:
            browser.cookies.set(DOOR, mark)
        return hash_token(mark)

    async def open(self, what: str, said: Sequence[dict[str, str]]) -> None:
        await self._post(what, said, 200)

    async def who_they_are(self) -> Sequence[dict[str, Any]]:
        replies = await self._each(lambda browser, _: browser.get("/api/v1/session"), [{}] * len(self._browsers))
        return [reply.json()["member"] for reply in replies]

    async def _post(self, what: str, said: Sequence[dict[str, str]], wanted: int) -> None:
        replies = await self._each(lambda browser, body: browser.post(f"/api/v1/{what}", json=body), said)
        assert {reply.status_code for reply in replies} == {wanted}, replies[0].text

    async def _each(
        self,
        does: Callable[[httpx.AsyncClient, dict[str, str]], Coroutine[Any, Any, httpx.Response]],
        said: Collection[dict[str, str]],
    ) -> Sequence[httpx.Response]:
        return await asyncio.gather(*(does(*each) for each in zip(self._browsers, said, strict=True)))

    def _browser(self, student: Student) -> httpx.AsyncClient:
        address = f"198.{18 + student.number // 62500}.{student.number // 250 % 250}.{student.number % 250}"
        transport = httpx.ASGITransport(self._year.app, client=(address, 4711))
        return httpx.AsyncClient(transport=transport, base_url=ORIGIN, trust_env=False)


async def _found_university(session: AsyncSession) -> None:
    said = {
        "name": "Université d’Exemple",
        "short_name": "Exemple",
        "languages": ["fr", "en"],
        "default_language": "fr",
    }
    session.add(Organisation(**said, registration="invitation", domains={"etu.univ.example": "student"}))


async def _come_in(session: AsyncSession, some: Sequence[Student]) -> None:
    for student in some:
        member = await session.get_one(Member, student.id)
        member.shown_public = student.chosen
        mine = {
            each.email: each for each in await session.scalars(select(Address).where(Address.member_id == member.id))
        }
        await joining.activate(session, member, mine[student.institutional])
        await claims.verify(session, mine[student.own])


async def _issue_links(session: AsyncSession, some: Sequence[Student], browser: bytes) -> dict[str, str]:
    """What the job of the door does for who has an account, but the mail: address -> token."""
    links = dict[str, str]()
    for student in some:
        if holder := await holder_of(session, student.own):
            member, address = holder
            links[student.own] = await tickets.issue(
                session, sign_in.LINK, member_id=member.id, address_id=address.id, browser=browser
            )
    return links


async def _sign_in(session: AsyncSession, some: Sequence[Student]) -> int:
    """By a link to the own address, without request and mail. Gives how many came into the right account."""
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


async def _open_accounts(session: AsyncSession, some: Sequence[Student]) -> None:
    for student in some:
        mine = (Address.member_id == student.id, Address.email == student.institutional)
        address_id = (await session.scalars(select(Address.id).where(*mine))).one()
        token = await tickets.issue(session, activations.PURPOSE, member_id=student.id, address_id=address_id)
        await registration.activate(session, token, DEVICE)


async def _led_to(session: AsyncSession, some: Sequence[Student]) -> int:
    holders = [(await holder_of(session, student.institutional), student) for student in some]
    return sum(holder is not None and holder[0].id == student.id for holder, student in holders)


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


def token_in(envelope: Envelope) -> str:
    """What stands behind `#` in the link of a mail, from its plain text."""
    assert isinstance(envelope.content, bytes)
    plain = message_from_bytes(envelope.content).get_payload(0)
    assert isinstance(plain, Message)
    link = LINK.search(bytes(plain.get_payload(decode=True)).decode())
    return link[0].partition("#")[2] if link else ""


@contextmanager
def most_rows() -> Iterator[list[int]]:
    """How many rows each transaction writes meanwhile; one runs at a time."""
    rows = [0]

    def counted(_connection: object, cursor: Any, statement: str, *_rest: object) -> None:
        if statement.split(maxsplit=1)[0] in {"INSERT", "UPDATE", "DELETE"}:
            rows[-1] += max(cursor.rowcount, 0)

    def committed(_connection: object) -> None:
        rows.append(0)

    event.listen(Engine, "after_cursor_execute", counted)
    event.listen(Engine, "commit", committed)
    try:
        yield rows
    finally:
        event.remove(Engine, "after_cursor_execute", counted)
        event.remove(Engine, "commit", committed)


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
