"""QRY: a list asks the database as often for a thousand rows as for ten."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import (
    AccessToken,
    Address,
    Affiliation,
    Cohort,
    Invitation,
    Member,
    Programme,
    Session,
    Unit,
)
from parvis.announcements.models import AnnouncementDraft
from parvis.audiences import rules
from parvis.audiences.models import Audience
from parvis.audiences.rules import Rule
from parvis.chat.models import Conversation, ConversationPlace
from parvis.circles.models import Circle, Membership
from parvis.communities.models import (
    Community,
    CommunityBan,
    CommunityInvitation,
    CommunityLink,
    CommunityTag,
    GuestInvitation,
    JoinRequest,
)
from parvis.documents.models import Document, DocumentVersion, Folder, FolderAct, Grant, Guard, GuardSource
from parvis.documents.sharing.models import ShareLink
from parvis.engagement.models import Bookmark, Comment, Reaction, Thread
from parvis.files.models import File, LinkCard
from parvis.kernel import clock
from parvis.kernel.clock import MovableClock, clock_set_to
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from parvis.personal_data.models import Export
from parvis.posts.models import (
    Announcement,
    Attendance,
    Gathering,
    Idea,
    Poll,
    PollOption,
    PollVote,
    Post,
    PostAttachment,
    PostLink,
    PostPlace,
    PostReach,
    PostVersion,
    Recipient,
)
from parvis.profiles.directory.index import reindex
from parvis.profiles.models import Block, Contact, ContactRequest
from parvis.profiles.ties.models import Mentorship
from tests.api.test_description import OPERATIONS
from tests.conftest import CountedQueries, SignIn
from tests.make.announcements import announce
from tests.make.communities import Place, Someone, arrive, make_community
from tests.make.gatherings import gather
from tests.make.people import make_organisation
from tests.make.posts import comment, say
from tests.make.spaces import put_document, space_of

ROWS_AT_ONCE = 500
FEW, MANY = 10, 1_000
COUNTED_ELSEWHERE = {
    "listAuditEntries": "tests/admin/test_audit.py",
    "listCaseReports": "tests/moderation/test_reports.py",
    "listCases": "tests/moderation/test_reports.py",
    "listCommunityCases": "tests/moderation/test_reports.py",
    "listDecisionsAboutMe": "tests/moderation/test_reports.py",
    "listImportFindings": "tests/imports/test_routes.py",
    "listImports": "tests/imports/test_routes.py",
    "listLacking": "tests/accounts/test_graduation.py",
    "listSetAsideJobs": "tests/admin/test_set_aside.py",
    "listReplyAddresses": "tests/postbox/test_replies.py",
    "listSharedDocuments": "tests/documents/test_sharing.py",
    "listSharedFolders": "tests/documents/test_sharing.py",
    "search": "tests/search/test_costs.py",
    "searchConversation": "tests/chat/test_own.py",
    "listMyReports": "tests/moderation/test_reports.py",
    "listDevices": "tests/notifications/test_push.py",
    "listNotifications": "tests/notifications/test_told.py",
    "listMyPageTasks": "tests/pages/test_tasks.py",
    "listPageAnswers": "tests/pages/test_threads.py",
    "listPageThreads": "tests/pages/test_threads.py",
    "listWrittenVersions": "tests/pages/test_versions.py",
    "listSpaces": "tests/documents/test_folders.py",
    "listScheduledPosts": "tests/posts/test_scheduled.py",
    "listTray": "a demonstration alone has one",
}
QUERIES: Mapping[str, Mapping[str, str]] = {"listMyMentorships": {"side": "mentee"}, "listFeed": {"order": "recent"}}
LISTS = {
    operation["operationId"]: label.removeprefix("GET ")
    for label, operation in OPERATIONS.items()
    if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ()))
}
AT_NOON = {"time_zone": "Europe/Paris", "whole_day": False}
Rows = dict[type[Base], list[dict[str, Any]]]


@dataclass
class Campus:
    """Nadia, her community, and something in every list that she may read: as much of each as was asked for."""

    parvis: Parvis
    nadia: Someone
    place: Place
    circle_id: UUID
    post: dict[str, Any]
    poll: dict[str, Any]
    event: dict[str, Any]
    answer: dict[str, Any]
    grown_to: int = 0
    names: dict[str, str] = field(default_factory=dict)

    async def grow(self, to: int) -> None:
        for start in range(self.grown_to, to, ROWS_AT_ONCE):
            await self.parvis.database.write(self._add, range(start, min(start + ROWS_AT_ONCE, to)))
        self.grown_to = to

    async def _add(self, session: AsyncSession, numbers: Sequence[int]) -> None:
        rows: Rows = {}
        people = [new_id() for _ in numbers]
        for number, member_id in zip(numbers, people, strict=True):
            for row in self._of(number, member_id, new_id()):
                kind, values = row
                rows.setdefault(kind, []).append(values)
        for table in Base.metadata.sorted_tables:  # What others lead to comes first.
            for kind, found in rows.items():
                if kind.__table__ is table:
                    await session.execute(insert(kind), found)
        await reindex(session, people)

    def _of(self, number: int, member_id: UUID, apart_id: UUID) -> list[tuple[type[Base], dict[str, Any]]]:
        """One more row of everything. `apart_id`: of somebody whom Nadia blocks."""
        now, later = clock.now(), clock.now() + timedelta(days=7)
        me, community_id, digest = self.nadia.member.id, UUID(self.place.id), uuid4().bytes * 2
        post_id, thread_id, other_id, circle_id = new_id(), new_id(), new_id(), new_id()
        official_id, square_id = new_id(), new_id()
        unit_id, programme_id = new_id(), new_id()
        question, answer = UUID(self.post["id"]), UUID(self.answer["id"])
        thread = UUID(self.post["threads"][0]["id"])
        theirs, mine = {"member_id": member_id}, {"member_id": me}
        here = {"community_id": community_id}
        name = f"Membre {number}"
        person = {"language": "fr", "activated_at": now}
        return [
            (Member, {"id": member_id, "name": name, "sort_name": name.lower(), **person}),
            (Member, {"id": apart_id, "name": f"Loin {number}", "sort_name": f"loin {number}", **person}),
            (Affiliation, {"kind": "student", "source": "institution", "starts_on": now.date(), **theirs}),
            (Membership, {"circle_id": self.circle_id, "role": "member", "since": now, **theirs}),
            (JoinRequest, {**here, **theirs}),
            (CommunityInvitation, {**here, "invited_by": me, **theirs}),
            (CommunityBan, {**here, **theirs}),
            (GuestInvitation, {**here, "email": f"{number}@ailleurs.example", "until": later}),
            (CommunityLink, {**here, "token_hash": digest, "max_uses": 1, "created_by": me, "expires_at": later}),
            (Contact, {**mine, "other_id": member_id}),
            (Contact, {**theirs, "other_id": me}),
            (ContactRequest, {"from_id": member_id, "to_id": me, "message": ""}),
            (Block, {"blocker_id": me, "blocked_id": apart_id}),
            (Mentorship, {"mentor_id": member_id, "mentee_id": me, "message": ""}),
            *self._said(number, member_id),
            (Post, {"id": post_id, "author_id": member_id, "kind": "event", "body": "Bonjour."}),
            (Thread, {"id": thread_id, "subject_kind": "post", "subject_id": post_id}),
            (PostPlace, {"post_id": post_id, "thread_id": thread_id, "said_at": now, **here}),
            (Post, {"id": official_id, "author_id": member_id, "kind": "announcement", "body": "À tous."}),
            (Thread, {"id": square_id, "subject_kind": "post", "subject_id": official_id}),
            (PostReach, {"post_id": official_id, "thread_id": square_id, "said_at": now, "scope": "square"}),
            (Announcement, {"post_id": official_id, "told_to": "square", "excluded": [], "facts": [], "asks": True}),
            (Recipient, {"post_id": UUID(self.names["announcement"]), "acknowledged_at": now, **theirs}),
            (AnnouncementDraft, {"author_id": me, "draft": {"body": ""}}),
            (PostVersion, {"post_id": question, "version": -number, "title": "", "body": "", "language": "fr"}),
            (Bookmark, {**mine, "subject_id": post_id, "subject_kind": "post"}),
            (Comment, {"thread_id": thread, "author_id": member_id, "body": "Moi aussi."}),
            (
                Reaction,
                {"subject_id": question, "subject_kind": "post", "thread_id": thread, "kind": "thanks", **theirs},
            ),
            (
                Reaction,
                {"subject_id": answer, "subject_kind": "comment", "thread_id": thread, "kind": "thanks", **theirs},
            ),
            (PollVote, {"post_id": UUID(self.poll["id"]), "option_id": UUID(self.names["option_id"]), **theirs}),
            (Gathering, {"post_id": post_id, "starts_at": later, "ends_at": later + timedelta(hours=1), **AT_NOON}),
            (Attendance, {"post_id": UUID(self.event["id"]), "answer": "yes", "number": number, **theirs}),
            (Address, {**mine, "email": f"{uuid4()}@ailleurs.example", "kind": "personal", "verified_at": now}),
            (
                Session,
                {
                    **mine,
                    "kind": "browser",
                    "token_hash": digest,
                    "methods": ["pwd"],
                    "proved_at": now,
                    "user_agent": "",
                    "network": "",
                    "expires_at": later,
                },
            ),
            (AccessToken, {**mine, "name": "", "token_hash": digest, "scopes": [], "expires_at": later}),
            (Export, {**mine, "language": "fr"}),
            (Audience, {"owner_id": me, "name": name, "rule": rules.kept(Rule())}),
            (
                Invitation,
                {"token_hash": digest, "affiliation": "alum", "max_uses": 1, "invited_by": me, "expires_at": later},
            ),
            *self._talk(number, member_id),
            *self._put(number, member_id),
            (Unit, {"id": unit_id, "name": name, "sort_name": name, "kind": "component"}),
            (Programme, {"id": programme_id, "name": name, "sort_name": name, "unit_id": unit_id}),
            (Cohort, {"programme_id": programme_id, "year": 2030}),
            (Circle, {"id": circle_id, "people": 1, "mix": {}}),
            (
                Community,
                {
                    "id": other_id,
                    "circle_id": circle_id,
                    "name": name,
                    "sort_name": name,
                    "access": "open",
                    "pictures": {},
                },
            ),
            (CommunityTag, {"community_id": other_id, "tag": "cartes", "label": "Cartes"}),
            (CommunityInvitation, {"community_id": other_id, "invited_by": member_id, **mine}),
        ]

    def _talk(self, number: int, member_id: UUID) -> list[tuple[type[Base], dict[str, Any]]]:
        """A channel of the community, a group with Nadia in it, and somebody more in one group."""
        now, group_id = clock.now(), new_id()
        here = {"circle_id": self.circle_id, "community_id": UUID(self.place.id)}
        return [
            (Conversation, {"kind": "channel", "access": "community", "name": f"Canal {number}", **here}),
            (Conversation, {"id": group_id, "kind": "group", "name": f"Groupe {number}", "people": 1}),
            (ConversationPlace, {"conversation_id": group_id, "member_id": self.nadia.member.id, "since": now}),
            (
                ConversationPlace,
                {"conversation_id": UUID(self.names["conversation_id"]), "member_id": member_id, "since": now},
            ),
        ]

    def _put(self, number: int, member_id: UUID) -> list[tuple[type[Base], dict[str, Any]]]:
        """A folder and a document in the space of the community."""
        file_id, document_id, space_id = new_id(), new_id(), UUID(self.names["folder_id"])
        later = clock.now() + timedelta(days=7)
        name, of_file = f"Plan {number}.txt", {"size": 1, "media_type": "text/plain"}
        placed = {"space_id": space_id, "guard_id": space_id, "depth": 1, "created_by": member_id, "member_id": None}
        by, here = {"created_by": member_id, "changed_by": member_id}, {"folder_id": space_id, "name": name, **of_file}
        return [
            (
                Folder,
                {
                    "id": new_id(),
                    "parent_id": space_id,
                    "name": f"Dossier {number}",
                    "sort_key": f"dossier {number}",
                    **placed,
                },
            ),
            (File, {"id": file_id, "name": name, "sha256": uuid4().hex * 2, **of_file}),
            (Document, {"id": document_id, "sort_key": name, "trashed_at": None, "guard_id": None, **here, **by}),
            (
                DocumentVersion,
                {"document_id": document_id, "number": 1, "file_id": file_id, "created_by": None, **of_file},
            ),
            (
                FolderAct,
                {
                    "folder_id": space_id,
                    "document_id": document_id,
                    "inner_id": None,
                    "what": "added",
                    "number": 1,
                    "by": member_id,
                },
            ),
            *[
                (ShareLink, {**shared, "token_hash": uuid4().bytes * 2, "created_by": member_id, "expires_at": later})
                for shared in ({"folder_id": space_id}, {"document_id": UUID(self.names["document_id"])})
            ],
            *self._shared(number, member_id, name, of_file),
        ]

    def _shared(
        self, number: int, member_id: UUID, name: str, of_file: dict[str, Any]
    ) -> list[tuple[type[Base], dict[str, Any]]]:
        """Another version of a document; one in the trash; one that Nadia shares with somebody; and somebody's space
        that he shares with her."""
        now, space_id, own_id = clock.now(), UUID(self.names["folder_id"]), new_id()
        version_id, thrown_id, shared_id, theirs_id = new_id(), new_id(), new_id(), new_id()
        files = [{"id": id_, "name": name, "sha256": uuid4().hex * 2, **of_file} for id_ in (version_id, shared_id)]
        by = {"created_by": member_id, "changed_by": member_id}
        here = {"folder_id": space_id, "name": name, **of_file, **by}
        theirs, mine = {"member_id": member_id}, {"member_id": self.nadia.member.id}
        of_place = {"circle_id": self.circle_id, "community_id": UUID(self.place.id)}
        guards: list[dict[str, Any]] = [
            {"id": own_id, "parent_id": space_id, "space_id": space_id, "inherits": True, **of_place},
            {"id": theirs_id, "parent_id": None, "space_id": theirs_id, "inherits": False, **theirs},
        ]
        return [
            *((File, file) for file in files),
            (Document, {"id": thrown_id, "sort_key": f"jeté {number}", "trashed_at": now, "guard_id": None, **here}),
            *((Guard, {"member_id": None, "circle_id": None, "community_id": None, **guard}) for guard in guards),
            *((GuardSource, {"guard_id": id_, "source_id": id_}) for id_ in (own_id, theirs_id)),
            (Grant, {"guard_id": own_id, "level": 1, "granted_by": self.nadia.member.id, **theirs}),
            (Grant, {"guard_id": theirs_id, "level": 1, "granted_by": member_id, **mine}),
            (Grant, {"guard_id": space_id, "level": 1, "granted_by": member_id, **theirs}),
            (Document, {"id": own_id, "sort_key": f"partagé {number}", "trashed_at": None, "guard_id": own_id, **here}),
            (
                DocumentVersion,
                {"document_id": own_id, "number": 1, "file_id": shared_id, "created_by": None, **of_file},
            ),
            (
                DocumentVersion,
                {
                    "document_id": UUID(self.names["document_id"]),
                    "number": number + 2,
                    "file_id": version_id,
                    "created_by": member_id,
                    **of_file,
                },
            ),
            (
                Folder,
                {
                    "id": theirs_id,
                    "parent_id": None,
                    "name": "",
                    "sort_key": "",
                    "space_id": theirs_id,
                    "guard_id": theirs_id,
                    "depth": 0,
                    "created_by": None,
                    **theirs,
                },
            ),
        ]

    def _said(self, number: int, member_id: UUID) -> list[tuple[type[Base], dict[str, Any]]]:
        """A post of one kind after the other, with all that posts show."""
        now, digest = clock.now(), uuid4().hex * 2
        post_id, thread_id, file_id, card_id = new_id(), new_id(), new_id(), new_id()
        said, kind = {"post_id": post_id}, ("message", "question", "poll", "idea")[number % 4]
        of_kind: dict[str, list[tuple[type[Base], dict[str, Any]]]] = {
            "poll": [
                (Poll, {"multiple": False, "anonymous": True, "results": "always", **said}),
                (PollOption, {"position": 0, "label": "Lundi", **said}),
            ],
            "idea": [(Idea, {"answer": f"Oui, @[](person:{member_id}).", **said})],
        }
        return [
            (Post, {"id": post_id, "author_id": member_id, "kind": kind, "title": "Où ?", "body": "https://a.example"}),
            (Thread, {"id": thread_id, "subject_kind": "post", "subject_id": post_id}),
            (PostPlace, {"community_id": UUID(self.place.id), "thread_id": thread_id, "said_at": now, **said}),
            *of_kind.get(kind, []),
            (File, {"id": file_id, "name": "Plan.pdf", "media_type": "application/pdf", "size": 1, "sha256": digest}),
            (PostAttachment, {"file_id": file_id, "position": 0, **said}),
            (LinkCard, {"id": card_id, "url": "https://a.example", "url_hash": digest, "title": "A"}),
            (PostLink, {"card_id": card_id, "position": 0, **said}),
        ]


async def begin_group(session: AsyncSession, group_id: UUID, nadia: Someone) -> None:
    await session.execute(insert(Conversation).values(id=group_id, kind="group", name="Groupe", people=1))
    mine = {"conversation_id": group_id, "member_id": nadia.member.id}
    await session.execute(insert(ConversationPlace).values(**mine, since=clock.now(), runs=True))


async def make_campus(parvis: Parvis, sign_in: SignIn) -> Campus:
    await make_organisation(parvis, guests=True, share_links=True)
    nadia = await arrive(parvis, sign_in, "Nadia Cherkaoui", "staff", roles=("administrator",))
    ines = await arrive(parvis, sign_in, "Inès Benali")
    place = await make_community(nadia)
    assert (await place.join(ines)).status_code == 200
    post = await say(nadia, place, kind="question", title="Où ?")
    poll = await say(
        nadia, place, kind="poll", poll={"options": ["Lundi", "Mardi"], "anonymous": False, "results": "always"}
    )
    event = await gather(nadia, place)
    answer = await comment(ines, post)
    announced = await announce(parvis, nadia, asks=True)
    group_id = new_id()
    await parvis.database.write(begin_group, group_id, nadia)
    async with parvis.database.reading() as session:
        circle_id = (await session.get_one(Community, UUID(place.id))).circle_id
    campus = Campus(parvis, nadia, place, circle_id, post, poll, event, answer)
    space = await space_of(nadia, place)
    campus.names = {
        "community_id": place.id,
        "document_id": (await put_document(nadia, space))["id"],
        "conversation_id": str(group_id),
        "folder_id": space["folder_id"],
        "post_id": post["id"],
        "announcement": announced["id"],
        "comment_id": answer["id"],
        "kind": "thanks",
        "option_id": poll["poll"]["options"][0]["id"],
    }
    return campus


async def counts_of_what_is_known(campus: Campus, counted_queries: CountedQueries) -> dict[str, tuple[int, int]]:
    """The second time: who asks, and who is in a conversation, is known then: for a minute, which stands still."""
    with clock_set_to(MovableClock(clock.now())):
        await counts(campus, counted_queries)
        return await counts(campus, counted_queries)


async def counts(campus: Campus, counted_queries: CountedQueries) -> dict[str, tuple[int, int]]:
    """Of each list: how many items its first page has, and how many queries it took."""
    found = {}
    for operation, path in LISTS.items():
        if operation in COUNTED_ELSEWHERE:
            continue
        of_another = {
            "listVoters": campus.poll["id"],
            "listAttendees": campus.event["id"],
            "listAcknowledgements": campus.names["announcement"],
        }
        names = campus.names | ({"post_id": of_another[operation]} if operation in of_another else {})
        with counted_queries() as queries:
            reply = await campus.nadia.browser.get(path.format_map(names), params=QUERIES.get(operation))
        assert reply.status_code == 200, f"{operation}: {reply.text}"
        found[operation] = len(reply.json()["items"]), len(queries)
    return found


async def test_a_list_asks_as_often_for_a_thousand_rows_as_for_ten(
    parvis: Parvis, sign_in: SignIn, counted_queries: CountedQueries
) -> None:
    campus = await make_campus(parvis, sign_in)
    await campus.grow(FEW)
    few = await counts_of_what_is_known(campus, counted_queries)
    await campus.grow(MANY)
    many = await counts_of_what_is_known(campus, counted_queries)
    for operation, (items, queries) in few.items():
        more, as_often = many[operation]
        sys.stdout.write(f"QRY {operation}: {queries} queries for {items} of {FEW}, {as_often} for {more} of {MANY}\n")
    assert {name: found for name, found in few.items() if found[0] < FEW} == {}, "there was too little to read"
    assert {name: found for name, found in many.items() if found[0] <= few[name][0]} == {}, "there was no more to read"
    assert {name: (few[name][1], many[name][1]) for name in few if few[name][1] != many[name][1]} == {}
    assert max(queries for _, queries in many.values()) <= 12  # The feed, whose posts may be of six kinds.


def test_every_list_is_counted_somewhere() -> None:
    assert COUNTED_ELSEWHERE.keys() <= LISTS.keys()
    assert len(LISTS) >= 40
