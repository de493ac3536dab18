"""Beginning an import, applying it, cancelling it. One is under way at a time."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy as people_policy
from parvis.accounts.actor import Actor
from parvis.accounts.queries.people import NOT_YOURS
from parvis.files import service as files
from parvis.files.models import File
from parvis.files.service import Received
from parvis.imports import policy
from parvis.imports.models import FILE_KIND, Import, ImportedLine, ImportedPlace, ImportFinding
from parvis.imports.options import Confirmation, Options
from parvis.imports.queries.imports import import_of
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import Conflict, require
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import enqueue

READ = "imports.read"
APPLY = "imports.apply"
FORGET = "imports.forget"
KEPT_READY = timedelta(days=7)
"""How long a report waits to be applied: the ledger moves on meanwhile."""
KEPT_REPORT = timedelta(days=30)
FORGOTTEN_AT_ONCE = 500
SILENT = timedelta(seconds=20)
"""After so long without a step, a run of the command line has died."""


class ImportUnderWay(Conflict):
    code = "import_under_way"
    title = {"fr": "Un autre import est en cours.", "en": "Another import is under way."}


class NotReady(Conflict):
    code = "import_not_ready"
    title = {"fr": "Cet import n’attend pas d’être appliqué.", "en": "This import is not waiting to be applied."}


class TooManyClosings(Conflict):
    code = "too_many_closings"
    title = {
        "fr": "Cet import fermerait trop d’affiliations. Confirmez-le expressément.",
        "en": "This import would close too many affiliations. Confirm it expressly.",
    }


async def begin(
    session: AsyncSession, actor: Actor, file_id: UUID, units_file_id: UUID | None, options: Options
) -> Import:
    """Has an uploaded file read and compared; nothing of it is written yet.

    Raises `Forbidden`, `NotFound` for a file that is not the actor's, and `ImportUnderWay`.
    """
    require(people_policy.may_manage_people(actor), NOT_YOURS)
    import_id = new_id()
    file = await files.claim(session, actor, file_id, FILE_KIND, import_id)
    units = await files.claim(session, actor, units_file_id, FILE_KIND, import_id) if units_file_id else None
    begun = _begun(import_id, file, units, options)
    begun.created_by, begun.is_administrators = actor.id, actor.is_administrator
    await _take_turn(session, begun)
    await enqueue(session, READ, {"import_id": str(import_id)}, unique=str(import_id))
    audit(session, actor.id, "import.begun", "import", import_id, {"complete": options.complete})
    return begun


async def begin_by_hand(session: AsyncSession, file: Received, units: Received | None, options: Options) -> UUID:
    """The same from the server's own command line, which reads it itself. A run of it that died gives way.

    Raises `ImportUnderWay`.
    """
    import_id = new_id()
    await _bury(session)
    kept = await files.keep_claimed(session, file, FILE_KIND, import_id)
    kept_units = await files.keep_claimed(session, units, FILE_KIND, import_id) if units else None
    begun = _begun(import_id, kept, kept_units, options)
    begun.is_administrators = True
    await _take_turn(session, begun)
    audit(session, None, "import.begun", "import", import_id, {"complete": options.complete})
    return import_id


async def apply(
    session: AsyncSession, actor: Actor, import_id: UUID, agreed: Confirmation, unchanged: Callable[[int], None]
) -> Import:
    """Has what the report tells done.

    Raises `Forbidden`, `NotFound`, `PreconditionRequired`, `PreconditionFailed`, `NotReady` and `TooManyClosings`.
    """
    require(people_policy.may_manage_people(actor), NOT_YOURS)
    ready = await import_of(session, import_id, held=True)
    unchanged(ready.version)
    _confirm(ready, agreed)
    ready.applied_by, ready.is_administrators = actor.id, actor.is_administrator
    await enqueue(session, APPLY, {"import_id": str(import_id)}, unique=str(import_id))
    _audit_confirmed(session, actor.id, ready)
    return ready


async def apply_by_hand(session: AsyncSession, import_id: UUID, agreed: Confirmation) -> None:
    """The same from the command line. Raises `NotFound`, `NotReady` and `TooManyClosings`."""
    ready = await import_of(session, import_id, held=True)
    _confirm(ready, agreed)
    _audit_confirmed(session, None, ready)


async def cancel(session: AsyncSession, actor: Actor, import_id: UUID) -> Import:
    """Stops it where it is: what was applied stays. One that has ended stays as it is.

    Raises `Forbidden` and `NotFound`.
    """
    require(people_policy.may_manage_people(actor), NOT_YOURS)
    found = await import_of(session, import_id, held=True)
    if found.is_under_way:
        await end(session, found, "cancelled")
        audit(session, actor.id, "import.cancelled", "import", import_id, {})
    return found


async def cancel_by_hand(session: AsyncSession, import_id: UUID) -> None:
    """The same from the command line. Raises `NotFound`."""
    found = await import_of(session, import_id, held=True)
    if found.is_under_way:
        await end(session, found, "cancelled")


async def fail(session: AsyncSession, import_id: UUID, code: str, columns: Sequence[str]) -> None:
    """The file cannot be read at all. Raises `NotFound`."""
    found = await import_of(session, import_id, held=True)
    if found.is_under_way:
        found.failure, found.columns = code, list(columns)
        await end(session, found, "failed")


async def end(session: AsyncSession, of: Import, state: str) -> None:
    """Frees the way for the next one; its lines are forgotten at once, its report after thirty days."""
    of.state, of.is_under_way, of.ended_at, of.version = state, False, clock.now(), of.version + 1
    await forget_later(session, of.id)


async def forget_later(session: AsyncSession, import_id: UUID) -> None:
    """Raises nothing: both are jobs."""
    await enqueue(session, FORGET, {"import_id": str(import_id)})
    await enqueue(session, FORGET, {"import_id": str(import_id), "report": True}, run_at=clock.now() + KEPT_REPORT)


async def expire(session: AsyncSession, import_id: UUID) -> None:
    """A report that nobody applied."""
    found = await session.get(Import, import_id, with_for_update=True, populate_existing=True)
    if found is not None and found.state == "ready" and clock.now() - found.beaten_at >= KEPT_READY:
        await end(session, found, "cancelled")


async def forget(session: AsyncSession, import_id: UUID, *, report: bool) -> bool:
    """Forgets at most 500 rows of an import that has ended, then its files. Returns whether there may be more."""
    for table in (ImportedLine, ImportedPlace):
        lines = select(table.line).where(table.import_id == import_id).limit(FORGOTTEN_AT_ONCE)
        gone = delete(table).where(table.import_id == import_id, table.line.in_(lines.scalar_subquery()))
        if (await session.scalars(gone.returning(table.line))).all():
            return True
    if report:
        told = select(ImportFinding.id).where(ImportFinding.import_id == import_id).limit(FORGOTTEN_AT_ONCE)
        ended = delete(ImportFinding).where(ImportFinding.id.in_(told.scalar_subquery()))
        if (await session.scalars(ended.returning(ImportFinding.id))).all():
            return True
    await _forget_files(session, import_id)
    return False


async def _forget_files(session: AsyncSession, import_id: UUID) -> None:
    found = await session.get(Import, import_id, populate_existing=True)
    if found is None or found.is_under_way:
        return
    ids = [each for each in (found.file_id, found.units_file_id) if each is not None]
    found.file_id = found.units_file_id = None
    await session.flush()
    for file_id in ids:
        await files.remove(session, file_id)


async def _bury(session: AsyncSession) -> None:
    """Ends a run of the command line that has not moved for a while."""
    query = select(Import).where(Import.is_under_way.is_(True), Import.created_by.is_(None)).with_for_update()
    found = (await session.execute(query)).scalar_one_or_none()
    if found is not None and clock.now() - found.beaten_at >= SILENT:
        await end(session, found, "cancelled")
        await session.flush()


async def _take_turn(session: AsyncSession, begun: Import) -> None:
    """The index decides."""
    try:
        async with session.begin_nested():
            session.add(begun)
            await session.flush()
    except IntegrityError:
        raise ImportUnderWay from None
    await enqueue(
        session, FORGET, {"import_id": str(begun.id), "expire": True}, run_at=clock.now() + KEPT_READY + SILENT
    )


def _begun(import_id: UUID, file: File, units: File | None, options: Options) -> Import:
    return Import(
        id=import_id,
        is_under_way=True,
        state="reading",
        file_name=file.name,
        file_id=file.id,
        units_file_id=units.id if units else None,
        complete=options.complete,
        kinds=sorted(set(options.kinds)),
        most_closed_percent=options.most_closed_percent,
        total=file.size,
        today=clock.now().date(),
    )


def _confirm(ready: Import, agreed: Confirmation) -> None:
    if ready.state != "ready":
        raise NotReady
    if policy.is_stopped(ready) and not agreed.close_anyway:
        raise TooManyClosings(extra={name: ready.counts.get(name, 0) for name in ("closed", "closable", "lost")})
    ready.state, ready.phase, ready.cursor, ready.progress, ready.total = "applying", "places", None, 0, 0
    ready.send_activations, ready.today = agreed.send_activations, clock.now().date()
    ready.beaten_at, ready.version = clock.now(), ready.version + 1


def _audit_confirmed(session: AsyncSession, actor_id: UUID | None, ready: Import) -> None:
    said = ("created", "changed", "closed", "refused")
    detail = {name: int(ready.counts.get(name, 0)) for name in said}
    audit(session, actor_id, "import.confirmed", "import", ready.id, {**detail, "mails": ready.send_activations})
