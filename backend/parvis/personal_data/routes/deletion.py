"""Having one's account erased."""

from fastapi import APIRouter

from parvis.accounts.auth import InBrowser, ProvedInBrowser
from parvis.accounts.doorway import AtTheDoor
from parvis.accounts.service import leaving
from parvis.accounts.service.managing import LastAdministrator
from parvis.kernel.errors import Invalid
from parvis.kernel.limits import limited
from parvis.kernel.personal_data import PersonalData
from parvis.kernel.runtime import Running
from parvis.kernel.web import Language, Reading, Writer, documented
from parvis.personal_data.queries import outlook
from parvis.personal_data.schemas import DeletionOut, DeletionOutlookOut, DeletionRequest

router = APIRouter(prefix="/me/deletion", tags=["account"])


async def _whose(actor: InBrowser) -> str:
    return str(actor.member_id)


@router.get("")
async def get_deletion_outlook(
    session: Reading, actor: InBrowser, parvis: Running, language: Language
) -> DeletionOutlookOut:
    """What erasing your account would do: what goes, what stays, and under which name."""
    data = parvis.part(PersonalData)
    return DeletionOutlookOut.of(await outlook(session, data, actor), data.parts, language)


@router.post(
    "",
    status_code=202,
    responses=documented([Invalid, LastAdministrator]),
    dependencies=[limited("delete_account", "10/hour", network="200/hour", who=_whose)],
)
async def request_deletion(
    form: DeletionRequest, actor: ProvedInBrowser, write: Writer, door: AtTheDoor
) -> DeletionOut:
    """Have your account erased. It closes at once, for fourteen days in which signing in lets you take this back."""
    member = await write(leaving.leave, actor, form.confirmation)
    door.cookies.clear_session()
    return DeletionOut.of(member)
