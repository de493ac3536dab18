"""`parvis backup`, `parvis restore` and `parvis erasures`, in the terminal."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from parvis.accounts.models import Member
from parvis.accounts.service.leaving import ERASE
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import LeasedJob
from parvis.kernel.runtime import Parvis
from parvis.personal_data.service.erasure import erase_members

from .manifest import Manifest
from .restoring import Restored
from .sealing import SHORTEST_KEY

AN_ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


class KeyTooShort(Exception):
    """A key of so few characters is guessed."""


def default_name(now: datetime, *, is_sealed: bool) -> Path:
    return Path(f"parvis-{now:%Y%m%dT%H%M%SZ}.tar{'.sealed' if is_sealed else ''}")


def key_in(file: Path | None) -> bytes | None:
    """Raises `KeyTooShort`."""
    if file is None:
        return None
    key = file.read_bytes().strip()
    if len(key) < SHORTEST_KEY:
        raise KeyTooShort(f"{file} must hold at least {SHORTEST_KEY} characters: openssl rand -base64 48")
    return key


def ids_in(file: Path | None) -> list[UUID]:
    """Every identifier that stands in it, whatever stands around it: one a line, or lines of the log."""
    return [UUID(found) for found in AN_ID.findall(file.read_text())] if file else []


def said_of(manifest: Manifest) -> str:
    rows = sum(table.count for table in manifest.tables.values())
    said = f"{rows:,} rows of {len(manifest.tables)} tables, {manifest.blobs.count:,} blobs"
    if manifest.blobs.gone:
        said += f" ({len(manifest.blobs.gone)} more were cleared away meanwhile: {', '.join(manifest.blobs.gone)})"
    return f"{said} of {manifest.blobs.size:,} bytes."


def said_of_restored(restored: Restored) -> str:
    head = restored.head
    return (
        f"Restored as it was at {head.taken_at:%Y-%m-%d %H:%M:%S} UTC, by Parvis {head.version}: "
        f"{said_of(restored.manifest)} Hashes of all rows and blobs agree. Everybody signs in again; tokens of "
        "scripts, calendars and shared links are as they were then. "
        f"{len(restored.erased)} members erased since are erased again."
    )


async def erased_members(parvis: Parvis) -> Sequence[tuple[UUID, datetime]]:
    """Who was erased, and when, the oldest first."""
    async with parvis.database.reading() as session:
        erased = select(Member.id, Member.deleted_at).where(Member.deleted_at.is_not(None)).order_by(Member.deleted_at)
        return [(member_id, at) for member_id, at in await session.execute(erased) if at is not None]


async def erase_again(parvis: Parvis, members: Sequence[UUID]) -> None:
    """At once; whatever of it is not done then, the worker does."""
    erase = erase_members(parvis)
    for member_id in members:
        await erase(LeasedJob(new_id(), ERASE, {"member_id": str(member_id)}, attempts=1))
