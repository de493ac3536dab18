"""How the service is, for administrators."""

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.admin.queries import health as queries
from parvis.admin.schemas.health import ServiceHealthOut
from parvis.kernel.errors import Forbidden, TooManyRequests
from parvis.kernel.limits import limited
from parvis.kernel.processes import Heart
from parvis.kernel.runtime import Running
from parvis.kernel.web import Reading, documented

router = APIRouter(prefix="/service-health", tags=["organisation"])


@router.get(
    "", responses=documented([Forbidden, TooManyRequests]), dependencies=[limited("service_health", "60/minute")]
)
async def get_service_health(actor: SignedIn, session: Reading, parvis: Running) -> ServiceHealthOut:
    """How the service is: its processes, requests, due work, mails, disks and backups. For administrators."""
    own = parvis.part(Heart).now()
    return ServiceHealthOut.of(await queries.health(session, actor, own, parvis.listeners))
