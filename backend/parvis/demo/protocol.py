"""A page that several wrote together: how measurements are taken in the field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.documents.models import Document, DocumentVersion, Folder
from parvis.documents.names import group_of, sort_key
from parvis.documents.queries.documents import ENTRY, KIND
from parvis.documents.written import PAGE_TYPE
from parvis.files.models import File, KeptElsewhere
from parvis.files.places import IN_A_PLACE
from parvis.kernel import entries
from parvis.pages import tree, yjs
from parvis.pages.models import PageAuthor, PageClient, PageVersion, WrittenPage
from parvis.pages.tree import Node

from .stable import stable_id
from .words.spaces import unbroken

NAME = "Protocole de relevés"
DAYS = 4
"""How old its last version is; each version is some days older than the next."""
BETWEEN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Stage:
    """A version: what was added by whom, of those who have a hand in the space; by which name it goes."""

    hand: int
    nodes: Sequence[Node]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The page after a stage."""

    state: bytes
    hand: UUID
    at: datetime
    text: str
    label: str


def draw(people: Sequence[tuple[UUID, str]], now: datetime) -> list[Drawn]:
    """What it was, version by version, by these people."""
    made: list[Drawn] = []
    state = yjs.EMPTY
    stages = _stages(people, now)
    for number, stage in enumerate(stages):
        hand = stage.hand % len(people)
        document = yjs.document([state], client_id=_client_id(hand))
        tree.write(document, stage.nodes)
        state = document.get_update()
        at = now - timedelta(days=DAYS) - BETWEEN * (len(stages) - 1 - number)
        made.append(Drawn(state, people[hand][0], at, tree.text_of(tree.read(document)), stage.label))
    return made


async def people_of(session: AsyncSession, hands: Sequence[UUID]) -> list[tuple[UUID, str]]:
    """Who they are, in that order."""
    names = {
        row.id: row.name for row in await session.execute(select(Member.id, Member.name).where(Member.id.in_(hands)))
    }
    return [(id_, names[id_]) for id_ in hands]


async def put(
    session: AsyncSession,
    space: Folder,
    account_id: UUID,
    hands: Sequence[UUID],
    drawn: Sequence[Drawn],
    blobs: Sequence[str],
) -> None:
    """Keeps the page in a space. `blobs`: under which hashes the states are kept."""
    first, last, name = drawn[0], drawn[-1], unbroken(NAME)
    id_ = stable_id(_ms(first.at), "page", account_id)
    about = {"name": name, "sort_key": sort_key(name), "media_type": PAGE_TYPE, "group": group_of(PAGE_TYPE, name)}
    session.add(
        Document(
            id=id_,
            folder_id=space.id,
            kind="page",
            size=len(last.state),
            number=len(drawn),
            created_by=first.hand,
            created_at=first.at,
            changed_by=last.hand,
            changed_at=last.at,
            **about,
        )
    )
    await session.flush()
    written = {"state": last.state, "state_seq": len(drawn), "seq": len(drawn), "size": len(last.state)}
    session.add(WrittenPage(document_id=id_, text=last.text, written_by=last.hand, written_at=last.at, **written))
    session.add(KeptElsewhere(id=id_, size=len(last.state)))
    space.used += len(last.state)
    await session.flush()
    for number, (one, sha256) in enumerate(zip(drawn, blobs, strict=True), start=1):
        file_id = stable_id(_ms(one.at), "page file", id_, number)
        kept: dict[str, Any] = {"size": len(one.state), "media_type": PAGE_TYPE, "created_at": one.at}
        whose = {"owner_id": one.hand, "account_id": IN_A_PLACE, "claimed_kind": KIND, "claimed_id": id_}
        session.add(File(id=file_id, name=name, sha256=sha256, **whose, **kept))
        await session.flush()
        version = {"document_id": id_, "number": number}
        session.add(DocumentVersion(**version, file_id=file_id, label=one.label, created_by=one.hand, **kept))
        session.add(PageVersion(**version, seq=number, characters=len(one.text), kept_at=one.at))
        await session.flush()
        session.add(PageAuthor(**version, member_id=one.hand))
        space.used += len(one.state)
    for hand, member_id in enumerate(hands):
        seqs = [number for number, one in enumerate(drawn, start=1) if one.hand == member_id]
        if seqs:
            session.add(PageClient(document_id=id_, client_id=_client_id(hand), member_id=member_id, last_seq=seqs[-1]))
    await session.flush()
    draft = entries.Draft(
        id_,
        name,
        last.text,
        "fr",
        part="page",
        place_id=space.id,
        forgiven=True,
        author_id=last.hand,
        at=last.at,
    )
    await entries.put(session, ENTRY, [id_], [draft])


