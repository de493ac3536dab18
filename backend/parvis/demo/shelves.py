"""Documents that are kept where people meet: real files of every kind, made by the programs that people use."""

import zipfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.circles.models import Circle, Membership
from parvis.communities.models import Community
from parvis.documents.models import WRITE, Document, DocumentVersion, Folder, FollowedFolder, Grant, Guard, GuardSource
from parvis.documents.names import group_of, sort_key
from parvis.documents.queries.documents import KIND
from parvis.documents.subscribers import index_documents
from parvis.files.looking.service import ask
from parvis.files.models import File
from parvis.files.places import IN_A_PLACE
from parvis.files.sniffing import HEAD, media_type_of
from parvis.kernel.config import Settings
from parvis.kernel.db import Database
from parvis.kernel.storage import Storage

from . import protocol
from .stable import stable_id
from .words.spaces import unbroken

PAPERS = Path(__file__).with_name("papers")
OF = "Inès Benali"
"""In whose communities, and in whose own space."""
COMMUNITIES = 3
FIELD = "Sorties de terrain"
HANDS = 4
"""How many of a community put something there."""


@dataclass(frozen=True, slots=True)
class Paper:
    """`says`: what each of its versions is: the name of a file beside, or words. `days`: how old the last one is."""

    folder: str
    name: str
    says: Sequence[str]
    days: int


