"""Reading all that the API's description says can be read, as somebody, with the ids of everything there is."""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any
from urllib.parse import quote

import httpx
from sqlalchemy import Executable, case, select

from parvis.accounts.models import Cohort, Member, Programme, Unit
from parvis.accounts.models.invitations import Invitation
from parvis.announcements.models import AnnouncementDraft
from parvis.audiences.models import Audience
from parvis.chat.models import Conversation, Message
from parvis.communities.models import Community
from parvis.documents.models import Document, Folder
from parvis.engagement.models import Comment, Thread
from parvis.files.models import File, Picture
from parvis.files.uploads.models import Upload
from parvis.imports.models import Import
from parvis.kernel.entries import Entry
from parvis.kernel.mail.tray import TrayMail
from parvis.kernel.runtime import Parvis
from parvis.moderation.models import Case
from parvis.notifications.models import Notification
from parvis.pages.models import PageThread
from parvis.personal_data.models import Export
from parvis.posts.models import PollOption, Post, PostReach, ScheduledPost
from parvis.profiles.ties.models import Mentorship
from tests.api.test_description import OPERATIONS

from .garden import BEGINNING, words_in

TOGETHER = 6
KNOWN: Mapping[tuple[str, ...], Executable] = {
    ("audience_id",): select(Audience.id),
    ("kind", "subject_id"): select(
        case((Entry.part.in_(("event", "page")), Entry.part), else_=Entry.kind), Entry.subject_id
    ).distinct(),
    ("case_id",): select(Case.id),
    ("cohort_id",): select(Cohort.id),
    ("community_id",): select(Community.id),
    ("conversation_id",): select(Conversation.id),
    ("document_id",): select(Document.id),
    ("document_id", "thread_id", "comment_id"): select(PageThread.document_id, PageThread.thread_id, Comment.id).join(
        Comment, Comment.thread_id == PageThread.thread_id
    ),
    ("document_id", "thread_id"): select(PageThread.document_id, PageThread.thread_id),
    ("draft_id",): select(AnnouncementDraft.id),
    ("export_id",): select(Export.id),
    ("file_id",): select(File.id),
    ("folder_id",): select(Folder.id),
    ("import_id",): select(Import.id),
    ("invitation_id",): select(Invitation.id),
    ("mail_id",): select(TrayMail.id),
    ("member_id",): select(Member.id),
    ("mentorship_id",): select(Mentorship.id),
    ("message_id",): select(Message.id),
    ("notification_id",): select(Notification.id),
    ("picture_id",): select(Picture.id),
    ("post_id",): select(Post.id),
    ("post_id", "comment_id"): select(PostReach.post_id, Comment.id).join(
        Comment, Comment.thread_id == PostReach.thread_id
    ),
    ("post_id", "option_id"): select(PollOption.post_id, PollOption.id),
    ("programme_id",): select(Programme.id),
    ("scheduled_id",): select(ScheduledPost.id),
    ("unit_id",): select(Unit.id),
    ("upload_id",): select(Upload.id),
}
"""What ids a parameter of a path takes: of everything there is, of those that go together together."""
NAMED: Mapping[str, Sequence[str]] = {"number": ("1", "2"), "secret": (), "token": ()}
"""Those that are no ids: what is tried. A secret is tried by who was given it."""
ASIDE = {"place_id": "community_id", "author_id": "member_id", "thread_id": "thread_id"}
IN_QUERY = ("community_id", "conversation_id", "member_id", "unit_id")
WORDS = ("q", "words")
"""Parameters that are words one looks for: `looking.py` does."""
ELSEWHERE = {"listEvents"}
"""What has a channel of its own."""


@dataclass(frozen=True)
class Operation:
    """One that reads."""

    name: str
    path: str
    tag: str
    parameters: Sequence[Mapping[str, Any]]

    @property
    def in_path(self) -> tuple[str, ...]:
        return tuple(re.findall(r"{(\w+)}", self.path))

    @property
    def looks_for(self) -> str | None:
        """Its parameter that is words."""
        return next((one["name"] for one in self._in_query() if one["name"] in WORDS), None)

    def _in_query(self) -> Iterator[Mapping[str, Any]]:
        return (one for one in self.parameters if one["in"] == "query")

    def least(self) -> dict[str, str]:
        """The query that it cannot do without, and as much of a list as one may have."""
        asked = {one["name"]: _one(one) for one in self._in_query() if one.get("required")}
        most = next((one["schema"].get("maximum") for one in self._in_query() if one["name"] == "limit"), None)
        return asked | ({"limit": str(most)} if most else {})

    def ways(self, ids: "Ids") -> Iterator[dict[str, str]]:
        """Each other thing that it can be asked, one at a time."""
        for one in self._in_query():
            values = _values(one["schema"])
            name = ASIDE.get(one["name"], one["name"])
            if name in IN_QUERY or name == "thread_id":
                values = [each[0] for each in ids.of((name,))]
            for value in values:
                yield {one["name"]: value}