def _stages(people: Sequence[tuple[UUID, str]], now: datetime) -> list[Stage]:
    return [
        Stage(
            0,
            [
                _heading("Principe"),
                _text(
                    "Trois points, deux saisons, une même hauteur de référence. Chaque relevé doit pouvoir être refait"
                    " dans quinze ans par quelqu’un qui ne nous connaît pas."
                ),
            ],
            "Première trame",
        ),
        Stage(
            1,
            [
                _heading("Les trois points"),
                _text(
                    "R1 se trouve en rive meuble, vingt mètres en amont du saule. R2 est sur l’ancienne digue, côté"
                    " aval, accessible à pied sec toute l’année. R3 longe la frayère : on reste sur le chemin et on"
                    " mesure à la perche."
                ),
                _text(
                    "À chaque point, noter la cote d’eau et la nature de la berge, puis prendre une photo face au"
                    " courant."
                ),
                {
                    "type": "callout",
                    "attrs": {"kind": "warning"},
                    "content": [
                        _text(
                            "Départ à 8 h 15, parking de la Citadelle. En cas de vigilance orange, la sortie est"
                            " reportée d’une semaine."
                        )
                    ],
                },
            ],
        ),
        Stage(
            2,
            [
                _heading("Matériel à emporter"),
                {
                    "type": "taskList",
                    "content": [
                        _task("Deux mires graduées", people, 1, now, checked=True),
                        _task("GPS de la faculté, batteries chargées", people, 0, now),
                        _task("Bottes, tailles 37 à 44, et gilets", people, 3, now),
                    ],
                },
                {
                    "type": "paragraph",
                    "content": [
                        {"type": "mention", "attrs": {"id": str(people[0][0]), "label": people[0][1]}},
                        {"type": "text", "text": " garde la clé du local."},
                    ],
                },
            ],
            "Avant la sortie",
        ),
        Stage(
            3,
            [
                _heading("Valeurs de référence"),
                _table(
                    ("Point", "Berge", "Cote 2011", "Cote 2026"),
                    ("R1", "Limon, racines", "182,40 m", "182,15 m"),
                    ("R2", "Blocs, maçonnerie", "182,10 m", "182,08 m"),
                    ("R3", "Gravier fin", "181,75 m", "181,32 m"),
                ),
            ],
        ),
    ]


def _heading(words: str) -> Node:
    return {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": unbroken(words)}]}


def _text(words: str) -> Node:
    return {"type": "paragraph", "content": [{"type": "text", "text": unbroken(words)}]}


def _task(words: str, people: Sequence[tuple[UUID, str]], hand: int, now: datetime, *, checked: bool = False) -> Node:
    due = (now + timedelta(days=5)).date().isoformat()
    given = {"checked": checked, "assignee": str(people[hand % len(people)][0]), "due": due}
    return {"type": "taskItem", "attrs": given, "content": [_text(words)]}


def _table(*lines: Sequence[str]) -> Node:
    def line(cells: Sequence[str], kind: str) -> Node:
        return {"type": "tableRow", "content": [{"type": kind, "content": [_text(cell)]} for cell in cells]}

    head, *rest = lines
    body = [line(cells, "tableCell") for cells in rest]
    return {"type": "table", "content": [line(head, "tableHeader"), *body]}


def _client_id(hand: int) -> int:
    return 1284 + hand


def _ms(at: datetime) -> int:
    return int(at.timestamp()) * 1000