FIRST_WORDS = "# Relevés de la Valorne\n\nTout le monde peut ajouter ses mesures.\n"
LAST_WORDS = """# Relevés de la Valorne

Tout le monde peut ajouter ses mesures, **datées et signées**.

1. Le guide d’abord.
2. Puis les données, par station.
"""
ALL = (
    Paper("", "Guide des relevés.pdf", ("releves.pdf",), 40),
    Paper("", "Modèle de compte rendu.odt", ("releves.odt",), 31),
    Paper("", "Lisez-moi.md", (FIRST_WORDS, LAST_WORDS), 3),
    Paper(FIELD, "Compte rendu de novembre.docx", ("releves.docx",), 2),
    Paper(FIELD, "Rive gauche.jpg", ("photo.jpg",), 2),
    Paper(FIELD, "Crue au vieux pont.mp4", ("film.mp4",), 2),
    Paper(FIELD, "Entretien avec l’éclusier.mp3", ("son.mp3",), 5),
    Paper("Données", "Débits.xlsx", ("debits.xlsx",), 9),
    Paper("Données", "Débits, copie libre.ods", ("debits.ods",), 8),
    Paper("Données", "Stations.csv", ("station;rive;altitude\nValorne amont;gauche;214\nVieux pont;droite;198\n",), 12),
    Paper(
        "Données",
        "moyennes.py",
        ("import csv\n\n\ndef moyenne(debits: list[float]) -> float:\n    return sum(debits) / len(debits)\n",),
        12,
    ),
    Paper("Données", "Mesures brutes.zip", ("debits.ods debits.xlsx",), 12),
    Paper("Exposés", "Crues de la Valorne.pptx", ("crues.pptx",), 6),
    Paper("Exposés", "Crues, à reprendre.odp", ("crues.odp",), 6),
    Paper("Exposés", "Profil en long.svg", ("profil.svg",), 7),
)
SOME = tuple(paper for paper in ALL if paper.name.endswith((".pdf", ".md", ".jpg", ".csv", ".svg")))
OWN = (
    Paper("Mémoire", "Bibliographie.md", ("# À lire\n\n- Hydrologie des petites rivières\n- Les crues de 1856\n",), 4),
    Paper("Mémoire", "Profil en long.svg", ("profil.svg",), 4),
    Paper("", "Guide des relevés annoté.pdf", ("releves.pdf",), 20),
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A space that is to be filled: of a community or of a member, by those who have a hand in it."""

    community: Community | None
    member_id: UUID | None
    hands: Sequence[UUID]
    papers: Sequence[Paper]

    @property
    def account_id(self) -> UUID:
        id_ = self.community.id if self.community else self.member_id
        assert id_ is not None
        return id_


async def fill_shelves(settings: Settings, database: Database, today: date) -> None:
    """Each in a transaction."""
    storage = Storage.open(settings)
    for shelf in await database.write(_shelves):
        stored = {}
        for said in {said for paper in shelf.papers for said in paper.says}:
            content = _content(said)
            stored[said] = (content, await storage.put_stream(_once(content)))
        files = {said: (content, one.sha256) for said, (content, one) in stored.items()}
        now = datetime.combine(today, time(9), UTC)
        space = await database.write(_fill, shelf, files, now)
        if shelf.papers is ALL:
            drawn = protocol.draw(await database.read(protocol.people_of, shelf.hands), now)
            blobs = [(await storage.put_stream(_once(one.state))).sha256 for one in drawn]
            await database.write(_put_protocol, shelf, space, drawn, blobs)


async def _shelves(session: AsyncSession) -> list[Shelf]:
    person = await session.scalar(select(Member.id).where(Member.name == OF).order_by(Member.id).limit(1))
    if person is None:
        return []
    hers = select(Membership.circle_id).where(Membership.member_id == person)
    query = select(Community).join(Circle, Circle.id == Community.circle_id)
    query = query.where(Community.circle_id.in_(hers), Community.archived_at.is_(None))
    communities = await session.scalars(query.order_by(Circle.people.desc(), Community.id).limit(COMMUNITIES))
    shelves = [Shelf(None, person, [person], OWN)]
    for number, community in enumerate(communities):
        people = select(Membership.member_id).where(Membership.circle_id == community.circle_id)
        hands = list(await session.scalars(people.order_by(Membership.since, Membership.member_id).limit(HANDS)))
        shelves.append(Shelf(community, None, hands, SOME if number else ALL))
    return shelves


async def _put_protocol(
    session: AsyncSession, shelf: Shelf, space_id: UUID, drawn: Sequence[protocol.Drawn], blobs: Sequence[str]
) -> None:
    """A page; and she follows the folder of what is brought back from the field."""
    space = await session.get_one(Folder, space_id)
    await protocol.put(session, space, shelf.account_id, shelf.hands, drawn, blobs)
    person = await session.scalar(select(Member.id).where(Member.name == OF).order_by(Member.id).limit(1))
    field = await session.scalar(
        select(Folder.id).where(Folder.space_id == space_id, Folder.sort_key == sort_key(unbroken(FIELD)))
    )
    session.add(FollowedFolder(member_id=person, folder_id=field, since=drawn[0].at))
    await session.flush()


async def _fill(session: AsyncSession, shelf: Shelf, files: dict[str, tuple[bytes, str]], now: datetime) -> UUID:
    """Returns the space."""
    space = await _space(session, shelf, now - timedelta(days=60))
    folders = {"": space}
    made: list[UUID] = []
    for number, paper in enumerate(shelf.papers):
        hand, at = shelf.hands[number % len(shelf.hands)], now - timedelta(days=paper.days, minutes=number)
        folder = folders.get(paper.folder) or await _folder(session, shelf, space, paper.folder, hand, at)
        folders[paper.folder] = folder
        folder.changed_at = max(folder.changed_at, at)
        made.append(await _document(session, shelf, space, folder, paper, files, hand, at))
    await session.flush()
    await index_documents(session, made)
    return space.id


async def _space(session: AsyncSession, shelf: Shelf, at: datetime) -> Folder:
    id_ = stable_id(_ms(at), "space", shelf.account_id)
    community, circle_id = shelf.community, shelf.community.circle_id if shelf.community else None
    whose = {"community_id": community.id if community else None, "member_id": shelf.member_id}
    session.add(Guard(id=id_, space_id=id_, circle_id=circle_id, inherits=False, generation=1, version=1, **whose))
    await session.flush()
    session.add(GuardSource(guard_id=id_, source_id=id_))
    if community is not None:
        grant = stable_id(_ms(at), "grant", community.id)
        session.add(
            Grant(id=grant, guard_id=id_, level=WRITE, circle_id=circle_id, community_id=community.id, granted_at=at)
        )
    space = Folder(id=id_, space_id=id_, guard_id=id_, depth=0, used=0, created_at=at, changed_at=at, **whose)
    session.add(space)
    await session.flush()
    return space


async def _folder(session: AsyncSession, shelf: Shelf, space: Folder, name: str, hand: UUID, at: datetime) -> Folder:
    folder = Folder(
        id=stable_id(_ms(at), "folder", shelf.account_id, name),
        parent_id=space.id,
        space_id=space.id,
        guard_id=space.guard_id,
        name=unbroken(name),
        sort_key=sort_key(unbroken(name)),
        depth=1,
        created_by=hand,
        created_at=at,
        changed_at=at,
    )
    session.add(folder)
    await session.flush()
    return folder


async def _document(
    session: AsyncSession,
    shelf: Shelf,
    space: Folder,
    folder: Folder,
    paper: Paper,
    files: dict[str, tuple[bytes, str]],
    hand: UUID,
    at: datetime,
) -> UUID:
    id_, name = stable_id(_ms(at), "document", shelf.account_id, paper.name), unbroken(paper.name)
    last, _ = files[paper.says[-1]]
    media_type = media_type_of(last[:HEAD])
    document = Document(
        id=id_,
        folder_id=folder.id,
        name=name,
        sort_key=sort_key(name),
        media_type=media_type,
        group=group_of(media_type, name),
        size=len(last),
        number=len(paper.says),
        created_by=hand,
        created_at=at,
        changed_by=hand,
        changed_at=at,
    )
    session.add(document)
    for number, said in enumerate(paper.says, start=1):
        content, sha256 = files[said]
        when = at - timedelta(days=len(paper.says) - number)
        kept = {"size": len(content), "media_type": media_type_of(content[:HEAD]), "created_at": when}
        file_id = stable_id(_ms(when), "document file", id_, number)
        whose = {"owner_id": hand, "account_id": IN_A_PLACE, "claimed_kind": KIND, "claimed_id": id_}
        session.add(File(id=file_id, name=name, sha256=sha256, **whose, **kept))
        await session.flush()
        session.add(DocumentVersion(document_id=id_, number=number, file_id=file_id, created_by=hand, **kept))
        space.used += len(content)
        await session.flush()
        await ask(session, file_id)
    return id_


def _content(said: str) -> bytes:
    """The file of this name, an archive of several, or the words themselves."""
    names = said.split()
    if not all((PAPERS / name).is_file() for name in names[:4]):
        return said.encode()
    if len(names) == 1:
        return (PAPERS / said).read_bytes()
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(f"mesures/{name}"), (PAPERS / name).read_bytes())
    return written.getvalue()


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _ms(at: datetime) -> int:
    return int(at.timestamp()) * 1000
