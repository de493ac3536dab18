"""Making a Parvis of a backup, on an empty machine."""

import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from alembic import command
from alembic.util.exc import CommandError
from pydantic import ValidationError
from sqlalchemy import Connection, delete, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member, Session
from parvis.accounts.models.sessions import AuthorizationCode
from parvis.accounts.models.tickets import Ticket
from parvis.accounts.service.leaving import ERASE
from parvis.files.uploads.models import Upload, UploadPart
from parvis.kernel import clock, migrations, statistics
from parvis.kernel.audit import Auditor, audit
from parvis.kernel.backup_history import Backup
from parvis.kernel.config import Settings
from parvis.kernel.db.writer import SessionInHand, finish
from parvis.kernel.jobs import Job, enqueue
from parvis.kernel.mail.mailer import MAIL_JOB
from parvis.kernel.storage import Storage
from parvis.kernel.stream import renew_epoch
from parvis.notifications.models import DueMail
from parvis.notifications.push.following import PUSH, SPREAD
from parvis.search.rebuilding import enqueue_rebuild

from .archive import HEAD, MANIFEST, Broken, reading
from .histories import renumber
from .manifest import Columns, Head, Manifest, Rows
from .rows import Tally, lines, values
from .snapshots import rows as rows_of
from .taking import fingerprint
from .targets import count_on, empty, fill, filling, look_at_foreign_keys, without_foreign_keys

PIECE = 2**20
Members = Iterator[tuple[str, BinaryIO]]


class OtherSecret(Exception):
    """This machine has another root secret than the one that was backed up."""


@dataclass(frozen=True)
class Restored:
    head: Head
    manifest: Manifest
    erased: Sequence[UUID]
    """Who is there, and was erased since."""


async def restore(
    settings: Settings, path: Path, key: bytes | None, erased: Iterable[UUID] = (), *, whatever_secret: bool = False
) -> Restored:
    """Raises `NotEmpty`, `Broken`, `WrongKey` and `OtherSecret`; then the database is as it was: nothing."""
    with reading(path, key) as members:
        head = _head(members)
        with filling(settings.database) as connection:
            secret = _settled_secret(settings, head, whatever_secret=whatever_secret)
            _migrate(connection, head.revision)
            with without_foreign_keys(connection):
                empty(connection, _filled_by_migrations(connection))
                manifest = await _contents(connection, Storage.open(settings), head, members)
                for name, columns in head.tables.items():
                    if _counted(connection, name, columns) != manifest.tables[name]:
                        raise Broken(f"the rows of {name} are not those that were taken")
            _migrate(connection, "head")
            renumber(connection)
            count_on(connection)
            look_at_foreign_keys(connection)
            origin = _origin(path, head)
            gone = _in_hand(connection, lambda session: _begin_anew(session, secret, origin, list(erased)))
        await statistics.gathered(settings.database)
        return Restored(head, manifest, gone)


def _head(members: Members) -> Head:
    name, content = next(members, ("", None))
    if name != HEAD or content is None:
        raise Broken("it is no backup")
    try:
        return Head.model_validate_json(content.read())
    except ValidationError:
        raise Broken("it was written by another version of Parvis, in another way") from None


def _origin(path: Path, head: Head) -> Backup:
    return Backup(act="restored", as_of=head.taken_at, size=path.stat().st_size, is_sealed=head.root_secret is not None)


def _settled_secret(settings: Settings, head: Head, *, whatever_secret: bool) -> bytes:
    """The root secret to go on with: what the backup holds, where this machine has none yet."""
    kept = settings.data_dir / "secret"
    if not settings.secret_key.get_secret_value() and not kept.exists():
        if head.root_secret is None and not whatever_secret:
            raise OtherSecret
        if head.root_secret is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            with open(kept, "x", opener=_owner_only) as file:
                file.write(head.root_secret)
    if fingerprint(settings.secret) != head.secret and not whatever_secret:
        raise OtherSecret
    return settings.secret


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def _migrate(connection: Connection, revision: str) -> None:
    config = migrations.alembic_config(connection.engine.url.render_as_string(hide_password=False))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError:
        raise Broken(f"it is of tables that this Parvis does not know ({revision}): install a later one") from None


def _filled_by_migrations(connection: Connection) -> list[str]:
    names = inspect(connection).get_table_names()
    return [name for name in names if not name.startswith(("alembic_version", "entry_tokens"))]


async def _contents(connection: Connection, storage: Storage, head: Head, members: Members) -> Manifest:
    """Puts every row and every blob where it belongs; what it held, as it says itself at its end."""
    count, size = 0, 0
    for name, content in members:
        if name == MANIFEST:
            manifest = Manifest.model_validate_json(content.read())
            if (manifest.blobs.count, manifest.blobs.size) != (count, size):
                raise Broken("blobs are missing")
            return manifest
        if name.startswith("tables/"):
            table = name.split("/")[1]
            columns = head.tables[table]
            fill(connection, table, columns, values(content.read(), columns, connection.dialect.name))
        else:
            stored = await storage.put_stream(_pieces(content), expected_sha256=name.rpartition("/")[2])
            count, size = count + 1, size + stored.size
    raise Broken("it is cut: its end is missing")


async def _pieces(content: BinaryIO) -> AsyncIterator[bytes]:
    while piece := content.read(PIECE):
        yield piece


def _counted(connection: Connection, name: str, columns: Columns) -> Rows:
    tally = Tally()
    for line in lines(rows_of(connection, name, columns), columns):
        tally.add(line)
    return tally.rows()


def _in_hand(connection: Connection, verb: Callable[[AsyncSession], Coroutine[Any, Any, Any]]) -> Any:
    session = SessionInHand(connection)
    try:
        done = finish(verb(cast(AsyncSession, session)))
        session.finish()
        return done
    finally:
        session.close()


async def _begin_anew(session: AsyncSession, secret: bytes, origin: Backup, erased: Sequence[UUID]) -> list[UUID]:
    """What must not go on from where it was: clients, sign-ins, uploads under way, and what was about to be sent, which
    most likely has been."""
    await renew_epoch(session)
    for gone in (Session, AuthorizationCode, Ticket, UploadPart, Upload, DueMail):
        await session.execute(delete(gone).execution_options(synchronize_session=False))
    sent = Job.name.in_([MAIL_JOB, PUSH, SPREAD])
    await session.execute(delete(Job).where(sent).execution_options(synchronize_session=False))
    await enqueue_rebuild(session)
    session.add(origin)
    there = select(Member.id).where(Member.id.in_(erased), Member.deleted_at.is_(None))
    found = list(await session.scalars(there))
    await session.execute(
        update(Member)
        .where(Member.id.in_(found))
        .values(leaves_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    for member_id in found:
        await enqueue(session, ERASE, {"member_id": str(member_id)})
    audit(session, None, "backup.restored", "organisation", None)
    await Auditor(secret).write_audited(session)
    return found
