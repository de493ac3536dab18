"""Taking a backup: every table at one instant, then every blob that they knew."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Literal, cast

from sqlalchemy import Connection

from parvis import __version__
from parvis.kernel import clock, migrations
from parvis.kernel.config import Settings
from parvis.kernel.db import Base
from parvis.kernel.db.engine import is_sqlite
from parvis.kernel.errors import NotFound
from parvis.kernel.secrets import derive_key
from parvis.kernel.storage import Storage, blob_key

from .archive import HEAD, MANIFEST, Writer, writing
from .manifest import Blobs, Columns, Head, Manifest, Rows
from .rows import Tally, columns_of, lines, portions
from .snapshots import rows, snapshot

WORKED_OUT = {"entries", "entry_texts", "entry_names", "name_grams", "directory_entries", "processes"}
"""What search finds is written anew by the worker; processes tell of themselves."""
HASH_BYTES = 64


async def take(settings: Settings, path: Path, key: bytes | None) -> Manifest:
    """Writes the backup at `path`. The database's schema is the one of this code."""
    with writing(path, key) as archive, TemporaryFile() as wanted:
        with snapshot(settings.database) as connection:
            head = _head(settings, is_sealed=key is not None)
            archive.add(HEAD, head.model_dump_json().encode())
            tables = {name: _table(archive, connection, name, columns) for name, columns in head.tables.items()}
            _note_blobs(connection, wanted)
        manifest = Manifest(tables=tables, blobs=await _blobs(archive, Storage.open(settings), wanted))
        archive.add(MANIFEST, manifest.model_dump_json().encode())
    return manifest


def fingerprint(secret: bytes) -> str:
    """By which a root secret is known again, and from which it is not found out."""
    return derive_key(secret, "backup fingerprint", 8).hex()


def _head(settings: Settings, *, is_sealed: bool) -> Head:
    [revision] = migrations.heads()
    tables = sorted(Base.metadata.tables.items())
    engine: Literal["sqlite", "postgresql"] = "sqlite" if is_sqlite(settings.database) else "postgresql"
    return Head(
        version=__version__,
        revision=revision,
        engine=engine,
        taken_at=clock.now(),
        secret=fingerprint(settings.secret),
        root_secret=settings.secret.decode() if is_sealed else None,
        tables={name: columns_of(table) for name, table in tables if name not in WORKED_OUT},
    )


def _table(archive: Writer, connection: Connection, name: str, columns: Columns) -> Rows:
    tally = Tally()
    written = lines(rows(connection, name, columns), columns)
    for number, portion in enumerate(portions(written, tally), start=1):
        archive.add(f"tables/{name}/{number:06}.jsonl.gz", portion)
    return tally.rows()


def _note_blobs(connection: Connection, wanted: BinaryIO) -> None:
    """On the disk: a university may have millions."""
    hashes = connection.exec_driver_sql("SELECT DISTINCT sha256 FROM files")
    wanted.writelines(cast(str, sha256).encode() for (sha256,) in hashes)


async def _blobs(archive: Writer, storage: Storage, wanted: BinaryIO) -> Blobs:
    """A blob that no file has stays for an hour. When copying takes longer, what is gone then is said."""
    count, size, gone = 0, 0, list[str]()
    for sha256 in _noted(wanted):
        key = blob_key(sha256)
        try:
            bytes_ = await storage.size(key)
            pieces = await storage.get_stream(key)
        except NotFound:
            gone.append(sha256)
            continue
        await archive.add_stream(key, bytes_, pieces)
        count, size = count + 1, size + bytes_
    return Blobs(count=count, size=size, gone=gone)


def _noted(wanted: BinaryIO) -> Iterator[str]:
    wanted.seek(0)
    while sha256 := wanted.read(HASH_BYTES):
        yield sha256.decode()
