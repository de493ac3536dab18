"""How the service is, for administrators."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.admin.queries import health as queries
from parvis.admin.queries.set_aside import set_aside
from parvis.admin.schemas.health import ServiceHealthOut, SetAsideJobOut
from parvis.admin.service.set_aside import try_again
from parvis.kernel.errors import Forbidden, NotFound, TooManyRequests
from parvis.kernel.jobs import JobWaiting
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.processes import Heart
from parvis.kernel.runtime import Running
from parvis.kernel.web import Reading, Writer, documented

router = APIRouter(prefix="/service-health", tags=["organisation"])


@router.get(
    "", responses=documented([Forbidden, TooManyRequests]), dependencies=[limited("service_health", "60/minute")]
)
async def get_service_health(actor: SignedIn, session: Reading, parvis: Running) -> ServiceHealthOut:
    """How the service is: its processes, requests, due work, mails, disks and backups. For administrators."""
    own = parvis.part(Heart).now()
    return ServiceHealthOut.of(await queries.health(session, actor, own, parvis.listeners))


@router.get("/set-aside-jobs", responses=documented([Forbidden]))
async def list_set_aside_jobs(actor: SignedIn, session: Reading, page: PageQuery) -> Page[SetAsideJobOut]:
    """Jobs that were given up within a week, the latest made first. For administrators."""
    return await set_aside(session, actor, page, SetAsideJobOut.of)


@router.post("/set-aside-jobs/{job_id}/tries", status_code=204, responses=documented([Forbidden, NotFound, JobWaiting]))
async def try_job_again(job_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Make a job that was given up due once more, as if it had never been tried. For administrators."""
    await write(try_again, actor, job_id)