def _values(schema: Mapping[str, Any]) -> list[str]:
    inner = schema.get("items") or next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    if "enum" in inner:
        return list(map(str, inner["enum"]))
    return ["true", "false"] if inner.get("type") == "boolean" else []


def _one(parameter: Mapping[str, Any]) -> str:
    schema = parameter["schema"]
    if schema.get("format") == "date-time":
        return "2026-01-01T00:00:00Z"
    return (_values(schema) or ["1" if schema.get("type") == "integer" else BEGINNING])[0]


READING = [
    Operation(said["operationId"], label.split(" ")[1], said["tags"][0], said.get("parameters", ()))
    for label, said in OPERATIONS.items()
    if label.startswith("GET ") and said["operationId"] not in ELSEWHERE
]


@dataclass
class Ids:
    """The ids of everything there is."""

    rows: dict[tuple[str, ...], list[tuple[str, ...]]]
    tokens: Sequence[str] = ()

    @classmethod
    async def all(cls, parvis: Parvis, tokens: Sequence[str]) -> "Ids":
        async with parvis.database.reading() as session:
            found = {names: (await session.execute(which)).all() for names, which in KNOWN.items()}
            found["thread_id",] = (await session.execute(select(Thread.id))).all()
        return cls({names: [tuple(map(str, row)) for row in rows] for names, rows in found.items()}, tokens)

    def of(self, names: tuple[str, ...]) -> list[tuple[str, ...]]:
        return self.rows[names]

    def paths(self, operation: Operation) -> Iterator[list[str]]:
        """The operation's path with each thing that there is; of each, in every form: each page of a preview, each
        kind of reaction."""
        names = operation.in_path
        together = next((group for group in KNOWN if len(group) > 1 and set(group) <= set(names)), ())
        groups = [*([together] if together else []), *((name,) for name in names if name not in together)]
        things = [group for group in groups if group in self.rows or group == ("token",)]
        forms = [group for group in groups if group not in things]
        for chosen in product(*(self._of(group) for group in things)):
            thing = _filled(things, chosen)
            yield [
                operation.path.format_map(thing | _filled(forms, form))
                for form in product(*(_forms(operation, name) for [name] in forms))
            ]

    def _of(self, group: tuple[str, ...]) -> list[tuple[str, ...]]:
        return self.rows[group] if group in self.rows else [(token,) for token in self.tokens]


def _filled(groups: Sequence[tuple[str, ...]], rows: Sequence[tuple[str, ...]]) -> dict[str, str]:
    values = (pair for group, row in zip(groups, rows, strict=True) for pair in zip(group, row, strict=True))
    return {name: quote(value, safe="") for name, value in values}


def _forms(operation: Operation, name: str) -> list[tuple[str, ...]]:
    parameter = next(one for one in operation.parameters if one["name"] == name and one["in"] == "path")
    return [(value,) for value in _values(parameter["schema"]) or NAMED[name]]


Told = Callable[[str, set[str]], None]
"""Takes in that these canaries were read on that channel."""


@dataclass
class Crawl:
    """Somebody who reads. `channel`: on which of them what a path answers is counted."""

    browser: httpx.AsyncClient
    ids: Ids
    told: Told
    channel: Callable[[Operation, httpx.Response], str]
    share: int = 1
    """One thing in so many is read, by turns; lists always are."""
    turn: int = 0
    requests: int = 0
    faults: list[str] = field(default_factory=list)

    async def everything(self) -> None:
        """Each thing at least once; what answers, in each other form and way too."""
        few = asyncio.Semaphore(TOGETHER)
        await asyncio.gather(*(self._in_turn(few, operation) for operation in READING))

    async def _in_turn(self, few: asyncio.Semaphore, operation: Operation) -> None:
        async with few:
            share = self.share if operation.in_path else 1
            for forms in islice(self.ids.paths(operation), self.turn % share, None, share):
                for path in forms:
                    reply = await self.read(operation, path, {})
                    if not reply.is_success:
                        break
                    ways = operation.ways(self.ids)
                    if operation.looks_for:  # Which looks through everything each time.
                        ways = islice(ways, self.turn % self.share, None, self.share)
                    for way in ways:
                        await self.read(operation, path, way)

    async def read(self, operation: Operation, path: str, way: Mapping[str, str]) -> httpx.Response:
        reply = await self.ask(path, {**operation.least(), **way})
        self.told(self.channel(operation, reply), words_in(_all_of(reply)))
        return reply

    async def ask(self, path: str, query: Mapping[str, str]) -> httpx.Response:
        reply = await self.browser.get(path, params=query)
        self.requests += 1
        if reply.status_code >= 500 or reply.status_code == 429:
            self.faults.append(f"{reply.status_code} {reply.request.url}")
        return reply


def _all_of(reply: httpx.Response) -> bytes:
    return "\n".join(f"{name}: {value}" for name, value in reply.headers.items()).encode() + b"\n" + reply.content
