"""The first page of a folder of 10,000 documents, against a bare route that runs the same statements.

    .venv/bin/python -m bench.documents

One asks again and again, in the same process as the server, so that what is measured is the server's own time; `bare`
is the same statements on the bare driver. With `PARVIS_TEST_POSTGRES_URL`, on PostgreSQL too.
"""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, create_engine, make_url, text

from bench.chat import keep
from bench.directory import HEADER, sample, serving
from bench.directory_people import ORGANISATION
from parvis.accounts.models import AccessToken, Affiliation, Member, Organisation
from parvis.circles.models import Circle, Membership
from parvis.communities.models import Community
from parvis.documents.models import WRITE, Document, DocumentVersion, Folder, Grant, Guard, GuardSource
from parvis.documents.names import sort_key
from parvis.files.models import File
from parvis.kernel import clock
from parvis.kernel.ids import new_id
from parvis.kernel.migrations import migrate
from parvis.kernel.secrets import hash_token

DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS", "10000"))
ASKED = {
    "by name": "",
    "last changed": "?sort=-changed_at",
    "largest": "?sort=-size",
    "one kind": "?kind=pdf",
    "a word": "?q=plan%209",
}
Fill = Callable[[Engine, UUID, UUID, dict[str, Any]], None]
"""Puts documents of a member into a folder. Last, what a guard right under the space is."""
GROUPS = ("pdf", "document", "image", "sheet", "text")


async def main() -> None:
    print(HEADER, flush=True)
    await on_each(measure)


async def on_each(measured: Callable[[str], Awaitable[None]]) -> None:
    """On SQLite, and on PostgreSQL where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        await measured(f"sqlite:///{folder}/documents.db")
    if "PARVIS_TEST_POSTGRES_URL" in os.environ:
        await _with_postgresql(os.environ["PARVIS_TEST_POSTGRES_URL"], measured)


async def _with_postgresql(server: str, measured: Callable[[str], Awaitable[None]]) -> None:
    name = f"bench_{new_id().hex[-12:]}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            url = make_url(server).set(drivername="postgresql+psycopg", database=name)
            await measured(url.render_as_string(hide_password=False))
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


async def measure(url: str) -> None:
    token, folder_id = prepare(url, _keep_documents)
    async with serving(url) as (parvis, client):
        headers = {"authorization": f"Bearer {token}"}
        for what, query in ASKED.items():
            path = f"/api/v1/folders/{folder_id}/documents{query}"
            await sample(parvis.database, what, lambda p=path: client.get(p, headers=headers))


def prepare(url: str, fill: Fill, role: str = "member", may: Sequence[str] = ("documents:read",)) -> tuple[str, UUID]:
    """A community with its space, and a folder of it that is filled. Returns a token of who is in the community, and
    the folder."""
    migrate(url)
    engine = create_engine(url)
    now, reader, space_id, folder_id = clock.now(), new_id(), new_id(), new_id()
    circle_id, community_id = new_id(), new_id()
    token = f"parvis_pat_{new_id().hex}{new_id().hex}"
    named = {"id": 1, "name": "U", "short_name": "U", "languages": ["fr"], "domains": {}}
    keep(engine, Organisation, [named | ORGANISATION])
    person = {"name": "Ana", "sort_name": "ana", "language": "fr", "activated_at": now}
    keep(engine, Member, [{"id": reader, **person}])
    student = {"member_id": reader, "kind": "student", "source": "institution", "starts_on": now.date()}
    keep(engine, Affiliation, [{"id": new_id(), **student}])
    until = {"expires_at": now + timedelta(days=1), "used_at": now}
    scoped = {"member_id": reader, "token_hash": hash_token(token), "scopes": list(may), "name": "", **until}
    keep(engine, AccessToken, [{"id": new_id(), **scoped}])
    keep(engine, Circle, [{"id": circle_id, "people": 1, "mix": {}}])
    keep(engine, Membership, [{"circle_id": circle_id, "member_id": reader, "role": role}])
    about = {"name": "Tous", "sort_name": "tous", "access": "on_request", "circle_id": circle_id}
    keep(engine, Community, [{"id": community_id, **about}])
    of_space = {"space_id": space_id, "community_id": community_id, "circle_id": circle_id}
    keep(engine, Guard, [{"id": space_id, "parent_id": None, "inherits": False, **of_space}])
    keep(engine, GuardSource, [{"guard_id": space_id, "source_id": space_id}])
    to_all = {"guard_id": space_id, "level": WRITE, "circle_id": circle_id, "community_id": community_id}
    keep(engine, Grant, [{"id": new_id(), **to_all}])
    placed = {"space_id": space_id, "guard_id": space_id}
    keep(engine, Folder, [{"id": space_id, "community_id": community_id, **placed}])
    tree = {"parent_id": space_id, "depth": 1}
    keep(engine, Folder, [{"id": folder_id, "name": "Tout", "sort_key": "tout", **tree, **placed}])
    fill(engine, reader, folder_id, {**of_space, "parent_id": space_id, "inherits": False})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
    return token, folder_id


def _keep_documents(engine: Engine, reader: UUID, folder_id: UUID, guarded: dict[str, Any]) -> None:
    """Two in a hundred have rights of their own."""
    now, ids = clock.now(), [(new_id(), new_id()) for _ in range(DOCUMENTS)]
    apart = [id_ for number, (id_, _) in enumerate(ids) if number % 50 == 0]
    keep(engine, Guard, [{"id": id_, **guarded} for id_ in apart])
    keep(engine, GuardSource, [{"guard_id": id_, "source_id": id_} for id_ in apart])
    of_file = {"size": 1, "media_type": "application/pdf"}
    names = [f"Plan {number}.pdf" for number in range(DOCUMENTS)]
    keep(engine, File, [{"id": file, "name": "Plan.pdf", "sha256": file.hex * 2, **of_file} for _, file in ids])
    keep(
        engine,
        Document,
        [
            {
                "id": id_,
                "folder_id": folder_id,
                "guard_id": id_ if number % 50 == 0 else None,
                "name": names[number],
                "sort_key": sort_key(names[number]),
                "group": GROUPS[number % len(GROUPS)],
                "changed_at": now - timedelta(minutes=number),
                "created_by": reader,
                "changed_by": reader,
                **of_file,
                "size": number,
            }
            for number, (id_, _) in enumerate(ids)
        ],
    )
    keep(engine, DocumentVersion, [{"document_id": id_, "number": 1, "file_id": file, **of_file} for id_, file in ids])


if __name__ == "__main__":
    asyncio.run(main())
