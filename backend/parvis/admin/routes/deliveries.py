"""Whether mails leave, for administrators."""

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.admin.queries import deliveries as queries
from parvis.admin.schemas.deliveries import DeliveriesOut
from parvis.kernel.errors import Forbidden
from parvis.kernel.web import Reading, documented

router = APIRouter(prefix="/mail-deliveries", tags=["organisation"])


@router.get("", responses=documented([Forbidden]))
async def get_mail_deliveries(actor: SignedIn, session: Reading) -> DeliveriesOut:
    """How many mails wait for the mail server, and how many were given up. For administrators."""
    return DeliveriesOut.of(await queries.deliveries(session, actor))
