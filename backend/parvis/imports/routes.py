"""Importing people, for their administrators."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.responses import StreamingResponse

from parvis.accounts.auth import Proved, SignedIn
from parvis.kernel.errors import (
    Forbidden,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    ProofRequired,
    TooManyRequests,
)
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.runtime import Running
from parvis.kernel.web import IfMatchNeeded, Language, Reading, Writer, documented

from .models import FindingKind
from .queries import imports as queries
from .report import written_report
from .schemas import FindingOut, ImportConfirmation, ImportDraft, ImportOut
from .service import imports as service
from .service.imports import ImportUnderWay, NotReady, TooManyClosings

router = APIRouter(prefix="/people/imports", tags=["people"])

CSV: dict[int | str, dict[str, Any]] = {
    200: {"description": "The report.", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


async def _importer(actor: SignedIn) -> str:
    return str(actor.id)


@router.get("", responses=documented([Forbidden]))
async def list_imports(actor: SignedIn, session: Reading, page: PageQuery, language: Language) -> Page[ImportOut]:
    """Imports, the latest first."""
    return await paginate(
        session, queries.imports(actor), queries.IMPORTS_ORDER, page, lambda found: ImportOut.of(found, language)
    )


@router.post(
    "",
    status_code=201,
    responses=documented([Forbidden, NotFound, ImportUnderWay, IdempotencyKeyReused, TooManyRequests]),
    dependencies=[limited("import", "30/hour", network="300/hour", who=_importer)],
)
async def begin_import(draft: ImportDraft, actor: SignedIn, once: Once, language: Language) -> ImportOut:
    """Have files read and compared. Nothing of them is written: see what is found, then apply it."""
    return await once(
        lambda begun: ImportOut.of(begun, language),
        service.begin,
        actor,
        draft.file_id,
        draft.units_file_id,
        draft.options(),
    )


@router.get("/{import_id:uuid}", responses=documented([Forbidden, NotFound]))
async def get_import(
    import_id: UUID, actor: SignedIn, session: Reading, language: Language, response: Response
) -> ImportOut:
    """One import: how far it has come, what it found, what it did."""
    found = await queries.one(session, actor, import_id)
    response.headers["etag"] = etag_of(found.version)
    return ImportOut.of(found, language)


@router.get("/{import_id:uuid}/findings", responses=documented([Forbidden, NotFound]))
async def list_import_findings(
    import_id: UUID,
    actor: SignedIn,
    session: Reading,
    page: PageQuery,
    language: Language,
    kind: FindingKind | None = None,
) -> Page[FindingOut]:
    """What would be done, and what was refused, by line."""
    found = await queries.one(session, actor, import_id)
    wanted = queries.findings(found.id, kind)
    return await paginate(
        session, wanted, queries.FINDINGS_ORDER, page, lambda finding: FindingOut.of(finding, language)
    )


@router.get(
    "/{import_id:uuid}/report",
    response_class=Response,
    responses={**CSV, **documented([Forbidden, NotFound])},
)
async def download_import_report(
    import_id: UUID, actor: SignedIn, session: Reading, parvis: Running, language: Language
) -> Response:
    """Download the whole report, as CSV."""
    found = await queries.one(session, actor, import_id)
    return StreamingResponse(
        written_report(parvis.database, found.id, language),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="import.csv"', "cache-control": "no-store"},
    )


@router.put(
    "/{import_id:uuid}/application",
    responses=documented(
        [
            Forbidden,
            ProofRequired,
            NotFound,
            NotReady,
            TooManyClosings,
            PreconditionFailed,
            PreconditionRequired,
        ]
    ),
)
async def apply_import(
    import_id: UUID,
    agreed: ImportConfirmation,
    actor: Proved,
    write: Writer,
    unchanged: IfMatchNeeded,
    language: Language,
    response: Response,
) -> ImportOut:
    """Have what was found done."""
    found = await write(service.apply, actor, import_id, agreed.agreed(), unchanged)
    response.headers["etag"] = etag_of(found.version)
    return ImportOut.of(found, language)


@router.delete("/{import_id:uuid}", responses=documented([Forbidden, NotFound]))
async def cancel_import(import_id: UUID, actor: SignedIn, write: Writer, language: Language) -> ImportOut:
    """Stop an import where it is. What was applied stays; one that has ended stays as it is."""
    return ImportOut.of(await write(service.cancel, actor, import_id), language)
