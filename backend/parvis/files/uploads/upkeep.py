"""Forgetting uploads whose time is over, and parts that belong to none."""

from uuid import UUID

import structlog

from parvis.files.tidying import AT_ONCE
from parvis.kernel.jobs import Handler, LeasedJob
from parvis.kernel.runtime import Parvis

from . import queries, service

log = structlog.get_logger()


def expire_uploads(parvis: Parvis) -> Handler:
    """The handler of `files.expire_uploads`: gives back the room of those that did not go on for a day."""

    async def expire(_job: LeasedJob) -> None:
        while await parvis.database.write(service.forget_expired):
            pass
        await sweep(parvis)

    return expire


async def sweep(parvis: Parvis) -> int:
    """Removes the parts of what is no upload under way: it expired, was given up, or ended in a process that died
    then. Says of how many."""
    known = {UUID(hex=folder): folder for folder in await parvis.storage.parts.all() if _is_id(folder)}
    ids, swept = list(known), 0
    for start in range(0, len(ids), AT_ONCE):
        async with parvis.database.reading() as session:
            unknown = await queries.unknown_among(session, ids[start : start + AT_ONCE])
        for upload_id in unknown:
            await parvis.storage.parts.forget(known[upload_id])
        swept += len(unknown)
    if swept:
        log.info("files.swept_parts", uploads=swept)
    return swept


def _is_id(folder: str) -> bool:
    return len(folder) == 32 and all(sign in "0123456789abcdef" for sign in folder)
